"""Which documents may share text with a new one: the incremental index of fingerprints.

Adding a document looks up its few hundred fingerprints and costs a millisecond or two among 100,000 documents; what is
kept in memory is twelve bytes for each fingerprint, some 3.5 kB for an article of 700 words. On the shelves of a case
nothing needs to be loaded but what these fingerprints ask for.

A fingerprint that more than `MOST` documents hold is a stock phrase and counts nothing, unless so many of a document's
are of this sort that it must be a story that everybody prints: then they count, with the first documents that held
them. Documents that are nearly the same as one that is there already (twins) add only what it lacks, so that a thousand
reprints do not make their own text a stock phrase.
"""

from __future__ import annotations

import hashlib
import struct
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from sayso.corroborate.fingerprint import find_prints
from sayso.corroborate.packing import (
    load_counters,
    need,
    pack_key,
    pack_number,
    pack_numbers,
    pack_prints,
    pack_text,
    save_counters,
    unpack_number,
    unpack_numbers,
    unpack_prints,
    unpack_struct,
    unpack_text,
)
from sayso.corroborate.postings import Postings
from sayso.corroborate.shelved_postings import ShelvedPostings
from sayso.corroborate.shelves import MemoryShelves
from sayso.corroborate.words import document_words
from sayso.errors import DamagedRecord

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from numpy.typing import NDArray

    from sayso.corroborate.postings import PostingsMemory
    from sayso.corroborate.shelves import Shelves
    from sayso.records import Document, Span

WHAT = "index of a case"
# Numbers by id, what is kept by number, twins by leader, documents by all their fingerprints, all fingerprints of a
# twin, and the counters.
NUMBERS, ENTRIES, TWINS, EXACT, WHOLE, COUNTS = (
    f"copies.{name}" for name in ("ids", "documents", "twins", "exact", "whole", "counters")
)
# The next number, and how many documents there are.
COUNTERS = struct.Struct("<II")
# How many fingerprints a document has, and the number of the one that it is a twin of or its own; its id follows.
ENTRY = struct.Struct("<II")

# The fingerprint stands in so many documents, the new one included; and two documents share so many.
MOST = 150
LEAST_HITS = 2
# From this share on a document's stock phrases are a story that everybody prints.
MASS_SHARE = 0.1
# Both documents hold so much of the other's fingerprints.
TWIN_SHARE = 0.8
LIMIT = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A document that may share text with the one that was asked about.

    Attributes:
        document: Its id. For twins the first that was added stands for all; `Index.find_twins` names them.
        hits: How many fingerprints both have.
        is_twin: Whether the two are nearly the same.
    """

    document: str
    hits: int
    is_twin: bool = False


class Entry(NamedTuple):
    """What is kept of a document beside its fingerprints.

    Attributes:
        document: Its id.
        size: How many fingerprints it has.
        leader: The number of the first document that it is nearly the same as, or its own.
    """

    document: str
    size: int
    leader: int


class Index:
    """Fingerprints of many documents: in memory, or on the shelves of a case. Not for two threads at once."""

    def __init__(self, shelves: Shelves | None = None) -> None:
        """Work on shelves, or in memory.

        Args:
            shelves: Where all is kept; None for an index that lives as long as the process.
        """
        self._shelves = MemoryShelves() if shelves is None else shelves
        self._postings: PostingsMemory = Postings() if shelves is None else ShelvedPostings(shelves)

    def __len__(self) -> int:
        """Return how many documents there are."""
        return self._load_counters()[1]

    @property
    def size_bytes(self) -> int:
        """Return what the fingerprints take in memory; nothing of those on shelves is there."""
        return self._postings.size_bytes if isinstance(self._postings, Postings) else 0

    def add(self, document: Document, *, boilerplate: Sequence[Span] = ()) -> list[Candidate]:
        """Add a document and return those added before that may share text with it, the most alike first.

        A document that was added already is only asked about.
        """
        return self.add_prints(document.id, find_prints(document_words(document, boilerplate).hashes))

    def add_prints(self, name: str, prints: NDArray[np.uint64]) -> list[Candidate]:
        """Add a document by its id and its fingerprints, each once and in order of size."""
        number = self._find_number(name)
        found, shared = self._find(prints, but=number)
        if number is None:
            self._keep(name, prints, shared)
        return [candidate for _, candidate in found]

    def find_twins(self, name: str) -> tuple[str, ...]:
        """Return this document's first twin and all that are nearly the same as that, in order of addition."""
        number = self._find_number(name)
        if number is None:
            return ()
        leader = self._need_entry(number).leader
        numbers = (leader, *self._list_twins(leader))
        entries = self._find_entries(numbers)
        return tuple(entries[one].document for one in numbers if one in entries)

    def remove(self, name: str) -> None:
        """Forget a document. Those that were its twins are entered anew, without it; one that is not there is none."""
        number = self._find_number(name)
        if number is None:
            return
        entry = self._need_entry(number)
        twins = self._list_twins(number) if entry.leader == number else []
        if entry.leader == number:
            self._forget_exact(number)
        else:
            others = [one for one in self._list_twins(entry.leader) if one != number]
            self._shelves.hold(TWINS, {pack_key(entry.leader): pack_numbers(others) or None})
        keys = [pack_key(one) for one in (number, *twins)]
        whole = self._shelves.find_held(WHOLE, keys)
        self._postings.remove([number, *twins])
        self._shelves.hold(NUMBERS, {pack_text(name): None})
        self._shelves.hold(ENTRIES, {pack_key(number): None})
        self._shelves.hold(TWINS, {pack_key(number): None})
        self._shelves.hold(WHOLE, dict.fromkeys(keys))
        following, count = self._load_counters()
        save_counters(self._shelves, COUNTS, COUNTERS, (following, max(0, count - 1)))
        self._enter_twins({one: unpack_prints(need(whole, pack_key(one), WHAT), WHAT) for one in twins})

    def _enter_twins(self, twins: Mapping[int, NDArray[np.uint64]]) -> None:
        """Enter documents that have lost the one that led them, each as a twin of another of them or by itself."""
        leaders: dict[int, NDArray[np.uint64]] = {}
        entries = self._find_entries(twins)
        for number, prints in sorted(twins.items()):
            alike = {
                leader: len(np.intersect1d(prints, others, assume_unique=True)) for leader, others in leaders.items()
            }
            near = [
                (-hits, leader)
                for leader, hits in alike.items()
                if hits >= TWIN_SHARE * max(len(prints), len(leaders[leader]))
            ]
            leader = min(near)[1] if near else number
            if number not in entries:
                raise DamagedRecord(WHAT)
            self._enter(number, entries[number].document, prints, leader=leader, shared=leaders.get(leader))
            if leader == number:
                leaders[number] = prints

    def _keep(self, name: str, prints: NDArray[np.uint64], shared: dict[int, NDArray[np.int64]]) -> None:
        """Keep a document, as a twin of the first of those whose shared fingerprints are given."""
        number, count = self._load_counters()
        leader = next(iter(shared), number)
        save_counters(self._shelves, COUNTS, COUNTERS, (number + 1, count + 1))
        self._shelves.hold(NUMBERS, {pack_text(name): pack_number(number)})
        self._enter(number, name, prints, leader=leader, shared=prints[shared[leader]] if shared else None)

    def _enter(
        self, number: int, name: str, prints: NDArray[np.uint64], *, leader: int, shared: NDArray[np.uint64] | None
    ) -> None:
        """Enter a document under its number: one that leads with all its fingerprints, a twin with what it lacks."""
        entry = ENTRY.pack(len(prints), leader) + pack_text(name)
        self._shelves.hold(ENTRIES, {pack_key(number): entry})
        if leader != number and shared is not None:
            self._shelves.hold(TWINS, {pack_key(leader): pack_numbers([*self._list_twins(leader), number])})
            self._shelves.hold(WHOLE, {pack_key(number): pack_prints(prints)})
            prints = np.setdiff1d(prints, shared, assume_unique=True)
        elif len(prints) and self._find_exact(prints) is None:
            self._shelves.hold(EXACT, {digest_prints(prints): pack_number(number)})
        self._postings.add(prints, number)

    def _find(
        self, prints: NDArray[np.uint64], *, but: int | None
    ) -> tuple[list[tuple[int, Candidate]], dict[int, NDArray[np.int64]]]:
        """Return the candidates with their numbers, and what each twin of them shares.

        That is, by number of those that lead, the most alike first, the places of the fingerprints that it has too.
        """
        places, numbers, totals = self._postings.find(prints, most=MOST - 1)
        stock = totals >= MOST
        if np.count_nonzero(stock) < MASS_SHARE * len(prints):
            kept = ~stock[places]
            places, numbers = places[kept], numbers[kept]
        found, counts = np.unique(numbers, return_counts=True)
        hits = dict(zip(found.tolist(), counts.tolist(), strict=True))
        exact = self._find_exact(prints) if len(prints) else None
        if exact is not None:
            hits[exact] = len(prints)
        entries = self._find_entries(hits)
        candidates: list[tuple[int, Candidate]] = []
        shared: dict[int, NDArray[np.int64]] = {}
        for number, count in hits.items():
            if number == but or number not in entries:
                continue
            entry = entries[number]
            total = count if entry.leader == number else count + hits.get(entry.leader, 0)
            if total < LEAST_HITS and number != exact:
                continue
            is_twin = entry.leader == number and count >= TWIN_SHARE * max(len(prints), entry.size)
            if is_twin:
                shared[number] = np.arange(len(prints)) if number == exact else places[numbers == number]
            candidates.append((number, Candidate(document=entry.document, hits=total, is_twin=is_twin)))
        candidates.sort(key=lambda one: (not one[1].is_twin, -one[1].hits, one[0]))
        twins = [number for number, candidate in candidates[:LIMIT] if candidate.is_twin]
        return candidates[:LIMIT], {number: shared[number] for number in twins}

    def _find_number(self, name: str) -> int | None:
        """Return a document's number; None for one that was not added."""
        key = pack_text(name)
        data = self._shelves.find_held(NUMBERS, [key]).get(key)
        return None if data is None else unpack_number(data, WHAT)

    def _find_exact(self, prints: NDArray[np.uint64]) -> int | None:
        """Return the number of the first document with just these fingerprints; None where there is none."""
        key = digest_prints(prints)
        data = self._shelves.find_held(EXACT, [key]).get(key)
        return None if data is None else unpack_number(data, WHAT)

    def _forget_exact(self, number: int) -> None:
        """Forget that a document's fingerprints are just these."""
        prints = self._postings.list_prints(number)
        if len(prints) and self._find_exact(prints) == number:
            self._shelves.hold(EXACT, {digest_prints(prints): None})

    def _find_entries(self, numbers: Iterable[int]) -> dict[int, Entry]:
        """Return what is kept of documents by number; those of which there is nothing are left out."""
        keys = {pack_key(number): number for number in numbers}
        return {keys[key]: unpack_entry(data) for key, data in self._shelves.find_held(ENTRIES, keys).items()}

    def _need_entry(self, number: int) -> Entry:
        """Return what is kept of a document that must be there."""
        return unpack_entry(need(self._shelves.find_held(ENTRIES, [pack_key(number)]), pack_key(number), WHAT))

    def _list_twins(self, leader: int) -> list[int]:
        """Return the numbers of a document's twins, in order of addition."""
        key = pack_key(leader)
        twins: list[int] = unpack_numbers(self._shelves.find_held(TWINS, [key]).get(key, b""), WHAT).tolist()
        return twins

    def _load_counters(self) -> tuple[int, ...]:
        """Return the next number and how many documents there are."""
        return load_counters(self._shelves, COUNTS, COUNTERS, WHAT)


def unpack_entry(data: bytes) -> Entry:
    """Return what was kept of a document.

    Raises:
        DamagedRecord: It is nothing of the kind.
    """
    size, leader = unpack_struct(ENTRY, data[: ENTRY.size], WHAT)
    return Entry(unpack_text(data[ENTRY.size :], WHAT), size, leader)


def digest_prints(prints: NDArray[np.uint64]) -> bytes:
    """Return what tells one list of fingerprints from another."""
    return hashlib.blake2b(prints.astype("<u8").tobytes(), digest_size=12).digest()
