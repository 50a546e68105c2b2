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
