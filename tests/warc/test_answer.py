"""HTTP answers out of records."""

from __future__ import annotations

import gzip
import tracemalloc
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.errors import Problem
from sayso.warc import Answer, Limits, read_answer
from tests.warc.archives import PAGE, answer

HEADERS = (
    "Content-Length: 20",
    "Content-Length: x",
    "Transfer-Encoding: chunked",
    "Content-Encoding: gzip",
    "Content-Encoding: deflate",
    "Content-Type: multipart/mixed; boundary=a",
    "no colon",
    " fold",
)
LIMITS = Limits(body_bytes=100_000, header_bytes=5_000)


def read(block: bytes, limits: Limits = LIMITS) -> Answer:
    found = read_answer(block, limits=limits)
    assert isinstance(found, Answer)
    return found


def refuse(block: bytes, limits: Limits = LIMITS) -> str:
    found = read_answer(block, limits=limits)
    assert isinstance(found, Problem)
    return found.code


def chunked(body: bytes, size: int = 7) -> bytes:
    parts = [body[at : at + size] for at in range(0, len(body), size)]
    return b"".join(b"%x\r\n%b\r\n" % (len(part), part) for part in parts) + b"0\r\n\r\n"


def test_status_headers_and_body() -> None:
    found = read(answer(PAGE, "Content-Type: text/html", "X-A: 1", "x-a: 2", status="404 Not Here"))
    assert found.status == 404
    assert found.headers == (("Content-Type", "text/html"), ("X-A", "1"), ("x-a", "2"))
    assert found.get("x-A") == "1"
    assert found.get("x-b") is None
    assert found.body == PAGE
    assert found.problems == ()


def test_a_folded_header_is_one_line() -> None:
    assert read(answer(b"", "X-A: one\r\n two")).get("x-a") == "one two"


@pytest.mark.parametrize("coding", ["gzip", "x-gzip", "deflate", "raw deflate", "deflate, gzip", "identity"])
def test_a_coded_body_is_decoded(coding: str) -> None:
    body = {
        "deflate": zlib.compress(PAGE),
        "raw deflate": zlib.compress(PAGE, wbits=-15),
        "deflate, gzip": gzip.compress(zlib.compress(PAGE)),
        "identity": PAGE,
    }.get(coding, gzip.compress(PAGE))
    stated = coding.removeprefix("raw ")
    assert read(answer(body, f"Content-Encoding: {stated}")).body == PAGE
    assert read(answer(chunked(body), f"Content-Encoding: {stated}", "Transfer-Encoding: Chunked")).body == PAGE


def test_what_follows_the_answer_is_none_of_it() -> None:
    block = answer(PAGE + b"more", f"Content-Length: {len(PAGE)}")
    found = read(block)
    assert found.body == PAGE
    assert found.size_bytes == len(block) - 4


@pytest.mark.parametrize("version", [b"HTTP/2 ", b"HTTP/2.0 ", b"HTTP/3 ", b"HTTP/1.0 "])
def test_an_archive_may_name_the_version_that_was_spoken(version: bytes) -> None:
    block = answer(PAGE, f"Content-Length: {len(PAGE)}").replace(b"HTTP/1.1 ", version)
    found = read(block)
    assert found.body == PAGE
    assert found.size_bytes == len(block)


@pytest.mark.parametrize(
    "block",
    [
        b"",
        b"\r\n",
        b"SSH-2.0-x\r\n\r\n",
        b"HTTP/1.1 abc OK\r\n\r\n",
        b"HTTP/9.9 200 OK\r\n\r\n",
        b"H" * 70_000,
        b"HTTP/1.1",
    ],
)
def test_what_does_not_begin_as_http_is_a_problem(block: bytes) -> None:
    assert refuse(block) == "answer-broken"


def test_endless_headers_are_a_problem() -> None:
    assert refuse(answer(b"", *[f"X-{n}: 1" for n in range(200)])) == "answer-broken"
    assert refuse(answer(b"", "X: " + "x" * 70_000)) == "answer-broken"
    assert refuse(answer(b"", "X: " + "x" * 6_000)) == "answer-too-large"


def test_a_short_body_is_kept_with_a_problem() -> None:
    found = read(answer(PAGE, f"Content-Length: {len(PAGE) + 1}"))
    assert found.body == PAGE
    assert [one.code for one in found.problems] == ["answer-cut-off"]


@pytest.mark.parametrize("end", [b"", b"5\r\nab", b"zz\r\n", b"-1\r\n"])
def test_broken_chunks_are_a_problem(end: bytes) -> None:
    found = read(answer(b"4\r\nabcd\r\n" + end, "Transfer-Encoding: chunked"))
    assert found.body.startswith(b"abcd")
    assert [one.code for one in found.problems] == ["answer-cut-off"]


def test_an_endless_chunk_mark_is_a_problem() -> None:
    found = read(answer(b"4\r\nabcd\r\n" + b"f" * 70_000, "Transfer-Encoding: chunked"))
    assert [one.code for one in found.problems] == ["answer-cut-off"]


def test_a_body_without_the_chunks_promised_is_kept_with_a_problem() -> None:
    found = read(answer(PAGE, "Transfer-Encoding: chunked"))
    assert found.body == PAGE
    assert [one.code for one in found.problems] == ["answer-broken"]


@pytest.mark.parametrize(
    "header", ["Content-Encoding: br", "Transfer-Encoding: gzip, chunked", "Content-Encoding: gzip,gzip,gzip,gzip"]
)
def test_an_encoding_that_is_not_read_is_a_problem(header: str) -> None:
    found = read(answer(PAGE, header))
    assert found.body == PAGE
    assert [one.code for one in found.problems] == ["answer-other-coding"]


def test_a_body_that_is_not_encoded_as_stated_is_kept_with_a_problem() -> None:
    found = read(answer(PAGE, "Content-Encoding: gzip"))
    assert found.body == PAGE
    assert [one.code for one in found.problems] == ["answer-broken"]


@pytest.mark.parametrize("way", ["gzip", "deflate"])
def test_a_body_that_ends_before_its_encoding_does_is_cut_off(way: str) -> None:
    noise = bytes(range(256)) * 400
    body = (gzip.compress(noise, 1) if way == "gzip" else zlib.compress(noise, 1))[:-3]
    found = read(answer(body, f"Content-Encoding: {way}"), Limits())
    assert noise.startswith(found.body)
    assert [one.code for one in found.problems] == ["answer-cut-off"]


def test_a_body_damaged_midway_is_kept_as_far_as_it_goes() -> None:
    noise = bytes(range(256)) * 2000
    body = bytearray(gzip.compress(noise, 1))
    body[-3] ^= 0xFF
    found = read(answer(bytes(body), "Content-Encoding: gzip"), Limits())
    assert found.body
    assert [one.code for one in found.problems] == ["answer-broken"]


def test_several_members_are_one_body_and_rubbish_after_them_is_none() -> None:
    body = gzip.compress(PAGE) + gzip.compress(b"") + gzip.compress(PAGE) + b"rubbish"
    assert read(answer(body, "Content-Encoding: gzip")).body == PAGE * 2
    assert read(answer(zlib.compress(PAGE) + b"rubbish", "Content-Encoding: deflate")).body == PAGE


def test_a_body_over_the_limit_is_a_problem() -> None:
    assert refuse(answer(b"x" * 100_001)) == "answer-too-large"


@pytest.mark.parametrize("layers", [1, 2])
def test_a_bomb_is_a_problem_and_takes_no_memory(layers: int) -> None:
    body = bytes(64 << 20)
    for _ in range(layers):
        body = gzip.compress(body)
    block = answer(body, "Content-Encoding: " + ", ".join(["gzip"] * layers))
    tracemalloc.start()
    assert refuse(block, Limits()) == "answer-too-large"
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 45_000_000
    assert refuse(block, Limits(ratio=None)) == "answer-too-large"


def test_no_body_where_none_may_be() -> None:
    assert read(answer(PAGE, status="304 Not Modified")).body == b""


@given(
    st.binary(max_size=300),
    st.lists(st.sampled_from(HEADERS), max_size=5),
    st.sampled_from([None, "gzip", "chunked"]),
    st.binary(max_size=60),
)
def test_nothing_but_an_answer_or_a_problem_comes_out(
    body: bytes, headers: list[str], way: str | None, head: bytes
) -> None:
    sent = {"gzip": gzip.compress(body)[:-3], "chunked": chunked(body)}.get(way or "", body)
    for block in (answer(sent, *headers), head + answer(sent, *headers), b"HTTP/1.1 200 " + head + sent):
        assert isinstance(read_answer(block, limits=LIMITS), Answer | Problem)
