"""Which fields make two records the same record.

Ids are the first 16 hex digits of a SHA-256 over those fields. Run, score, time and name of the file are never in an
id: reading the same bytes twice writes the same ids.
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

SEPARATOR = "\x1f"


def make_id(prefix: str, parts: Iterable[object]) -> str:
    """Return ``prefix-`` and 16 hex digits over the parts, each as text, in order."""
    joined = SEPARATOR.join("" if part is None else str(part) for part in parts)
    digest = hashlib.sha256(joined.encode("utf-8", "surrogatepass")).hexdigest()
    return f"{prefix}-{digest[:16]}"


def document_id(*, text: str, outlet: str | None, published: str | None) -> str:
    """Return the id of a document: its text, outlet and time of publication."""
    return make_id("doc", (text, outlet, published))


def source_id(*, document: str, first_start: int, name: str) -> str:
    """Return the id of a source: its document, its first mention and its name."""
    return make_id("src", (document, first_start, name))


def attribution_id(*, document: str, cue: Iterable[tuple[int, int]], content: Iterable[tuple[int, int]]) -> str:
    """Return the id of an attribution: its document and the places of its cue and content."""
    return make_id("att", (document, *cue, "content", *content))


def assertion_id(*, document: str, attribution: str | None, start: int, verb: int) -> str:
    """Return the id of an assertion: its document, whose claim it is, and the places of its clause and verb."""
    return make_id("ast", (document, attribution, start, verb))


def capture_id(*, url: str | None, sha256: str | None, refusal: str | None = None) -> str:
    """Return the id of a capture: the address asked for, the hash of the bytes, the code of a refusal."""
    return make_id("cap", (url, sha256, refusal))


def judgement_id(*, kind: str, subject: str, other: str | None, changes: Iterable[object], by: str, at: str) -> str:
    """Return the id of a judgement. Here the time is part of it: a decision is an act of a person at a time."""
    return make_id("jdg", (kind, subject, other, by, at, *changes))


def reuse_id(*, first: str, second: str, is_quoted: bool) -> str:
    """Return the id of an edge of reuse: its two documents in either order, and whether it is only quoted speech."""
    return make_id("reu", (*sorted((first, second)), is_quoted))


def run_id(*, engine: str, model: str, model_sha256: str, settings: Iterable[object]) -> str:
    """Return the id of what makes readings."""
    return make_id("run", (engine, model, model_sha256, *settings))


def log_hash(*, number: int, at: str, kind: str, subject: str, digest: str, previous: str) -> str:
    """Return the hash of a log entry, 64 hex digits: it chains the entry to the one before."""
    joined = SEPARATOR.join((str(number), at, kind, subject, digest, previous))
    return hashlib.sha256(joined.encode("utf-8", "surrogatepass")).hexdigest()


def record_digest(*, salt: str, canonical: str) -> str:
    """Return the digest by which the log knows a record: over its salt and its canonical JSON."""
    return hashlib.sha256(f"{salt}{SEPARATOR}{canonical}".encode("utf-8", "surrogatepass")).hexdigest()


def story_id(*, document: str) -> str:
    """Return the id of a story: its first document."""
    return make_id("sty", (document,))


def mention_id(*, document: str, attribution: str | None, start: int, end: int) -> str:
    """Return the id of a mention: its document, its row and its place."""
    return make_id("mnt", (document, attribution, start, end))


def claim_id(*, mention: str) -> str:
    """Return the id of a claim: its first mention."""
    return make_id("clm", (mention,))


def finding_id(*, kind: str, first: str | None, second: str | None, detail: str = "") -> str:
    """Return the id of a dispute, update or drift: its kind, the two mentions, and what tells several of them apart."""
    return make_id("fnd", (kind, first, second, detail))
