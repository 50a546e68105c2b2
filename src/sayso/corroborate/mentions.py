"""The tellings that may be of one claim: a document's rows, and what it says in its own voice.

A row is a mention by its content. A row that holds another row is one only for what it says outside of that. The
article's own voice gives one mention for each sentence that states something: its assertions, or the whole sentence
where none was read in it. A deed that was read as a row ("the board opened the bridge") nobody tells but the article.
Contents of a word or two say nothing that could be compared.
"""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING

from sayso.corroborate.story_marks import WORD, cut_word, list_function_words
from sayso.ids import mention_id
from sayso.records import Mention, Stance
from sayso.text import find_sentences, span_at

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from sayso.records import Assertion, Attribution, Reading, Span

# A content of fewer telling words cannot be compared.
LEAST_WORDS = 3
UNCLAIMED = frozenset({Stance.OTHER, Stance.DECLINES})


def find_mentions(reading: Reading) -> tuple[Mention, ...]:
    """Return the mentions of a document in order of place."""
    by_row: dict[str | None, list[Assertion]] = {}
    for assertion in reading.assertions:
        by_row.setdefault(assertion.attribution, []).append(assertion)
    inner = _find_inner(reading.attributions)
    found = []
    for row in reading.attributions:
        own = tuple(a.id for a in by_row.get(row.id, ()))
        if row.stance in UNCLAIMED or not row.content_spans or not _is_telling(row, inner.get(row.id, ())):
            continue
        start, end = row.content_spans[0].start, row.content_spans[-1].end
        found.append(_make_mention(reading, row.id, own, start, end))
    found.extend(_find_own_voice(reading, by_row.get(None, ()), found))
    return tuple(sorted(found, key=lambda mention: (mention.span.start, mention.span.end, mention.id)))


def _find_inner(rows: Sequence[Attribution]) -> dict[str, list[Span]]:
    """Return for each row the contents, and cues and sources, of the rows directly within it."""
    inner: dict[str, list[Span]] = {}
    for row in rows:
        if row.within is not None and row.stance not in UNCLAIMED:
            inner.setdefault(row.within, []).extend([*row.content_spans, *row.cue_spans, *row.source_spans])
    return inner


def _is_telling(row: Attribution, inner: Sequence[Span]) -> bool:
    """Return whether a row's content has enough words outside of the rows within it."""
    taken = [(span.start, span.end) for span in inner]
    count = 0
    for span in row.content_spans:
        for word in WORD.finditer(span.exact):
            at = span.start + word.start()
            is_inner = any(start <= at < end for start, end in taken)
            count += not is_inner and word.group().lower() not in list_function_words()
    return count >= LEAST_WORDS


def _find_own_voice(reading: Reading, assertions: Iterable[Assertion], rows: Sequence[Mention]) -> list[Mention]:
    """Return one mention for each sentence of the article's own voice that states something.

    A deed that was read as a row ("the board opened the bridge") is stated by the article too.

    Args:
        reading: The reading.
        assertions: What is asserted in the article's own voice.
        rows: The mentions that are rows; a sentence with one of those is not taken once more for a deed in it.
    """
    text = reading.document.text
    sentences = find_sentences(text)
    starts = [start for start, _ in sentences]
    by_sentence: dict[int, list[Assertion]] = {}
    for assertion in assertions:
        by_sentence.setdefault(bisect_right(starts, assertion.span.start) - 1, []).append(assertion)
    for span in reading.unsourced:
        by_sentence.setdefault(bisect_right(starts, span.start) - 1, [])
    taken = {bisect_right(starts, mention.span.start) - 1 for mention in rows}
    for row in reading.attributions:
        if row.stance is Stance.OTHER and row.within is None and row.cue_spans:
            number = bisect_right(starts, row.cue_spans[0].start) - 1
            if number not in taken:
                by_sentence.setdefault(number, [])
    found = []
    for number, stated in by_sentence.items():
        start, end = sentences[max(0, number)]
        if stated:
            start, end = min(a.span.start for a in stated), max(a.span.end for a in stated)
        if len(telling_words(text[start:end])) >= LEAST_WORDS:
            found.append(_make_mention(reading, None, tuple(a.id for a in stated), start, end))
    return found


def _make_mention(reading: Reading, row: str | None, assertions: tuple[str, ...], start: int, end: int) -> Mention:
    """Return a mention."""
    doc = reading.document
    key = mention_id(document=doc.id, attribution=row, start=start, end=end)
    return Mention(id=key, document=doc.id, attribution=row, assertions=assertions, span=span_at(doc.text, start, end))


def telling_words(text: str) -> list[str]:
    """Return the stems of a text's words, function words left out."""
    dropped = list_function_words()
    words = (found.group().lower() for found in WORD.finditer(text))
    return [cut_word(word) for word in words if word not in dropped]
