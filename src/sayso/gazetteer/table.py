"""The one file of the gazetteer: how it is written, and how it is looked up without being unpacked.

::

    8 bytes    SAYSOGZ1
    8 bytes    length of the head, little-endian
    head       JSON: countries, regions, and where each column begins
    columns    at multiples of 8: numbers of one width each, then the names, one after the other

A look-up goes through ``keys``: 64-bit numbers in order, of which the upper 40 bits are the hash of a folded name, one
bit says whether that is another name than the place's own, and 23 bits are the place's number.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from sayso.gazetteer.folding import fold_name, key_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

MAGIC = b"SAYSOGZ1"
SCALES = ("continent", "country", "region", "city")
COLUMNS = {
    "keys": "<u8",
    "ids": "<u4",
    "latitudes": "<f4",
    "longitudes": "<f4",
    "populations": "<u4",
    "regions": "<u2",
    "lengths": "u1",
    "scales": "u1",
    "names": "u1",
}
ROW_BITS = 23
ALIAS_BIT = 1 << ROW_BITS
KEY_SHIFT = ROW_BITS + 1
HEAD_START = 16


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One place as it is written.

    Attributes:
        id: Its GeoNames id.
        name: Its usual name; at most 255 bytes in UTF-8.
        scale: One of `SCALES`.
        country: ISO 3166-1 alpha-2; None for a continent.
        region: Name of its first-order division; None where there is none.
        latitude: Degrees north.
        longitude: Degrees east.
        population: 0 where unknown.
        equals: Folded other names that are as good as its own ("Britain").
        aliases: Folded other names that are less likely to mean it.
    """

    id: int
    name: str
    scale: str
    country: str | None
    region: str | None
    latitude: float
    longitude: float
    population: int
    equals: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()


class Damaged(ValueError):
    """The bytes are no table of this format."""


def write_table(rows: Sequence[Row]) -> bytes:
    """Return the file's bytes; the same rows give the same bytes."""
    areas = sorted({(row.country or "", row.region or "") for row in rows})
    number = {area: n for n, area in enumerate(areas)}
    encoded = [row.name.encode("utf-8") for row in rows]
    keys: set[int] = set()
    for n, row in enumerate(rows):
        own = {fold_name(row.name), *row.equals}
        keys |= {(key_of(name) << KEY_SHIFT) | n for name in own}
        keys |= {(key_of(name) << KEY_SHIFT) | ALIAS_BIT | n for name in {*row.aliases} - own}
    values: dict[str, Any] = {
        "keys": sorted(keys),
        "ids": [row.id for row in rows],
        "latitudes": [row.latitude for row in rows],
        "longitudes": [row.longitude for row in rows],
        "populations": [row.population for row in rows],
        "regions": [number[row.country or "", row.region or ""] for row in rows],
        "lengths": [len(name) for name in encoded],
        "scales": [SCALES.index(row.scale) for row in rows],
    }
    blobs = {name: np.asarray(values[name], dtype=COLUMNS[name]).tobytes() for name in values}
    blobs["names"] = b"".join(encoded)
    places = {}
    at = 0
    for name in COLUMNS:
        places[name] = [at, len(blobs[name])]
        at += -(-len(blobs[name]) // 8) * 8
    head = json.dumps({"areas": areas, "columns": places}, ensure_ascii=False, separators=(",", ":")).encode("utf-8")
    head += b" " * (-len(head) % 8)
    body = b"".join(blobs[name].ljust(-(-len(blobs[name]) // 8) * 8, b"\0") for name in COLUMNS)
    return MAGIC + len(head).to_bytes(8, "little") + head + body


class Table:
    """A table in memory: arrays over the file's own bytes."""

    def __init__(self, data: bytes) -> None:
        """Take the file's bytes.

        Raises:
            Damaged: If they are none of this format.
        """
        if data[: len(MAGIC)] != MAGIC:
            message = "it does not begin as a gazetteer does"
            raise Damaged(message)
        size = int.from_bytes(data[len(MAGIC) : HEAD_START], "little")
        try:
            head = json.loads(data[HEAD_START : HEAD_START + size])
            columns = {
                name: np.frombuffer(data, kind, head["columns"][name][1] // np.dtype(kind).itemsize, offset)
                for name, kind in COLUMNS.items()
                for offset in [HEAD_START + size + head["columns"][name][0]]
            }
            self.areas: list[tuple[str, str]] = [(str(country), str(region)) for country, region in head["areas"]]
        except (ValueError, KeyError, TypeError, IndexError) as error:
            message = "its columns cannot be read"
            raise Damaged(message) from error
        self.columns = columns
        self.keys: NDArray[np.uint64] = columns["keys"]
        self.ends = np.cumsum(columns["lengths"], dtype=np.uint32)
        self.names = columns["names"]

    def __len__(self) -> int:
        """Return how many places it has."""
        return len(self.ends)

    def find_rows(self, folded: str) -> tuple[list[int], list[int]]:
        """Return the numbers of places whose own name this is, and of those that it is another name of."""
        low = key_of(folded) << KEY_SHIFT
        bounds = np.array([low, low + (1 << KEY_SHIFT) - 1], dtype=np.uint64)
        first, last = np.searchsorted(self.keys, bounds)
        own: list[int] = []
        other: list[int] = []
        for key in self.keys[first:last].tolist():
            (other if key & ALIAS_BIT else own).append(key & (ALIAS_BIT - 1))
        return own, other

    def name_of(self, row: int) -> str:
        """Return a place's name."""
        end = int(self.ends[row])
        return self.names[end - int(self.columns["lengths"][row]) : end].tobytes().decode("utf-8")
