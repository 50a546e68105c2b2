"""The last step of every format: text and what was found beside it, to a `Document`."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from sayso.errors import EmptyInput
from sayso.ids import document_id
from sayso.ingest.credit_lines import TextCredits, find_credits
from sayso.ingest.language import detect_language
from sayso.ingest.lines import find_lines
from sayso.records import Document, Span, Urls

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sayso.errors import Problem
    from sayso.ingest.lines import Line
    from sayso.records import Credit, Moment

# Between the paragraphs of a text that is put together here.
BLANK_LINE = "\n\n"
# In capitals is what has next to no small letter; agency wires of the last century are.
CAPITALS_SHARE = 0.9
CAPITALS_SAMPLE_CHARS = 20_000


@dataclass(slots=True, kw_only=True)
class Draft:
    """What a format's reader knows before the text itself is looked through.

    Attributes:
        name: What the caller knows the input by.
        text: The document's text, final.
        format: As in `Document`.
        title: Start and end of the title; None if there is none.
        skip: Start of the first line that may be a credit line of the text; lines before it are the reader's.
        ornaments: Characters around a line that do not belong to it (see `find_lines`).
        not_prose: Start and end of what the reader knows to be no prose.
        outlet: Who publishes.
        byline: Who wrote it, by the markup.
        dateline: By the markup.
        credits: By the markup.
        published: By the markup or the caller.
        modified: By the markup.
        encoding: Of the bytes.
        urls: The page's addresses.
        problems: What was wrong so far.
    """

    name: str
    text: str
    format: str
    title: tuple[int, int] | None = None
    skip: int = 0
    ornaments: str = ""
    not_prose: list[tuple[int, int]] = field(default_factory=list)
    outlet: str | None = None
    byline: str | None = None
    dateline: str | None = None
    credits: list[Credit] = field(default_factory=list)
    published: Moment | None = None
    modified: Moment | None = None
    encoding: str | None = None
    urls: Urls = field(default_factory=Urls)
    problems: tuple[Problem, ...] = ()


def finish_document(draft: Draft) -> Document:
    """Return the document: language told, credits of the text added to those of the markup.

    Raises:
        EmptyInput: Nothing but blank space.
        UnsupportedLanguage: A language without a model, or none that can be told.
    """
    text = draft.text
    if not any(character.isprintable() and not character.isspace() for character in text):
        raise EmptyInput(draft.name)
    language, language_problems = detect_language(text, name=draft.name)
    skip = max(draft.skip, draft.title[1] if draft.title else 0)
    lines = [line for line in find_lines(text, ornaments=draft.ornaments) if line.start >= skip]
    lines = _drop_inside(lines, draft.not_prose)
    found = find_credits(lines, is_capitals=is_in_capitals(text))
    foreign = [(p.start, p.end) for p in language_problems if p.start is not None and p.end is not None]
    published = draft.published or found.published
    return Document(
        id=document_id(text=text, outlet=draft.outlet, published=published.value if published else None),
        name=draft.name,
        text=text,
        title=_make_span(text, *draft.title) if draft.title else None,
        body_start=_skip_blank(text, skip),
        not_prose=_merge_spans(text, [*draft.not_prose, *found.not_prose, *foreign], title=draft.title),
        outlet=draft.outlet,
        byline=draft.byline or found.byline,
        dateline=found.dateline or draft.dateline,
        credits=_order_credits(draft, found),
        published=published,
        modified=draft.modified or found.modified,
        language=language,
        encoding=draft.encoding,
        format=draft.format,
        urls=draft.urls,
        problems=(*draft.problems, *language_problems),
    )


def is_in_capitals(text: str) -> bool:
    """Tell whether the text is written in capitals."""
    sample = text[:CAPITALS_SAMPLE_CHARS]
    capital, small = sum(map(str.isupper, sample)), sum(map(str.islower, sample))
    return capital > CAPITALS_SHARE * (capital + small)


def _skip_blank(text: str, place: int) -> int:
    """Return the first place from here on that is not blank."""
    while place < len(text) and text[place].isspace():
        place += 1
    return place


def _drop_inside(lines: list[Line], stretches: list[tuple[int, int]]) -> list[Line]:
    """Return the lines that begin in none of the stretches."""
    ordered = sorted(stretches)
    kept, i, reach = [], 0, 0
    for line in lines:
        while i < len(ordered) and ordered[i][0] <= line.start:
            reach = max(reach, ordered[i][1])
            i += 1
        if line.start >= reach:
            kept.append(line)
    return kept


def _order_credits(draft: Draft, found: TextCredits) -> tuple[Credit, ...]:
    """Return the credits of the markup, then those of the text, each once.

    An element of a page that is a line of the text as well is the text's.
    """
    in_text = {(credit.kind, credit.text) for credit in found.credits}
    seen: dict[tuple[object, ...], Credit] = {}
    for credit in [*draft.credits, *found.credits]:
        if credit.stated_in == "html" and (credit.kind, credit.text) in in_text:
            continue
        place = (credit.span.start, credit.span.end) if credit.span else ()
        seen.setdefault((credit.kind, credit.name, credit.text, credit.stated_in, place), credit)
    return tuple(seen.values())


def _merge_spans(text: str, stretches: Iterable[tuple[int, int]], *, title: tuple[int, int] | None) -> tuple[Span, ...]:
    """Return the stretches as spans in order, without overlaps and without the title, which is read."""
    merged: list[list[int]] = []
    for start, end in sorted(_trim(text, *stretch) for stretch in _cut_title(stretches, title)):
        if merged and start < merged[-1][1]:
            merged[-1][1] = max(merged[-1][1], end)
        elif end > start:
            merged.append([start, end])
    return tuple(_make_span(text, start, end) for start, end in merged)


def _trim(text: str, start: int, end: int) -> tuple[int, int]:
    """Return the stretch without the blank space around it."""
    while end > start and text[end - 1].isspace():
        end -= 1
    return min(_skip_blank(text, start), end), end


def _cut_title(stretches: Iterable[tuple[int, int]], title: tuple[int, int] | None) -> Iterable[tuple[int, int]]:
    """Yield the stretches without the part that is the title."""
    for start, end in stretches:
        if title is None or end <= title[0] or start >= title[1]:
            yield start, end
        else:
            yield start, min(end, title[0])
            yield max(start, title[1]), max(end, title[1])


def _make_span(text: str, start: int, end: int) -> Span:
    """Return the span of this stretch."""
    return Span(start=start, end=end, exact=text[start:end])
