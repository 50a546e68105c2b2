"""For every claim in the news: on whose say-so it stands.

>>> import sayso
>>> reading = sayso.read("...")            # doctest: +SKIP
>>> [row.stance for row in reading.attributions]   # doctest: +SKIP
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sayso.ledger import Ledger, Reader, ReaderPool, read

__all__ = ["Ledger", "Reader", "ReaderPool", "read"]


def __getattr__(name: str) -> object:
    """Return a public name; the rooms are imported when one is asked for, so that ``sayso --help`` stays quick."""
    if name not in __all__:
        message = f"module 'sayso' has no attribute {name!r}"
        raise AttributeError(message)
    from sayso import ledger  # noqa: PLC0415  see above

    return getattr(ledger, name)


def __dir__() -> list[str]:
    """Return the public names too, though they are imported when asked for."""
    return sorted({*globals(), *__all__})
