"""Markdown: the decoded input is the document's text, unchanged, markup and all.

Only blocks are parsed, with markdown-it's positions: which lines are headings, code, tables, raw HTML, pictures or
lists of links, and so no prose. What stands inside a paragraph stays as it is.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from markdown_it import MarkdownIt

from sayso.errors import Problem
from sayso.ingest.assembly import Draft, finish_document, is_in_capitals
from sayso.ingest.lines import LINE_BREAK, find_lines
from sayso.ingest.moments import read_moment
from sayso.ingest.plain import find_title
from sayso.ingest.rulebook import load_table
from sayso.records import Credit, CreditKind

if TYPE_CHECKING:
    from markdown_it.token import Token

    from sayso.records import Document

ORNAMENTS = "*_>#~` "
NOT_PROSE_BLOCKS = {"fence", "table_open", "html_block", "hr"}
LIST_BLOCKS = {"bullet_list_open", "ordered_list_open"}
FRONT_MATTER_LINES = 100
# A heading after more words than a kicker or a credit line has is no headline.
WORDS_BEFORE_TITLE = 25
FENCES = {"---": "yaml", "+++": "toml"}
YAML_PAIR = re.compile(r"(?P<key>[A-Za-z][\w-]{0,40})\s*:\s*(?P<value>\S.{0,500}?)\s*")
LINK = r"(?:\[[^\[\]]{1,300}\]\([^()\s]{1,2000}(?:\s\"[^\"]{0,200}\")?\)|<https?://[^>\s]{1,2000}>|https?://\S{1,2000})"
LINKS_ONLY = re.compile(rf"\s*(?:[*_]{{0,3}}{LINK}[*_]{{0,3}}[\s.,;|/·•–—-]*){{1,20}}")
HEADING_MARKS = re.compile(r"\s{0,3}#{1,6}\s+|\s+#+\s*$")


@dataclass(slots=True)
class Blocks:
    """What the blocks of a text are, in lines of it (the end excluded).

    Attributes:
        not_prose: Lines that are no prose.
        headings: Level, first and last line of each heading.
    """

    not_prose: list[tuple[int, int]] = field(default_factory=list)
    headings: list[tuple[int, int, int]] = field(default_factory=list)


def make_markdown_document(
    text: str, *, name: str, encoding: str | None, problems: tuple[Problem, ...] = ()
) -> Document:
    """Return the document of a Markdown text."""
    starts = [0, *(match.end() for match in LINE_BREAK.finditer(text)), len(text)]
    draft = Draft(name=name, text=text, format="markdown", encoding=encoding, ornaments=ORNAMENTS, problems=problems)
    body_line = _read_front_matter(draft, starts)
    blocks = _find_blocks(text[starts[body_line] :])
    top = min((level for level, _, _ in blocks.headings), default=0)
    heading_title = None
    for level, first, last in blocks.headings:
        place = (starts[body_line + first], starts[min(body_line + last, len(starts) - 1)])
        if (
            heading_title is None
            and level == top
            and len(text[starts[body_line] : place[0]].split()) <= WORDS_BEFORE_TITLE
        ):
            heading_title = _trim_heading(text, *place)
        draft.not_prose.append(place)
    draft.not_prose.extend(
        (starts[body_line + first], starts[min(body_line + last, len(starts) - 1)]) for first, last in blocks.not_prose
    )
    if heading_title:
        draft.title = heading_title
    elif draft.title is None:
        lines = [line for line in find_lines(text, ornaments=ORNAMENTS) if line.start >= starts[body_line]]
        draft.title, _ = find_title(lines, is_capitals=is_in_capitals(text))
    draft.skip = starts[body_line]
    return finish_document(draft)


def _find_blocks(text: str) -> Blocks:
    """Return the blocks that are no prose."""
    # Indented code is left out: in news text an indented paragraph is a paragraph. Inline markup is not parsed.
    parser = MarkdownIt("commonmark").enable("table").disable(["code", "inline", "reference"])
    # The parser splits at line feeds; other breaks that `LINE_BREAK` knows become one, so that line numbers agree.
    tokens = parser.parse(LINE_BREAK.sub("\n", text).replace("\0", " "))
    blocks = Blocks()
    for i, token in enumerate(tokens):
        if token.map is None:
            continue
        first, last = token.map
        if token.type == "heading_open":
            blocks.headings.append((int(token.tag[1:] or 1), first, last))
        elif _is_no_prose(tokens, i):
            blocks.not_prose.append((first, last))
    return blocks


def _is_no_prose(tokens: list[Token], i: int) -> bool:
    """Tell whether the block that this token opens holds no prose."""
    token = tokens[i]
    if token.type == "inline":
        return LINKS_ONLY.fullmatch(token.content) is not None
    return token.type in NOT_PROSE_BLOCKS or (token.type in LIST_BLOCKS and _is_link_list(tokens, i))


def _is_link_list(tokens: list[Token], start: int) -> bool:
    """Tell whether every item of the list that opens here is a link and nothing else."""
    level = tokens[start].level
    contents = []
    for token in tokens[start + 1 :]:
        if token.level == level and token.nesting == -1:
            break
        if token.type == "inline":
            contents.append(token.content)
    return bool(contents) and all(LINKS_ONLY.fullmatch(content) for content in contents)


def _trim_heading(text: str, start: int, end: int) -> tuple[int, int] | None:
    """Return the words of a heading without its marks; None if there are none."""
    line = LINE_BREAK.split(text[start:end], maxsplit=1)[0]
    lead = len(line) - len(line.lstrip(ORNAMENTS))
    tail = len(line.rstrip(ORNAMENTS))
    return (start + lead, start + tail) if tail > lead else None


def _read_front_matter(draft: Draft, starts: list[int]) -> int:
    """Read the front matter into the draft; return the line where the body begins."""
    text = draft.text
    lines = [text[starts[i] : starts[i + 1]] for i in range(min(len(starts) - 1, FRONT_MATTER_LINES))]
    if not lines or lines[0].strip() not in FENCES:
        return 0
    fence = lines[0].strip()
    last = next((i for i, line in enumerate(lines[1:], 1) if line.strip() == fence), None)
    if last is None:
        return 0
    values = _read_pairs(lines[1:last]) if FENCES[fence] == "yaml" else _read_toml("".join(lines[1:last]))
    if not values:
        return 0
    draft.not_prose.append((0, starts[last + 1]))
    _apply_front_matter(draft, values, end=starts[last + 1])
    return last + 1


def _read_pairs(lines: list[str]) -> dict[str, str]:
    """Return the plain ``key: value`` lines of YAML; nested values are passed over."""
    values = {}
    for line in lines:
        match = YAML_PAIR.fullmatch(line.rstrip("\r\n"))
        if match:
            values[match["key"].lower()] = match["value"].strip("\"'[]").strip()
    return values


def _read_toml(table: str) -> dict[str, str]:
    """Return the plain values of a TOML table; none if it is no TOML."""
    try:
        values = tomllib.loads(table)
    except (ValueError, RecursionError):
        return {}
    return {key.lower(): str(value) for key, value in values.items() if not isinstance(value, dict | list)}


def _apply_front_matter(draft: Draft, values: dict[str, str], *, end: int) -> None:
    """Put the values of the front matter where they belong."""

    def get(use: str) -> str | None:
        return next((values[key] for key in load_table("page")["front_matter"][use] if values.get(key)), None)

    title, byline, source = get("title"), get("author"), get("source")
    if title and (place := draft.text.find(title, 0, end)) >= 0:
        draft.title = (place, place + len(title))
    draft.outlet = get("outlet")
    if byline:
        draft.byline = byline
        draft.credits.append(Credit(kind=CreditKind.BYLINE, name=byline, text=byline, stated_in="text"))
    if source:
        draft.credits.append(Credit(kind=CreditKind.SOURCE_LINE, name=source, text=source, stated_in="text"))
    for attribute in ("published", "modified"):
        written = get(attribute)
        moment = read_moment(written, stated_in="front matter") if written else None
        if written and moment is None:
            message = f"The front matter's date {written[:60]!r} cannot be read."
            draft.problems = (*draft.problems, Problem(code="unreadable-date", message=message))
        setattr(draft, attribute, moment)
