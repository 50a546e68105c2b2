"""Bytes to text."""

from __future__ import annotations

import pytest

from sayso.errors import BinaryInput, UnknownEncoding
from sayso.ingest.encoding import decode_text

TEXT = "The mayor said “no”. Mr Muñoz didn’t say more, and the council left the town hall early on Monday."


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252", "mac-roman"]
)
def test_common_encodings_are_told(encoding: str) -> None:
    text, _, problems = decode_text(TEXT.encode(encoding), name="a")
    assert text == TEXT
    is_guess = encoding in {"cp1252", "mac-roman"}
    assert [problem.code for problem in problems] == (["guessed-encoding"] if is_guess else [])


@pytest.mark.parametrize("encoding", ["cp1252", "mac-roman"])
@pytest.mark.parametrize(
    "text",
    [
        "She didn’t.",
        "“We won’t go,” she said — not now.",
        "The bill was £5 or €6… “or more”, said Mr Muñoz of São Lisk.",
        "Enrique Peña left.",
        "ANDRÉ NUÑEZ DENIED IT.",
    ],
)
def test_marks_of_english_text_tell_the_western_encodings_apart(encoding: str, text: str) -> None:
    assert decode_text(text.encode(encoding), name="a")[:2] == (text, encoding)


def test_russian_is_not_taken_for_western_text() -> None:
    text = "Мэр города Арденна заявил в понедельник, что кафе рядом не закрыто."
    assert decode_text(text.encode("cp1251"), name="a")[:2] == (text, "cp1251")


def test_few_odd_bytes_are_refused_rather_than_guessed() -> None:
    with pytest.raises((UnknownEncoding, BinaryInput)):
        decode_text(b"\xb1\xe2\xff\xfd \xa0\xb2 \xd7\xf7 ab", name="a")


def test_declared_encoding_is_used_where_the_bytes_are_not_utf8() -> None:
    page = '<html><head><meta charset="windows-1250"></head><body><p>Mr Ďuriš said “no”.</p></body></html>'
    assert decode_text(page.encode("cp1250"), name="a") == (page, "cp1250", ())
    header = "Mr Ďuriš said no more to us than that, and he left."
    assert decode_text(header.encode("cp1250"), name="a", media="text/plain; charset=windows-1250")[0] == header


def test_valid_utf8_goes_before_a_wrong_declaration() -> None:
    page = '<meta charset="iso-8859-1"><p>“No,” said Mr Muñoz.</p>'
    assert decode_text(page.encode(), name="a") == (page, "utf-8", ())


@pytest.mark.parametrize("label", ["zip", "rot13", "idna", "undefined", "utf-7", "no-such-thing"])
def test_page_cannot_pick_a_codec_that_is_no_encoding(label: str) -> None:
    page = f'<meta charset="{label}"><p>Mr Muñoz said that he would stay, whatever they say.</p>'
    assert decode_text(page.encode("cp1252"), name="a")[0] == page


def test_two_encodings_in_one_file_are_refused() -> None:
    with pytest.raises(UnknownEncoding):
        decode_text(TEXT.encode() + b"\n\n" + TEXT.encode("cp1252"), name="a")


def test_file_cut_off_in_a_character_is_a_problem_not_an_error() -> None:
    text, encoding, problems = decode_text(f"{TEXT} “".encode()[:-1], name="a")
    assert (text.strip(), encoding) == (TEXT, "utf-8")
    assert [problem.code for problem in problems] == ["cut-off"]


@pytest.mark.parametrize(
    "data", [b"The mayor\0 said no.", bytes(range(256)) * 4, b"\x01\x02\x03\x04 abc", b"\xff\xfe\x00\x00\x00"]
)
def test_zeros_and_control_characters_are_no_text(data: bytes) -> None:
    with pytest.raises((BinaryInput, UnknownEncoding)):
        decode_text(data, name="a")


def test_broken_utf16_is_refused() -> None:
    with pytest.raises(UnknownEncoding):
        decode_text("\ufeff".encode("utf-16-le") + b"\x00\xd8\x41\x00", name="a")
