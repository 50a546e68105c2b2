"""Opens the file of a case, and says in our words what SQLite finds wrong with it.

Files are for their owner alone from their first byte; what SQLite makes beside one gets the same mode from it. A case
may come from anybody: nothing that its schema holds runs with trust, and no extension is ever loaded.
"""

from __future__ import annotations

import os
import sqlite3
import stat
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from sayso.errors import BusyCase, CaseExists, DamagedCase, LockedCase, MissingCase, NotACase, UnwritableCase
from sayso.store.sqlite.encryption import load_sqlcipher, unlock

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

WAIT_S = 60.0
READ_AND_WRITE = "mode=rw"
APPLICATION_ID = int.from_bytes(b"Says", "big")
MAGIC = b"SQLite format 3\0"
HEADER_BYTES = 100
MOST_PAGE_BYTES = 65_536
LOCKED_PAGE_BYTES = 4_096
"""An encrypted case is whole pages of this size, and looks like chance."""
CACHE_KIB = 32 * 1024
JOURNAL_BYTES = 64 * 1024 * 1024
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
        """Return a connection that is set up; nothing was read yet.

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
            if self.passphrase is not None:
                unlock(connection, self.passphrase)
            for pragma in PRAGMAS:
                connection.execute(f"PRAGMA {pragma}")
        return connection


@contextmanager
def translated(place: Place) -> Iterator[None]:
    """Return a block in which what SQLite raises becomes an error of ours.

    Raises:
        CaseError: The subclass that says what is wrong.
    """
    engine = place.engine
    try:
        yield
    except (engine.Error, engine.Warning) as error:
        code = getattr(error, "sqlite_errorcode", sqlite3.SQLITE_ERROR)
        raise _name_error(place, code, str(error)) from error
    except (IndexError, OverflowError, TypeError, ValueError) as error:
        # Numbers that lead nowhere, texts that are none: nothing that we have written.
        raise DamagedCase(str(place.path), f"impossible values: {error}") from error


def _name_error(place: Place, code: int, message: str) -> Exception:
    """Return our error for one of SQLite's.

    Source: https://www.sqlite.org/rescode.html
    """
    path = str(place.path)
    primary = code & 0xFF
    if primary == sqlite3.SQLITE_NOTADB and place.passphrase is not None:
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
        raise UnwritableCase(str(path), _say(error)) from error
    os.close(handle)


def check_header(path: Path, *, is_encrypted: bool = False) -> bool:
    """Return whether the file of a case is encrypted, as far as its first bytes tell.

    Args:
        path: The file.
        is_encrypted: Whether it is said to be: then it may begin with anything.

    Raises:
        LockedCase: It may be an encrypted case, and is not said to be one.
        MissingCase: There is no such file.
        NotACase: It is something else.
        UnwritableCase: It cannot be read.
    """
    header, size = _read_header(path)
    if not header:
        raise NotACase(str(path), "an empty file")
    if not header.startswith(MAGIC):
        what = next((what for start, what in KNOWN_STARTS if header.startswith(start)), None)
        if what is not None or size % LOCKED_PAGE_BYTES:
            raise NotACase(str(path), what)
        if not is_encrypted:
            raise LockedCase(str(path))
        return True
    if len(header) < HEADER_BYTES:
        raise DamagedCase(str(path), "it is cut off in its first 100 bytes")
    if int.from_bytes(header[68:72], "big") != APPLICATION_ID:
        raise NotACase(str(path), "a SQLite file of another program")
    if size < _count_bytes(header) and not _has_bytes(path.with_name(f"{path.name}-wal")):
        raise DamagedCase(str(path), "it is cut off")
    return False


def find_place(path: Path, passphrase: str | None = None) -> Place:
    """Return how a case can be opened: to be written, else to be read beside its write-ahead log, else read alone.

    A case on a medium that cannot be written has no place for the files that SQLite keeps beside it.

    Raises:
        CaseError: In none of these ways.
    """
    failure: Exception | None = None
    for options in (READ_AND_WRITE, "mode=ro", "mode=ro&immutable=1"):
        if "immutable" in options and _has_bytes(path.with_name(f"{path.name}-wal")):
            break
        place = Place(path, options, passphrase=passphrase)
        try:
            with closing(place.connect()) as connection, translated(place):
                connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()
        except UnwritableCase as error:
            failure = failure or error
            continue
        return place
    raise failure or UnwritableCase(str(path), "its write-ahead log lies on a medium that cannot be written")


def _read_header(path: Path) -> tuple[bytes, int]:
    """Return the first bytes of a file and how many it has."""
    try:
        if not stat.S_ISREG(path.stat().st_mode):
            raise NotACase(str(path), "a folder or device")
        with path.open("rb") as file:
            header = file.read(HEADER_BYTES)
        size = path.stat().st_size
    except FileNotFoundError as error:
        raise MissingCase(str(path)) from error
    except (OSError, ValueError) as error:
        raise UnwritableCase(str(path), _say(error)) from error
    return header, size


def _count_bytes(header: bytes) -> int:
    """Return how long a file says that it is.

    What is written is in the write-ahead log before it is in the file, so that the file may be shorter while that log
    has something in it.

    Source: https://www.sqlite.org/fileformat2.html#the_database_header, 1.3.2 and 1.3.7.
    """
    page_bytes = int.from_bytes(header[16:18], "big")
    page_bytes = MOST_PAGE_BYTES if page_bytes == 1 else page_bytes
    return page_bytes * int.from_bytes(header[28:32], "big")


def _has_bytes(path: Path) -> bool:
    try:
        return path.stat().st_size > 0
    except OSError:
        return False


def _say(error: OSError | ValueError) -> str:
    return (error.strerror if isinstance(error, OSError) else None) or str(error)
