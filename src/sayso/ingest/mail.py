"""Mail to documents: newsletters, press releases, and articles that somebody passes on.

- Of a mail in two forms (plain and HTML) the plain one is read if it says as much, else the HTML one.
- A mail that only passes another on is that other: its subject, date and sender. What was written above is left out.
- Below an answer stands what is answered: it is no prose, and said to be there.
- Attached mails are documents of their own. Other attachments are named in a problem and not opened.
"""

from __future__ import annotations

import re
from dataclasses import replace
from email.message import Message
from email.utils import parseaddr
from itertools import islice
from typing import TYPE_CHECKING

from sayso.errors import EmptyInput, EncryptedFile, InputError, Problem, UnreadableFile
from sayso.ingest.assembly import BLANK_LINE, Draft, finish_document
from sayso.ingest.encoding import decode_text
from sayso.ingest.mail_parts import find_forwarded, find_not_prose
from sayso.ingest.mail_text import Piece, read_html, read_plain
from sayso.ingest.mime import MAX_PARTS, decode_words, get_header, iter_parts
from sayso.ingest.moments import HALF, read_internet_moment, read_moment
from sayso.ingest.rulebook import load_table
from sayso.records import Credit, CreditKind, Moment

if TYPE_CHECKING:
    from sayso.records import Document

# Fewer words of one's own beside an attached or forwarded mail only pass it on.
FEW_WORDS = 25
# How much of what the HTML form says the plain one must say to be read in its stead.
PLAIN_SHARE = 0.7
MAX_MAILS = 200
MAX_CHARS = 2_000_000
MAX_LINES = 60_000
MAX_NAMED = 12
SUBJECT_LEAD = re.compile(r"(?i)^(?:\s{0,3}(?:re|fwd?|aw|wg|tr)\s?(?:\[\d{1,3}\])?:\s{0,3}){1,8}")
ENCRYPTED = {"multipart/encrypted", "application/pkcs7-mime", "application/x-pkcs7-mime"}


def make_mail_documents(message: Message, *, name: str) -> list[Document]:
    """Return the documents of a mail and of the mails attached to it.

    Raises:
        EncryptedFile: Its text is encrypted.
        EmptyInput: There is no text in it.
        InputError: The one mail in it cannot be read.
    """
    mails = _list_mails(message)
    numbered = len(mails) > 1
    documents: list[Document] = []
    errors: list[InputError] = []
    for i, mail in enumerate(mails, 1):
        try:
            documents.append(_make_document(mail, name=f"{name}#{i}" if numbered else name))
        except InputError as error:
            errors.append(error)
    if not documents:
        raise errors[0] if errors else EmptyInput(name)
    first = documents[0]
    if errors:
        text = f"{len(errors)} of the mails in this file are not read; the first: {str(errors[0])[:300]}"
        first = replace(first, problems=(*first.problems, Problem(code="unread-mails", message=text)))
    if len(mails) == MAX_MAILS or next(islice(iter_parts(message), MAX_PARTS - 1, None), None) is not None:
        text = "The file holds more mails or parts than are read; the rest is left out."
        first = replace(first, problems=(*first.problems, Problem(code="cut-off", message=text)))
    return [first, *documents[1:]]


def _list_mails(message: Message) -> list[Message]:
    """Return the mail and those attached to it, and to these; one that says next to nothing gives way to its own."""
    found: list[Message] = []
    waiting = [message]
    while waiting and len(found) < MAX_MAILS:
        mail = waiting.pop(0)
        inner: list[Message] = []
        for part in iter_parts(mail):
            payload = part.message.get_payload()
            if part.media == "message/rfc822" and isinstance(payload, list):
                inner.extend(each for each in payload[:1] if isinstance(each, Message))
        if not inner or sum(len(piece.text.split()) for piece in _read_pieces(mail)[0]) >= FEW_WORDS:
            found.append(mail)
        waiting.extend(inner)
    return found


def _make_document(mail: Message, *, name: str) -> Document:
    """Return the document of one mail."""
    if mail.get_content_type() in ENCRYPTED and "signed-data" not in (get_header(mail, "Content-Type") or ""):
        raise EncryptedFile(name)
    pieces, encoding, problems = _read_pieces(mail)
    pieces = [piece for piece in pieces if piece.text.strip()]
    n_chars = sum(len(piece.text) for piece in pieces)
    n_lines = sum(piece.text.count("\n") for piece in pieces) + len(pieces)
    if n_chars > MAX_CHARS or n_lines > MAX_LINES:
        raise UnreadableFile(name, "it holds more text than any mail")
    if not pieces:
        raise EmptyInput(name)
    draft = Draft(name=name, text="", format="mail", encoding=encoding, problems=(*problems, *_list_attachments(mail)))
    fields = {key: get_header(mail, key) or "" for key in ("subject", "from", "date")}
    forwarded = find_forwarded(pieces, few_words=FEW_WORDS)
    if forwarded:
        fields = {**dict.fromkeys(fields, ""), **forwarded.fields}
        pieces = forwarded.pieces
        message = "The mail passes another one on, which is read; what the sender wrote above it is not."
        draft.problems = (*draft.problems, Problem(code="forwarded-mail", message=message))
    _set_text(draft, pieces, title=SUBJECT_LEAD.sub("", fields["subject"]).strip())
    _add_fields(draft, fields, is_mailing=forwarded is None and _is_mailing(mail))
    return finish_document(draft)


def _read_pieces(mail: Message) -> tuple[list[Piece], str | None, tuple[Problem, ...]]:
    """Return the mail's text in pieces, the encoding that it was in, and what was wrong."""
    plain: list[tuple[list[Piece], str, tuple[Problem, ...]]] = []
    rich: list[tuple[list[Piece], str, tuple[Problem, ...]]] = []
    for part in iter_parts(mail):
        if part.is_attachment or part.media not in {"text/plain", "text/html"}:
            continue
        data = part.read()
        if not data.strip():
            continue
        try:
            text, encoding, problems = decode_text(data, name="-", media=part.get_stated_media())
        except InputError:
            message = "A part of the mail is in no encoding that can be told, and is not read."
            plain.append(([], "", (Problem(code="unreadable-part", message=message),)))
            continue
        if part.media == "text/plain":
            plain.append((read_plain(text, is_flowed="flowed" in part.get_stated_media().lower()), encoding, problems))
        else:
            rich.append((read_html(text), encoding, problems))
    chosen = plain if _count(plain) >= PLAIN_SHARE * _count(rich) and _count(plain) else rich or plain
    pieces = [piece for found, _, _ in chosen for piece in found]
    stated = next((codec for _, codec, _ in chosen if codec), None)
    return pieces, stated, tuple(problem for _, _, problems in chosen for problem in problems)


def _count(found: list[tuple[list[Piece], str, tuple[Problem, ...]]]) -> int:
    """Return how many words of prose the parts have."""
    return sum(
        sum(word[0].isalpha() for word in piece.text.split())
        for pieces, _, _ in found
        for piece in pieces
        if not piece.is_link
    )


def _list_attachments(mail: Message) -> tuple[Problem, ...]:
    """Return a problem that names the attachments, which are not read."""
    names: list[str] = []
    for part in iter_parts(mail):
        is_text = part.media in {"text/plain", "text/html", "message/rfc822"}
        # Pictures in the text are no attachments: they have an address within the mail.
        is_inline = part.message.get("Content-ID") is not None and part.media.startswith("image/")
        if part.is_attachment or (part.name and not is_text and not is_inline):
            names.append(part.name or f"one without a name ({part.media})")
    if not names:
        return ()
    shown = ", ".join(names[:MAX_NAMED]) + (f" and {len(names) - MAX_NAMED} more" if len(names) > MAX_NAMED else "")
    noun = "attachment is" if len(names) == 1 else "attachments are"
    message = f"{len(names)} {noun} not read: {shown}. Save and give what you want read."
    return (Problem(code="attachments", message=message),)


def _is_mailing(mail: Message) -> bool:
    """Tell whether the mail went to many, as newsletters do."""
    # A list to which its members write: who wrote is a member, and no outlet.
    if mail.get("List-Post") is not None:
        return False
    return (get_header(mail, "Precedence") or "").lower() == "bulk" or any(
        mail.get(header) is not None for header in load_table("mail")["mailing"]
    )


def _set_text(draft: Draft, pieces: list[Piece], *, title: str) -> None:
    """Set the draft's text: subject, blank line, pieces; and what in it is no prose."""
    parts = [title] if title else []
    place = len(title) + len(BLANK_LINE) if title else 0
    stretches: list[tuple[int, int]] = []
    for piece in pieces:
        stretches.append((place, place + len(piece.text)))
        parts.append(piece.text)
        place += len(piece.text) + len(BLANK_LINE)
    draft.text = BLANK_LINE.join(parts)
    draft.title = (0, len(title)) if title else None
    n_quoted = 0
    for kind, start, end in find_not_prose(draft.text, pieces, stretches, few_words=FEW_WORDS):
        draft.not_prose.append((start, end))
        n_quoted += kind == "earlier"
    if n_quoted:
        message = "Earlier mail that this one answers stands in it, and is not read."
        draft.problems = (*draft.problems, Problem(code="earlier-mail", message=message))


def _add_fields(draft: Draft, fields: dict[str, str], *, is_mailing: bool) -> None:
    """Take sender and date: a mailing's sender is its outlet, another's wrote it; it is published when it is sent."""
    sender = parseaddr(fields["from"][:400])[0] or fields["from"]
    sender = decode_words(sender).strip("\"'<>* ")
    sender = re.sub(r"\s?[<\[(]?\S{1,100}@\S{1,200}$", "", sender).strip()
    if sender and is_mailing:
        draft.outlet = sender
    elif sender:
        draft.byline = sender
        draft.credits.append(Credit(kind=CreditKind.BYLINE, name=sender, text=fields["from"][:400], stated_in="mail"))
    if fields["date"]:
        draft.published = read_date(fields["date"])
        if draft.published is None:
            message = f"The date {fields['date'][:60]!r} of the mail cannot be read."
            draft.problems = (*draft.problems, Problem(code="unreadable-date", message=message))


def read_date(written: str) -> Moment | None:
    """Return the time of a mail's ``Date``; None if it cannot be told."""
    stated_in = "mail date"
    # In the text of a mail dates are written for people, with halves of the day that RFC 5322 does not know.
    known = read_moment(written, stated_in=stated_in)
    if known or HALF.search(written[:100]):
        return known
    return read_internet_moment(written, stated_in=stated_in)
