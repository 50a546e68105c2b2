"""Bodies without their content coding, inflated step by step and no further than a limit.

Not urllib3's decoders: they take a body that is cut off within its coding for a whole one.
"""

from __future__ import annotations

import zlib
from dataclasses import dataclass

from sayso.warc.members import GZIP, End

STEP_BYTES = 1 << 16
GZIP_BITS = 16 + zlib.MAX_WBITS
BITS = {"gzip": GZIP_BITS, "x-gzip": GZIP_BITS, "deflate": zlib.MAX_WBITS}


@dataclass(frozen=True, slots=True, kw_only=True)
class Inflated:
    """What came out.

    Attributes:
        data: The bytes, as far as they could be had.
        end: How the data ended: whole, cut off, damaged, or a bomb (more than was allowed).
    """

    data: bytes
    end: End


def inflate(data: bytes, coding: str, *, most: int) -> Inflated:
    """Return the data without the coding, one of `BITS`; what follows the end of the coding is left out."""
    found = _inflate_member(data, BITS[coding], most=most)
    if coding == "deflate" and found.end is End.DAMAGED and not found.data:
        # Source: RFC 9110, 8.4.1.2 notes it: many servers send deflate without the zlib head that the name means.
        return _inflate_member(data, -zlib.MAX_WBITS, most=most)
    return found


def _inflate_member(data: bytes, bits: int, *, most: int) -> Inflated:
    """Return the data of the member, and of those that follow it where gzip allows for that."""
    inflater = zlib.decompressobj(bits)
    parts: list[bytes] = []
    size = at = 0
    fed = data[:STEP_BYTES]
    while True:
        try:
            part = inflater.decompress(fed, STEP_BYTES)
        except zlib.error:
            return Inflated(data=b"".join(parts), end=End.DAMAGED)
        parts.append(part)
        size += len(part)
        if size > most:
            return Inflated(data=b"".join(parts), end=End.BOMB)
        if inflater.eof:
            at = min(at + STEP_BYTES, len(data)) - len(inflater.unused_data)
            if bits != GZIP_BITS or not data.startswith(GZIP, at):
                return Inflated(data=b"".join(parts), end=End.WHOLE)
            inflater = zlib.decompressobj(bits)
            fed = data[at : at + STEP_BYTES]
        elif inflater.unconsumed_tail:
            fed = inflater.unconsumed_tail
        else:
            at += STEP_BYTES
            fed = data[at : at + STEP_BYTES]
            if not fed and not part:
                return Inflated(data=b"".join(parts), end=End.CUT_OFF)
