"""A reading as one page that needs nothing but itself: no network, no font, no picture, and no script to be read.

Rule 1: the article's text stands in the page character for character (`visible.show_in_place` for what a page cannot
hold); numbers and notes are drawn beside it by the style sheet and never stand in it.
Rule 2: everything from outside is escaped by the template engine, and the page's own policy forbids what is not ours.
Rule 3: the same reading gives the same bytes.

The templates, the style sheet and the script are in ``page/``; the app shows articles with the same parts and script.
"""

from __future__ import annotations

import base64
import hashlib
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING, Any, Final

from jinja2 import Environment, FunctionLoader, StrictUndefined
from markupsafe import Markup

from sayso.export.head import list_rows, say_headline, say_moment, say_published
from sayso.export.marked_text import Block, mark_text
from sayso.export.order import is_said, order_rows
from sayso.export.reading_json import all_problems
from sayso.export.rests import say_roots
from sayso.export.row_words import iter_rows
from sayso.export.value_words import say_assertions, say_values
from sayso.export.visible import show
from sayso.export.words import load_words

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from sayso.export.row_words import RowWords
    from sayso.export.value_words import ValueWords
    from sayso.records import Document, Reading

POLICY: Final = "default-src 'none'; style-src '{}'; script-src '{}'; base-uri 'none'; form-action 'none'"

# What lights a row's places in the text without a script: it is the target of the address, or the focus is in it.
LIGHT: Final = (
    ":root:has(:is(#r{0},#t{0}):is(:target,:focus-within)){{"
    "& .c{0}{{background:var(--lit)}}& .s{0}{{background:var(--lit-who)}}"
    "& .q{0}{{background:var(--accent);color:var(--paper)}}}}\n"
)
# A browser weighs every such rule at every change: a page with more rows lights them by script, or the note alone.
MOST_LIGHTS: Final = 400


@dataclass(frozen=True, slots=True)
class Credit:
    """One line of what the page credits.

    Attributes:
        label: Which part of the page it is.
        words: As written.
        stated_in: Where, if not in the text.
    """

    label: str
    words: str
    stated_in: str


def write_page(reading: Reading) -> bytes:
    """Return the reading as one HTML page in UTF-8. Linear in the text and in what was read from it."""
    lines = order_rows(reading)
    rows = list(iter_rows(reading, lines))
    values = say_values(reading)
    marked = mark_text(reading, rows, values)
    title, blocks = split_title(reading.document, marked.blocks)
    numbers = {line.att.id: line.number for line in lines}
    style, script = _load("page.css") + _light(rows), _load("script/reading.js")
    page = (
        _environment()
        .get_template("page.html")
        .render(
            reading=reading,
            doc=reading.document,
            words=load_words(),
            style=Markup(style),  # noqa: S704  our own file and numbers; no character of an article
            script=Markup(script),  # noqa: S704  our own file
            policy=POLICY.format(_hash(style), _hash(script)),
            title=title,
            name=say_name(reading.document),
            published=say_published(reading.document),
            roots=show(say_roots(reading)),
            headline="" if reading.headline is None else say_headline(reading.headline),
            headline_rows=[] if reading.headline is None else list_rows(reading.headline, numbers),
            credits=list_credits(reading.document),
            blocks=blocks,
            marked=marked,
            rows=rows,
            row_ids={number: f"r{number}" for number in numbers.values()},
            values=group_values(values),
            assertions=say_assertions(reading, numbers),
            n_deeds=sum(not is_said(att) for att in reading.attributions),
            problems=all_problems(reading),
        )
    )
    return page.encode()


def split_title(doc: Document, blocks: Sequence[Block]) -> tuple[Block | None, Sequence[Block]]:
    """Return the title's block, if the text begins with it, and the others."""
    if doc.title is not None and blocks and blocks[0].start <= doc.title.start and doc.title.end <= blocks[0].end:
        return blocks[0], blocks[1:]
    return None, blocks


def say_name(doc: Document) -> str:
    """Return the title, or what the document was added as."""
    return (show(doc.title.exact) if doc.title else "") or show(doc.name)


def list_credits(doc: Document) -> list[Credit]:
    """Return what the page says of whose work it is, each thing once."""
    words = load_words()
    found = [
        ("outlet", doc.outlet, ""),
        ("published", doc.published and say_moment(doc.published), ""),
        ("modified", doc.modified and say_moment(doc.modified), ""),
        ("byline", doc.byline, ""),
        ("dateline", doc.dateline, ""),
        *((credit.kind.value, credit.text, words["stated_in"].get(credit.stated_in, "")) for credit in doc.credits),
        ("canonical", doc.urls.canonical if doc.urls.canonical != doc.urls.final else None, ""),
    ]
    kept: dict[tuple[str, str], Credit] = {}
    for kind, said, stated_in in found:
        shown = show(said or "")
        if shown:
            kept.setdefault((kind, shown.casefold()), Credit(words["credits"][kind], shown, stated_in))
    return list(kept.values())


def group_values(values: Iterable[ValueWords]) -> list[tuple[list[int], ValueWords]]:
    """Return the values with their numbers, from 1; the same said of the same words is one, with all its numbers."""
    groups: dict[tuple[str, str, str], tuple[list[int], ValueWords]] = {}
    for number, value in enumerate(values, 1):
        numbers, _ = groups.setdefault((value.kind, value.span.exact, value.says), ([], value))
        numbers.append(number)
    return list(groups.values())


def _light(rows: Iterable[RowWords]) -> str:
    numbers = [row.line.number for row in rows]
    return "".join(map(LIGHT.format, numbers)) if len(numbers) <= MOST_LIGHTS else ""


def _hash(content: str) -> str:
    """Return the source expression by which a policy knows this content (CSP 3, section 2.3.1)."""
    return "sha256-" + base64.b64encode(hashlib.sha256(content.encode()).digest()).decode()


@cache
def _load(name: str) -> str:
    return resources.files(__package__).joinpath("page", name).read_text(encoding="utf-8")


@cache
def _environment() -> Environment:
    settings: dict[str, Any] = {"trim_blocks": True, "lstrip_blocks": True, "keep_trailing_newline": True}
    made = Environment(autoescape=True, loader=FunctionLoader(_load), undefined=StrictUndefined, **settings)
    made.filters["show"] = show
    return made
