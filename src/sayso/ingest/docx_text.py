"""The paragraphs of a part of a DOCX package, in order, with all tracked changes accepted.

Source: ECMA-376-1, 17.3 (paragraphs and runs), 17.13.5 (revisions), 17.13.4 (comments), 17.11 (notes).
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from lxml import etree

MAX_CHARS = 4_000_000
# Strict and transitional documents differ in their namespaces alone.
LOCAL = re.compile(r"\{[^}]*\}")
# What is gone once all changes are accepted, and what is no text of the page.
DELETED = {"del", "moveFrom"}
INSERTED = {"ins", "moveTo"}
UNREAD = {"Fallback", "instrText", "delText", "delInstrText", "rPr", "sectPr", "tblPr", "ruby", "rt"}
BREAKS = {"tab": " ", "noBreakHyphen": "-", "ptab": " "}
NO_NOTES = {"separator", "continuationSeparator", "continuationNotice"}
HEADING = re.compile(r"(?:heading|title|subtitle|caption|toc|header|footer)\b")
OFF = {"0", "false", "off", "none"}


@dataclass(slots=True)
class Paragraph:
    """A paragraph.

    Attributes:
        text: Soft line breaks are line breaks.
        style: Name of its style, in small letters; empty for none.
        is_table: Whether it stands in a table.
        is_box: Whether it stands in a text box.
        goes_on: Whether its end is deleted, so that the next one goes on in it.
    """

    text: str = ""
    style: str = ""
    is_table: bool = False
    is_box: bool = False
    goes_on: bool = False

    @property
    def is_heading(self) -> bool:
        """Whether its style is that of a heading or a caption."""
        return HEADING.match(self.style) is not None


@dataclass(slots=True)
class Story:
    """What a part of the package holds.

    Attributes:
        paragraphs: Those with text.
        n_inserted: Tracked insertions and moves to here.
        n_deleted: Tracked deletions.
        n_hidden: Characters formatted as hidden.
        n_boxes: Paragraphs in text boxes.
        is_cut: Whether there is more text than is read.
    """

    paragraphs: list[Paragraph] = field(default_factory=list)
    n_inserted: int = 0
    n_deleted: int = 0
    n_hidden: int = 0
    n_boxes: int = 0
    is_cut: bool = False


def find_styles(root: etree._Element | None) -> dict[str, str]:
    """Return the names of the styles, in small letters, by their ids, which Word translates in other languages."""
    names: dict[str, str] = {}
    for style in root if root is not None else ():
        if _get_local(style) == "style":
            name = next((_get_value(child) for child in style if _get_local(child) == "name"), None)
            names[_get_attribute(style, "styleId") or ""] = (name or "").lower()
    return names


def read_story(root: etree._Element, *, styles: dict[str, str]) -> Story:
    """Return the paragraphs of a part, in order; those of a text box after the one that it hangs on."""
    return _Reader(styles).read(root)


class _Reader:
    """Goes through a part from the first element to the last, without recursion."""

    def __init__(self, styles: dict[str, str]) -> None:
        self.styles = styles
        self.story = Story()
        self.open: list[tuple[Paragraph, list[str]]] = []
        self.closed: list[Paragraph] = []
        self.n_tables = self.n_boxes = self.n_chars = 0
        self.is_hidden = False

    def read(self, root: etree._Element) -> Story:
        """Return what the part holds."""
        walk = etree.iterwalk(root, events=("start", "end"))
        for event, element in walk:
            name = _get_local(element)
            if event == "end":
                self._end(name)
            elif self._is_skipped(element, name):
                # The walk still gives the end of what it skips: only starts are counted.
                walk.skip_subtree()
            else:
                self._start(element, name)
            if self.n_chars > MAX_CHARS:
                self.story.is_cut = True
                break
        self.story.paragraphs = [p for p in _join_deleted_ends(self.closed) if p.text.strip()]
        self.story.n_boxes = sum(paragraph.is_box for paragraph in self.story.paragraphs)
        return self.story

    def _is_skipped(self, element: etree._Element, name: str) -> bool:
        """Tell whether an element holds nothing that is read, and count why."""
        if name in DELETED and len(element):
            self.story.n_deleted += 1
        elif name in INSERTED and len(element):
            self.story.n_inserted += 1
        if name == "rPr":
            vanish = next((child for child in element if _get_local(child) == "vanish"), None)
            parent = element.getparent()
            if (
                vanish is not None
                and _get_value(vanish) not in OFF
                and parent is not None
                and _get_local(parent) == "r"
            ):
                self.is_hidden = True
        is_no_note = name in {"footnote", "endnote"} and _get_attribute(element, "type") in NO_NOTES
        return name in DELETED or name in UNREAD or is_no_note

    def _start(self, element: etree._Element, name: str) -> None:
        """Take what an element says."""
        if name == "p":
            self.open.append((Paragraph(is_table=self.n_tables > 0, is_box=self.n_boxes > 0), []))
        elif name == "tbl":
            self.n_tables += 1
        elif name == "txbxContent":
            self.n_boxes += 1
        elif name == "r":
            self.is_hidden = False
        elif not self.open:
            return
        elif name == "pPr":
            self._read_properties(element)
        elif name == "t":
            self._add(element.text or "")
        elif name in BREAKS:
            self._add(BREAKS[name])
        elif name in {"br", "cr"} and (_get_attribute(element, "type") or "textWrapping") == "textWrapping":
            self._add("\n")

    def _end(self, name: str) -> None:
        """Close what an element opened."""
        if name == "p" and self.open:
            paragraph, parts = self.open.pop()
            paragraph.text = re.sub(r"[ \t\u00a0]*\n[ \t\u00a0]*", "\n", "".join(parts)).strip()
            self.closed.append(paragraph)
        elif name == "tbl":
            self.n_tables -= 1
        elif name == "txbxContent":
            self.n_boxes -= 1

    def _read_properties(self, properties: etree._Element) -> None:
        """Take a paragraph's style, and whether its end is deleted."""
        paragraph = self.open[-1][0]
        for child in properties:
            local = _get_local(child)
            if local == "pStyle":
                style = _get_value(child) or ""
                paragraph.style = self.styles.get(style, style.lower())
            elif local == "rPr":
                marks = {_get_local(mark) for mark in child}
                paragraph.goes_on = bool(marks & DELETED)

    def _add(self, text: str) -> None:
        """Add text to the innermost paragraph that is open."""
        if self.is_hidden:
            self.story.n_hidden += len(text)
            return
        self.n_chars += len(text)
        self.open[-1][1].append(text)


def _join_deleted_ends(paragraphs: list[Paragraph]) -> list[Paragraph]:
    """Return the paragraphs, each joined with the next where its end is deleted."""
    joined: list[Paragraph] = []
    for paragraph in paragraphs:
        last = joined[-1] if joined else None
        if last is not None and last.goes_on and last.is_table == paragraph.is_table:
            between = " " if last.text and paragraph.text and last.text[-1].isalnum() else ""
            last.text += between + paragraph.text
            last.goes_on = paragraph.goes_on
        else:
            joined.append(paragraph)
    return joined


def _get_local(element: etree._Element) -> str:
    """Return an element's name without its namespace; empty for entities and the like."""
    tag: object = element.tag
    return LOCAL.sub("", tag) if isinstance(tag, str) else ""


def _get_attribute(element: etree._Element, name: str) -> str | None:
    """Return an attribute by its name without the namespace."""
    return next((str(value) for key, value in element.attrib.items() if LOCAL.sub("", str(key)) == name), None)


def _get_value(element: etree._Element) -> str | None:
    """Return an element's ``val``."""
    return _get_attribute(element, "val")
