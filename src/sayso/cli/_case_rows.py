"""Articles, sources, hits and refusals of a case, and the case at a glance, on a page for the terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from rich.text import Text

from sayso.cli._layout import Block
from sayso.cli._list_page import DIM, HAND, stack
from sayso.cli._page import LABEL_WIDTH
from sayso.export.list_words import count, say_article, say_day, say_hit, say_source
from sayso.export.visible import show

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from sayso.cli._list_page import ListPage
    from sayso.export.list_words import ArticleWords
    from sayso.records import ArticleRow, CaseInfo, Hit, RefusedRow, SourceRow

WIDE: Final = 76
DATE_WIDTH: Final = 11
COUNTS_WIDTH: Final = 22
MARK_WIDTH: Final = 1
DATES_WIDTH: Final = 26


def print_article(page: ListPage, row: ArticleRow) -> None:
    """Print an article: when, what, how much is in it."""
    words = say_article(row)
    counts = [Text(line, _style_count(line)) for line in words.counts]
    notes = [Text(note, page.style.accent) for note in words.notes]
    _print_beside(page, words, counts, stack(Text(words.title, "bold"), _say_where(words), *notes))


def print_hit(page: ListPage, hit: Hit) -> None:
    """Print an article in which the words stand, and the stretch around them."""
    words = say_article(hit.article)
    found = page.pieces(say_hit(hit))
    _print_beside(page, words, [], stack(Text(words.title, "bold"), _say_where(words), found))


def print_source(page: ListPage, row: SourceRow) -> None:
    """Print sources in one line: who, how much, from when to when."""
    words = say_source(row)
    who = stack(Text(words.name, "bold"), Text(words.about), Text(words.id, DIM))
    counts = [Text(line) for line in words.counts]
    mark = (MARK_WIDTH, stack(page.mark(words.naming)))
    dates = Text(words.dates, DIM)
    if page.width < WIDE:
        page.lines(mark, (0, [*who, *stack(Text(", ".join(words.counts)), dates)]))
    else:
        left = page.width - 4 - (MARK_WIDTH + 2) - (DATES_WIDTH + 2) - 1
        page.lines(mark, (left, who), (DATES_WIDTH, stack(*counts, dates)))
    page.gap()


def print_refused(page: ListPage, row: RefusedRow) -> None:
    """Print what could not be had, why, and what to do instead."""
    name = Text(show(row.name), "bold")
    when = Text(f"{say_day(row.at)} · {show(str(row.code))}", DIM)
    message, advice = Text(show(row.message)), Text(show(row.advice), page.style.accent)
    page.lines((0, [*stack(name, when), Block(message, 2), Block(advice, 2)]))
    page.gap()


def print_info(page: ListPage, info: CaseInfo) -> None:
    """Print the case at a glance."""
    page.lines((0, stack(Text(show(info.name), "bold"), Text(f"made {say_day(info.created_at)}", DIM))))
    page.gap()
    for label, words, style in _say_info(info):
        page.lines((LABEL_WIDTH, stack(Text(label, page.style.accent))), (0, stack(Text(words, style))))
    page.gap()


def _say_info(info: CaseInfo) -> Iterator[tuple[str, str, str]]:
    """Yield the lines of a case at a glance: label, words, style."""
    if not info.n_captures and not info.n_refused:
        yield "articles", "none yet. Add some: sayso add FILE, FOLDER or URL", ""
    else:
        days = " to ".join(dict.fromkeys(filter(None, (say_day(info.first), say_day(info.last)))))
        older = f"{info.n_superseded:,} of them with a newer version" if info.n_superseded else ""
        yield "articles", " · ".join(filter(None, (f"{info.n_documents:,}", days, older))), ""
        more = f" · {info.n_claims_superseded:,} more in older versions" if info.n_claims_superseded else ""
        yield "claims", f"{info.n_claims:,} by {count(info.n_sources, 'source')}{more}", ""
    if info.n_unread:
        yield "not read", f"{count(info.n_unread, 'article')} kept and not read yet: sayso reread", ""
    if info.n_stories or info.n_waiting:
        waiting = count(info.n_waiting, "article or story waits", "articles or stories wait")
        joined = f"{waiting} to be joined: sayso claims" if info.n_waiting else ""
        told = f"{info.n_stories:,} with {count(info.n_claims_told, 'claim')} told in them, each counted once"
        yield "stories", " · ".join(filter(None, (told, joined))), ""
    if info.outlets:
        yield "outlets", " · ".join(f"{show(name)} {n:,}" for name, n in info.outlets), ""
    if info.n_judgements:
        yield "judged", f"{count(info.n_judgements, 'judgement')} by persons", HAND
    if info.n_refused:
        yield "refused", f"{info.n_refused:,} without an article: sayso articles --refused", ""
    if info.n_feeds:
        yield "feeds", f"{info.n_feeds:,}: sayso watch", ""
    if info.n_purged:
        yield "purged", count(info.n_purged, "article"), ""
    if info.models:
        yield "read by", ", ".join(map(show, info.models)), DIM
    entries = count(info.log_length, "entry", "entries")
    yield "log", f"{entries}: sayso verify. The hash of the last, which stands for them all, is", DIM
    yield "", show(info.log_head), DIM
    yield "file", f"{'encrypted' if info.is_encrypted else 'not encrypted'}, schema {info.schema}", DIM


def _say_where(words: ArticleWords) -> Text:
    return Text(" · ".join(filter(None, (words.outlet, words.id))), DIM)


def _style_count(line: str) -> str:
    return HAND if line.endswith("judged") else ""


def _print_beside(page: ListPage, words: ArticleWords, counts: list[Text], blocks: Sequence[Block]) -> None:
    """Print blocks with the date before them and counts behind; on a narrow page all under one another."""
    date = Text(words.date or "no date", DIM)
    if page.width < WIDE:
        line = Text(", ").join(counts)
        page.lines((0, [*blocks, *stack(date, line)]))
    elif counts:
        left = page.width - 4 - (DATE_WIDTH + 2) - (COUNTS_WIDTH + 2)
        page.lines((DATE_WIDTH, stack(date)), (left, blocks), (0, stack(*counts)))
    else:
        page.lines((DATE_WIDTH, stack(date)), (0, blocks))
    page.gap()
