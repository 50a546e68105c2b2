"""The one room that joins the others, and the Python API.

`Reader` and `ReaderPool` read documents; `Ledger` (`case.py`) keeps a case: `intake` turns what a user names into
captures, `adding` keeps and reads them, `watching` follows feeds, `review` and `reread` are about judgements and newer
models, `verifying` checks it all, `stamps` has it stamped. Heavy parts are imported when they are asked for.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sayso.ledger.case import Ledger
    from sayso.ledger.pool import ReaderPool
    from sayso.ledger.reader import Reader, read

__all__ = ["Ledger", "Reader", "ReaderPool", "read"]

MODULES = {"Ledger": "case", "Reader": "reader", "ReaderPool": "pool", "read": "reader"}


def __getattr__(name: str) -> object:
    """Return a public name; its module, and what runs the model, are imported when it is asked for."""
    if name not in MODULES:
        message = f"module {__name__!r} has no attribute {name!r}"
        raise AttributeError(message)
    return getattr(import_module(f"{__name__}.{MODULES[name]}"), name)
