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
# What English text outside UTF-8 is in, the usual first.
WESTERN = ("cp1252", "mac-roman")
# A character outside ASCII that stands where English puts it: marks on the right side of their word, letters inside or
# at the head of one. Read in the wrong encoding, marks become letters at odd places ("didn\u00d5t", "\u00ecWe").
HIGH_CHARACTER = re.compile("[^\\x00-\\x7f]")
PLAUSIBLE = re.compile(
    "(?<![\\w])[\u201c\u2018](?=[\\w(\u2018'$\u00a3\u2026.])|(?<=[^\\s(])[\u201d\u2019]|\u2019(?=[a-z\\d])"
    '|(?<=[\\w\\s.,;:!?)"\u201d\u2019])[\u2014\u2026]|(?<=[\\s\\d])\u2013|\u2013(?=[\\s\\dA-Z])'
    "|(?<!\\w)[\u00a3\u20ac\u00a9\u2022\u00a7](?=[\\w ])|[\u00a0\u2122\u00ae\u00b0\u00bd\u00bc\u00be\u00b7\u2026]"
    "|(?<=[a-z])[\u00df-\u00f6\u00f8-\u00ff]|[\u00df-\u00f6\u00f8-\u00ff](?=[a-z])"
    "|(?<![a-z])[\u00c0-\u00d6\u00d8-\u00de](?=[a-z])"
    "|(?<=[A-Z])[\u00c0-\u00d6\u00d8-\u00de]|[\u00c0-\u00d6\u00d8-\u00de](?=[A-Z][A-Z])"
)
WESTERN_SHARE = 0.15
FEW_BYTES = 3
PLAUSIBLE_SHARE = 0.9


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
            declared = _find_declared(data, media)
            text, codec = _decode_legacy(data, name=name, declared=declared)
            if codec != declared:
                message = f"The encoding is not stated; {codec} fits the text best."
                problems = (Problem(code="guessed-encoding", message=message),)
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


def _find_western_codec(data: bytes) -> str | None:
    """Return the encoding in which the marks and accents of an English text stand where they belong."""
    sample = data[:GUESS_BYTES]
    if len(HIGH_BYTE.findall(sample)) > max(FEW_BYTES, WESTERN_SHARE * len(sample)):
        return None
    shares = []
    for codec in WESTERN:
        text = sample.decode(codec, "replace")
        shares.append(len(PLAUSIBLE.findall(text)) / (len(HIGH_CHARACTER.findall(text)) or 1))
    best = max(shares)
    return WESTERN[shares.index(best)] if best >= PLAUSIBLE_SHARE else None


def _guess_codec(data: bytes) -> str | None:
    """Return the likeliest one-byte or East Asian encoding; None if there is none."""
    western = _find_western_codec(data)
    if western:
        return western
    # Imported here: most input is UTF-8 and never pays for it.
    from charset_normalizer import from_bytes  # noqa: PLC0415

    best = from_bytes(data[:GUESS_BYTES]).best()
    if best is None:
        return None
    # The guesser knows codecs that no news page was ever written in, and takes a few bytes for any of them.
    known = {codecs.lookup(codec).name for codec in get_formats().encodings.values()}
    found = codecs.lookup(best.encoding).name
    return found if found in known and not found.startswith("utf") else None


def _check_text(text: str, *, name: str) -> str:
    """Return the text if it is text.

    Raises:
        BinaryInput: It has zeros or many control characters.
    """
    if "\0" in text or len(CONTROL.findall(text)) > max(2, len(text) * CONTROL_SHARE):
        raise BinaryInput(name)
    return text
