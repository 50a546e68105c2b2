"""Opens the file of a case, and says in our words what SQLite finds wrong with it.

Files are for their owner alone from their first byte; what SQLite makes beside one gets the same mode from it. A case
may come from anybody: nothing that its schema holds runs with trust, and no extension is ever loaded.
"""

from __future__ import annotations

import os
import sqlite3
import stat
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from sayso.errors import BusyCase, CaseExists, DamagedCase, LockedCase, MissingCase, NotACase, UnwritableCase
from sayso.store.sqlite.encryption import load_sqlcipher, looks_encrypted, unlock

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

WAIT_S = 60.0
READ_AND_WRITE = "mode=rw"
APPLICATION_ID = int.from_bytes(b"Says", "big")
MAGIC = b"SQLite format 3\0"
HEADER_BYTES = 100
MOST_PAGE_BYTES = 65_536
FIRST_BYTES = 4_096
"""As many as a page of an encrypted case has."""
CACHE_KIB = 32 * 1024
JOURNAL_BYTES = 64 * 1024 * 1024
FOREIGN = "a SQLite file of another program"
KNOWN_STARTS = (
    (b"%PDF", "a PDF"),
    (b"PK\x03\x04", "a ZIP file"),
    (b"\x1f\x8b", "a gzip file"),
    (b"<", "a page"),
    (b"WARC/", "a WARC file"),
)
PRAGMAS = (
    "trusted_schema = OFF",
    "cell_size_check = ON",
    "foreign_keys = ON",
    "secure_delete = ON",
    "temp_store = MEMORY",
    "synchronous = FULL",
    f"cache_size = -{CACHE_KIB}",
    f"journal_size_limit = {JOURNAL_BYTES}",
)


@dataclass(frozen=True, slots=True)
class Place:
    """Where a case lies and how it is opened.

    Attributes:
        path: The file.
        options: What SQLite is told beside the path: how it may be used.
        wait_s: How long others are waited for.
        passphrase: What an encrypted case is opened with; None for one that is not.
    """

    path: Path
    options: str = READ_AND_WRITE
    wait_s: float = WAIT_S
    passphrase: str | None = field(default=None, repr=False)

    @property
    def engine(self) -> Any:  # noqa: ANN401  a module
        """Return the module that opens the file: `sqlite3` or one that can be called like it."""
        return sqlite3 if self.passphrase is None else load_sqlcipher()

    def connect(self) -> sqlite3.Connection:
        """Return a connection that is set up; nothing was read yet, so that the passphrase may still be wrong.

        Raises:
            CaseError: The file cannot be opened.
            MissingExtra: The case is encrypted, and the package for that is not installed.
        """
        uri = f"file:{quote(str(self.path.absolute()))}?{self.options}"
        with translated(self):
            # Threads take turns: the store hands a connection to one at a time.
            connection: sqlite3.Connection = self.engine.connect(
                uri, uri=True, timeout=self.wait_s, isolation_level=None, check_same_thread=False
            )
            with ExitStack() as unless_it_is_set_up:
                unless_it_is_set_up.callback(connection.close)
                if self.passphrase is not None:
                    unlock(connection, self.passphrase)
                for pragma in PRAGMAS:
                    connection.execute(f"PRAGMA {pragma}")
                unless_it_is_set_up.pop_all()
        return connection


@contextmanager
def translated(place: Place) -> Iterator[None]:
    """Return a block in which what SQLite raises becomes an error of ours.

    Raises:
        CaseError: The subclass that says what is wrong.
    """
    try:
        yield
    except (place.engine.Error, place.engine.Warning) as error:
        code = getattr(error, "sqlite_errorcode", sqlite3.SQLITE_ERROR)
        raise _name_error(place, code, str(error)) from error
    except (AttributeError, LookupError, OverflowError, TypeError, ValueError) as error:
        # Numbers that lead nowhere, texts that are none: nothing that we have written.
        raise DamagedCase(str(place.path), f"impossible values: {error}") from error


def _name_error(place: Place, code: int, message: str) -> Exception:
    """Return our error for one of SQLite's.

    Source: https://www.sqlite.org/rescode.html
    """
    path = str(place.path)
    primary = code & 0xFF
    if primary == sqlite3.SQLITE_NOTADB and place.passphrase is not None:
        # The first page does not open: another passphrase, a case that is damaged there, or none. Nobody can tell.
        return LockedCase(path)
    if primary in {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}:
        return BusyCase(path, place.wait_s)
    if primary == sqlite3.SQLITE_IOERR and code != sqlite3.SQLITE_IOERR_SHORT_READ:
        return UnwritableCase(path, message)
    if primary in {
        sqlite3.SQLITE_READONLY,
        sqlite3.SQLITE_CANTOPEN,
        sqlite3.SQLITE_FULL,
        sqlite3.SQLITE_PERM,
        sqlite3.SQLITE_TOOBIG,
    }:
        return UnwritableCase(path, message)
    return DamagedCase(path, message)


def create_file(path: Path) -> None:
    """Make an empty file that nobody but its owner can read.

    Raises:
        CaseExists: There is something at that place.
        UnwritableCase: The folder is not there or cannot be written.
    """
    try:
        handle = os.open(path, os.O_CREAT | os.O_EXCL | os.O_RDWR | getattr(os, "O_BINARY", 0), 0o600)
    except FileExistsError as error:
        raise CaseExists(str(path)) from error
    except (OSError, ValueError) as error:
        raise UnwritableCase(str(path), _say(error), is_new=True) from error
    os.close(handle)


def check_header(path: Path) -> bool:
    """Return whether a file has to be unlocked before more is known; False for a case that is not encrypted.

    Raises:
        MissingCase: There is no such file.
        NotACase: It is something else.
        DamagedCase: It is cut off.
        UnwritableCase: It cannot be read.
    """
    first, size = _read_first(path)
    if not first:
        raise NotACase(str(path), "an empty file")
    if not first.startswith(MAGIC):
        # One encrypted case in 256 begins as a page does.
        if looks_encrypted(first):
            return True
        raise NotACase(str(path), next((what for start, what in KNOWN_STARTS if first.startswith(start)), None))
    if len(first) < HEADER_BYTES:
        raise DamagedCase(str(path), "it is cut off in its first 100 bytes")
    if int.from_bytes(first[68:72], "big") != APPLICATION_ID:
        raise NotACase(str(path), FOREIGN)
    if size < _count_bytes(first) and not _has_log(path):
        raise DamagedCase(str(path), "it is cut off")
    return False


def identify(path: Path) -> tuple[int, int]:
    """Return what tells a file from every other, wherever it is moved; nothing at all where there is no file.

    Systems that number no files give zeros: one file is then as good as another.
    """
    try:
        found = path.stat()
    except OSError:
        return -1, -1
    return found.st_dev, found.st_ino


def open_place(path: Path, passphrase: str | None = None) -> tuple[Place, sqlite3.Connection]:
    """Open a case to be written, else to be read beside its write-ahead log, else to be read alone; return how.

    A case on a medium that cannot be written has no place for the files that SQLite keeps beside it.

    Args:
        path: Its file, whose beginning was checked.
        passphrase: None for a case that is not encrypted.

    Raises:
        CaseError: In none of these ways.
        MissingExtra: It is encrypted, and the package for that is not installed.
    """
    failure: Exception | None = None
    for options in (READ_AND_WRITE, "mode=ro", "mode=ro&immutable=1"):
        if "immutable" in options and _has_log(path):
            break
        place = Place(path, options, passphrase=passphrase)
        try:
            return place, _begin(place)
        except UnwritableCase as error:
            failure = failure or error
    raise failure or UnwritableCase(str(path), "its write-ahead log lies on a medium that cannot be written")


def _begin(place: Place) -> sqlite3.Connection:
    """Return a connection that has read something: the passphrase is right, and the file is a case.

    Raises:
        CaseError: One of these is not so.
    """
    with ExitStack() as unless_it_is:
        connection = place.connect()
        unless_it_is.callback(connection.close)
        with translated(place):
            connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()
            found = connection.execute("PRAGMA application_id").fetchone()[0]
            pages = connection.execute("PRAGMA page_count").fetchone()[0]
        if found != APPLICATION_ID:
            raise NotACase(str(place.path), FOREIGN)
        # Of a case that is not encrypted `check_header` has seen it.
        if place.passphrase is not None and not _has_log(place.path):
            _, size = _read_first(place.path)
            if size < pages * FIRST_BYTES:
                raise DamagedCase(str(place.path), "it is cut off")
        unless_it_is.pop_all()
    return connection


def _read_first(path: Path) -> tuple[bytes, int]:
    """Return the first bytes of a file and how many it has."""
    try:
        if not stat.S_ISREG(path.stat().st_mode):
            raise NotACase(str(path), "a folder or device")
        with path.open("rb") as file:
            first = file.read(FIRST_BYTES)
        size = path.stat().st_size
    except FileNotFoundError as error:
        raise MissingCase(str(path)) from error
    except (OSError, ValueError) as error:
        raise UnwritableCase(str(path), _say(error)) from error
    return first, size


def _count_bytes(header: bytes) -> int:
    """Return how long a file says that it is.

    What is written is in the write-ahead log before it is in the file, so that the file may be shorter while that log
    has something in it.

    Source: https://www.sqlite.org/fileformat2.html#the_database_header, 1.3.2 and 1.3.7.
    """
    page_bytes = int.from_bytes(header[16:18], "big")
    page_bytes = MOST_PAGE_BYTES if page_bytes == 1 else page_bytes
    return page_bytes * int.from_bytes(header[28:32], "big")


def _has_log(path: Path) -> bool:
    """Return whether something is in the write-ahead log of a case."""
    try:
        return path.with_name(f"{path.name}-wal").stat().st_size > 0
    except OSError:
        return False


def _say(error: OSError | ValueError) -> str:
    return (error.strerror if isinstance(error, OSError) else None) or str(error)
