"""The body that a kept capture holds, taken from its records again."""

from __future__ import annotations

import io

from sayso.errors import DamagedRecord, Problem
from sayso.warc.answer import read_answer
from sayso.warc.limits import Limits
from sayso.warc.reading import WarcRecord, read_records

KIND = "capture"
# What we wrote ourselves may be as dense as it was given.
OWN = Limits(record_bytes=1 << 32, body_bytes=1 << 32, ratio=None, skip_bytes=1 << 40)


def read_body(warc: bytes, *, limits: Limits = OWN) -> bytes:
    """Return the body of the last ``response`` or ``resource`` record, decoded from transfer and content encoding.

    Raises:
        DamagedRecord: There is none, or it is not whole.
    """
    last: WarcRecord | None = None
    for found in read_records(io.BytesIO(warc), limits=limits):
        if isinstance(found, Problem):
            raise DamagedRecord(KIND)
        if found.type in {"response", "resource"}:
            last = found
    if last is None:
        raise DamagedRecord(KIND)
    if last.type == "resource":
        return last.block
    answer = read_answer(last.block, limits=limits)
    if isinstance(answer, Problem) or answer.problems:
        raise DamagedRecord(KIND)
    return answer.body
