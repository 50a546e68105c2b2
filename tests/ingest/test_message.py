"""Mail and MHTML."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import pytest

from sayso import ingest
from sayso.config import Settings
from sayso.errors import EmptyInput, EncryptedFile, InputError, NoArticleInPage, SeveralArticles, UnreadableFile
from tests.ingest.conftest import check_spans
from tests.ingest.mails import LEAD, SECOND, SENT, make_mail, make_mhtml

if TYPE_CHECKING:
    from email.message import EmailMessage

    from sayso.records import Document
    from tests.ingest.conftest import Read

HEADERS = "From: a@council.example\nSubject: x\nDate: Tue, 12 Nov 2024 07:30:00 +0100\nMIME-Version: 1.0\n"
PAGE = (
    "<html><head><title>Ferry line to close</title></head><body><article><h1>Ferry line to close</h1>"
    f"<p>{LEAD}</p><p>{SECOND} “We can no longer pay,” said the mayor of Lisk – and left.</p></article></body></html>"
)
FORWARDED = f"""FYI, see below.

---------- Forwarded message ---------
From: Petra Oud <petra@post.example>
Date: Mon, Nov 11, 2024 at 9:30 AM
Subject: Union denies talks
To: <ida@council.example>


{LEAD}

{SECOND}
"""
OUTLOOK = f"""From: Petra Oud
Sent: Monday, November 11, 2024 9:30 AM
To: Ida Marlow
Subject: Union denies talks

{LEAD}

{SECOND}
"""


def read_mail(read: Read, mail: EmailMessage) -> Document:
    return read(mail.as_bytes(), "a.eml")


def list_codes(document: Document) -> list[str]:
    return [problem.code for problem in document.problems]


def list_no_prose(document: Document) -> list[str]:
    return [span.exact for span in document.not_prose]


def test_mail_is_its_subject_and_text_by_its_sender_when_it_was_sent(read: Read) -> None:
    document = read_mail(read, make_mail(f"{LEAD}\n\n{SECOND}\n"))
    assert document.text == f"Ferry line to close\n\n{LEAD}\n\n{SECOND}"
    assert document.title is not None
    assert document.title.exact == "Ferry line to close"
    assert (document.byline, document.outlet, document.format) == ("Ida Marlow", None, "mail")
    assert document.published is not None
    assert (document.published.value, document.published.stated_in) == ("2024-11-12T07:30:00+01:00", "mail date")


def test_newsletter_is_its_senders(read: Read) -> None:
    mail = make_mail(
        LEAD, headers={"From": '"The Harbour Post" <n@post.example>', "List-Unsubscribe": "<mailto:x@y.example>"}
    )
    document = read_mail(read, mail)
    assert (document.outlet, document.byline) == ("The Harbour Post", None)


def test_member_of_a_list_is_no_outlet(read: Read) -> None:
    lists = {
        "List-Id": "<talk.example>",
        "List-Post": "<mailto:talk@x.example>",
        "List-Unsubscribe": "<mailto:x@y.example>",
    }
    document = read_mail(read, make_mail(LEAD, headers=lists))
    assert (document.outlet, document.byline) == (None, "Ida Marlow")


def test_encoded_headers_are_decoded(read: Read) -> None:
    document = read_mail(
        read, make_mail(LEAD, headers={"Subject": "Ferry – why it closes", "From": "Zélie Brandt <z@x.example>"})
    )
    assert document.text.startswith("Ferry – why it closes\n\n")
    assert document.byline == "Zélie Brandt"


def test_plain_form_is_read_if_it_says_as_much_and_html_if_not(read: Read) -> None:
    html = f"<html><body><p>{LEAD}</p><p>{SECOND}</p></body></html>"
    assert SECOND in read_mail(read, make_mail("Please enable HTML.", html=html)).text
    rewrapped = f"{LEAD}\n\n{SECOND}\n\nIn the plain form."
    assert "In the plain form." in read_mail(read, make_mail(rewrapped, html=html)).text


def test_html_laid_out_in_tables_is_read_and_its_frame_is_no_prose(read: Read) -> None:
    html = (
        '<html><head><style>p {}</style></head><body><div style="display:none">Only inboxes show this, he said.</div>'
        '<table><tr><td><a href="https://x.example">View this email in your browser</a></td></tr>'
        f"<tr><td><h1>Ferry line</h1><p>{LEAD}</p><div>{SECOND}<br>She left.</div></td></tr>"
        "<tr><td>You are receiving this because you signed up. Unsubscribe here.</td></tr></table></body></html>"
    )
    document = read_mail(read, make_mail(html=html))
    assert document.text.split("\n\n")[2:] == [
        "Ferry line", LEAD, SECOND, "She left.", "You are receiving this because you signed up. Unsubscribe here.",
    ]  # fmt: skip
    assert "Only inboxes" not in document.text
    assert {"View this email in your browser", "Ferry line"} < set(list_no_prose(document))
    assert LEAD not in list_no_prose(document)


@pytest.mark.parametrize("text", [FORWARDED, OUTLOOK, "FYI\n\n-----Original Message-----\n" + OUTLOOK])
def test_mail_that_passes_another_on_is_that_other(read: Read, text: str) -> None:
    document = read_mail(read, make_mail(text, headers={"Subject": "Fwd: Union denies talks"}))
    assert document.text == f"Union denies talks\n\n{LEAD}\n\n{SECOND}"
    assert document.byline == "Petra Oud"
    assert document.published is not None
    assert document.published.value == "2024-11-11T09:30"
    assert "forwarded-mail" in list_codes(document)


def test_forward_that_is_quoted_line_by_line_is_read_too(read: Read) -> None:
    quoted = "".join(f"> {line}\n" for line in OUTLOOK.replace("Sent:", "Date:").split("\n"))
    document = read_mail(read, make_mail(f"Look at this.\n\nBegin forwarded message:\n\n{quoted}"))
    assert (document.text, document.byline) == (f"Union denies talks\n\n{LEAD}\n\n{SECOND}", "Petra Oud")
    assert document.not_prose == ()


def test_forward_that_is_marked_as_quoted_is_read_too(read: Read) -> None:
    lines = "".join(f"<div>{line}</div>" for line in [*FORWARDED.split("\n")[2:], LEAD, SECOND])
    document = read_mail(read, make_mail(html=f'<div>FYI</div><div class="gmail_quote">{lines}</div>'))
    assert document.text.count(SECOND) == 2
    assert document.not_prose == ()


def test_forward_in_html_is_read_too(read: Read) -> None:
    html = "".join(f"<div>{line}</div>" for line in FORWARDED.split("\n"))
    document = read_mail(read, make_mail(html=html))
    assert (document.text, document.byline) == (f"Union denies talks\n\n{LEAD}\n\n{SECOND}", "Petra Oud")


@pytest.mark.parametrize(
    "earlier",
    [
        f"On Mon, Nov 11, 2024 at 9:30 AM Petra Oud <p@x.example> wrote:\n> {SECOND}\n> Really?",
        f"-----Original Message-----\n{OUTLOOK}",
        OUTLOOK,
    ],
)
def test_what_a_mail_answers_is_no_claim_of_it(read: Read, earlier: str) -> None:
    own = f"{LEAD} The mayor of Lisk said that she would not answer any further questions about it."
    document = read_mail(read, make_mail(f"{own}\n\n{earlier}"))
    assert document.byline == "Ida Marlow"
    assert "earlier-mail" in list_codes(document)
    assert SECOND in "".join(list_no_prose(document))
    assert own not in "".join(list_no_prose(document))


def test_signature_is_no_prose(read: Read) -> None:
    document = read_mail(read, make_mail(f"{LEAD}\n\n-- \nIda Marlow said\nCouncil of Lisk"))
    assert list_no_prose(document) == ["-- \nIda Marlow said\nCouncil of Lisk"]


def test_flowed_lines_are_joined(read: Read) -> None:
    body = "Content-Type: text/plain; format=flowed\n\nThe council will close \nthe line.\n\nThe union denied it."
    assert read(HEADERS + body, "a.eml").text == "x\n\nThe council will close the line.\n\nThe union denied it."


def test_ten_attachments_are_named_and_not_opened(read: Read) -> None:
    files = {f"report-{n}.pdf": b"%PDF-1.7" for n in range(9)} | {"../../etc/evil\u202e.pdf": b"x"}
    (problem,) = read_mail(read, make_mail(LEAD, files=files)).problems
    assert problem.code == "attachments"
    assert problem.message.startswith("10 attachments are not read: report-0.pdf, report-1.pdf, ")
    assert "etc" not in problem.message
    assert "\u202e" not in problem.message


def test_attached_mails_are_documents_of_their_own() -> None:
    inner = tuple(make_mail(text, headers={"Subject": f"Mail {n}"}) for n, text in enumerate((LEAD, SECOND), 1))
    data = make_mail("See the two mails.", inner=inner).as_bytes()
    documents = ingest.read_all_bytes(data, name="a.eml", settings=Settings())
    assert [(document.name, document.text) for document in documents] == [
        ("a.eml#1", f"Mail 1\n\n{LEAD}"), ("a.eml#2", f"Mail 2\n\n{SECOND}"),
    ]  # fmt: skip
    for document in documents:
        check_spans(document)
    with pytest.raises(SeveralArticles) as caught:
        ingest.read_bytes(data, name="a.eml", settings=Settings())
    assert caught.value.count == 2


def test_attached_mail_that_cannot_be_read_is_counted() -> None:
    foreign = "Die Gewerkschaft der Fahrer hat am Dienstag bestritten, dass die Gespräche schon begonnen haben."
    data = make_mail(
        "Two mails.", inner=(make_mail(LEAD), make_mail(foreign, headers={"Subject": "Streit"}))
    ).as_bytes()
    (document,) = ingest.read_all_bytes(data, name="a.eml", settings=Settings())
    assert list_codes(document) == ["unread-mails"]


def test_more_parts_than_are_read_are_said_to_be_there(read: Read) -> None:
    document = read(
        HEADERS + 'Content-Type: multipart/mixed; boundary="b"\n\n' + "--b\n\nThe mayor said so.\n" * 6000, "a.eml"
    )
    assert list_codes(document) == ["cut-off"]


def test_encrypted_mail_says_so(read: Read) -> None:
    with pytest.raises(EncryptedFile):
        read(HEADERS + 'Content-Type: multipart/encrypted; boundary="b"\n\n--b\n\nxx\n--b--\n', "a.eml")


def test_unreadable_date_is_a_problem(read: Read) -> None:
    document = read(HEADERS.replace(SENT, "some day") + f"\n{LEAD}", "a.eml")
    assert document.published is None
    assert list_codes(document) == ["unreadable-date"]


def test_windows_text_in_a_mail_is_decoded_as_it_says(read: Read) -> None:
    head = HEADERS + "Content-Type: text/plain; charset=windows-1251\nContent-Transfer-Encoding: 8bit\n\n"
    document = read(head.encode() + f"{LEAD} She quoted Ильва.".encode("cp1251"), "a.eml")
    assert document.text.endswith("She quoted Ильва.")
    assert document.encoding == "cp1251"


def test_saved_page_is_its_page_from_its_address(read: Read) -> None:
    head = "From: <Saved by Blink>\r\nSnapshot-Content-Location: https://post.example/ferry?id=4\r\nSubject: Ferry\r\n"
    document = read(make_mhtml(PAGE.encode(), head=head), "a.mhtml")
    assert document.text.startswith(f"Ferry line to close\n\n{LEAD}\n\n")
    assert (document.format, document.urls.asked) == ("mhtml", "https://post.example/ferry?id=4")
    assert document.published is None


@pytest.mark.parametrize("root_first", [True, False])
def test_old_saved_page_is_decoded_as_its_part_says(read: Read, *, root_first: bool) -> None:
    part = 'Content-Type: text/html; charset="windows-1252"\r\nContent-Location: http://post.example/old.htm'
    data = make_mhtml(
        PAGE.encode("cp1252"), head='From: "Saved by Windows Internet Explorer 7"\r\n', part=part, root_first=root_first
    )
    document = read(data, "-")
    assert "“We can no longer pay,”" in document.text
    assert (document.encoding, document.urls.asked) == ("cp1252", "http://post.example/old.htm")


def test_saved_page_from_a_folder_has_no_address(read: Read) -> None:
    part = "Content-Type: text/html\r\nContent-Location: file:///C:/Users/me/page.htm"
    assert read(make_mhtml(PAGE.encode(), part=part), "a.mht").urls.asked is None


def test_saved_page_without_a_page_says_so(read: Read) -> None:
    with pytest.raises(NoArticleInPage):
        read(make_mhtml(b"", part="Content-Type: image/gif"), "a.mht")
    with pytest.raises(EmptyInput):
        read(make_mhtml(b""), "a.mht")


def nest(depth: int) -> str:
    parts = (f'Content-Type: multipart/mixed; boundary="b{n}"\n\n--b{n}\n' for n in range(depth))
    return HEADERS + "".join(parts) + f"Content-Type: text/plain\n\n{LEAD}"


HOSTILE = {
    "multiparts a thousand deep": nest(1000),
    "multiparts a hundred deep": nest(100),
    "mails five thousand deep": HEADERS + "Content-Type: message/rfc822\n\n" * 5000 + f"\n{LEAD}",
    "millions of lines": HEADERS + 'Content-Type: multipart/mixed; boundary="b"\n\n--b\n\n' + "\n" * 8_000_000,
    "millions of short lines": HEADERS + "\n" + "a\n" * 3_000_000,
    "header without end": "Subject: " + "=?utf-8?q?a?= " * 100_000,
    "boundary that never comes": HEADERS + 'Content-Type: multipart/mixed; boundary="b"\n\n' + "x" * 1_000_000,
    "boundary of nothing": HEADERS + 'Content-Type: multipart/mixed; boundary=""\n\n--\n\nx\n--\n',
    "no text": HEADERS + "Content-Type: application/pdf\n\nxx",
    "bad base64": HEADERS + "Content-Type: text/plain\nContent-Transfer-Encoding: base64\n\n====",
    "no headers": "The mayor said so.\n\nFrom: x",
}


@pytest.mark.parametrize("kind", HOSTILE)
def test_hostile_message_ends_in_an_error_of_ours_within_seconds(kind: str) -> None:
    started = time.monotonic()
    with pytest.raises(InputError):
        ingest.read_bytes(HOSTILE[kind].encode(), name="a.eml", settings=Settings())
    assert time.monotonic() - started < 15


@pytest.mark.parametrize(
    "written",
    [
        'boundary="3{}"',
        'boundary   ="b{}"',
        'boundary*0000="b{}"',
        'boundary=" b{}"',
        'boundary=\n "\'b{}"',
        "BOUNDARY={}",
    ],
)
def test_every_spelling_of_a_boundary_counts_as_one(written: str) -> None:
    parts = (f"Content-Type: multipart/mixed; {written.format(n)}\n\n--b{n}\n" for n in range(100))
    with pytest.raises(UnreadableFile, match="parts and lines"):
        ingest.read_bytes((HEADERS + "".join(parts) + "a\n" * 100_000).encode(), name="a.eml", settings=Settings())


def test_file_without_headers_is_no_mail(read: Read) -> None:
    with pytest.raises(UnreadableFile):
        read(LEAD, "a.eml")
