"""What a user names, as captures: files and folders, addresses, lists of addresses, feeds, archives, pasted text.

Rule 1: nothing is fetched but what the user named, or what a list or feed that the user named holds.
Rule 2: whatever is wrong with one thing is a `Trouble` or a capture with a refusal, and the rest go on.
"""

from __future__ import annotations

import hashlib
import sys
from dataclasses import dataclass
from pathlib import PurePath
from queue import SimpleQueue
from threading import Thread
from typing import TYPE_CHECKING, Protocol, TypeAlias

from sayso import ids
from sayso.errors import InputError
from sayso.ingest import (
    InputKind,
    find_file_kind,
    find_files,
    find_input_kind,
    is_feed,
    make_printable,
    means_address,
    read_archive,
    read_feed,
    read_file,
    read_stream,
    read_url_list,
)
from sayso.ingest.encoding import decode_text
from sayso.ledger.hosts import Asked, HostQueue
from sayso.records import Capture, Captured, CaptureKind, Urls
from sayso.warc import write_resource

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from typing import BinaryIO

    from sayso.config import Settings
    from sayso.errors import Problem
    from sayso.ingest.feed import FeedContent

FETCHES_AHEAD = 8
PASTED = "pasted"
PARTS_KEPT = 2
ABOUT_ONE = "what is said of one article (address, title, outlet, time) cannot be said of several; add it by itself."
# Problems by which no article is lost.
NOTES = frozenset(
    {"archive-no-time", "archive-revisits", "empty-feed", "unreadable-date", "wacz-no-list", "wacz-unlisted"}
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """What the user says of what is added, where it does not say so itself.

    Attributes:
        url: Its address.
        title: Its title.
        outlet: Who published it.
        published: When, ISO 8601.
    """

    url: str | None = None
    title: str | None = None
    outlet: str | None = None
    published: str | None = None

    @property
    def is_empty(self) -> bool:
        """Whether nothing was said."""
        return (self.url, self.title, self.outlet, self.published) == (None, None, None, None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Trouble:
    """Something that was named and cannot be captured.

    Attributes:
        name: As it was named.
        says: What is wrong with it.
        advice: What to do instead; empty where that says it.
        is_note: Whether it is only worth knowing: nothing was lost by it.
    """

    name: str
    says: str
    advice: str = ""
    is_note: bool = False


Marks: TypeAlias = "tuple[str | None, str | None]"
"""ETag and Last-Modified of an answer."""
NO_MARKS = (None, None)

Incoming: TypeAlias = "Captured | Trouble"


class Fetches(Protocol):
    """What fetches: `sayso.fetch.Fetcher`."""

    def fetch(self, url: str, *, etag: str | None = None, last_modified: str | None = None) -> Captured:
        """Return what an address gave, or the refusal."""
        ...


class Intake:
    """Turns names into captures."""

    def __init__(
        self,
        settings: Settings,
        fetcher: Fetches,
        *,
        tool: str,
        clock: Callable[[], str],
        find_marks: Callable[[str], Marks] = lambda _url: NO_MARKS,
        follow: Callable[[Captured, FeedContent], None] = lambda _captured, _content: None,
        expect: Callable[[int], None] = lambda _n: None,
    ) -> None:
        """Take what fetches, what tells the time, and whom to tell what.

        Args:
            settings: Their size limit holds for files.
            fetcher: What fetches.
            tool: Package and version, for the captures.
            clock: Tells the time, UTC.
            find_marks: Asked for what the last answer of an address was known by, so that it is not sent again.
            follow: Told of a feed that was named by its address.
            expect: Told how many more things are to come than was known so far.
        """
        self.settings = settings
        self.fetcher = fetcher
        self.tool = tool
        self.clock = clock
        self.find_marks = find_marks
        self.follow = follow
        self.expect = expect

    def take(self, names: Sequence[str], given: Given, *, stdin: BinaryIO | None = None) -> Iterator[Incoming]:
        """Yield what the names stand for: first the files, in order, then what is fetched, as it comes.

        Args:
            names: Files, folders, patterns, addresses; ``-`` for standard input.
            given: What the user says of the one thing that is named.
            stdin: What ``-`` reads.
        """
        addresses = [name for name in names if means_address(name)]
        paths = [name for name in names if not means_address(name)]
        files, errors = find_files(paths, with_archives=True)
        if not given.is_empty and len(files) + len(addresses) > 1:
            yield from (Trouble(name=make_printable(name), says=ABOUT_ONE) for name in names)
            return
        self.expect(len(errors) + len(files) + len(addresses))
        yield from (Trouble(name=error.name, says=_without_name(error)) for error in errors)
        for name in files:
            yield from self._take_file(name, given, addresses, stdin)
        yield from self._fetch_all(addresses)

    def take_items(self, urls: Sequence[str]) -> Iterator[Incoming]:
        """Yield what the addresses give that a feed names: a feed among them is not followed in its turn."""
        self.expect(len(urls))
        return self._fetch_all(urls, are_items=True)

    def paste(self, data: bytes, given: Given) -> Captured:
        """Return the capture of a text that was pasted in."""
        return self._capture(data, CaptureKind.PASTE, name=given.url or PASTED, given=given)

    def _take_file(self, name: str, given: Given, addresses: list[str], stdin: BinaryIO | None) -> Iterator[Incoming]:
        """Yield what one file holds; the addresses in a list or feed go to the others, to be fetched with them."""
        shown = make_printable(name)
        try:
            if name == "-":
                data = read_stream(stdin or sys.stdin.buffer, name=shown, limit_bytes=self.settings.max_bytes)
                kind = find_input_kind(data, name=shown)
            else:
                data, kind = b"", find_file_kind(name)
            if kind in {InputKind.WARC, InputKind.WACZ} and given.is_empty:
                yield from self._take_archive(name, shown)
                return
            if name != "-":
                data = read_file(name, limit_bytes=self.settings.max_bytes)
        except InputError as error:
            yield Trouble(name=shown, says=_without_name(error))
            return
        if kind is not InputKind.DOCUMENT and not given.is_empty:
            yield Trouble(name=shown, says=ABOUT_ONE)
        elif kind is InputKind.URLS:
            yield from self._take_list(data, shown, addresses)
        elif kind is InputKind.FEED:
            content = read_feed(data, name=shown, url=given.url)
            addresses.extend(item.url for item in content.items)
            self.expect(len(content.items) + len(content.problems) - 1)
            yield from (_as_trouble(shown, problem) for problem in content.problems)
        else:
            kept_name = PASTED if name == "-" else keep_name(shown)
            yield self._capture(
                data, CaptureKind.PASTE if name == "-" else CaptureKind.FILE, name=kept_name, given=given
            )

    def _take_archive(self, name: str, shown: str) -> Iterator[Incoming]:
        """Yield what an archive holds."""
        if name == "-":
            yield Trouble(name=shown, says="archives are read from files: give its name.")
            return
        for found in read_archive(name, settings=self.settings):
            yield found if isinstance(found, Captured) else _as_trouble(shown, found)

    def _take_list(self, data: bytes, shown: str, addresses: list[str]) -> Iterator[Incoming]:
        """Put the addresses of a list to the others; yield what is wrong with it."""
        try:
            text, _, _ = decode_text(data, name=shown)
        except InputError as error:
            yield Trouble(name=shown, says=_without_name(error))
            return
        found = read_url_list(text)
        addresses.extend(found.urls)
        self.expect(len(found.urls) + len(found.problems) - 1)
        yield from (_as_trouble(shown, problem) for problem in found.problems)

    def _fetch_all(self, addresses: Iterable[str], *, are_items: bool = False) -> Iterator[Incoming]:
        """Yield what the addresses give, as it comes: several hosts at a time, one request at a time for each."""
        queue = HostQueue()
        for url in addresses:
            queue.add(url, is_item=are_items)
        done: SimpleQueue[tuple[Asked, Captured | Exception]] = SimpleQueue()
        n_waiting = 0
        while True:
            while n_waiting < FETCHES_AHEAD and (asked := queue.take()) is not None:
                # A thread that nobody waits for at the end: Ctrl-C is not to wait for a server.
                Thread(target=self._fetch, args=(asked, self.find_marks(asked.url), done), daemon=True).start()
                n_waiting += 1
            if not n_waiting:
                return
            asked, found = done.get()
            n_waiting -= 1
            queue.free(asked)
            if isinstance(found, Exception):
                raise found
            yield from self._take_fetched(found, queue, is_item=asked.is_item)

    def _fetch(self, asked: Asked, marks: Marks, done: SimpleQueue[tuple[Asked, Captured | Exception]]) -> None:
        """Fetch one address, and say so whatever happens."""
        etag, last_modified = marks
        found: Captured | Exception
        try:
            found = self.fetcher.fetch(asked.url, etag=etag, last_modified=last_modified)
        except Exception as error:  # noqa: BLE001  raised again where it is waited for: a thread has no caller
            found = error
        done.put((asked, found))

    def _take_fetched(self, captured: Captured, queue: HostQueue, *, is_item: bool) -> Iterator[Incoming]:
        """Yield a capture; of a feed that was named the items are fetched in its stead, and it is followed."""
        capture = captured.capture
        if is_item or capture.refusal is not None or not is_feed(captured.data, capture.media):
            yield captured
            return
        url = capture.urls.final or capture.name
        content = read_feed(captured.data, name=capture.name, url=url, media=capture.media)
        self.follow(captured, content)
        for item in content.items:
            queue.add(item.url, is_item=True)
        self.expect(len(content.items) + len(content.problems) - 1)
        yield from (_as_trouble(capture.name, problem) for problem in content.problems)

    def _capture(self, data: bytes, kind: CaptureKind, *, name: str, given: Given) -> Captured:
        """Return the capture of bytes that were not fetched."""
        digest = hashlib.sha256(data).hexdigest()
        at = self.clock()
        capture = Capture(
            # An address that was only said is no address that was fetched.
            id=ids.capture_id(url=given.url and f"given {given.url}", sha256=digest),
            kind=kind,
            name=name,
            urls=Urls(asked=given.url),
            captured_at=at,
            sha256=digest,
            size_bytes=len(data),
            tool=self.tool,
        )
        return Captured(capture=capture, data=data, warc=write_resource(data, uri=given.url, media=None, at=at))


def keep_name(name: str) -> str:
    """Return what a case calls a file: its path as typed, or where that begins at the root its last two parts.

    A case is handed on, and a whole path tells who its user is.
    """
    path = PurePath(name)
    return "/".join(path.parts[-2:]) if path.is_absolute() and len(path.parts) > PARTS_KEPT else name


def _as_trouble(name: str, problem: Problem) -> Trouble:
    return Trouble(name=name, says=problem.message, is_note=problem.code in NOTES)


def _without_name(error: InputError) -> str:
    """Return what an error says, without the name that stands before it."""
    return str(error).removeprefix(f"{error.name}: ")
