"""Bytes to text: byte order mark, UTF-8, what the page declares, and only then a guess.

Valid UTF-8 goes before what is declared: text in another encoding is hardly ever valid UTF-8 by accident, while pages
that declare the wrong encoding are common. A text in two encodings is refused: whichever were picked, words would
change silently.
"""

from __future__ import annotations

import codecs
import re

from sayso.errors import BinaryInput, Problem, UnknownEncoding
from sayso.ingest.rulebook import get_formats

BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# A character of two to four bytes in well-formed UTF-8 (Unicode 15, table 3-7), without the finer second-byte limits.
UTF8_SEQUENCE = re.compile(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}")
HIGH_BYTE = re.compile(rb"[\x80-\xff]")
# HTML Standard, 13.2.3.2: the declaration stands within the first 1024 bytes; saved pages are often less tidy.
DECLARATION_BYTES = 8_192
DECLARATION = re.compile(
    rb"""(?i)(?:<meta[^<>]{0,300}?charset|<\?xml[^<>]{0,200}?encoding)\s*=\s*["']?([\w.:-]{1,40})"""
)
MEDIA_CHARSET = re.compile(r"""(?i)charset\s*=\s*["']?([\w.:-]{1,40})""")
GUESS_BYTES = 262_144
# Beyond this share of control characters a text is no text.
CONTROL_SHARE = 0.01
CONTROL = re.compile(r"[\x01-\x08\x0e-\x1a\x1c-\x1f\x7f]")
UTF16_SAMPLE_BYTES = 4_096


def decode_text(data: bytes, *, name: str, media: str | None = None) -> tuple[str, str, tuple[Problem, ...]]:
    """Return the text without its byte order mark, the encoding's name, and what was wrong with the bytes.

    Raises:
        BinaryInput: The bytes are no text.
        UnknownEncoding: No encoding fits, or the text is in more than one.
    """
    for mark, codec in BYTE_ORDER_MARKS:
        if data.startswith(mark):
            text = _decode(data, codec, name=name)
            return _check_text(text.removeprefix("\ufeff"), name=name), codec, ()
    wide = _find_wide_codec(data)
    if wide:
        return _check_text(_decode(data, wide, name=name), name=name), wide, ()
    if b"\0" in data:
        raise BinaryInput(name)
    problems: tuple[Problem, ...] = ()
    try:
        text, codec = data.decode("utf-8"), "utf-8"
    except UnicodeDecodeError as error:
        if _is_cut_off(data, error):
            text, codec = data[: error.start].decode("utf-8"), "utf-8"
            problems = (Problem(code="cut-off", message="The file ends in the middle of a character."),)
        else:
            text, codec = _decode_legacy(data, name=name, declared=_find_declared(data, media))
    return _check_text(text, name=name), codec, problems


def _decode(data: bytes, codec: str, *, name: str) -> str:
    """Return the text in this encoding and no other."""
    try:
        return data.decode(codec)
    except (UnicodeDecodeError, UnicodeError) as error:
        raise UnknownEncoding(name, (codec,)) from error


def _find_wide_codec(data: bytes) -> str | None:
    """Return the UTF-16 codec of bytes without a mark: of Latin text every other byte is zero."""
    sample = data[:UTF16_SAMPLE_BYTES]
    half = len(sample) // 2
    if half < 2 or len(data) % 2 or b"\0" not in sample:  # noqa: PLR2004 - two characters at least
        return None
    zeros_even, zeros_odd = sample[::2].count(0), sample[1::2].count(0)
    if zeros_odd > half * 0.7 and zeros_even == 0:
        return "utf-16-le"
    if zeros_even > half * 0.7 and zeros_odd == 0:
        return "utf-16-be"
    return None


def _is_cut_off(data: bytes, error: UnicodeDecodeError) -> bool:
    """Tell whether the only fault is a last character that is not whole, after others that are."""
    at_end = error.end == len(data) and error.reason == "unexpected end of data"
    return at_end and UTF8_SEQUENCE.search(data, 0, error.start) is not None


def _find_declared(data: bytes, media: str | None) -> str | None:
    """Return the codec that the media type or the page declares, if it is one of those on the list."""
    in_media = MEDIA_CHARSET.search(media) if media else None
    in_page = DECLARATION.search(data, 0, DECLARATION_BYTES)
    label = in_media.group(1) if in_media else in_page.group(1).decode("ascii", "replace") if in_page else ""
    return get_formats().encodings.get(label.lower())


def _decode_legacy(data: bytes, *, name: str, declared: str | None) -> tuple[str, str]:
    """Return the text and its encoding, for bytes that are not UTF-8."""
    if UTF8_SEQUENCE.search(data) and _is_mixed(data):
        raise UnknownEncoding(name, ("utf-8", "a second encoding in the same file"))
    tried = ["utf-8"]
    if declared and declared not in {"utf-8", "utf-16", "utf-16-le", "utf-16-be"}:
        try:
            return data.decode(declared), declared
        except UnicodeDecodeError:
            tried.append(declared)
    guess = _guess_codec(data)
    if guess:
        try:
            return data.decode(guess), guess
        except UnicodeDecodeError:
            tried.append(guess)
    raise UnknownEncoding(name, tuple(tried))


def _is_mixed(data: bytes) -> bool:
    """Tell whether a part of the high bytes is UTF-8 and a part is not.

    In one-byte encodings two letters can look like one UTF-8 sequence by accident; in East Asian encodings many do. So
    it takes a fair share of sequences that are, and of bytes that are not, and most characters must be plain ASCII.
    """
    sequences = UTF8_SEQUENCE.findall(data)
    in_sequences = sum(len(sequence) for sequence in sequences)
    high = len(HIGH_BYTE.findall(data))
    stray = high - in_sequences
    long_sequences = sum(len(sequence) > 2 for sequence in sequences)  # noqa: PLR2004 - three bytes: not by accident
    mostly_ascii = high < len(data) * 0.2
    return mostly_ascii and stray > 0 and (long_sequences > 0 or len(sequences) >= stray)


def _guess_codec(data: bytes) -> str | None:
    """Return the likeliest one-byte or East Asian encoding; None if there is none."""
    # Imported here: most input is UTF-8 and never pays for it.
    from charset_normalizer import from_bytes  # noqa: PLC0415

    matches = from_bytes(data[:GUESS_BYTES])
    best = matches.best()
    if best is None:
        return None
    # Windows-1252 is what nearly all English text outside UTF-8 is in; it wins where it fits as well.
    for match in matches:
        names = {match.encoding, *match.could_be_from_charset}
        if "cp1252" in names and match.chaos <= best.chaos:
            return "cp1252"
    return str(best.encoding)


def _check_text(text: str, *, name: str) -> str:
    """Return the text if it is text.

    Raises:
        BinaryInput: It has zeros or many control characters.
    """
    if "\0" in text or len(CONTROL.findall(text)) > max(2, len(text) * CONTROL_SHARE):
        raise BinaryInput(name)
    return text
