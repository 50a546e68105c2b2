"""How well times are found and placed: the Recognizers-Text specs and MEANTIME, each beside the checkout.

Conventions differ, and are converted here and nowhere else. The specs' ends are excluded, ours included. Where two ends
are named ("2014-2018"), the specs end at the last one's beginning and we at its end: both count. "Three years ago" is
one day in the specs and the year here: a day that lies in ours counts where ours says that it is approximate. Parts of
a day have other hours: the day and that it is a part count.
"""

from __future__ import annotations

import datetime as dt
import json
import re
import time as clock
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import click

from sayso.bench.corpora import require_shared
from sayso.bench.marked_times import load_marked, measure_marked
from sayso.bench.shares import Share, is_held_back
from sayso.extract.times import find_times
from sayso.records import Moment, Precision, Time, TimeBasis

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

FILES = ("DateParser", "DatePeriodParser", "DateTimeModel", "MergedParser")
DAY_TYPES, FINE_TYPES = ("date", "daterange"), ("datetime", "datetimerange")
UNRESOLVED = ("not resolved", "0001-01-01")
# A figure that names a day and no month ("on the 15th") is never placed, on purpose.
BARE_DAY = re.compile(r"XXXX-XX-[0-9]{2}$")
# Forms that running news text does not have, or that are left unplaced on purpose, by the words that the spec marks.
NOT_NEWS = {
    "counted from what the sentence does not name": re.compile(
        r"^(?:the |on )?(?:same|that|following) \w+$"
        r"|^(?:in |on )?the (?:day|week|month|year|weekend)(?: before| after)?$"
        r"|^(?:the )?next day$|\b(?:minutes?|min|hours?|days?|weeks?|fortnight|months?|monday) later$|of the following"
    ),
    "weeks by number; business days": re.compile(
        r"\bweek \d|\b[cfs]y\s?\d|school|fiscal|work(?:ing)? ?(?:week|day)|business day|\bw/c"
    ),
    "short names of days, without a month": re.compile(
        r"^(?:[a-z]+ week )?(?:mon|tue|tues|wed|thu|thur|thurs|fri|sat|sun)$"
        r"|^(?:mon|tue|tues|wed|thu|thur|thurs|fri|sat|sun) \d{1,2}(?:st|nd|rd|th)?$"
    ),
    "figures as in file names and formulas": re.compile(
        r"^\d{1,2} ?- ?\d{4}$|^\d{4} ?- ?\d{1,2}$|^\d{1,2} / \d{4}$|^\d{4} ?/ \d|^\d+\.\d+$|^\d{8}$|[<>=]"
        r"|^\d{1,4} \d{1,2} \d{1,4}$|\d{2}-\d{4}-|[a-z]-\d{4}-\d|[b-gi-pr-z]\d|\d[a-z]{4}"
    ),
    "a word and its figures as in a form (Oct/2)": re.compile(r"^[a-z]{3,9}/\d|\d/[a-z]{3}"),
}
DAY = dt.timedelta(days=1)
DAYPART = re.compile(r"T(?:MO|AF|EV|NI)\b")
NAMED_ENDS = re.compile(r"^\(.*,.*,.*\)")
Bounds = tuple[str | None, str | None, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """One time that a spec expects.

    Attributes:
        text: The sentence.
        published: Its reference time; None where it has none.
        start: Where the time's words begin.
        end: One past their last character.
        kind: ``date``, ``daterange``, ``datetime`` or ``datetimerange``.
        timex: The spec's symbolic value.
        values: What it may be, each as first moment, end (excluded) and modifier.
        is_seen: Whether it is of the three quarters that are looked at.
    """

    text: str
    published: str | None
    start: int
    end: int
    kind: str
    timex: str
    values: tuple[Bounds, ...]
    is_seen: bool


# --- Recognizers-Text ------------------------------------------------------------------------------------------------
def load_cases(folder: Path) -> tuple[list[Case], dict[str, int]]:
    """Return the cases in scope of the specs, each once, and how many were left out and why."""
    cases: dict[tuple[str, str | None, int, str], Case] = {}
    left_out: dict[str, int] = {}
    for name in FILES:
        path = folder / f"{name}.json"
        if not path.is_file():
            continue
        for entry in json.loads(path.read_text("utf-8-sig")):
            for result in entry["Results"]:
                case = _read_case(entry, result)
                if isinstance(case, str):
                    left_out[case] = left_out.get(case, 0) + 1
                else:
                    cases.setdefault((case.text, case.published, case.start, case.kind), case)
    return list(cases.values()), left_out


def _read_case(entry: dict[str, Any], result: dict[str, Any]) -> Case | str:
    """Return a case; a reason where it is out of scope."""
    kind = (result.get("TypeName") or result.get("Type") or "none").removeprefix("datetimeV2.")
    if kind not in (*DAY_TYPES, *FINE_TYPES):
        return f"type {kind}"
    timex, values = _read_values(result.get("Value") or result.get("Resolution") or {})
    if not values or any(bound in UNRESOLVED for value in values for bound in value[:2]):
        return "not resolved by the spec"
    if BARE_DAY.match(timex):
        return "a day without a month"
    if timex == "PRESENT_REF":
        return "now"
    text, start = entry["Input"], result.get("Start")
    words = result["Text"]
    for reason, pattern in NOT_NEWS.items():
        if pattern.search(words.casefold()):
            return reason
    if start is None:
        start = max(text.casefold().find(words.casefold()), 0)
    published = (entry.get("Context") or {}).get("ReferenceDateTime")
    return Case(
        text=text,
        published=published,
        start=start,
        end=start + len(words),
        kind=kind,
        timex=timex,
        values=values,
        is_seen=not is_held_back(text),
    )


def _read_values(value: dict[str, Any]) -> tuple[str, tuple[Bounds, ...]]:
    """Return the symbolic value and what it may be."""
    if "values" in value:
        entries = value["values"] or [{}]
        found = [(one.get("value") or one.get("start"), one.get("end"), one) for one in entries]
        bounds = [
            (first, end if "value" not in one else None, one.get("Mod", "" if "value" not in one else "point"))
            for first, end, one in found
        ]
        return str(entries[0].get("timex", "")), tuple(one for one in bounds if one[0] or one[1])
    out: list[Bounds] = []
    for side in ("PastResolution", "FutureResolution"):
        part = value.get(side) or {}
        if "date" in part or "dateTime" in part:
            out.append((part.get("date") or part["dateTime"], None, "point"))
        elif part:
            first = part.get("startDate") or part.get("startDateTime")
            end = part.get("endDate") or part.get("endDateTime")
            if first or end:
                out.append((first, end, ""))
    return str(value.get("Timex", "")), tuple(out)


def is_right(case: Case, found: Time) -> bool:
    """Return whether a time is placed as one of the case's values has it."""
    return found.basis is not TimeBasis.UNPLACED and any(_fits(value, found, case) for value in case.values)


def _fits(value: Bounds, found: Time, case: Case) -> bool:
    """Return whether a time has the bounds of a value."""
    first, end, mod = value
    if DAYPART.search(case.timex) and found.precision is Precision.DAYPART:
        return (found.earliest or "")[:10] == (first or "")[:10]
    if mod == "point":
        return _fits_point(first or "", found)
    if len(first or end or "") > 10:  # noqa: PLR2004
        return _fits_minute(first, found.earliest, 1) and _fits_minute(end, found.latest, -1)
    if first and mod.startswith("after") and found.earliest == (dt.date.fromisoformat(first) + DAY).isoformat():
        return end is None and found.latest is None
    if found.earliest != first:
        return False
    return _fits_end(end, found, is_named=bool(NAMED_ENDS.match(case.timex)) or mod in {"before", "until"})


def _fits_minute(bound: str | None, ours: str | None, step: int) -> bool:
    """Return whether a bound of ours is the spec's, or the minute beside it: "after 3" leaves 3 itself out."""
    if bound is None or ours is None or len(ours) <= len("2016-11-07"):
        return bound == ours
    moment = dt.datetime.fromisoformat(bound[:16])
    return dt.datetime.fromisoformat(ours) in {moment, moment + step * dt.timedelta(minutes=1)}


def _fits_point(point: str, found: Time) -> bool:
    """Return whether a time is a day or a minute of the spec's."""
    earliest, latest = found.earliest, found.latest
    if len(point) > 10:  # noqa: PLR2004
        return earliest == point[:16].replace(" ", "T")
    if (earliest or "")[:10] == (latest or "")[:10] == point:
        return True
    return found.is_approximate and earliest is not None and latest is not None and earliest <= point <= latest


def _fits_end(end: str | None, found: Time, *, is_named: bool) -> bool:
    """Return whether a time ends as the spec has it, or with the whole of the last part that it names."""
    if end is None or found.latest is None:
        return end == found.latest
    day = dt.date.fromisoformat(end)
    if found.latest == (day - DAY).isoformat():
        return True
    last = dt.date.fromisoformat(found.latest[:10])
    ends = {day}
    if day.day == 1:
        ends.add((day + 31 * DAY).replace(day=1) - DAY)
        if day.month % 3 == 1:
            ends.add((day + 93 * DAY).replace(day=1) - DAY)
        if day.month == 1:
            ends.add(day.replace(month=12, day=31))
    if day.weekday() == 0:
        ends.add(day + 6 * DAY)
    return is_named and last in ends


def judge_cases(cases: Sequence[Case]) -> list[tuple[Case, Time | None, bool, bool]]:
    """Return for each case the time found in its place, whether its value is right, and whether its words are too."""
    out: list[tuple[Case, Time | None, bool, bool]] = []
    for case in cases:
        published = None
        if case.published:
            published = Moment(value=case.published[:16], precision=Precision.MINUTE, stated_in="given")
        times, _ = find_times(case.text, published)
        here = [one for one in times if one.span.start < case.end and case.start < one.span.end]
        right = [one for one in here if is_right(case, one)]
        best = next(iter(right or here), None)
        exact = best is not None and right != [] and (best.span.start, best.span.end) == (case.start, case.end)
        out.append((case, best, bool(right), bool(right) and exact))
    return out


def measure_cases(cases: Sequence[Case]) -> list[Share]:
    """Return the shares right, by part and sort."""
    judged = judge_cases(cases)
    shares = []
    for sort, kinds in (("days and periods", DAY_TYPES), ("times of day with a day", FINE_TYPES)):
        for part_name, wanted in (("all", {True, False}), ("looked at", {True}), ("unseen quarter", {False})):
            part = [one for one in judged if one[0].kind in kinds and one[0].is_seen in wanted]
            name = f"{sort}, {part_name}"
            shares.append(Share(of=f"{name}: value right", right=sum(one[2] for one in part), n=len(part)))
            shares.append(Share(of=f"{name}: words exact too", right=sum(one[3] for one in part), n=len(part)))
    return shares


# --- cost ------------------------------------------------------------------------------------------------------------
def measure_cost(texts: Sequence[str]) -> float:
    """Return the milliseconds for 600 words."""
    moment = Moment(value="2016-10-01", precision=Precision.DAY, stated_in="given")
    words = sum(len(text.split()) for text in texts)
    for text in texts[:3]:
        find_times(text, moment)
    start = clock.process_time()
    for text in texts:
        find_times(text, moment)
    return (clock.process_time() - start) * 1000 * 600 / words if words else 0.0


@click.command("times")
@click.option("--misses", is_flag=True, help="Print what is wrong in the part that is looked at.")
def times_command(*, misses: bool) -> None:
    """Measure how times are found and placed."""
    shared = require_shared()
    if not (shared / "data" / "dates").is_dir():
        click.secho("SKIPPED: nothing was measured. The specs of dates are not beside the checkout.", fg="yellow")
        return
    cases, left_out = load_cases(shared / "data" / "dates")
    for share in measure_cases(cases):
        click.echo(share)
    reasons = ", ".join(f"{reason} {count}" for reason, count in sorted(left_out.items()))
    click.echo(f"left out: {reasons}")
    for share in measure_marked(load_marked(shared / "data" / "meantime" / "intra_cross-doc_annotation")):
        click.echo(share)
    texts = [path.read_text("utf-8") for path in sorted((shared / "data" / "polnear" / "dev" / "text").glob("*.txt"))]
    click.echo(f"{measure_cost(texts):.2f} ms for 600 words, over {len(texts)} articles")
    if misses:
        for case, found, right, _ in judge_cases([case for case in cases if case.is_seen]):
            if not right:
                ours = f"{found.span.exact!r} {found.earliest}..{found.latest} ({found.why})" if found else "nothing"
                wanted = case.text[case.start : case.end]
                click.echo(f"{case.kind} {case.published} | {case.text} | {wanted!r} {case.values} | {ours}")
