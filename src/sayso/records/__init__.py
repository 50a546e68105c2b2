"""The nouns of Sayso: what passes between the rooms.

Frozen dataclasses over the standard library, nothing else. One word per thing, kept in docs/architecture/glossary.md.
Offsets are code points of `Document.text`, the end excluded. The values of the enumerations are those of the labelling
guide; what they mean is in docs/architecture/glossary.md.
"""

from __future__ import annotations

from sayso.records.assertions import (
    Assertion,
    GeoName,
    NameNote,
    Place,
    Quantity,
    Time,
)
from sayso.records.document import (
    Credit,
    Document,
    Moment,
    Span,
    Urls,
)
from sayso.records.reading import (
    Attribution,
    Headline,
    Reading,
    Relation,
    Run,
    Source,
)
from sayso.records.values import (
    Certainty,
    CreditKind,
    Directness,
    Endorsement,
    Kind,
    Naming,
    PlaceScale,
    Polarity,
    Precision,
    QuantityKind,
    RelationType,
    Stance,
    Support,
    TimeBasis,
)

__all__ = [
    "Assertion",
    "Attribution",
    "Certainty",
    "Credit",
    "CreditKind",
    "Directness",
    "Document",
    "Endorsement",
    "GeoName",
    "Headline",
    "Kind",
    "Moment",
    "NameNote",
    "Naming",
    "Place",
    "PlaceScale",
    "Polarity",
    "Precision",
    "Quantity",
    "QuantityKind",
    "Reading",
    "Relation",
    "RelationType",
    "Run",
    "Source",
    "Span",
    "Stance",
    "Support",
    "Time",
    "TimeBasis",
    "Urls",
]
