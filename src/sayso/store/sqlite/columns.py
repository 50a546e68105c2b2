"""Columns of numbers for the lists, packed in pieces of about a thousand records, each a row of the table ``columns``.

A list looks at whole columns: a million and a half rows in some milliseconds, whatever is asked for, and its total is
exact. Each record begins with the number of its document or row; a piece holds those from its own number up to the
next piece's. What a document has is replaced as a whole.
"""

from __future__ import annotations

import threading
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from sayso.errors import DamagedCase

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Mapping

    from numpy.typing import NDArray

POSITION_BITS: Final = 17
"""So many low bits of a row's number are its place in the document; the rest is the document's number."""

ROWS, MARKS, FIGURES, DOCUMENTS, TOLD = "rows", "marks", "figures", "documents", "told"
VIA, PLACE = 0, 1

TYPES: Final[Mapping[str, np.dtype[Any]]] = MappingProxyType(
    {
        ROWS: np.dtype(
            [
                ("number", "<i8"),
                ("source", "<i8"),
                ("confidence", "<f8"),
                ("code", "<u4"),
                ("name", "<i4"),
                ("outlet", "<i4"),
                ("line", "<i4"),
                ("added", "<i4"),
                ("day", "<i4"),
            ]
        ),
        MARKS: np.dtype([("number", "<i8"), ("name", "<i4"), ("kind", "<i4")]),
        FIGURES: np.dtype([("number", "<i8"), ("low", "<f8"), ("high", "<f8"), ("unit", "<i4")]),
        DOCUMENTS: np.dtype(
            [
                ("number", "<i8"),
                ("outlet", "<i4"),
                ("added", "<i4"),
                ("day", "<i4"),
                ("n_claims", "<i4"),
                ("n_problems", "<i4"),
            ]
        ),
        # Of the rows that tell a claim which one, and what it has in all documents: claims are numbered from 1.
        TOLD: np.dtype(
            [
                ("number", "<i8"),
                ("claim", "<i4"),
                ("least", "<i4"),
                ("n_outlets", "<i4"),
                ("n_tellings", "<i4"),
                ("n_documents", "<i4"),
                ("is_disputed", "<i4"),
            ]
        ),
    }
)
PIECE = 1_024
UNKNOWN_DAY: Final = 0


class Table:
    """Records as columns. They are not to be changed."""

    def __init__(self, records: NDArray[Any]) -> None:
        """Take packed records."""
        self.packed = records
        self._columns: dict[str, NDArray[Any]] = {}

    def __getitem__(self, name: str) -> NDArray[Any]:
        """Return a column; it is unpacked when it is first asked for."""
        column = self._columns.get(name)
        if column is None:
            column = self._columns[name] = np.ascontiguousarray(self.packed[name])
        return column

    def cut(self, first: int, last: int) -> NDArray[Any]:
        """Return the records of these numbers, packed."""
        numbers = self["number"]
        return self.packed[np.searchsorted(numbers, first) : np.searchsorted(numbers, last, side="right")]


class Beside(Table):
    """Columns beside those of another table: of each of its records what is known of it, and 0 where nothing is."""

    def __init__(self, known: Table, numbers: NDArray[Any]) -> None:
        """Put the records that are known beside those that have their numbers; there may be others."""
        super().__init__(known.packed)
        places = np.searchsorted(numbers, known["number"])
        is_there = places < len(numbers)
        is_there[is_there] = numbers[places[is_there]] == known["number"][is_there]
        self._n = len(numbers)
        self._is_there = is_there
        self._places = places[is_there]

    def __getitem__(self, name: str) -> NDArray[Any]:
        """Return a column; it is laid out when it is first asked for."""
        column = self._columns.get(name)
        if column is None:
            column = np.zeros(self._n, dtype=self.packed.dtype[name])
            column[self._places] = self.packed[name][self._is_there]
            self._columns[name] = column
        return column


def find_document(number: NDArray[Any]) -> NDArray[Any]:
    """Return the numbers of the documents of rows."""
    return (number >> POSITION_BITS) << POSITION_BITS


class ColumnReader:
    """Columns as they were last read; only what changed since is read again. Shared by the views of one store."""

    def __init__(self, path: str) -> None:
        """Start with nothing."""
        self._path = path
        self._lock = threading.Lock()
        self._known: dict[str, _Known] = {}
        self._beside: tuple[Table, Table, Beside] | None = None

    def load(self, connection: sqlite3.Connection, what: str) -> Table:
        """Return the columns of one table as the connection's transaction sees them. They are not to be changed."""
        serial = int(connection.execute("SELECT number FROM serial").fetchone()[0])
        with self._lock:
            known = self._known.get(what)
            if known is not None and known.serial == serial:
                return known.table
            fresh = self._refresh(connection, what, known, serial)
            if known is None or known.serial < serial:
                self._known[what] = fresh
            return fresh.table

    def load_told(self, connection: sqlite3.Connection) -> Table:
        """Return what is known of the claims that rows tell, beside the columns of rows."""
        rows, told = self.load(connection, ROWS), self.load(connection, TOLD)
        with self._lock:
            if self._beside is None or self._beside[:2] != (rows, told):
                self._beside = (rows, told, Beside(told, rows["number"]))
            return self._beside[2]

    def find(self, connection: sqlite3.Connection, name: str, sql: str) -> NDArray[Any]:
        """Return the numbers that a statement gives, from the last time if nothing was written since."""
        serial = int(connection.execute("SELECT number FROM serial").fetchone()[0])
        with self._lock:
            known = self._known.get(name)
            if known is None or known.serial != serial:
                found = np.fromiter((row[0] for row in connection.execute(sql)), dtype=np.int64)
                known = _Known(serial, {}, Table(found.view([("number", np.int64)])))
                self._known[name] = known
            return known.table["number"]

    def _refresh(self, connection: sqlite3.Connection, what: str, known: _Known | None, serial: int) -> _Known:
        heads = connection.execute(
            "SELECT first, version FROM columns WHERE what = ? ORDER BY first", (what,)
        ).fetchall()
        older = known.pieces if known is not None else {}
        if known is not None and list(older) == heads:
            return _Known(serial, known.pieces, known.table)
        pieces: dict[tuple[int, int], NDArray[Any]] = {}
        if len(older) == 0:
            rows = connection.execute("SELECT first, version, data FROM columns WHERE what = ? ORDER BY first", (what,))
            pieces = {(first, version): self.unpack(what, data) for first, version, data in rows}
        else:
            for head in heads:
                pieces[head] = older[head] if head in older else self.read(connection, what, head[0])
        joined = np.concatenate(list(pieces.values())) if pieces else np.empty(0, TYPES[what])
        table = Table(joined)
        numbers = table["number"]
        if len(numbers) > 1 and bool((numbers[1:] < numbers[:-1]).any()):
            raise DamagedCase(self._path, f"columns of {what} are out of order")
        ends = np.cumsum([len(piece) for piece in pieces.values()]).tolist()
        # Kept as parts of the whole, so that nothing lies in memory twice.
        held = {head: joined[end - len(piece) : end] for (head, piece), end in zip(pieces.items(), ends, strict=True)}
        return _Known(serial, held, table)

    def read(self, connection: sqlite3.Connection, what: str, first: int) -> NDArray[Any]:
        """Return one piece."""
        sql = "SELECT data FROM columns WHERE what = ? AND first = ?"
        row = connection.execute(sql, (what, first)).fetchone()
        return self.unpack(what, row[0])

    def unpack(self, what: str, data: bytes) -> NDArray[Any]:
        """Return the records of a piece.

        Raises:
            DamagedCase: It is none.
        """
        if len(data) % TYPES[what].itemsize:
            raise DamagedCase(self._path, f"columns of {what} are cut off")
        return np.frombuffer(data, TYPES[what])


@dataclass(frozen=True, slots=True)
class _Known:
    """Columns as of a serial number of writing, with the pieces that they are made of."""

    serial: int
    pieces: dict[tuple[int, int], NDArray[Any]]
    table: Table


class ColumnWriter:
    """Gathers what a write block changes, and writes each piece once."""

    def __init__(self, connection: sqlite3.Connection, path: str) -> None:
        """Start with no changes."""
        self._connection = connection
        self._reader = ColumnReader(path)
        self._changes: dict[str, dict[int, NDArray[Any]]] = {}

    def replace(self, what: str, document: int, records: list[tuple[Any, ...]]) -> None:
        """Put these records, in order, in the place of all that a document has."""
        self._changes.setdefault(what, {})[document] = np.array(records, TYPES[what])

    def flush(self, version: int) -> None:
        """Write what was gathered. Each piece gets the version."""
        for what, changes in self._changes.items():
            pending = sorted(changes.items())
            while pending:
                pending = self._flush_piece(what, pending, version)
        self._changes = {}

    def _flush_piece(
        self, what: str, pending: list[tuple[int, NDArray[Any]]], version: int
    ) -> list[tuple[int, NDArray[Any]]]:
        """Write the piece in which the first document that changed lies; return what lies beyond it."""
        sql = "SELECT max(first) FROM columns WHERE what = ? AND first <= ?"
        first = self._connection.execute(sql, (what, pending[0][0])).fetchone()[0]
        sql = "SELECT min(first) FROM columns WHERE what = ? AND first > ?"
        after = self._connection.execute(sql, (what, pending[0][0] if first is None else first)).fetchone()[0]
        if first is None and after is not None:
            # Newer than all: most articles are, when they are added.
            first, after = after, self._connection.execute(sql, (what, after)).fetchone()[0]
        here = [change for change in pending if after is None or change[0] < after]
        held = np.empty(0, TYPES[what]) if first is None else self._reader.read(self._connection, what, first)
        documents = find_document(held["number"])
        kept = held[~np.isin(documents, [number for number, _ in here])]
        merged = np.concatenate([kept, *(records for _, records in here)])
        merged = merged[np.argsort(merged["number"], kind="stable")]
        if merged.tobytes() == held.tobytes():
            return pending[len(here) :]
        if first is not None:
            self._connection.execute("DELETE FROM columns WHERE what = ? AND first = ?", (what, first))
        for piece in _split(merged):
            row = (what, int(find_document(piece["number"][:1])[0]), version, len(piece), piece.tobytes())
            self._connection.execute("INSERT INTO columns VALUES (?, ?, ?, ?, ?)", row)
        return pending[len(here) :]


def _split(records: NDArray[Any]) -> list[NDArray[Any]]:
    """Return records in pieces of which none is much longer than `PIECE`, cut between documents only."""
    if len(records) <= PIECE:
        return [records] if len(records) else []
    documents = find_document(records["number"])
    starts = np.flatnonzero(np.diff(documents)) + 1
    cuts = [0]
    for start in starts:
        if start - cuts[-1] >= PIECE // 2:
            cuts.append(int(start))
    return [records[start:end] for start, end in zip(cuts, [*cuts[1:], len(records)], strict=True)]
