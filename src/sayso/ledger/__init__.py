"""The one room that joins the others, and the Python API.

`Reader` and `ReaderPool` read documents; `Ledger` (`case.py`) keeps a case: `intake` turns what a user names into
captures, `adding` keeps and reads them, `watching` follows feeds, `review` and `reread` are about judgements and newer
models, `verifying` checks it all, `stamps` has it stamped. Heavy parts are imported when they are asked for.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sayso.ledger.reader import Reader, read

if TYPE_CHECKING:
    from sayso.ledger.case import Ledger
    from sayso.ledger.pool import ReaderPool

__all__ = ["Ledger", "Reader", "ReaderPool", "read"]


def __getattr__(name: str) -> object:
    """Return what keeps cases and reads in processes when it is asked for: a reader of one article needs neither."""
    if name == "Ledger":
        from sayso.ledger.case import Ledger  # noqa: PLC0415  see above

        return Ledger
    if name == "ReaderPool":
        from sayso.ledger.pool import ReaderPool  # noqa: PLC0415  see above

        return ReaderPool
    message = f"module {__name__!r} has no attribute {name!r}"
    raise AttributeError(message)
