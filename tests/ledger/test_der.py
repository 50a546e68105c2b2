"""DER is read strictly, and nothing but an error of our own comes out of any bytes."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.ledger.der import DerError, iter_parts, read_single, write_part


@given(st.binary(max_size=70_000), st.integers(min_value=0, max_value=30))
def test_what_is_written_is_read(body: bytes, tag: int) -> None:
    part = read_single(write_part(tag, body[:3], body[3:]))
    assert (part.tag, part.body) == (tag, body)


@given(st.lists(st.binary(max_size=300)))
def test_parts_stand_one_after_the_other(bodies: list[bytes]) -> None:
    whole = write_part(0x30, *(write_part(4, body) for body in bodies))
    assert [part.body for part in read_single(whole).parts()] == bodies


@given(st.binary(max_size=300))
def test_any_bytes_are_parts_or_no_der(data: bytes) -> None:
    try:
        parts = list(iter_parts(data))
    except DerError:
        return
    assert b"".join(part.whole for part in parts) == data


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(b"", id="nothing"),
        pytest.param(b"\x30", id="no length"),
        pytest.param(b"\x30\x05\x00", id="cut off"),
        pytest.param(b"\x30\x80\x00\x00", id="without end"),
        pytest.param(b"\x30\x81\x01\x00", id="length too long"),
        pytest.param(b"\x30\x82\x00\x81" + bytes(0x81), id="length with a zero in front"),
        pytest.param(b"\x30\x85\x01\x00\x00\x00\x00", id="length of five bytes"),
        pytest.param(b"\x30\x84\xff\xff\xff\xff", id="four gigabytes announced"),
        pytest.param(b"\x1f\x01\x00", id="tag of two bytes"),
        pytest.param(b"\x05\x00\x05\x00", id="two elements"),
    ],
)
def test_what_is_not_der_is_refused(data: bytes) -> None:
    with pytest.raises(DerError):
        read_single(data)
