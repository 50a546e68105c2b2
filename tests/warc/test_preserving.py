"""Records of others' archives, kept as they are."""

from __future__ import annotations

import gzip
import io

import pytest

from sayso.warc import WarcRecord, read_records, write_member
from tests.warc.archives import PAGE, record


def read_one(data: bytes) -> WarcRecord:
    found = [found for found in read_records(io.BytesIO(data)) if isinstance(found, WarcRecord)]
    return found[0]


def test_a_record_is_kept_byte_for_byte() -> None:
    data = record(more="X-Lisk:   odd\r\n blank \r\n", version="WARC/1.0")
    kept = write_member(read_one(data))
    assert gzip.decompress(kept) == data
    assert write_member(read_one(kept)) == kept


@pytest.mark.parametrize("length", [7, "soon", 99_999])
def test_a_wrong_length_is_put_right(length: int | str) -> None:
    data = record(length=length) + record(b"The mayor said so.")
    kept = read_one(write_member(read_one(data)))
    assert kept.block == PAGE
    assert kept.get("Content-Length") == str(len(PAGE))


def test_a_length_that_is_missing_is_added() -> None:
    data = record().replace(b"Content-Length: %d\r\n" % len(PAGE), b"")
    kept = read_one(write_member(read_one(data)))
    assert kept.block == PAGE
    assert kept.uri == "https://northwire.example/ferry"
