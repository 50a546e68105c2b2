"""The labels of a row, packed into one number, so that any choice of labels is one table of yes and no."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Final

import numpy as np

from sayso.records import Certainty, Endorsement, Judged, Kind, Naming, Stance

if TYPE_CHECKING:
    from enum import StrEnum

    from numpy.typing import NDArray

    from sayso.records import Filter
    from sayso.store.rows import Entry

# Kept in files: a new value goes to the end of its enumeration's line here, whatever its place there.
FIELDS: Final[tuple[tuple[str, int, tuple[StrEnum, ...]], ...]] = (
    (
        "stance",
        4,
        (
            Stance.ASSERTS,
            Stance.CONFIRMS,
            Stance.DENIES,
            Stance.DOUBTS,
            Stance.DECLINES,
            Stance.ASKS,
            Stance.INTENDS,
            Stance.BELIEVES,
            Stance.OTHER,
        ),
    ),
    ("certainty", 2, (Certainty.CERTAIN, Certainty.PROBABLE, Certainty.POSSIBLE)),
    ("endorsement", 2, (Endorsement.NEUTRAL, Endorsement.ENDORSED, Endorsement.DISTANCED)),
    (
        "kind",
        3,
        (Kind.PERSON, Kind.ORGANISATION, Kind.STATE, Kind.OUTLET, Kind.DOCUMENT, Kind.GROUP, Kind.UNKNOWN),
    ),
    ("naming", 2, (Naming.NAMED, Naming.DESCRIBED, Naming.VAGUE)),
    ("judged", 3, (Judged.NOT, Judged.ACCEPTED, Judged.CORRECTED, Judged.REJECTED, Judged.UNSURE)),
)
LABEL_BITS: Final = sum(bits for _, bits, _ in FIELDS)
LOW, PROBLEMS, FIRST = (1 << (LABEL_BITS + flag) for flag in range(3))
"""The machine is unsure of the row; its document has problems; no earlier row of the document is of its line."""


def pack(entry: Entry, *, has_problems: bool, is_first: bool) -> int:
    """Return the number that stands for the labels of a row."""
    code, shift = 0, 0
    for name, bits, values in FIELDS:
        code |= values.index(getattr(entry.row, name)) << shift
        shift += bits
    return code | (LOW if entry.is_low else 0) | (PROBLEMS if has_problems else 0) | (FIRST if is_first else 0)


@lru_cache(maxsize=64)
def choose(asked: Filter, *, rejected_too: bool) -> NDArray[np.bool_] | None:
    """Return for every number whether its labels are asked for; None where all are.

    Args:
        asked: The filter.
        rejected_too: Whether rows that were rejected are wanted though nobody asks for them.
    """
    chosen = np.ones(1, dtype=np.bool_)
    for name, bits, values in FIELDS:
        wanted = getattr(asked, name)
        if name == "judged" and not wanted and not rejected_too:
            wanted = tuple(value for value in Judged if value is not Judged.REJECTED)
        part = np.full(1 << bits, not wanted)
        part[[values.index(value) for value in wanted]] = True
        chosen = np.logical_and.outer(part, chosen).ravel()
    for is_asked in (asked.low_only, asked.problems_only, False):
        chosen = np.logical_and.outer(np.array([not is_asked, True]), chosen).ravel()
    return None if bool(chosen.all()) else chosen
