"""A case, opened: the one object that joins the rooms.

Its methods are what the command line and the pages call; each is one act, whole when it returns.
"""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from functools import cached_property
from typing import TYPE_CHECKING, Self

from sayso.config import get_tool, load_settings
from sayso.fetch import Fetcher, FetchSettings
from sayso.ingest import make_printable
from sayso.ledger import watching
from sayso.ledger.adding import Adding
from sayso.ledger.intake import NO_MARKS, Given, Intake
from sayso.ledger.joining import Joining, enter_again, find_newest, forget_document, rejoin_after
from sayso.ledger.lists import Lists
from sayso.ledger.location import find_case, name_case
from sayso.ledger.pairs import Pairs
from sayso.ledger.reread import Rereading
from sayso.ledger.review import Review
from sayso.ledger.verifying import verify
from sayso.ledger.watching import is_passing
from sayso.records import Feed
from sayso.store.sqlite import create_case, open_case

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from pathlib import Path
    from types import TracebackType
    from typing import BinaryIO

    from sayso.config import Settings
    from sayso.ingest.feed import FeedContent
    from sayso.ledger.adding import Added
    from sayso.ledger.intake import Fetches, Incoming, Marks
    from sayso.ledger.pool import ReaderPool
    from sayso.ledger.verifying import Checked
    from sayso.records import Captured, LogEntry
    from sayso.store.base import Store

NOTHING_GIVEN = Given()


def get_time() -> str:
    """Return the time now as a case keeps it."""
    return watching.format_utc(datetime.now(UTC))


class Ledger:
    """One case. Close it, or use it as a context manager."""

    def __init__(
        self,
        store: Store,
        *,
        path: Path | None = None,
        settings: Settings | None = None,
        fetching: FetchSettings | None = None,
        clock: Callable[[], str] = get_time,
    ) -> None:
        """Take what keeps the case.

        Args:
            store: Where it is kept; `Ledger.create` and `Ledger.open` make one of a file.
            path: Its file; None where it is in none.
            settings: None for those in force (defaults, file, environment).
            fetching: How pages are fetched; None for the defaults.
            clock: Tells the time, UTC.
        """
        self.store = store
        self.path = path
        self.settings = settings or load_settings()
        self.tool = get_tool()
        self.clock = clock
        self._fetching = fetching or FetchSettings.of(self.settings)

    @classmethod
    def create(cls, name: str, *, passphrase: str | None = None, **how: object) -> Self:
        """Make a case of this name: a path, with or without ``.sayso``.

        Args:
            name: Its name or path.
            passphrase: The whole file is encrypted with it; None for a file that is not.
            how: As for the class.

        Raises:
            CaseExists: Something is there already.
            CaseError: It cannot be made there.
            MissingExtra: A passphrase is given, and what encrypts is not installed.
            SettingsError: The passphrase is empty, or can be none.
        """
        path = name_case(name)
        store = create_case(path, name=make_printable(path.stem), at=get_time(), passphrase=passphrase)
        return cls(store, path=path, **how)  # type: ignore[arg-type]

    @classmethod
    def open(cls, case: str | None = None, *, passphrase: str | None = None, **how: object) -> Self:
        """Open a case: the one at this path, or the only one in this folder.

        Args:
            case: Its path.
            passphrase: Of an encrypted case; of another it is not looked at.
            how: As for the class.

        Raises:
            CaseError: There is none, several, or it cannot be opened; the subclass says which.
            MissingExtra: It is encrypted, and what encrypts is not installed.
        """
        path = find_case(case)
        return cls(open_case(path, passphrase=passphrase), path=path, **how)  # type: ignore[arg-type]

    def __enter__(self) -> Self:
        """Return the case itself."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Let go of the case."""
        self.close()

    def close(self) -> None:
        """Let go of the case and of what reads and fetches."""
        if "reader" in self.__dict__:
            self.reader.close()
        self.store.close()

    @cached_property
    def reader(self) -> ReaderPool:
        """What reads: made, and what runs the model imported, when the first document needs it."""
        from sayso.ledger.pool import ReaderPool  # noqa: PLC0415  lists do without

        return ReaderPool(self.settings)

    @cached_property
    def fetcher(self) -> Fetches:
        """What fetches."""
        return Fetcher(self._fetching, tool=self.tool)

    # Adding.

    def add(
        self,
        names: Sequence[str],
        given: Given = NOTHING_GIVEN,
        *,
        stdin: BinaryIO | None = None,
        expect: Callable[[int], None] = lambda _n: None,
    ) -> Iterator[Added]:
        """Add files, folders, addresses, lists, feeds and archives; yield what became of each thing.

        What was yielded is kept. Stopped at any moment, the same call goes on where it was.

        Args:
            names: What to add, as on the command line; ``-`` for standard input.
            given: What is said of the one thing that is named.
            stdin: Stands in for the process's standard input.
            expect: Told how many more things are to come than was known so far.

        Raises:
            CaseError: The case cannot be written.
        """
        return self.add_many(self._intake(expect).take(names, given, stdin=stdin), given)

    def paste(self, data: bytes, given: Given = NOTHING_GIVEN) -> Iterator[Added]:
        """Add a text that was pasted in; yield what became of it."""
        return self.add_many([self._intake().paste(data, given)], given)

    def add_many(self, incoming: Iterable[Incoming], given: Given = NOTHING_GIVEN) -> Iterator[Added]:
        """Add captures; yield what became of each."""
        return Adding(self.store, self.reader, self.settings, clock=self.clock).add(incoming, given)

    def _intake(self, expect: Callable[[int], None] = lambda _n: None) -> Intake:
        return Intake(
            self.settings,
            self.fetcher,
            tool=self.tool,
            clock=self.clock,
            find_marks=self._find_marks,
            follow=self._follow,
            expect=expect,
        )

    def _find_marks(self, url: str) -> Marks:
        """Return what the last answer of an address was known by; nothing where its article was never read."""
        with self.store.view() as view:
            whole = [capture for capture in view.iter_asked(url) if capture.sha256]
            documents = list(view.iter_documents(whole[-1].id)) if whole else []
            if not documents or not all(view.has_reading(doc.id) for doc in documents):
                return NO_MARKS
            headers = {name.lower(): value for name, value in whole[-1].headers}
        return headers.get("etag"), headers.get("last-modified")

    def _follow(self, captured: Captured, content: FeedContent) -> None:
        """Follow a feed that was added by its address."""
        now = watching.parse_utc(self.clock())
        url = captured.capture.urls.asked or captured.capture.name
        feed = Feed(url=url, added_at=self.clock())
        with self.store.write() as writer:
            # Without its marks: broken off before all its items are in, the next poll must be told of them.
            state = replace(watching.note_content(feed, captured, content, now=now), etag=None, last_modified=None)
            writer.set_feed(state, at=self.clock())

    # Watching.

    def feeds(self) -> list[Feed]:
        """Return the feeds that the case follows."""
        with self.store.view() as view:
            return list(view.iter_feeds())

    def forget_feed(self, url: str) -> bool:
        """Follow a feed no longer; return whether it was followed."""
        with self.store.write() as writer:
            return writer.remove_feed(url, at=self.clock())

    def poll(self, feed: Feed, *, expect: Callable[[int], None] = lambda _n: None) -> Iterator[Added]:
        """Poll one feed and add what is new in it; yield what became of each item.

        Its new state is kept when the last item is done: broken off before, the next poll asks for the same again.

        Args:
            feed: As the case has it now.
            expect: Told how many new items there are.
        """
        polled = watching.poll(feed, self.fetcher, now=watching.parse_utc(self.clock()))
        new = self._find_new(polled.items)
        if new:
            yield from self.add_many(self._intake(expect).take_items(new))
        state = polled.feed
        if self._find_new(polled.items):
            # What may have passed is asked for again: an answer "not modified" would hide it.
            state = replace(state, etag=None, last_modified=None)
        with self.store.write() as writer:
            if any(known.url == state.url for known in writer.iter_feeds()):
                writer.set_feed(state, at=self.clock())

    def _find_new(self, urls: Iterable[str]) -> list[str]:
        """Return the addresses of which nothing is in the case, nor a refusal that would come again."""
        with self.store.view() as view:
            return [url for url in urls if all(is_passing(capture) for capture in view.iter_asked(url))]

    # Joining.

    def join(self) -> Iterator[int]:
        """Join all that was added or judged with the rest; yield how many documents or stories are done, now and then.

        Raises:
            CaseError: The case cannot be written.
        """
        return Joining(self.store).join()

    def count_waiting(self) -> int:
        """Return how many documents and stories wait to be joined."""
        return Joining(self.store).count_waiting()

    # Looking.

    @contextmanager
    def look(self) -> Iterator[Lists]:
        """Return a block in which the lists of the case are those of one moment."""
        with self.store.view() as view:
            yield Lists(view)

    # Judging and reading again.

    def review(self) -> Review:
        """Return what a person's review of the case asks of it."""
        return Review(self.store)

    def pairs(self) -> Pairs:
        """Return what makes judgements of two claims or two parties."""
        return Pairs(self.store, self.review())

    def rereading(self) -> Rereading:
        """Return what reads the case again with the model at hand."""
        return Rereading(self.store, self.reader, clock=self.clock)

    # Keeping.

    def verify(self, *, tell: Callable[[int], None] = lambda _n: None) -> Checked:
        """Return whether the case is as it was written, and where it is not."""
        with self.store.view() as view:
            return verify(view, tell=tell)

    def find_entry(self, log_hash: str) -> LogEntry | None:
        """Return the log entry of this hash; None where there is none: then the log is not the one that was told of."""
        with self.store.view() as view:
            return next((entry for entry in view.iter_log() if entry.hash == log_hash), None)

    def purge(self, document: str) -> int:
        """Remove a document with all that was made of it; return how many captures went with it.

        Args:
            document: Its id, or the beginning of it.

        Raises:
            NotInCase: The case has no such document, or several.
        """
        with self.store.write() as writer:
            found = writer.find_id("doc", document)
            replaced = writer.get_document(found).supersedes
            newest = find_newest(writer, found)
            claims, numbers = forget_document(writer, found)
            n_captures = writer.purge(found, at=self.clock())
            if replaced is not None:
                numbers += enter_again(writer, replaced)
            if newest is not None:
                # What was found there may tell of what this version said.
                numbers += enter_again(writer, newest)
            rejoin_after(writer, claims, numbers)
            return n_captures
