"""Which rows and documents a filter asks for: whole columns at a time. The meaning is that of `sayso.store.asked`."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np

from sayso.records import Filter
from sayso.store.rows import fold
from sayso.store.sqlite.codes import choose
from sayso.store.sqlite.columns import DOCUMENTS, FIGURES, MARKS, PLACE, POSITION_BITS, ROWS, UNKNOWN_DAY, VIA
from sayso.store.sqlite.indexing import to_hash

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable

    from numpy.typing import NDArray

    from sayso.store.asked import Asked
    from sayso.store.sqlite.columns import ColumnReader, Table
    from sayso.store.words import Phrase

    Mask = NDArray[np.bool_]
    Numbers = NDArray[Any]

Window = tuple[int, int, bool]
"""Limit, offset, and whether the list is read from its end."""

NUMBER_MAX = 50_000_000
"""Words and lines are numbered from 1; no case has more of them."""
SUPERSEDED = """
SELECT DISTINCT o.number FROM documents AS n JOIN documents AS o ON o.id = n.supersedes WHERE n.supersedes IS NOT NULL
"""
"""The documents of which there is a newer version. One that was purged is none."""
CLAIMS_OF_STORY = "SELECT c.number FROM stories AS s JOIN claims_told AS c ON c.story = s.number WHERE s.id = :asked"
DOCUMENTS_OF_STORY = (
    "SELECT d.document FROM stories AS s JOIN story_documents AS d ON d.story = s.number "
    "WHERE s.id = :asked AND d.is_member = 1"
)
# One that went to another story tells what it tells there.
DOCUMENTS_OF_CLAIM = (
    "SELECT t.document FROM tellers AS t JOIN claims_told AS c ON c.number = t.claim "
    "JOIN story_documents AS d ON d.document = t.document AND d.story = c.story AND d.is_member = 1 "
    "WHERE t.claim = :asked"
)
WORDS = {ROWS: "claim_words", DOCUMENTS: "text_words"}


class Selector:
    """Answers one filter within one view."""

    def __init__(self, connection: sqlite3.Connection, columns: ColumnReader, asked: Asked) -> None:
        """Take a filter that was made ready."""
        self.connection = connection
        self.columns = columns
        self.asked = asked

    def select_rows(self, *, rejected_too: bool, enough: int | None = None) -> Numbers:
        """Return where in the columns of rows those lie that are asked for, in order.

        Args:
            rejected_too: Whether rows that were rejected are among them though nobody asks for them.
            enough: So many of them do, where words are asked for that stand in many rows; None for all.
        """
        picked = self.select_wordless(rejected_too=rejected_too)
        if self.asked.phrases is None:
            return picked
        return self._with_words(ROWS, self.columns.load(self.connection, ROWS), picked, enough)

    def select_wordless(self, *, rejected_too: bool) -> Numbers:
        """Return the same, whatever words stand in them."""
        asked, table = self.asked, self.columns.load(self.connection, ROWS)
        masks = [
            self._choose_labels(table, rejected_too=rejected_too),
            *self._choose_documents(table),
            self._choose_parties(table),
            None if asked.place is None else self._find_marked(table, self._find_numbers("names", asked.place), PLACE),
            self._choose_figures(table),
            *self._choose_claims(),
        ]
        return _pick(table, masks)

    def select_documents(self) -> Numbers:
        """Return where in the columns of documents those lie that are asked for, in order."""
        asked, table = self.asked, self.columns.load(self.connection, DOCUMENTS)
        masks: list[Mask | None] = [*self._choose_documents(table), *self._choose_tellers(table)]
        if asked.given.problems_only:
            masks.append(table["n_problems"] > 0)
        if asked.asks_rows:
            rows = Selector(self.connection, self.columns, replace(asked, phrases=None))
            numbers = self.columns.load(self.connection, ROWS)["number"][rows.select_rows(rejected_too=False)]
            masks.append(_mark(table, np.unique(numbers >> POSITION_BITS) << POSITION_BITS))
        picked = _pick(table, masks)
        return picked if asked.phrases is None else self._with_words(DOCUMENTS, table, picked)

    def _choose_labels(self, table: Table, *, rejected_too: bool) -> Mask | None:
        given = self.asked.given
        labels = Filter(
            stance=given.stance,
            certainty=given.certainty,
            endorsement=given.endorsement,
            kind=given.kind,
            naming=given.naming,
            judged=given.judged,
            low_only=given.low_only,
            problems_only=given.problems_only,
        )
        chosen = choose(labels, rejected_too=rejected_too)
        return None if chosen is None else _take(chosen, table["code"])

    def _choose_documents(self, table: Table) -> list[Mask | None]:
        """Return what a filter asks of documents, for rows or documents."""
        asked = self.asked
        masks: list[Mask | None] = []
        if asked.outlet is not None:
            masks.append(_look_up(table["outlet"], self._find_numbers("outlets", asked.outlet)))
        first, last = asked.days
        if first is not None or last is not None:
            day = table["day"]
            low = UNKNOWN_DAY + 1 if first is None else first
            masks.append(day >= low if last is None else (day >= low) & (day <= last))
        if asked.given.document is not None:
            row = self.connection.execute(
                "SELECT number FROM documents WHERE id = ?", (asked.given.document,)
            ).fetchone()
            masks.append(_range(table, row[0] if row else None))
        if asked.is_newest_only:
            masks.append(_leave_out(table, self.columns.find(self.connection, "superseded", SUPERSEDED)))
        return masks

    def _choose_parties(self, table: Table) -> Mask | None:
        asked = self.asked
        if asked.source is not None:
            digits = asked.source.removeprefix("src-")
            bounds = [to_hash(f"src-{digits.ljust(16, fill)}") for fill in "0f"]
            mask: Mask = (table["source"] >= bounds[0]) & (table["source"] <= bounds[1])
            return mask
        if asked.party is None:
            return None
        names = self._find_numbers("names", asked.party)
        return _look_up(table["name"], names) | self._find_marked(table, names, VIA)

    def _choose_figures(self, table: Table) -> Mask | None:
        wanted = self.asked.figure
        if wanted is None:
            return None
        figures = self.columns.load(self.connection, FIGURES)
        meets = (figures["low"] <= wanted.high) & (figures["high"] >= wanted.low)
        if not self.asked.is_any_unit:
            unit = self.connection.execute("SELECT number FROM units WHERE folded = ?", (fold(wanted.unit or ""),))
            meets &= _look_up(figures["unit"], np.array([row[0] for row in unit], dtype=np.int64))
        return _mark(table, figures["number"][meets])

    def _choose_claims(self) -> list[Mask]:
        """Return what a filter asks of the claims that rows tell."""
        given = self.asked.given
        if not self.asked.asks_claims and given.claim is None and given.story is None:
            return []
        told = self.columns.load_told(self.connection)
        masks: list[Mask] = [told["claim"] != 0]
        if given.claim is not None:
            masks.append(told["claim"] == given.claim)
        if given.story is not None:
            masks.append(_look_up(told["claim"], self._find_all(CLAIMS_OF_STORY, given.story)))
        if given.origins_most is not None:
            masks.append(told["least"] <= given.origins_most)
        if given.outlets_least is not None:
            masks.append(told["n_outlets"] >= given.outlets_least)
        if given.disputed_only:
            masks.append(told["is_disputed"] != 0)
        return masks

    def _choose_tellers(self, table: Table) -> list[Mask]:
        """Return of which story documents have to be, and which claim they have to tell."""
        given = self.asked.given
        claim = None if given.claim is None else min(max(0, given.claim), NUMBER_MAX)
        wanted = ((DOCUMENTS_OF_STORY, given.story), (DOCUMENTS_OF_CLAIM, claim))
        return [np.isin(table["number"], self._find_all(sql, asked)) for sql, asked in wanted if asked is not None]

    def _find_all(self, sql: str, asked: str | int) -> Numbers:
        """Return the numbers that a statement gives."""
        found = self.connection.execute(sql, {"asked": asked})
        return np.fromiter((row[0] for row in found), dtype=np.int64)

    def _find_numbers(self, words: str, part: str) -> Numbers:
        """Return the numbers of the words of a table in which something stands."""
        sql = f"SELECT group_concat(number) FROM {words} WHERE instr(folded, ?)"  # noqa: S608  our own table
        return read_numbers(self.connection.execute(sql, (part,)).fetchone()[0])

    def _find_marked(self, table: Table, names: Numbers, kind: int) -> Mask:
        """Return the rows that carry one of these names as a mark of a kind."""
        marks = self.columns.load(self.connection, MARKS)
        return _mark(table, marks["number"][(marks["kind"] == kind) & _look_up(marks["name"], names)])

    def _with_words(self, what: str, table: Table, picked: Numbers, enough: int | None = None) -> Numbers:
        """Return those of the picked in which the words stand; the first ones, at least so many, if that is enough."""
        phrases = self.asked.phrases
        if not phrases or not len(picked):
            return picked[:0]
        numbers = table["number"]
        found: list[Numbers] = []
        start, step = 0, len(picked) if enough is None else 2 * enough
        while start < len(picked) and (enough is None or sum(map(len, found)) < enough):
            part = picked[start : start + step]
            bounds = (int(numbers[part[0]]), int(numbers[part[-1]]))
            places = np.searchsorted(numbers, find_words(self.connection, what, phrases, bounds))
            has_words = np.zeros(int(part[-1] - part[0]) + 1, dtype=np.bool_)
            has_words[places - part[0]] = True
            found.append(part[has_words[part - part[0]]])
            start += step
            if enough is not None:
                # As many more as are likely to hold what is missing, and some.
                n_found = sum(map(len, found))
                step = max(step, 4 * start) if not n_found else 1 + (enough - n_found) * start * 5 // (n_found * 4)
        return np.concatenate(found)


def find_words(
    connection: sqlite3.Connection, what: str, phrases: Iterable[Phrase], bounds: tuple[int, int]
) -> Numbers:
    """Return the numbers of the rows or documents in which all of these stand, in order.

    They come as one text: a common word stands in hundreds of thousands of rows, and as rows of their own these take
    seven times as long.
    """
    table = WORDS[what]
    row = connection.execute(
        f"SELECT group_concat(rowid) FROM {table} WHERE {table} MATCH ? AND rowid BETWEEN ? AND ?",  # noqa: S608
        (write_match(phrases), *bounds),
    ).fetchone()
    found = read_numbers(row[0])
    return found if bool((found[1:] > found[:-1]).all()) else np.sort(found)


def read_numbers(words: str | None) -> Numbers:
    """Return the numbers that SQLite has joined to one text."""
    return np.fromstring(words or "", dtype=np.int64, sep=",")


def write_match(phrases: Iterable[Phrase]) -> str:
    """Return phrases as FTS5 wants them; words are letters and digits alone, so nothing has to be escaped."""
    return " AND ".join('"{}"'.format(" ".join(phrase)) for phrase in phrases)


def cut_window(picked: Numbers, key: Numbers | None, window: Window) -> Numbers:
    """Return the part of a list that is shown, sorted by a key and then as it comes; the key is small or there is none.

    Args:
        picked: Where the list's records lie, in order.
        key: Of each of them, in the same order; None where they are in order already.
        window: Which part.
    """
    limit, offset, is_reverse = window
    if is_reverse:
        picked = picked[::-1]
        key = None if key is None else -key[::-1]
    end = max(0, offset + limit)
    if key is None or end == 0 or not len(picked):
        return picked[max(0, offset) : end]
    if end < len(picked):
        # Only those that can come before the end of what is shown have to be sorted.
        limit_key = np.partition(key, end - 1)[end - 1]
        before = np.flatnonzero(key < limit_key)
        before = np.concatenate([before, np.flatnonzero(key == limit_key)[: end - len(before)]])
        picked, key = picked[before], key[before]
    return picked[np.argsort(key, kind="stable")][max(0, offset) : end]


def count_up_to(values: Numbers) -> int:
    """Return how many entries a table needs that has one for each of these numbers.

    Raises:
        ValueError: More than any case has: the file was made to fill the memory.
    """
    most = int(values.max(initial=0)) + 1
    if most > NUMBER_MAX or int(values.min(initial=0)) < 0:
        raise ValueError(most)
    return most


def rank(numbers: Numbers) -> Numbers:
    """Return for every number its place among these."""
    ranks = np.full(count_up_to(numbers), len(numbers), dtype=np.int32)
    ranks[numbers] = np.arange(len(numbers))
    return ranks


def _pick(table: Table, masks: list[Mask | None]) -> Numbers:
    given = [mask for mask in masks if mask is not None]
    if not given:
        return np.arange(len(table["number"]))
    for mask in given[1:]:
        given[0] &= mask
    return np.flatnonzero(given[0])


def _look_up(values: Numbers, wanted: Numbers) -> Mask:
    """Return for each value whether it is wanted; values are small numbers."""
    known = np.zeros(count_up_to(values), dtype=np.bool_)
    known[wanted[(wanted >= 0) & (wanted < len(known))]] = True
    mask: Mask = known[values]
    return mask


def _take(chosen: Mask, values: Numbers) -> Mask:
    mask: Mask = chosen[values]
    return mask


def _mark(table: Table, numbers: Numbers) -> Mask:
    """Return which records have one of these numbers; all are the number of a record."""
    mask = np.zeros(len(table["number"]), dtype=np.bool_)
    mask[np.searchsorted(table["number"], numbers)] = True
    return mask


def _range(table: Table, document: int | None) -> Mask:
    if document is None:
        return np.zeros(len(table["number"]), dtype=np.bool_)
    mask: Mask = (table["number"] >> POSITION_BITS) == (document >> POSITION_BITS)
    return mask


def _leave_out(table: Table, documents: Numbers) -> Mask | None:
    """Return the records of all other documents; None where there are no others to leave out."""
    if not len(documents):
        return None
    mask = np.ones(len(table["number"]), dtype=np.bool_)
    starts, ends = (np.searchsorted(table["number"], documents + more).tolist() for more in (0, 1 << POSITION_BITS))
    for start, end in zip(starts, ends, strict=True):
        mask[start:end] = False
    return mask
