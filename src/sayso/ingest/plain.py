"""Plain text: the decoded input is the document's text, unchanged; what is found are places in it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from sayso.ingest.assembly import BLANK_LINE, Draft, finish_document, is_in_capitals
from sayso.ingest.credit_lines import find_credits, is_credit_line
from sayso.ingest.lines import find_lines

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sayso.errors import Problem
    from sayso.ingest.lines import Line
    from sayso.records import Document, Moment

# Of 924 headlines of political news in PolNeAR none is longer; first paragraphs seldom are as short.
TITLE_MAX_CHARS = 200
TITLE_MAX_WORDS = 26
# A first line that ends like a sentence is a headline only if it is shorter than sentences of a body are.
SENTENCE_MAX_WORDS = 16
# Lines such as "Source: ..." or an address that may stand before the headline.
MAX_LINES_BEFORE = 4
SENTENCE_END = re.compile(r"[.!?][\"'\u201d\u2019)]{0,2}$")
DECK_END = re.compile(r"[.;:!?\"\u201d\u2019]$")
SPEECH = re.compile(r"[,\u201d\"]\s(?:he|she|they|[A-Z]\w+)\s(?:said|says|told)\b")
# A longer line that begins so and ends with a full stop is a lead sentence; headlines drop the article.
ARTICLE_MAX_WORDS = 10
SENTENCE_OPENING = re.compile(
    r"(?:The|A|An|He|She|It|They|We|I|This|That|There|These|Those|His|Her|On|At|In|By|After)\b"
)
LONGER_WORD_CHARS = 4
TITLE_CASE_SHARE = 0.7


def make_plain_document(
    text: str,
    *,
    name: str,
    encoding: str | None,
    outlet: str | None = None,
    published: Moment | None = None,
    title: tuple[int, int] | None = None,
    problems: tuple[Problem, ...] = (),
) -> Document:
    """Return the document of a plain text; the headline is looked for where none is given."""
    lines = find_lines(text)
    draft = Draft(name=name, text=text, format="plain", outlet=outlet, published=published, encoding=encoding)
    draft.problems = problems
    if title is not None:
        draft.title = title
    else:
        draft.title, before = find_title(lines, is_capitals=is_in_capitals(text))
        if draft.title:
            _add_lines_before(draft, before)
    return finish_document(draft)


def find_title(lines: list[Line], *, is_capitals: bool) -> tuple[tuple[int, int] | None, list[Line]]:
    """Return the headline's place, and the credit lines before it; None where the first line reads like prose."""
    before: list[Line] = []
    for i, line in enumerate(lines[: MAX_LINES_BEFORE + 1]):
        # With one line there is a text and no headline over it.
        if i + 1 >= len(lines):
            break
        if is_credit_line(line, zone="head"):
            before.append(line)
            continue
        following = lines[i + 1]
        is_over_body = _is_headline_sized(line) and _has_credit(following, is_capitals=is_capitals)
        is_headline = (_is_headline(line) or is_over_body) and not _has_credit(line, is_capitals=is_capitals)
        if is_headline and (line.ends_block or is_over_body or _is_over_deck(line, following, lines[i + 2 : i + 3])):
            return (line.start, line.end), before
        break
    return None, []


def set_paragraphs(draft: Draft, texts: Sequence[str], *, title: int | None, asides: set[int]) -> None:
    """Set the draft's text, title and what is no prose, and take what the lines above the title say.

    Args:
        draft: The draft.
        texts: Its paragraphs.
        title: Which of them is the title; None to look for one in the text.
        asides: Which of them are no prose.
    """
    place = 0
    for i, text in enumerate(texts):
        end = place + len(text)
        if i == title:
            draft.title = (place, end)
        elif i in asides:
            draft.not_prose.append((place, end))
        place = end + len(BLANK_LINE)
    draft.text = BLANK_LINE.join(texts)
    if draft.title is None:
        draft.title, before = find_title(find_lines(draft.text), is_capitals=False)
        draft.not_prose = [stretch for stretch in draft.not_prose if stretch != draft.title]
    else:
        before = [line for line in find_lines(draft.text) if line.end <= draft.title[0]]
        draft.not_prose.extend((line.start, line.end) for line in before)
    if draft.title:
        _add_lines_before(draft, before)


def _add_lines_before(draft: Draft, before: list[Line]) -> None:
    """Add what the credit lines before the headline say."""
    found = find_credits(before, is_capitals=False)
    draft.credits.extend(found.credits)
    draft.not_prose.extend(found.not_prose)
    draft.byline = found.byline
    draft.published = draft.published or found.published
    draft.modified = found.modified


def _is_headline_sized(line: Line) -> bool:
    """Tell whether the line is as short as headlines are."""
    return len(line.text) <= TITLE_MAX_CHARS and len(line.text.split()) <= TITLE_MAX_WORDS


def _is_headline(line: Line) -> bool:
    """Tell whether the line is as short as headlines are, and no sentence of a body."""
    if not _is_headline_sized(line) or line.text.endswith(":"):
        return False
    words = line.text.split()
    if not SENTENCE_END.search(line.text) or _is_title_case(words):
        return True
    opens_like_body = SENTENCE_OPENING.match(line.text) is not None and len(words) > ARTICLE_MAX_WORDS
    return len(words) <= SENTENCE_MAX_WORDS and not opens_like_body and not SPEECH.search(line.text)


def _is_title_case(words: list[str]) -> bool:
    """Tell whether most longer words begin with a capital, as in American headlines, yet not all are capitals."""
    longer = [word.lstrip("'\"\u2018\u201c(") for word in words if len(word) >= LONGER_WORD_CHARS]
    capitals = sum(word[:1].isupper() for word in longer)
    return len(longer) > 1 and capitals >= TITLE_CASE_SHARE * len(longer) and not all(w.isupper() for w in longer)


def _has_credit(line: Line, *, is_capitals: bool) -> bool:
    """Tell whether the line is a credit or the first of a body: opened by a dateline, closed by a credit."""
    return is_credit_line(line, zone="head") or bool(find_credits([line], is_capitals=is_capitals).credits)


def _is_over_deck(line: Line, following: Line, third: list[Line]) -> bool:
    """Tell whether a line with no blank line after it is a headline over a byline, a deck or a dateline."""
    if not following.ends_block or not third:
        # Many lines under one another: a file with one paragraph a line, if the first is much the shortest.
        is_shortest = bool(third) and len(line.text) * 2 < min(len(following.text), len(third[0].text))
        return is_shortest and _is_open(line) and not _is_open(following) and not _is_open(third[0])
    is_deck = _is_headline_sized(following) and not following.text[0].islower()
    return is_deck and DECK_END.search(line.text) is not None


def _is_open(line: Line) -> bool:
    """Tell whether the line ends without the mark of a sentence."""
    return SENTENCE_END.search(line.text) is None
