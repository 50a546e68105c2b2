"""The parts of DER, as far as time stamps need them: nothing is interpreted here.

Source: X.690, 8.1 and 10.1: definite lengths in their shortest form, tags of one byte.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator

LONG_FORM: Final = 0x80
LONG_TAG: Final = 0x1F
LENGTH_BYTES: Final = 4


class DerError(ValueError):
    """These bytes are not DER; does not leave the room."""


@dataclass(frozen=True, slots=True)
class Part:
    """One element.

    Attributes:
        tag: Its first byte.
        body: What is in it.
        whole: Tag, length and body as they stand.
    """

    tag: int
    body: bytes
    whole: bytes

    def parts(self) -> list[Part]:
        """Return the elements in it."""
        return list(iter_parts(self.body))


def iter_parts(data: bytes) -> Iterator[Part]:
    """Yield the elements that stand one after the other.

    Raises:
        DerError: They do not fill the bytes, or are not DER.
    """
    at = 0
    while at < len(data):
        part = _read_part(data, at)
        yield part
        at += len(part.whole)


def read_single(data: bytes) -> Part:
    """Return the one element that the bytes are.

    Raises:
        DerError: They are none, or more than one.
    """
    found = _read_part(data, 0)
    if len(found.whole) != len(data):
        message = "something follows it"
        raise DerError(message)
    return found


def write_part(tag: int, *bodies: bytes) -> bytes:
    """Return an element with these in it."""
    body = b"".join(bodies)
    if len(body) < LONG_FORM:
        return bytes((tag, len(body))) + body
    length = len(body).to_bytes((len(body).bit_length() + 7) // 8, "big")
    return bytes((tag, LONG_FORM + len(length))) + length + body


def _read_part(data: bytes, at: int) -> Part:
    head = data[at : at + 2 + LENGTH_BYTES]
    if len(head) < 2 or head[0] & LONG_TAG == LONG_TAG:  # noqa: PLR2004  a tag and a length
        message = "it is cut off, or has a tag that is not used here"
        raise DerError(message)
    size, start = head[1], 2
    if size >= LONG_FORM:
        n_bytes = size - LONG_FORM
        start += n_bytes
        size = int.from_bytes(head[2:start], "big")
        if not 0 < n_bytes <= LENGTH_BYTES or size < LONG_FORM or not head[2:3] > b"\0":
            message = "a length is not in its shortest form"
            raise DerError(message)
    end = at + start + size
    if end > len(data):
        message = "it is cut off"
        raise DerError(message)
    return Part(tag=head[0], body=data[at + start : end], whole=data[at:end])
