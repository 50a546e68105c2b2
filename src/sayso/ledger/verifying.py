"""Whether a case is as it was written: every hash, the chain of the log, every span against its text.

Whoever changes a record must change its digest in the log, and then every hash after it; the hash of the last entry,
once told to somebody else or stamped, proves the whole.
"""

from __future__ import annotations

import hashlib
from collections import Counter, defaultdict
from dataclasses import dataclass, fields, is_dataclass
from typing import TYPE_CHECKING

from sayso import ids
from sayso.errors import BusyCase, DamagedCase, SaysoError
from sayso.ledger.stamps import count_unchecked_stamps, find_stamp_faults
from sayso.ledger.verifying_stories import find_story_faults, iter_stories
from sayso.records import ClaimOrder, Filter, LogKind, Span
from sayso.store.digests import name_reading, name_run
from sayso.store.judged import apply_judgements
from sayso.store.rows import ROWS_MAX, make_entries
from sayso.warc import read_body

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from sayso.records import Capture, Document, LogEntry, Reading
    from sayso.store.base import View

FIRST_PREVIOUS = "0" * 64
UNREADABLE = "0" * 64
"""The digest of what is not there, or cannot be read."""

# What the log has a digest of, and the case a record.
RECORDED = tuple(kind for kind in LogKind if kind is not LogKind.PURGE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """Something in a case that is not as it was written.

    Attributes:
        where: The exact place: ``log entry 12``, ``capture cap-…``, ``document doc-…, characters 40-52``.
        what: What is wrong there.
    """

    where: str
    what: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """What `verify` looked at, and what it found.

    Attributes:
        n_entries: Log entries.
        n_captures: Captures whose bytes were hashed again.
        n_documents: Documents whose text was hashed again.
        n_readings: Readings whose spans were held against their text.
        n_spans: How many spans.
        n_stamps: Time stamps that hold.
        n_unchecked_stamps: Time stamps that could not be checked: sayso[timestamp] is not installed.
        n_purged: Records that were purged: their entries stand, and nothing else of them.
        head: Hash of the last log entry.
        findings: What is wrong; empty where all is as it was written.
    """

    n_entries: int
    n_captures: int
    n_documents: int
    n_readings: int
    n_spans: int
    n_stamps: int
    n_unchecked_stamps: int
    n_purged: int
    head: str
    findings: tuple[Finding, ...]


def verify(view: View, *, tell: Callable[[int], None] = lambda _n: None) -> Checked:
    """Return what is wrong with a case, if anything; linear in its size, one record at a time in memory.

    Args:
        view: The case.
        tell: Called now and then with how many records are done.
    """
    work = _Work(view, tell)
    findings = list(work.check())
    count = work.count
    return Checked(
        n_entries=count["entries"],
        n_captures=count["captures"],
        n_documents=count["documents"],
        n_readings=count["readings"],
        n_spans=count["spans"],
        n_stamps=count["stamps"],
        n_unchecked_stamps=count["unchecked stamps"],
        n_purged=len(work.purged),
        head=work.head,
        findings=tuple(findings),
    )


class _Work:
    """One verification on its way."""

    def __init__(self, view: View, tell: Callable[[int], None]) -> None:
        self.view = view
        self.tell = tell
        self.count: Counter[str] = Counter()
        self.head = FIRST_PREVIOUS
        self.digests: dict[tuple[LogKind, str], tuple[int, str]] = {}
        self.purged: set[str] = set()
        self.firsts: dict[tuple[LogKind, str], int] = {}
        self.found: dict[LogKind, list[str]] = defaultdict(list)
        self.is_log_known = False

    def check(self) -> Iterator[Finding]:
        """Yield what is wrong: what the store finds, then the log, the digests, the bytes, the spans, the stories."""
        for where, what in self.view.iter_damage():
            yield Finding(where=where, what=what)
        yield from self._check_part("the log", self._check_chain())
        for kind in RECORDED:
            yield from self._check_part(f"the {kind}s", self._check_digests(kind))
        for capture_id in self.found[LogKind.CAPTURE]:
            self._step("captures")
            yield from self._check_one(f"capture {capture_id}", self._check_capture(capture_id))
        for document_id in self.found[LogKind.DOCUMENT]:
            self._step("documents")
            yield from self._check_one(f"document {document_id}", self._check_document(document_id))
        yield from self._check_part("the stories", self._check_stories())
        yield from self._check_part("the time stamps", self._check_stamps())

    def _check_part(self, where: str, part: Iterator[Finding]) -> Iterator[Finding]:
        """Yield what a part finds; one that cannot be read to its end stops there, and the others go on."""
        try:
            yield from part
        except BusyCase:
            raise
        except SaysoError as error:
            yield Finding(where=where, what=f"it cannot be read ({_say(error)}); what comes after it was not checked")

    def _check_one(self, where: str, record: Iterator[Finding]) -> Iterator[Finding]:
        """Yield what is wrong with a record, and if it cannot be read, that."""
        try:
            yield from record
        except BusyCase:
            raise
        except SaysoError as error:
            yield Finding(where=where, what=f"it cannot be read ({_say(error)})")

    def _check_chain(self) -> Iterator[Finding]:
        """Check that each entry follows from the one before, and note what the log says of which record."""
        self.is_log_known = False
        unreadable: dict[int, str] = {}
        expected = 1
        for entry in self.view.iter_log(tell=unreadable.__setitem__):
            yield from (Finding(where=f"log entry {number}", what=what) for number, what in unreadable.items())
            expected += len(unreadable)
            self._step("entries")
            where = f"log entry {expected}"
            if entry.number != expected:
                yield Finding(where=where, what=f"it has the number {entry.number}: entries are missing or were moved")
            if entry.previous != self.head and not unreadable:
                yield Finding(where=where, what="it does not follow from the entry before")
            if _hash(entry) != entry.hash:
                yield Finding(where=where, what=f"its hash is not that of what it says ({entry.kind} {entry.subject})")
            unreadable.clear()
            expected = entry.number + 1
            self._note(entry)
        yield from (Finding(where=f"log entry {number}", what=what) for number, what in unreadable.items())
        self.is_log_known = True

    def _note(self, entry: LogEntry) -> None:
        """Note what an entry says of its record."""
        self.head = entry.hash
        if entry.kind is LogKind.PURGE:
            self.purged.add(entry.subject)
            for kind in RECORDED:
                self.firsts.pop((kind, entry.subject), None)
        else:
            # What was purged may have been added again later.
            self.purged.discard(entry.subject)
            self.digests[entry.kind, entry.subject] = (entry.number, entry.digest)
            self.firsts.setdefault((entry.kind, entry.subject), entry.number)

    def _check_digests(self, kind: LogKind) -> Iterator[Finding]:
        """Check that the records of a kind are those that the log tells of, unchanged."""
        told = {subject: known for (which, subject), known in self.digests.items() if which is kind}
        last = 0
        for subject, digest in self.view.iter_digests(kind):
            self.found[kind].append(subject)
            number, expected = told.pop(subject, (0, ""))
            first = self.firsts.get((kind, subject), last)
            if first < last:
                yield Finding(where=f"{kind} {subject}", what="it is not in the order in which they were added")
            last = first
            if digest == UNREADABLE:
                yield Finding(where=f"{kind} {subject}", what="it cannot be read")
            elif subject in self.purged:
                yield Finding(where=f"{kind} {subject}", what="it was purged, and is still there")
            elif not number:
                if self.is_log_known:
                    yield Finding(where=f"{kind} {subject}", what="the log does not know it")
            elif digest != expected:
                yield Finding(where=f"{kind} {subject}", what=f"it was changed after log entry {number} was written")
        for subject, (number, digest) in told.items():
            # A feed that is followed no longer has an entry whose digest is that of nothing.
            if subject not in self.purged and digest != UNREADABLE:
                yield Finding(where=f"{kind} {subject}", what=f"it is gone; log entry {number} tells of it")

    def _check_capture(self, capture_id: str) -> Iterator[Finding]:
        capture = self.view.get_capture(capture_id)
        what = _check_bytes(self.view, capture)
        if what:
            yield Finding(where=f"capture {capture.id} ({capture.name})", what=what)

    def _check_document(self, document_id: str) -> Iterator[Finding]:
        doc = self.view.get_document(document_id)
        published = doc.published.value if doc.published else None
        if ids.document_id(text=doc.text, outlet=doc.outlet, published=published) != doc.id:
            yield Finding(where=f"document {doc.id}", what="its id is not that of its text, outlet and time")
        yield from self._check_spans(doc, doc.text, where=f"document {doc.id}")
        yield from self._check_one(f"reading of {document_id}", self._check_readings(doc))
        yield from self._check_one(f"lists of {document_id}", self._check_shown(doc))

    def _check_shown(self, doc: Document) -> Iterator[Finding]:
        for where, what in self.view.iter_misshown(doc):
            yield Finding(where=where, what=what)

    def _check_readings(self, doc: Document) -> Iterator[Finding]:
        readings: dict[int, bool] = {}
        for kept in self.view.iter_readings(doc.id):
            self._step("readings")
            # The document is in the reading, too, and was looked at.
            parts = tuple(getattr(kept.reading, part.name) for part in fields(kept.reading) if part.name != "document")
            yield from self._check_spans(parts, doc.text, where=f"reading of {doc.id}")
            name = name_reading(doc.id, name_run(kept.reading.run))
            readings[self.digests.get((LogKind.READING, name), (0, ""))[0]] = kept.is_current
            if kept.is_current:
                yield from self._check_one(f"claims of {doc.id}", self._check_lists(kept.reading))
        last = max(readings, default=0)
        if self.is_log_known and any(is_current != (number == last) for number, is_current in readings.items()):
            yield Finding(where=f"reading of {doc.id}", what="another one is shown than the log's last")

    def _check_lists(self, reading: Reading) -> Iterator[Finding]:
        """Check that the lists show the rows of a reading, with what persons judged, and nothing else."""
        doc = reading.document.id
        judged = apply_judgements(reading, self.view.iter_judgements(doc))
        expected = {entry.row.id: entry.row for entry in make_entries(judged)}
        shown = self.view.list_claims(Filter(document=doc), ClaimOrder.PUBLISHED, limit=ROWS_MAX).rows
        for row in shown:
            if expected.pop(row.id, None) != row:
                yield Finding(where=f"claim {row.id} of {doc}", what="the lists do not show what was read and judged")
        for missing in expected:
            yield Finding(where=f"claim {missing} of {doc}", what="the lists do not show it")

    def _check_stories(self) -> Iterator[Finding]:
        for story_id in iter_stories(self.view):
            yield from self._check_one(f"story {story_id}", self._check_story(story_id))

    def _check_story(self, story_id: str) -> Iterator[Finding]:
        for where, what in find_story_faults(self.view, story_id):
            yield Finding(where=where, what=what)

    def _check_stamps(self) -> Iterator[Finding]:
        faults = dict(find_stamp_faults(self.view))
        yield from (Finding(where=where, what=what) for where, what in faults.items())
        self.count["stamps"] = sum(1 for _ in self.view.iter_timestamps()) - len(faults)
        self.count["unchecked stamps"] = count_unchecked_stamps(self.view)
        self.count["stamps"] -= self.count["unchecked stamps"]

    def _check_spans(self, record: object, text: str, *, where: str) -> Iterator[Finding]:
        for span in iter_spans(record):
            self.count["spans"] += 1
            if text[span.start : span.end] != span.exact:
                what = "the span does not say what stands there"
                yield Finding(where=f"{where}, characters {span.start}-{span.end}", what=what)

    def _step(self, what: str) -> None:
        self.count[what] += 1
        self.tell(self.count["entries"] + self.count["captures"] + self.count["documents"])


def iter_spans(record: object) -> Iterator[Span]:
    """Yield every span in a record, however deep; the same one may come twice."""
    waiting = [record]
    while waiting:
        one = waiting.pop()
        if isinstance(one, Span):
            yield one
        elif isinstance(one, tuple):
            waiting.extend(one)
        elif is_dataclass(one):
            waiting.extend(getattr(one, field.name) for field in fields(one))


def _check_bytes(view: View, capture: Capture) -> str | None:
    """Return what is wrong with the preserved bytes of a capture; None where they are as they came."""
    if capture.sha256 is None:
        return None
    try:
        body = read_body(view.get_warc(capture.id))
    except SaysoError as error:
        return f"the preserved record cannot be read ({error})"
    found = hashlib.sha256(body).hexdigest()
    return None if found == capture.sha256 else f"its bytes have SHA-256 {found}, and {capture.sha256} was captured"


def _say(error: SaysoError) -> str:
    """Return what is wrong, without what a person is told to do about it."""
    return error.where if isinstance(error, DamagedCase) else str(error)


def _hash(entry: LogEntry) -> str:
    return ids.log_hash(
        number=entry.number,
        at=entry.at,
        kind=entry.kind,
        subject=entry.subject,
        digest=entry.digest,
        previous=entry.previous,
    )
