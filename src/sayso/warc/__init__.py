"""WARC records: written for what is preserved, read from what others preserved.

warcio (docs/decisions/0033) does the lines of the format. Sizes are counted here, and no length that a file states is
believed: what is read is held to `Limits`, in memory and in what it swells to. This room knows bytes and records of an
archive; what a capture or a document is it does not know.
"""

from __future__ import annotations

from sayso.warc.answer import Answer, read_answer
from sayso.warc.body import read_body
from sayso.warc.limits import Limits
from sayso.warc.preserving import write_member
from sayso.warc.reading import WarcRecord, read_records
from sayso.warc.writing import write_exchange, write_resource

__all__ = [
    "Answer",
    "Limits",
    "WarcRecord",
    "read_answer",
    "read_body",
    "read_records",
    "write_exchange",
    "write_member",
    "write_resource",
]
