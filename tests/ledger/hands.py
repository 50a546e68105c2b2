"""A ledger whose reader needs no model and whose fetcher needs no net."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from sayso import ids
from sayso.config import Settings
from sayso.errors import InputError
from sayso.fetch import make_refusal
from sayso.ledger.case import Ledger
from sayso.records import Capture, Captured, CaptureKind, RefusalCode, Urls
from sayso.store.memory import MemoryStore
from sayso.warc import write_resource
from tests.cli.driver import RUN, read_by_hand

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from sayso.records import Document, Reading, Run
    from sayso.store.base import Store

START = "2024-11-03T10:15:42Z"
PAGE = """<!doctype html><html lang="en"><head><title>{title}</title>
<link rel="canonical" href="{url}"></head><body><article><h1>{title}</h1>
<p>{said}</p><p>The council meets again on Monday to look at the plan for the harbour and the ferry line, and the people
of the island will be heard there before anything is decided about it.</p></article></body></html>"""
FEED = """<rss version="2.0"><channel><title>Harbour news</title>{items}</channel></rss>"""


def make_page(
    url: str, *, title: str = "Ferry line to close", said: str = "Ida Marlow said the line would close."
) -> str:
    """Return a page with one article."""
    return PAGE.format(url=url, title=title, said=said)


def make_feed(*urls: str) -> str:
    """Return a feed that names these."""
    return FEED.format(items="".join(f"<item><title>x</title><link>{url}</link></item>" for url in urls))


class HandReader:
    """Reads what stands around "said"; a text with the word UNREADABLE in it is bad input, one with BUG a bug."""

    run: Run = RUN

    def __init__(self) -> None:
        """Begin with nothing read."""
        self.n_read = 0

    def try_many(self, documents: Iterable[Document]) -> Iterator[Reading | InputError]:
        """Yield the readings, and errors in the place of bad documents."""
        for doc in documents:
            self.n_read += 1
            yield InputError(doc.name, "it cannot be read.") if "UNREADABLE" in doc.text else read_by_hand(doc)

    def read_many(self, documents: Iterable[Document]) -> Iterator[Reading]:
        """Yield the readings; raise for a bad document."""
        for result in self.try_many(documents):
            if isinstance(result, InputError):
                raise result
            yield result

    def close(self) -> None:
        """Do nothing."""


class HandFetcher:
    """Gives what it was told to give: a page, a status, a refusal."""

    def __init__(self, pages: dict[str, str | RefusalCode] | None = None) -> None:
        """Take what stands at which address."""
        self.pages = pages or {}
        self.asked: list[tuple[str, str | None]] = []

    def fetch(self, url: str, *, etag: str | None = None, last_modified: str | None = None) -> Captured:
        """Return what stands at the address."""
        del last_modified
        self.asked.append((url, etag))
        found = self.pages.get(url, RefusalCode.UNREACHABLE)
        urls = Urls(asked=url, final=url)
        about = {"kind": CaptureKind.FETCH, "name": url, "urls": urls, "captured_at": START, "tool": "test"}
        if isinstance(found, RefusalCode):
            refusal = make_refusal(found)
            key = ids.capture_id(url=url, sha256=None, refusal=found)
            return Captured(capture=Capture(id=key, refusal=refusal, **about), data=b"", warc=b"")  # type: ignore[arg-type]
        data = found.encode()
        digest = hashlib.sha256(data).hexdigest()
        key = ids.capture_id(url=url, sha256=digest)
        tag = f'"{digest[:8]}"'
        media = "application/rss+xml" if "<rss" in found else "text/html; charset=utf-8"
        if etag == tag:
            return Captured(capture=Capture(id=key, status=304, **about), data=b"", warc=b"")  # type: ignore[arg-type]
        capture = Capture(
            id=key,
            status=200,
            headers=(("ETag", tag), ("Content-Type", media)),
            media=media,
            sha256=digest,
            size_bytes=len(data),
            **about,  # type: ignore[arg-type]
        )
        return Captured(capture=capture, data=data, warc=write_resource(data, at=START, uri=url, media=media))


class Clock:
    """Tells a time that moves on only when told to."""

    def __init__(self) -> None:
        """Begin at the start."""
        self.now = START

    def __call__(self) -> str:
        """Return the time."""
        return self.now


def make_ledger(pages: dict[str, str | RefusalCode] | None = None, *, store: Store | None = None) -> Ledger:
    """Return a case in memory, with the reader and the fetcher of this module."""
    ledger = Ledger(store or MemoryStore(name="harbour", at=START), settings=Settings(), clock=Clock())
    ledger.__dict__["reader"] = HandReader()
    ledger.__dict__["fetcher"] = HandFetcher(pages)
    return ledger
