"""The head of a page: what was read, on what it rests, whether the body bears out the headline."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from sayso.export.rests import say_roots
from sayso.export.visible import show
from sayso.export.words import load_words
from sayso.records import CreditKind, Precision

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sayso.records import Document, Headline, Moment, Reading

MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
DIGITS: Final = re.compile(r"[0-9]{1,4}")


@dataclass(frozen=True, slots=True)
class Head:
    """The head in words.

    Attributes:
        title: The title, or the name of the input where it has none.
        published: Outlet, date and byline on one line; empty where nothing is stated.
        lines: The lines below, each with its label.
    """

    title: str
    published: str
    lines: tuple[tuple[str, str], ...]


def make_head(reading: Reading, numbers: Mapping[str, int]) -> Head:
    """Return the head of a page whose rows have these numbers."""
    doc = reading.document
    lines = [("credits", _say_credits(doc)), ("rests on", show(say_roots(reading)))]
    if reading.headline is not None:
        lines.append(("headline", _say_headline(reading.headline, numbers)))
    if reading.unsourced:
        n = len(reading.unsourced)
        lines.append(("no source", "1 sentence, below" if n == 1 else f"{n} sentences, below"))
    return Head(
        title=show(doc.title.exact) if doc.title and show(doc.title.exact) else show(doc.name),
        published=say_published(doc),
        lines=tuple((label, words) for label, words in lines if words),
    )


def say_moment(moment: Moment) -> str:
    """Return a time in words, as finely as it was stated: ``14 March 2024, 18:20 +02:00``."""
    date, _, clock = moment.value.replace(" ", "T").partition("T")
    said = say_date(date)
    if said is None:
        return show(moment.value)
    if moment.precision in {Precision.MINUTE, Precision.SECOND} and clock:
        zone = clock[8:] if moment.precision is Precision.SECOND else clock[5:]
        said += f", {clock[:5]}{f' {zone}' if zone else ''}"
    return show(said)


def say_date(date: str) -> str | None:
    """Return an ISO 8601 date of any precision in words; None if it is none."""
    parts = date.split("-")
    if not all(DIGITS.fullmatch(part) for part in parts) or (len(parts) > 1 and not 1 <= int(parts[1]) <= len(MONTHS)):
        return None
    words = [str(int(part)) for part in parts[2:3]] + [MONTHS[int(part) - 1] for part in parts[1:2]] + parts[:1]
    return " ".join(words)


def say_published(doc: Document) -> str:
    """Return outlet, dates and byline on one line; empty where nothing is stated."""
    parts = [
        doc.outlet,
        say_moment(doc.published) if doc.published else None,
        f"changed {say_moment(doc.modified)}" if doc.modified and doc.modified != doc.published else None,
        _say_byline(doc.byline),
    ]
    return " · ".join(show(part) for part in parts if part)


def _say_byline(byline: str | None) -> str | None:
    if not byline:
        return None
    return byline if byline.casefold().startswith("by ") else f"by {byline}"


def _say_credits(doc: Document) -> str:
    """Return the credits that neither the line above nor another credit says already."""
    known = {show(part).casefold() for part in (doc.outlet, doc.byline, _say_byline(doc.byline)) if part}
    kept: dict[str, str] = {}
    for credit in doc.credits:
        words = show(credit.text)
        if (
            credit.kind is not CreditKind.DATELINE
            and not {words.casefold(), show(credit.name or "").casefold()} & known
        ):
            kept.setdefault(words.casefold(), words)
    return " · ".join(words for key, words in kept.items() if not any(key in other and key != other for other in kept))


def say_headline(headline: Headline) -> str:
    """Return how far the body bears out the title, and why."""
    said: str = load_words()["support"][headline.support.value]
    return f"{said}: {show(headline.why)}" if headline.why else said


def list_rows(headline: Headline, numbers: Mapping[str, int]) -> list[int]:
    """Return the numbers of the rows on which the title's statement rests."""
    return sorted(numbers[row] for row in headline.rows if row in numbers)


def _say_headline(headline: Headline, numbers: Mapping[str, int]) -> str:
    said = say_headline(headline)
    rows = list_rows(headline, numbers)
    if rows:
        said += f" ({'row' if len(rows) == 1 else 'rows'} {', '.join(map(str, rows))})"
    return said
