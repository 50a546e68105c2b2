"""A record of somebody else's archive, byte for byte, as a gzip member of its own."""

from __future__ import annotations

import gzip
import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sayso.warc.reading import WarcRecord

LENGTH = re.compile(rb"(?im)^content-length[ \t]*:[^\r\n]*")


def write_member(record: WarcRecord) -> bytes:
    """Return the record as it was written; only a length that was wrong is put right, or nobody could read it again."""
    head = record.head
    stated = (record.get("Content-Length") or "").strip()
    if stated != str(len(record.block)):
        right = b"Content-Length: %d" % len(record.block)
        head = LENGTH.sub(right, head, count=1) if LENGTH.search(head) else _add(head, right)
    return gzip.compress(head + record.block + b"\r\n\r\n", mtime=0)


def _add(head: bytes, field: bytes) -> bytes:
    """Return the head with one more field after its first line."""
    version, line_end, rest = head.partition(b"\n")
    return version + line_end + field + b"\r\n" + rest
