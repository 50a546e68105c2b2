"""Short ways to write down invented articles of one story, and to join them."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from sayso.corroborate.claim_lines import make_lines
from sayso.corroborate.story_findings import StoryMaterial, corroborate_story
from sayso.ids import document_id, judgement_id
from sayso.records import Credit, CreditKind, Judgement, JudgementKind, Moment, Precision, Story
from tests.readings import Builder

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sayso.records import ClaimFindings, ClaimLine, Reading, StoryFindings

BANKS = "the Amsel burst its banks at Orlby and swept away the old mill bridge"


def said(name: str, content: str = BANKS, **more: Any) -> dict[str, Any]:  # noqa: ANN401  fields of a row and its source
    """Return a row: who says it, and what."""
    return {"name": name, "content": content} | more


def article(
    outlet: str | None,
    *told: dict[str, Any] | str,
    at: str | None = None,
    lead: str = "",
    credits: Sequence[tuple[str, str]] = (),  # noqa: A002  a field of documents
    byline: str | None = None,
) -> Reading:
    """Return an article of which each row is a sentence; what is only a text is told in its own voice.

    Row keys are the places of the rows; `within` and `via` go by these and by names of sources.
    """
    parts, own = [_fill(outlet, at)], []
    if lead:
        parts.append(lead)
    for piece in told:
        if isinstance(piece, str):
            parts.append(f"{piece}.")
            own.append(f"{piece}.")
        else:
            cue = piece.get("cue", "said")
            parts.append(f"{piece['name']} {cue} that {piece['content']}.")
    text = " ".join(parts)
    published = None if at is None else moment(at)
    make = Builder(text, outlet=outlet, published=published, name=f"{outlet}.txt", byline=byline)
    make.doc = replace(
        make.doc,
        id=document_id(text=text, outlet=outlet, published=at),
        credits=tuple(Credit(kind=CreditKind(kind), name=name, text=name, stated_in="text") for kind, name in credits),
    )
    known: set[str] = set()
    for place, piece in enumerate(told):
        if isinstance(piece, dict):
            _add_row(make, str(place), dict(piece), known)
    return make.build(unsourced=own)


def _fill(outlet: str | None, at: str | None) -> str:
    """Return words that no other article has: two articles of one sentence would be one text."""
    digest = hashlib.sha256(f"{outlet} {at}".encode()).hexdigest()
    return " ".join(f"wo{digest[i : i + 3]}" for i in range(0, 60, 3)).capitalize() + "."


def _add_row(make: Builder, key: str, piece: dict[str, Any], known: set[str]) -> None:
    name, content = piece.pop("name"), piece.pop("content")
    kind, naming = piece.pop("kind", "person"), piece.pop("naming", "named")
    about = {field: piece.pop(field) for field in ("role", "affiliation", "unresolved") if field in piece}
    if name not in known:
        make.source(name, name, kind, naming, **about)
        known.add(name)
    for via, via_kind in piece.pop("carried", ()):
        if via not in known:
            make.source(via, via, via_kind, "named")
            known.add(via)
        piece.setdefault("via", []).append(via)
    start = f"{name} {piece.get('cue', 'said')} that {content}"
    make.row(key, name, piece.pop("cue", "said"), content, after=start, **piece)


def moment(value: str) -> Moment:
    """Return a time as a page states it."""
    precision = {4: Precision.YEAR, 7: Precision.MONTH, 10: Precision.DAY}.get(len(value), Precision.SECOND)
    return Moment(value=value, precision=precision, stated_in="given")


def story_of(readings: Sequence[Reading]) -> Story:
    """Return the story of all these articles."""
    return Story(id="sto-1", documents=tuple(r.document.id for r in readings), words=(), members=())


def join(*readings: Reading, judgements: Sequence[Judgement] = (), **more: Any) -> StoryFindings:  # noqa: ANN401  fields of the material
    """Return what is found about these articles."""
    return corroborate_story(
        StoryMaterial(story=story_of(readings), readings=readings, judgements=tuple(judgements), **more)
    )


def main_claim(findings: StoryFindings, words: str = "burst its banks") -> ClaimFindings:
    """Return the only claim that holds these words."""
    found = [one for one in findings.claims if words in " ".join(m.span.exact for m in one.claim.mentions)]
    assert len(found) == 1, [one.claim.line.exact for one in findings.claims]
    return found[0]


def count(*readings: Reading, **more: Any) -> tuple[int, int]:  # noqa: ANN401  fields of the material
    """Return the least and greatest number of origins of the flood."""
    bounds = main_claim(join(*readings, **more)).corroboration.persons
    return bounds.least, bounds.most


def main_line(findings: StoryFindings, readings: Sequence[Reading], words: str = "burst its banks") -> ClaimLine:
    """Return the line of the only claim that holds these words."""
    claim = main_claim(findings, words)
    return next(line for line in make_lines(findings, readings) if line.id == claim.claim.id)


def judge(kind: str, *about: str, by: str = "Ada", at: str = "2024-05-01", reason: str = "") -> Judgement:
    """Return what a person decided about a pair of sources or rows, or which judgement a person takes back."""
    subject, other = (*about, None)[:2]
    key = judgement_id(kind=kind, subject=str(subject), other=other, changes=(), by=by, at=at)
    return Judgement(
        id=key,
        kind=JudgementKind(kind),
        document=None,
        subject=str(subject),
        other=other,
        by=by,
        at=at,
        reason=reason,
    )
