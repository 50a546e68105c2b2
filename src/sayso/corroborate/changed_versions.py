"""Figures that a later version of a page changed without saying so, and who still carries the old ones."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sayso.corroborate.correction_notes import carries_figure
from sayso.corroborate.figures_apart import can_both_hold, pair_figures
from sayso.ids import finding_id
from sayso.records import Update, UpdateKind, WeighedFeature

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from sayso.corroborate.claim_facts import MentionFacts
    from sayso.corroborate.disputes import Told
    from sayso.records import Quantity

# So much of the words of an older telling must stand in a newer one for both to be of the same thing.
SAME_SHARE = 0.5


def find_changed_versions(told: Told) -> tuple[Update, ...]:
    """Return the figures that a later version of a page changed without a note, with who still carries the old one."""
    found: dict[tuple[str, str, str], Update] = {}
    by_document: dict[str, list[MentionFacts]] = {}
    for facts in told.facts.values():
        by_document.setdefault(facts.mention.document, []).append(facts)
    for document, versions in told.earlier.facts.items():
        own = by_document.get(document, [])
        for older in versions:
            newer = max(own, key=lambda one: (_share(older, one), one.mention.id), default=None)
            if newer is None or _share(older, newer) < SAME_SHARE:
                continue
            for was, now in _iter_changed(older, newer, own):
                if not _is_noted(told, document, older, was):
                    key = document, str(was.low), str(was.high)
                    found.setdefault(key, _make_update(told, older, newer, was, now))
    return tuple(found.values())


def _share(older: MentionFacts, newer: MentionFacts) -> float:
    """Return how much of the words of an older telling a newer one has."""
    return (older.words & newer.words).total() / max(1, older.words.total())


def _iter_changed(
    older: MentionFacts, newer: MentionFacts, own: Iterable[MentionFacts]
) -> Iterator[tuple[Quantity, Quantity]]:
    """Yield the figures of an older telling that its document no longer gives, each with that in its place."""
    pairs = list(pair_figures(older, newer))
    for was, now in pairs:
        theirs = [there for here, there in pairs if here == was]
        theirs += [there for one in own for here, there in pair_figures(older, one) if here == was]
        if not any(can_both_hold(was, there) for there in theirs):
            yield was, now


def _is_noted(told: Told, document: str, older: MentionFacts, was: Quantity) -> bool:
    """Return whether a correction in the document names the old figure: then that tells of it."""
    return any(
        carries_figure(older, correction.old, correction.things, was)
        for correction in told.earlier.corrected.get(document, ())
    )


def _make_update(told: Told, older: MentionFacts, newer: MentionFacts, was: Quantity, now: Quantity) -> Update:
    """Return that a later version has another figure, with the other documents that give the old one alone."""
    document = newer.mention.document
    superseded = {doc.supersedes for doc in told.documents.values() if doc.supersedes}
    old: dict[str, MentionFacts] = {}
    new = {document}
    for facts in told.facts.values():
        theirs = [there for here, there in pair_figures(older, facts) if here == was]
        if any((there.low, there.high) == (was.low, was.high) for there in theirs):
            old.setdefault(facts.mention.document, facts)
        if any((there.low, there.high) == (now.low, now.high) for there in theirs):
            new.add(facts.mention.document)
    carriers = {key: facts for key, facts in old.items() if key not in new and key not in superseded}
    first = next((facts.mention.id for facts in carriers.values()), None)
    why = f"an older version of the page has “{was.span.exact}”, the newest “{now.span.exact}”, and no note says so"
    return Update(
        id=finding_id(
            kind=UpdateKind.CHANGED_VERSION,
            first=first,
            second=newer.mention.id,
            detail=f"{older.mention.id} {was.span.start}",
        ),
        kind=UpdateKind.CHANGED_VERSION,
        old=first,
        new=newer.mention.id,
        old_words=was.span.exact,
        new_words=now.span.exact,
        stated_in=document,
        carried_by=tuple(carriers),
        features=(WeighedFeature(name="versions", value=1.0, weight=0.0, why=why),),
    )
