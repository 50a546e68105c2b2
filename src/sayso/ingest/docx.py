"""DOCX to a document: the text as it stands with all changes accepted.

What is read of the package is bounded before it is unpacked, its XML knows no entity and no address, and nothing that
it points at (pictures, templates, links) is opened. Its properties (author, dates) are about the file, and are not
looked at.
"""

from __future__ import annotations

import io
import posixpath
import zipfile
import zlib
from typing import TYPE_CHECKING, Self

from lxml import etree

from sayso.errors import EmptyInput, EncryptedFile, Problem, UnreadableFile
from sayso.ingest.assembly import Draft, finish_document
from sayso.ingest.docx_text import Paragraph, Story, find_styles, read_story
from sayso.ingest.plain import set_paragraphs

if TYPE_CHECKING:
    from sayso.records import Document

# Unpacked: the XML of a 600-page book is about 20 MB.
MAX_XML_BYTES = 32_000_000
# Packed XML is a tenth to a fiftieth of its size; what swells more is a bomb, unless it is small anyway.
MAX_RATIO = 250
SMALL_BYTES = 4_000_000
MAX_MEMBERS = 50_000
# In memory an element of four bytes takes a hundred; that book has two million marks of tags and attributes.
MAX_MARKS = 4_000_000
METHODS = {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}
OFFICE_DOCUMENT = "/officeDocument"
USUAL_MEMBER = "word/document.xml"
# More of the words than this in tables: the tables are the layout of the text.
LAYOUT_SHARE = 0.6
TITLE_PARAGRAPHS = 6
MAX_TITLE_CHARS = 400


def make_docx_document(data: bytes, *, name: str) -> Document:
    """Return the document of a DOCX file.

    Raises:
        EncryptedFile: The package is encrypted.
        UnreadableFile: It is damaged, or made to swell.
        EmptyInput: There is no text in it.
    """
    with _Package(data, name=name) as package:
        member = _find_main(package)
        root = package.read(member)
        if root is None:
            raise UnreadableFile(name, "there is no Word document in this file")
        folder = posixpath.dirname(member)
        styles = find_styles(package.read(posixpath.join(folder, "styles.xml")))
        story = read_story(root, styles=styles)
        notes: list[Paragraph] = []
        for part in ("footnotes.xml", "endnotes.xml"):
            found = package.read(posixpath.join(folder, part))
            notes.extend(read_story(found, styles=styles).paragraphs if found is not None else [])
        comments = package.read(posixpath.join(folder, "comments.xml"))
        n_comments = len(comments) if comments is not None else 0
    if not story.paragraphs:
        raise EmptyInput(name)
    draft = Draft(name=name, text="", format="docx", problems=tuple(_list_problems(story, n_comments, len(notes))))
    _set_text(draft, story.paragraphs, notes)
    return finish_document(draft)


class _Package:
    """The members of a package, unpacked one by one and never further than the limits."""

    def __init__(self, data: bytes, *, name: str) -> None:
        self.name = name
        self.n_marks = 0
        try:
            self.archive = zipfile.ZipFile(io.BytesIO(data))
        except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError, EOFError, OverflowError) as error:
            raise UnreadableFile(name, "this package is damaged") from error
        if len(self.archive.filelist) > MAX_MEMBERS:
            raise UnreadableFile(name, "this package has more files in it than any document")

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.archive.close()

    def read(self, member: str) -> etree._Element | None:
        """Return the root of a member; None if there is no such member.

        Raises:
            EncryptedFile: It is encrypted.
            UnreadableFile: It is damaged, swells (packed, or once parsed), or is no plain XML.
        """
        try:
            info = self.archive.getinfo(member)
        except KeyError:
            return None
        if info.flag_bits & 1:
            raise EncryptedFile(self.name)
        limit = min(MAX_XML_BYTES, max(SMALL_BYTES, MAX_RATIO * info.compress_size))
        if info.file_size > limit or info.compress_type not in METHODS:
            raise UnreadableFile(self.name, "what is packed in this file swells beyond all measure")
        try:
            with self.archive.open(info) as stream:
                # The size that a member states may be a lie.
                data = stream.read(limit + 1)
        except (
            zipfile.BadZipFile,
            zlib.error,
            ValueError,
            OSError,
            EOFError,
            RuntimeError,
            NotImplementedError,
        ) as error:
            raise UnreadableFile(self.name, "this package is damaged") from error
        if len(data) > limit:
            raise UnreadableFile(self.name, "what is packed in this file swells beyond all measure")
        # OOXML has no document types (ECMA-376-2, 9.1.2): where there is one, entities are meant to be.
        if b"<!DOCTYPE" in data or "<!DOCTYPE".encode("utf-16-le") in data or "<!DOCTYPE".encode("utf-16-be") in data:
            raise UnreadableFile(self.name, "its XML declares a document type, which Word never writes")
        self.n_marks += data.count(b"<") + data.count(b"=")
        if self.n_marks > MAX_MARKS:
            raise UnreadableFile(self.name, "what is packed in this file swells beyond all measure")
        parser = etree.XMLParser(
            resolve_entities=False, no_network=True, load_dtd=False, dtd_validation=False, huge_tree=False,
            remove_comments=True, remove_pis=True, collect_ids=False,
        )  # fmt: skip
        try:
            return etree.fromstring(data, parser)
        except (etree.LxmlError, ValueError) as error:
            raise UnreadableFile(self.name, "its XML is damaged") from error


def _find_main(package: _Package) -> str:
    """Return the member that is the document, as the package says."""
    relations = package.read("_rels/.rels")
    for relation in relations if relations is not None else ():
        target = relation.get("Target") or ""
        if (relation.get("Type") or "").endswith(OFFICE_DOCUMENT) and relation.get("TargetMode") != "External":
            return posixpath.normpath(target.lstrip("/"))
    return USUAL_MEMBER


def _list_problems(story: Story, n_comments: int, n_notes: int) -> list[Problem]:
    """Return what a reader of the text should know of the file."""
    problems = []
    if story.n_inserted or story.n_deleted:
        message = (
            "The file holds tracked changes that nobody has accepted yet; it is read as if all were "
            f"(insertions: {story.n_inserted}, deletions: {story.n_deleted})."
        )
        problems.append(Problem(code="tracked-changes", message=message))
    if n_comments:
        noun = "comment" if n_comments == 1 else "comments"
        problems.append(Problem(code="comments", message=f"{n_comments} {noun} in the margin: not read."))
    if n_notes:
        problems.append(
            Problem(code="notes", message="Footnotes stand at the end of the text, and are no claims of it.")
        )
    if story.n_boxes:
        message = "What stands in text boxes is kept in the text, and is no claim of it."
        problems.append(Problem(code="text-boxes", message=message))
    if story.n_hidden:
        message = f"{story.n_hidden} characters of the file are invisible to its readers, and are not read."
        problems.append(Problem(code="hidden-text", message=message))
    if story.is_cut:
        problems.append(Problem(code="cut-off", message="The file holds more text than is read; the rest is left out."))
    return problems


def _set_text(draft: Draft, paragraphs: list[Paragraph], notes: list[Paragraph]) -> None:
    """Set the draft's text, title and what is no prose: notes, boxes, headings, and tables that are no layout."""
    n_words = sum(len(paragraph.text.split()) for paragraph in paragraphs) or 1
    n_tabled = sum(len(paragraph.text.split()) for paragraph in paragraphs if paragraph.is_table)
    is_layout = n_tabled > LAYOUT_SHARE * n_words
    every = [*paragraphs, *notes]
    asides = {
        i
        for i, paragraph in enumerate(every)
        if i >= len(paragraphs) or paragraph.is_box or paragraph.is_heading or (paragraph.is_table and not is_layout)
    }
    title = _find_title(paragraphs)
    set_paragraphs(draft, [paragraph.text for paragraph in every], title=title, asides=asides)


def _find_title(paragraphs: list[Paragraph]) -> int | None:
    """Return which paragraph near the head is styled as a title, or else as a first heading; None for none."""
    for style in ("title", "heading 1"):
        for i, paragraph in enumerate(paragraphs[:TITLE_PARAGRAPHS]):
            if paragraph.style == style and len(paragraph.text) <= MAX_TITLE_CHARS and "\n" not in paragraph.text:
                return i
    return None
