"""What is claimed: who did what, when, where and how many."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sayso.records.values import Polarity

if TYPE_CHECKING:
    from sayso.records.document import Span
    from sayso.records.values import PlaceScale, Precision, QuantityKind, TimeBasis


@dataclass(frozen=True, slots=True, kw_only=True)
class Time:
    """A time that the text names, placed on the calendar.

    Attributes:
        span: The words that name it.
        earliest: Its first moment, ISO 8601: a day ("2024-11-07"), or finer where the text is ("2024-11-07T15:00");
            None where it is open to the past or could not be placed.
        latest: Its last moment, included and written likewise; None where it is open to the future or was not placed.
        precision: The finest part that the text states.
        basis: ``stated``: all of it stands there; ``completed``: a part was filled in (the year); ``relative``: counted
            from the publication; ``anchored``: counted from another time of the text; ``unplaced``: not to be placed.
        why: How it was inferred, for a person: "year not stated: the 7 November nearest before publication".
        is_approximate: Whether the text says so ("around", "early in").
    """

    span: Span
    earliest: str | None
    latest: str | None
    precision: Precision
    basis: TimeBasis
    why: str
    is_approximate: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Quantity:
    """A figure that the text gives, as an interval.

    Attributes:
        span: The words of the figure, its unit included.
        low: The least it can be, a plain decimal number ("5000", "0.5", "-3"); None where it is open below.
        high: The greatest it can be; None where it is open above.
        kind: What is counted or measured.
        unit: ``USD``, ``percent``, ``km`` …; for a count None.
        of: Of whom or what, as written ("engineering troops"); None if not stated.
        is_approximate: Whether the text says so ("about", "some").
        is_change: Whether it comes on top of something, or off it ("an additional 1,000", "fell by 3 %").
        why: How the interval was read, for a person: "“at least”: open above".
    """

    span: Span
    low: str | None
    high: str | None
    kind: QuantityKind
    unit: str | None = None
    of: Span | None = None
    is_approximate: bool = False
    is_change: bool = False
    why: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class GeoName:
    """One place of the gazetteer.

    Attributes:
        id: Its GeoNames id.
        name: Its usual English name.
        scale: How large it is.
        country: ISO 3166-1 alpha-2; None for a continent.
        region: The name of its first-order division; None where there is none.
        latitude: Degrees north, rounded: less than 500 m off together with the longitude.
        longitude: Degrees east, rounded likewise.
        population: To three digits; 0 where unknown.
    """

    id: int
    name: str
    scale: PlaceScale
    country: str | None
    region: str | None
    latitude: float
    longitude: float
    population: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A place that the text names, with what it may be.

    Attributes:
        span: The words that name it.
        candidates: What it may be, the likeliest first; empty where the gazetteer has none.
        is_ambiguous: Whether the first is not clearly the likeliest.
        stands_for: Who speaks or acts where the name is no place here: "the government of Russia" for "Moscow said".
            None where a place is meant.
        why: What decided, for a person.
        confidence: 0..1, the machine's, that the first candidate is meant.
    """

    span: Span
    candidates: tuple[GeoName, ...]
    is_ambiguous: bool
    stands_for: str | None
    why: str
    confidence: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Assertion:
    """What a row claims, or a sentence in the article's own voice: who did what, where, when and how many.

    Attributes:
        id: Stable within a reading of the same bytes.
        attribution: Id of the row whose content it is; None for the article's own voice.
        span: The clause.
        actor: Who does or is it; None where none stands there.
        action: The words of the deed.
        target: To whom or what it is done; None where none stands there.
        times: Numbers of `Reading.times` that date it.
        quantities: Numbers of `Reading.quantities` that it states.
        places: Numbers of `Reading.places` where it happens.
        polarity: Whether it is said to be so, not to be so, or left open.
        factuality: -3 (certainly not) to 3 (certainly so): how surely the clause puts the event, the source aside.
        why: The words that decided polarity and factuality, for a person; empty where plain.
        made_by: The heads and rules that made it.
    """

    id: str
    attribution: str | None
    span: Span
    actor: Span | None
    action: Span | None
    target: Span | None
    times: tuple[int, ...] = ()
    quantities: tuple[int, ...] = ()
    places: tuple[int, ...] = ()
    polarity: Polarity = Polarity.POSITIVE
    factuality: float = 3.0
    why: str = ""
    made_by: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class NameNote:
    """A name that looks like a garbled form of another; pointed out, never replaced.

    Attributes:
        span: The name as written.
        likely: The spelling it may stand for.
        why: On what this rests: the other spelling's place in the text, or the alias data.
    """

    span: Span
    likely: str
    why: str
