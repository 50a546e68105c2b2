"""MIME messages, which mails and saved pages (MHTML) are: bytes to parts, with every size and depth bounded.

The standard library cuts a message into its parts; what it does with hostile ones (recursion, time that grows with
lines times boundaries) is met here. Names of attachments are words for a person and never a path.
"""

from __future__ import annotations

import email
import email.policy
import re
from dataclasses import dataclass
from email.errors import MessageError
from email.header import decode_header
from email.message import Message
from typing import TYPE_CHECKING

from sayso.errors import UnreadableFile

if TYPE_CHECKING:
    from collections.abc import Iterator

# Deeper is nothing that a program writes.
MAX_DEPTH = 24
MAX_PARTS = 5_000
# The parser holds every line against every boundary that is open: this many comparisons take some seconds.
MAX_LINES_TIMES_BOUNDARIES = 6_000_000
MAX_BOUNDARIES = 400
# However it is written (RFC 2231 numbers parts of it): one that goes uncounted is one that costs without bound.
BOUNDARY = re.compile(rb"(?i)boundary[*0-9\s]*=")
HEADER_LINE = re.compile(rb"[\x21-\x39\x3b-\x7e]{1,80}:")
MAX_HEADER_CHARS = 2_000
MAX_HEADER_BYTES = 200_000
MAX_NAME_CHARS = 80
BLANKS = re.compile(r"\s+")
ENCODED_LIMIT = 4_000


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a message.

    Attributes:
        message: As the standard library has it.
        depth: How many multiparts it is in.
    """

    message: Message
    depth: int

    @property
    def media(self) -> str:
        """The media type, like ``text/html``."""
        return self.message.get_content_type()

    @property
    def is_attachment(self) -> bool:
        """Whether the sender attached it, for the reader to open by itself."""
        disposition = _get_text(self.message, "Content-Disposition").split(";")[0].strip().lower()
        return disposition == "attachment"

    @property
    def name(self) -> str | None:
        """The file name that it came with, as words for a person: no path, no control characters."""
        try:
            written = self.message.get_filename()
        except (LookupError, ValueError, TypeError, AttributeError):
            return None
        shown = decode_words(str(written)) if written else ""
        shown = re.split(r"[\\/]", shown)[-1]
        shown = "".join(char for char in shown if char.isprintable())[:MAX_NAME_CHARS].strip()
        return shown or None

    def read(self) -> bytes:
        """Return its bytes, decoded from base64 or quoted-printable; empty if it cannot be."""
        try:
            payload = self.message.get_payload(decode=True)
        except (ValueError, LookupError, TypeError, AssertionError, MessageError):
            return b""
        return payload if isinstance(payload, bytes) else b""

    def get_stated_media(self) -> str:
        """Return the media type with the charset that it states."""
        return _get_text(self.message, "Content-Type")[:300]


def parse_message(data: bytes, *, name: str) -> Message:
    """Return the message.

    Raises:
        UnreadableFile: It has no headers, or is made of so many or so deep parts that no program wrote it.
    """
    data = data.removeprefix(b"\xef\xbb\xbf").lstrip(b"\r\n")
    if data.startswith(b"From "):  # an mbox's line before the headers
        data = data.partition(b"\n")[2]
    if not HEADER_LINE.match(data[:200]):
        raise UnreadableFile(name, "it has no headers, as mails and saved pages have")
    n_boundaries = len(BOUNDARY.findall(data))
    n_lines = data.count(b"\n") + data.count(b"\r")
    if n_boundaries > MAX_BOUNDARIES or n_lines * (n_boundaries + 1) > MAX_LINES_TIMES_BOUNDARIES:
        raise UnreadableFile(name, "it is made of more parts and lines than a message has")
    if re.search(rb"\r?\n\r?\n|\r\r", data[:MAX_HEADER_BYTES]) is None and len(data) > MAX_HEADER_BYTES:
        raise UnreadableFile(name, "its headers have no end")
    try:
        return email.message_from_bytes(data, policy=email.policy.compat32)
    except (RecursionError, ValueError, LookupError, TypeError, AttributeError, MessageError) as error:
        raise UnreadableFile(name, "its parts are nested too deeply, or damaged") from error


def iter_parts(message: Message) -> Iterator[Part]:
    """Yield the parts that hold something, in order; an attached message as one part, without those in it."""
    waiting = [Part(message, 0)]
    n_given = 0
    while waiting and n_given < MAX_PARTS:
        part = waiting.pop()
        payload = part.message.get_payload()
        is_message = part.media == "message/rfc822"
        if isinstance(payload, list) and not is_message:
            if part.depth < MAX_DEPTH:
                inner = [each for each in payload if isinstance(each, Message)]
                waiting.extend(Part(each, part.depth + 1) for each in reversed(inner))
        else:
            n_given += 1
            yield part


def get_header(message: Message, name: str) -> str | None:
    """Return a header on one line, decoded; None if there is none."""
    text = decode_words(_get_text(message, name))
    return text or None


def decode_words(text: str) -> str:
    """Return a header's text with its encoded words (RFC 2047) decoded, on one line, without control characters."""
    text = text[:ENCODED_LIMIT]
    try:
        pieces = decode_header(text)
        decoded = "".join(
            piece if isinstance(piece, str) else _decode_bytes(piece, charset) for piece, charset in pieces
        )
    except (MessageError, ValueError, LookupError, TypeError, AssertionError):
        decoded = text
    decoded = BLANKS.sub(" ", decoded).strip()[:MAX_HEADER_CHARS]
    decoded = decoded.encode("utf-8", "surrogateescape").decode("utf-8", "replace")
    return "".join(char for char in decoded if char.isprintable())


def _decode_bytes(piece: bytes, charset: str | None) -> str:
    """Return a piece of a header as text."""
    from sayso.ingest.rulebook import get_formats  # noqa: PLC0415 - seldom needed

    codec = get_formats().encodings.get((charset or "").lower(), "utf-8")
    return piece.decode(codec, "replace")


def _get_text(message: Message, name: str) -> str:
    """Return a header as it is written; empty if there is none."""
    try:
        value = message.get(name)
    except (ValueError, LookupError, TypeError, AttributeError, MessageError):
        return ""
    return str(value)[:ENCODED_LIMIT] if value is not None else ""
