"""Readings of a corpus as pages to read by eye: for corpora without labels, and for what labels do not show."""

from __future__ import annotations

import random
import textwrap
from typing import TYPE_CHECKING, Any

import click

from sayso.bench.breakdown import start_of
from sayso.bench.mistake_pages import mark_row
from sayso.bench.mistakes import source_name

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from sayso.bench.corpora import Article

WIDTH = 118


def pick_articles(articles: Sequence[Article], count: int, *, seed: int) -> list[Article]:
    """Return that many articles, drawn by the seed, in their order in the corpus."""
    drawn = random.Random(seed).sample(range(len(articles)), min(count, len(articles)))  # noqa: S311 (no secret)
    return [articles[number] for number in sorted(drawn)]


def look_at(article: Article, reading: dict[str, Any], *, with_text: bool) -> Iterator[str]:
    """Yield the lines of one reading: what it rests on, then each row in its sentence."""
    sources = {str(source["id"]): source for source in reading["sources"]}
    rows = sorted(reading["attributions"], key=start_of)
    yield ""
    yield click.style(f"=== {article.name}", bold=True) + f" ({len(article.text):,} characters, {len(rows)} rows)"
    if with_text:
        for paragraph in article.text.split("\n"):
            yield from textwrap.wrap(paragraph, WIDTH, initial_indent="  | ", subsequent_indent="  | ")
        yield ""
    headline = reading.get("headline")
    if headline:
        yield f"headline  {headline['support']}: {headline['why']}"
    yield f"rests on  {', '.join(source_name(sources, origin) for origin in reading['origins']) or '(nothing)'}"
    for number, row in enumerate(rows, start=1):
        yield ""
        yield f"{number:3d} {_facts(row, rows, sources)}"
        yield f"    {mark_row(article.text, row)}"
    yield from _rest(article, reading, rows)


def _facts(row: dict[str, Any], rows: Sequence[dict[str, Any]], sources: dict[str, dict[str, Any]]) -> str:
    """Return who, through whom, how sure, on one line."""
    numbers = {other["id"]: number for number, other in enumerate(rows, start=1)}
    facts = [click.style(source_name(sources, row.get("source")), bold=True)]
    unresolved = sources.get(str(row.get("source")), {}).get("unresolved")
    facts += [f"unresolved: {unresolved}"] if unresolved else []
    facts += ["via " + ", ".join(source_name(sources, via) for via in row["via"])] if row.get("via") else []
    facts += [f"within {numbers.get(row['within'], '?')}"] if row.get("within") else []
    facts.append("/".join(str(row.get(key)) for key in ("stance", "certainty", "endorsement", "directness")))
    facts += [f"confidence {row['confidence']:.2f}"] if row.get("confidence") is not None else []
    facts += ["by " + ", ".join(row["made_by"])] if row.get("made_by") else []
    return " · ".join(facts)


def _rest(article: Article, reading: dict[str, Any], rows: Sequence[dict[str, Any]]) -> Iterator[str]:
    """Yield relations, sentences without a source, and problems."""
    numbers = {row["id"]: number for number, row in enumerate(rows, start=1)}
    yield ""
    for relation in reading.get("relations") or []:
        ends = numbers.get(relation["from"], "?"), numbers.get(relation["to"], "?")
        yield f"    {ends[0]} {relation['type']} {ends[1]}: {relation.get('why', '')}"
    for start, end in reading.get("unsourced") or []:
        yield f"    unsourced: {' '.join(article.text[start:end].split())}"
    for problem in reading.get("problems") or []:
        yield f"    problem: {problem['code']}: {problem['message']}"
