"""The one room that joins the others, and the Python API."""

from sayso.ledger.reader import Reader, read

__all__ = ["Reader", "read"]
