"""What a reading got wrong in one article, sorted into kinds, for a person to read.

The scorer decides which rows are right; what is left is paired here, best overlap first, to tell a row with the wrong
party from a row that was missed and one that nobody labelled. Pure functions.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from sayso.bench.breakdown import LEFT_OUT, start_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from sayso.bench.corpora import Article
    from sayso.bench.scorer import ArticleScore, Scorer

WORD = re.compile(r"\w+")
SAME_CONTENT = 0.5
ROW_LABELS = ("stance", "certainty", "endorsement")
SOURCE_LABELS = ("kind", "naming")
Row = dict[str, Any]


class Flaw(StrEnum):
    """The kinds of mistake, in the order in which they are shown."""

    MISS = "miss"
    EXTRA = "extra"
    PARTY = "party"
    ROUTE = "route"
    LABEL = "label"


@dataclass(frozen=True, slots=True, kw_only=True)
class Mistake:
    """One mistake.

    Attributes:
        flaw: Which kind.
        gold: The labelled row; None for an extra row.
        read: The predicted row; for a miss the one that comes nearest; None if there is none.
        near: For an extra row the labelled row that comes nearest; None if there is none.
        overlap: Share of content words that the two rows have in common (Jaccard), 0..1.
        note: What differs, for a person.
    """

    flaw: Flaw
    gold: Row | None
    read: Row | None
    near: Row | None
    overlap: float
    note: str

    @property
    def start(self) -> int:
        """Where in the text it is."""
        return start_of(self.gold or self.read or {})


@dataclass(frozen=True, slots=True, kw_only=True)
class Sides:
    """Both sides of one article, indexed.

    Attributes:
        gold: Labelled rows by id, without those of stance ``other``.
        read: Predicted rows by id, without those of stance ``other``.
        left_out: Rows of both sides whose stance is ``other``.
        gold_sources: Labelled sources by id.
        read_sources: Predicted sources by id.
        gold_mentions: Where each labelled source is mentioned, by id.
        aligned: The scorer's alignment: the one labelled source that each predicted source stands for, or None.
        has_labels: Whether the corpus labels more than spans.
    """

    gold: dict[str, Row]
    read: dict[str, Row]
    left_out: list[Row]
    gold_sources: dict[str, dict[str, Any]]
    read_sources: dict[str, dict[str, Any]]
    gold_mentions: Mapping[str, Sequence[Any]]
    aligned: Mapping[str, str | None]
    has_labels: bool


def find_mistakes(scorer: Scorer, article: Article, sides: Sides, score: ArticleScore) -> list[Mistake]:
    """Return the mistakes of one article in the order of the text.

    Routes and labels are compared only where the corpus has them. Where it has spans alone, a row is of the right
    party if its source stands in the same place.
    """
    words = {id(row): content_words(article.text, row) for row in [*sides.gold.values(), *sides.read.values()]}
    words.update({id(row): content_words(article.text, row) for row in sides.left_out})
    right = [(a, b) for a, b in score.right if a in sides.gold and b in sides.read]
    gold_left = [row for name, row in sides.gold.items() if name not in {a for a, _ in right}]
    read_left = [row for name, row in sides.read.items() if name not in {b for _, b in right}]
    found: list[Mistake] = []
    for a, b, overlap in pair_rows(gold_left, read_left, words):
        if sides.has_labels or not scorer.overlap(a["source_spans"], b["source_spans"]):
            found.append(_mistake(Flaw.PARTY, a, b, overlap, note=_parties(sides, a, b)))
        gold_left = [row for row in gold_left if row is not a]
        read_left = [row for row in read_left if row is not b]
    for row in gold_left:
        near, overlap = _nearest(row, [*sides.read.values(), *sides.left_out], words)
        found.append(_mistake(Flaw.MISS, row, near, overlap, note=_explain_miss(near, overlap)))
    for row in read_left:
        near, overlap = _nearest(row, [*sides.gold.values(), *sides.left_out], words)
        taken = near is not None and near.get("id") in {a for a, _ in right}
        found.append(_mistake(Flaw.EXTRA, None, row, overlap, near=near, note=_explain_extra(near, overlap, taken)))
    for gold_id, read_id in right if sides.has_labels else ():
        found += _compare_right(scorer, sides, sides.gold[gold_id], sides.read[read_id])
    return sorted(found, key=lambda mistake: (mistake.start, list(Flaw).index(mistake.flaw)))


def index_sides(scorer: Scorer, article: Article, reading: Mapping[str, Any], *, flat: bool) -> Sides:
    """Return both sides of an article as the scorer normalises them."""
    gold_sources, gold_rows, gold_mentions, *_ = scorer.normalise(dict(article.gold or {}), article.text)
    read_sources, read_rows, read_mentions, *_ = scorer.normalise(dict(reading), article.text, flat)
    return Sides(
        gold={str(row["id"]): row for row in gold_rows if row.get("stance") != LEFT_OUT},
        read={str(row["id"]): row for row in read_rows if row.get("stance") != LEFT_OUT},
        left_out=[row for row in [*gold_rows, *read_rows] if row.get("stance") == LEFT_OUT],
        gold_sources=gold_sources,
        read_sources=read_sources,
        gold_mentions=gold_mentions,
        aligned=scorer.align(gold_sources, gold_mentions, read_sources, read_mentions),
        has_labels=any(row.get("stance") is not None for row in gold_rows),
    )


def content_words(text: str, row: Row) -> frozenset[int]:
    """Return where the words of a row's content begin."""
    return frozenset(
        start + word.start() for start, end in row.get("content_spans") or [] for word in WORD.finditer(text[start:end])
    )


def share(a: frozenset[int], b: frozenset[int]) -> float:
    """Return the Jaccard overlap of two sets, 0 for two empty ones."""
    return len(a & b) / len(a | b) if a | b else 0.0


def pair_rows(
    gold: Sequence[Row], read: Sequence[Row], words: Mapping[int, frozenset[int]]
) -> list[tuple[Row, Row, float]]:
    """Return one-to-one pairs of rows with the same content, best overlap first."""
    scored = [(share(words[id(a)], words[id(b)]), i, j) for i, a in enumerate(gold) for j, b in enumerate(read)]
    pairs: list[tuple[Row, Row, float]] = []
    used_gold: set[int] = set()
    used_read: set[int] = set()
    for overlap, i, j in sorted(scored, key=lambda entry: (-entry[0], entry[1], entry[2])):
        if overlap >= SAME_CONTENT and i not in used_gold and j not in used_read:
            used_gold.add(i)
            used_read.add(j)
            pairs.append((gold[i], read[j], overlap))
    return pairs


def describe_row(text: str, row: Row) -> frozenset[str]:
    """Return what kind of row it is, in words, to count mistakes by."""
    traits = {"nested"} if row.get("within") else set()
    contents = row.get("content_spans") or []
    if str(row.get("id", "")).startswith("N"):
        traits.add("added by the guide")
    if not row.get("cue_spans"):
        traits.add("no cue")
    if not row.get("source_spans"):
        traits.add("no source in the row")
    if len(contents) > 1:
        traits.add("content in several parts")
    if any("\n" in text[start:end].strip() for start, end in contents):
        traits.add("content over paragraphs")
    if row.get("via"):
        traits.add("has a via")
    if row.get("stance"):
        traits.add(f"stance {row['stance']}")
    return frozenset(traits)


def cue_of(text: str, row: Row | None) -> str:
    """Return a row's cue in small letters; ``(none)`` where it has none."""
    spans = (row or {}).get("cue_spans") or []
    return " … ".join(" ".join(text[start:end].casefold().split()) for start, end in spans) or "(none)"


def count_traits(text: str, mistakes: Iterable[Mistake]) -> dict[Flaw, Counter[str]]:
    """Return per kind of mistake what traits its rows have."""
    counts: dict[Flaw, Counter[str]] = {flaw: Counter() for flaw in Flaw}
    for mistake in mistakes:
        counts[mistake.flaw].update(describe_row(text, mistake.gold or mistake.read or {}))
    return counts


def source_name(sources: Mapping[str, Mapping[str, Any]], name: str | None) -> str:
    """Return a source's name for a person, with its kind and naming where it has them."""
    if name is None:
        return "(nobody)"
    source = sources.get(name, {})
    labels = ", ".join(str(source[key]) for key in SOURCE_LABELS if source.get(key))
    return f"{source.get('name') or name}" + (f" ({labels})" if labels else "")


def _mistake(
    flaw: Flaw, gold: Row | None, read: Row | None, overlap: float, *, note: str, near: Row | None = None
) -> Mistake:
    """Return a mistake."""
    return Mistake(flaw=flaw, gold=gold, read=read, near=near, overlap=overlap, note=note)


def _nearest(row: Row, others: Iterable[Row], words: Mapping[int, frozenset[int]]) -> tuple[Row | None, float]:
    """Return the other side's row with the most content in common, and how much."""
    scored = [(share(words[id(row)], words[id(other)]), other) for other in others if other is not row]
    overlap, near = max(scored, key=lambda entry: entry[0], default=(0.0, None))
    return (near, overlap) if overlap else (None, 0.0)


def _parties(sides: Sides, gold: Row, read: Row) -> str:
    """Return both parties, for a person, and whom the source that was read stands for over the article."""
    wanted = source_name(sides.gold_sources, gold.get("source"))
    party = read.get("source")
    stands_for = sides.aligned.get(party) if party else None
    whole = f", which over the article stands for {source_name(sides.gold_sources, stands_for)}"
    return f"should be {wanted}; read as {source_name(sides.read_sources, party)}{whole if sides.has_labels else ''}"


def _explain_miss(near: Row | None, overlap: float) -> str:
    """Return why a labelled row found no partner."""
    if near is None:
        return "nothing was read here"
    if near.get("stance") == LEFT_OUT:
        return f"read, but with stance other (content overlap {overlap:.0%})"
    if overlap >= SAME_CONTENT:
        return f"another row was paired with what was read here (content overlap {overlap:.0%})"
    return f"content overlap only {overlap:.0%}"


def _explain_extra(near: Row | None, overlap: float, taken: bool) -> str:  # noqa: FBT001
    """Return why a predicted row found no partner."""
    if near is None:
        return "nothing is labelled here"
    if near.get("stance") == LEFT_OUT:
        return f"labelled with stance other (content overlap {overlap:.0%})"
    if taken:
        return f"the labelled row here is already found by another (content overlap {overlap:.0%})"
    return f"content overlap only {overlap:.0%}"


def _compare_right(scorer: Scorer, sides: Sides, gold: Row, read: Row) -> list[Mistake]:
    """Return what differs between two rows that are the same row."""
    found = []
    source, other = sides.gold_sources.get(gold["source"], {}), sides.read_sources.get(read.get("source") or "", {})
    pairs = [(label, gold.get(label), read.get(label)) for label in ROW_LABELS]
    pairs += [(label, source.get(label), other.get(label)) for label in SOURCE_LABELS]
    wrong = [f"{label}: {a} read as {b}" for label, a, b in pairs if a is not None and a != b]
    if wrong:
        found.append(_mistake(Flaw.LABEL, gold, read, 1.0, note="; ".join(wrong)))
    wanted, got = scorer.route(gold, sides.gold), scorer.route(read, sides.read)
    alike = len(wanted) == len(got) and all(_is_same(scorer, sides, a, b) for a, b in zip(wanted, got, strict=True))
    if not alike and max(len(wanted), len(got)) > 1:
        names = [str(sides.gold_sources.get(party, {}).get("name") or party) for party in wanted]
        others = [str(sides.read_sources.get(party, {}).get("name") or party) for party in got]
        found.append(_mistake(Flaw.ROUTE, gold, read, 1.0, note=f"{' > '.join(names)}; read as {' > '.join(others)}"))
    return found


def _is_same(scorer: Scorer, sides: Sides, gold: str, read: str) -> bool:
    """Return whether two parties of a route are the same, as the scorer has it."""
    source, other = sides.gold_sources.get(gold, {}), sides.read_sources.get(read, {})
    if sides.aligned.get(read) == gold or source.get("kind") == other.get("kind") == "unknown":
        return True
    return not sides.gold_mentions.get(gold) and scorer.names_agree(source.get("name"), other.get("name"))
