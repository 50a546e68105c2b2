"""Mails and saved pages made by hand, for tests."""

from __future__ import annotations

import base64
from email.message import EmailMessage

LEAD = "The island council will close the Vessen ferry line in March, its chairwoman Ida Marlow said on Tuesday."
SECOND = "The drivers’ union denied that talks had begun, and said that it would wait for an answer in writing."
SENT = "Tue, 12 Nov 2024 07:30:00 +0100"


def make_mail(
    text: str | None = None,
    *,
    html: str | None = None,
    headers: dict[str, str] | None = None,
    files: dict[str, bytes] | None = None,
    inner: tuple[EmailMessage, ...] = (),
) -> EmailMessage:
    """Return a mail."""
    mail = EmailMessage()
    given = {
        "From": "Ida Marlow <ida@council.example>",
        "Subject": "Ferry line to close",
        "Date": SENT,
        **(headers or {}),
    }
    for key, value in given.items():
        mail[key] = value
    if text is not None:
        mail.set_content(text)
    if html is not None and text is not None:
        mail.add_alternative(html, subtype="html")
    elif html is not None:
        mail.set_content(html, subtype="html")
    for name, content in (files or {}).items():
        mail.add_attachment(content, maintype="application", subtype="pdf", filename=name)
    for other in inner:
        mail.add_attachment(other)
    return mail


def make_mhtml(page: bytes, *, head: str = "", part: str = "Content-Type: text/html", root_first: bool = True) -> bytes:
    """Return a page as a browser saves it."""
    picture = "--=_b\r\nContent-Type: image/png\r\nContent-Transfer-Encoding: base64\r\n\r\niVBORw0KGgo=\r\n"
    packed = base64.encodebytes(page).decode().replace("\n", "\r\n")
    root = f"--=_b\r\n{part}\r\nContent-Transfer-Encoding: base64\r\n\r\n{packed}"
    body = root + picture if root_first else picture + root
    return (
        f"{head}Date: Wed, 1 Jan 2025 10:00:00 -0000\r\nMIME-Version: 1.0\r\n"
        f'Content-Type: multipart/related; type="text/html"; boundary="=_b"\r\n\r\n{body}--=_b--\r\n'
    ).encode()
