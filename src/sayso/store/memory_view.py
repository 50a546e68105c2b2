"""A case in plain dicts, read: nothing is indexed, and every list looks at every row."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING, TypeVar

from sayso.addresses import list_own_addresses, normalise_address
from sayso.errors import NotInCase
from sayso.records import CaseInfo, LogKind
from sayso.store import digests, memory_lists
from sayso.store.found_ids import find_id
from sayso.store.judgeable import find_about, names_one
from sayso.store.judged import apply_judgements, is_about_two
from sayso.store.judges import name_judges
from sayso.store.lines import find_lines
from sayso.store.rows import count_problems, find_title, make_article, make_entries, name_line, when
from sayso.store.story_lines import Told, make_story_line, sort_stories

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from sayso.records import (
        ArticleOrder,
        ArticleRow,
        Capture,
        ClaimLine,
        ClaimOrder,
        ClaimRow,
        Document,
        Feed,
        Filter,
        Hit,
        Judgement,
        KeptReading,
        LogEntry,
        Page,
        RefusedRow,
        SourceOrder,
        SourceRow,
        StoryFindings,
        StoryLine,
    )
    from sayso.store.lines import Lines
    from sayso.store.memory_state import State
    from sayso.store.rows import Entry

R = TypeVar("R")

SCHEMA = 0
"""A case in memory has no schema."""


class MemoryView:
    """A case as it is at one moment."""

    def __init__(self, state: State) -> None:
        """Look at a case."""
        self.state = state

    def get_info(self) -> CaseInfo:
        """Return the case at a glance."""
        state = self.state
        listed = self._make_listed()
        rows = [entry.row for one in listed for entry in one.entries if one.article.superseded_by is None]
        dated = sorted((one.minute, one.article.published) for one in listed if one.minute is not None)
        purged = [entry for entry in state.log if entry.kind is LogKind.PURGE and entry.subject.startswith("doc-")]
        current = [kept.reading for kepts in state.readings.values() for kept in kepts if kept.is_current]
        return CaseInfo(
            name=state.name,
            created_at=state.created_at,
            schema=SCHEMA,
            is_encrypted=False,
            n_documents=len(state.documents),
            n_captures=sum(capture.refusal is None for capture in state.captures.values()),
            n_refused=self.list_refused(limit=0).total,
            n_claims=len(rows),
            n_sources=len({row.source for row in rows}),
            n_judgements=len(state.judgements),
            n_feeds=len(state.feeds),
            n_purged=len(purged),
            outlets=memory_lists.count_outlets(state.documents.values()),
            first=dated[0][1] if dated else None,
            last=dated[-1][1] if dated else None,
            models=tuple(sorted({reading.run.model for reading in current})),
            log_length=len(state.log),
            log_head=state.log[-1].hash,
            n_superseded=sum(one.article.superseded_by is not None for one in listed),
            n_undated=sum(one.day is None for one in listed),
            n_stories=len(state.findings),
            n_claims_told=len(state.lines),
            n_unread=self.count_unread(),
            n_claims_superseded=sum(len(one.entries) for one in listed) - len(rows),
        )

    def find_id(self, prefix: str, given: str) -> str:
        """Return the whole id that begins as given.

        Raises:
            NotInCase: None or several begin so.
        """
        return find_id(prefix, given, lambda start: [one for one in self._iter_ids(prefix) if one.startswith(start)])

    def get_capture(self, capture_id: str) -> Capture:
        """Return a capture.

        Raises:
            NotInCase: There is none of this id.
        """
        return _require(self.find_capture(capture_id), "capture", capture_id)

    def get_warc(self, capture_id: str) -> bytes:
        """Return the preserved WARC records of a capture.

        Raises:
            NotInCase: There is none of this id.
        """
        return _require(self.state.warcs.get(capture_id), "capture", capture_id)

    def get_document(self, document_id: str) -> Document:
        """Return a document.

        Raises:
            NotInCase: There is none of this id.
        """
        return _require(self.find_document(document_id), "document", document_id)

    def get_reading(self, document_id: str) -> KeptReading:
        """Return the current reading of a document.

        Raises:
            NotInCase: There is none.
        """
        current = [kept for kept in self.state.readings.get(document_id, ()) if kept.is_current]
        return _require(current[0] if current else None, "reading", document_id)

    def find_capture(self, capture_id: str) -> Capture | None:
        """Return a capture, or None if the case does not have it."""
        return self.state.captures.get(capture_id)

    def find_document(self, document_id: str) -> Document | None:
        """Return a document, or None if the case does not have it."""
        return self.state.documents.get(document_id)

    def has_reading(self, document_id: str, run_id: str | None = None) -> bool:
        """Return whether the document was read, or was read by this run."""
        runs = (digests.name_run(kept.reading.run) for kept in self.iter_readings(document_id))
        return any(run_id in {None, run} for run in runs)

    def find_outdated(self, run_id: str) -> list[str]:
        """Return the ids of the documents of which this run did not make the current reading, or that have none."""
        current = {
            doc: digests.name_run(kept.reading.run)
            for doc, readings in self.state.readings.items()
            for kept in readings
            if kept.is_current
        }
        return [doc for doc in self.state.documents if current.get(doc) != run_id]

    def iter_captures(self, document_id: str | None = None) -> Iterator[Capture]:
        """Yield the captures, or those of one document; refusals too."""
        wanted = {capture for doc, capture in self.state.came_from if doc == document_id}
        return (one for one in self.state.captures.values() if document_id is None or one.id in wanted)

    def iter_asked(self, url: str) -> Iterator[Capture]:
        """Yield the captures for which this address, or one that is the same page's, was asked; refusals too."""
        wanted = normalise_address(url)
        every = tuple(self.state.captures.values())
        return (one for one in every if one.urls.asked and normalise_address(one.urls.asked) == wanted)

    def iter_documents(self, capture_id: str | None = None) -> Iterator[Document]:
        """Yield the documents, or those of one capture."""
        wanted = {doc for doc, capture in self.state.came_from if capture == capture_id}
        return (one for one in self.state.documents.values() if capture_id is None or one.id in wanted)

    def iter_readings(self, document_id: str) -> Iterator[KeptReading]:
        """Yield the readings of a document."""
        return iter(self.state.readings.get(document_id, ()))

    def iter_judgements(self, document_id: str | None = None) -> Iterator[Judgement]:
        """Yield the judgements, or those about one document; undone ones and undoings too."""
        about = find_about(self.state.judgements.values())
        return (
            judgement
            for judgement in self.state.judgements.values()
            if document_id is None or about[judgement.id].document == document_id
        )

    def iter_shared_judgements(self, ids: Iterable[str]) -> Iterator[Judgement]:
        """Yield the judgements about two sources or two rows of which one is among these, and what undoes them."""
        wanted = set(ids)
        about = find_about(self.state.judgements.values())
        every = tuple(self.state.judgements.values())
        return (one for one in every if is_about_two(about[one.id]) and names_one(about[one.id], wanted))

    def iter_feeds(self) -> Iterator[Feed]:
        """Yield the feeds that the case follows."""
        return iter(tuple(self.state.feeds.values()))

    def iter_log(self, *, tell: Callable[[int, str], None] | None = None) -> Iterator[LogEntry]:
        """Yield the log from its first entry; none of its entries is ever unreadable."""
        del tell
        return iter(self.state.log)

    def iter_timestamps(self) -> Iterator[tuple[LogEntry, bytes]]:
        """Yield the time stamps: the log entry that tells of each, and its token."""
        entries = {entry.subject: entry for entry in self.state.log if entry.kind is LogKind.TIMESTAMP}
        return ((entries[stamped], token) for stamped, token in self.state.tokens.items())

    def list_claims(
        self,
        asked: Filter,
        order: ClaimOrder,
        *,
        limit: int,
        offset: int = 0,
        reverse: bool = False,
        once: bool = False,
    ) -> Page[ClaimRow]:
        """Return rows of the current readings; of each claim the one that comes first alone if it is to come once."""
        rows = memory_lists.list_claims(self._make_listed(), asked, order, reverse=reverse, once=once)
        page = memory_lists.cut_page(rows, limit=limit, offset=offset, reverse=False)
        return replace(page, rows=name_judges(page.rows, self.iter_judgements))

    def list_articles(
        self, asked: Filter, order: ArticleOrder, *, limit: int, offset: int = 0, reverse: bool = False
    ) -> Page[ArticleRow]:
        """Return documents; older versions too."""
        rows = memory_lists.list_articles(self._make_listed(), asked, order)
        return memory_lists.cut_page(rows, limit=limit, offset=offset, reverse=reverse)

    def list_sources(
        self, asked: Filter, order: SourceOrder, *, limit: int, offset: int = 0, reverse: bool = False
    ) -> Page[SourceRow]:
        """Return sources."""
        rows = memory_lists.list_sources(self._make_listed(), asked, order, self._find_lines())
        return memory_lists.cut_page(rows, limit=limit, offset=offset, reverse=reverse)

    def list_refused(self, *, limit: int, offset: int = 0) -> Page[RefusedRow]:
        """Return captures of which there is no article, the latest first."""
        with_article = {capture for _, capture in self.state.came_from}
        without: list[Capture] = []
        later: set[str] = set()
        for one in reversed(self.state.captures.values()):
            address = normalise_address(one.urls.asked) if one.urls.asked else ""
            if one.id not in with_article and address not in later:
                without.append(one)
            elif one.id in with_article and address:
                later.add(address)
        without.reverse()
        rows = memory_lists.list_refused(without, self.state.problems.values())
        return memory_lists.cut_page(rows, limit=limit, offset=offset, reverse=False)

    def search(self, asked: Filter, *, limit: int, offset: int = 0) -> Page[Hit]:
        """Return the articles in whose text all the words asked for stand, the newest first."""
        rows = memory_lists.search(self._make_listed(), asked)
        return memory_lists.cut_page(rows, limit=limit, offset=offset, reverse=False)

    def find_versions(self, urls: Iterable[str]) -> list[str]:
        """Return the ids of the documents with one of these addresses, oldest first."""
        wanted = set(map(normalise_address, urls))
        return [doc.id for doc in self.state.documents.values() if wanted & self._find_urls(doc)]

    def find_held(self, shelf: str, keys: Iterable[bytes]) -> dict[bytes, bytes]:
        """Return what is held on a shelf under these keys."""
        items = self.state.held.get(shelf, {})
        return {key: items[key] for key in keys if key in items}

    def iter_held(self, shelf: str) -> Iterator[tuple[bytes, bytes]]:
        """Yield all that is held on a shelf, in order of the keys."""
        return iter(sorted(self.state.held.get(shelf, {}).items()))

    def find_unjoined(self, *, limit: int) -> list[str]:
        """Return the ids of documents that are not joined with the rest as they are now."""
        return [one for one in self.state.documents if one in self.state.unjoined][: max(0, limit)]

    def count_unjoined(self) -> int:
        """Return how many these are."""
        return len(self.state.unjoined)

    def count_unread(self) -> int:
        """Return how many documents have no reading."""
        return sum(not self.state.readings.get(one) for one in self.state.documents)

    def find_findings(self, story_id: str) -> StoryFindings | None:
        """Return what was found about a story; None where there is no such story."""
        return self.state.findings.get(story_id)

    def find_story_of(self, document_id: str) -> str | None:
        """Return the id of a document's story; None where it is in none yet."""
        return self.state.story_of.get(document_id)

    def find_claim(self, number: int) -> ClaimLine | None:
        """Return a claim by its number; None where there is none, or none any more."""
        return self.state.lines.get(number)

    def list_stories(self, asked: Filter, *, limit: int, offset: int = 0) -> Page[StoryLine]:
        """Return the stories of which a document is asked for, those with most documents first."""
        found = memory_lists.find_documents(self._make_listed(), asked)
        stories = {story for document, story in self.state.story_of.items() if document in found}
        rows = sort_stories(map(self._make_story_line, stories))
        return memory_lists.cut_page(rows, limit=max(0, limit), offset=max(0, offset), reverse=False)

    def iter_digests(self, kind: LogKind) -> Iterator[tuple[str, str]]:
        """Yield the id of each record of a kind and its digest, made anew."""
        return ((name, digests.digest(*kept)) for (of, name), kept in tuple(self.state.kept.items()) if of is kind)

    def iter_damage(self) -> Iterator[tuple[str, str]]:
        """Yield nothing: dicts do not break."""
        return iter(())

    def iter_misshown(self, doc: Document) -> Iterator[tuple[str, str]]:
        """Yield nothing: lists are made of the records each time."""
        del doc
        return iter(())

    def _make_story_line(self, story_id: str) -> StoryLine:
        state = self.state
        findings = state.findings[story_id]
        documents = {one: state.documents[one] for one in findings.story.documents}
        told = {
            one: Told(find_title(doc), doc.outlet, None if doc.published is None else doc.published.value)
            for one, doc in documents.items()
        }
        lines = [line for line in state.lines.values() if line.story == story_id]
        is_stale = any(one in state.unjoined or state.story_of.get(one) != story_id for one in documents)
        return replace(make_story_line(findings, lines, told), is_stale=is_stale or story_id in state.stale)

    def _find_urls(self, doc: Document) -> set[str]:
        every = [doc.urls, *(capture.urls for capture in self.iter_captures(doc.id))]
        return {normalise_address(url) for urls in every for url in list_own_addresses(urls)}

    def _iter_ids(self, prefix: str) -> Iterator[str]:
        if prefix in {"att", "src"}:
            rows = (entry.row for one in self._make_listed() for entry in one.entries)
            return (row.id if prefix == "att" else row.source for row in rows)
        if prefix in {"doc", "sty"}:
            return iter(self.state.documents if prefix == "doc" else self.state.findings)
        return iter(self.state.captures if prefix == "cap" else self.state.judgements)

    def _make_listed(self) -> list[memory_lists.Listed]:
        """Return every document with its rows, in the order in which they were added."""
        listed = []
        superseded = {doc.supersedes: doc.id for doc in self.state.documents.values()}
        telling = self._find_telling()
        for number, doc in enumerate(self.state.documents.values()):
            current = [kept.reading for kept in self.state.readings.get(doc.id, ()) if kept.is_current]
            newer = superseded.get(doc.id)
            entries = [
                replace(entry, row=replace(entry.row, superseded_by=newer, claim=self._find_told(entry.row)))
                for entry in self._make_entries(doc.id)
            ]
            article = make_article(
                doc,
                entries,
                problems=count_problems(doc, current[0] if current else None),
                captured_at=next(self.iter_captures(doc.id)).captured_at,
                added_at=self.state.added_at[doc.id],
                superseded_by=newer,
            )
            minute, day = when(doc)
            story, claims = self.state.story_of.get(doc.id), frozenset(telling[doc.id])
            listed.append(memory_lists.Listed(number, minute, day, doc.text, article, tuple(entries), story, claims))
        return listed

    def _find_told(self, row: ClaimRow) -> ClaimLine | None:
        return self.state.lines.get(self.state.told.get((row.document, row.id), 0))

    def _find_telling(self) -> dict[str, set[int]]:
        """Return for each document the numbers of the claims that it tells, in a row or in its own voice."""
        telling: dict[str, set[int]] = defaultdict(set)
        for story, findings in self.state.findings.items():
            for one in findings.claims:
                line = self.state.lines.get(one.number)
                if line is not None and line.story == story:
                    for mention in one.claim.mentions:
                        if self.state.story_of.get(mention.document) == story:
                            telling[mention.document].add(one.number)
        return telling

    def _make_entries(self, document_id: str) -> list[Entry]:
        """Return the rows of a document."""
        current = [kept.reading for kept in self.state.readings.get(document_id, ()) if kept.is_current]
        judgements = tuple(self.iter_judgements(document_id)) if current else ()
        return [entry for one in current for entry in make_entries(apply_judgements(one, judgements))]

    def _find_lines(self) -> Lines:
        about = find_about(self.state.judgements.values())
        judgements = [one for one in self.state.judgements.values() if is_about_two(about[one.id])]
        rows = (entry for one in self._make_listed() for entry in one.entries)
        return find_lines(judgements, {entry.row.source: name_line(entry.source) for entry in rows})


def _require(found: R | None, what: str, given: str) -> R:
    if found is None:
        raise NotInCase(what, given)
    return found
