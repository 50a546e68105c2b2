"""What two rows of an article have in common, as numbers for the pair head."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from sayso.extract.mentions import Form, describe_mention, same_name

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sayso.encoder.features import Words

N_FEATURES = 40
# Pairs further apart than this many rows are joined by their names alone.
MAX_ROWS_APART = 40
OPENING = "\u201c\"\u2018'"
TOKEN = re.compile(r"\w+")


class Places(NamedTuple):
    """Where a row's source, cue and content stand in the text."""

    source: Sequence[tuple[int, int]]
    cue: Sequence[tuple[int, int]]
    content: Sequence[tuple[int, int]]


@dataclass(frozen=True, slots=True)
class RowView:
    """What the pair features read of one row.

    Attributes:
        form: The source mention's form.
        source: The source mention's place; None where the row has none.
        anchor: Code point of the cue's anchor.
        cue: The cue's words, in lower case.
        content: The content's places.
        words: The content's longer words, in lower case.
        names: The content's capitalised words and numbers.
        sentence: Number of the anchor's sentence.
        paragraph: Number of the anchor's paragraph.
        is_quoted: Whether the content begins in quotation marks.
    """

    form: Form
    source: tuple[int, int] | None
    anchor: int
    cue: str
    content: tuple[tuple[int, int], ...]
    words: frozenset[str]
    names: frozenset[str]
    sentence: int
    paragraph: int
    is_quoted: bool


def view_row(text: str, words: Words, anchor: int, places: Places, *, capitals: bool) -> RowView:
    """Return the view of one row.

    Args:
        text: The document's text.
        words: Its words.
        anchor: The cue's anchor, a word number.
        places: Where source, cue and content stand.
        capitals: Whether the text is in capitals throughout.
    """
    source = places.source[0] if places.source else None
    said = " ".join(text[s:e] for s, e in places.content)
    tokens = TOKEN.findall(said)
    return RowView(
        form=describe_mention(text[source[0] : source[1]] if source else "", capitals=capitals),
        source=source,
        anchor=int(words.start[anchor]),
        cue=" ".join(text[s:e] for s, e in places.cue).casefold(),
        content=tuple(places.content),
        words=frozenset(t.casefold() for t in tokens if len(t) > 3),  # noqa: PLR2004  short words are function words
        names=frozenset(t for t in tokens if t[0].isupper() or t[0].isdigit()),
        sentence=int(words.sentence[anchor]),
        paragraph=int(words.paragraph[anchor]),
        is_quoted=bool(said) and said.lstrip()[:1] in OPENING,
    )


class PairTable:
    """The features of an article's pairs, N_FEATURES of each; what two forms have in common is told once."""

    def __init__(self, rows: Sequence[RowView]) -> None:
        """Take the views of the rows, in order."""
        self._rows = rows
        numbers: dict[Form, int] = {}
        self._form = [numbers.setdefault(row.form, len(numbers)) for row in rows]
        self._common: dict[tuple[int, int], tuple[list[float], float, float]] = {}

    def features_to(self, later: int, first: int) -> list[list[float]]:
        """Return the features of each earlier row, from the first on, with a later one."""
        rows, b = self._rows, self._rows[later]
        out = []
        named_between: set[str] = set()
        for earlier in range(later - 1, first - 1, -1):
            a = rows[earlier]
            key = (self._form[earlier], self._form[later])
            common = self._common.get(key)
            if common is None:
                common = self._common[key] = _compare_forms(a.form, b.form)
            out.append(_compare_rows(a, b, later - earlier, common, len(named_between)))
            if a.form.name:
                named_between.add(a.form.name[-1])
        return out[::-1]


def _compare_forms(f: Form, g: Form) -> tuple[list[float], float, float]:
    """Return what two forms have in common: the first features, the last one, and whether the earlier has a name."""
    is_same = same_name(f, g)
    has_both = bool(f.name and g.name)
    known_numbers = bool(f.number) and bool(g.number)
    genders = {f.gender, g.gender} & {"he", "she"}
    values = [
        f.words == g.words and bool(f.words),
        has_both and f.name[-1].casefold() == g.name[-1].casefold(),
        is_same,
        has_both and not is_same,
        f.kind == g.kind == "nominal" and f.head == g.head,
        *(f.kind == k for k in ("name", "nominal", "pronoun", "none")),
        *(g.kind == k for k in ("name", "nominal", "pronoun", "none")),
        g.gender in ("he", "she"),
        g.kind == "pronoun" and g.number == "many",
        g.gender == "it",
        g.gender == "relative",
        g.gender == "self",
        g.gender == "new",
        known_numbers and f.number == g.number,
        known_numbers and f.number != g.number,
        len(genders) == 2,  # noqa: PLR2004 - both genders told
        len(genders) == 1 and f.gender == g.gender,
    ]
    shared = len(f.words & g.words) / max(1, len(f.words | g.words))
    return [*map(float, values)], shared, float(bool(f.name))


def _compare_rows(
    a: RowView, b: RowView, apart: int, common: tuple[list[float], float, float], n_named_between: int
) -> list[float]:
    """Return the features of one pair."""
    first, last, has_name = common
    shared, names = a.words & b.words, a.names & b.names
    n_words, n_others, n_shared = len(a.words), len(b.words), len(shared)
    steps, leaps = b.sentence - a.sentence, b.paragraph - a.paragraph
    return [
        *first,
        float(apart == 1),
        math.log1p(apart) / 3,
        math.log1p(max(0, steps)) / 3,
        float(steps == 0),
        float(leaps == 0),
        float(leaps == 1),
        _hangs_in(b, a),
        _hangs_in(a, b),
        float(a.is_quoted and b.is_quoted),
        n_shared / max(1, n_words + n_others - n_shared),
        n_shared / max(1, min(n_words, n_others)),
        math.log1p(len(names)) / 2,
        float(a.cue == b.cue and a.cue != ""),
        math.log1p(n_named_between),
        0.0 if n_named_between else has_name,
        float(a.source is not None and a.source == b.source),
        last,
    ]


def _hangs_in(row: RowView, other: RowView) -> float:
    """Return 1 if a row's cue stands in another's content, else 0."""
    anchor = row.anchor
    for start, end in other.content:
        if start <= anchor < end:
            return 1.0
    return 0.0
