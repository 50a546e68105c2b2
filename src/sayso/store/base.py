"""What every store of a case does, whatever keeps it: `memory` for tests and passing use, `sqlite` for a file."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping
    from contextlib import AbstractContextManager

    from sayso.errors import Problem
    from sayso.records import (
        ArticleOrder,
        ArticleRow,
        Capture,
        Captured,
        CaseInfo,
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
        LogKind,
        Page,
        Reading,
        RefusedRow,
        SourceOrder,
        SourceRow,
        StoryFindings,
        StoryLine,
    )


class View(Protocol):
    """A case as it is at one moment: what others write meanwhile is not seen."""

    def get_info(self) -> CaseInfo:
        """Return the case at a glance."""
        ...

    # Records by id. `get_` raises NotInCase.

    def find_id(self, prefix: str, given: str) -> str:
        """Return the whole id that begins as given, which must be at least four digits.

        Args:
            prefix: Which kind of record: ``doc``, ``att``, ``src``, ``cap``, ``jdg`` or ``sty``.
            given: The id or its beginning, with or without the prefix.

        Raises:
            NotInCase: None or several begin so.
        """
        ...

    def get_capture(self, capture_id: str) -> Capture:
        """Return a capture."""
        ...

    def get_warc(self, capture_id: str) -> bytes:
        """Return the preserved WARC records of a capture; empty for a refusal."""
        ...

    def get_document(self, document_id: str) -> Document:
        """Return a document."""
        ...

    def get_reading(self, document_id: str) -> KeptReading:
        """Return the current reading of a document."""
        ...

    def find_capture(self, capture_id: str) -> Capture | None:
        """Return a capture, or None if the case does not have it."""
        ...

    def find_document(self, document_id: str) -> Document | None:
        """Return a document, or None if the case does not have it."""
        ...

    def has_reading(self, document_id: str, run_id: str | None = None) -> bool:
        """Return whether the document was read, or was read by this run (see `sayso.ids.run_id`)."""
        ...

    def find_outdated(self, run_id: str) -> list[str]:
        """Return the ids of the documents of which this run (see `sayso.ids.run_id`) did not make the current reading.

        Those without a reading are among them; in the order in which they were added.
        """
        ...

    # Records in the order in which they were added.

    def iter_captures(self, document_id: str | None = None) -> Iterator[Capture]:
        """Yield the captures, or those of one document; refusals too."""
        ...

    def iter_asked(self, url: str) -> Iterator[Capture]:
        """Yield the captures for which this address, or one that is the same page's, was asked; refusals too."""
        ...

    def iter_documents(self, capture_id: str | None = None) -> Iterator[Document]:
        """Yield the documents, or those of one capture."""
        ...

    def iter_readings(self, document_id: str) -> Iterator[KeptReading]:
        """Yield the readings of a document."""
        ...

    def iter_judgements(self, document_id: str | None = None) -> Iterator[Judgement]:
        """Yield the judgements, or those about one document; undone ones and undoings too."""
        ...

    def iter_shared_judgements(self, ids: Iterable[str]) -> Iterator[Judgement]:
        """Yield the judgements about two sources or two rows of which one is among these, and what undoes them.

        Args:
            ids: Of sources and rows.
        """
        ...

    def iter_feeds(self) -> Iterator[Feed]:
        """Yield the feeds that the case follows."""
        ...

    def iter_log(self, *, tell: Callable[[int, str], None] | None = None) -> Iterator[LogEntry]:
        """Yield the log from its first entry.

        Args:
            tell: Told the number of each entry that cannot be read, and why, which is then left out; None for an error.
        """
        ...

    def iter_timestamps(self) -> Iterator[tuple[LogEntry, bytes]]:
        """Yield each time stamp's entry of the log and its token; what it stamps is the entry's ``previous``."""
        ...

    # What the lists show.

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
        """Return rows of the current readings, newest (of confidence the lowest, of names the first) first.

        Args:
            asked: Which.
            order: By what they are sorted.
            limit: At most so many.
            offset: How many are left out before them.
            reverse: The other way round.
            once: Of each claim only the row that comes first, as ordered and reversed, of those asked for; rows without
                a claim stand for themselves. Lines are counted then, not rows.
        """
        ...

    def list_articles(
        self, asked: Filter, order: ArticleOrder, *, limit: int, offset: int = 0, reverse: bool = False
    ) -> Page[ArticleRow]:
        """Return documents, newest (most claims, first name) first; older versions too."""
        ...

    def list_sources(
        self, asked: Filter, order: SourceOrder, *, limit: int, offset: int = 0, reverse: bool = False
    ) -> Page[SourceRow]:
        """Return sources, those with most claims (articles; first name) first."""
        ...

    def list_refused(self, *, limit: int, offset: int = 0) -> Page[RefusedRow]:
        """Return captures of which there is no article, the latest first; not those whose address gave one later."""
        ...

    def search(self, asked: Filter, *, limit: int, offset: int = 0) -> Page[Hit]:
        """Return the articles in whose text all the words of ``asked.text`` stand, the newest first."""
        ...

    def find_versions(self, urls: Iterable[str]) -> list[str]:
        """Return the ids of the documents of which one of these addresses is their own, oldest first.

        Addresses are compared as `sayso.addresses.normalise_address` writes them; which are a document's own, its
        `list_own_addresses` says.
        """
        ...

    # What documents have in common. All of it is made of documents, readings and judgements, and can be made anew.

    def find_held(self, shelf: str, keys: Iterable[bytes]) -> dict[bytes, bytes]:
        """Return what is held on a shelf under these keys; keys that are not there are left out."""
        ...

    def iter_held(self, shelf: str) -> Iterator[tuple[bytes, bytes]]:
        """Yield all that is held on a shelf, in order of the keys."""
        ...

    def find_unjoined(self, *, limit: int) -> list[str]:
        """Return the ids of documents of which something changed since they were joined with the rest.

        That is: their first reading or another one, a judgement about a row or source of theirs, undone ones too; the
        reading of a version that supersedes them, and its purge; the purge of what was judged the same or different, or
        was in their story. In the order in which they were added; those without a reading are not among them.
        """
        ...

    def count_unjoined(self) -> int:
        """Return how many these are."""
        ...

    def count_unread(self) -> int:
        """Return how many documents have no reading: reading them was broken off, or failed."""
        ...

    def find_findings(self, story_id: str) -> StoryFindings | None:
        """Return what was found about a story; None where there is no such story."""
        ...

    def find_story_of(self, document_id: str) -> str | None:
        """Return the id of a document's story; None where it is in none yet."""
        ...

    def find_claim(self, number: int) -> ClaimLine | None:
        """Return a claim by its number; None where there is none, or none any more."""
        ...

    def list_stories(self, asked: Filter, *, limit: int, offset: int = 0) -> Page[StoryLine]:
        """Return the stories of which a document is asked for, those with most documents first, then the latest.

        One is stale where one of its documents is not joined as it is now, was joined again since (see `note_joined`)
        or went to another story.
        """
        ...

    # What `verify` needs: the log's digests made anew.

    def iter_digests(self, kind: LogKind) -> Iterator[tuple[str, str]]:
        """Yield the id of each record of a kind and its digest, made from record and salt as they are kept now.

        One that cannot be read has the digest of nothing (64 zeros); where not even its id can be read, its place
        stands for that.
        """
        ...

    def iter_misshown(self, doc: Document) -> Iterator[tuple[str, str]]:
        """Yield what lists and filters know of a document and its records do not say: the place, and what is wrong."""
        ...

    def iter_damage(self) -> Iterator[tuple[str, str]]:
        """Yield what the store itself finds wrong with how it keeps things: the place, and what is wrong there."""
        ...


class Writer(View, Protocol):
    """One write block; it sees what it has written. What is there already is not added again."""

    def add_capture(self, captured: Captured, *, at: str) -> bool:
        """Keep a capture and its WARC records; return whether it is new."""
        ...

    def add_document(self, doc: Document, capture_id: str, *, at: str) -> bool:
        """Keep a document and that it came from this capture; return whether the document is new."""
        ...

    def add_reading(self, reading: Reading, *, at: str) -> bool:
        """Keep a reading of a document that is kept, and make it the current one; return whether it is new.

        One that is there already becomes the current one again.

        What persons judged about the document's rows holds for the new reading where it has these rows (by id).
        """
        ...

    def add_problem(self, capture_id: str, problem: Problem, *, at: str) -> bool:
        """Keep why a capture's bytes are no article; return whether it is new."""
        ...

    def add_judgement(self, judgement: Judgement, *, at: str) -> bool:
        """Keep a judgement; lists show its effect from then on; return whether it is new.

        Raises:
            NotInCase: It is about a row, source or judgement that the case does not have.
            BadJudgement: It does not fit what it is about.
        """
        ...

    def set_feed(self, feed: Feed, *, at: str) -> bool:
        """Keep a feed or its newer state; return whether it is new. Only a new one is logged."""
        ...

    def remove_feed(self, url: str, *, at: str) -> bool:
        """Follow a feed no longer; return whether it was followed. Logged."""
        ...

    def purge(self, document_id: str, *, at: str) -> int:
        """Remove a document with its bytes, text, readings, judgements and index entries.

        What was found about a story that quotes it goes, too; what is held on shelves is left to who holds it. A
        capture that other documents came from stays. The log gets one entry of kind ``purge`` whose subject is the
        document's id, and one for each capture, link, reading and judgement that went; their older entries stay, and
        the chain verifies.

        Returns:
            How many captures went.

        Raises:
            NotInCase: There is no such document.
        """
        ...

    # What documents have in common: none of it is logged.

    def hold(self, shelf: str, items: Mapping[bytes, bytes | None]) -> None:
        """Hold these under their keys; None removes what is there."""
        ...

    def note_joined(self, document_id: str) -> None:
        """Note that a document is joined with the rest as it is now; what was found with it before is stale then."""
        ...

    def take_claim_numbers(self, count: int) -> range:
        """Return so many numbers of claims that none has or had, from 1 on."""
        ...

    def put_findings(self, findings: StoryFindings, lines: Iterable[ClaimLine]) -> None:
        """Keep what was found about a story, in place of what was kept under its id.

        A story that has none of its documents left is dropped. A claim's number goes with it from story to story.

        Args:
            findings: Each of its documents is from then on in this story alone.
            lines: One for each of its claims, by number.

        Raises:
            NotInCase: One of its documents is not in the case.
        """
        ...

    def drop_findings(self, story_id: str) -> None:
        """Remove a story with its claims from all lists."""
        ...

    def add_timestamp(self, token: bytes, *, at: str) -> None:
        """Keep a time stamp (RFC 3161) over the hash of the log's last entry."""
        ...


class Store(Protocol):
    """Where one case is kept. Safe to share between threads; several processes may open the same case."""

    def view(self) -> AbstractContextManager[View]:
        """Return a block in which the case is read."""
        ...

    def write(self) -> AbstractContextManager[Writer]:
        """Return a block that is kept whole when it ends, and not at all if it raises.

        Raises:
            BusyCase: Others hold the case for too long.
            MovedCase: The file that keeps it was moved, deleted or replaced; nothing is written then.
            UnwritableCase: The case cannot be written; raised at the end of the block, too.
        """
        ...

    def close(self) -> None:
        """Let go of the case. Closing twice is fine."""
        ...
