"""DOCX: the text with all changes accepted, and packages that nobody should send."""

from __future__ import annotations

import time
import zipfile
from io import BytesIO
from typing import TYPE_CHECKING

import pytest

from sayso import ingest
from sayso.config import Settings
from sayso.errors import EmptyInput, EncryptedFile, InputError, UnreadableFile
from tests.ingest.packages import make_docx, pack, paragraph, part, run

if TYPE_CHECKING:
    from sayso.records import Document
    from tests.ingest.conftest import Read

LEAD = "The island council will close the Vessen ferry line in March, its chairwoman Ida Marlow said on Tuesday."
SECOND = "The drivers’ union denied that talks had begun, and said that it would wait for an answer in writing."
TITLE = "Ferry line to close"


def list_codes(document: Document) -> list[str]:
    return [problem.code for problem in document.problems]


def test_title_paragraphs_and_headings_are_told_by_their_style(read: Read) -> None:
    body = (
        paragraph(run(TITLE), style="Titel")
        + paragraph(run("By Petra Oud"))
        + paragraph(run("The island council "), run(LEAD.removeprefix("The island council ")))
        + paragraph(run("What the union wants"), style="berschrift2")
        + paragraph(run(SECOND))
        + paragraph(run("The ferry in the harbour of Lisk"), style="Beschriftung")
    )
    document = read(make_docx(body), "a.docx")
    assert document.text.split("\n\n") == [
        TITLE, "By Petra Oud", LEAD, "What the union wants", SECOND, "The ferry in the harbour of Lisk",
    ]  # fmt: skip
    assert document.title is not None
    assert document.title.exact == TITLE
    assert (document.byline, document.format, document.problems) == ("Petra Oud", "docx", ())
    no_prose = [span.exact for span in document.not_prose]
    assert no_prose == ["By Petra Oud", "What the union wants", "The ferry in the harbour of Lisk"]


def test_tracked_changes_are_read_as_accepted_and_said_to_be_there(read: Read) -> None:
    deleted = '<w:del w:id="1"><w:r><w:delText>never </w:delText></w:r></w:del>'
    moved = f'<w:moveFrom w:id="2">{run("yesterday ")}</w:moveFrom>'
    inserted = f'<w:ins w:id="3">{run("often ")}</w:ins>'
    body = paragraph(run("The council had "), deleted, moved, inserted, run("said that it would close the line."))
    document = read(make_docx(body), "a.docx")
    assert document.text == "The council had often said that it would close the line."
    (problem,) = document.problems
    assert problem.code == "tracked-changes"
    assert "insertions: 1, deletions: 2" in problem.message


def test_paragraph_whose_end_is_deleted_goes_on_in_the_next(read: Read) -> None:
    body = paragraph(run("The union denied that"), mark='<w:del w:id="1"/>') + paragraph(run("talks had begun."))
    assert read(make_docx(body), "a.docx").text == "The union denied that talks had begun."


def test_comments_notes_and_boxes_are_no_claims_and_said_to_be_there(read: Read) -> None:
    inside = paragraph(run("Call the press office, he said."))
    box = f"<w:r><w:drawing><w:txbxContent>{inside}</w:txbxContent></w:drawing></w:r>"
    choice = f"<AlternateContent><Choice>{box}</Choice><Fallback>{box}</Fallback></AlternateContent>"
    parts = {
        "word/footnotes.xml": part(
            "footnotes",
            f'<w:footnote w:type="separator">{paragraph(run("---"))}</w:footnote>'
            f"<w:footnote>{paragraph(run('The line opened in 1911, she said.'))}</w:footnote>",
        ),
        "word/comments.xml": part(
            "comments", f"<w:comment>{paragraph(run('Is this true? asked the editor.'))}</w:comment>"
        ),
        "word/header1.xml": part("hdr", paragraph(run("DRAFT, said the header"))),
    }
    document = read(make_docx(paragraph(run(LEAD), choice) + paragraph(run(SECOND)), parts=parts), "a.docx")
    assert sorted(list_codes(document)) == ["comments", "notes", "text-boxes"]
    assert [span.exact for span in document.not_prose] == [
        "Call the press office, he said.", "The line opened in 1911, she said.",
    ]  # fmt: skip
    assert document.text.count("press office") == 1
    assert "editor" not in document.text
    assert "DRAFT" not in document.text


def test_hidden_text_is_not_read(read: Read) -> None:
    body = paragraph(
        run(LEAD), run(" Nobody may know, he said.", "<w:vanish/>"), run(" She left.", '<w:vanish w:val="0"/>')
    )
    document = read(make_docx(body), "a.docx")
    assert document.text == f"{LEAD} She left."
    assert list_codes(document) == ["hidden-text"]


def test_tables_are_no_prose_unless_they_are_the_layout(read: Read) -> None:
    cell = "<w:tbl><w:tr><w:tc>{}</w:tc></w:tr></w:tbl>"
    small = make_docx(paragraph(run(LEAD)) + cell.format(paragraph(run("Ferries: 12"))) + paragraph(run(SECOND)))
    assert [span.exact for span in read(small, "a.docx").not_prose] == ["Ferries: 12"]
    whole = make_docx(cell.format(paragraph(run(LEAD)) + paragraph(run(SECOND))))
    assert read(whole, "a.docx").not_prose == ()


def test_breaks_fields_and_links_within_a_paragraph(read: Read) -> None:
    field = '<w:r><w:instrText>HYPERLINK "https://evil.example"</w:instrText></w:r>'
    link = f"<w:hyperlink>{run('Ida Marlow')}</w:hyperlink>"
    hyphen = '<w:r><w:t>co</w:t><w:noBreakHyphen/><w:t>owner</w:t><w:br/><w:t>said so.</w:t><w:br w:type="page"/></w:r>'
    document = read(make_docx(paragraph(field, link, run(" and her "), hyphen)), "a.docx")
    assert document.text == "Ida Marlow and her co-owner\nsaid so."


def test_properties_of_the_file_are_not_its_publication(read: Read) -> None:
    parts = {"docProps/core.xml": "<a><creator>Office PC</creator><created>2024-03-01</created></a>"}
    document = read(make_docx(paragraph(run(LEAD)), parts=parts), "a.docx")
    assert (document.published, document.byline) == (None, None)


def test_document_under_another_name_in_the_package_is_found(read: Read) -> None:
    assert read(make_docx(paragraph(run(LEAD)), main="word/document2.xml"), "a.docx").text == LEAD


def test_document_without_text_is_empty(read: Read) -> None:
    with pytest.raises(EmptyInput):
        read(make_docx(paragraph()), "a.docx")


def test_encrypted_member_says_so(read: Read) -> None:
    data = bytearray(make_docx(paragraph(run(LEAD))))
    at = data.rfind(b"PK\x01\x02", 0, data.find(b"word/document.xml", data.find(b"PK\x01\x02")))
    data[at + 8] |= 1
    with pytest.raises((EncryptedFile, UnreadableFile)):
        read(bytes(data), "a.docx")


def make_lying_package() -> bytes:
    """Return a package whose document says that it is smaller than it is."""
    data = bytearray(make_docx(paragraph(run("a" * 20_000_000))))
    with zipfile.ZipFile(BytesIO(data)) as archive:
        size = archive.getinfo("word/document.xml").file_size.to_bytes(4, "little")
    return bytes(data.replace(size, (1000).to_bytes(4, "little")))


HOSTILE = {
    "bomb": make_docx(paragraph(run("a" * 60_000_000))),
    "bomb that states a small size": make_lying_package(),
    "bomb in the notes": make_docx(
        paragraph(run(LEAD)), parts={"word/footnotes.xml": "<a>" + " " * 60_000_000 + "</a>"}
    ),
    "entities": make_docx(
        "", parts={"word/document.xml": '<!DOCTYPE a [<!ENTITY x "ha"><!ENTITY y "&x;&x;&x;">]><a>&y;</a>'}
    ),
    "file as entity": make_docx(
        "", parts={"word/document.xml": '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/hostname">]><a>&x;</a>'}
    ),
    "deep": make_docx("<w:sdt>" * 50_000 + "</w:sdt>" * 50_000),
    "no document": pack({"word/other.xml": "<a/>"}),
    "no XML": pack({"word/document.xml": b"\x00\x01\x02"}),
    "cut in half": make_docx(paragraph(run(LEAD)))[:400],
    "only the mark": b"PK\x03\x04",
    "document outside": make_docx(paragraph(run(LEAD)), main="../../etc/passwd").replace(b"word/", b"xxxx/"),
}


@pytest.mark.parametrize("xml", ["<a/>" * 4_100_000, ("<a " + " ".join(f'b{n}=""' for n in range(999)) + "/>") * 4_200])
def test_package_of_tiny_elements_is_refused_before_it_fills_the_memory(xml: str) -> None:
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as archive:
        archive.writestr("word/document.xml", f"<a>{xml}</a>")
    with pytest.raises(UnreadableFile, match="swells"):
        ingest.read_bytes(out.getvalue(), name="a.docx", settings=Settings(max_bytes=50_000_000))


@pytest.mark.filterwarnings("ignore:Duplicate name")
@pytest.mark.parametrize("kind", HOSTILE)
def test_hostile_package_ends_in_an_error_of_ours_within_seconds(kind: str) -> None:
    started = time.monotonic()
    try:
        document = ingest.read_bytes(HOSTILE[kind], name="a.docx", settings=Settings())
    except InputError:
        document = None
    # A member's name is a name: one that looks like a path out of the package is only looked up in it.
    assert document is None or (kind == "document outside" and document.text == LEAD)
    assert time.monotonic() - started < 10
