"""Places by name: one file of GeoNames' data and its look-up. It reads that file, and knows no text and no row."""

from sayso.gazetteer.folding import fold_name
from sayso.gazetteer.lookup import Gazetteer, load_gazetteer

__all__ = ["Gazetteer", "fold_name", "load_gazetteer"]
