"""What times, figures, places and names of a text were resolved to, in words; and what is claimed, clause by clause.

Rule 1: what was not resolved is said to be not resolved; of several possible places all are named.
Rule 2: every text is passed through `show`.
"""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from sayso.export.head import DIGITS, say_date
from sayso.export.visible import show
from sayso.export.words import load_words
from sayso.records import LOW_CONFIDENCE, QuantityKind

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from sayso.records import Assertion, GeoName, NameNote, Place, Quantity, Reading, Span, Time

PLAIN_NUMBER: Final = re.compile(r"(-?)([0-9]{1,400})(\.[0-9]{1,400})?")
MINUS: Final = "\u2212"
GROUPED_FROM: Final = 5
MOST_CANDIDATES: Final = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class ValueWords:
    """One time, figure, place or name in words.

    Attributes:
        kind: ``time``, ``quantity``, ``place`` or ``name``.
        span: Where it stands.
        says: What it was resolved to.
        why: How; empty if nothing was to be inferred.
        is_low: Whether a person should check it.
    """

    kind: str
    span: Span
    says: str
    why: str
    is_low: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class AssertionWords:
    """What is claimed in words; empty where nothing stands there.

    Attributes:
        number: Of the row that claims it; None for the article's own voice.
        actor: Who does or is it.
        action: The deed.
        target: To whom or what.
        details: When, how many and where, as written.
        said_to_be: That it is said not to be so, or left open; empty for what is said to be so.
        why: What decided that.
    """

    number: int | None
    actor: str
    action: str
    target: str
    details: tuple[str, ...]
    said_to_be: str
    why: str


def say_values(reading: Reading) -> list[ValueWords]:
    """Return all times, figures, places and odd names of a reading in the order of the text."""
    values = [
        *map(_say_time, reading.times),
        *map(_say_quantity, reading.quantities),
        *map(_say_place, reading.places),
        *map(say_name, reading.name_notes),
    ]
    return sorted(values, key=lambda value: (value.span.start, value.span.end))


def say_assertions(reading: Reading, numbers: Mapping[str, int]) -> list[AssertionWords]:
    """Return what is claimed in order; a thing that is but named, and claims of rows without a number, are left out."""
    return [
        _say_assertion(reading, one, numbers)
        for one in reading.assertions
        if one.action is not None and (one.attribution is None or one.attribution in numbers)
    ]


def _say_assertion(reading: Reading, one: Assertion, numbers: Mapping[str, int]) -> AssertionWords:
    spans = [
        found[n].span
        for found, given in (
            (reading.times, one.times),
            (reading.quantities, one.quantities),
            (reading.places, one.places),
        )
        for n in given
        if 0 <= n < len(found)
    ]
    return AssertionWords(
        number=None if one.attribution is None else numbers[one.attribution],
        actor=_exact(one.actor),
        action=_exact(one.action),
        target=_exact(one.target),
        details=tuple(dict.fromkeys(_exact(span) for span in spans)),
        said_to_be=load_words()["polarity"][one.polarity.value],
        why=show(one.why),
    )


def _exact(span: Span | None) -> str:
    return "" if span is None else show(span.exact)


def _say_time(time: Time) -> ValueWords:
    words = load_words()["values"]
    early, late = (None if end is None else _say_end(end) for end in (time.earliest, time.latest))
    if early is None and late is None:
        says = words["unplaced"]
    elif late is None:
        says = words["from"].format(early)
    elif early is None:
        says = words["until"].format(late)
    else:
        says = early if early == late else _say_whole(time) or words["between"].format(early, late)
    if time.is_approximate and (early or late):
        says = words["about"].format(says)
    return ValueWords(kind="time", span=time.span, says=says, why=show(time.why))


def _say_end(value: str) -> str:
    date, _, clock = value.replace(" ", "T").partition("T")
    said = say_date(date)
    return show(value) if said is None else f"{said}{f', {show(clock)}' if clock else ''}"


def _say_whole(time: Time) -> str | None:
    """Return the month or year that a time is the whole of; None if it is neither."""
    early, late = (str(end).split("-") for end in (time.earliest, time.latest))
    if len(early) != 3 or len(late) != 3 or early[0] != late[0] or early[2] != "01":  # noqa: PLR2004  year, month, day
        return None
    if (early[1], late[1:]) == ("01", ["12", "31"]):
        return say_date(early[0])
    if early[1] != late[1] or say_date("-".join(early)) is None or not DIGITS.fullmatch(late[2]):
        return None
    is_whole = int(late[2]) == calendar.monthrange(int(early[0]), int(early[1]))[1]
    return say_date("-".join(early[:2])) if is_whole else None


def _say_quantity(quantity: Quantity) -> ValueWords:
    words = load_words()["values"]
    low, high = (None if end is None else _say_number(end) for end in (quantity.low, quantity.high))
    if low is None and high is None:
        says = words["no_number"]
    elif high is None:
        says = words["at_least"].format(low)
    elif low is None:
        says = words["at_most"].format(high)
    else:
        says = low if low == high else words["range"].format(low, high)
    if quantity.is_approximate:
        says = words["about"].format(says)
    unit = quantity.unit and words["units"].get(quantity.unit, show(quantity.unit))
    parts = [says, unit or "", words["of"].format(show(quantity.of.exact)) if quantity.of else ""]
    says = " ".join(filter(None, parts))
    if quantity.is_change:
        says = words["change"].format(says)
    if quantity.kind is QuantityKind.ORDINAL:
        says = words["ordinal"].format(says)
    return ValueWords(kind="quantity", span=quantity.span, says=says, why=show(quantity.why))


def _say_number(value: str) -> str:
    """Return a plain decimal number with its thousands set apart from five digits on."""
    found = PLAIN_NUMBER.fullmatch(value)
    if found is None:
        return show(value)
    sign, whole, rest = found.groups(default="")
    if len(whole) >= GROUPED_FROM:
        head = len(whole) % 3
        whole = ",".join(filter(None, (whole[:head], *(whole[i : i + 3] for i in range(head, len(whole), 3)))))
    return f"{MINUS if sign else ''}{whole}{rest}"


def _say_place(place: Place) -> ValueWords:
    words = load_words()["values"]
    if place.stands_for:
        says = words["stands_for"].format(show(place.stands_for))
    elif not place.candidates:
        says = words["no_place"]
    elif place.is_ambiguous:
        says = words["one_of"].format(_list_places(place.candidates))
    else:
        says = _name_place(place.candidates[0])
    is_low = bool(place.candidates) and not place.stands_for and place.confidence < LOW_CONFIDENCE
    return ValueWords(kind="place", span=place.span, says=says, why=show(place.why), is_low=is_low)


def _list_places(candidates: tuple[GeoName, ...]) -> str:
    shown = "; ".join(dict.fromkeys(map(_name_place, candidates[:MOST_CANDIDATES])))
    left = len(candidates) - MOST_CANDIDATES
    return shown + load_words()["values"]["more_places"].format(left) if left > 0 else shown


def _name_place(place: GeoName) -> str:
    """Return a place's name, what it lies in and what it is: ``Dorn, Upper March, SE (city)``."""
    parts: Iterable[str] = dict.fromkeys(filter(None, (place.name, place.region, place.country)))
    return f"{', '.join(map(show, parts))} ({place.scale.value})"


def say_name(note: NameNote) -> ValueWords:
    """Return a name that looks garbled, in words."""
    says = load_words()["values"]["garbled"].format(show(note.likely))
    return ValueWords(kind="name", span=note.span, says=says, why=show(note.why))
