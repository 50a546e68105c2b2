"""Reading archives: whole ones, and ones that were made to break what reads them."""

from __future__ import annotations

import gzip
import io
import random
import time
import tracemalloc

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.errors import Problem
from sayso.warc import Limits, WarcRecord, read_records, write_exchange, write_resource
from tests.warc.archives import PAGE, answer, bomb, packed, record

SMALL = Limits(record_bytes=100_000, body_bytes=50_000, header_bytes=2_000, ratio_from_bytes=10_000)


def read(data: bytes, limits: Limits = SMALL) -> tuple[list[WarcRecord], list[Problem]]:
    found = list(read_records(io.BytesIO(data), limits=limits))
    records = [one for one in found if isinstance(one, WarcRecord)]
    return records, [one for one in found if isinstance(one, Problem)]


def noise(seed: int, size: int) -> bytes:
    return random.Random(seed).randbytes(size)  # noqa: S311 - the same each time, and it does not pack


def codes(problems: list[Problem]) -> list[str]:
    return [problem.code for problem in problems]


@pytest.mark.parametrize("make", [b"".join, lambda parts: packed(*parts), lambda parts: gzip.compress(b"".join(parts))])
def test_records_are_read_plain_and_packed_by_record_or_as_a_whole(make: object) -> None:
    assert callable(make)
    records, problems = read(make([record(b"one"), record(b""), record(PAGE, kind="Response")]))
    assert problems == []
    assert [one.block for one in records] == [b"one", b"", PAGE]
    assert [one.number for one in records] == [1, 2, 3]
    assert records[2].type == "response"
    assert records[0].uri == "https://northwire.example/ferry"
    assert records[0].date == "2026-03-02T08:00:00Z"
    assert records[0].media == "text/html"
    assert records[0].get("content-LENGTH") == "3"
    assert records[0].get("warc-profile") is None


def test_a_record_knows_its_byte_in_the_file() -> None:
    one = record(b"one")
    assert [found.offset for found in read(one + record(b"two"))[0]] == [0, len(one)]
    assert [found.offset for found in read(packed(one, record(b"two")))[0]] == [0, len(packed(one))]


def test_what_we_write_is_read_again() -> None:
    data = write_resource(PAGE, at="2026-03-02T08:00:00Z") + write_exchange(
        url="https://a.example/", at="2026-03-02T08:00:00Z", request=b"GET / HTTP/1.1\r\n\r\n", response=answer()
    )
    records, problems = read(data)
    assert problems == []
    assert [one.type for one in records] == ["resource", "request", "response"]
    assert records[2].block == answer()


def test_brackets_around_the_address_are_taken_off() -> None:
    assert read(record(uri="<https://a.example/x>"))[0][0].uri == "https://a.example/x"


@pytest.mark.parametrize(
    "data", [b"", b"\r\n\r\n", b"\0" * 70_000, b"nothing of the kind", gzip.compress(b"no record")]
)
def test_a_file_without_records_is_a_problem(data: bytes) -> None:
    records, problems = read(data)
    assert records == []
    assert codes(problems) == ["warc-no-record"]


@pytest.mark.parametrize("is_packed", [True, False])
@pytest.mark.parametrize("length", [10, len(PAGE) - 1, len(PAGE) + 50, 90_000, "twelve", "-5", "", "9" * 30])
def test_a_wrong_length_costs_no_record(length: int | str, is_packed: bool) -> None:  # noqa: FBT001
    parts = [record(b"before"), record(PAGE, length=length), record(b"after"), record(b"last")]
    records, problems = read(packed(*parts) if is_packed else b"".join(parts))
    assert [one.block for one in records] == [b"before", PAGE, b"after", b"last"]
    assert codes(problems) == ["warc-wrong-length"]
    assert "Record 2" in problems[0].message


def test_a_wrong_length_at_the_end_is_a_problem() -> None:
    records, problems = read(record(PAGE, length=len(PAGE) + 9))
    assert [one.block for one in records] == [PAGE]
    assert codes(problems) == ["warc-wrong-length"]


@pytest.mark.parametrize("is_packed", [True, False])
def test_a_record_that_is_too_large_is_passed_over(is_packed: bool) -> None:  # noqa: FBT001
    grain = noise(1, 300_000)
    parts = [record(b"before"), record(grain), record(b"after")]
    records, problems = read(packed(*parts) if is_packed else b"".join(parts))
    assert [one.block for one in records] == [b"before", b"after"]
    assert codes(problems) == ["warc-too-large"]


def test_a_record_without_length_and_end_is_too_large() -> None:
    grain = noise(1, 300_000)
    records, problems = read(record(b"before") + record(grain, length="") + record(b"after"))
    assert [one.block for one in records] == [b"before", b"after"]
    assert codes(problems) == ["warc-too-large"]


def test_a_length_beyond_the_file_ends_it() -> None:
    records, problems = read(record(b"before") + record(length=10**12) + record(b"lost"))
    assert [one.block for one in records] == [b"before"]
    assert codes(problems) == ["warc-too-large"]


def test_a_bomb_is_passed_over() -> None:
    data = packed(record(b"before")) + bomb(40 << 20) + packed(record(b"after"))
    limits = Limits(record_bytes=100 << 20)
    records, problems = read(data, limits)
    assert [one.block for one in records] == [b"before", b"after"]
    assert codes(problems) == ["warc-bomb"]


def test_bombs_beyond_the_budget_are_left_packed() -> None:
    data = packed(record(b"before")) + bomb(8 << 20) * 3 + packed(record(b"after"))
    records, problems = read(data, Limits(skip_bytes=5 << 20))
    assert [one.block for one in records] == [b"before", b"after"]
    assert codes(problems) == ["warc-bomb"] * 3


def test_a_bomb_takes_no_memory() -> None:
    data = bomb(64 << 20)
    tracemalloc.start()
    read(data, Limits(ratio=None))
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 4_000_000


@pytest.mark.parametrize("is_packed", [True, False])
def test_an_endless_header_is_a_problem(is_packed: bool) -> None:  # noqa: FBT001
    parts = [record(b"before"), record(more="X-More: " + noise(4, 45_000).hex() + "\r\n"), record(b"after")]
    records, problems = read(packed(*parts) if is_packed else b"".join(parts))
    assert [one.block for one in records] == [b"before", b"after"]
    assert codes(problems) == ["warc-header"]


def test_an_unknown_version_is_a_problem() -> None:
    records, problems = read(record(version="WARC/1.9") + record(b"after"))
    assert [one.block for one in records] == [b"after"]
    assert codes(problems) == ["warc-header"]


def test_a_member_that_is_cut_costs_itself() -> None:
    grain = noise(2, 30_000)
    first, second, third = (packed(record(part)) for part in (b"before", grain, b"after"))
    records, problems = read(first + second[:20_000] + third)
    assert [one.block for one in records] == [b"before", b"after"]
    assert codes(problems) in (["warc-damaged"], ["warc-cut-off"])


@pytest.mark.parametrize("at", [11, 40, 200, -6, -2])
def test_a_changed_byte_costs_one_record(at: int) -> None:
    middle = bytearray(packed(record(PAGE * 9)))
    middle[at] ^= 0xFF
    records, problems = read(packed(record(b"before")) + bytes(middle) + packed(record(b"after")))
    assert [one.block for one in records] == [b"before", b"after"]
    assert len(problems) == 1


def test_the_end_cut_off_is_a_problem() -> None:
    data = packed(record(b"before"), record(PAGE))
    records, problems = read(data[:-20])
    assert [one.block for one in records] == [b"before"]
    assert codes(problems) == ["warc-cut-off"]


def test_of_one_cut_member_the_whole_records_are_read() -> None:
    grain = noise(3, 3_000)
    data = gzip.compress(record(b"one") + record(b"two") + record(grain))
    records, problems = read(data[:-500])
    assert [one.block for one in records] == [b"one", b"two"]
    assert codes(problems) == ["warc-cut-off"]


def test_rubbish_between_records_is_a_problem() -> None:
    for data in (
        record(b"before") + b"rubbish\r\n" + record(b"after"),
        packed(record(b"before")) + b"rubbish" * 9_000 + packed(record(b"after")),
    ):
        records, problems = read(data)
        assert [one.block for one in records][-1] == b"after"
        assert problems


def test_padding_after_the_last_member_is_none() -> None:
    assert read(packed(record(b"one")) + b"\r\n\0\0")[1] == []


def test_a_packed_archive_may_go_on_plain() -> None:
    records, problems = read(packed(record(b"one")) + record(b"two"))
    assert [one.block for one in records] == [b"one", b"two"]
    assert problems == []


def test_a_block_that_is_not_that_of_its_digest_is_a_problem() -> None:
    wrong = "WARC-Block-Digest: sha1:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\r\n"
    right = "WARC-Block-Digest: sha1:a9993e364706816aba3e25717850c26c9cd0d89d\r\n"
    other = "WARC-Block-Digest: shake_128:00\r\n"
    records, problems = read(record(b"abc", more=wrong) + record(b"abc", more=right) + record(b"abc", more=other))
    assert [one.block for one in records] == [b"abc"] * 3
    assert codes(problems) == ["warc-wrong-digest"]


def test_there_is_a_limit_to_the_number() -> None:
    found = list(read_records(io.BytesIO(record(b"x") * 20), limits=Limits(records=5)))
    assert len(found) == 6
    assert isinstance(found[-1], Problem)
    assert found[-1].code == "warc-too-many"


@pytest.mark.parametrize("part", [record(b""), packed(record(b"")), record(b"x", length=90_000), b"WARC/1.1\r\n\r\n"])
def test_thousands_of_tiny_records_take_time_in_proportion(part: bytes) -> None:
    def measure(count: int) -> float:
        data = part * count
        begun = time.process_time()
        read(data)
        return time.process_time() - begun

    measure(10)
    assert measure(8_000) < 40 * max(measure(800), 0.01)


@given(
    st.lists(st.binary(max_size=200), max_size=4),
    st.booleans(),
    st.lists(st.tuples(st.integers(0, 1 << 30), st.integers(0, 255)), max_size=6),
    st.integers(0, 1 << 30),
)
def test_nothing_but_records_and_problems_comes_out(
    blocks: list[bytes],
    is_packed: bool,  # noqa: FBT001
    changes: list[tuple[int, int]],
    cut: int,
) -> None:
    parts = [record(block) for block in blocks]
    data = bytearray(packed(*parts) if is_packed else b"".join(parts))
    for at, value in changes:
        if data:
            data[at % len(data)] = value
    end = len(data) - cut % (len(data) + 1) if cut % 3 == 0 else len(data)
    found = list(read_records(io.BytesIO(bytes(data[:end])), limits=SMALL))
    assert found
    assert all(isinstance(one, WarcRecord | Problem) for one in found)


@given(st.lists(st.binary(max_size=3_000), min_size=1, max_size=5), st.sampled_from([0, 1, 2]))
def test_whole_archives_come_back_whole(blocks: list[bytes], way: int) -> None:
    parts = [record(block) for block in blocks]
    data = [b"".join(parts), packed(*parts), gzip.compress(b"".join(parts))][way]
    records, problems = read(data)
    assert [one.block for one in records] == blocks
    assert problems == []
