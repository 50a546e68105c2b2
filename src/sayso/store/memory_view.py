"""A case in plain dicts, read: nothing is indexed, and every list looks at every row."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, TypeVar

from sayso.addresses import list_own_addresses, normalise_address
from sayso.errors import NotInCase
from sayso.records import CaseInfo, LogKind
from sayso.store import digests, memory_lists
from sayso.store.found_ids import find_id
from sayso.store.judgeable import find_about
from sayso.store.judged import SOURCE_KINDS, apply_judgements
from sayso.store.judges import name_judges
from sayso.store.lines import find_lines
from sayso.store.rows import count_problems, make_article, make_entries, name_line, when

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from sayso.errors import Problem
    from sayso.records import (
        ArticleOrder,
        ArticleRow,
        Capture,
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
    )
    from sayso.store.lines import Lines

R = TypeVar("R")

SCHEMA = 0
"""A case in memory has no schema."""


@dataclass(slots=True, kw_only=True)
class State:
    """All that a case keeps.

    Attributes:
        name: As it was given to it.
        created_at: UTC.
        captures: By id, in the order in which they were added; so too all the rest.
        warcs: By the id of the capture.
        documents: By id.
        added_at: By the id of the document.
        came_from: Document and capture, each pair once.
        readings: By the id of the document.
        problems: By id: of which capture, and what.
        judgements: By id.
        feeds: By address.
        log: Its entries.
        kept: By kind and id the salt of a record and its JSON.
        tokens: Time stamps by the hash that each is over.
    """

    name: str
    created_at: str
    captures: dict[str, Capture] = field(default_factory=dict)
    warcs: dict[str, bytes] = field(default_factory=dict)
    documents: dict[str, Document] = field(default_factory=dict)
    added_at: dict[str, str] = field(default_factory=dict)
    came_from: tuple[tuple[str, str], ...] = ()
    readings: dict[str, tuple[KeptReading, ...]] = field(default_factory=dict)
    problems: dict[str, tuple[str, Problem]] = field(default_factory=dict)
    judgements: dict[str, Judgement] = field(default_factory=dict)
    feeds: dict[str, Feed] = field(default_factory=dict)
    log: tuple[LogEntry, ...] = ()
    kept: dict[tuple[LogKind, str], tuple[str, str]] = field(default_factory=dict)
    tokens: dict[str, bytes] = field(default_factory=dict)

    def copy(self) -> State:
        """Return a copy that can be changed apart; the records themselves never change."""
        return replace(
            self,
            captures=dict(self.captures),
            warcs=dict(self.warcs),
            documents=dict(self.documents),
            added_at=dict(self.added_at),
            readings=dict(self.readings),
            problems=dict(self.problems),
            judgements=dict(self.judgements),
            feeds=dict(self.feeds),
            kept=dict(self.kept),
            tokens=dict(self.tokens),
        )


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

    def _find_urls(self, doc: Document) -> set[str]:
        every = [doc.urls, *(capture.urls for capture in self.iter_captures(doc.id))]
        return {normalise_address(url) for urls in every for url in list_own_addresses(urls)}

    def _iter_ids(self, prefix: str) -> Iterator[str]:
        if prefix in {"att", "src"}:
            rows = (entry.row for one in self._make_listed() for entry in one.entries)
            return (row.id if prefix == "att" else row.source for row in rows)
        if prefix == "doc":
            return iter(self.state.documents)
        return iter(self.state.captures if prefix == "cap" else self.state.judgements)

    def _make_listed(self) -> list[memory_lists.Listed]:
        """Return every document with its rows, in the order in which they were added."""
        listed = []
        superseded = {doc.supersedes: doc.id for doc in self.state.documents.values()}
        for number, doc in enumerate(self.state.documents.values()):
            current = [kept.reading for kept in self.state.readings.get(doc.id, ()) if kept.is_current]
            judgements = tuple(self.iter_judgements(doc.id))
            newer = superseded.get(doc.id)
            entries = [
                replace(entry, row=replace(entry.row, superseded_by=newer))
                for one in current
                for entry in make_entries(apply_judgements(one, judgements))
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
            listed.append(memory_lists.Listed(number, minute, day, doc.text, article, tuple(entries)))
        return listed

    def _find_lines(self) -> Lines:
        about = find_about(self.state.judgements.values())
        judgements = [one for one in self.state.judgements.values() if about[one.id].kind in SOURCE_KINDS]
        rows = (entry for one in self._make_listed() for entry in one.entries)
        return find_lines(judgements, {entry.row.source: name_line(entry.source) for entry in rows})


def _require(found: R | None, what: str, given: str) -> R:
    if found is None:
        raise NotInCase(what, given)
    return found
