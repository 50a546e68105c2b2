"""Which documents may share text with a new one: the incremental index of fingerprints.

Adding a document looks up its few hundred fingerprints and costs a millisecond or two among 100,000 documents; what is
kept is twelve bytes for each fingerprint, some 3.5 kB for an article of 700 words.

A fingerprint that more than `MOST` documents hold is a stock phrase and counts nothing, unless so many of a document's
are of this sort that it must be a story that everybody prints: then they count, with the first documents that held
them. Documents that are nearly the same as one that is there already (twins) add only what it lacks, so that a thousand
reprints do not make their own text a stock phrase.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from sayso.corroborate.fingerprint import find_prints
from sayso.corroborate.postings import Postings
from sayso.corroborate.words import document_words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from sayso.records import Document, Span

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


@dataclass(slots=True)
class Index:
    """Fingerprints of many documents. It is not safe to add from two threads at once."""

    _postings: Postings = field(default_factory=Postings)
    _ids: list[str] = field(default_factory=list)
    _numbers: dict[str, int] = field(default_factory=dict)
    _sizes: list[int] = field(default_factory=list)
    _leaders: list[int] = field(default_factory=list)
    _twins: dict[int, list[int]] = field(default_factory=dict)
    _exact: dict[bytes, int] = field(default_factory=dict)

    def __len__(self) -> int:
        """Return how many documents were added."""
        return len(self._ids)

    @property
    def size_bytes(self) -> int:
        """Return what the fingerprints take in memory."""
        return self._postings.size_bytes

    def add(self, document: Document, *, boilerplate: Sequence[Span] = ()) -> list[Candidate]:
        """Add a document and return those added before that may share text with it, the most alike first.

        A document that was added already is only asked about.
        """
        return self.add_prints(document.id, find_prints(document_words(document, boilerplate).hashes))

    def add_prints(self, name: str, prints: NDArray[np.uint64]) -> list[Candidate]:
        """Add a document by its id and its fingerprints, each once and in order of size."""
        candidates, shared = self._find(prints, but=self._numbers.get(name))
        if name not in self._numbers:
            self._keep(name, prints, candidates, shared)
        return candidates

    def find_twins(self, name: str) -> tuple[str, ...]:
        """Return this document's first twin and all that are nearly the same as that, in order of addition."""
        if name not in self._numbers:
            return ()
        leader = self._leaders[self._numbers[name]]
        return tuple(self._ids[number] for number in (leader, *self._twins.get(leader, ())))

    def _keep(
        self, name: str, prints: NDArray[np.uint64], candidates: list[Candidate], shared: dict[int, NDArray[np.int64]]
    ) -> None:
        number = len(self._ids)
        twins = [self._numbers[candidate.document] for candidate in candidates if candidate.is_twin]
        leader = twins[0] if twins else number
        self._ids.append(name)
        self._numbers[name] = number
        self._sizes.append(len(prints))
        self._leaders.append(leader)
        if leader != number:
            self._twins.setdefault(leader, []).append(number)
            lacking = np.ones(len(prints), dtype=np.bool_)
            lacking[shared[leader]] = False
            prints = prints[lacking]
        elif len(prints):
            self._exact.setdefault(digest_prints(prints), number)
        self._postings.add(prints, number)

    def _find(
        self, prints: NDArray[np.uint64], *, but: int | None
    ) -> tuple[list[Candidate], dict[int, NDArray[np.int64]]]:
        """Return the candidates, and by number of each twin's first the places of the fingerprints that it has too."""
        places, numbers, totals = self._postings.find(prints, most=MOST - 1)
        stock = totals >= MOST
        if np.count_nonzero(stock) < MASS_SHARE * len(prints):
            kept = ~stock[places]
            places, numbers = places[kept], numbers[kept]
        found, counts = np.unique(numbers, return_counts=True)
        hits = dict(zip(found.tolist(), counts.tolist(), strict=True))
        exact = self._exact.get(digest_prints(prints)) if len(prints) else None
        if exact is not None:
            hits[exact] = len(prints)
        candidates: list[tuple[int, int, bool]] = []
        shared: dict[int, NDArray[np.int64]] = {}
        for number, count in hits.items():
            leader = self._leaders[number]
            total = count if leader == number else count + hits.get(leader, 0)
            if number == but or (total < LEAST_HITS and number != exact):
                continue
            is_twin = leader == number and count >= TWIN_SHARE * max(len(prints), self._sizes[number])
            if is_twin:
                shared[number] = np.arange(len(prints)) if number == exact else places[numbers == number]
            candidates.append((number, total, is_twin))
        candidates.sort(key=lambda one: (not one[2], -one[1], one[0]))
        return [
            Candidate(document=self._ids[number], hits=count, is_twin=is_twin)
            for number, count, is_twin in candidates[:LIMIT]
        ], shared


def digest_prints(prints: NDArray[np.uint64]) -> bytes:
    """Return what tells one list of fingerprints from another."""
    return hashlib.blake2b(prints.astype("<u8").tobytes(), digest_size=12).digest()
