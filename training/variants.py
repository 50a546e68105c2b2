"""Articles made from labelled articles, so that the reader leans on how things are said and not on who says them.

Two changes, both over the text, with every span moved along:

- `rename` gives persons other names, the same throughout an article. The labelled articles are about a handful of
  politicians, whose names would else be learned as those who speak.
- `nest` puts a sentence that holds whole attributions into the mouth of somebody else ("Roe said that …"). PolNeAR's
  labels have one layer; here alone, and in the gold, a cue within a content is known to be one, and the words around it
  known to be none.

Made articles are trained on and never measured on.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from corpora import Row
from sayso.extract.rulebook import load_rules
from sayso.text import find_sentences

if TYPE_CHECKING:
    import numpy as np

    from corpora import Article, Spans

RENAMED, NESTED = 0.35, 0.5
RENAMED_WORDS = 0.8
SENTENCES_AN_ARTICLE = 3
COMMON_CUE = 12
MIN_CHARS, MAX_CHARS, MAX_OPENING_CHARS = 40, 320, 90
QUOTED, BEFORE, THAT = 0.5, 0.6, 0.5
NAME_WORD = re.compile(r"[A-Z][a-z]{2,}")
QUOTES = re.compile('["“”‘’]')
# Words that begin a sentence in capitals and do not keep them within one.
LOWERED = frozenset((
    "The", "A", "An", "In", "On", "At", "But", "It", "He", "She", "They", "We", "This", "That", "These", "Those",
    "There", "Some", "Many", "Most", "Several", "Critics", "Officials", "Other", "Others", "His", "Her", "Their", "Its",
    "One", "Two", "And", "While", "When", "After", "Before", "If", "For", "As", "With", "By", "People", "Experts",
    "Voters",
))  # fmt: skip


@dataclass(frozen=True)
class Edit:
    """Characters [start, end) of a text give way to `new`."""

    start: int
    end: int
    new: str


class Edited:
    """A text after edits that do not overlap, and where its places went."""

    def __init__(self, text: str, edits: list[Edit]) -> None:
        self.edits = sorted(edits, key=lambda e: (e.start, e.end))
        parts, at = [], 0
        for e in self.edits:
            parts += [text[at : e.start], e.new]
            at = e.end
        self.text = "".join([*parts, text[at:]])

    def start(self, place: int) -> int:
        """Return where a span that began here begins: behind what was put in before it."""
        shift = 0
        for e in self.edits:
            if e.end <= place:
                shift += len(e.new) - (e.end - e.start)
            elif e.start < place:
                return e.start + shift
        return place + shift

    def end(self, place: int) -> int:
        """Return where a span that ended here ends: in front of what was put in behind it."""
        shift = 0
        for e in self.edits:
            if e.start >= place:
                break
            shift += len(e.new) - (e.end - e.start)
            if e.end > place:
                return e.start + shift + (e.end - e.start)
        return place + shift

    def spans(self, spans: Spans) -> Spans:
        """Return the spans moved along."""
        return [(self.start(a), self.end(b)) for a, b in spans]

    def article(self, article: Article, **changes: object) -> Article:
        """Return an article with this text and its labels moved along."""
        rows = [
            replace(
                row,
                source_spans=self.spans(row.source_spans),
                cue_spans=self.spans(row.cue_spans),
                content_spans=self.spans(row.content_spans),
            )
            for row in article.rows
        ]
        entities = [(self.start(a), self.end(b), label) for a, b, label in article.entities]
        return replace(article, text=self.text, rows=rows, entities=entities, **changes)


def _kind_of_name(word: str, lists: dict[str, list[str]]) -> str:
    """Return whether a word is a woman's or a man's first name, or another name."""
    low = word.casefold()
    return "her" if low in lists["her_names"] else "his" if low in lists["his_names"] else "other"


class Names:
    """The names of persons in some articles, by kind, to draw others from."""

    def __init__(self, articles: list[Article]) -> None:
        self.lists = load_rules("en", "mentions")["words"]
        self.pools: dict[str, list[str]] = {kind: [] for kind in ("her", "his", "other")}
        for word in sorted({w for a in articles for w in self.words_of(a)}):
            self.pools[_kind_of_name(word, self.lists)].append(word)

    def words_of(self, article: Article) -> list[str]:
        """Return the words of persons' names in an article, titles left out, in order of the alphabet."""
        found = {
            w
            for start, end, label in article.entities
            if label == "PERSON"
            for w in NAME_WORD.findall(article.text[start:end])
        }
        return sorted(w for w in found if w.casefold() not in self.lists["titles"])

    def rename(self, article: Article, rng: np.random.Generator) -> Article:
        """Return the article with most of its persons renamed."""
        new = {}
        for word in self.words_of(article):
            pool = self.pools[_kind_of_name(word, self.lists)]
            if rng.random() < RENAMED_WORDS and pool:
                new[word] = pool[int(rng.integers(len(pool)))]
        if not new:
            return article
        pattern = re.compile(r"\b(?:" + "|".join(map(re.escape, new)) + r")\b")
        edits = [Edit(*m.span(), new[m.group()]) for m in pattern.finditer(article.text)]
        sources = {
            key: {**source, "name": pattern.sub(lambda m: new[m.group()], source.get("name") or "")}
            for key, source in article.sources.items()
        }
        return Edited(article.text, edits).article(article, sources=sources)


@dataclass(frozen=True)
class Opening:
    """Who says, and the word for it, as an article has them before or behind what is said.

    Attributes:
        words: From the source to the cue, or from the cue to the source.
        source: Where the source stands in them.
        cue: Where the cue stands in them.
    """

    words: str
    source: tuple[int, int]
    cue: tuple[int, int]


def _opening_of(text: str, row: Row) -> tuple[bool, Opening] | None:
    """Return a row's opening, and whether it stands before its content; None if the row is not plain enough."""
    if not len(row.source_spans) == len(row.cue_spans) == len(row.content_spans) == 1:
        return None
    (s0, s1), (q0, q1), (c0, c1) = row.source_spans[0], row.cue_spans[0], row.content_spans[0]
    low, high = min(s0, q0), max(s1, q1)
    words = text[low:high]
    if len(words) > MAX_OPENING_CHARS or "\n" in words or QUOTES.search(words):
        return None
    if low == s0 < c0 and not words[0].isupper():
        return None
    between = text[high:c0] if high <= c0 else text[c1:low] if c1 <= low else None
    if between is None or between.strip(' ,"“”:') not in ("", "that"):
        return None
    return high <= c0, Opening(words, (s0 - low, s1 - low), (q0 - low, q1 - low))


@dataclass(frozen=True)
class Wrapped:
    """A sentence put into somebody's mouth; places are from the new sentence's start.

    Attributes:
        start: Where the sentence began.
        edits: What makes it so.
        opening: Whose mouth.
        at: Where the opening's words stand.
        content: Where what is said stands, quotation marks included, a full stop left out.
    """

    start: int
    edits: list[Edit]
    opening: Opening
    at: int
    content: tuple[int, int]

    def row(self, name: str, start: int) -> Row:
        """Return the attribution, in a text in which the new sentence begins at `start`."""
        at = start + self.at
        move = lambda span, by: [(span[0] + by, span[1] + by)]  # noqa: E731
        source, cue = move(self.opening.source, at), move(self.opening.cue, at)
        return Row(name, source, cue, move(self.content, start), is_made=True)


class Openings:
    """The openings of some articles, to put sentences behind or before."""

    def __init__(self, articles: list[Article]) -> None:
        found = [o for a in articles for row in a.rows if (o := _opening_of(a.text, row))]
        # What a content of any kind can stand behind: the cues that many rows have.
        often = Counter(_cue_of(opening) for _, opening in found)
        found = [(is_before, o) for is_before, o in found if often[_cue_of(o)] >= COMMON_CUE]
        self.before = [o for is_before, o in found if is_before and o.source < o.cue]
        self.behind = [o for is_before, o in found if not is_before]

    def nest(self, article: Article, rng: np.random.Generator) -> Article:
        """Return the article with some sentences put into somebody's mouth; labels of one layer are asked for."""
        sentences = [(s, e) for s, e in find_sentences(article.text) if _is_fit(article, s, e)]
        if not sentences:
            return article
        chosen = rng.permutation(len(sentences))[:SENTENCES_AN_ARTICLE]
        wrapped = [self._wrap(article.text, *sentences[k], rng) for k in sorted(chosen.tolist())]
        edited = Edited(article.text, [edit for w in wrapped for edit in w.edits])
        out = edited.article(article)
        return replace(out, rows=out.rows + [w.row(f"made{i}", edited.end(w.start)) for i, w in enumerate(wrapped)])

    def _wrap(self, text: str, start: int, end: int, rng: np.random.Generator) -> Wrapped:
        """Return a sentence with an opening before or behind it, in quotation marks or not."""
        is_quoted, is_before = rng.random() < QUOTED, rng.random() < BEFORE
        pool = self.before if is_before else self.behind
        opening = pool[int(rng.integers(len(pool)))]
        words, width = opening.words, end - start
        if not is_before:
            front, mark = ("“", ",” ") if is_quoted else ("", ", ")
            edits = [Edit(start, start, front), Edit(end - 1, end, f"{mark}{words}.")]
            said = len(front) + width - 1
            return Wrapped(start, edits, opening, said + len(mark), (0, said + len(mark.strip()) * is_quoted))
        if is_quoted:
            edits = [Edit(start, start, f"{words}, “"), Edit(end, end, "”")]
            return Wrapped(start, edits, opening, 0, (len(words) + 2, len(words) + 3 + width + 1))
        link = " that " if rng.random() < THAT else " "
        edits = [Edit(start, start, words + link)]
        if text[start:end].split(maxsplit=1)[0] in LOWERED:
            edits.append(Edit(start, start + 1, text[start].lower()))
        return Wrapped(start, edits, opening, 0, (len(words) + 1, len(words) + len(link) + width - 1))


def _is_fit(article: Article, start: int, end: int) -> bool:
    """Return whether a sentence of the body holds whole attributions, none in part, and no quotation."""
    text = article.text[start:end]
    if not start or not MIN_CHARS <= end - start <= MAX_CHARS or QUOTES.search(text) or "\n" in text or text[-1] != ".":
        return False
    inside = 0
    for row in article.rows:
        spans = row.source_spans + row.cue_spans + row.content_spans
        if any(a < end and start < b for a, b in spans):
            if not all(start <= a and b <= end for a, b in spans):
                return False
            inside += bool(row.cue_spans)
    return inside > 0


def _cue_of(opening: Opening) -> str:
    return opening.words[slice(*opening.cue)].casefold()


def vary(article: Article, rng: np.random.Generator, names: Names, openings: Openings) -> Article:
    """Return the article, or one made from it; whether and how is drawn."""
    out = article
    if not article.is_gold and rng.random() < NESTED:
        out = openings.nest(out, rng)
    if rng.random() < RENAMED:
        out = names.rename(out, rng)
    return out
