"""Which documents hold a fingerprint, on shelves: for a case that is never in memory as a whole.

A fingerprint is a key, the documents that hold it are its value. Where they are many the first of them stay with the
key and the rest lie on pages of their own, so that one more document writes no more than a page.
"""

from __future__ import annotations

import struct
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from sayso.corroborate.packing import (
    MAX_NUMBER,
    NUMBER_BYTES,
    PRINT_BYTES,
    pack_key,
    pack_number,
    pack_numbers,
    pack_prints,
    unpack_numbers,
    unpack_prints,
)
from sayso.errors import DamagedRecord

if TYPE_CHECKING:
    from collections.abc import Collection

    from numpy.typing import NDArray

    from sayso.corroborate.postings import Hits
    from sayso.corroborate.shelves import Shelves

WHAT = "fingerprints of a case"
# Documents of a fingerprint, more of them, and fingerprints of a document.
PRINTS, PAGES, OWN = "copies.prints", "copies.more", "copies.own"
# So many documents stay with the fingerprint; so many lie on a page; so many pages there are at most.
HEAD, PAGE, MOST_PAGES = 150, 200, 1 << 17
# Behind the numbers of a head that has pages: how many documents in all, the first page and the last; and a byte that
# makes the length odd.
TRAILER = struct.Struct("<IIIB")


class Head(NamedTuple):
    """What is held under a fingerprint.

    Attributes:
        numbers: The first documents, packed.
        total: How many there are in all.
        first: Its first page.
        last: Its last page; there are none if that is less than the first.
    """

    numbers: bytes
    total: int
    first: int = 1
    last: int = 0

    def pack(self) -> bytes:
        """Return it as bytes."""
        return self.numbers if self.last < self.first else self.numbers + TRAILER.pack(*self[1:], 0)


class ShelvedPostings:
    """Fingerprints with the numbers of the documents that each stands in, on shelves."""

    def __init__(self, shelves: Shelves) -> None:
        """Work on these shelves."""
        self._shelves = shelves
        # What was asked for last, mostly to be added to next.
        self._asked: tuple[bytes, dict[bytes, bytes]] = b"", {}

    def find(self, prints: NDArray[np.uint64], *, most: int) -> Hits:
        """Return where the fingerprints, which must be in order, stand; of each at most so many, the first added."""
        packed = pack_keys(prints)
        held = self._shelves.find_held(PRINTS, cut_keys(packed))
        self._asked = packed, held
        places, numbers = [], []
        totals = np.zeros(len(prints), dtype=np.int64)
        for place, key in enumerate(cut_keys(packed)):
            if key in held:
                head = unpack_head(held[key])
                totals[place] = head.total
                numbers.append(head.numbers[: most * NUMBER_BYTES])
                places.append(place)
        counts = [len(taken) // NUMBER_BYTES for taken in numbers]
        found = unpack_numbers(b"".join(numbers), WHAT)
        return np.repeat(np.asarray(places, dtype=np.int64), counts), found.astype(np.int32), totals

    def add(self, prints: NDArray[np.uint64], number: int) -> None:
        """Add one document's fingerprints, each once and in order."""
        if not len(prints):
            return
        packed = pack_keys(prints)
        keys, asked = cut_keys(packed), self._asked
        # The fingerprints that a twin lacks are some of those that were asked for.
        held = asked[1] if set(keys) <= set(cut_keys(asked[0])) else self._shelves.find_held(PRINTS, keys)
        self._asked = b"", {}
        own, full = pack_number(number), HEAD * NUMBER_BYTES
        heads: dict[bytes, bytes | None] = {}
        many: dict[bytes, Head] = {}
        for key in keys:
            data = held.get(key, b"")
            if len(data) < full:
                heads[key] = data + own
            else:
                many[key] = unpack_head(data)
        if many:
            pages: dict[bytes, bytes | None] = {}
            last = {key: page_key(key, head.last) for key, head in many.items() if head.last >= head.first}
            found = self._shelves.find_held(PAGES, last.values())
            for key, head in many.items():
                page = found.get(last.get(key, b""), b"")
                is_new = key not in last or len(page) >= PAGE * NUMBER_BYTES
                grown = head._replace(total=head.total + 1, last=head.last + is_new)
                pages[page_key(key, grown.last)] = own if is_new else page + own
                heads[key] = grown.pack()
            self._shelves.hold(PAGES, pages)
        self._shelves.hold(PRINTS, heads)
        self._shelves.hold(OWN, {pack_key(number): pack_prints(prints)})

    def list_prints(self, number: int) -> NDArray[np.uint64]:
        """Return the fingerprints that were added for a document, in order."""
        key = pack_key(number)
        return unpack_prints(self._shelves.find_held(OWN, [key]).get(key, b""), WHAT)

    def remove(self, numbers: Collection[int]) -> None:
        """Take documents out of all fingerprints; the others stay in order of addition."""
        self._asked = b"", {}
        own = self._shelves.find_held(OWN, map(pack_key, numbers))
        keys = (
            cut_keys(pack_keys(np.unique(np.concatenate([unpack_prints(data, WHAT) for data in own.values()]))))
            if own
            else []
        )
        gone = np.asarray(sorted(numbers), dtype=np.int64)
        heads: dict[bytes, bytes | None] = {}
        for key, data in self._shelves.find_held(PRINTS, keys).items():
            head = unpack_head(data)
            left = self._take_out(key, head, gone)
            heads[key] = left.pack() if left.total else None
        self._shelves.hold(PRINTS, heads)
        self._shelves.hold(OWN, dict.fromkeys(own))

    def _take_out(self, key: bytes, head: Head, gone: NDArray[np.int64]) -> Head:
        """Return a head without some documents, filled up from its pages, which are written as far as they change."""
        kept = drop(head.numbers, gone)
        if head.last < head.first:
            return Head(kept, len(kept) // NUMBER_BYTES)
        held = self._shelves.find_held(PAGES, (page_key(key, page) for page in range(head.first, head.last + 1)))
        pages = {page_key: drop(data, gone) for page_key, data in sorted(held.items())}
        full = HEAD * NUMBER_BYTES
        for place, data in pages.items():
            if len(kept) >= full:
                break
            lacking = full - len(kept)
            kept, pages[place] = kept + data[:lacking], data[lacking:]
        self._shelves.hold(PAGES, {place: data or None for place, data in pages.items() if data != held[place]})
        left = [unpack_page(place) for place, data in pages.items() if data]
        total = (len(kept) + sum(map(len, pages.values()))) // NUMBER_BYTES
        return Head(kept, total, left[0], left[-1]) if left else Head(kept, total)


def unpack_head(data: bytes) -> Head:
    """Return what was held under a fingerprint.

    Raises:
        DamagedRecord: It is nothing of the kind.
    """
    if len(data) % NUMBER_BYTES == 0 and 0 < len(data) <= HEAD * NUMBER_BYTES:
        return Head(data, len(data) // NUMBER_BYTES)
    if len(data) != HEAD * NUMBER_BYTES + TRAILER.size:
        raise DamagedRecord(WHAT)
    total, first, last, _ = TRAILER.unpack(data[-TRAILER.size :])
    if not HEAD < total < MAX_NUMBER or not 1 <= first <= last < first + MOST_PAGES:
        raise DamagedRecord(WHAT)
    return Head(data[: -TRAILER.size], total, first, last)


def drop(data: bytes, gone: NDArray[np.int64]) -> bytes:
    """Return packed numbers without some."""
    numbers = unpack_numbers(data, WHAT)
    return pack_numbers(numbers[np.isin(numbers, gone, invert=True)].tolist())


def pack_keys(prints: NDArray[np.uint64]) -> bytes:
    """Return fingerprints as keys, one after the other."""
    return prints.astype(">u8").tobytes()


def cut_keys(packed: bytes) -> list[bytes]:
    """Return the single keys."""
    return [packed[at : at + PRINT_BYTES] for at in range(0, len(packed), PRINT_BYTES)]


def page_key(key: bytes, page: int) -> bytes:
    """Return the key of a page."""
    return key + pack_key(page)


def unpack_page(key: bytes) -> int:
    """Return the page of which this is the key."""
    return int.from_bytes(key[PRINT_BYTES:], "big")
