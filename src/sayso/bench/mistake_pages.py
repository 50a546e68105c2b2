"""Mistakes as pages to read: each row in its sentence, with source, cue and content marked."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

import click

from sayso.bench.mistakes import Flaw, Mistake, Row, count_traits, cue_of, source_name

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from sayso.bench.corpora import Article
    from sayso.bench.mistakes import Sides

CONTEXT_CHARS = 70
LONGEST_CHARS = 320
MOST_COUNTED = 15
MARKS = {"source_spans": ("S", "cyan"), "cue_spans": ("Q", "yellow"), "content_spans": ("C", "green")}
LEGEND = "S«source»  Q«cue»  C«content»"
INDENT = "        "


def mark_row(text: str, row: Row) -> str:
    """Return the row in its surroundings, one line, with its spans marked as ``S«…» Q«…» C«…»``."""
    spans = sorted((start, end, role) for role in MARKS for start, end in row.get(role) or [])
    if not spans:
        return "(no spans)"
    position = max(0, spans[0][0] - CONTEXT_CHARS)
    parts = ["…" if position else ""]
    for start, end, role in spans:
        parts.append(shorten(text[position:start]))
        letter, colour = MARKS[role]
        parts.append(click.style(f"{letter}«{shorten(text[max(position, start) : end])}»", fg=colour))
        position = max(position, end)
    after = text[position : position + CONTEXT_CHARS]
    parts += [shorten(after), "…" if position + CONTEXT_CHARS < len(text) else ""]
    return "".join(parts)


def shorten(given: str) -> str:
    """Return the text on one line, its middle cut out where it is long; paragraphs show as ¶."""
    flat = given.replace("\r", "").replace("\n\n", " ¶ ").replace("\n", " ")
    if len(flat) <= LONGEST_CHARS:
        return flat
    half = LONGEST_CHARS // 2
    return f"{flat[:half]} [… {len(flat) - 2 * half} characters …] {flat[-half:]}"


def page(article: Article, sides: Sides, mistakes: Sequence[Mistake], *, rights: int) -> Iterator[str]:
    """Yield the lines of one article's page."""
    counts = Counter(mistake.flaw for mistake in mistakes)
    total = ", ".join(f"{counts[flaw]} {flaw}" for flaw in Flaw if counts[flaw]) or "no mistakes"
    yield ""
    yield click.style(f"=== {article.name} ", bold=True) + f"({rights} rows right; {total})"
    yield "    " + shorten(article.text.strip().split("\n", 1)[0])
    for mistake in mistakes:
        yield ""
        yield from _entry(article.text, sides, mistake)


def summary(articles: Sequence[tuple[Article, Sequence[Mistake], int]]) -> Iterator[str]:
    """Yield the lines of the counts over all articles: by kind, by trait, by cue, by maker."""
    flaws: Counter[Flaw] = Counter()
    traits: dict[Flaw, Counter[str]] = {flaw: Counter() for flaw in Flaw}
    cues: dict[Flaw, Counter[str]] = {flaw: Counter() for flaw in Flaw}
    notes: dict[Flaw, Counter[str]] = {flaw: Counter() for flaw in Flaw}
    makers: Counter[str] = Counter()
    for article, mistakes, _ in articles:
        for flaw, counter in count_traits(article.text, mistakes).items():
            traits[flaw] += counter
        for mistake in mistakes:
            flaws[mistake.flaw] += 1
            cues[mistake.flaw][cue_of(article.text, mistake.gold or mistake.read)] += 1
            for note in mistake.note.split("; ") if mistake.flaw is Flaw.LABEL else [mistake.note.split(" (")[0]]:
                notes[mistake.flaw][_without_share(note)] += 1
            if mistake.flaw is Flaw.EXTRA and mistake.read:
                makers.update(mistake.read.get("made_by") or ["not said"])
    yield ""
    yield click.style("=== all articles", bold=True) + f" ({len(articles)}; {sum(r for *_, r in articles)} rows right)"
    for flaw in Flaw:
        yield f"{flaw.upper():6s} {flaws[flaw]}"
        if flaw in {Flaw.MISS, Flaw.EXTRA, Flaw.LABEL}:
            yield f"{INDENT}why:    {_most(notes[flaw])}"
        yield f"{INDENT}rows:   {_most(traits[flaw])}"
        yield f"{INDENT}cues:   {_most(cues[flaw])}"
    yield f"EXTRA rows by head or rule: {_most(makers)}"


def _entry(text: str, sides: Sides, mistake: Mistake) -> Iterator[str]:
    """Yield the lines of one mistake."""
    name = click.style(f"{mistake.flaw.upper():6s}", fg="red", bold=True)
    yield f"{name}  {mistake.note}"
    if mistake.gold is not None:
        yield f"{INDENT}gold {_facts(mistake.gold, sides.gold_sources)}"
        yield f"{INDENT}     {mark_row(text, mistake.gold)}"
    if mistake.read is not None:
        yield f"{INDENT}{'near' if mistake.flaw is Flaw.MISS else 'read'} {_facts(mistake.read, sides.read_sources)}"
        if mistake.flaw not in {Flaw.LABEL, Flaw.ROUTE}:
            yield f"{INDENT}     {mark_row(text, mistake.read)}"
    if mistake.near is not None:
        yield f"{INDENT}near {_facts(mistake.near, sides.gold_sources)}"
        yield f"{INDENT}     {mark_row(text, mistake.near)}"


def _facts(row: Row, sources: dict[str, dict[str, Any]]) -> str:
    """Return a row's facts on one line."""
    facts = [str(row.get("id")), source_name(sources, row.get("source"))]
    if row.get("via"):
        facts.append("via " + ", ".join(source_name(sources, via) for via in row["via"]))
    if row.get("within"):
        facts.append(f"within {row['within']}")
    labels = [str(row[key]) for key in ("stance", "certainty", "endorsement") if row.get(key)]
    facts += ["/".join(labels)] if labels else []
    facts += [f"confidence {row['confidence']:.2f}"] if row.get("confidence") is not None else []
    facts += ["by " + ", ".join(row["made_by"])] if row.get("made_by") else []
    return " · ".join(facts)


def _most(counter: Counter[str]) -> str:
    """Return the commonest entries with their counts."""
    return ", ".join(f"{name} {count}" for name, count in counter.most_common(MOST_COUNTED)) or "-"


def _without_share(note: str) -> str:
    """Return a note without its percentage, so that alike notes are counted together."""
    return note.rsplit(" ", 1)[0] if note.endswith("%") else note
