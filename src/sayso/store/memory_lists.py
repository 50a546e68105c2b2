"""The lists of a case in memory: filtered, sorted and cut in the plainest way."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, TypeVar

from sayso.records import (
    COUNTED,
    ArticleOrder,
    ArticleRow,
    ClaimOrder,
    ClaimRow,
    Hit,
    Page,
    RefusedRow,
    SourceOrder,
    SourceRow,
)
from sayso.store.asked import Asked, fits_document, fits_row, fits_told, is_counted, prepare
from sayso.store.moments import LATEST_MINUTE
from sayso.store.rows import fold, say_without_name
from sayso.store.words import cut_snippet, has_phrases, mark_phrases

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from sayso.errors import Problem
    from sayso.records import Capture, ClaimLine, Document, Filter
    from sayso.store.lines import Lines
    from sayso.store.rows import Entry

T = TypeVar("T")
IDS_MAX = 100
OUTLETS_MAX = 10
LAST = "\U0010ffff"
"""Sorts after every name."""


@dataclass(frozen=True, slots=True)
class Listed:
    """A document with its rows.

    Attributes:
        number: In the order in which documents were added.
        minute: Of publication; None if not stated.
        day: Of publication.
        text: The document's.
        article: What the list of articles shows.
        entries: Its rows.
        story: Id of the story that it is of; None where it is in none yet.
        claims: Numbers of the claims that it tells, in a row or in its own voice.
    """

    number: int
    minute: int | None
    day: int | None
    text: str
    article: ArticleRow
    entries: tuple[Entry, ...]
    story: str | None
    claims: frozenset[int]

    @property
    def newest_first(self) -> tuple[int, int]:
        """Return by what documents are sorted where nothing else is asked for."""
        return (LATEST_MINUTE if self.minute is None else -self.minute, self.number)


Claim = tuple[Listed, "Entry"]

CLAIM_ORDERS: dict[ClaimOrder, Callable[[Claim], tuple[object, ...]]] = {
    ClaimOrder.PUBLISHED: lambda _: (),
    ClaimOrder.ADDED: lambda claim: (-claim[0].number,),
    ClaimOrder.CONFIDENCE: lambda claim: (claim[1].row.confidence,),
    ClaimOrder.SOURCE: lambda claim: (fold(claim[1].row.source_name),),
    ClaimOrder.OUTLET: lambda claim: (fold(claim[1].row.outlet or LAST),),
    ClaimOrder.ORIGINS: lambda claim: _order_told(claim[1].row.claim, lambda line: line.least),
    ClaimOrder.OUTLETS: lambda claim: _order_told(claim[1].row.claim, lambda line: -len(line.outlets)),
    ClaimOrder.TELLINGS: lambda claim: _order_told(claim[1].row.claim, lambda line: -line.n_tellings),
}
ARTICLE_ORDERS: dict[ArticleOrder, Callable[[Listed], tuple[object, ...]]] = {
    ArticleOrder.PUBLISHED: lambda _: (),
    ArticleOrder.ADDED: lambda one: (-one.number,),
    ArticleOrder.OUTLET: lambda one: (fold(one.article.outlet or LAST),),
    ArticleOrder.CLAIMS: lambda one: (-one.article.n_claims,),
}
SOURCE_ORDERS: dict[SourceOrder, Callable[[SourceRow], tuple[object, ...]]] = {
    SourceOrder.CLAIMS: lambda row: (-row.n_claims,),
    SourceOrder.ARTICLES: lambda row: (-row.n_articles,),
    SourceOrder.NAME: lambda row: (fold(row.name),),
}


def cut_page(rows: Sequence[T], *, limit: int, offset: int, reverse: bool) -> Page[T]:
    """Return a part of a list."""
    ordered = rows[::-1] if reverse else rows
    return Page(rows=tuple(ordered[offset : offset + limit]), total=min(len(rows), COUNTED))


def list_claims(
    listed: Iterable[Listed], given: Filter, order: ClaimOrder, *, reverse: bool, once: bool
) -> list[ClaimRow]:
    """Return the rows that a filter asks for, in order; of each claim the first alone if it is to come once."""
    asked = prepare(given)
    claims = sorted(
        _find_claims(listed, asked), key=lambda claim: (*CLAIM_ORDERS[order](claim), *claim[0].newest_first)
    )
    rows = [entry.row for _, entry in (reversed(claims) if reverse else claims)]
    if once:
        rows = _fold(rows)
    if asked.phrases is None:
        return rows
    return [replace(row, hits=mark_phrases(row.content, asked.phrases)) for row in rows]


def list_articles(listed: Iterable[Listed], given: Filter, order: ArticleOrder) -> list[ArticleRow]:
    """Return the documents that a filter asks for, in order."""
    found = _find_articles(listed, prepare(replace(given, with_superseded=True)))
    found.sort(key=lambda one: (*ARTICLE_ORDERS[order](one), *one.newest_first))
    return [one.article for one in found]


def search(listed: Iterable[Listed], given: Filter) -> list[Hit]:
    """Return the documents in which words stand, the newest first."""
    asked = prepare(given)
    if not asked.phrases:
        return []
    found = sorted(_find_articles(listed, asked), key=lambda one: one.newest_first)
    return [Hit(article=one.article, pieces=cut_snippet(one.text, asked.phrases)) for one in found]


def find_documents(listed: Iterable[Listed], given: Filter) -> set[str]:
    """Return the ids of the documents that a filter asks for, older versions too."""
    return {one.article.id for one in _find_articles(listed, prepare(replace(given, with_superseded=True)))}


def list_sources(listed: Sequence[Listed], given: Filter, order: SourceOrder, lines: Lines) -> list[SourceRow]:
    """Return the lines of sources whose rows a filter asks for, in order."""
    asked = prepare(given)
    every: dict[str, list[Claim]] = defaultdict(list)
    for one in listed:
        for entry in one.entries:
            placed = lines.place(entry.row.source, entry.line)
            every[lines.joined.get(placed, placed)].append((one, entry))
    wanted = {id(entry) for _, entry in _find_claims(listed, asked) if is_counted(asked, entry.row.judged)}
    rows = []
    for claims in every.values():
        found = [claim for claim in claims if id(claim[1]) in wanted]
        if found:
            rows.append(_make_source(claims, found))
    return sorted(rows, key=SOURCE_ORDERS[order])


def list_refused(captures: Iterable[Capture], problems: Iterable[tuple[str, Problem]]) -> list[RefusedRow]:
    """Return the captures without an article of which it is known why, the latest first."""
    why = dict(problems)
    rows = []
    for capture in captures:
        about = {"capture": capture.id, "name": capture.name, "at": capture.captured_at}
        refusal, problem = capture.refusal, why.get(capture.id)
        if refusal is not None:
            rows.append(RefusedRow(code=refusal.code, message=refusal.message, advice=refusal.advice, **about))
        elif problem is not None:
            rows.append(
                RefusedRow(
                    code=problem.code, message=say_without_name(problem.message, capture.name), advice="", **about
                )
            )
    return rows[::-1]


def count_outlets(docs: Iterable[Document]) -> tuple[tuple[str, int], ...]:
    """Return the outlets with the most documents, and how many."""
    counts = Counter(doc.outlet for doc in docs if doc.outlet)
    return tuple(sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))[:OUTLETS_MAX])


def _find_claims(listed: Iterable[Listed], asked: Asked) -> list[Claim]:
    return [
        (one, entry)
        for one in listed
        if _fits(one, asked)
        for entry in one.entries
        if fits_row(asked, entry) and _has_words(entry.row.content, asked)
    ]


def _fold(rows: Iterable[ClaimRow]) -> list[ClaimRow]:
    """Return of each claim the row that comes first, and all rows without a claim."""
    seen: set[int] = set()
    folded = []
    for row in rows:
        if row.claim is None or row.claim.number not in seen:
            folded.append(row)
        if row.claim is not None:
            seen.add(row.claim.number)
    return folded


def _order_told(line: ClaimLine | None, key: Callable[[ClaimLine], int]) -> tuple[bool, int, int]:
    """Return by what a row is sorted whose claim this is; then by most articles; rows without one come last."""
    return (True, 0, 0) if line is None else (False, key(line), -line.n_documents)


def _find_articles(listed: Iterable[Listed], asked: Asked) -> list[Listed]:
    return [
        one
        for one in listed
        if _fits(one, asked)
        and (
            not asked.asks_rows
            or any(fits_row(asked, entry) and is_counted(asked, entry.row.judged) for entry in one.entries)
        )
        and _has_words(one.text, asked)
    ]


def _fits(one: Listed, asked: Asked) -> bool:
    if asked.is_newest_only and one.article.superseded_by is not None:
        return False
    if not fits_told(asked, story=one.story, claims=one.claims):
        return False
    return fits_document(asked, one.article.id, outlet=one.article.outlet, day=one.day, problems=one.article.n_problems)


def _has_words(text: str, asked: Asked) -> bool:
    return asked.phrases is None or (bool(asked.phrases) and has_phrases(text, asked.phrases))


def _make_source(every: Sequence[Claim], found: Sequence[Claim]) -> SourceRow:
    """Return a line: its name and role as in all its rows, all else as in those that are asked for.

    Of sources of several kinds that a person judged the same, the kind is that of the newest row.
    """
    sources = {entry.row.source: entry.source for _, entry in every}
    names = Counter(source.name for source in sources.values())
    roles = Counter(source.role for source in sources.values() if source.role)
    oldest = sorted(found, key=lambda claim: (claim[0].minute is None, claim[0].minute or 0, -claim[0].number))
    first = min(found, key=lambda claim: claim[0].newest_first)[1].source
    dated = [one.article.published for one, _ in oldest if one.minute is not None]
    return SourceRow(
        ids=tuple(dict.fromkeys(entry.row.source for _, entry in oldest))[:IDS_MAX],
        name=_most(names) or "",
        kind=first.kind,
        naming=first.naming,
        role=_most(roles),
        n_claims=len(found),
        n_articles=len({one.number for one, _ in found}),
        n_outlets=len({one.article.outlet for one, _ in found if one.article.outlet}),
        first=dated[0] if dated else None,
        last=dated[-1] if dated else None,
    )


def _most(counts: Counter[str]) -> str | None:
    """Return what was counted most often; of several the first by letters."""
    return min(counts, key=lambda name: (-counts[name], name), default=None)
