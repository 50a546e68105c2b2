"""Cases for tests: how records get into one, with times and bytes made up."""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING

from sayso.ids import capture_id, judgement_id
from sayso.records import (
    Capture,
    Captured,
    CaptureKind,
    Judgement,
    JudgementKind,
    Refusal,
    RefusalCode,
    Urls,
)

if TYPE_CHECKING:
    from sayso.records import Reading
    from sayso.store.base import Store

AT = "2024-06-01T12:00:00Z"


def capture_of(words: str, *, url: str | None = None) -> Captured:
    """Return bytes as if they had been got; None for the address of a file."""
    data = words.encode("utf-8", "surrogatepass")
    digest = sha256(data).hexdigest()
    capture = Capture(
        id=capture_id(url=url, sha256=digest),
        kind=CaptureKind.FETCH if url else CaptureKind.FILE,
        name=url or "page.html",
        urls=Urls(asked=url),
        captured_at=AT,
        sha256=digest,
        size_bytes=len(data),
        tool="tests",
    )
    return Captured(capture=capture, data=data, warc=b"WARC " + data)


def refused(url: str) -> Captured:
    """Return an address of which there are no bytes."""
    refusal = Refusal(code=RefusalCode.ROBOTS, message="robots.txt forbids it.", advice="Save the page yourself.")
    capture = Capture(
        id=capture_id(url=url, sha256=None, refusal=refusal.code.value),
        kind=CaptureKind.FETCH,
        name=url,
        urls=Urls(asked=url),
        captured_at=AT,
        tool="tests",
        refusal=refusal,
    )
    return Captured(capture=capture, data=b"", warc=b"")


def add_readings(store: Store, *readings: Reading) -> None:
    """Add the documents of readings, each of a capture of its own, with what was read."""
    with store.write() as writer:
        for reading in readings:
            captured = capture_of(reading.document.id + reading.document.text, url=reading.document.urls.asked)
            writer.add_capture(captured, at=AT)
            writer.add_document(reading.document, captured.capture.id, at=AT)
            writer.add_reading(reading, at=AT)


def judge(
    kind: str,
    subject: str,
    /,
    *,
    document: str | None = None,
    other: str | None = None,
    at: int = 0,
    by: str = "Mira Tannic",
    changes: dict[str, str] | None = None,
) -> Judgement:
    """Return a judgement; the later it is said to be the later it counts."""
    when = f"2024-05-01T10:{at:02}:00Z"
    pairs = tuple((changes or {}).items())
    return Judgement(
        id=judgement_id(kind=kind, subject=subject, other=other, changes=pairs, by=by, at=when),
        kind=JudgementKind(kind),
        document=document,
        subject=subject,
        other=other,
        changes=pairs,
        by=by,
        at=when,
        reason="because",
    )
