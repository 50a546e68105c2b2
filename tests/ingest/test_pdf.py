"""PDF: reading order, paragraphs, hyphens, what surrounds a page's text, and files that cannot be read."""

from __future__ import annotations

import time
import zlib
from typing import TYPE_CHECKING

import pytest

from sayso import ingest
from sayso.config import Settings
from sayso.errors import EncryptedFile, InputError, MissingPackage, NoTextLayer, UnreadableFile
from sayso.ingest.bounded import run_bounded
from tests.ingest.pdfs import Put, Sheet, assemble, make_pdf, make_stream, wrap

if TYPE_CHECKING:
    from tests.ingest.conftest import Read

TITLE = "Ferry line to close after all, council decides"
LEAD = "The island council will close the Vessen ferry line in March, its chairwoman Ida Marlow said on Tuesday."
SECOND = "“We can no longer pay for it,” she told The Harbour Post, and asked for patience until the spring comes."
THIRD = "The drivers’ union denied that talks had begun, and said that it would wait for an answer in writing."
FOURTH = "A spokesman for the ministry declined to comment. The minister was away on the mainland, he said."


def make_sheet(*paragraphs: str, x: float = 60, y: float = 120, width: float = 460, gap: float = 8) -> Sheet:
    sheet = Sheet()
    for paragraph in paragraphs:
        y = sheet.lines(x, y, wrap(paragraph, width)) + gap
    return sheet


def test_paragraphs_and_headline_are_recovered(read: Read) -> None:
    sheet = make_sheet("By Petra Oud", LEAD * 2, SECOND + THIRD, FOURTH)
    sheet.puts.insert(0, Put(60, 90, TITLE, 18))
    document = read(make_pdf([sheet]), "a.pdf")
    assert document.text == "\n\n".join([TITLE, "By Petra Oud", LEAD * 2, SECOND + THIRD, FOURTH])
    assert document.title is not None
    assert document.title.exact == TITLE
    assert (document.byline, document.format, document.published) == ("Petra Oud", "pdf", None)


def test_indented_paragraphs_without_gaps_are_told_apart(read: Read) -> None:
    sheet = Sheet()
    y = 100.0
    for paragraph in (LEAD * 2, SECOND * 2, THIRD * 2):
        first, *rest = wrap(paragraph, 400)
        sheet.puts.append(Put(75, y, first))
        y = sheet.lines(60, y + 12, rest)
    document = read(make_pdf([sheet]), "a.pdf")
    assert document.text.split("\n\n") == [LEAD * 2, SECOND * 2, THIRD * 2]


@pytest.mark.parametrize("n_columns", [2, 3])
def test_columns_are_read_one_after_the_other(read: Read, n_columns: int) -> None:
    sheet = Sheet(puts=[Put(50, 80, TITLE, 20)])
    width = 500 / n_columns - 20
    texts = [LEAD * 2, SECOND * 2, THIRD * 2][:n_columns]
    for i, text in enumerate(texts):
        sheet.lines(50 + i * 500 / n_columns, 120 + i, wrap(text, width * 0.9))
    document = read(make_pdf([sheet]), "a.pdf")
    assert document.text.split("\n\n") == [TITLE, *texts]


def test_sentence_goes_on_in_the_next_column_and_on_the_next_page(read: Read) -> None:
    lines = wrap(" ".join([LEAD, SECOND, THIRD] * 4), 210)
    third = len(lines) // 3
    first, second = Sheet(), Sheet()
    first.lines(50, 120, lines[:third])
    first.lines(300, 120, lines[third : 2 * third])
    second.lines(50, 120, lines[2 * third :])
    document = read(make_pdf([first, second]), "a.pdf")
    assert document.text.replace("\n\n", " ") == " ".join(lines)


def test_full_width_line_between_columns_parts_them(read: Read) -> None:
    sheet = Sheet()
    for y, texts in ((80, (LEAD * 2, SECOND * 2)), (420, (THIRD * 2, FOURTH * 2))):
        for x, text in zip((50, 310), texts, strict=True):
            sheet.lines(x, y, wrap(text, 210))
    sheet.puts.append(Put(50, 350, "What the council, the union and the ministry had said before the vote", 13))
    document = read(make_pdf([sheet]), "a.pdf")
    places = [document.text.index(text[:40]) for text in (LEAD, SECOND, "What the", THIRD, FOURTH)]
    assert places == sorted(places)
    assert any(span.exact.startswith("What the council") for span in document.not_prose)


def test_heads_feet_and_page_numbers_are_no_text(read: Read) -> None:
    sheets = []
    for number, text in enumerate((LEAD * 3, SECOND * 3, THIRD * 3), 1):
        sheet = make_sheet(text)
        sheet.puts += [Put(60, 30, f"The Harbour Post | {number} March", 8), Put(290, 820, f"- {number} -", 8)]
        sheets.append(sheet)
    document = read(make_pdf(sheets), "a.pdf")
    assert "Harbour Post |" not in document.text
    assert document.text.split("\n\n") == [LEAD * 3, SECOND * 3, THIRD * 3]


def test_what_a_browser_prints_is_no_text_and_its_address_is_kept(read: Read) -> None:
    sheet = make_sheet(LEAD * 2, SECOND)
    sheet.puts += [
        Put(20, 20, "11/3/24, 10:15 AM", 7),
        Put(300, 20, "Ferry line to close - The Harbour Post", 7),
        Put(20, 830, "https://post.example/ferry?id=4", 7),
        Put(550, 830, "1/1", 7),
    ]
    document = read(make_pdf([sheet]), "a.pdf")
    assert document.text.endswith(SECOND)
    assert document.urls.asked == "https://post.example/ferry?id=4"
    assert document.published is None


def test_hyphens_at_line_ends_are_joined_where_that_is_certain(read: Read) -> None:
    lines = ["The island govern-", "ment has a long-", "term plan for the Vessenbru-", "gghen ferry, it said on Tues-",
             "day. The Anglo-", "Norse plan was read by 20-", "odd people, she told reporters."]  # fmt: skip
    sheet = Sheet()
    sheet.lines(60, 100, lines)
    text = read(make_pdf([sheet]), "a.pdf").text
    assert text == (
        "The island government has a long-term plan for the Vessenbrugghen ferry, it said on Tuesday. The Anglo-Norse "
        "plan was read by 20-odd people, she told reporters."
    )


def test_footnotes_come_last_and_are_no_claims(read: Read) -> None:
    first, second = make_sheet(LEAD * 2 + " It added that"), make_sheet("the line had lost money. " + THIRD)
    first.puts.append(Put(60, 780, "1 The line was opened in 1911, the council said.", 7))
    document = read(make_pdf([first, second]), "a.pdf")
    assert "It added that the line had lost money." in document.text
    assert [span.exact for span in document.not_prose] == ["1 The line was opened in 1911, the council said."]
    assert document.text.endswith(document.not_prose[0].exact)


def test_properties_of_the_file_are_not_its_publication(read: Read) -> None:
    info = (b"<< /Title (Draft 3) /Author (Office PC) /CreationDate (D:20240301120000Z) >>",)
    data = make_pdf([make_sheet(LEAD, SECOND)], trailer=b"/Info 12 0 R", extra=info)
    document = read(data, "a.pdf")
    assert (document.published, document.byline, document.outlet) == (None, None, None)
    assert "Draft 3" not in document.text


def test_text_that_readers_do_not_see_is_not_read(read: Read) -> None:
    sheet = make_sheet(LEAD, SECOND)
    sheet.puts.append(Put(60, 400, "The mayor said that everybody should believe this.", mode=3))
    document = read(make_pdf([sheet]), "a.pdf")
    assert "believe" not in document.text
    assert [problem.code for problem in document.problems] == ["hidden-text"]


def test_recognised_text_over_a_scan_is_read_and_said_to_be_such(read: Read) -> None:
    sheet = Sheet(has_picture=True)
    for i, line in enumerate(wrap(LEAD * 2, 400)):
        sheet.puts.append(Put(60, 100 + 12 * i, line, mode=3))
    document = read(make_pdf([sheet]), "a.pdf")
    assert document.text == LEAD * 2
    assert [problem.code for problem in document.problems] == ["recognised-text"]


def test_scanned_file_says_what_to_do(read: Read) -> None:
    with pytest.raises(NoTextLayer, match="scanned: no text layer; run text recognition") as caught:
        read(make_pdf([Sheet(has_picture=True)] * 2), "a.pdf")
    assert caught.value.reason == "scanned: no text layer"
    with pytest.raises(NoTextLayer):
        read(make_pdf([Sheet()]), "a.pdf")


def test_scanned_pages_among_others_are_named(read: Read) -> None:
    document = read(make_pdf([make_sheet(LEAD), Sheet(has_picture=True), make_sheet(SECOND)]), "a.pdf")
    (problem,) = document.problems
    assert problem.code == "no-text-layer"
    assert "1 of 3 pages" in problem.message
    assert problem.message.endswith(": 2.")


def test_encrypted_file_says_so(read: Read) -> None:
    lock = b"/Encrypt << /Filter /Standard /V 1 /R 2 /O <%s> /U <%s> /P -4 >> /ID [<00><00>]" % (b"11" * 32, b"22" * 32)
    with pytest.raises(EncryptedFile, match="password"):
        read(make_pdf([make_sheet(LEAD)], trailer=lock), "a.pdf")


def test_without_its_library_pdf_says_what_to_install(read: Read, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sayso.ingest.pdf.LIBRARY", "no_such_library")
    with pytest.raises(MissingPackage, match=r"pip install 'sayso\[pdf\]'"):
        read(make_pdf([make_sheet(LEAD)]), "a.pdf")


def test_scripts_in_the_file_do_nothing(read: Read) -> None:
    catalog = b"/OpenAction << /S /JavaScript /JS (while\\(1\\){}) >>"
    assert read(make_pdf([make_sheet(LEAD)], catalog=catalog), "a.pdf").text == LEAD


def test_ten_thousand_pages_are_read_to_a_limit_that_is_said(read: Read) -> None:
    started = time.monotonic()
    document = read(make_pdf([make_sheet(LEAD)] * 10_000), "a.pdf")
    assert "9500 of 10000 pages are not read" in document.problems[0].message
    assert time.monotonic() - started < 20


def make_page_objects(content: bytes, resources: bytes = b"") -> dict[int, bytes]:
    return {
        1: b"<< /Type /Catalog /Pages 2 0 R >>",
        2: b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        3: b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << %s >> >>" % resources,
        4: content,
    }


def make_hostile() -> dict[str, bytes]:
    good = make_pdf([make_sheet(LEAD)])
    form = b"<< /Type /XObject /Subtype /Form /BBox [0 0 595 842] /Resources << /XObject << /X 5 0 R >> >>"
    twice = zlib.compress(zlib.compress(b"q " * 50_000_000, 9), 9)
    text = zlib.compress(b"BT /F1 1 Tf (a) Tj ET " * 5_000_000, 9)
    return {
        "page tree that is its own child": good.replace(b"/Kids [10 0 R]", b"/Kids [2 0 R ] "),
        "cut in half": good[: len(good) // 2],
        "nothing but the mark": b"%PDF-1.7\n",
        "contents that swell": assemble(
            make_page_objects(make_stream(b"<< /Filter [/FlateDecode /FlateDecode]", twice))
        ),
        "millions of texts": assemble(make_page_objects(make_stream(b"<< /Filter /FlateDecode", text))),
        "deep arrays": assemble(make_page_objects(make_stream(b"<<", b"[" * 1_000_000))),
        "deep dictionaries": assemble({**make_page_objects(make_stream(b"<<", b"")), 5: b"<< /A " * 200_000}),
        "form that draws itself": assemble(
            {
                **make_page_objects(make_stream(b"<<", b"/X Do"), b"/XObject << /X 5 0 R >>"),
                5: make_stream(form, b"/X Do /X Do /X Do"),
            }
        ),
    }


HOSTILE = make_hostile()


@pytest.mark.parametrize("kind", HOSTILE)
def test_hostile_file_ends_in_an_error_of_ours_within_seconds(kind: str) -> None:
    started = time.monotonic()
    with pytest.raises(InputError):
        ingest.read_bytes(HOSTILE[kind], name="a.pdf", settings=Settings())
    assert time.monotonic() - started < 40


def test_a_process_that_takes_too_long_is_stopped() -> None:
    with pytest.raises(UnreadableFile, match="longer than"):
        run_bounded("sayso.ingest.pdf_child", make_pdf([make_sheet(LEAD * 20)] * 400), name="a.pdf", limit_s=0.05)


def test_a_process_that_fails_is_an_error_of_ours() -> None:
    with pytest.raises(UnreadableFile):
        run_bounded("sayso.ingest.no_such_module", b"", name="a.pdf")
