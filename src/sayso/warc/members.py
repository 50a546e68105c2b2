"""An archive's bytes as stretches that are read with a bound: gzip members, unpacked as asked, or the plain file.

A damaged member costs itself and no more: the next is looked for in the packed bytes.
"""

from __future__ import annotations

import zlib
from enum import Enum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from typing import BinaryIO

    from sayso.warc.limits import Limits

STEP_BYTES = 1 << 14
PADDING = b"\r\n\0"
GZIP = b"\x1f\x8b\x08"
RECORD = b"WARC/1."
TRIAL_BYTES = 512
SKIP_BYTES = 1 << 18
# So many bytes out of one that is packed cost no more than reading the file: films and pictures that are passed over.
FREE_RATIO = 20
# After a cut the inflater takes the next member for its own data; it notices within the first few hundred bytes.
LOOK_BACK_BYTES = 4 * STEP_BYTES


class End(Enum):
    """How a stretch ended."""

    OPEN = "open"
    WHOLE = "whole"
    CUT_OFF = "cut-off"
    DAMAGED = "damaged"
    BOMB = "bomb"


class Packed:
    """The bytes of the file, with a look ahead and a way back."""

    def __init__(self, stream: BinaryIO) -> None:
        """Start at the stream's place."""
        self._stream = stream
        self._buffer = b""
        self.offset = 0

    def peek(self, count: int) -> bytes:
        """Return up to so many of the next bytes; fewer only at the end."""
        while len(self._buffer) < count and (more := self._stream.read(max(STEP_BYTES, count - len(self._buffer)))):
            self._buffer += more
        return self._buffer[:count]

    def take(self, count: int) -> bytes:
        """Return up to so many bytes and go past them; none only at the end."""
        taken = self.peek(1) and self._buffer[:count]
        self._buffer = self._buffer[len(taken) :]
        self.offset += len(taken)
        return taken

    def look_past_padding(self, count: int) -> bytes:
        """Return up to so many of the next bytes that are no padding: line ends and zeros."""
        while window := self.peek(TRIAL_BYTES):
            blank = len(window) - len(window.lstrip(PADDING))
            self.take(blank)
            if blank < len(window):
                break
        return self.peek(count)

    def give_back(self, data: bytes) -> None:
        """Go back over bytes that were taken last."""
        self._buffer = data + self._buffer
        self.offset -= len(data)

    def seek_member(self) -> bool:
        """Go to the next gzip member that begins with a record; False where there is none."""
        while window := self.peek(STEP_BYTES):
            at = window.find(GZIP)
            if at < 0:
                # The mark may stand across the border of two steps.
                self.take(len(window) if len(window) < STEP_BYTES else len(window) - len(GZIP) + 1)
                continue
            self.take(at)
            if _begins_record(self.peek(TRIAL_BYTES)):
                return True
            self.take(1)
        return False


def _begins_record(packed: bytes) -> bool:
    """Tell whether the packed bytes unpack to the start of a record."""
    try:
        return zlib.decompressobj(16 + zlib.MAX_WBITS).decompress(packed, len(RECORD)) == RECORD
    except zlib.error:
        return False


class Plain:
    """An archive that is not packed: one stretch."""

    def __init__(self, packed: Packed) -> None:
        """Read from the file's place."""
        self._packed = packed
        self.end = End.OPEN
        self.is_packed = False
        self.is_skipping = False

    def read(self, count: int) -> bytes:
        """Return up to so many bytes; none only at the end."""
        data = self._packed.take(count)
        if not data:
            self.end = End.WHOLE
        return data


class Member:
    """One gzip member."""

    def __init__(self, packed: Packed, limits: Limits, *, most_skipped: int) -> None:
        """Read from the file's place, where a member begins; of it so many bytes may be skipped."""
        self._packed = packed
        self._limits = limits
        self._inflater = zlib.decompressobj(16 + zlib.MAX_WBITS)
        self._fed = b""
        self._is_first = True
        self._packed_bytes = 0
        self._unpacked_bytes = 0
        self._most_skipped = most_skipped
        self.skipped_bytes = 0
        self.is_skipping = False
        self.end = End.OPEN
        self.is_packed = True
        self._is_held_to_ratio = limits.ratio is not None

    def read(self, count: int) -> bytes:
        """Return up to so many unpacked bytes; none only at the end, whose manner is then in `end`."""
        while self.end is End.OPEN:
            before = self._find_used()
            data = self._inflater.unconsumed_tail or self._feed()
            try:
                found = self._inflater.decompress(data, count)
            except zlib.error:
                self._fail(End.DAMAGED)
                return b""
            self._unpacked_bytes += len(found)
            if self.is_skipping:
                self.skipped_bytes += max(0, len(found) - FREE_RATIO * (self._find_used() - before))
            if self._inflater.eof:
                self._packed.give_back(self._inflater.unused_data)
                self.end = End.WHOLE
            elif not data and not found:
                self._fail(End.CUT_OFF)
            elif self._is_bomb():
                self.end = End.BOMB
            if found:
                return found
        return b""

    def skip(self) -> None:
        """Unpack the rest and drop it; `end` then tells whether that was more than may be skipped."""
        self._is_held_to_ratio = False
        self.is_skipping = True
        if self.end is End.BOMB:
            self.end = End.OPEN
        while self.read(SKIP_BYTES):
            pass

    def give_up(self) -> None:
        """Leave the member: what was fed last is looked through again for the next one."""
        self._fail(End.BOMB)

    def _feed(self) -> bytes:
        """Return the next packed bytes."""
        data = self._packed.take(STEP_BYTES)
        self._packed_bytes += len(data)
        self._fed += data
        if len(self._fed) > LOOK_BACK_BYTES:
            self._fed = self._fed[-LOOK_BACK_BYTES:]
            self._is_first = False
        return data

    def _find_used(self) -> int:
        """Return how many packed bytes were unpacked; what lies unread in the inflater was not."""
        return self._packed_bytes - len(self._inflater.unconsumed_tail)

    def _is_bomb(self) -> bool:
        """Tell whether the member swells beyond the ratio, or more of it was skipped than may be."""
        if self.skipped_bytes > self._most_skipped:
            return True
        if not self._is_held_to_ratio or self._unpacked_bytes < self._limits.ratio_from_bytes:
            return False
        return self._unpacked_bytes > (self._limits.ratio or 0) * self._find_used()

    def _fail(self, end: End) -> None:
        """End here and go back to where the next member may begin, but not to this one's own start."""
        self.end = end
        self._packed.give_back(self._fed[1:] if self._is_first else self._fed)
        self._fed = b""
