"""The records of a WARC file, one after the other, whatever was done to the file.

What is wrong with a record is a `Problem` that names its place; the records after it are read where they can be
found. Memory is bounded by two blocks of the largest size, and time grows with the file's size alone.
"""

from __future__ import annotations

import base64
import hashlib
import io
from dataclasses import dataclass
from typing import TYPE_CHECKING

from warcio.statusandheaders import StatusAndHeadersParser, StatusAndHeadersParserException

from sayso.errors import Problem
from sayso.warc.limits import Limits
from sayso.warc.members import GZIP, RECORD, End, Member, Packed, Plain
from sayso.warc.window import Window

if TYPE_CHECKING:
    from collections.abc import Generator, Iterator
    from typing import BinaryIO

VERSIONS = ["WARC/1.1", "WARC/1.0"]
DIGESTS = frozenset({"md5", "sha1", "sha256", "sha512"}) & hashlib.algorithms_available
MARK = b"\n" + RECORD
MAX_DIGITS = 18

MESSAGES = {
    "warc-no-record": "there is no record here",
    "warc-header": "the record's header cannot be read",
    "warc-wrong-length": "the record is not as long as it states; its end was found by the record that follows",
    "warc-too-large": "the record is larger than is read",
    "warc-bomb": "the record swells beyond all measure when it is unpacked",
    "warc-cut-off": "the record is cut off",
    "warc-damaged": "the record is damaged",
    "warc-wrong-digest": "the record's bytes are not those of the digest that it states",
    "warc-too-many": "there are more records than are read",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class WarcRecord:
    """One record.

    Attributes:
        number: From 1, in the order of the file; records with a problem count.
        offset: The byte of the file at which it begins; in a packed file, at which its gzip member begins.
        type: ``response``, ``resource``, ``request``, ``revisit``, ``metadata``, ``warcinfo`` …; in small letters.
        id: As stated; None if it is not.
        uri: What it is about, as stated.
        date: As stated.
        media: Media type of the block, as stated.
        headers: All fields, in order.
        head: The bytes before the block, as they stand: version, fields, empty line.
        block: The bytes.
    """

    number: int
    offset: int
    type: str
    id: str | None
    uri: str | None
    date: str | None
    media: str | None
    headers: tuple[tuple[str, str], ...]
    head: bytes
    block: bytes

    def get(self, name: str) -> str | None:
        """Return a field's first value; None where there is no such field."""
        wanted = name.lower()
        return next((value for key, value in self.headers if key.lower() == wanted), None)


def read_records(stream: BinaryIO, *, limits: Limits | None = None) -> Iterator[WarcRecord | Problem]:
    """Yield the records and the problems, in the order of the file.

    Packed files are read whether each record is a gzip member of its own or all are in one.
    """
    return _Reader(stream, limits or Limits()).iterate()


class _Reader:
    """The state of reading one file."""

    def __init__(self, stream: BinaryIO, limits: Limits) -> None:
        """Start at the stream's place."""
        self._packed = Packed(stream)
        self._limits = limits
        self._number = 0
        self._skip_left = limits.skip_bytes
        self._offset = 0

    def iterate(self) -> Iterator[WarcRecord | Problem]:
        """Yield records and problems up to the limit of their number."""
        given = 0
        for found in self._iterate_stretches():
            if given >= self._limits.records:
                yield self._problem("warc-too-many")
                return
            given += 1
            yield found
        if not given:
            self._number = 1
            yield self._problem("warc-no-record")

    def _iterate_stretches(self) -> Iterator[WarcRecord | Problem]:
        """Yield what is in each gzip member, or in the plain file."""
        while opening := self._packed.look_past_padding(len(GZIP)):
            self._offset = self._packed.offset
            if opening == GZIP:
                member = Member(self._packed, self._limits, most_skipped=self._skip_left)
                yield from self._iterate_records(Window(member, offset=self._offset))
                if not self._leave(member):
                    return
            elif not self._number or RECORD.startswith(opening):
                yield from self._iterate_records(Window(Plain(self._packed), offset=self._offset))
            else:
                yield self._next_problem("warc-no-record")
                if not self._packed.seek_member():
                    return

    def _leave(self, member: Member) -> bool:
        """Go past the rest of the member; False where there is nothing after it."""
        if member.end in {End.OPEN, End.BOMB}:
            member.skip()
            if member.end is End.BOMB:
                member.give_up()
        self._skip_left = max(0, self._skip_left - member.skipped_bytes)
        return member.end is End.WHOLE or self._packed.seek_member()

    def _iterate_records(self, window: Window) -> Iterator[WarcRecord | Problem]:
        """Yield the records of one stretch."""
        is_going_on = True
        while is_going_on:
            window.skip_blank_lines()
            self._offset = window.offset
            start = window.look(len(RECORD))
            if not start:
                if window.is_broken:
                    yield self._next_problem(_code_of(window.end))
                return
            if start == RECORD:
                is_going_on = yield from self._read_record(window)
            else:
                yield self._next_problem("warc-no-record")
                is_going_on = self._seek_record(window)

    def _read_record(self, window: Window) -> Generator[WarcRecord | Problem, None, bool]:
        """Yield the record that begins here, its problem, or both; return whether there may be more."""
        self._number += 1
        header = window.take_header(self._limits.header_bytes)
        fields = _parse_fields(header) if header is not None else None
        if fields is None:
            yield self._problem(_code_of(window.end) if window.is_broken else "warc-header")
            return self._seek_record(window)
        length = _find_length(fields)
        if length is not None and length > self._limits.record_bytes:
            yield self._problem("warc-too-large")
            window.drop(length)
            return not window.is_broken
        size, is_wrong = self._measure(window, length)
        if window.is_broken and (size is None or not window.has_record_after(size)):
            yield self._problem(_code_of(window.end))
            return False
        if size is None:
            yield self._problem("warc-too-large")
            return self._seek_record(window)
        if is_wrong:
            yield self._problem("warc-wrong-length")
        record = self._make(fields, header or b"", window.take(size))
        if not _has_its_digest(record):
            yield self._problem("warc-wrong-digest")
        yield record
        return True

    def _measure(self, window: Window, length: int | None) -> tuple[int | None, bool]:
        """Return how long the block is and whether that is not what it states; None where no end is within reach."""
        if length is not None:
            window.fill(length + 4 + len(RECORD))
            if window.ends_record_at(length):
                return length, False
        found = window.find(MARK, most=self._limits.record_bytes)
        if found is None and not window.is_at_end_within(self._limits.record_bytes):
            return None, True
        return window.trim(found), True

    def _seek_record(self, window: Window) -> bool:
        """Go to where a line begins as a record does; return whether there may be more."""
        return window.seek(MARK) and not window.is_broken

    def _make(self, fields: tuple[tuple[str, str], ...], head: bytes, block: bytes) -> WarcRecord:
        """Return the record."""
        named = {name.lower(): value for name, value in reversed(fields)}
        uri = named.get("warc-target-uri")
        return WarcRecord(
            number=self._number,
            offset=self._offset,
            type=named.get("warc-type", "").lower(),
            id=named.get("warc-record-id"),
            # Wget 1.19 and others write <URI>.
            uri=uri.removeprefix("<").removesuffix(">") if uri else None,
            date=named.get("warc-date"),
            media=named.get("content-type"),
            headers=fields,
            head=head,
            block=block,
        )

    def _next_problem(self, code: str) -> Problem:
        """Return the problem of what stands where the next record should."""
        self._number += 1
        return self._problem(code)

    def _problem(self, code: str) -> Problem:
        """Return the problem with the record's place."""
        return Problem(code=code, message=f"Record {self._number} (at byte {self._offset:,}): {MESSAGES[code]}.")


def _code_of(end: End) -> str:
    """Return the code for a stretch that ended badly."""
    return f"warc-{end.value}"


def _parse_fields(header: bytes) -> tuple[tuple[str, str], ...] | None:
    """Return the fields of a record's header; None where it is none."""
    try:
        parsed = StatusAndHeadersParser(VERSIONS).parse(io.BytesIO(header))
    except (StatusAndHeadersParserException, EOFError):
        return None
    return tuple((str(name), str(value)) for name, value in parsed.headers)


def _find_length(fields: tuple[tuple[str, str], ...]) -> int | None:
    """Return the length that is stated; None where none is, or no number."""
    stated = next((value.strip() for name, value in fields if name.lower() == "content-length"), "")
    return int(stated) if stated.isascii() and stated.isdigit() and len(stated) <= MAX_DIGITS else None


def _has_its_digest(record: WarcRecord) -> bool:
    """Tell whether the block is that of the digest stated, where one is and its kind is known."""
    algorithm, _, value = (record.get("WARC-Block-Digest") or "").strip().partition(":")
    # A revisit's digests are those of the record that it stands for, in what many tools write.
    if algorithm.lower() not in DIGESTS or record.type == "revisit":
        return True
    digest = hashlib.new(algorithm.lower(), record.block, usedforsecurity=False).digest()
    written = (base64.b32encode(digest).decode("ascii").rstrip("="), digest.hex().upper())
    return value.upper().rstrip("=") in written
