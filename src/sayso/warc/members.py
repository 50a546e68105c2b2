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

    def read(self, count: int) -> bytes:
        """Return up to so many bytes; none only at the end."""
        data = self._packed.take(count)
        if not data:
            self.end = End.WHOLE
        return data


class Member:
    """One gzip member."""

    def __init__(self, packed: Packed, limits: Limits) -> None:
        """Read from the file's place, where a member begins."""
        self._packed = packed
        self._limits = limits
        self._inflater = zlib.decompressobj(16 + zlib.MAX_WBITS)
        self._fed = b""
        self._is_first = True
        self.packed_bytes = 0
        self.unpacked_bytes = 0
        self.end = End.OPEN
        self.is_packed = True
        self._is_held_to_ratio = limits.ratio is not None

    def read(self, count: int) -> bytes:
        """Return up to so many unpacked bytes; none only at the end, whose manner is then in `end`."""
        while self.end is End.OPEN:
            data = self._inflater.unconsumed_tail or self._feed()
            try:
                found = self._inflater.decompress(data, count)
            except zlib.error:
                self._fail(End.DAMAGED)
                return b""
            self.unpacked_bytes += len(found)
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

    def skip(self, most: int) -> int:
        """Return how many bytes of the rest were unpacked and dropped; `end` stays open if there are more."""
        dropped = 0
        self._is_held_to_ratio = False
        if self.end is End.BOMB:
            self.end = End.OPEN
        while dropped < most and (found := self.read(STEP_BYTES)):
            dropped += len(found)
        return dropped

    def give_up(self) -> None:
        """Leave the member: what was fed last is looked through again for the next one."""
        self._fail(End.BOMB)

    def _feed(self) -> bytes:
        """Return the next packed bytes."""
        data = self._packed.take(STEP_BYTES)
        self.packed_bytes += len(data)
        self._fed += data
        if len(self._fed) > LOOK_BACK_BYTES:
            self._fed = self._fed[-LOOK_BACK_BYTES:]
            self._is_first = False
        return data

    def _is_bomb(self) -> bool:
        """Tell whether the member swells beyond the ratio."""
        if not self._is_held_to_ratio or self.unpacked_bytes < self._limits.ratio_from_bytes:
            return False
        # What lies unread in the inflater has been paid for and not been unpacked.
        used = self.packed_bytes - len(self._inflater.unconsumed_tail)
        return self.unpacked_bytes > (self._limits.ratio or 0) * used

    def _fail(self, end: End) -> None:
        """End here and go back to where the next member may begin, but not to this one's own start."""
        self.end = end
        self._packed.give_back(self._fed[1:] if self._is_first else self._fed)
        self._fed = b""
