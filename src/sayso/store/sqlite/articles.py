"""The list of articles, and the search in their texts."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING

from sayso.records import COUNTED, ArticleOrder, ArticleRow, Hit, Page
from sayso.store.asked import prepare
from sayso.store.sqlite.claims import rank_outlets
from sayso.store.sqlite.columns import DOCUMENTS
from sayso.store.sqlite.kept import TEXT, TEXT_OR_NONE, WHOLE, check_types
from sayso.store.sqlite.selection import Selector, cut_window
from sayso.store.words import cut_snippet

if TYPE_CHECKING:
    import sqlite3
    from typing import Any

    from numpy.typing import NDArray

    from sayso.records import Filter
    from sayso.store.sqlite.columns import ColumnReader, Table
    from sayso.store.sqlite.selection import Window

SHOWN = """
SELECT d.number, d.id, d.title, d.name, o.name, d.published, d.url, d.captured_at, d.added_at, d.format, d.n_claims,
    d.n_sources, d.n_judged, d.n_problems, d.supersedes,
    (SELECT n.id FROM documents AS n WHERE n.supersedes = d.id ORDER BY n.added DESC LIMIT 1)
FROM json_each(?) AS j CROSS JOIN documents AS d ON d.number = j.value LEFT JOIN outlets AS o ON o.number = d.outlet
"""
KINDS = (
    *(TEXT, TEXT_OR_NONE, TEXT, TEXT_OR_NONE, TEXT_OR_NONE, TEXT_OR_NONE, TEXT, TEXT, TEXT),
    *(WHOLE, WHOLE, WHOLE, WHOLE, TEXT_OR_NONE, TEXT_OR_NONE),
)
TEXTS = "SELECT t.document, t.text FROM json_each(?) AS j CROSS JOIN texts AS t ON t.document = j.value"


def list_articles(
    connection: sqlite3.Connection, columns: ColumnReader, given: Filter, order: ArticleOrder, window: Window
) -> Page[ArticleRow]:
    """Return a part of the documents that a filter asks for."""
    table = columns.load(connection, DOCUMENTS)
    asked = prepare(replace(given, with_superseded=True))
    picked = Selector(connection, columns, asked).select_documents()
    numbers = table["number"][cut_window(picked, _find_key(connection, table, order, picked), window)].tolist()
    return Page(rows=tuple(_show(connection, numbers).values()), total=min(len(picked), COUNTED))


def search(connection: sqlite3.Connection, columns: ColumnReader, given: Filter, window: Window) -> Page[Hit]:
    """Return a part of the documents in which words stand, the newest first."""
    asked = prepare(given)
    if not asked.phrases:
        return Page(rows=(), total=0)
    table = columns.load(connection, DOCUMENTS)
    picked = Selector(connection, columns, asked).select_documents()
    numbers = table["number"][cut_window(picked, None, window)].tolist()
    texts = dict(connection.execute(TEXTS, (json.dumps(numbers),)).fetchall())
    hits = [
        Hit(article=article, pieces=cut_snippet(texts[number], asked.phrases))
        for number, article in _show(connection, numbers).items()
        if number in texts
    ]
    return Page(rows=tuple(hits), total=min(len(picked), COUNTED))


def _find_key(
    connection: sqlite3.Connection, table: Table, order: ArticleOrder, picked: NDArray[Any]
) -> NDArray[Any] | None:
    """Return by what the picked documents are sorted; None where they come sorted."""
    key: NDArray[Any] | None = None
    if order is ArticleOrder.ADDED:
        key = -table["added"][picked]
    elif order is ArticleOrder.CLAIMS:
        key = -table["n_claims"][picked]
    elif order is ArticleOrder.OUTLET:
        key = rank_outlets(connection)[table["outlet"][picked]]
    return key


def _show(connection: sqlite3.Connection, numbers: list[int]) -> dict[int, ArticleRow]:
    found = {row[0]: row[1:] for row in connection.execute(SHOWN, (json.dumps(numbers),))}
    return {number: _make_row(found[number]) for number in numbers if number in found}


def _make_row(row: tuple[Any, ...]) -> ArticleRow:
    check_types(ArticleRow.__name__, row, KINDS)
    (document, title, name, outlet, published, url, captured_at, added_at, form, *rest) = row
    n_claims, n_sources, n_judged, n_problems, supersedes, superseded_by = rest
    return ArticleRow(
        id=document,
        title=title,
        name=name,
        outlet=outlet,
        published=published,
        url=url,
        captured_at=captured_at,
        added_at=added_at,
        format=form,
        n_claims=n_claims,
        n_sources=n_sources,
        n_judged=n_judged,
        n_problems=n_problems,
        supersedes=supersedes,
        superseded_by=superseded_by,
    )
