"""Cues to raw rows: for each cue its source, its own extent, its content and its route's medium, in words."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cache
from typing import TYPE_CHECKING

import numpy as np

from sayso.extract.decode import CONTENT, CUE, OUTSIDE, SOURCE, best_tags_of, segments
from sayso.extract.mentions import ends_of_nouns, is_bare
from sayso.extract.rulebook import load_rules

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from collections.abc import Set as AbstractSet

    from numpy.typing import NDArray

    from sayso.encoder.features import Words
    from sayso.encoder.session import Encoded, Model, RoleScores, WordScores

    Floats = NDArray[np.float32]
    Stretch = tuple[int, int]

# More pieces than this is a tagging that fell apart (99 % of labelled rows have three or fewer).
MAX_CONTENT_SEGMENTS = 4
SAME_CONTENT = 0.8
# A content may miss this many words to the end of the quotation that it holds: the stop and the marks.
SNAP_WORDS = 3
# A row of the second look may share this much of its content with the others.
COVERED = 0.3
# More words than any row reaches over.
FAR = 1_000_000
# How far a description may go on behind "the".
BARE_REACH = 4


@dataclass(frozen=True, slots=True)
class RawRow:
    """One attribution over the text's words; stretches are [low, high).

    Attributes:
        anchor: The cue's anchor.
        score: Probability that a cue stands there, 0..1.
        margin: Mean probability of the chosen roles over the row's own words, 0..1.
        source: The source's mention.
        cue: The words that ascribe.
        content: What is ascribed.
        via: Mentions of who or what carried it.
        via_score: The best probability of a word of `via`.
        rule: The rule of layout that found the row; empty where the heads did.
        by_subject: Whether the syntax head told the source.
    """

    anchor: int
    score: float
    margin: float
    source: tuple[Stretch, ...]
    cue: tuple[Stretch, ...]
    content: tuple[Stretch, ...]
    via: tuple[Stretch, ...]
    via_score: float
    rule: str = ""
    by_subject: bool = False


def find_rows(
    model: Model,
    encoded: Encoded,
    scores: WordScores,
    *,
    blocked: NDArray[np.bool_],
    refusals: Mapping[int, tuple[Stretch, ...]],
) -> list[RawRow]:
    """Return the raw rows of a text in order of their anchors.

    A word that the cue head is sure of is an anchor; within what somebody says it asks for another surety, since most
    labels say nothing of such cues. One that it half believes gets a second look: its row counts if
    the flat content head, which knows nothing of cues, finds content there that no sure row covers.

    Args:
        model: The loaded model.
        encoded: The text after the encoder.
        scores: What the word heads say.
        blocked: Words that are no prose, (n_words,): no row hangs on them and none reaches into them.
        refusals: Anchors that a rule of words is sure of, with the content that the rule finds.
    """
    limits = model.card.thresholds
    said = {
        at: tuple((low, high) for low, high in content if not blocked[low:high].any())
        for at, content in refusals.items()
        if not blocked[at]
    }
    believed = (scores.anchor > limits["second_look"]) & ~blocked
    believed[list(said)] = True
    anchors = np.flatnonzero(believed).astype(np.int32)
    # What the flat head, which reads all rows at once, thinks of each word weighs in.
    clipped = np.clip(scores.content, 0.02, 0.98)
    lean = np.log(clipped / (1 - clipped))
    tables = model.score_roles(encoded, anchors)
    for found in tables:
        found.roles[..., OUTSIDE] -= limits["outside"]
        window = slice(found.window.low, found.window.high)
        found.roles[..., CONTENT : CONTENT + 2] += (limits["agreement"] * lean[window])[None, :, None]
    rows: list[RawRow] = []
    for found, tags in zip(tables, best_tags_of([found.roles for found in tables]), strict=True):
        tags[:, blocked[found.window.low : found.window.high]] = OUTSIDE
        rows.extend(_make_rows(found, tags, scores.anchor, limits["via"]))
    rows = [row if row.content else replace(row, content=said.get(row.anchor, ())) for row in rows]
    rows = [row for row in rows if row.content]
    held = find_holders([row for row in rows if row.score > limits["cue"]])
    sure: list[RawRow] = []
    unsure: list[RawRow] = []
    for row in rows:
        least = limits["nested"] if row.anchor in held else limits["cue"]
        (sure if row.score > least or row.anchor in said else unsure).append(row)
    rows = sure + second_look(sure, unsure, scores.content, least=limits["content"])
    rows.sort(key=lambda row: row.anchor)
    kept = [_snap_within_prose(row, encoded.words, blocked) for row in drop_twins(rows)]
    return part_quotations(kept, encoded.words)


def find_holders(rows: Iterable[RawRow]) -> dict[int, list[int]]:
    """Return for each word the numbers of the rows that have it in their content, in order."""
    holders: dict[int, list[int]] = {}
    for j, row in enumerate(rows):
        for low, high in row.content:
            for word in range(low, high):
                holders.setdefault(word, []).append(j)
    return holders


def size_of(stretches: Iterable[Stretch]) -> int:
    """Return how many words stretches have."""
    return sum(high - low for low, high in stretches)


def find_refusals(text: str, words: Words) -> dict[int, tuple[Stretch, ...]]:
    """Return the anchors of refusals that always read the same way, with their content as the rule has it."""
    found: dict[int, tuple[Stretch, ...]] = {}
    for needs, pattern in _refusal_patterns():
        for hit in pattern.finditer(text) if needs.search(text) else ():
            anchor = int(np.searchsorted(words.end, hit.start("anchor"), side="right"))
            if anchor >= len(words):
                continue
            low, high = hit.span("content")
            content = words_at(words, low, high) if low >= 0 else None
            content = content or (words_at(words, *hit.span("anchor")) if low >= 0 else None)
            found.setdefault(anchor, (content,) if content else ())
    return found


def words_at(words: Words, start: int, end: int) -> Stretch | None:
    """Return the words [low, high) that a place in the text touches; None if it touches none."""
    low = int(np.searchsorted(words.end, start, side="right"))
    high = int(np.searchsorted(words.start, end, side="left"))
    return (low, high) if low < high else None


@cache
def _refusal_patterns() -> tuple[tuple[re.Pattern[str], re.Pattern[str]], ...]:
    """Return of each rule what a text must hold, so that the rest is looked for, and its pattern."""
    rules = load_rules("en", "refusals")["refusal"]
    return tuple(
        (re.compile(raw.get("needs", ""), re.IGNORECASE), re.compile(raw["pattern"], re.IGNORECASE)) for raw in rules
    )


def second_look(sure: Sequence[RawRow], unsure: Sequence[RawRow], content: Floats, *, least: float) -> list[RawRow]:
    """Return the unsure rows whose content the flat head bears out and no row before covers, best first."""
    covered = np.zeros(len(content), dtype=np.bool_)
    for row in sure:
        for low, high in row.content:
            covered[low:high] = True
    kept = []
    for row in sorted(unsure, key=lambda row: -row.score):
        places = np.array([w for low, high in row.content for w in range(low, high)])
        if covered[places].mean() < COVERED and content[places].mean() > least:
            kept.append(row)
            covered[places] = True
    return kept


def fill_bare_source(row: RawRow, words: Words, text: str) -> RawRow:
    """Return the row, a source that is but "the" reaching over the words behind it, or gone if there are none."""
    if len(row.source) != 1 or not is_bare(text, places_of(words, row.source)):
        return row
    taken = {word for low, high in (*row.cue, *row.content) for word in range(low, high)}
    low, high = row.source[0]
    end = high
    while end < min(high + BARE_REACH, len(words)) and end not in taken:
        said = text[words.start[end] : words.end[end]]
        if not said[0].isalnum() or said.casefold() in ends_of_nouns():
            break
        end += 1
    return replace(row, source=((low, end),) if end > high else ())


def trim_content(row: RawRow, words: Words, text: str) -> RawRow:
    """Return the row without the comma before its cue: it is the sentence's, where no quotation holds it."""
    low, high = row.content[-1]
    is_loose = high - low > 1 and words.quotation[high - 1] < 0 and text[words.start[high - 1]] in ",;"
    return replace(row, content=(*row.content[:-1], (low, high - 1))) if is_loose else row


def keep_to_sides(rows: Iterable[RawRow], boundary: int) -> list[RawRow]:
    """Return the rows, each kept to its own side of the headline's end (a word's number): no claim runs across it."""
    kept = []
    for row in rows:
        low, high = (0, boundary) if row.anchor < boundary else (boundary, row.anchor + FAR)
        content, source = (
            tuple((max(a, low), min(b, high)) for a, b in spans if max(a, low) < min(b, high))
            for spans in (row.content, row.source)
        )
        if content:
            kept.append(replace(row, content=content, source=source))
    return kept


def part_quotations(rows: Sequence[RawRow], words: Words) -> list[RawRow]:
    """Return the rows, none with a quotation that another one's cue stands beside in its own sentence.

    In “A,” said Roe. “B,” said Oud, the second quotation is Oud's, however near Roe's cue is.
    """
    holders = find_holders(rows)
    parted = []
    for i, row in enumerate(rows):
        far = [
            word
            for low, high in row.content
            for word in range(low, high)
            if words.quotation[word] >= 0 and words.sentence[word] != words.sentence[row.anchor]
        ]
        lost = {w for w in far if any(_is_beside(rows[j], row, w, words) for j in holders[w] if j != i)}
        content = without_words(row.content, lost) if lost else row.content
        parted.append(replace(row, content=content) if content else row)
    return parted


def _is_beside(other: RawRow, row: RawRow, word: int, words: Words) -> bool:
    """Return whether another row's cue stands outside of quotations in a word's sentence, on a row's own level."""
    is_there = words.sentence[other.anchor] == words.sentence[word] and words.quotation[other.anchor] < 0
    inside = any(low <= row.anchor < high for low, high in other.content)
    return is_there and not inside and not any(low <= other.anchor < high for low, high in row.content)


def without_words(stretches: Iterable[Stretch], lost: AbstractSet[int]) -> tuple[Stretch, ...]:
    """Return the parts of stretches that hold none of the lost words."""
    left: list[Stretch] = []
    for low, high in stretches:
        for word in range(low, high):
            if word in lost:
                continue
            if left and left[-1][1] == word and word > low:
                left[-1] = (left[-1][0], word + 1)
            else:
                left.append((word, word + 1))
    return tuple(left)


def _make_rows(scores: RoleScores, tags: NDArray[np.int8], anchors: Floats, via_threshold: float) -> list[RawRow]:
    """Return the rows of one window."""
    chances = _softmax(scores.roles)
    chosen = np.take_along_axis(chances, tags[..., None].astype(np.int64), axis=2)[..., 0]
    via = 1 / (1 + np.exp(-scores.via))
    shift = scores.window.low
    rows = []
    for i, anchor in enumerate(scores.anchors.tolist()):
        place = [tuple((low + shift, high + shift) for low, high in segments(tags[i], role)) for role in (SOURCE, CUE)]
        own = chosen[i][tags[i] > OUTSIDE]
        media = _stretches(via[i] > via_threshold)
        rows.append(
            RawRow(
                anchor=anchor,
                score=float(anchors[anchor]),
                margin=float(own.mean()) if own.size else 0.0,
                source=_longest(place[0], anchor),
                cue=place[1] or ((anchor, anchor + 1),),
                content=_contents(tags[i], chosen[i], shift),
                via=tuple((low + shift, high + shift) for low, high in media),
                via_score=float(via[i].max()),
            )
        )
    return rows


def _contents(tags: NDArray[np.int8], chosen: Floats, shift: int) -> tuple[Stretch, ...]:
    """Return the content's stretches; of too many, those that the scores are surest of."""
    found = segments(tags, CONTENT)
    if len(found) > MAX_CONTENT_SEGMENTS:
        weight = {span: float(chosen[span[0] : span[1]].sum()) for span in found}
        found = sorted(sorted(found, key=lambda span: -weight[span])[:MAX_CONTENT_SEGMENTS])
    return tuple((low + shift, high + shift) for low, high in found)


def _longest(stretches: tuple[Stretch, ...], anchor: int) -> tuple[Stretch, ...]:
    """Return the source's one mention: the stretch nearest to the cue."""
    if len(stretches) < 2:  # noqa: PLR2004 - nothing to choose
        return stretches
    return (min(stretches, key=lambda s: min(abs(s[0] - anchor), abs(s[1] - 1 - anchor))),)


def _stretches(mask: NDArray[np.bool_]) -> list[Stretch]:
    """Return the runs of true words, runs parted by one word joined."""
    found: list[Stretch] = []
    for place in np.flatnonzero(mask).tolist():
        if found and place - found[-1][1] <= 1:
            found[-1] = (found[-1][0], place + 1)
        else:
            found.append((place, place + 1))
    return found


def drop_twins(rows: Sequence[RawRow]) -> list[RawRow]:
    """Return the rows without those that say the same as a better one hanging on the same cue."""
    kept: list[RawRow] = []
    for row in rows:
        twin = next((k for k, other in enumerate(kept[-3:]) if _are_twins(row, other)), None)
        if twin is None:
            kept.append(row)
        elif (bool(row.source), row.score) > (bool(kept[-3:][twin].source), kept[-3:][twin].score):
            kept[len(kept) - len(kept[-3:]) + twin] = row
    return kept


def _snap_within_prose(row: RawRow, words: Words, blocked: NDArray[np.bool_]) -> RawRow:
    """Return the row snapped to its quotation's marks, unless these stand in what is no prose."""
    snapped = snap_to_marks(row, words)
    return row if any(blocked[low:high].any() for low, high in snapped.content) else snapped


def snap_to_marks(row: RawRow, words: Words) -> RawRow:
    """Return the row with the marks of a quotation that its content holds but for the very edge."""
    content: list[Stretch] = []
    for start, stop in row.content:
        low, high = start, stop
        if words.quotation[low] >= 0 and low and words.quotation[low - 1] == words.quotation[low]:
            first = int(np.flatnonzero(words.quotation == words.quotation[low])[0])
            low = first if low - first == 1 else low
        last = int(words.quotation[high - 1])
        if last >= 0:
            end = int(np.flatnonzero(words.quotation == last)[-1]) + 1
            begin = int(np.searchsorted(words.start, words.quotations[last].start))
            high = end if begin >= low and 0 < end - high <= SNAP_WORDS else high
        # What two stretches of one quotation both reach for is the first one's.
        low = max(low, content[-1][1]) if content else low
        if low < high:
            content.append((low, high))
    return replace(row, content=tuple(content))


def cut_out(row: RawRow, hole: Stretch) -> RawRow:
    """Return the row with a stretch left out of its content, and the words up to it where the content begins there."""
    content = []
    for low, high in row.content:
        if low <= hole[0] < high:
            content += [(low, hole[0])] if hole[0] - low > SNAP_WORDS else []
            content += [(hole[1], high)] if hole[1] < high else []
        else:
            content.append((max(low, hole[1]) if hole[0] <= low < hole[1] else low, high))
    return replace(row, content=tuple(s for s in content if s[0] < s[1]) or row.content)


def _are_twins(a: RawRow, b: RawRow) -> bool:
    """Return whether two rows are one attribution found twice."""
    inside = any(low <= a.anchor < high for low, high in b.cue) or any(low <= b.anchor < high for low, high in a.cue)
    x, y = ({w for low, high in r.content for w in range(low, high)} for r in (a, b))
    shared_source = not a.source or not b.source or _overlap(a.source[0], b.source[0])
    return shared_source and (inside or len(x & y) / len(x | y) > SAME_CONTENT)


def places_of(words: Words, stretches: Sequence[Stretch]) -> list[tuple[int, int]]:
    """Return stretches of words as places in the text."""
    return [(int(words.start[low]), int(words.end[high - 1])) for low, high in stretches]


def _overlap(a: Stretch, b: Stretch) -> bool:
    """Return whether two stretches share a word."""
    return a[0] < b[1] and b[0] < a[1]


def _softmax(scores: Floats) -> Floats:
    """Return probabilities over the last axis."""
    raised = np.exp(scores - scores.max(axis=-1, keepdims=True))
    chances: Floats = raised / raised.sum(axis=-1, keepdims=True)
    return chances
