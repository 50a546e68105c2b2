"""A view on a stretch of an archive: looked ahead in, taken from, and never larger than what is asked of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sayso.warc.members import RECORD, End

if TYPE_CHECKING:
    from sayso.warc.members import Member, Plain

STEP_BYTES = 1 << 16
COMPACT_BYTES = 1 << 20
BLANK = b"\r\n"
BLANK_BYTES = 256


class Window:
    """The bytes from the place that has been reached. Taking moves a mark and no bytes, so that each is moved once."""

    def __init__(self, stretch: Member | Plain, *, offset: int) -> None:
        """Begin where the stretch does, at this byte of the file."""
        self._stretch = stretch
        self._buffer = bytearray()
        self._at = 0
        self._begin = offset
        self._gone = 0
        self.is_packed = stretch.is_packed

    @property
    def offset(self) -> int:
        """The byte of the file that has been reached; in a gzip member, at which the member begins."""
        return self._begin if self.is_packed else self._begin + self._gone + self._at

    @property
    def end(self) -> End:
        """How the stretch ended, as far as it has been read."""
        return self._stretch.end

    @property
    def is_broken(self) -> bool:
        """Whether the stretch ended otherwise than it should."""
        return self.end not in {End.OPEN, End.WHOLE}

    def fill(self, count: int) -> int:
        """Return how many of so many bytes are there to be looked at; fewer only at the end."""
        while len(self._buffer) - self._at < count:
            more = self._stretch.read(STEP_BYTES)
            if not more:
                break
            self._buffer += more
        return min(count, len(self._buffer) - self._at)

    def look(self, count: int) -> bytes:
        """Return up to so many of the next bytes."""
        return bytes(self._buffer[self._at : self._at + self.fill(count)])

    def take(self, count: int) -> bytes:
        """Return up to so many bytes and go past them."""
        found = self.look(count)
        self._pass(len(found))
        return found

    def drop(self, count: int) -> None:
        """Go past up to so many bytes."""
        self._stretch.is_skipping = True
        while count > 0 and (step := self.fill(min(STEP_BYTES, count))):
            self._pass(step)
            count -= step
        self._stretch.is_skipping = False

    def skip_blank_lines(self) -> None:
        """Go to the next byte that is no line end."""
        while self.fill(1):
            here = bytes(self._buffer[self._at : self._at + BLANK_BYTES])
            blank = len(here) - len(here.lstrip(BLANK))
            self._pass(blank)
            if blank < len(here):
                return

    def take_header(self, most: int) -> bytes | None:
        """Return the bytes up to and with the first empty line, and go past them; None where it is not within reach."""
        searched = 0
        while True:
            there = self.fill(min(most, searched + STEP_BYTES))
            here, stop = self._at + max(0, searched - 3), self._at + there
            crlf = self._buffer.find(b"\r\n\r\n", here, stop)
            bare = self._buffer.find(b"\n\n", here, stop if crlf < 0 else crlf)
            if bare >= 0 or crlf >= 0:
                return self.take((bare + 2 if bare >= 0 else crlf + 4) - self._at)
            if there <= searched or there >= most:
                return None
            searched = there

    def ends_record_at(self, count: int) -> bool:
        """Tell whether a record ends after so many bytes: then come blank lines, and another record or the end."""
        there = self.fill(count + 4 + len(RECORD))
        if there < count:
            return False
        rest = bytes(self._buffer[self._at + count : self._at + there])
        if count + 4 + len(RECORD) > there:
            return not rest.strip(BLANK)  # the stretch ends here
        after = rest.lstrip(BLANK)
        return len(after) < len(rest) and RECORD.startswith(after[: len(RECORD)])

    def find(self, mark: bytes, *, most: int) -> int | None:
        """Return how far ahead the mark stands, within so many bytes; None where it does not."""
        searched = 0
        while True:
            there = self.fill(min(most, searched + STEP_BYTES))
            at = self._buffer.find(mark, self._at + max(0, searched - len(mark)), self._at + there)
            if at >= 0:
                return at - self._at
            if there <= searched or there >= most:
                return None
            searched = there

    def is_at_end_within(self, most: int) -> bool:
        """Tell whether the stretch ends within so many bytes."""
        return self.fill(most + 1) <= most

    def trim(self, count: int | None) -> int:
        """Return how many of so many bytes (None: all to the end) remain without the blank lines after a record."""
        stop = len(self._buffer) if count is None else self._at + count
        for _ in range(4):
            if stop > self._at and self._buffer[stop - 1] in BLANK:
                stop -= 1
        return stop - self._at

    def has_record_after(self, count: int) -> bool:
        """Tell whether another record begins after so many bytes."""
        after = bytes(self._buffer[self._at + count : self._at + count + 4 + len(RECORD)])
        return after.lstrip(BLANK).startswith(RECORD)

    def seek(self, mark: bytes) -> bool:
        """Go to just after the mark's line end, or to the end; tell whether any bytes were passed."""
        passed = 0
        self._stretch.is_skipping = True
        while there := self.fill(STEP_BYTES):
            at = self._buffer.find(mark, self._at, self._at + there)
            # The mark may stand across the border of two steps.
            step = at + 1 - self._at if at >= 0 else there if there < STEP_BYTES else there - len(mark) + 1
            self._pass(step)
            passed += step
            if at >= 0:
                break
        self._stretch.is_skipping = False
        return passed > 0

    def _pass(self, count: int) -> None:
        """Go past so many bytes that are there."""
        self._at += count
        if self._at >= COMPACT_BYTES or self._at == len(self._buffer):
            del self._buffer[: self._at]
            self._gone += self._at
            self._at = 0
