"""Words that stand in the columns as numbers, each kept once, with how often it is used."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from sayso.store.sqlite.kept import clean

if TYPE_CHECKING:
    import sqlite3


class Numbered:
    """A table of words with their numbers, within one transaction. A word that nothing uses any more is removed."""

    def __init__(self, connection: sqlite3.Connection, table: str) -> None:
        """Use a table that has number, folded and n.

        Args:
            connection: Within a transaction.
            table: One of ours: its name becomes a part of statements.
        """
        self._connection = connection
        self._table = table
        self._numbers: dict[str, int] = {}
        self._uses: Counter[str] = Counter()

    def use(self, word: str) -> int:
        """Return the number of a word that is used once more."""
        word = clean(word)
        self._uses[word] += 1
        number = self._numbers.get(word)
        if number is None:
            find = f"SELECT number FROM {self._table} WHERE folded = ?"  # noqa: S608  our own table
            row = self._connection.execute(find, (word,)).fetchone()
            if row is None:
                add = f"INSERT INTO {self._table} (folded, n) VALUES (?, 0) RETURNING number"  # noqa: S608  the same
                row = self._connection.execute(add, (word,)).fetchone()
            number = self._numbers[word] = int(row[0])
        return number

    def free(self, word: str) -> None:
        """Count a word as used once less."""
        self._uses[clean(word)] -= 1

    def flush(self) -> None:
        """Write how often words are used, and forget those that are used no more."""
        changed = [(count, word) for word, count in self._uses.items() if count]
        update = f"UPDATE {self._table} SET n = n + ? WHERE folded = ?"  # noqa: S608  the same
        self._connection.executemany(update, changed)
        unused = f"DELETE FROM {self._table} WHERE folded = ? AND n <= 0"  # noqa: S608  the same
        # Not only those used less: one may have been made and freed in this block.
        gone = [(word,) for word, count in self._uses.items() if count <= 0]
        self._connection.executemany(unused, gone)
        for (word,) in gone:
            self._numbers.pop(word, None)
        self._uses.clear()
