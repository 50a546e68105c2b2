"""Records as a case keeps them, their ids, and the digests by which the log knows them."""

from __future__ import annotations

import hashlib
import json
import secrets
from typing import TYPE_CHECKING, Any

from sayso.ids import log_hash, make_id, record_digest, run_id
from sayso.plain import name_fields, to_plain
from sayso.records import LogEntry

if TYPE_CHECKING:
    from sayso.errors import Problem
    from sayso.records import Capture, Feed, LogKind, Reading, Run

NOTHING = "0" * 64
"""The digest of what is not there (any more), and the hash before the first entry."""

CANONICAL = json.JSONEncoder(sort_keys=True, separators=(",", ":"), ensure_ascii=True, default=name_fields)
"""Records are written field by field as they are met, in half the time that it takes to make them plain before."""


def write_canonical(data: object) -> str:
    """Return a record or plain data as the one JSON text that stands for them: keys sorted, no blanks, ASCII."""
    return CANONICAL.encode(data)


def make_salt() -> str:
    """Return a new salt, 32 hex digits."""
    return secrets.token_hex(16)


def name_run(run: Run) -> str:
    """Return the id of what made a reading."""
    return run_id(engine=run.engine, model=run.model, model_sha256=run.model_sha256, settings=run.settings)


def name_reading(document_id: str, run: str) -> str:
    """Return the id by which the log knows a reading: of its document and its run."""
    return make_id("rdg", (document_id, run))


def name_problem(capture_id: str, problem: Problem) -> str:
    """Return the id by which the log knows a problem."""
    return make_id("prb", (capture_id, problem.code, problem.message, problem.start, problem.end))


def name_feed(url: str) -> str:
    """Return the id by which the log knows a feed."""
    return make_id("fed", (url,))


def name_case(name: str, at: str) -> str:
    """Return the id by which the log knows the case itself."""
    return make_id("cas", (name, at))


def name_link(document_id: str, capture_id: str) -> str:
    """Return the id by which the log knows that a document came from one more capture."""
    return make_id("lnk", (document_id, capture_id))


def keep_capture(capture: Capture, warc_sha256: str | None, *, at: str) -> str:
    """Return what the log's digest of a capture is over: the record, the hash of what is preserved, and when."""
    return write_canonical({"capture": to_plain(capture), "warc_sha256": warc_sha256, "added_at": at})


def keep_document(canonical: str, capture_id: str, *, at: str) -> str:
    """Return what the log's digest of a document is over: its JSON, the capture it first came from, and when."""
    return f"{write_canonical({'capture': capture_id, 'added_at': at})}{canonical}"


def keep_link(document_id: str, capture_id: str) -> str:
    """Return what the log's digest is over of a document's having come from one more capture."""
    return write_canonical({"document": document_id, "capture": capture_id})


def keep_read(canonical: str, *, at: str) -> str:
    """Return what the log's digest of a reading is over: its JSON, and when it was made."""
    return f"{write_canonical({'made_at': at})}{canonical}"


def hash_bytes(data: bytes) -> str | None:
    """Return the SHA-256 in hex; None for no bytes."""
    return hashlib.sha256(data).hexdigest() if data else None


def keep_record(record: object) -> str:
    """Return what is kept of a record that is kept whole: a document, a judgement."""
    return write_canonical(record)


def keep_reading(reading: Reading) -> str:
    """Return what is kept of a reading: all but its document, of which the id is enough."""
    plain: dict[str, Any] = {}
    for name in READING_FIELDS:
        plain[name] = to_plain(getattr(reading, name))
    return write_canonical(plain | {"document": reading.document.id})


READING_FIELDS = (
    "sources",
    "attributions",
    "relations",
    "origins",
    "headline",
    "unsourced",
    "problems",
    "run",
    "assertions",
    "times",
    "quantities",
    "places",
    "name_notes",
)


def keep_problem(capture_id: str, problem: Problem) -> str:
    """Return what is kept of a problem."""
    return write_canonical({"capture": capture_id, "problem": to_plain(problem)})


def keep_feed(feed: Feed) -> str:
    """Return what of a feed never changes, which is what the log's digest is over."""
    return write_canonical({"url": feed.url, "added_at": feed.added_at})


def keep_case(name: str, at: str) -> str:
    """Return what is kept of the case itself."""
    return write_canonical({"name": name, "created_at": at})


def keep_timestamp(token: bytes, stamped: str) -> str:
    """Return what is kept of a time stamp: its token, and the hash of the log that it is over."""
    return write_canonical({"token": token.hex(), "stamped": stamped})


def make_entry(previous: LogEntry | None, kind: LogKind, subject: str, digest: str, *, at: str) -> LogEntry:
    """Return the entry that follows in the log."""
    number, before = (1, NOTHING) if previous is None else (previous.number + 1, previous.hash)
    made = log_hash(number=number, at=at, kind=kind.value, subject=subject, digest=digest, previous=before)
    return LogEntry(number=number, at=at, kind=kind, subject=subject, digest=digest, previous=before, hash=made)


def digest(salt: str, canonical: str) -> str:
    """Return the digest of a record as it is kept."""
    return record_digest(salt=salt, canonical=canonical)
