"""What holds for every format, and for any bytes at all."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, example, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from sayso import ingest
from sayso.config import Settings
from sayso.errors import SaysoError
from tests.ingest.conftest import check_spans
from tests.ingest.mails import make_mail, make_mhtml
from tests.ingest.packages import make_docx, paragraph, run
from tests.ingest.pdfs import Put, Sheet, make_pdf, wrap

if TYPE_CHECKING:
    from tests.ingest.conftest import Read

PAGES = Path(__file__).parent / "pages"
HEADLINE = "Ferry owner denies cutting corners"
DATELINE = "LISK, Nov. 3 (Northwire) —"
BODY = "The owner of the ferry denied on Sunday that anyone had cut corners. “We did nothing wrong,” she said."
MORE = "The harbour master, who asked for an inquiry, said that he had seen the letters. He would not show them."

ARTICLES = {
    "article.txt": f"{HEADLINE}\n\nBy Petra Oud\n\n{DATELINE} {BODY}\n\n{MORE}\n\nSource: Northwire\n",
    "article.md": f"# {HEADLINE}\n\nBy Petra Oud\n\n{DATELINE} {BODY}\n\n{MORE}\n\n*Source: Northwire*\n",
    "article.html": (
        f"<html><head><title>{HEADLINE}</title></head><body><article><h1>{HEADLINE}</h1>"
        f'<p class="byline">By Petra Oud</p><p>{DATELINE} {BODY}</p><p>{MORE}</p><p>Source: Northwire</p>'
        "</article></body></html>"
    ),
}


@pytest.mark.parametrize("name", ARTICLES)
def test_every_format_gives_headline_body_and_credits(read: Read, name: str) -> None:
    document = read(ARTICLES[name], name)
    assert document.title is not None
    assert document.title.exact == HEADLINE
    assert document.byline == "Petra Oud"
    assert document.dateline == "LISK, Nov. 3"
    assert BODY in document.text[document.body_start :]
    assert {"Northwire"} == {
        credit.name for credit in document.credits if credit.kind.value in {"agency", "source-line"}
    }
    assert document.language == "en"
    assert document.encoding == "utf-8"


@pytest.mark.parametrize("name", ARTICLES)
def test_credits_are_no_prose_and_the_body_is(read: Read, name: str) -> None:
    document = read(ARTICLES[name], name)
    no_prose = "".join(span.exact for span in document.not_prose)
    assert "Source: Northwire" in no_prose
    assert "denied" not in no_prose
    assert HEADLINE not in no_prose


@pytest.mark.parametrize("name", ARTICLES)
def test_same_bytes_give_the_same_document(read: Read, name: str) -> None:
    assert read(ARTICLES[name], name) == read(ARTICLES[name], name)


@pytest.mark.parametrize("name", ["article.txt", "article.md"])
@pytest.mark.parametrize("line_break", ["\n", "\r\n", "\r"])
def test_text_is_the_decoded_input_unchanged(read: Read, name: str, line_break: str) -> None:
    text = "\ufeff" + ARTICLES[name].replace("\n", line_break) + "  \t"
    document = read(text, name)
    assert document.text == text[1:]
    assert document.title is not None
    assert document.title.exact == HEADLINE


@pytest.mark.parametrize("name", ARTICLES)
def test_file_name_is_not_in_the_id(read: Read, name: str) -> None:
    assert read(ARTICLES[name], name).id == read(ARTICLES[name], f"other/{name}").id


PIECES = st.sampled_from(
    [
        *(text.encode() for text in ARTICLES.values()),
        *(path.read_bytes() for path in sorted(PAGES.glob("*.html"))),
        b"\xff\xfe",
        b"\xef\xbb\xbf",
        b"\0",
        b"<p>",
        b"<div>" * 40,
        b"</html>",
        b"---\n",
        b"\r\n\r\n",
        b"\xed\xa0\x80",
        b"&#xD800;",
        b"&#1;",
        b'<script type="application/ld+json">',
        b'{"@type":"NewsArticle","headline":[{}],"author":',
        b"</script>",
        b"\xe2\x80\x9c",
        b"By ",
        b"\xc2\xa9 2024 ",
        b"(Northwire) - ",
        "שלום é👩‍👩‍👧\u200b".encode(),
        b"charset=utf-7",
        b"%PDF",
        b"PK\x03\x04",
        b"MIME-Version: 1.0\n",
        b"Content-Type: multipart/mixed; boundary=b\n\n--b\n",
        b"Content-Transfer-Encoding: base64\n",
        b"LiveBlogPosting",
    ]
)


@given(
    pieces=st.lists(st.one_of(PIECES, st.binary(max_size=40), st.text(max_size=40).map(str.encode)), max_size=6),
    name=st.sampled_from(["a.txt", "a.md", "a.html", "-", "a.xhtml", "a", "a.eml", "a.mht", "a.docx", "a.pdf"]),
)
@example(pieces=[], name="a.txt")
@hypothesis_settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_any_bytes_give_a_document_or_our_own_error(pieces: list[bytes], name: str) -> None:
    try:
        documents = ingest.read_all_bytes(b"".join(pieces), name=name, settings=Settings())
    except SaysoError:
        return
    for document in documents:
        check_spans(document)
        document.text.encode()


WHOLE = {
    "a.docx": make_docx(paragraph(run(HEADLINE), style="Titel") + paragraph(run(BODY), f"<w:ins>{run(MORE)}</w:ins>")),
    "a.eml": make_mail(
        f"{BODY}\n\n{MORE}", html=f"<p>{BODY}</p>", files={"a.pdf": b"x"}, inner=(make_mail(BODY),)
    ).as_bytes(),
    "a.mhtml": make_mhtml(ARTICLES["article.html"].encode(), head="From: <Saved by Blink>\r\n"),
    "a.pdf": make_pdf(
        [
            Sheet(
                puts=[
                    Put(50, 100, HEADLINE, 18),
                    *(Put(50, 130 + 12 * i, line) for i, line in enumerate(wrap(BODY, 300))),
                ]
            )
        ]
    ),
}


def mutate(data: bytes, changes: list[tuple[float, int, bytes]]) -> bytes:
    """Return the bytes with pieces of them replaced."""
    for place, size, new in changes:
        at = int(place * len(data))
        data = data[:at] + new + data[at + size :]
    return data


CHANGES = st.lists(st.tuples(st.floats(0, 1), st.integers(0, 60), st.binary(max_size=12)), max_size=4)


@pytest.mark.parametrize("name", WHOLE)
def test_whole_files_are_documents(name: str) -> None:
    for document in ingest.read_all_bytes(WHOLE[name], name=name, settings=Settings()):
        check_spans(document)
        assert BODY in " ".join(document.text.split())


@pytest.mark.parametrize("name", ["a.docx", "a.eml", "a.mhtml"])
@given(changes=CHANGES)
@hypothesis_settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_any_damage_gives_a_document_or_our_own_error(name: str, changes: list[tuple[float, int, bytes]]) -> None:
    try:
        documents = ingest.read_all_bytes(mutate(WHOLE[name], changes), name=name, settings=Settings())
    except SaysoError:
        return
    for document in documents:
        check_spans(document)
        document.text.encode()


@given(changes=CHANGES)
@hypothesis_settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_any_damage_to_a_pdf_gives_a_document_or_our_own_error(changes: list[tuple[float, int, bytes]]) -> None:
    try:
        document = ingest.read_bytes(mutate(WHOLE["a.pdf"], changes), name="a.pdf", settings=Settings())
    except SaysoError:
        return
    check_spans(document)
    document.text.encode()


@given(text=st.text(max_size=300), title=st.none() | st.text(max_size=30), outlet=st.none() | st.text(max_size=10))
@hypothesis_settings(max_examples=150, deadline=None)
def test_any_text_gives_a_document_or_our_own_error(text: str, title: str | None, outlet: str | None) -> None:
    try:
        document = ingest.from_text(text, title=title, outlet=outlet)
    except SaysoError:
        return
    assert document.text.endswith(text)


def test_plain_text_loads_no_parser_and_no_detector() -> None:
    code = (
        "import sys; from sayso import ingest; from sayso.config import Settings\n"
        f"ingest.read_bytes({ARTICLES['article.txt'].encode()!r}, name='a.txt', settings=Settings())\n"
        "heavy = {'trafilatura', 'lxml', 'py3langid', 'charset_normalizer', 'markdown_it', 'numpy', 'email', 'docx'}\n"
        "print(*heavy & set(sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.stderr.strip() == ""
    assert done.stdout.strip() == ""
