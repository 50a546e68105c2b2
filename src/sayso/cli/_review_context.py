"""The sentences around a row, with its source, cue and content marked.

Marks are styles on a terminal, and brackets where there are no styles: ``[source] <cue> {content}``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from rich.text import Text

from sayso.export.segments import flatten
from sayso.export.visible import show
from sayso.text import find_sentences

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from sayso.export.segments import Segment
    from sayso.records import Attribution, Document

    Stretch = tuple[int, int]

SOURCE, CUE, CONTENT = "source", "cue", "content"
ROLES: Final = (CONTENT, CUE, SOURCE)
BRACKETS: Final = {SOURCE: "[]", CUE: "<>", CONTENT: "{}"}
LONGEST_CHARS: Final = 2_000
LONGEST_PLAIN_CHARS: Final = 300


def mark_styles(accent: str) -> dict[str, str]:
    """Return the style of each part of a row."""
    return {CONTENT: "bold", CUE: f"{accent} italic", SOURCE: f"{accent} bold underline"}


def mark_context(doc: Document, att: Attribution, *, accent: str, has_styles: bool) -> Text:
    """Return the sentences in which a row stands, and one on either side; the title only if the row stands in it."""
    text = doc.text
    spans = [
        (span.start, span.end, role)
        for role, found in ((CONTENT, att.content_spans), (CUE, att.cue_spans), (SOURCE, att.source_spans))
        for span in found
    ]
    marker = _Marker(text, mark_styles(accent) if has_styles else {})
    sentences = find_sentences(text)
    segments = flatten(len(text), spans, (edge for sentence in sentences for edge in sentence))
    made = Text()
    last = None
    title_end = doc.title.end if doc.title else 0
    for start, end, is_near in _choose(sentences, [(start, end) for start, end, _ in spans]):
        if end <= title_end and not is_near:
            continue
        if last is not None:
            gap = text[last:start]
            made.append("\n" if "\n" in gap else " … " if gap.strip() else gap[:1] and " ", "dim")
        last = end
        inside = [one for one in segments if start <= one.start and one.end <= end]
        made.append_text(marker.mark(inside, is_dim=not is_near))
    return made


def _choose(sentences: Sequence[Stretch], spans: Sequence[Stretch]) -> list[tuple[int, int, bool]]:
    """Return the sentences to show, and whether each has a part of the row in it."""
    near = {
        number
        for number, (start, end) in enumerate(sentences)
        if any(low < end and start < high for low, high in spans)
    }
    around = near | {number + step for number in near for step in (-1, 1)} & set(range(len(sentences)))
    size = sum(end - start for number in around for start, end in [sentences[number]])
    shown = around if size <= LONGEST_CHARS else near
    return [(*sentences[number], number in near) for number in sorted(shown)]


class _Marker:
    """Sets stretches of one text."""

    def __init__(self, text: str, styles: dict[str, str]) -> None:
        self.text = text
        self.styles = styles

    def mark(self, segments: Iterable[Segment[str]], *, is_dim: bool) -> Text:
        """Return a sentence with its marks; a long stretch without any is cut in its middle."""
        made = Text()
        open_roles: list[str] = []
        for segment in segments:
            keys = segment.keys
            if not self.styles:
                self._close(made, open_roles, keys)
                self._open(made, open_roles, keys)
            words = _safe(self.text[segment.start : segment.end])
            if not keys and len(words) > LONGEST_PLAIN_CHARS:
                words = f"{words[: LONGEST_PLAIN_CHARS // 2]} … {words[-LONGEST_PLAIN_CHARS // 2 :]}"
            style = " ".join(self.styles[key] for key in reversed(ROLES) if key in keys and self.styles)
            made.append(words, style or ("dim" if is_dim else ""))
        if not self.styles:
            self._close(made, open_roles, ())
        return made

    @staticmethod
    def _close(made: Text, open_roles: list[str], keys: Sequence[str]) -> None:
        gone = [place for place, role in enumerate(open_roles) if role not in keys]
        if gone:
            for role in reversed(open_roles[gone[0] :]):
                made.append(BRACKETS[role][1])
            del open_roles[gone[0] :]

    @staticmethod
    def _open(made: Text, open_roles: list[str], keys: Sequence[str]) -> None:
        for role in ROLES:
            if role in keys and role not in open_roles:
                made.append(BRACKETS[role][0])
                open_roles.append(role)


def _safe(words: str) -> str:
    """Return words safe to show, with one blank at an end that has some."""
    if not words.strip():
        return " " if words else ""
    return f"{' ' if words[0].isspace() else ''}{show(words)}{' ' if words[-1].isspace() else ''}"
