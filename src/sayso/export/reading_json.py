"""A reading as JSON: one object per article, on one line.

Rule 1: the whole reading is in it; nothing is left out because the machine is unsure of it.
Rule 2: offsets are code points of ``document.text``, the end excluded, written as ``[start, end]``.
Rule 3: a line is a line for every reader. What a terminal or a line splitter could take for more than text (control
characters, line separators, overrides of the direction of writing) is written as a JSON escape, which loses nothing.

The shape is promised by ``reading.schema.json`` beside this file; docs/reading-json.md explains it.
"""

from __future__ import annotations

import json
import re
from importlib import resources
from typing import TYPE_CHECKING, Any, Final

from sayso.records import LOW_CONFIDENCE

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sayso.errors import Problem
    from sayso.records import (
        Assertion,
        Attribution,
        Credit,
        Document,
        GeoName,
        Moment,
        Place,
        Quantity,
        Reading,
        Source,
        Span,
        Time,
    )

SCHEMA_VERSION: Final = "sayso.reading/1"

# C1 controls, line and paragraph separators, marks and overrides of direction, lone surrogates (no UTF-8 exists for
# these last). json.dumps escapes the C0 controls itself.
UNSAFE: Final = re.compile("[\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")


def write_line(reading: Reading) -> bytes:
    """Return the reading as one line of UTF-8 JSON, with the line feed that ends it."""
    return write_object(to_object(reading))


def write_object(written: dict[str, Any]) -> bytes:
    """Return an object as one line of UTF-8 JSON that is a line for every reader."""
    line = json.dumps(written, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    return UNSAFE.sub(lambda found: f"\\u{ord(found.group()):04x}", line).encode() + b"\n"


def load_schema() -> dict[str, Any]:
    """Return the JSON Schema (draft 2020-12) that every line of `write_line` obeys."""
    file = resources.files(__package__).joinpath("reading.schema.json")
    schema: dict[str, Any] = json.loads(file.read_text(encoding="utf-8"))
    return schema


def is_low(att: Attribution) -> bool:
    """Return whether a row is one for a person to check."""
    return att.confidence < LOW_CONFIDENCE


def to_object(reading: Reading) -> dict[str, Any]:
    """Return the reading as what `json` can write, in the order of the schema."""
    headline = reading.headline
    return {
        "schema": SCHEMA_VERSION,
        "document": _document(reading.document),
        "sources": [_source(source) for source in reading.sources],
        "attributions": [_attribution(att) for att in reading.attributions],
        "relations": [
            {
                "from": link.from_id,
                "to": link.to_id,
                "type": link.type.value,
                "why": link.why,
                "confidence": link.confidence,
            }
            for link in reading.relations
        ],
        "origins": list(reading.origins),
        "headline": None
        if headline is None
        else {"support": headline.support.value, "why": headline.why, "rows": list(headline.rows)},
        "unsourced": _places(reading.unsourced),
        "assertions": [_assertion(assertion) for assertion in reading.assertions],
        "times": [_time(time) for time in reading.times],
        "quantities": [_quantity(quantity) for quantity in reading.quantities],
        "places": [_named_place(place) for place in reading.places],
        "name_notes": [
            {"span": _place(note.span), "text": note.span.exact, "likely": note.likely, "why": note.why}
            for note in reading.name_notes
        ],
        "problems": [_problem(problem) for problem in all_problems(reading)],
        "run": {
            "engine": reading.run.engine,
            "model": reading.run.model,
            "model_sha256": reading.run.model_sha256,
            "settings": dict(reading.run.settings),
        },
    }


def all_problems(reading: Reading) -> list[Problem]:
    """Return the document's problems and the reading's, each once, in order."""
    return list(dict.fromkeys((*reading.document.problems, *reading.problems)))


def _document(doc: Document) -> dict[str, Any]:
    return {
        "id": doc.id,
        "name": doc.name,
        "title": None if doc.title is None else _place(doc.title),
        "title_text": None if doc.title is None else doc.title.exact,
        "outlet": doc.outlet,
        "byline": doc.byline,
        "dateline": doc.dateline,
        "credits": [_credit(credit) for credit in doc.credits],
        "published": _moment(doc.published),
        "modified": _moment(doc.modified),
        "language": doc.language,
        "encoding": doc.encoding,
        "format": doc.format,
        "urls": {"asked": doc.urls.asked, "final": doc.urls.final, "canonical": doc.urls.canonical},
        "supersedes": doc.supersedes,
        "body_start": doc.body_start,
        "not_prose": _places(doc.not_prose),
        "text": doc.text,
    }


def _credit(credit: Credit) -> dict[str, Any]:
    return {
        "kind": credit.kind.value,
        "name": credit.name,
        "text": credit.text,
        "stated_in": credit.stated_in,
        "span": None if credit.span is None else _place(credit.span),
    }


def _moment(moment: Moment | None) -> dict[str, str] | None:
    if moment is None:
        return None
    return {"value": moment.value, "precision": moment.precision.value, "stated_in": moment.stated_in}


def _source(source: Source) -> dict[str, Any]:
    return {
        "id": source.id,
        "name": source.name,
        "kind": source.kind.value,
        "naming": source.naming.value,
        "role": source.role,
        "affiliation": source.affiliation,
        "mentions": _places(source.mentions),
        "unresolved": source.unresolved,
        "confidence": source.confidence,
        "made_by": list(source.made_by),
    }


def _attribution(att: Attribution) -> dict[str, Any]:
    stance, certainty, endorsement = att.label_confidence
    return {
        "id": att.id,
        "source": att.source,
        "source_spans": _places(att.source_spans),
        "source_text": [span.exact for span in att.source_spans],
        "cue_spans": _places(att.cue_spans),
        "cue_text": [span.exact for span in att.cue_spans],
        "content_spans": _places(att.content_spans),
        "content_text": [span.exact for span in att.content_spans],
        "within": att.within,
        "via": list(att.via),
        "stance": att.stance.value,
        "certainty": att.certainty.value,
        "endorsement": att.endorsement.value,
        "directness": att.directness.value,
        "confidence": att.confidence,
        "low_confidence": is_low(att),
        "label_confidence": {"stance": stance, "certainty": certainty, "endorsement": endorsement},
        "made_by": list(att.made_by),
    }


def _assertion(assertion: Assertion) -> dict[str, Any]:
    parts = {"actor": assertion.actor, "action": assertion.action, "target": assertion.target}
    shown = {name: value for part, span in parts.items() for name, value in _optional(part, span).items()}
    return {
        "id": assertion.id,
        "attribution": assertion.attribution,
        "span": _place(assertion.span),
        "text": assertion.span.exact,
        **shown,
        "times": list(assertion.times),
        "quantities": list(assertion.quantities),
        "places": list(assertion.places),
        "polarity": assertion.polarity.value,
        "factuality": assertion.factuality,
        "why": assertion.why,
        "made_by": list(assertion.made_by),
    }


def _time(time: Time) -> dict[str, Any]:
    return {
        "span": _place(time.span),
        "text": time.span.exact,
        "earliest": time.earliest,
        "latest": time.latest,
        "precision": time.precision.value,
        "basis": time.basis.value,
        "why": time.why,
        "approximate": time.is_approximate,
    }


def _quantity(quantity: Quantity) -> dict[str, Any]:
    return {
        "span": _place(quantity.span),
        "text": quantity.span.exact,
        "low": quantity.low,
        "high": quantity.high,
        "kind": quantity.kind.value,
        "unit": quantity.unit,
        **_optional("of", quantity.of),
        "approximate": quantity.is_approximate,
        "change": quantity.is_change,
        "why": quantity.why,
    }


def _named_place(place: Place) -> dict[str, Any]:
    return {
        "span": _place(place.span),
        "text": place.span.exact,
        "candidates": [_geoname(candidate) for candidate in place.candidates],
        "ambiguous": place.is_ambiguous,
        "stands_for": place.stands_for,
        "why": place.why,
        "confidence": place.confidence,
    }


def _geoname(name: GeoName) -> dict[str, Any]:
    return {
        "id": name.id,
        "name": name.name,
        "scale": name.scale.value,
        "country": name.country,
        "region": name.region,
        "latitude": name.latitude,
        "longitude": name.longitude,
        "population": name.population,
    }


def _problem(problem: Problem) -> dict[str, Any]:
    return {"code": problem.code, "message": problem.message, "start": problem.start, "end": problem.end}


def _optional(name: str, span: Span | None) -> dict[str, Any]:
    return {name: None if span is None else _place(span), f"{name}_text": None if span is None else span.exact}


def _place(span: Span) -> list[int]:
    return [span.start, span.end]


def _places(spans: Iterable[Span]) -> list[list[int]]:
    return [_place(span) for span in spans]
