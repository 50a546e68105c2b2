"""What two documents have in common, split into prose and what is only quoted speech, with its measures."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sayso.corroborate.align import align
from sayso.corroborate.rewriting import find_retelling
from sayso.records import Stretch
from sayso.text import span_at

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sayso.corroborate.align import Match
    from sayso.corroborate.rewriting import Retelling
    from sayso.corroborate.sides import Side
    from sayso.corroborate.words import Words

# A stretch with fewer words outside quotation marks than this, or so small a part, is quoted speech with its "he said".
PROSE_WORDS, PROSE_SHARE = 8, 0.2
# Where that much of it stands outside, it is prose however short it is.
MOSTLY_PROSE = 0.5


@dataclass(frozen=True, slots=True, kw_only=True)
class Overlap:
    """What two documents have in common.

    Attributes:
        here: The one side.
        there: The other side.
        prose: Stretches of prose, quotations within them included, in order of `here`.
        quotes: Stretches that are only quoted speech, in order of `here`.
        retelling: Whether the one may be the other in other words.
    """

    here: Side
    there: Side
    prose: tuple[Stretch, ...]
    quotes: tuple[Stretch, ...]
    retelling: Retelling

    @property
    def words(self) -> int:
        """Return how many words are in common."""
        return count_words((*self.prose, *self.quotes))

    @property
    def share(self) -> float:
        """Return the part of `here` that is in common."""
        return min(1.0, self.words / max(1, len(self.here.words)))

    @property
    def other_share(self) -> float:
        """Return the part of `there` that is in common."""
        return min(1.0, self.words / max(1, len(self.there.words)))


def count_words(stretches: Sequence[Stretch]) -> int:
    """Return how many words the stretches have in common."""
    return sum(stretch.words for stretch in stretches)


def find_overlap(here: Side, there: Side) -> Overlap:
    """Return what two documents have in common."""
    prose: list[Stretch] = []
    quotes: list[Stretch] = []
    for match in align(here.words, there.words):
        stretch = make_stretch(match, here, there)
        outside = stretch.words - stretch.quoted
        is_prose = outside >= max(PROSE_WORDS, PROSE_SHARE * stretch.words) or outside >= MOSTLY_PROSE * stretch.words
        (prose if is_prose else quotes).append(stretch)
    shared = (*prose, *quotes)
    retelling = find_retelling(
        here.words,
        there.words,
        [(stretch.here.start, stretch.here.end) for stretch in shared],
        [(stretch.there.start, stretch.there.end) for stretch in shared],
    )
    return Overlap(here=here, there=there, prose=tuple(prose), quotes=tuple(quotes), retelling=retelling)


def make_stretch(match: Match, here: Side, there: Side) -> Stretch:
    """Return a match of words as a stretch of both texts."""
    left = span_at(here.document.text, int(here.words.starts[match.left]), int(here.words.ends[match.left_end - 1]))
    right = span_at(
        there.document.text, int(there.words.starts[match.right]), int(there.words.ends[match.right_end - 1])
    )
    longer = max(match.left_end - match.left, match.right_end - match.right)
    return Stretch(
        here=left,
        there=right,
        words=match.words,
        edited=longer - match.words,
        quoted=count_quoted(match, here.words, there.words),
    )


def count_quoted(match: Match, left: Words, right: Words) -> int:
    """Return how many of a match's words stand in quotation marks in either text, as far as its runs tell."""
    inside = total = 0
    for run in match.runs:
        marked = left.quoted[run.left : run.left + run.size] | right.quoted[run.right : run.right + run.size]
        inside += int(marked.sum())
        total += run.size
    return min(match.words, round(match.words * inside / total)) if total else 0
