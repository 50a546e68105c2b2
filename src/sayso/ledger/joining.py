"""Joins what was added or judged with the rest of a case: stories, copies, claims, and on how many legs these stand.

Rule 1: a document is noted as joined in the block in which its stories are noted stale, and a story is stale no more in
the block that keeps what was found about it. Stopped at any moment, the same call goes on where it was.
Rule 2: the case is locked for a few documents or stories at a time, and not while it is found what these have in
common. What was found is kept if the story is still as it was, else it is found again.
Rule 3: only the newest version of a document is joined; what it replaces is taken out.
Rule 4: all of it follows from documents, readings and judgements, and can be made anew.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from sayso.corroborate.claim_lines import make_lines
from sayso.corroborate.claim_numbers import keep_numbers
from sayso.corroborate.story_findings import StoryMaterial, corroborate_story
from sayso.encoder.word_list import load_common_words
from sayso.errors import DamagedRecord
from sayso.ledger.engines import STALE, Engines, pack, unpack
from sayso.records import ArticleOrder, Filter, Judged, Moment, Precision
from sayso.store.judged import apply_judgements

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
    from collections.abc import Set as AbstractSet

    from sayso.records import Attribution, ClaimFindings, Document, Reading, Story, StoryFindings
    from sayso.store.base import Store, View, Writer

DOCUMENTS_AT_ONCE: Final = 8
STORIES_AT_ONCE: Final = 8
# So many versions of one document are gone through.
VERSIONS_MAX: Final = 50
SUCCESSORS: Final = "claims that took over"
RETIRED: Final = "numbers of claims that became part of others"


class Joining:
    """Joins the documents of one case."""

    def __init__(self, store: Store) -> None:
        """Take the case."""
        self._store = store

    def count_waiting(self) -> int:
        """Return how many documents and stories wait to be joined."""
        with self._store.view() as view:
            return count_waiting(view)

    def join(self) -> Iterator[int]:
        """Join all that waits; yield how many documents or stories are done, after each few.

        Raises:
            CaseError: The case cannot be written.
        """
        while True:
            with self._store.view() as view:
                if not view.find_unjoined(limit=1):
                    break
            with self._store.write() as writer:
                n_done = enter_documents(writer)
            yield n_done
        while True:
            with self._store.view() as view:
                if next(view.iter_held(STALE), None) is None:
                    return
            with self._store.write() as writer:
                engines = Engines(writer)
                gathered = gather_stories(writer, engines, engines.find_stale(limit=STORIES_AT_ONCE))
            looked = look_at_stories(gathered)
            with self._store.write() as writer:
                n_done = keep_stories(writer, looked)
            yield n_done


def count_waiting(view: View) -> int:
    """Return how many documents and stories wait to be joined."""
    return view.count_unjoined() + sum(1 for _ in view.iter_held(STALE))


def enter_documents(writer: Writer) -> int:
    """Enter a few of the documents that wait into the engines; return how many."""
    waiting = writer.find_unjoined(limit=DOCUMENTS_AT_ONCE)
    engines = Engines(writer)
    for document_id in waiting:
        doc = None if _is_replaced(writer, document_id) else _find_sound(writer, document_id)
        if doc is None:
            engines.leave(document_id)
        else:
            engines.enter(doc)
        writer.note_joined(document_id)
    return len(waiting)


@dataclass(frozen=True, slots=True, kw_only=True)
class Looked:
    """A stale story that is looked at.

    Attributes:
        number: In the engine.
        token: With which it was noted stale: another one says that something changed since.
        material: What it is made of; None where there is no such story any more.
        found: What was found about it; None before it was looked for.
    """

    number: int
    token: bytes
    material: StoryMaterial | None
    found: StoryFindings | None = None


def gather_stories(writer: Writer, engines: Engines, stale: Mapping[int, bytes]) -> list[Looked]:
    """Return stale stories with what they are made of.

    Args:
        writer: The case.
        engines: Its engines.
        stale: The stories by number, each with its token.
    """
    stories = {number: engines.make_story(number) for number in stale}
    return [
        Looked(
            number=number,
            token=stale[number],
            material=None if story is None else gather_material(writer, engines, story),
        )
        for number, story in stories.items()
    ]


def look_at_stories(gathered: Iterable[Looked]) -> list[Looked]:
    """Return stories with what is found about them."""
    return [one if one.material is None else replace(one, found=corroborate_story(one.material)) for one in gathered]


def keep_stories(writer: Writer, looked: Iterable[Looked], old: Sequence[ClaimFindings] = ()) -> int:
    """Keep what was found about stories that did not change since; return how many.

    Args:
        writer: The case.
        looked: The stories.
        old: Claims that are no longer kept, whose numbers go to those that take their place.
    """
    engines = Engines(writer)
    looked = list(looked)
    stale = engines.find_tokens([one.number for one in looked])
    same = [one for one in looked if stale.get(one.number) == one.token]
    ready = [(one.material, one.found) for one in same if one.material is not None and one.found is not None]
    older = _find_older(writer, [material.story for material, _ in ready])
    held = {story_id: found for story_id in older if (found := writer.find_findings(story_id))}
    left = [*old, *(claim for found in held.values() for claim in _iter_own(writer, found))]
    kept: list[ClaimFindings] = []
    for material, fresh in ready:
        found = keep_numbers(left, fresh, writer.take_claim_numbers, _find_retired(writer, fresh))
        taken = {claim.number for claim in found.claims}
        left = [claim for claim in left if claim.number not in taken]
        kept.extend(found.claims)
        writer.put_findings(found, make_lines(found, material.readings))
    current = {material.story.id for material, _ in ready}
    for story_id, found in held.items():
        if story_id in current:
            continue
        if _has_members(writer, engines, story_id, found.story.documents):
            # Its claims are told there still: their numbers are not free.
            own = {claim.number for claim in found.claims}
            left = [claim for claim in left if claim.number not in own]
        else:
            writer.drop_findings(story_id)
    _note_successors(writer, left, kept)
    engines.note_fresh([one.number for one in same])
    return len(same)


def find_successor(view: View, number: int) -> int | None:
    """Return the number of the claim that a claim became part of; None where it is none that was."""
    seen: set[int] = set()
    while number not in seen:
        seen.add(number)
        held = view.find_held(SUCCESSORS, [pack(number)]).get(pack(number))
        if held is None:
            break
        number = unpack(held)
    return number if len(seen) > 1 else None


def _find_retired(view: View, found: StoryFindings) -> dict[str, int]:
    """Return the numbers that claims had before they became part of others, by the ids of the claims."""
    ids = {claim.claim.id.encode(): claim.claim.id for claim in found.claims}
    retired = {ids[key]: unpack(data) for key, data in view.find_held(RETIRED, ids).items()}
    return {claim_id: number for claim_id, number in retired.items() if view.find_claim(number) is None}


def _iter_own(view: View, found: StoryFindings) -> Iterator[ClaimFindings]:
    """Yield the claims of a story whose numbers did not go to another story with one of its documents."""
    for claim in found.claims:
        line = view.find_claim(claim.number)
        if line is None or line.story == found.story.id:
            yield claim


def _note_successors(writer: Writer, gone: Collection[ClaimFindings], kept: Iterable[ClaimFindings]) -> None:
    """Note which claim took over the mentions of each that is no more, so that its number still leads there."""
    number_of = {mention.id: claim.number for claim in kept for mention in claim.claim.mentions}
    noted: dict[bytes, bytes | None] = {pack(claim.number): None for claim in kept}
    for claim in gone:
        votes = Counter(number_of[mention.id] for mention in claim.claim.mentions if mention.id in number_of)
        if votes:
            noted[pack(claim.number)] = pack(min(votes, key=lambda number: (-votes[number], number)))
    writer.hold(SUCCESSORS, noted)
    writer.hold(RETIRED, {claim.claim.id.encode(): pack(claim.number) for claim in gone})


def forget_document(writer: Writer, document_id: str) -> tuple[list[ClaimFindings], tuple[int, ...]]:
    """Take a document that is to be purged out of the engines and of what was found.

    Returns:
        The claims of its story, and the numbers of the stories that its documents are in from then on.
    """
    numbers = Engines(writer).leave(document_id)
    story_id = writer.find_story_of(document_id)
    if story_id is None:
        return [], numbers
    try:
        found = writer.find_findings(story_id)
    except DamagedRecord:  # what is damaged must not keep anybody from purging; the numbers are lost
        found = None
    writer.drop_findings(story_id)
    return [] if found is None else list(found.claims), numbers


def enter_again(writer: Writer, document_id: str) -> tuple[int, ...]:
    """Enter a document that is the newest version again, as the one that replaced it was purged.

    Returns:
        The numbers of the stories that changed.
    """
    doc = None if _is_replaced(writer, document_id) else _find_sound(writer, document_id)
    if doc is None or not writer.has_reading(document_id):
        return ()
    numbers = Engines(writer).enter(doc)
    writer.note_joined(document_id)
    return numbers


def rejoin_after(writer: Writer, old: Sequence[ClaimFindings], numbers: Iterable[int]) -> None:
    """Find anew what there is about the stories that a purged document was in: what else waits goes on waiting.

    Args:
        writer: The case.
        old: The claims of its story.
        numbers: Of these stories.
    """
    engines = Engines(writer)
    stale = engines.find_tokens(sorted(set(numbers)))
    keep_stories(writer, look_at_stories(gather_stories(writer, engines, stale)), old)


def gather_material(view: View, engines: Engines, story: Story) -> StoryMaterial:
    """Return all that is looked at to find what the documents of a story have in common; what is damaged is not."""
    readings = tuple(_iter_sound(view, story.documents))
    ids = {source.id for reading in readings for source in reading.sources}
    ids.update(row.id for reading in readings for row in reading.attributions)
    boilerplate = {reading.document.id: engines.find_boilerplate(reading.document) for reading in readings}
    return StoryMaterial(
        story=story,
        readings=readings,
        judgements=tuple(view.iter_shared_judgements(ids)),
        boilerplate={document: spans for document, spans in boilerplate.items() if spans},
        common_words=load_common_words(),
        as_of=_find_latest_capture(view, story.documents),
        older=tuple(_iter_older(view, readings)),
    )


def read_as_judged(view: View, document_id: str) -> Reading:
    """Return the current reading of a document as persons have it, without the rows that they rejected."""
    judged = apply_judgements(view.get_reading(document_id).reading, view.iter_judgements(document_id))
    rejected = {row for row, state in judged.judged.items() if state is Judged.REJECTED}
    return _leave_out(judged.reading, rejected) if rejected else judged.reading


def _leave_out(reading: Reading, rejected: AbstractSet[str]) -> Reading:
    """Return a reading without some rows; what stood within one of them stands within what that one stood in."""
    rows = {row.id: row for row in reading.attributions}

    def find_outer(row: Attribution) -> str | None:
        seen, outer = {row.id}, row.within
        while outer in rejected and outer in rows and outer not in seen:
            seen.add(outer)
            outer = rows[outer].within
        return None if outer in rejected else outer

    kept = (row for row in reading.attributions if row.id not in rejected)
    return replace(
        reading,
        attributions=tuple(replace(row, within=find_outer(row)) if row.within in rejected else row for row in kept),
        relations=tuple(one for one in reading.relations if not {one.from_id, one.to_id} & rejected),
        assertions=tuple(one for one in reading.assertions if one.attribution not in rejected),
    )


def _iter_sound(view: View, documents: Iterable[str]) -> Iterator[Reading]:
    """Yield the readings of documents, but those that are damaged: `verify` tells of them, and the rest go on."""
    for document_id in documents:
        try:
            yield read_as_judged(view, document_id)
        except DamagedRecord:
            continue


def _iter_older(view: View, readings: Iterable[Reading]) -> Iterator[Reading]:
    """Yield the readings of the versions that documents replaced, as far as the case has them."""
    for reading in readings:
        older = reading.document.supersedes
        for _ in range(VERSIONS_MAX):
            if older is None or not view.has_reading(older):
                break
            version = next(_iter_sound(view, [older]), None)
            if version is None:
                break
            yield version
            older = version.document.supersedes


def _find_sound(view: View, document_id: str) -> Document | None:
    """Return a document; None if the case does not have it, or it is damaged."""
    try:
        return view.find_document(document_id)
    except DamagedRecord:
        return None


def _is_replaced(view: View, document_id: str) -> bool:
    """Return whether a newer version of a document was read."""
    newer = _find_newer(view, document_id)
    for _ in range(VERSIONS_MAX):
        if newer is None or view.has_reading(newer):
            break
        newer = _find_newer(view, newer)
    return newer is not None


def _find_newer(view: View, document_id: str) -> str | None:
    rows = view.list_articles(Filter(document=document_id), ArticleOrder.ADDED, limit=1).rows
    return rows[0].superseded_by if rows else None


def _find_older(view: View, stories: Iterable[Story]) -> list[str]:
    """Return the ids of the stories in which the documents of some stories, or what they replace, stand so far."""
    found: dict[str, None] = {}
    for story in stories:
        for document_id in story.documents:
            one: str | None = document_id
            for _ in range(VERSIONS_MAX):
                if one is None:
                    break
                story_id = view.find_story_of(one)
                if story_id is not None:
                    found[story_id] = None
                doc = _find_sound(view, one)
                one = None if doc is None else doc.supersedes
    return list(found)


def _has_members(view: View, engines: Engines, story_id: str, documents: Iterable[str]) -> bool:
    """Return whether a document is in a story still."""
    return any(view.find_story_of(one) == story_id and engines.has(one) for one in documents)


def _find_latest_capture(view: View, documents: Iterable[str]) -> Moment | None:
    """Return when the last of some documents was captured first: what is dated later is dated wrongly."""
    rows = (view.list_articles(Filter(document=one), ArticleOrder.ADDED, limit=1).rows for one in documents)
    latest = max((row[0].captured_at for row in rows if row), default="")
    return Moment(value=latest, precision=Precision.SECOND, stated_in="capture") if latest else None
