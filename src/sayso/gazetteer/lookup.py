"""Places by name, from the file that comes with the package."""

from __future__ import annotations

import hashlib
import json
from functools import cache, cached_property, lru_cache
from importlib.resources import files
from pathlib import Path

from sayso.errors import GazetteerError
from sayso.gazetteer.folding import fold_name
from sayso.gazetteer.table import SCALES, Damaged, Table
from sayso.records import GeoName, PlaceScale

CARD_NAME = "card.json"
FORMAT = 2
# A name that more places have than this ("San José") is not told by its weight alone; the largest are enough.
MOST = 64
KNOWN_CITY = 500_000


class Gazetteer:
    """Places by name."""

    def __init__(self, table: Table) -> None:
        """Take a table; nothing is looked up yet."""
        self._table = table
        self._find = lru_cache(maxsize=4096)(self._find_folded)

    def __len__(self) -> int:
        """Return how many places it has."""
        return len(self._table)

    def find(self, name: str) -> tuple[GeoName, ...]:
        """Return the places of that name, those that call themselves so first, then the more populous first.

        Small and capital letters, marks, points and hyphens make no difference.
        """
        return self._find(fold_name(name))

    @cached_property
    def known_names(self) -> frozenset[str]:
        """The names of countries and of cities of half a million people and more."""
        columns = self._table.columns
        is_large = (columns["populations"] >= KNOWN_CITY) & (columns["scales"] == SCALES.index(PlaceScale.CITY))
        is_known = is_large | (columns["scales"] == SCALES.index(PlaceScale.COUNTRY))
        return frozenset(self._table.name_of(int(row)) for row in is_known.nonzero()[0])

    def _find_folded(self, folded: str) -> tuple[GeoName, ...]:
        own, other = self._table.find_rows(folded)
        ranked = [*sorted(own, key=self._rank), *sorted(set(other) - set(own), key=self._rank)]
        return tuple(self._place(row) for row in ranked[:MOST])

    def _rank(self, row: int) -> tuple[int, int, int]:
        """Return by what places of a name are sorted: the populous first, of those the larger kind."""
        columns = self._table.columns
        return -int(columns["populations"][row]), int(columns["scales"][row]), int(columns["ids"][row])

    def _place(self, row: int) -> GeoName:
        columns = self._table.columns
        country, region = self._table.areas[columns["regions"][row]]
        latitude, longitude = self._table.point_of(row)
        return GeoName(
            id=int(columns["ids"][row]),
            name=self._table.name_of(row),
            scale=PlaceScale(SCALES[columns["scales"][row]]),
            country=country or None,
            region=region or None,
            latitude=latitude,
            longitude=longitude,
            population=int(columns["populations"][row]),
        )


def default_folder() -> Path:
    """Return the folder of the gazetteer that comes with the package."""
    return Path(str(files("sayso.gazetteer") / "data"))


@cache
def load_gazetteer(folder: Path | None = None) -> Gazetteer:
    """Return the gazetteer, its file checked against the hash that its card gives; read once and kept.

    Raises:
        GazetteerError: If a file is missing, damaged or another than the card says.
    """
    folder = folder or default_folder()
    path = folder / CARD_NAME
    try:
        card = json.loads(path.read_bytes())
        if card["format"] != FORMAT:
            raise GazetteerError(str(path), f"format {card['format']!r}, and this version reads {FORMAT}")
        path = folder / str(card["file"])
        data = path.read_bytes()
        digest = hashlib.sha256(data).hexdigest()
        if digest != card["sha256"]:
            raise GazetteerError(str(path), f"its SHA-256 is {digest}, and the card says {card['sha256']}")
        return Gazetteer(Table(data))
    except OSError as error:
        raise GazetteerError(str(path), "this part of the gazetteer cannot be read") from error
    except Damaged as error:
        raise GazetteerError(str(path), str(error)) from error
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise GazetteerError(str(path), "the gazetteer's card is damaged") from error
