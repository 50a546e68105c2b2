"""The list of claims."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Final

import numpy as np

from sayso.errors import DamagedRecord
from sayso.records import (
    COUNTED,
    Certainty,
    ClaimOrder,
    ClaimRow,
    Endorsement,
    Judged,
    Kind,
    Naming,
    Page,
    Stance,
)
from sayso.store.asked import prepare
from sayso.store.sqlite.columns import ROWS
from sayso.store.sqlite.indexing import from_hash
from sayso.store.sqlite.kept import REAL, TEXT, TEXT_OR_NONE, WHOLE, check_types, restore_list
from sayso.store.sqlite.selection import Selector, count_up_to, cut_window, find_words, rank
from sayso.store.words import has_phrases, mark_phrases

if TYPE_CHECKING:
    import sqlite3
    from typing import Any

    from numpy.typing import NDArray

    from sayso.records import Filter
    from sayso.store.sqlite.columns import ColumnReader
    from sayso.store.sqlite.selection import Window
    from sayso.store.words import Phrase

CONTENTS = "SELECT c.number, c.content FROM json_each(?) AS j CROSS JOIN claim_rows AS c ON c.number = j.value"
FIRST_LOOK, LAST_LOOK = 200, 20_000
LAST: Final = np.int64(1 << 62)
TOLD_KEYS: Final = {
    ClaimOrder.ORIGINS: ("least", 1),
    ClaimOrder.OUTLETS: ("n_outlets", -1),
    ClaimOrder.TELLINGS: ("n_tellings", -1),
}
DOCUMENTS_BITS: Final = 32
NAMES = "SELECT number FROM names ORDER BY folded"
SHOWN = """
SELECT c.number, c.hash, d.id, d.title, o.name, d.published, d.url, s.hash, s.name, s.kind, s.naming, c.via, c.cue,
    c.content, c.start, c.stance, c.certainty, c.endorsement, c.confidence, c.places, c.quantities, c.judged,
    (SELECT n.id FROM documents AS n WHERE n.supersedes = d.id ORDER BY n.added DESC LIMIT 1)
FROM json_each(?) AS j CROSS JOIN claim_rows AS c ON c.number = j.value
JOIN documents AS d ON d.number = c.document JOIN source_rows AS s ON s.number = c.source
LEFT JOIN outlets AS o ON o.number = d.outlet
"""


KINDS = (
    *(WHOLE, WHOLE, TEXT, TEXT_OR_NONE, TEXT_OR_NONE, TEXT_OR_NONE, TEXT_OR_NONE),
    *(WHOLE, TEXT, TEXT, TEXT, TEXT, TEXT, TEXT, WHOLE, TEXT, TEXT, TEXT, REAL, TEXT, TEXT, TEXT),
)


def list_claims(
    connection: sqlite3.Connection,
    columns: ColumnReader,
    given: Filter,
    order: ClaimOrder,
    window: Window,
    *,
    once: bool = False,
) -> Page[ClaimRow]:
    """Return a part of the rows that a filter asks for; of each claim the first alone, where it is to come once."""
    return _ClaimList(connection, columns, given, order, once=once).show(window)


class _ClaimList:
    """The list that is asked for, within one view."""

    def __init__(
        self, connection: sqlite3.Connection, columns: ColumnReader, given: Filter, order: ClaimOrder, *, once: bool
    ) -> None:
        """Take what is asked for; each claim may be asked for once."""
        self._connection = connection
        self._columns = columns
        self._asked = prepare(given)
        self._order = order
        self._selector = Selector(connection, columns, self._asked)
        self._table = columns.load(connection, ROWS)
        self._claims = columns.load_told(connection)["claim"] if once else None

    def show(self, window: Window) -> Page[ClaimRow]:
        """Return a part of the rows that a filter asks for."""
        asked = self._asked
        limit, offset, is_reverse = window
        is_natural = self._order is ClaimOrder.PUBLISHED and not is_reverse
        picked, total = self._pick(max(COUNTED, offset + limit) if is_natural else COUNTED)
        if asked.phrases and not is_natural and total >= COUNTED:
            everything = self._selector.select_wordless(rejected_too=True)
            shown = self._find_with_words(everything, self._find_key(everything), window, asked.phrases)
        else:
            shown = self._cut(picked, self._find_key(picked), window)
        rows = _show(self._connection, self._table["number"][shown].tolist(), asked.phrases or ())
        return Page(rows=rows, total=min(total, COUNTED))

    def _pick(self, enough: int) -> tuple[NDArray[Any], int]:
        """Return the rows that are asked for and how many lines they make.

        Where words are asked for that stand in many rows, those that come first are all that is looked for: as many as
        make enough lines.
        """
        n_rows = enough if self._claims is None else 2 * enough
        while True:
            picked = self._selector.select_rows(rejected_too=True, enough=n_rows)
            total = len(picked) if self._claims is None else _count_lines(self._claims[picked])
            if self._asked.phrases is None or total >= enough or len(picked) < n_rows:
                return picked, total
            n_rows *= 4

    def _cut(self, picked: NDArray[Any], key: NDArray[Any] | None, window: Window) -> NDArray[Any]:
        """Return the part of a sorted list that is shown; of each claim the row that comes first there."""
        if self._claims is None:
            return cut_window(picked, key, window)
        limit, offset, is_reverse = window
        looked_at = FIRST_LOOK + 2 * (offset + limit)
        while True:
            # The first lines are those of the first rows, if there are enough of them.
            shown = cut_window(picked, key, (looked_at, 0, is_reverse))
            lines: NDArray[Any] = shown[_find_firsts(self._claims[shown])]
            if len(lines) >= offset + limit or looked_at >= len(picked):
                return lines[offset : offset + limit]
            looked_at *= 8

    def _find_with_words(
        self, picked: NDArray[Any], key: NDArray[Any] | None, window: Window, phrases: tuple[Phrase, ...]
    ) -> NDArray[Any]:
        """Return the part of a sorted list that is shown, of the rows in which the words stand.

        There are many such rows: the first in the order are looked at until there are enough, for to find all of them
        takes longer.
        """
        numbers = self._table["number"]
        limit, offset, is_reverse = window
        looked_at = FIRST_LOOK + 2 * (offset + limit)
        while True:
            shown = cut_window(picked, key, (looked_at, 0, is_reverse))
            if looked_at >= min(LAST_LOOK, len(picked)):
                found = find_words(self._connection, ROWS, phrases, (int(numbers[0]), int(numbers[-1])))
                has_words = np.zeros(len(numbers), dtype=np.bool_)
                has_words[np.searchsorted(numbers, found)] = True
                chosen = has_words[picked]
                return self._cut(picked[chosen], None if key is None else key[chosen], window)
            wanted = json.dumps(numbers[shown].tolist())
            contents = self._connection.execute(CONTENTS, (wanted,))
            held = {number for number, content in contents if has_phrases(content, phrases)}
            with_words = shown[np.isin(numbers[shown], list(held))]
            if self._claims is not None:
                with_words = with_words[_find_firsts(self._claims[with_words])]
            if len(with_words) >= offset + limit:
                return with_words[offset : offset + limit]
            looked_at *= 4

    def _find_key(self, picked: NDArray[Any]) -> NDArray[Any] | None:
        """Return by what the picked rows are sorted; None where they come sorted."""
        connection, table, order = self._connection, self._table, self._order
        key: NDArray[Any] | None = None
        if order is ClaimOrder.ADDED:
            key = -table["added"][picked]
        elif order is ClaimOrder.CONFIDENCE:
            key = table["confidence"][picked]
        elif order is ClaimOrder.SOURCE:
            key = rank(self._columns.find(connection, "names", NAMES))[table["name"][picked]]
        elif order is ClaimOrder.OUTLET:
            key = rank_outlets(connection)[table["outlet"][picked]]
        elif order is not ClaimOrder.PUBLISHED:
            told = self._columns.load_told(connection)
            name, sign = TOLD_KEYS[order]
            # Of those that are alike here the ones in most articles come first; rows without a claim come last.
            both = (sign * told[name].astype(np.int64) << DOCUMENTS_BITS) - told["n_documents"]
            key = np.where(told["claim"] == 0, LAST, both)[picked]
        return key


def rank_outlets(connection: sqlite3.Connection) -> NDArray[Any]:
    """Return for the number of each outlet its place by name: one for those of one name, the last for unknown ones."""
    rows = connection.execute("SELECT number, dense_rank() OVER (ORDER BY folded) FROM outlets").fetchall()
    ranks = np.zeros(max((row[0] for row in rows), default=0) + 1, dtype=np.int64)
    for number, place in rows:
        ranks[number] = place
    ranks[0] = len(rows) + 1
    return ranks


def _find_firsts(claims: NDArray[Any]) -> NDArray[Any]:
    """Return where the first row of each claim lies, and all rows that have none (0), in order."""
    is_first = claims == 0
    told = np.flatnonzero(~is_first)
    # Of several values that are put in one place the last one stays.
    firsts = np.zeros(count_up_to(claims), dtype=np.int64)
    firsts[claims[told[::-1]]] = told[::-1]
    is_first[told[firsts[claims[told]] == told]] = True
    return np.flatnonzero(is_first)


def _count_lines(claims: NDArray[Any]) -> int:
    """Return how many lines rows of these claims make; 0 is none."""
    is_told = np.zeros(count_up_to(claims), dtype=np.bool_)
    is_told[claims] = True
    return int(np.count_nonzero(claims == 0)) + int(np.count_nonzero(is_told[1:]))


def _show(connection: sqlite3.Connection, numbers: list[int], phrases: tuple[Phrase, ...]) -> tuple[ClaimRow, ...]:
    found = {row[0]: row for row in connection.execute(SHOWN, (json.dumps(numbers),))}
    return tuple(_make_row(found[number], phrases) for number in numbers if number in found)


def _make_row(row: tuple[Any, ...], phrases: tuple[Phrase, ...]) -> ClaimRow:
    check_types(ClaimRow.__name__, row, KINDS)
    (_, hashed, document, title, outlet, published, url, source, source_name, kind, naming, via, cue, *rest) = row
    content, start, stance, certainty, endorsement, confidence, places, quantities, judged, superseded_by = rest
    try:
        return ClaimRow(
            id=from_hash("att", hashed),
            document=document,
            title=title,
            outlet=outlet,
            published=published,
            url=url,
            source=from_hash("src", source),
            source_name=source_name,
            kind=Kind(kind),
            naming=Naming(naming),
            via=restore_list(via),
            cue=cue,
            content=content,
            start=start,
            stance=Stance(stance),
            certainty=Certainty(certainty),
            endorsement=Endorsement(endorsement),
            confidence=confidence,
            places=restore_list(places),
            quantities=restore_list(quantities),
            judged=Judged(judged),
            hits=mark_phrases(content, phrases) if phrases else (),
            superseded_by=superseded_by,
        )
    except ValueError as error:
        raise DamagedRecord(ClaimRow.__name__) from error
