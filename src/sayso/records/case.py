"""What a case keeps beside documents and readings: how bytes were got, what persons judged, and the log of it all."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from sayso.records.document import Urls

if TYPE_CHECKING:
    from sayso.errors import Problem
    from sayso.records.reading import Reading
    from sayso.records.values import CaptureKind, JudgementKind, LogKind, RefusalCode


@dataclass(frozen=True, slots=True, kw_only=True)
class Redirect:
    """One step on the way to a page.

    Attributes:
        url: What was asked for.
        status: What the server answered: 301, 302, 303, 307 or 308.
        to: Where it sent us, made absolute.
    """

    url: str
    status: int
    to: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Refusal:
    """Why there are no bytes of an address, and what a person can do instead.

    Attributes:
        code: The cause.
        message: One sentence: what happened.
        advice: One sentence: what to do instead.
    """

    code: RefusalCode
    message: str
    advice: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Capture:
    """How bytes were got, or why they were not.

    Attributes:
        id: Hash of the address asked for, the SHA-256 of the bytes and the code of the refusal (see `sayso.ids`).
        kind: Where they came from.
        name: What the user knows it by: a file's name, the address, ``pasted``.
        urls: Asked for; final after redirects; canonical as the page says. All None for a file that names none.
        captured_at: UTC, ``2024-11-03T10:15:42Z``: when the answer began; for a file when it was added; for a record of
            an archive the time that the record states.
        status: The answer's HTTP status; None where there was none.
        headers: The answer's headers, in order, as they came.
        redirects: The steps that led to the final address.
        media: The media type that was stated; None if none was.
        sha256: Of the bytes (the answer's body, decoded from transfer and content encoding); None for a refusal.
        size_bytes: How many they are.
        tool: What captured it: package and version.
        ip: The address that was connected to; None where nothing was.
        refusal: None where there are bytes.
    """

    id: str
    kind: CaptureKind
    name: str
    urls: Urls = field(default_factory=Urls)
    captured_at: str
    status: int | None = None
    headers: tuple[tuple[str, str], ...] = ()
    redirects: tuple[Redirect, ...] = ()
    media: str | None = None
    sha256: str | None = None
    size_bytes: int = 0
    tool: str
    ip: str | None = None
    refusal: Refusal | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Captured:
    """A capture with its bytes, on the way into a case.

    Attributes:
        capture: How they were got.
        data: The bytes that are read; empty for a refusal.
        warc: One or more whole WARC/1.1 records, each a gzip member of its own: what is preserved. For a fetch request
            and response, the body as it came over the wire; for all else one ``resource`` record. Empty for a refusal.
    """

    capture: Capture
    data: bytes
    warc: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgement:
    """A person's decision.

    Attributes:
        id: Hash of all the rest but the reason.
        kind: What was decided.
        document: Id of the document it is about; None for two rows, and for sources of two documents.
        subject: Id of the row (accept, correct, reject, unsure, split), or of one of two sources or two rows (same,
            different, unsure); for ``undo`` the id of the judgement that is undone.
        other: For same and different, and for unsure where it is about two, the id of the other source or row: whether
            these are one party, or tell the same claim; else None.
        changes: For ``correct`` the fields and their new values: ``stance``, ``certainty``, ``endorsement``,
            ``directness``, ``kind``, ``naming``, ``source_name`` as words; ``source_spans``, ``cue_spans`` and
            ``content_spans`` as ``12-40 55-60``. For ``split`` ``source_name``: whose row it is instead.
        exact: The content of the row as it stood when it was judged; empty for sources. Shows what was meant should a
            later reading have no such row: it is never moved to a look-alike.
        by: The person's name.
        at: UTC.
        reason: In the person's words; may be empty.
    """

    id: str
    kind: JudgementKind
    document: str | None
    subject: str
    other: str | None = None
    changes: tuple[tuple[str, str], ...] = ()
    exact: str = ""
    by: str
    at: str
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Feed:
    """A feed that a case follows.

    Attributes:
        url: Its address.
        title: As it calls itself; None before it was first read.
        added_at: UTC.
        checked_at: UTC of the last poll; None before the first.
        etag: Of the last whole answer.
        last_modified: Of the last whole answer.
        not_before: UTC before which the server or the back-off after an error wants no poll; None for at once.
        failures: How many polls failed since the last good one.
        problem: What was wrong at the last poll; None where it went well.
    """

    url: str
    title: str | None = None
    added_at: str
    checked_at: str | None = None
    etag: str | None = None
    last_modified: str | None = None
    not_before: str | None = None
    failures: int = 0
    problem: Problem | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptReading:
    """A reading as a case keeps it; older ones stay beside newer ones.

    Attributes:
        reading: What was read.
        made_at: UTC.
        is_current: Whether it is the one that lists show.
    """

    reading: Reading
    made_at: str
    is_current: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class LogEntry:
    """One line of the log: nothing of what was added stands in it, only hashes.

    Attributes:
        number: From 1, without gaps.
        at: UTC.
        kind: What it is about.
        subject: Id of the record.
        digest: SHA-256 of the record's salt and its canonical JSON, in hex. The salt lies beside the record and
            is removed with it, so that nothing can be guessed from the digest of what was purged.
        previous: Hash of the entry before; 64 zeros for the first.
        hash: SHA-256 over all the fields above (see `sayso.ids`).
    """

    number: int
    at: str
    kind: LogKind
    subject: str
    digest: str
    previous: str
    hash: str
