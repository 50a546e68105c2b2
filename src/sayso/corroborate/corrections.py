"""Corrections, followed to every document that still carries the old figure.

What carries the old one still is found by the figure and by what is counted, within the same story.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sayso.corroborate.correction_notes import carries, find_corrections
from sayso.ids import finding_id
from sayso.records import Update, UpdateKind, WeighedFeature

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from sayso.corroborate.claim_facts import MentionFacts
    from sayso.corroborate.correction_notes import Correction
    from sayso.corroborate.disputes import Told
    from sayso.records import Document, Story


def follow_corrections(told: Told, stories: Iterable[Story] = ()) -> tuple[Update, ...]:
    """Return the corrections, each with every document of its story that still carries the old figure.

    Args:
        told: What the mentions of claims say.
        stories: Which documents tell of one event; without any, all are taken to.
    """
    story_of = {document: story.id for story in stories for document in story.documents}
    superseded = frozenset(doc.supersedes for doc in told.documents.values() if doc.supersedes)
    by_story: dict[str | None, list[MentionFacts]] = {}
    for facts in told.facts.values():
        by_story.setdefault(story_of.get(facts.mention.document), []).append(facts)
    updates = []
    for reading in told.readings.values():
        for correction in find_corrections(reading):
            near = by_story.get(story_of.get(reading.document.id), [])
            updates.append(_follow(correction, near, told.documents, superseded))
    return tuple(updates)


def _follow(
    correction: Correction,
    near: Sequence[MentionFacts],
    documents: Mapping[str, Document],
    superseded: frozenset[str],
) -> Update:
    """Return one correction with the mentions of its figures."""
    old = [facts for facts in near if carries(facts, correction.old, correction.things)]
    new = [facts for facts in near if carries(facts, correction.new, correction.things)]
    righted = {facts.mention.document for facts in new} | {correction.document}
    carriers = dict.fromkeys(
        facts.mention.document
        for facts in old
        if facts.mention.document not in righted and facts.mention.document not in superseded
    )
    elsewhere = next((f for f in old if f.mention.document != correction.document), old[0] if old else None)
    here = next((f for f in new if f.mention.document == correction.document), new[0] if new else None)
    features = [
        WeighedFeature(name="note", value=1.0, weight=0.0, why=f"{correction.why}: “{correction.text.strip()}”")
    ]
    features.extend(
        WeighedFeature(
            name="carried",
            value=1.0,
            weight=0.0,
            why=f"{documents[key].name} gives “{correction.old_words}” and not “{correction.new_words}”",
        )
        for key in carriers
    )
    first, second = (None if one is None else one.mention.id for one in (elsewhere, here))
    detail = f"{correction.document} {correction.old_words} {correction.new_words} {correction.text}"
    return Update(
        id=finding_id(kind=UpdateKind.CORRECTION, first=first, second=second, detail=detail),
        kind=UpdateKind.CORRECTION,
        old=first,
        new=second,
        old_words=correction.old_words,
        new_words=correction.new_words,
        stated_in=correction.document,
        carried_by=tuple(carriers),
        features=tuple(features),
    )
