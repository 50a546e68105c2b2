"""Ids as persons give them: whole, or their first digits."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from sayso.errors import NotInCase

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

DIGITS_MIN, DIGITS_MAX = 4, 16
DIGITS = re.compile(r"[0-9a-f]+")
WHAT = {"doc": "document", "att": "row", "src": "source", "cap": "capture", "jdg": "judgement", "sty": "story"}
CANDIDATES_MAX = 5


def find_id(prefix: str, given: str, look_up: Callable[[str], Sequence[str]]) -> str:
    """Return the whole id that begins as given.

    Args:
        prefix: Which kind of record.
        given: The id or its beginning, with or without the prefix.
        look_up: From the beginning of an id, prefix included, to the first ids that begin so.

    Raises:
        NotInCase: None or several begin so, or fewer than four digits are given.
    """
    what = WHAT.get(prefix, "record")
    digits = given.strip().lower().removeprefix(f"{prefix}-")
    if len(digits) < DIGITS_MIN and DIGITS.fullmatch(digits or "0") is not None and prefix in WHAT:
        raise NotInCase(what, given, digits_min=DIGITS_MIN)
    if len(digits) > DIGITS_MAX or DIGITS.fullmatch(digits) is None or prefix not in WHAT:
        raise NotInCase(what, given)
    found = sorted(set(look_up(f"{prefix}-{digits}")))
    if len(found) != 1:
        raise NotInCase(what, given, tuple(found[:CANDIDATES_MAX]))
    return found[0]
