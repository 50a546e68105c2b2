"""One article: its preserved text set like a page, and beside it who says what, on whose say-so, and what is shared.

Nothing of the captured page is served as a page: only its text, escaped.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from sayso.errors import NotInCase
from sayso.export.head import list_rows, say_headline, say_published
from sayso.export.marked_text import HERE, mark_text
from sayso.export.order import is_said, order_rows
from sayso.export.reading_html import group_values, list_credits, say_name, split_title
from sayso.export.reading_json import all_problems
from sayso.export.rests import say_roots
from sayso.export.row_words import iter_rows
from sayso.export.value_words import say_values
from sayso.ledger.joining import read_as_judged
from sayso.ledger.rereading import compare_versions
from sayso.records import Filter
from sayso.web.asked import read_number
from sayso.web.copied import list_others, list_shared, list_spans, list_stretches
from sayso.web.render import render

if TYPE_CHECKING:
    from starlette.datastructures import QueryParams
    from starlette.requests import Request
    from starlette.responses import Response

    from sayso.ledger.lists import Lists
    from sayso.ledger.rereading import Comparison
    from sayso.records import ArticleRow, Document, Reading, Reuse

MOST_SHARED: Final = 0.8
MOST_ROWS: Final = 10_000
MOST_VERSIONS: Final = 50
MOST_ARTICLES: Final = 1_000
LONGEST_TEXT: Final = 100_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Versions:
    """The versions of an article.

    Attributes:
        rows: All of them, the oldest first.
        changes: What changed in claims since the one before; None for the first.
    """

    rows: tuple[ArticleRow, ...]
    changes: Comparison | None


def show_article(request: Request) -> Response:
    """Answer with one article and its rows."""
    with request.app.state.ledger.look() as lists:
        doc = lists.document(request.path_params["document"])
        reading = read_as_judged(lists.view, doc.id)
        claims = lists.claims(Filter(document=doc.id), limit=MOST_ROWS).rows
        versions = _find_versions(lists, doc, reading)
        story, edges, beside = _find_story(lists, doc.id)
    lines = order_rows(reading)
    rows, values = list(iter_rows(reading, lines)), say_values(reading)
    shared = list_shared(edges, doc.id)
    stretches = list_stretches(shared, doc.id, doc.text)
    here = _read_place(request.query_params, doc)
    further = [*list_spans(stretches), *([(*here, (HERE, 0))] if here else [])]
    marked = mark_text(reading, rows, values, further)
    title, blocks = split_title(doc, marked.blocks)
    numbers = {line.att.id: line.number for line in lines}
    return render(
        request,
        "article.html",
        page="articles",
        doc=doc,
        reading=reading,
        name=say_name(doc),
        published=say_published(doc),
        roots=say_roots(reading),
        headline="" if reading.headline is None else say_headline(reading.headline),
        headline_rows=[] if reading.headline is None else list_rows(reading.headline, numbers),
        credits=list_credits(doc),
        title=title,
        blocks=blocks,
        marked=marked,
        rows=rows,
        row_ids={line.number: line.att.id for line in lines},
        values=group_values(values),
        claim_of={row.id: row.claim for row in claims if row.claim is not None},
        n_deeds=sum(not is_said(att) for att in reading.attributions),
        problems=all_problems(reading),
        story=story,
        shared=shared,
        # Where nearly all of it stands elsewhere, a mark under every word tells nothing.
        is_copied_whole=any(one.share >= MOST_SHARED for one in shared),
        stretches={one.number: one for one in stretches},
        others=list_others(shared, beside),
        versions=versions,
        url=doc.urls.canonical or doc.urls.final or doc.urls.asked,
    )


def _read_place(query: QueryParams, doc: Document) -> tuple[int, int] | None:
    """Return the place in the text that an address means; None where it means none."""
    if not query.get("from"):
        return None
    start = read_number(query, "from", least=0, most=LONGEST_TEXT, default=0)
    end = read_number(query, "to", least=0, most=LONGEST_TEXT, default=start + 1)
    return (start, end) if start < end and start < len(doc.text) else None


def _find_story(lists: Lists, document: str) -> tuple[str | None, tuple[Reuse, ...], tuple[ArticleRow, ...]]:
    """Return the id of an article's story, the text that its articles have in common, and these."""
    story = lists.view.find_story_of(document)
    if story is None:
        return None, (), ()
    try:
        found = lists.story(story)
    except NotInCase:
        return story, (), ()
    edges = tuple(edge for edge in found.reuse if document in {edge.document, edge.other})
    beside = lists.articles(Filter(story=story), limit=MOST_ARTICLES).rows if edges else ()
    return story, edges, beside


def _find_versions(lists: Lists, doc: Document, reading: Reading) -> Versions | None:
    """Return the versions of an article; None where there is but the one."""
    own = _find_row(lists, doc.id)
    if own is None or (own.supersedes is None and own.superseded_by is None):
        return None
    older, newer = _walk(lists, own, "supersedes"), _walk(lists, own, "superseded_by")
    rows = (*reversed(older), own, *newer)
    changes = compare_versions(read_as_judged(lists.view, older[0].id), reading) if older else None
    return Versions(rows=rows, changes=changes)


def _walk(lists: Lists, start: ArticleRow, step: str) -> list[ArticleRow]:
    """Return the versions before or after one, the nearest first."""
    found: list[ArticleRow] = []
    met = {start.id}
    row: ArticleRow | None = start
    while row is not None and len(found) < MOST_VERSIONS:
        target = getattr(row, step)
        row = None if target is None or target in met else _find_row(lists, target)
        if row is not None:
            met.add(row.id)
            found.append(row)
    return found


def _find_row(lists: Lists, document: str) -> ArticleRow | None:
    return next(iter(lists.articles(Filter(document=document), limit=1).rows), None)
