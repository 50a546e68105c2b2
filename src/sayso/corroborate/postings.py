"""Which documents hold a fingerprint: an inverted index in few plain arrays, added to document by document.

Fingerprints are kept as sorted runs. New ones go into a small buffer; when it is full it becomes a run, and runs of
like size are merged, up to a largest size, so that no single addition has to wait for a large merge.

Source: O'Neil et al., The log-structured merge-tree (Acta Informatica 1996).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Collection

    from numpy.typing import NDArray

    # For each hit the place of the fingerprint; for each hit the document; how many documents hold each fingerprint.
    Hits = tuple[NDArray[np.int64], NDArray[np.int32], NDArray[np.int64]]

BUFFER = 1 << 15
FAN_OUT = 4
# Merging a run of this size takes about a third of a second; it happens once in some 15,000 articles.
LARGEST_RUN = 1 << 22


class PostingsMemory(Protocol):
    """Fingerprints with the numbers of the documents that each stands in, wherever they are kept."""

    def add(self, prints: NDArray[np.uint64], number: int) -> None:
        """Add one document's fingerprints, each once and in order."""
        ...

    def find(self, prints: NDArray[np.uint64], *, most: int) -> Hits:
        """Return where the fingerprints, which must be in order, stand; of each at most so many, the first added."""
        ...

    def list_prints(self, number: int) -> NDArray[np.uint64]:
        """Return the fingerprints that were added for a document, in order."""
        ...

    def remove(self, numbers: Collection[int]) -> None:
        """Take documents out of all fingerprints; the others stay in order of addition."""
        ...


class Postings:
    """Fingerprints with the number of the document that each stands in, in memory."""

    def __init__(self) -> None:
        """Start with none."""
        self._runs: list[tuple[NDArray[np.uint64], NDArray[np.int32]]] = []
        self._new: dict[int, list[int]] = {}
        self._waiting: list[tuple[NDArray[np.uint64], int]] = []
        self._waiting_size = 0

    @property
    def size_bytes(self) -> int:
        """Return what the sorted runs take; the buffer takes a few megabytes on top."""
        return sum(prints.nbytes + numbers.nbytes for prints, numbers in self._runs)

    def add(self, prints: NDArray[np.uint64], number: int) -> None:
        """Add one document's fingerprints."""
        for value in prints.tolist():
            self._new.setdefault(value, []).append(number)
        self._waiting.append((prints, number))
        self._waiting_size += len(prints)
        if self._waiting_size >= BUFFER:
            self._flush()

    def find(self, prints: NDArray[np.uint64], *, most: int) -> Hits:
        """Return where the fingerprints, which must be in order, stand; of each at most so many, the first added.

        Returns:
            For each hit the place of the fingerprint in `prints`; for each hit the document; and for each fingerprint
            how many documents hold it in all.
        """
        places = [np.zeros(0, dtype=np.int64)]
        numbers = [np.zeros(0, dtype=np.int32)]
        totals = np.zeros(len(prints), dtype=np.int64)
        for kept, documents in self._runs:
            low = np.searchsorted(kept, prints, "left")
            hit = np.flatnonzero(kept[np.minimum(low, len(kept) - 1)] == prints)
            if len(hit):
                found = np.searchsorted(kept, prints[hit], "right") - low[hit]
                counts = np.minimum(found, np.maximum(0, most - totals[hit]))
                totals[hit] += found
                places.append(np.repeat(hit, counts))
                numbers.append(documents[spread(low[hit], counts)])
        new = [(place, self._new[value]) for place, value in enumerate(prints.tolist()) if value in self._new]
        for place, waiting in new:
            taken = waiting[: max(0, most - int(totals[place]))]
            totals[place] += len(waiting)
            places.append(np.full(len(taken), place))
            numbers.append(np.asarray(taken, dtype=np.int32))
        return np.concatenate(places), np.concatenate(numbers), totals

    def list_prints(self, number: int) -> NDArray[np.uint64]:
        """Return the fingerprints that were added for a document, in order. All of them are gone through."""
        held = [prints[numbers == number] for prints, numbers in self._runs]
        held += [prints for prints, one in self._waiting if one == number]
        return np.sort(np.concatenate([np.zeros(0, dtype=np.uint64), *held]))

    def remove(self, numbers: Collection[int]) -> None:
        """Take documents out of all fingerprints; the others stay in order of addition. All are gone through."""
        gone = np.asarray(sorted(numbers), dtype=np.int32)
        kept = [(run, np.isin(run[1], gone, invert=True)) for run in self._runs]
        self._runs = [(prints[there], documents[there]) for (prints, documents), there in kept if there.any()]
        waiting = [(prints, number) for prints, number in self._waiting if number not in numbers]
        self._new, self._waiting, self._waiting_size = {}, [], 0
        for prints, number in waiting:
            self.add(prints, number)

    def _flush(self) -> None:
        """Turn the buffer into a run, and merge runs that have become many."""
        prints = np.concatenate([prints for prints, _ in self._waiting])
        numbers = np.repeat(
            np.asarray([number for _, number in self._waiting], dtype=np.int32),
            [len(prints) for prints, _ in self._waiting],
        )
        self._runs.append(sort_run(prints, numbers))
        self._new, self._waiting, self._waiting_size = {}, [], 0
        size = BUFFER
        while size < LARGEST_RUN:
            tail = self._runs[-FAN_OUT:]
            if len(tail) < FAN_OUT or max(len(prints) for prints, _ in tail) >= size * FAN_OUT:
                return
            merged = sort_run(np.concatenate([run[0] for run in tail]), np.concatenate([run[1] for run in tail]))
            self._runs[-FAN_OUT:] = [merged]
            size *= FAN_OUT


def sort_run(prints: NDArray[np.uint64], numbers: NDArray[np.int32]) -> tuple[NDArray[np.uint64], NDArray[np.int32]]:
    """Return fingerprints and their documents in order of the fingerprints."""
    order = np.argsort(prints, kind="stable")
    return prints[order], numbers[order]


def spread(starts: NDArray[np.int64], counts: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return the numbers of each range in turn.

    Example: starts ``[5, 9]``, counts ``[2, 1]`` -> ``[5, 6, 9]``
    """
    ends = np.cumsum(counts)
    return np.arange(ends[-1] if len(ends) else 0) + np.repeat(starts - ends + counts, counts)
