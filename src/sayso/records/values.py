"""The values that a field may take; docs/architecture/glossary.md explains each."""

from __future__ import annotations

from enum import StrEnum


class Kind(StrEnum):
    """What sort of party a source is."""

    PERSON = "person"
    ORGANISATION = "organisation"
    STATE = "state"
    OUTLET = "outlet"
    DOCUMENT = "document"
    GROUP = "group"
    UNKNOWN = "unknown"


class Naming(StrEnum):
    """Whether a reader could tell who a source is."""

    NAMED = "named"
    DESCRIBED = "described"
    VAGUE = "vague"


class Stance(StrEnum):
    """What a source does with the content."""

    ASSERTS = "asserts"
    CONFIRMS = "confirms"
    DENIES = "denies"
    DOUBTS = "doubts"
    DECLINES = "declines"
    ASKS = "asks"
    INTENDS = "intends"
    BELIEVES = "believes"
    OTHER = "other"


class Certainty(StrEnum):
    """How sure the source presents the content (never how sure the machine is)."""

    CERTAIN = "certain"
    PROBABLE = "probable"
    POSSIBLE = "possible"


class Endorsement(StrEnum):
    """How the article puts the attribution."""

    NEUTRAL = "neutral"
    ENDORSED = "endorsed"
    DISTANCED = "distanced"


class Directness(StrEnum):
    """How much of the content stands in quotation marks."""

    DIRECT = "direct"
    PARTIAL = "partial"
    INDIRECT = "indirect"


class RelationType(StrEnum):
    """How one attribution bears on another of the same article."""

    DISPUTES = "disputes"
    SUPPORTS = "supports"
    REPEATS = "repeats"


class Support(StrEnum):
    """How far the body bears out the headline."""

    FULL = "full"
    PARTIAL = "partial"
    NONE = "none"


class CreditKind(StrEnum):
    """Which part of a page credits somebody."""

    BYLINE = "byline"
    DATELINE = "dateline"
    AGENCY = "agency"
    COPYRIGHT = "copyright"
    SOURCE_LINE = "source-line"
    REPORTING_BY = "reporting-by"
    CREDIT_TEXT = "creditText"
    SOURCE_ORGANIZATION = "sourceOrganization"
    IS_BASED_ON = "isBasedOn"
    CORRECTION = "correction"


class Precision(StrEnum):
    """The finest part of a time that was stated; the coarsest first."""

    CENTURY = "century"
    DECADE = "decade"
    YEAR = "year"
    SEASON = "season"
    QUARTER = "quarter"
    MONTH = "month"
    WEEK = "week"
    DAY = "day"
    DAYPART = "daypart"
    HOUR = "hour"
    MINUTE = "minute"
    SECOND = "second"


class TimeBasis(StrEnum):
    """How a time in the text was placed on the calendar."""

    STATED = "stated"
    COMPLETED = "completed"
    RELATIVE = "relative"
    ANCHORED = "anchored"
    UNPLACED = "unplaced"


class QuantityKind(StrEnum):
    """What is counted or measured."""

    COUNT = "count"
    MONEY = "money"
    PERCENT = "percent"
    MEASURE = "measure"
    ORDINAL = "ordinal"
    NUMBER = "number"


class PlaceScale(StrEnum):
    """How large a place is; the largest first."""

    CONTINENT = "continent"
    COUNTRY = "country"
    REGION = "region"
    CITY = "city"


class Polarity(StrEnum):
    """Whether something is said to be so or not to be so."""

    POSITIVE = "positive"
    NEGATIVE = "negative"
    OPEN = "open"


class CaptureKind(StrEnum):
    """How bytes came into a case."""

    FILE = "file"
    PASTE = "paste"
    FETCH = "fetch"
    ARCHIVE = "archive"


class RefusalCode(StrEnum):
    """Why there are no bytes of an address."""

    ROBOTS = "robots"
    PRIVATE_ADDRESS = "private-address"
    BAD_ADDRESS = "bad-address"
    NO_NETWORK = "no-network"
    UNREACHABLE = "unreachable"
    TIMEOUT = "timeout"
    TLS = "tls"
    STATUS = "status"
    TOO_MANY_REDIRECTS = "too-many-redirects"
    TOO_LARGE = "too-large"
    BROKEN_ANSWER = "broken-answer"


class JudgementKind(StrEnum):
    """What a person decided."""

    ACCEPT = "accept"
    CORRECT = "correct"
    REJECT = "reject"
    SAME = "same"
    DIFFERENT = "different"
    UNSURE = "unsure"
    SPLIT = "split"
    UNDO = "undo"


class Judged(StrEnum):
    """Where a row stands after the judgements about it."""

    NOT = "not"
    ACCEPTED = "accepted"
    CORRECTED = "corrected"
    REJECTED = "rejected"
    UNSURE = "unsure"


class LogKind(StrEnum):
    """What a log entry is about."""

    CASE = "case"
    CAPTURE = "capture"
    DOCUMENT = "document"
    LINK = "link"
    READING = "reading"
    PROBLEM = "problem"
    JUDGEMENT = "judgement"
    FEED = "feed"
    PURGE = "purge"
    MIGRATION = "migration"
    TIMESTAMP = "timestamp"


class Level(StrEnum):
    """Who is counted as one origin: each person, or each body that persons speak for."""

    PERSONS = "persons"
    ORGANISATIONS = "organisations"


class Borrowed(StrEnum):
    """How one telling has a claim from another."""

    COPIES = "copies"
    CITES = "cites"
    REPEATS = "repeats"


class Tied(StrEnum):
    """What voices are to one another."""

    SAME = "same"
    DIFFERENT = "different"
    UNKNOWN = "unknown"
    SPEAKS_FOR = "speaks-for"


class Independence(StrEnum):
    """Whether a claim is known to stand on more than one leg."""

    ESTABLISHED = "established"
    NOT_ESTABLISHED = "not-established"
    NOT_RECORDED = "not-recorded"


class FirstCertainty(StrEnum):
    """How sure it is who told a claim first."""

    CERTAIN = "certain"
    POSSIBLE = "possible"
    UNKNOWN = "unknown"


class SetAsideCode(StrEnum):
    """Why something that was given is not applied."""

    JUDGES_DISAGREE = "judges-disagree"
    OVERRULED = "overruled"
    CONTRADICTION = "contradiction"
    UNMASKING = "unmasking"
    UNDONE = "undone"
    FUTURE_DATE = "future-date"
    UNREADABLE_DATE = "unreadable-date"
    BEFORE_ITS_SOURCE = "before-its-source"


class PartyRelation(StrEnum):
    """Whether two sources are one party."""

    SAME = "same"
    DIFFERENT = "different"
    UNSURE = "unsure"


class ClaimRelation(StrEnum):
    """Whether two mentions are of one claim."""

    SAME = "same"
    DIFFERENT = "different"
    UNSURE = "unsure"


class ReuseKind(StrEnum):
    """By which way a text that two documents have in common came."""

    WIRE = "wire"
    PRESS_RELEASE = "press-release"
    OUTLET = "outlet-to-outlet"
    OWN = "own"
    COMMON_SOURCE = "common-source"
    INCIDENTAL = "incidental"
    UNTRACED = "untraced"


class ReuseExtent(StrEnum):
    """How much of two documents is one text."""

    WHOLE = "whole-text"
    PART = "part-text"
    QUOTES = "quotes"
    REWRITE = "rewrite"
    PHRASES = "phrases"


class ReuseDirection(StrEnum):
    """Who took a text from whom."""

    FROM_OTHER = "from-other"
    COMMON = "common"
    UNKNOWN = "unknown"


class ReuseBasis(StrEnum):
    """What a direction rests on; in the order in which they are asked."""

    CREDIT = "credit"
    TIME = "time"
    CONTAINMENT = "containment"
    NONE = "none"


class DisputeKind(StrEnum):
    """In what two mentions cannot both hold, or how one stands against the other."""

    FIGURES = "figures"
    POLARITY = "polarity"
    DENIAL = "denial"
    DOUBT = "doubt"
    REFUSAL = "refusal"


class UpdateKind(StrEnum):
    """Why one figure takes the place of another."""

    LATER_FIGURE = "later-figure"
    CORRECTION = "correction"
    CHANGED_VERSION = "changed-version"


class DriftKind(StrEnum):
    """What was dropped or sharpened between two mentions of which one rests on the other."""

    HEDGE_DROPPED = "hedge-dropped"
    DISTANCE_DROPPED = "distance-dropped"
    FIGURE_SHARPENED = "figure-sharpened"
    FIGURE_CHANGED = "figure-changed"
    FIGURE_DROPPED = "figure-dropped"
    ACTOR_DROPPED = "actor-dropped"
    ACTOR_CHANGED = "actor-changed"
    ATTRIBUTION_DROPPED = "attribution-dropped"
    SOURCE_SHARPENED = "source-sharpened"


class StepKind(StrEnum):
    """How one telling has a claim from a root or from another telling."""

    SAID = "said"
    COPIED = "copied"
    CITED = "cited"
    REPEATED = "repeated"
    PRINTED = "printed"


class EventKind(StrEnum):
    """What happened to a claim at a time."""

    TOLD = "told"
    SPREAD = "spread"
    DENIED = "denied"
    DOUBTED = "doubted"
    DECLINED = "declined"
    CONTRADICTED = "contradicted"
    ROSE = "rose"
    CORRECTED = "corrected"
    CHANGED = "changed"
    STILL_CARRIED = "still-carried"
