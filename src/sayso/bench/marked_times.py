"""MEANTIME's articles, their marked times, and how well they are found and placed."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from lxml import etree

from sayso.bench.shares import Share, is_seen
from sayso.extract.times import find_times
from sayso.records import Moment, Precision, Time

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

DAY = dt.timedelta(days=1)
# MEANTIME marks times in the headline, the date line and the first sentences, and none behind them.
MARKED_SENTENCES = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class Marked:
    """One article with its marked times: text, creation time, (start, end, type, value) each, where marking ends."""

    text: str
    created: str
    times: tuple[tuple[int, int, str, str], ...]
    end: int
    is_seen: bool


def load_marked(folder: Path) -> list[Marked]:
    """Return MEANTIME's articles, rebuilt from their tokens."""
    return [one for path in sorted(folder.glob("*/*.xml")) if (one := read_marked(path.read_bytes())) is not None]


def read_marked(source: bytes) -> Marked | None:
    """Return one article of MEANTIME; None where it does not say when it was created."""
    root = etree.fromstring(source)
    text, places, sentences = "", {}, {}
    last = "0"
    for token in root.iter("token"):
        word, sentence = token.text or "", token.get("sentence", "0")
        if text:
            glued = word in {",", ".", ";", ":", "'s", "n't", ")", "'", "%", "?", "!"} or text.endswith(("(", "$"))
            text += "\n" if sentence != last else "" if glued else " "
        last = sentence
        places[token.get("t_id")] = (len(text), len(text) + len(word))
        sentences[token.get("t_id")] = int(sentence)
        text += word
    created, times = "", []
    markables = root.find("Markables")
    for mark in markables if markables is not None else ():
        anchors = [anchor.get("t_id") for anchor in mark.iter("token_anchor")]
        if mark.tag != "TIMEX3":
            continue
        value = mark.get("value", "")
        if mark.get("functionInDocument") == "CREATION_TIME":
            created = value
        if anchors:
            start, end = places[anchors[0]][0], places[anchors[-1]][1]
            times.append((start, end, mark.get("type", ""), value))
    end = max((places[key][1] for key, number in sentences.items() if number < MARKED_SENTENCES), default=0)
    if not created:
        return None
    return Marked(text=text, created=created[:10], times=tuple(times), end=end, is_seen=is_seen(text))


def read_value(value: str) -> tuple[str, str] | None:
    """Return the first and last day of a TIMEX3 value; None where it names none (``PAST_REF``)."""
    if match := re.fullmatch(r"([0-9]{4})-W([0-9]{2})(-WE)?", value):
        first = dt.date.fromisocalendar(int(match[1]), int(match[2]), 6 if match[3] else 1)
        return first.isoformat(), (first + (1 if match[3] else 6) * DAY).isoformat()
    if match := re.fullmatch(r"([0-9]{4})-(Q[1-4]|H[12]|SP|SU|FA|WI)", value):
        year, part = int(match[1]), match[2]
        month = {"SP": 3, "SU": 6, "FA": 9, "WI": 12}.get(part) or (int(part[1]) - 1) * (3 if part[0] == "Q" else 6) + 1
        months = 6 if part[0] == "H" else 3
        return _months(year, month, months)
    if match := re.fullmatch(r"([0-9]{4})-([0-9]{2})-([0-9]{2})(?:T.*)?", value):
        return value[:10], value[:10]
    if match := re.fullmatch(r"([0-9]{4})-([0-9]{2})", value):
        return _months(int(match[1]), int(match[2]), 1)
    if match := re.fullmatch(r"([0-9]{2,4})", value):
        years = 10 ** (4 - len(value))
        return _months(int(value) * years, 1, 12 * years) if int(value) else None
    return None


def _months(year: int, month: int, count: int) -> tuple[str, str]:
    """Return the first and last day of so many months."""
    after = year * 12 + month - 1 + count
    end = dt.date(after // 12, after % 12 + 1, 1) - DAY
    return dt.date(year, month, 1).isoformat(), end.isoformat()


def is_placed_there(value: tuple[str, str], found: Time) -> bool:
    """Return whether a time is the value, an early or late part of it, or a stretch that begins or ends with it."""
    first, last = (bound[:10] if bound else None for bound in (found.earliest, found.latest))
    if (first, last) == value:
        return True
    if first and last and found.is_approximate and value[0] <= first <= last <= value[1]:
        return True
    day = dt.date.fromisoformat
    edges = {first == value[0], last == value[1]}
    edges |= {first == (day(value[1]) + DAY).isoformat(), last == (day(value[0]) - DAY).isoformat()}
    is_stretch = first is None or last is None or found.span.exact.casefold().startswith(("from", "between"))
    return is_stretch and True in edges


def measure_marked(articles: Iterable[Marked]) -> list[Share]:
    """Return how many of the marked dates are found and placed, and how many found times are marked."""
    shares = []
    for half, seen in (("looked-at half", True), ("unseen half", False)):
        dates = found_dates = right = placeable = found_n = marked_n = 0
        for article in articles:
            if article.is_seen is not seen:
                continue
            moment = Moment(value=article.created, precision=Precision.DAY, stated_in="given")
            found = [one for one in find_times(article.text, moment)[0] if one.span.start < article.end]
            for start, end, kind, value in article.times:
                here = [one for one in found if one.span.start < end and start < one.span.end]
                if kind not in {"DATE", "TIME"}:
                    continue
                bounds = read_value(value)
                if bounds is None:
                    continue
                dates += 1
                found_dates += bool(here)
                placeable += bool(here)
                right += any(is_placed_there(bounds, one) for one in here)
            found_n += len(found)
            marked_n += sum(
                any(one.span.start < end and start < one.span.end for start, end, _, _ in article.times)
                for one in found
            )
        shares.append(Share(of=f"MEANTIME, {half}: dates found", right=found_dates, n=dates))
        shares.append(Share(of=f"MEANTIME, {half}: found dates placed right", right=right, n=placeable))
        shares.append(Share(of=f"MEANTIME, {half}: found times that are marked", right=marked_n, n=found_n))
    return shares
