"""What happened when, as SVG: a lane for each claim along one axis of time.

Rule 1: a time is as wide as it is vague: a day is a day wide, a month a month. What has no date is not drawn.
Rule 2: what happened is told by the shape of its mark, so that none needs a colour.
"""

from __future__ import annotations

import calendar
import datetime as dt
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from markupsafe import Markup

from sayso.export.finding_words import say_line, say_time
from sayso.export.visible import show
from sayso.export.words import load_words
from sayso.records import EventKind

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from sayso.records import Event

WIDE: Final = (1180, 330)
NARROW: Final = (680, 52)
LABEL_LEAST: Final = 100
RIGHT: Final = 24
TOP: Final = 30
ROW: Final = 17
PAD: Final = 12
APART: Final = 15
LANES_MAX: Final = 24
ROWS_MAX: Final = 4
LONGEST: Final = 44
TICKS_MAX: Final = 8
HOUR: Final = 3600.0
DAY: Final = 24 * HOUR
STEPS: Final = (HOUR, 3 * HOUR, 6 * HOUR, 12 * HOUR, DAY, 2 * DAY, 7 * DAY, 14 * DAY, 30 * DAY, 91 * DAY, 365 * DAY)
MARKS: Final = {
    EventKind.TOLD: '<circle class="told" cx="{x}" cy="{y}" r="6"/>',
    EventKind.SPREAD: '<circle class="spread" cx="{x}" cy="{y}" r="4"/>',
    EventKind.DENIED: '<path class="no" d="M{x} {y}m-5 -5l10 10m0 -10l-10 10"/>',
    EventKind.DOUBTED: '<path class="no" d="M{x} {y}m-5 5l10 -10"/>',
    EventKind.DECLINED: '<path class="no" d="M{x} {y}m-6 0h12"/>',
    EventKind.CONTRADICTED: '<path class="no" d="M{x} {y}m-5 -5l10 10m0 -10l-10 10"/>',
    EventKind.ROSE: '<path class="up" d="M{x} {y}m0 -7l7 12h-14z"/>',
    EventKind.CORRECTED: '<path class="up" d="M{x} {y}m0 -7l7 7l-7 7l-7 -7z"/>',
    EventKind.CHANGED: '<path class="up" d="M{x} {y}m-6 -4h12l-6 10z"/>',
    EventKind.STILL_CARRIED: '<path class="old" d="M{x} {y}m0 -6l6 6l-6 6l-6 -6z"/>',
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Dated:
    """An event with the stretch of time in which it happened.

    Attributes:
        place: Its place in the list.
        event: What happened.
        start: Seconds since 1970, UTC.
        end: The same; as much later as its time is vague.
    """

    place: int
    event: Event
    start: float
    end: float


def read_stretch(value: str) -> tuple[float, float] | None:
    """Return the stretch of time that an ISO 8601 time means, in seconds since 1970, UTC; None where it is none."""
    date, _, clock = value.replace(" ", "T").partition("T")
    try:
        year, *rest = (int(part) for part in date.split("-"))
        month, day = (rest[0] if rest else 1), (rest[1] if len(rest) > 1 else 1)
        if clock:
            moment = dt.datetime.fromisoformat(value)
            moment = moment if moment.tzinfo else moment.replace(tzinfo=dt.UTC)
            return moment.timestamp(), moment.timestamp()
        start = dt.datetime(year, month, day, tzinfo=dt.UTC)
    except (ValueError, OverflowError):
        return None
    n_days = 1 if len(rest) > 1 else calendar.monthrange(year, month)[1] if rest else 365 + calendar.isleap(year)
    return start.timestamp(), start.timestamp() + n_days * DAY


def draw_time(events: Sequence[Event], *, is_narrow: bool = False) -> Markup:
    """Return the events as SVG, with a link from each to its place in a list; empty where none has a date.

    Args:
        events: What happened.
        is_narrow: For a small screen: claims by their number alone.
    """
    lanes: dict[int, list[Dated]] = defaultdict(list)
    for place, event in enumerate(events):
        stretch = read_stretch(event.at) if event.at else None
        if stretch is not None and event.claim is not None:
            lanes[event.claim].append(Dated(place=place, event=event, start=stretch[0], end=stretch[1]))
    if not lanes:
        return Markup("")
    chosen = sorted(lanes.values(), key=lambda lane: -len(lane))[:LANES_MAX]
    chosen.sort(key=lambda lane: min(one.start for one in lane))
    axis = _Axis((one for lane in chosen for one in lane), *(NARROW if is_narrow else WIDE))
    parts, y = [], TOP
    for number, lane in enumerate(chosen):
        drawn, height = _draw_lane(lane, axis, y, is_odd=bool(number % 2))
        parts.append(drawn)
        y += height
    head = Markup('<svg xmlns="http://www.w3.org/2000/svg" class="times {}" role="group" aria-label="{}" {}>').format(
        "narrow" if is_narrow else "wide",
        "What happened when, a lane for each claim",
        Markup('width="{0}" height="{1}" viewBox="0 0 {0} {1}"').format(axis.width, y + 6),
    )
    return head + axis.draw(y) + Markup("").join(parts) + Markup("</svg>")


class _Axis:
    """Time along the width."""

    def __init__(self, dated: Iterable[Dated], width: int, names: int) -> None:
        self.width, self.names = width, names
        every = list(dated)
        low, high = min(one.start for one in every), max(one.end for one in every)
        room = max((high - low) * 0.02, HOUR / 2)
        self.low, self.high = low - room, high + room

    def find(self, at: float) -> float:
        """Return where a time lies."""
        return round(self.names + (at - self.low) / (self.high - self.low) * (self.width - self.names - RIGHT), 1)

    def draw(self, bottom: int) -> Markup:
        """Return the axis: lines and their times."""
        step = next((one for one in STEPS if (self.high - self.low) / one <= TICKS_MAX), 0.0)
        step = step or 365 * DAY * -(-(self.high - self.low) // (365 * DAY * TICKS_MAX))
        at, parts = -(-self.low // step) * step, []
        while at <= self.high:
            moment = dt.datetime(1970, 1, 1, tzinfo=dt.UTC) + dt.timedelta(seconds=at)
            month = calendar.month_abbr[moment.month]
            words = f"{month} {moment.year}" if step >= 30 * DAY else f"{moment.day} {month}"
            words = words if step >= DAY or not moment.hour else f"{moment:%H:%M}"
            x = self.find(at)
            parts.append(
                Markup('<path class="tick" d="M{0} {1}V{2}"/><text class="quiet" x="{0}" y="{3}">{4}</text>').format(
                    x, TOP - 8, bottom, TOP - 13, words
                )
            )
            at += step
        return Markup("").join(parts)


def _draw_lane(lane: Sequence[Dated], axis: _Axis, top: int, *, is_odd: bool) -> tuple[Markup, int]:
    """Return a lane, and its height: marks that would lie on one another are set below each other."""
    ends: list[float] = []
    parts = []
    for one in sorted(lane, key=lambda each: (each.start + each.end, each.place)):
        left, right = axis.find(one.start), axis.find(one.end)
        x = round((left + right) / 2, 1)
        row = next((row for row, end in enumerate(ends) if x - end >= APART), len(ends))
        row = min(row, ROWS_MAX - 1)
        ends[row : row + 1] = [x]
        parts.append(_draw_mark(one, left, right, x, top + PAD + row * ROW + 6))
    height = PAD * 2 + max(1, len(ends)) * ROW
    first = lane[0].event
    line = say_line(first.line)
    label = Markup(
        '{back}<a href="/claim/C{number}"><text class="claim-no" x="0" y="{y}">C{number}</text>'
        "{short}<title>{line}</title></a>"
    ).format(
        back=Markup('<rect class="lane" x="-4" y="{}" width="{}" height="{}" rx="4"/>').format(
            top, axis.width + 4, height
        )
        if is_odd
        else Markup(""),
        number=first.claim,
        y=top + PAD + 11,
        short=Markup("")
        if axis.names < LABEL_LEAST
        else Markup('<text x="44" y="{}">{}</text>').format(
            top + PAD + 11, line if len(line) <= LONGEST else line[: LONGEST - 1].rstrip() + "…"
        ),
        line=line,
    )
    return label + Markup("").join(parts), height


def _draw_mark(one: Dated, left: float, right: float, x: float, y: int) -> Markup:
    """Return a mark, and behind it the stretch of time in which it lies."""
    event = one.event
    wide = (
        Markup('<rect class="vague" x="{}" y="{}" width="{}" height="10" rx="5"/>').format(
            left, y - 5, round(right - left, 1)
        )
        if right - left > APART
        else Markup("")
    )
    who = show(event.outlet or event.who or "")
    words = f"{load_words()['event'][event.kind.value]}: {who}, {say_time(event.at)}"
    mark = Markup(MARKS[event.kind]).format(x=x, y=y)  # noqa: S704  our own
    return Markup('<a href="#w-{}" aria-label="{}">{}{}<title>{}</title></a>').format(
        one.place, words, wide, mark, words
    )


def draw_mark(kind: EventKind) -> Markup:
    """Return a mark alone, for what tells the marks apart."""
    mark = Markup(MARKS[kind]).format(x=9, y=9)  # noqa: S704  our own
    return Markup('<svg class="times" width="18" height="18" aria-hidden="true">{}</svg>').format(mark)
