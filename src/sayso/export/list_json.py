"""The lists of a case as JSON: one object a line.

Rule 1: ids, texts and counts are whole; nothing is shortened for a machine.
Rule 2: a line is a line for every reader, as in `reading_json`.

The shapes are promised by ``lists.schema.json`` beside this file: ``claim``, ``article``, ``source``, ``hit``,
``refused`` and ``info``. A field that is only added keeps a shape's version.
"""

from __future__ import annotations

import json
from importlib import resources
from typing import TYPE_CHECKING, Any

from sayso.export.reading_json import write_object
from sayso.records import LOW_CONFIDENCE, ArticleRow, CaseInfo, ClaimRow, Hit, RefusedRow, SourceRow

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from sayso.records import ClaimLine, FigureTold, Piece

Row = ClaimRow | ArticleRow | SourceRow | Hit | RefusedRow | CaseInfo


def write_lines(rows: Iterable[Row]) -> Iterator[bytes]:
    """Yield each row as one line of UTF-8 JSON, with the line feed that ends it."""
    for row in rows:
        yield write_object(to_object(row))


def load_list_schema() -> dict[str, Any]:
    """Return the JSON Schema (draft 2020-12) that every line of `write_lines` obeys."""
    file = resources.files(__package__).joinpath("lists.schema.json")
    schema: dict[str, Any] = json.loads(file.read_text(encoding="utf-8"))
    return schema


def to_object(row: Row) -> dict[str, Any]:
    """Return the row as what `json` can write, in the order of the schema."""
    if isinstance(row, ClaimRow):
        return {"schema": "sayso.claim/1", **_claim(row)}
    if isinstance(row, ArticleRow):
        return {"schema": "sayso.article/1", **_article(row)}
    if isinstance(row, SourceRow):
        return {"schema": "sayso.source/1", **_source(row)}
    if isinstance(row, Hit):
        return {"schema": "sayso.hit/1", "article": _article(row.article), "pieces": _pieces(row.pieces)}
    if isinstance(row, RefusedRow):
        return {"schema": "sayso.refused/1", **_refused(row)}
    return {"schema": "sayso.info/1", **_info(row)}


def _claim(row: ClaimRow) -> dict[str, Any]:
    return {
        "id": row.id,
        "document": row.document,
        "title": row.title,
        "outlet": row.outlet,
        "published": row.published,
        "url": row.url,
        "source": row.source,
        "source_name": row.source_name,
        "kind": row.kind.value,
        "naming": row.naming.value,
        "via": list(row.via),
        "cue": row.cue,
        "content": row.content,
        "start": row.start,
        "stance": row.stance.value,
        "certainty": row.certainty.value,
        "endorsement": row.endorsement.value,
        "confidence": row.confidence,
        "low_confidence": row.confidence < LOW_CONFIDENCE,
        "places": list(row.places),
        "quantities": list(row.quantities),
        "judged": row.judged.value,
        "hits": _pieces(row.hits),
        "superseded_by": row.superseded_by,
        "judged_by": [{"name": one.name, "judged": one.judged.value} for one in row.judged_by],
        "disputed_judgement": row.is_disputed,
        "claim": None if row.claim is None else _told(row.claim),
    }


def _told(line: ClaimLine) -> dict[str, Any]:
    """Return a claim; what follows from who an unnamed source is, as a person knows it, is for that person's eyes."""
    speakers = [{"name": one.name, "naming": one.naming.value, "tellings": one.n_tellings} for one in line.speakers]
    is_open = not line.is_private
    return {
        "number": line.number,
        "id": line.id,
        "story": line.story,
        "line": line.line,
        "document": line.document,
        "attribution": line.attribution,
        "speakers": speakers if is_open else None,
        "speaker_count": line.n_speakers if is_open else None,
        "least": line.least if is_open else None,
        "most": line.most if is_open else None,
        "independence": line.independence.value if is_open else None,
        "tellings": line.n_tellings,
        "documents": line.n_documents,
        "outlets": list(line.outlets),
        "first": line.first,
        "last": line.last,
        "figures": [_figure(figure) for figure in line.figures],
        "disputed": line.is_disputed,
        "updated": line.is_updated,
        "corrected": line.is_corrected,
        "circular": line.is_circular,
        "rests_on": line.rests_on if is_open else None,
        "resting": line.n_resting if is_open else None,
    }


def _figure(figure: FigureTold) -> dict[str, Any]:
    return {
        "words": figure.words,
        "low": figure.low,
        "high": figure.high,
        "unit": figure.unit,
        "counts": figure.counts,
        "tellings": figure.n_tellings,
        "outlets": figure.n_outlets,
    }


def _article(row: ArticleRow) -> dict[str, Any]:
    return {
        "id": row.id,
        "title": row.title,
        "name": row.name,
        "outlet": row.outlet,
        "published": row.published,
        "url": row.url,
        "captured_at": row.captured_at,
        "added_at": row.added_at,
        "format": row.format,
        "claims": row.n_claims,
        "sources": row.n_sources,
        "judged": row.n_judged,
        "problems": row.n_problems,
        "supersedes": row.supersedes,
        "superseded_by": row.superseded_by,
    }


def _source(row: SourceRow) -> dict[str, Any]:
    return {
        "ids": list(row.ids),
        "name": row.name,
        "kind": row.kind.value,
        "naming": row.naming.value,
        "role": row.role,
        "claims": row.n_claims,
        "articles": row.n_articles,
        "outlets": row.n_outlets,
        "first": row.first,
        "last": row.last,
    }


def _refused(row: RefusedRow) -> dict[str, Any]:
    return {
        "capture": row.capture,
        "name": row.name,
        "at": row.at,
        "code": str(row.code),
        "message": row.message,
        "advice": row.advice,
    }


def _info(row: CaseInfo) -> dict[str, Any]:
    return {
        "name": row.name,
        "created_at": row.created_at,
        "case_schema": row.schema,
        "encrypted": row.is_encrypted,
        "documents": row.n_documents,
        "captures": row.n_captures,
        "refused": row.n_refused,
        "claims": row.n_claims,
        "sources": row.n_sources,
        "judgements": row.n_judgements,
        "feeds": row.n_feeds,
        "purged": row.n_purged,
        "outlets": [{"name": name, "documents": n} for name, n in row.outlets],
        "first": row.first,
        "last": row.last,
        "models": list(row.models),
        "log_length": row.log_length,
        "log_head": row.log_head,
        "superseded": row.n_superseded,
        "claims_superseded": row.n_claims_superseded,
        "stories": row.n_stories,
        "claims_told": row.n_claims_told,
        "waiting": row.n_waiting,
        "unread": row.n_unread,
    }


def _pieces(pieces: Iterable[Piece]) -> list[dict[str, Any]]:
    return [{"text": piece.text, "hit": piece.is_hit} for piece in pieces]
