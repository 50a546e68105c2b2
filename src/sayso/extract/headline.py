"""Does the body bear out the headline? Words, figures and hedges are compared, and what is missing is said."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from sayso.extract.rulebook import load_rules
from sayso.records import Certainty, Headline, Stance, Support
from sayso.text import find_sentences

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sayso.records import Attribution

WORD = re.compile(r"[^\W_]+(?:[\u2019'][^\W_]+)?")
STEM_CHARS = 5
MIN_CHARS = 4
# Words come again and again; one that is longer hardly does.
MAX_REMEMBERED = 20_000
MAX_REMEMBERED_CHARS = 40
# Shares of the headline's words that stand in the body.
FULL_SHARE, PARTIAL_SHARE = 0.6, 0.35
ROW_SHARE = 0.4
# A sentence that holds this much of the headline's words says what it says.
BEARING_SHARE = 0.5
SHOWN_CHARS = 90
REFUSING = {Stance.DENIES, Stance.DOUBTS, Stance.DECLINES}


def judge_headline(text: str, title: tuple[int, int], rows: Sequence[Attribution]) -> Headline:
    """Return how far the body bears out the headline, why, and the rows on which its statement rests."""
    wanted = _stems(text[title[0] : title[1]])
    body = _stems(text[title[1] :])
    missing = [word for stem, word in wanted.items() if stem not in body]
    share = 1 - len(missing) / len(wanted) if wanted else 0.0
    resting = [row for row in rows if not _in_title(row, title) and _share_of(wanted, row) >= ROW_SHARE]
    ids = tuple(row.id for row in resting)
    hedge = _lost_hedge(text[title[0] : title[1]], resting) or _turned(text, title, wanted)
    figures = [word for word in missing if word[0].isdigit()]
    if share < PARTIAL_SHARE:
        why = f"little of it stands in the body: {', '.join(missing[:6])} do not" if missing else "it holds no words"
        return Headline(support=Support.NONE, why=why, rows=ids)
    if figures:
        return Headline(support=Support.PARTIAL, why=f"its figure {figures[0]} does not stand in the body", rows=ids)
    if hedge is not None:
        return Headline(support=Support.PARTIAL, why=hedge, rows=ids)
    if share < FULL_SHARE:
        return Headline(support=Support.PARTIAL, why=f"not in the body: {', '.join(missing[:6])}", rows=ids)
    return Headline(support=Support.FULL, why="its words stand in the body", rows=ids)


def _lost_hedge(headline: str, resting: Sequence[Attribution]) -> str | None:
    """Return why the headline is surer than every row that it rests on; None if it is not."""
    if not resting or re.search(load_rules("en", "headline")["hedge"], headline, re.IGNORECASE):
        return None
    if all(row.stance in REFUSING for row in resting):
        return "what the body says of it is only denied, doubted or left unanswered"
    unsure = [row for row in resting if row.certainty is not Certainty.CERTAIN and row.stance not in REFUSING]
    if len(unsure) == len(resting):
        words = " … ".join(span.exact for span in (*unsure[0].cue_spans, *unsure[0].content_spans))
        hedge = re.search(load_rules("en", "headline")["unsure"], words, re.IGNORECASE)
        shown = hedge.group() if hedge else shorten(words)
        return f"the body has it as {unsure[0].certainty.value} (“{shown}”), the headline as certain"
    return None


def _turned(text: str, title: tuple[int, int], wanted: dict[str, str]) -> str | None:
    """Return why every sentence of the body that holds the headline's words says less, or the opposite; else None."""
    rules, headline = load_rules("en", "headline"), text[title[0] : title[1]]
    if re.search(rules["hedge"], headline, re.IGNORECASE):
        return None
    bearing = []
    for start, end in find_sentences(text):
        stems = _stems(text[start:end]) if start >= title[1] else {}
        if wanted and sum(stem in stems for stem in wanted) / len(wanted) >= BEARING_SHARE:
            bearing.append(text[start:end])
    for key, why in (("negation", "the body denies it"), ("unsure", "the body is not as sure")):
        pattern = re.compile(rules[key], re.IGNORECASE)
        if bearing and all(pattern.search(sentence) for sentence in bearing) and not pattern.search(headline):
            return f"{why}: “{shorten(bearing[0])}”"
    return None


def shorten(sentence: str) -> str:
    """Return a sentence on one line, cut at a word where it is long."""
    words = " ".join(sentence.split())
    return words if len(words) <= SHOWN_CHARS else f"{words[:SHOWN_CHARS].rsplit(' ', 1)[0]} …"


def _share_of(wanted: dict[str, str], row: Attribution) -> float:
    """Return the share of the headline's words that a row's source, cue and content hold."""
    held = _stems(" ".join(s.exact for s in (*row.source_spans, *row.cue_spans, *row.content_spans)))
    return sum(stem in held for stem in wanted) / len(wanted) if wanted else 0.0


def _in_title(row: Attribution, title: tuple[int, int]) -> bool:
    """Return whether a row stands in the headline itself."""
    return any(span.start < title[1] for span in (*row.cue_spans, *row.content_spans))


def _stems(text: str) -> dict[str, str]:
    """Return the meaningful words of a text: stem to word; figures and capitalised words of any length count."""
    out: dict[str, str] = {}
    for word in WORD.findall(text):
        stem = _stem_of(word) if len(word) <= MAX_REMEMBERED_CHARS else _find_stem(word)
        if stem:
            out.setdefault(stem, word)
    return out


def _find_stem(word: str) -> str:
    """Return the stem of a word; empty for one without meaning of its own."""
    rules = load_rules("en", "headline")
    skip, figures = rules["skip"], rules["figures"]
    plain = word.casefold().replace("\u2019", "'").removesuffix("'s")
    if plain in skip or (len(plain) < MIN_CHARS and not (word[0].isdigit() or word.isupper() or plain in figures)):
        return ""
    return str(figures[plain]) if plain in figures else plain[:STEM_CHARS]


_stem_of = lru_cache(maxsize=MAX_REMEMBERED)(_find_stem)
