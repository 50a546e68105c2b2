"""Times in running English news text, placed on the calendar as seen from the day of publication.

Rule 1: nothing is guessed. What the words leave open is said in ``why``, and what has no place is ``unplaced`` with
the reason. Rule 2: a time is never finer than its words. Rule 3: the time needed grows with the text's length, and no
faster.
"""

from __future__ import annotations

import datetime as dt
import re
from bisect import bisect_left
from contextlib import suppress
from functools import cache
from typing import TYPE_CHECKING, Final, Literal

from sayso.errors import Problem
from sayso.extract.dating.almanac import Impossible, Stretch, Unplaceable
from sayso.extract.dating.anchoring import place_beside
from sayso.extract.dating.figures import find_order
from sayso.extract.dating.grammar import read_items
from sayso.extract.dating.making import SORTS
from sayso.extract.dating.relative import OnlyAhead
from sayso.extract.dating.spans import Clock, Range
from sayso.extract.dating.values import Scene
from sayso.extract.dating.words import Item, Word, find_words, known_kinds, make_items
from sayso.extract.rulebook import load_rules
from sayso.records import Precision, Span, Time, TimeBasis
from sayso.text import is_wrapped

if TYPE_CHECKING:
    from sayso.records import Moment

PUBLISHED = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})(?:[T ]([0-9]{2})(?::([0-9]{2}))?)?")
# A time that is counted from another is near it, or is counted from something else.
ANCHOR_MAX_CHARS = 600
# So far around a time its sentence is searched for the tense.
TENSE_WORDS = 24
FINE: Final = frozenset({Precision.DAYPART, Precision.HOUR, Precision.MINUTE, Precision.SECOND})
SENTENCE_MARKS: Final = frozenset(".?!;\u201d")
CLAUSE_MARKS: Final = frozenset(',:\u2014\u2013"\u201c\u201d')
Tense = Literal["past", "future"]


def find_times(text: str, published: Moment | None) -> tuple[list[Time], list[Problem]]:
    """Return the times that a text names, in order and not overlapping, and what is wrong with them.

    Args:
        text: An article.
        published: When it was published; without it, and without the day, what is counted from it stays ``unplaced``.
    """
    words = find_words(text)
    items = make_items(text, words, keeps_lines=not is_wrapped(text))
    found = [item for item in read_items(text, items, _sets()) if "time" in item.kinds]
    order = find_order([word.text for word in words if word.group in {"slashed", "short"}])
    tenses = _Tenses(words)
    scene = _look(published, is_day_first=order)
    anchors = _find_anchors(text, found, scene)
    times: list[Time] = []
    problems: list[Problem] = []
    previous: tuple[int, Stretch, str] | None = None
    for item in found:
        tense = tenses.find(item)
        if isinstance(item.value, OnlyAhead) and tense != "future" and not tenses.is_led(item):
            continue
        near = previous if previous and item.start - previous[0] <= ANCHOR_MAX_CHARS else None
        if near and isinstance(item.value, Clock | Range) and not tenses.goes_on(near[0], item.start):
            near = None
        here = Scene(
            today=scene.today,
            now=scene.now,
            previous=near[1:] if near else None,
            tense=tense,
            is_day_first=order,
            why_not=scene.why_not,
            anchor=_nearest(anchors, item.start),
        )
        time, stretch, problem = _place(text, item, here)
        if time is None:
            continue
        times.append(time)
        if problem is not None:
            problems.append(problem)
        if stretch is not None and stretch.first is not None:
            previous = (item.start, stretch, time.span.exact)
    return times, problems


def _place(text: str, item: Item, scene: Scene) -> tuple[Time | None, Stretch | None, Problem | None]:
    """Return the time of an item, its stretch where it has one, and what is wrong with it."""
    span = Span(start=item.start, end=item.end, exact=text[item.start : item.end])
    try:
        beside = place_beside(item.value, scene, scene.anchor) if scene.today is None and scene.anchor else None
        placed = beside if beside is not None and not _is_stated(item, scene) else item.value.place(scene)
    except Unplaceable as error:
        time = Time(
            span=span,
            earliest=None,
            latest=None,
            precision=Precision.DAY,
            basis=TimeBasis.UNPLACED,
            why=str(error),
        )
        message = f"“{span.exact}”: {error}."
        problem = Problem(code="impossible-time", message=message, start=span.start, end=span.end)
        return time, None, problem if isinstance(error, Impossible) else None
    stretch = placed.stretch
    before = text[max(0, item.start - 14) : item.start].casefold().split()
    about = bool(before) and before[-1] in _about()
    earliest, latest = show_stretch(stretch)
    time = Time(
        span=span,
        earliest=earliest,
        latest=latest,
        precision=stretch.precision,
        basis=placed.basis,
        why=placed.why,
        is_approximate=placed.is_approximate or about,
    )
    return time, stretch, None


def _find_anchors(text: str, found: list[Item], scene: Scene) -> list[tuple[int, Stretch, str]]:
    """Return the full dates of a text whose publication date is not known, each with its place and its words."""
    out: list[tuple[int, Stretch, str]] = []
    for item in found if scene.today is None else ():
        with suppress(Unplaceable):
            placed = item.value.place(scene)
            is_full = placed.basis is TimeBasis.STATED and placed.stretch.precision is Precision.DAY
            if is_full and placed.stretch.first is not None and placed.stretch.end is not None:
                out.append((item.start, placed.stretch, text[item.start : item.end]))
    return out


def _is_stated(item: Item, scene: Scene) -> bool:
    """Return whether a value has its place without any other date."""
    with suppress(Unplaceable):
        return bool(item.value.place(scene))
    return False


def _nearest(anchors: list[tuple[int, Stretch, str]], start: int) -> tuple[Stretch, str] | None:
    """Return the full date that stands nearest before a place, else the first one behind it."""
    if not anchors:
        return None
    number = bisect_left(anchors, start, key=lambda anchor: anchor[0])
    return anchors[max(0, number - 1)][1:]


def show_stretch(stretch: Stretch) -> tuple[str | None, str | None]:
    """Return the first and the last moment of a stretch as the record has them: days, or minutes where it is finer."""
    is_fine = stretch.precision in FINE
    step = dt.timedelta(minutes=1) if is_fine else dt.timedelta(days=1)
    earliest = latest = None
    if stretch.first is not None:
        earliest = stretch.first.isoformat(timespec="minutes") if is_fine else stretch.first.date().isoformat()
    if stretch.end is not None:
        last = max(stretch.end - step, stretch.first or stretch.end - step)
        latest = last.isoformat(timespec="minutes") if is_fine else last.date().isoformat()
    return earliest, latest


def _look(published: Moment | None, *, is_day_first: bool | None) -> Scene:
    """Return from where the text is looked at."""
    if published is None:
        return Scene(today=None, is_day_first=is_day_first)
    found = PUBLISHED.match(published.value)
    if found is None:
        why = f"the publication date, {published.value}, is known to the {published.precision.value} only"
        return Scene(today=None, is_day_first=is_day_first, why_not=why)
    figures = [int(part) for part in found.groups() if part is not None]
    try:
        year, month, day, *clock = figures
        today = dt.datetime(year, month, day)  # noqa: DTZ001 (the day as written, where it was written)
        hour, minute = (*clock, 0, 0)[:2]
        now = today.replace(hour=hour, minute=minute) if clock else None
    except ValueError:
        return Scene(
            today=None, is_day_first=is_day_first, why_not=f"the publication date, {published.value}, is no date"
        )
    return Scene(today=today, now=now, is_day_first=is_day_first)


class _Tenses:
    """Which tense the words around a time speak in."""

    def __init__(self, words: list[Word]) -> None:
        """Keep the words, and of which tense each is a sign."""
        self.words = words
        self.starts = [word.start for word in words]

    def find(self, item: Item) -> Tense | None:
        """Return the tense of the verb nearest to a time: before it, unless the time opens its clause."""
        first, last = item.number, bisect_left(self.starts, item.end)
        number = first - 1
        while number >= 0 and self.words[number].text.casefold() in _particles():
            number -= 1
        opens = number < 0 or self._opens(self.words[number])
        ways = ((last, 1), (first - 1, -1)) if opens else ((first - 1, -1), (last, 1))
        for start, step in ways:
            tense = self._seek(start, step)
            if tense is not None:
                return tense
        return None

    def is_led(self, item: Item) -> bool:
        """Return whether the word before a time says that it is to come: "the vote is in two weeks"."""
        rules = load_rules("en", "times")["tense"]
        return item.number > 0 and self.words[item.number - 1].text.casefold() in rules["be"]

    def _seek(self, start: int, step: int) -> Tense | None:
        """Return the first sign of a tense from a word on, within its sentence."""
        number = start
        for _ in range(TENSE_WORDS):
            if not 0 <= number < len(self.words):
                return None
            word = self.words[number]
            # A verb behind a quotation says nothing of when what is quoted is.
            is_quoted = step > 0 and word.text == '"'
            if word.group == "line" or is_quoted or (word.text in SENTENCE_MARKS and not self._is_abbreviated(number)):
                return None
            lower = word.text.casefold().replace("\u2019", "'")
            tense = self._led(number, lower) or _sign(lower)
            if tense is not None:
                return "future" if tense == "past" and self._is_yet_to_come(number, lower) else tense
            number += step
        return None

    def _led(self, number: int, lower: str) -> Tense | None:
        """Return the future where a word speaks of it by the one behind it: "going to"."""
        leads = load_rules("en", "times")["tense"]["led"].get(lower)
        if leads is None or number + 1 >= len(self.words):
            return None
        return "future" if self.words[number + 1].text.casefold() in leads else None

    def _is_yet_to_come(self, number: int, lower: str) -> bool:
        """Return whether a participle is of something to come: "will be finalised"."""
        rules = load_rules("en", "times")["tense"]
        following = self.words[number + 1].text.casefold() if number + 1 < len(self.words) else ""
        if lower in rules["lasting"] and following in load_rules("en", "times")["words"]["until"]:
            return True
        before = self.words[max(0, number - 2) : number]
        return lower.endswith(rules["ending"]) and any(word.text.casefold() in rules["yet"] for word in before)

    def _is_abbreviated(self, number: int) -> bool:
        """Return whether a full stop ends an abbreviation: the next word goes on in lower case."""
        if self.words[number].text != "." or number + 1 >= len(self.words):
            return False
        following = self.words[number + 1].text[0]
        return following.islower() or following.isdigit() or following in ",;"

    def _opens(self, word: Word) -> bool:
        """Return whether a word before a time ends another clause."""
        if word.group == "line" or word.text in SENTENCE_MARKS or word.text in CLAUSE_MARKS:
            return True
        return word.text.casefold() in load_rules("en", "times")["tense"]["clause"]["opens"]

    def goes_on(self, start: int, end: int) -> bool:
        """Return whether two places are in one sentence, or in one and the next of the same paragraph."""
        ends = 0
        for number in range(bisect_left(self.starts, start), bisect_left(self.starts, end)):
            word = self.words[number]
            if word.group == "line" and word.text.count("\n") != 0:
                return False
            ends += word.text in SENTENCE_MARKS and not self._is_abbreviated(number)
        return ends <= 1


@cache
def _sign(word: str) -> Tense | None:
    """Return of which tense a word is a sign."""
    rules = load_rules("en", "times")["tense"]
    if word in rules["future"] or word.endswith("'ll"):
        return "future"
    if word in rules["past"]:
        return "past"
    return "past" if word.endswith(rules["ending"]) and len(word) > 3 and word not in rules["not_past"] else None  # noqa: PLR2004


@cache
def _particles() -> frozenset[str]:
    """Return the small words that lead a time in."""
    words = load_rules("en", "times")["words"]
    return frozenset(
        word for kind in ("in", "on", "at", "the", "by", "from", "around", "until", "as", "of") for word in words[kind]
    )


@cache
def _about() -> frozenset[str]:
    """Return the words that make a time approximate."""
    return frozenset(load_rules("en", "times")["words"]["around"])


@cache
def _sets() -> tuple[frozenset[str], ...]:
    """Return every set of kinds that an item can have."""
    return (*known_kinds(), *SORTS.values(), frozenset({"quartertime"}))
