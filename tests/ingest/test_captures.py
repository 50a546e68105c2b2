"""The documents of a capture."""

from __future__ import annotations

from dataclasses import replace

import pytest

from sayso.config import Settings
from sayso.errors import EmptyInput, SettingsError
from sayso.ids import document_id
from sayso.ingest import documents_of, from_text
from sayso.records import Capture, Captured, CaptureKind, Document, Moment, Precision, Urls
from tests.ingest.conftest import check_spans
from tests.ingest.pdfs import Put, Sheet, make_pdf, wrap

URL, FINAL = "https://northwire.example/ferry", "https://northwire.example/ferry.html"
BODY = "The owner of the ferry denied on Sunday that anyone had cut corners, and many asked for an inquiry."
MORE = "She said that the letters would be shown to the court, and that the crew had been told of it on Monday."
TITLE = "Ferry owner denies cutting corners"
PLAIN = f"{BODY}\n\n{MORE}\n\nSource: Northwire\n"
BARE_PAGE = f"<html><body><article><p>{BODY}</p><p>{MORE}</p><p>Source: Northwire</p></article></body></html>"
PAGE = (
    f'<html><head><title>{TITLE}</title><meta property="og:site_name" content="The Lisk Courier">'
    '<meta property="article:published_time" content="2024-11-03"><meta property="og:url" content="https://lisk.example/a">'
    f"</head><body><article><h1>{TITLE}</h1><p>{BODY}</p><p>{MORE}</p></article></body></html>"
)
GIVEN = Moment(value="2024-11-05", precision=Precision.DAY, stated_in="given")


def capture(data: str | bytes, media: str | None = "text/html; charset=utf-8", name: str = URL) -> Captured:
    data = data.encode() if isinstance(data, str) else data
    made = Capture(
        id="cap-0", kind=CaptureKind.FETCH, name=name, urls=Urls(asked=URL, final=FINAL),
        captured_at="2024-11-05T10:00:00Z", media=media, size_bytes=len(data), tool="tests",
    )  # fmt: skip
    return Captured(capture=made, data=data, warc=b"")


def read(captured: Captured, **given: str | Moment | None) -> Document:
    (doc,) = documents_of(captured, settings=Settings(), **given)  # type: ignore[arg-type]
    check_spans(doc)
    value = doc.published.value if doc.published else None
    assert doc.id == document_id(text=doc.text, outlet=doc.outlet, published=value)
    return doc


def test_addresses_come_from_the_capture_where_the_page_says_none() -> None:
    assert read(capture(BARE_PAGE)).urls == Urls(asked=URL, final=FINAL)
    assert read(capture(PAGE)).urls == Urls(asked=URL, final="https://lisk.example/a")
    assert read(capture(PLAIN, "text/plain")).urls == Urls(asked=URL, final=FINAL)
    assert read(capture(BARE_PAGE)).name == URL


def test_what_the_page_says_goes_before_what_is_given() -> None:
    doc = read(capture(PAGE), title="Another", outlet="Northwire", published="2024-11-05")
    assert doc == read(capture(PAGE))


@pytest.mark.parametrize("published", ["2024-11-05", GIVEN])
def test_what_a_page_lacks_is_filled_in(published: str | Moment) -> None:
    doc = read(capture(BARE_PAGE), title=TITLE, outlet="Northwire", published=published)
    assert doc.title
    assert doc.title.exact == TITLE
    assert doc.text.startswith(f"{TITLE}\n\n{BODY}")
    assert doc.text[doc.body_start :].startswith(BODY)
    assert (doc.outlet, doc.published) == ("Northwire", GIVEN)
    assert "Source: Northwire" in [span.exact for span in doc.not_prose]
    assert doc.urls.asked == URL


def test_a_title_that_is_there_already_is_not_put_there_twice() -> None:
    doc = read(capture(BARE_PAGE), title=BODY)
    assert doc.title
    assert doc.title.exact == BODY
    assert doc.text.count(BODY) == 1
    assert doc.text[doc.body_start :].startswith(MORE)


def test_a_pdf_gets_what_it_lacks() -> None:
    lines = [Put(50, 100 + 12 * i, line) for i, line in enumerate(wrap(f"{BODY} {MORE}", 300))]
    doc = read(capture(make_pdf([Sheet(puts=lines)]), "application/octet-stream"), title=TITLE, outlet="Northwire")
    assert (doc.format, doc.outlet) == ("pdf", "Northwire")
    assert doc.title
    assert doc.title.exact == TITLE


def test_given_holds_for_plain_text() -> None:
    doc = read(capture(PLAIN, "text/plain", "notes.txt"), title=TITLE, outlet="Northwire", published="2024-11-05")
    made = from_text(PLAIN, name="notes.txt", title=TITLE, outlet="Northwire", published="2024-11-05")
    assert doc == replace(made, encoding="utf-8", urls=Urls(asked=URL, final=FINAL))
    assert doc.problems == made.problems


def test_of_several_documents_each_gets_outlet_and_time_and_none_a_title() -> None:
    mail = (
        "From: Petra Oud <petra@lisk.example>\r\nSubject: Ferry\r\nMIME-Version: 1.0\r\n"
        'Content-Type: multipart/mixed; boundary="b"\r\n\r\n--b\r\nContent-Type: text/plain\r\n\r\n'
        f"{BODY} {MORE}\r\n--b\r\nContent-Type: message/rfc822\r\n\r\n"
        f"From: Ilva Brenn <ilva@lisk.example>\r\nSubject: Harbour\r\n\r\n{MORE} {BODY}\r\n--b--\r\n"
    )
    docs = documents_of(capture(mail, "message/rfc822"), settings=Settings(), title="X", outlet="Northwire")
    assert len(docs) == 2
    assert {doc.outlet for doc in docs} == {"Northwire"}
    assert "X" not in {doc.title.exact for doc in docs if doc.title}


@pytest.mark.parametrize("media", [None, "", "application/octet-stream", "binary/octet-stream; charset=x"])
def test_a_media_type_that_says_nothing_leaves_it_to_the_bytes(media: str | None) -> None:
    assert read(capture(PAGE, media)).format == "html"


def test_wrong_charset_of_the_server_does_no_harm() -> None:
    page = PAGE.replace("Sunday", "Sunday in a café")
    for charset in ("iso-8859-1", "utf-16", "nonsense", "utf-7"):
        assert "café" in read(capture(page, f"text/html; charset={charset}")).text


def test_impossible_times_and_empty_captures_are_refused() -> None:
    with pytest.raises(SettingsError):
        read(capture(PLAIN, "text/plain"), published="soon")
    with pytest.raises(EmptyInput):
        read(capture(" "))
