"""Writing records, and taking a body from them again."""

from __future__ import annotations

import gzip
import hashlib
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st
from warcio.archiveiterator import ArchiveIterator

from sayso.errors import DamagedRecord
from sayso.warc import Limits, read_body, write_exchange, write_resource
from tests.warc.archives import PAGE, answer, bomb, packed, record

AT = "2026-03-02T08:00:00Z"
ASKED = b"GET /ferry HTTP/1.1\r\nHost: northwire.example\r\n\r\n"


def exchange(response: bytes, ip: str | None = None) -> bytes:
    return write_exchange(url="https://northwire.example/ferry", at=AT, request=ASKED, response=response, ip=ip)


def test_others_read_a_resource_and_find_its_digests_right() -> None:
    data = write_resource(PAGE, at=AT, media="text/html")
    (found,) = ArchiveIterator(io.BytesIO(data), check_digests="raise")
    headers = found.rec_headers
    assert headers.protocol == "WARC/1.1"
    assert headers.get_header("WARC-Target-URI") == f"urn:sha256:{hashlib.sha256(PAGE).hexdigest()}"
    assert headers.get_header("WARC-Date") == AT
    assert headers.get_header("Content-Type") == "text/html"
    assert headers.get_header("WARC-Payload-Digest").startswith("sha256:")


@pytest.mark.parametrize("response", [answer(PAGE), answer(b""), b"no HTTP at all", b""])
def test_others_read_an_exchange_byte_for_byte(response: bytes) -> None:
    data = exchange(response, ip="192.0.2.7")
    archive = ArchiveIterator(io.BytesIO(data), no_record_parse=True)
    found = [(one.rec_type, one.raw_stream.read(), one.rec_headers) for one in archive]
    (asked, request, asked_headers), (answered, got, answer_headers) = found
    assert (asked, answered) == ("request", "response")
    assert (request, got) == (ASKED, response)
    assert asked_headers.get_header("WARC-Concurrent-To") == answer_headers.get_header("WARC-Record-ID")
    assert answer_headers.get_header("WARC-IP-Address") == "192.0.2.7"
    assert answer_headers.get_header("Content-Type") == "application/http; msgtype=response"


def test_others_find_the_payload_digest_right() -> None:
    data = exchange(answer(PAGE, f"Content-Length: {len(PAGE)}"))
    checked = []
    for one in ArchiveIterator(io.BytesIO(data), check_digests="raise"):
        one.raw_stream.read()
        checked.append(one.digest_checker.passed)
    assert checked == [True, True]


def test_an_answer_that_was_cut_says_so() -> None:
    data = write_exchange(url="https://a.example/", at=AT, request=ASKED, response=answer(), is_cut=True)
    assert b"WARC-Truncated: length" in gzip.decompress(data)


def test_the_same_is_written_the_same() -> None:
    assert exchange(answer()) == exchange(answer())
    assert exchange(answer()) != exchange(answer(b"other"))


def test_each_record_is_a_member_of_its_own() -> None:
    assert exchange(answer()).count(b"\x1f\x8b\x08") >= 2
    assert write_resource(PAGE, at=AT)[:3] == b"\x1f\x8b\x08"


def test_no_address_and_no_media_type_adds_a_field() -> None:
    data = write_resource(b"", at=AT, uri="https://a.example/\r\nX-Evil: 1 ü", media="text/html\r\nX-Evil: 1")
    (found,) = ArchiveIterator(io.BytesIO(data))
    assert found.rec_headers.get_header("X-Evil") is None
    assert found.rec_headers.get_header("WARC-Target-URI") == "https://a.example/%0D%0AX-Evil:%201%20%C3%BC"


@given(st.binary(max_size=5_000))
def test_the_body_comes_back(data: bytes) -> None:
    assert read_body(write_resource(data, at=AT)) == data
    sent = answer(gzip.compress(data), "Content-Encoding: gzip")
    assert read_body(exchange(answer(b"", status="302 Found")) + exchange(sent)) == data


def test_a_dense_body_comes_back() -> None:
    data = bytes(3 << 20)
    assert read_body(write_resource(data, at=AT)) == data


@pytest.mark.parametrize(
    "warc",
    [
        b"",
        b"nothing",
        exchange(answer())[:-9],
        exchange(b"no HTTP"),
        exchange(answer(PAGE, "Content-Length: 999")),
        packed(record(kind="metadata")),
        bomb(2 << 20),
    ],
)
def test_a_capture_that_is_not_whole_raises(warc: bytes) -> None:
    with pytest.raises(DamagedRecord):
        read_body(warc, limits=Limits(record_bytes=1 << 20))
