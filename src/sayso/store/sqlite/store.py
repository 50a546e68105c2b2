"""A case in one file: views and write blocks, for threads and processes at once."""

from __future__ import annotations

import threading
import time
from contextlib import ExitStack, contextmanager, suppress
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from sayso.errors import CaseError, DamagedCase, LockedCase, MovedCase, UnopenableCase, UnwritableCase
from sayso.records import LogKind
from sayso.store import digests
from sayso.store.sqlite.columns import ColumnReader
from sayso.store.sqlite.connection import (
    READ_AND_WRITE,
    Place,
    check_header,
    create_file,
    identify,
    open_place,
    translated,
)
from sayso.store.sqlite.encryption import check_passphrase, is_passphrase, load_sqlcipher
from sayso.store.sqlite.log import add_entry
from sayso.store.sqlite.migrations import check_schema, load_schema, make_schema, migrate, stamp
from sayso.store.sqlite.view import SqliteView
from sayso.store.sqlite.writer import SqliteWriter

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterator
    from pathlib import Path

FOLD_EVERY_S = 1.0
"""So often what was written is moved into the file, at most: each time waits for the disk (30 to 40 ms, measured)."""
IDLE_MAX = 8
"""So many connections are kept for the next reader."""


def create_case(path: Path, *, name: str, at: str, passphrase: str | None = None) -> SqliteStore:
    """Make a new case, which nobody but its owner can read.

    Args:
        path: The file; nothing may be there.
        name: As its owner calls it.
        at: UTC.
        passphrase: Encrypts the case; without it nobody can ever read it. None for one that is not encrypted.

    Raises:
        CaseExists: There is something at that place.
        UnwritableCase: Nothing can be written there.
        MissingExtra: The package that encrypts is not installed.
        SettingsError: The passphrase can be none.
    """
    place = Place(path, passphrase=passphrase)
    if passphrase is not None:
        check_passphrase(passphrase)
        load_sqlcipher()
    create_file(path)
    try:
        _fill(place, name=name, at=at)
    except BaseException as error:
        for ending in ("-wal", "-shm", "-journal", ""):
            with suppress(OSError):
                path.with_name(path.name + ending).unlink(missing_ok=True)
        if isinstance(error, UnwritableCase):
            raise UnwritableCase(str(path), error.reason, is_new=True) from error
        raise
    return SqliteStore(place)


def open_case(path: Path, *, passphrase: str | None = None) -> SqliteStore:
    """Open a case; one of an older version is brought up to date, with a copy beside it.

    Args:
        path: The file.
        passphrase: For an encrypted case; of one that is not it is not looked at: it may be set for all cases.

    Raises:
        CaseError: There is none, it is damaged, or a newer version made it; `LockedCase` where the passphrase is
            missing or wrong.
        MissingExtra: It is encrypted, and the package for that is not installed.
    """
    try:
        return _open(path, passphrase)
    except DamagedCase as error:
        raise UnopenableCase(error.path, error.where) from error


def _open(path: Path, passphrase: str | None) -> SqliteStore:
    """Return the same, as `open_case` does; what is damaged then cannot be told further."""
    if not check_header(path):
        passphrase = None
    elif passphrase is None or not is_passphrase(passphrase):
        raise LockedCase(str(path))
    identity = identify(path)
    place, connection = open_place(path, passphrase)
    with ExitStack() as unless_it_opens:
        unless_it_opens.callback(connection.close)
        version = check_schema(connection, place)
        if place.options == READ_AND_WRITE:
            migrate(connection, place, version, at=datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"))
        elif version < len(load_schema()):
            raise UnwritableCase(str(path), "an older version made it, and it has to be brought up to date")
        unless_it_opens.pop_all()
    return SqliteStore(place, connection, identity=identity)


class SqliteStore:
    """A case in a file. Safe to share between threads; several processes may open the same case."""

    def __init__(
        self, place: Place, connection: sqlite3.Connection | None = None, *, identity: tuple[int, int] | None = None
    ) -> None:
        """Use a case that was checked (see `open_case`).

        Args:
            place: Where it lies.
            connection: One that is open already, for who reads first: of an encrypted case each takes 0.1 s to open.
            identity: Of the file that was opened (see `identify`); None for the one that is there.
        """
        self._identity = identity or identify(place.path)
        self._place = place
        self._columns = ColumnReader(str(place.path))
        self._lock = threading.Lock()
        self._writing = threading.Lock()
        self._idle: list[sqlite3.Connection] = [] if connection is None else [connection]
        self._is_open = True
        self._folded_at = float("-inf")

    @contextmanager
    def view(self) -> Iterator[SqliteView]:
        """Return a block in which the case is read.

        Raises:
            CaseError: It cannot be.
        """
        connection = self._take()
        try:
            with translated(self._place):
                connection.execute("BEGIN")
                # The first read settles what the block sees; of the page that every case is opened by.
                connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()
            yield SqliteView(connection, self._place, self._columns)
        finally:
            self._give_back(connection)

    @contextmanager
    def write(self) -> Iterator[SqliteWriter]:
        """Return a block that is kept whole when it ends, and not at all if it raises.

        Raises:
            BusyCase: Others hold the case for too long.
            MovedCase: Its file is not at its place any more.
            UnwritableCase: The case cannot be written.
        """
        if self._place.options != READ_AND_WRITE:
            raise UnwritableCase(str(self._place.path), "it lies where nothing can be written")
        with self._writing:
            connection = self._take()
            try:
                self._require_there()
                with translated(self._place):
                    connection.execute("BEGIN IMMEDIATE")
                writer = SqliteWriter(connection, self._place)
                yield writer
                writer.finish()
                self._require_there()
                with translated(self._place):
                    connection.execute("COMMIT")
                if writer.has_purged:
                    self._empty_log(connection)
                elif time.monotonic() - self._folded_at >= FOLD_EVERY_S:
                    self._fold(connection)
            finally:
                self._give_back(connection)

    def close(self) -> None:
        """Let go of the case. Closing twice is fine."""
        with self._lock:
            self._is_open = False
            idle, self._idle = self._idle, []
        is_there = identify(self._place.path) == self._identity
        for connection in idle:
            if not is_there:
                # SQLite then leaves the write-ahead log as it is, and what is there now would be opened with it.
                self._fold(connection)
            with suppress(self._place.engine.Error):
                connection.close()

    def _empty_log(self, connection: sqlite3.Connection) -> None:
        """Move all that was written into the file, and empty the write-ahead log, in which older pages stand."""
        with translated(self._place):
            is_busy, *_ = connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
        if is_busy:
            raise CaseError(
                str(self._place.path),
                "the document is gone, and traces of it are left in the file beside the case while another program "
                "reads it. Close that program and purge again, or open and close the case.",
            )

    def _fold(self, connection: sqlite3.Connection) -> None:
        """Move what was written into the file, unless somebody else is reading or writing; the next block does then.

        So the file itself is nearly always whole, whoever copies it. What fails here has been kept before: it is in
        the write-ahead log. Done after every block it would take longer than all the rest of adding.
        """
        self._folded_at = time.monotonic()
        with suppress(self._place.engine.Error):
            connection.execute("PRAGMA busy_timeout = 0")
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
        connection.execute(f"PRAGMA busy_timeout = {int(self._place.wait_s * 1_000)}")

    def _take(self) -> sqlite3.Connection:
        with self._lock:
            if not self._is_open:
                raise CaseError(str(self._place.path), "the case was closed. Open it again.")
            if self._idle:
                return self._idle.pop()
        # Before, too: another file at this name must not be opened beside the write-ahead log of ours.
        self._require_there()
        connection = self._place.connect()
        try:
            self._require_there()
        except MovedCase:
            connection.close()
            raise
        return connection

    def _require_there(self) -> None:
        """Return if the path still leads to the file that was opened.

        Raises:
            MovedCase: It does not.
        """
        if identify(self._place.path) != self._identity:
            raise MovedCase(str(self._place.path))

    def _give_back(self, connection: sqlite3.Connection) -> None:
        """Keep a connection for the next, unless there are enough or it does not come clean."""
        try:
            if connection.in_transaction:
                connection.execute("ROLLBACK")
        except self._place.engine.Error:
            connection.close()
            return
        with self._lock:
            if self._is_open and len(self._idle) < IDLE_MAX:
                self._idle.append(connection)
                return
        connection.close()


def _fill(place: Place, *, name: str, at: str) -> None:
    """Make an empty file a case. What is not finished has no number of a schema, and is no case."""
    connection = place.connect()
    try:
        with translated(place):
            connection.execute("BEGIN IMMEDIATE")
            make_schema(connection, load_schema())
            salt = digests.make_salt()
            held = {"name": name, "created_at": at, "salt": salt}
            connection.executemany("INSERT INTO meta VALUES (?, ?)", held.items())
            connection.execute("INSERT INTO serial VALUES (1)")
            digest = digests.digest(salt, digests.keep_case(name, at))
            add_entry(connection, LogKind.CASE, digests.name_case(name, at), digest, at=at)
            stamp(connection)
            connection.execute("COMMIT")
            connection.execute("PRAGMA journal_mode = WAL")
    finally:
        connection.close()
