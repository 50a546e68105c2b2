"""The one file of the gazetteer: how it is written, and how it is looked up.

::

    8 bytes    SAYSOGZ2
    16 bytes   how long the two parts are that follow, little-endian; each is deflated by itself
    head       JSON: how many places and other names there are, how many bytes of names, and the areas
    body       the columns one after the other, of each its numbers' lowest bytes, then the next ones; then the names

Places stand by country, region and GeoNames id: neighbours are then alike, and of most columns only the difference to
the place before is worth writing. Deflate and not xz, which saves 5 % and takes five times as long to unpack; and one
body, though two would be 1 % smaller: in one step it is unpacked beside whatever holds the interpreter meanwhile.

A look-up by a place's own name goes through 16 bits of the name's hash, and the few places that share them are told
apart by their names. Other names are not in the file: it has 40 bits of their hashes, in order.
"""

from __future__ import annotations

import json
import zlib
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import numpy as np

from sayso.gazetteer.folding import fold_name, key_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

MAGIC = b"SAYSOGZ2"
HEAD_START = 24
SCALES = ("continent", "country", "region", "city")
# Of each place.
PLACE_COLUMNS = {
    "ids": "<u4",
    "latitudes": "<u2",
    "longitudes": "<u2",
    "populations": "<u2",
    "regions": "<u2",
    "scales": "u1",
    "hashes": "<u2",
}
# Of each name that is not a place's own.
OTHER_COLUMNS = {"others": "<u8", "named": "<u4"}
COLUMNS = {**PLACE_COLUMNS, **OTHER_COLUMNS}
# Written as differences to the one before.
STEPPED = frozenset({"ids", "latitudes", "longitudes", "others"})
# No byte of UTF-8.
NAME_END = b"\xff"
HASH_BITS = 16
# In ``named``: the name is less likely to mean the place than its own.
ALIAS_BIT = 1 << 31
# Whole and quarter degrees stay exact.
LATITUDE_PARTS = 360
LONGITUDE_PARTS = 180
# Populations to three digits: codes to 999 are themselves, and each 900 after them ten times as much.
EXACT = 1000
DIGITS_FROM = 100
MOST_TENS = 8
STRATEGIES = (zlib.Z_DEFAULT_STRATEGY, zlib.Z_FILTERED, zlib.Z_HUFFMAN_ONLY, zlib.Z_RLE)
MEMORY_LEVELS = (7, 8, 9)


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One place as it is written.

    Attributes:
        id: Its GeoNames id.
        name: Its usual name.
        scale: One of `SCALES`.
        country: ISO 3166-1 alpha-2; None for a continent.
        region: Name of its first-order division; None where there is none.
        latitude: Degrees north; kept to a 360th of a degree, and so at most 210 m off with its last digit.
        longitude: Degrees east; kept to a 180th of a degree, and so at most 370 m off, on the equator.
        population: 0 where unknown; kept to three digits, and so at most half a per cent off.
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
    """Return the file's bytes; the same rows, in any order, give the same bytes with the same zlib."""
    rows = sorted(rows, key=lambda row: (*_area_of(row), row.id, row.name))
    areas = sorted({_area_of(row) for row in rows})
    number = {area: n for n, area in enumerate(areas)}
    others = sorted(set(_other_names(rows)))
    values: dict[str, list[int]] = {
        "ids": [row.id for row in rows],
        "latitudes": [round((row.latitude + 90) * LATITUDE_PARTS) for row in rows],
        "longitudes": [round((row.longitude + 180) * LONGITUDE_PARTS) for row in rows],
        "populations": [shorten_population(row.population) for row in rows],
        "regions": [number[_area_of(row)] for row in rows],
        "scales": [SCALES.index(row.scale) for row in rows],
        "hashes": [key_of(fold_name(row.name)) & ((1 << HASH_BITS) - 1) for row in rows],
        "others": [key for key, _ in others],
        "named": [named for _, named in others],
    }
    numbers = b"".join(_take_apart(name, values[name], kind) for name, kind in COLUMNS.items())
    names = b"".join(row.name.encode("utf-8") + NAME_END for row in rows)
    head = {"places": len(rows), "others": len(others), "names": len(names), "areas": areas}
    text = json.dumps(head, ensure_ascii=False, separators=(",", ":")).encode("utf-8")
    parts = [_deflate(text), _deflate(numbers + names)]
    return b"".join([MAGIC, *(len(part).to_bytes(8, "little") for part in parts), *parts])


def _area_of(row: Row) -> tuple[str, str]:
    return row.country or "", row.region or ""


def _other_names(rows: Sequence[Row]) -> Iterator[tuple[int, int]]:
    """Yield the hash of each name that is not a place's own, with the place's number and `ALIAS_BIT`."""
    for n, row in enumerate(rows):
        own = fold_name(row.name)
        for name in {*row.equals} - {own}:
            yield key_of(name), n
        for name in {*row.aliases} - {own, *row.equals}:
            yield key_of(name), n | ALIAS_BIT


def shorten_population(people: int) -> int:
    """Return a code of 16 bits that keeps three digits of the number."""
    tens = 0
    size = 1
    while 2 * people >= size * (2 * EXACT - 1):
        tens, size = tens + 1, size * 10
    kept = (2 * people + size) // (2 * size)
    return kept if not tens else EXACT + (tens - 1) * (EXACT - DIGITS_FROM) + kept - DIGITS_FROM


def read_populations(codes: NDArray[np.uint16]) -> NDArray[np.uint32]:
    """Return the numbers of people that codes stand for.

    Raises:
        Damaged: If a code stands for more than a table holds.
    """
    longer = [np.arange(DIGITS_FROM, EXACT, dtype=np.int64) * 10**tens for tens in range(1, MOST_TENS)]
    table = np.concatenate([np.arange(EXACT), *longer])
    table = table[table < 1 << 32].astype(np.uint32)
    if len(codes) and int(codes.max()) >= len(table):
        message = "it has a population beyond all numbers"
        raise Damaged(message)
    return table[codes]


def _take_apart(name: str, values: list[int], kind: str) -> bytes:
    """Return a column's bytes, all lowest ones first."""
    column = np.array(values, dtype=kind)
    if name in STEPPED:
        column[1:] -= column[:-1].copy()
        column = fold_signs(column)
    return column.view("u1").reshape(len(column), column.itemsize).T.tobytes()


def _put_together(name: str, data: memoryview, kind: str) -> NDArray[Any]:
    """Return a column from its bytes, of which it keeps none."""
    planes = np.frombuffer(data, "u1").reshape(np.dtype(kind).itemsize, -1)
    column: NDArray[Any] = np.array(planes.T, order="C").view(kind).reshape(-1)
    return np.cumsum(unfold_signs(column), dtype=column.dtype) if name in STEPPED else column


def fold_signs(steps: NDArray[Any]) -> NDArray[Any]:
    """Return steps up as even and steps down as odd numbers, so that small ones are small."""
    top = steps.dtype.itemsize * 8 - 1
    folded: NDArray[Any] = (steps << 1) ^ (np.zeros_like(steps) - (steps >> top))
    return folded


def unfold_signs(numbers: NDArray[Any]) -> NDArray[Any]:
    """Return the steps of which these are the numbers."""
    steps: NDArray[Any] = (numbers >> 1) ^ (np.zeros_like(numbers) - (numbers & 1))
    return steps


def _deflate(data: bytes) -> bytes:
    """Return the shortest of what zlib makes of it."""
    found = []
    for strategy in STRATEGIES:
        for level in MEMORY_LEVELS:
            packer = zlib.compressobj(9, zlib.DEFLATED, zlib.MAX_WBITS, level, strategy)
            found.append(packer.compress(data) + packer.flush())
    return min(found, key=len)


def _inflate(data: memoryview, size: int) -> bytes:
    """Return what a part holds, in one step where it is as long as that.

    Raises:
        Damaged: If it is of another length, or cannot be unpacked.
    """
    try:
        found = zlib.decompress(data, bufsize=max(size, 1))
    except zlib.error as error:
        message = "a part of it cannot be unpacked"
        raise Damaged(message) from error
    if len(found) != size:
        message = "a part of it has another length than it must have"
        raise Damaged(message)
    return found


class Table:
    """A table in memory."""

    def __init__(self, data: bytes) -> None:
        """Take the file's bytes.

        Raises:
            Damaged: If they are none of this format.
        """
        if data[: len(MAGIC)] != MAGIC:
            message = "it does not begin as a gazetteer does"
            raise Damaged(message)
        try:
            self._unpack(memoryview(data))
        except Damaged:
            raise
        except (ValueError, KeyError, TypeError, IndexError, RecursionError, OverflowError, MemoryError) as error:
            message = "its columns cannot be read"
            raise Damaged(message) from error

    def _unpack(self, data: memoryview) -> None:
        sizes = [int.from_bytes(data[at : at + 8], "little") for at in range(len(MAGIC), HEAD_START, 8)]
        starts = np.cumsum([HEAD_START, *sizes]).tolist()
        parts = [data[start:end] for start, end in pairwise(starts)]
        try:
            head = json.loads(zlib.decompress(parts[0]))
        except zlib.error as error:
            message = "its head cannot be unpacked"
            raise Damaged(message) from error
        self.areas: list[tuple[str, str]] = [(str(country), str(region)) for country, region in head["areas"]]
        lengths = dict.fromkeys(PLACE_COLUMNS, head["places"]) | dict.fromkeys(OTHER_COLUMNS, head["others"])
        widths = {name: lengths[name] * np.dtype(kind).itemsize for name, kind in COLUMNS.items()}
        body = memoryview(_inflate(parts[1], sum(widths.values()) + head["names"]))
        self.columns: dict[str, NDArray[Any]] = {}
        at = 0
        for name, kind in COLUMNS.items():
            self.columns[name] = _put_together(name, body[at : at + widths[name]], kind)
            at += widths[name]
        self.names = body[at:].tobytes()
        del body
        self.ends = np.flatnonzero(np.frombuffer(self.names, "u1") == NAME_END[0]).astype(np.uint32)
        self._check()
        self.columns["populations"] = read_populations(self.columns["populations"])
        hashes = self.columns.pop("hashes")
        self._by_hash = np.argsort(hashes, kind="stable").astype(np.uint32)
        self._hashes = hashes[self._by_hash]

    def _check(self) -> None:
        """Raise `Damaged` where one part speaks of what another has not."""
        places = len(self.columns["ids"])
        for numbers, end in (
            (self.columns["regions"], len(self.areas)),
            (self.columns["scales"], len(SCALES)),
            (self.columns["named"] & np.uint32(ALIAS_BIT - 1), places),
        ):
            if len(numbers) and int(numbers.max()) >= end:
                message = "its columns do not fit together"
                raise Damaged(message)
        if len(self.ends) != places:
            message = "it has not as many names as places"
            raise Damaged(message)

    def __len__(self) -> int:
        """Return how many places it has."""
        return len(self.ends)

    def find_rows(self, folded: str) -> tuple[list[int], list[int]]:
        """Return the numbers of places whose own name this is, and of those that it is another name of."""
        key = key_of(folded)
        alike = _find_equal(self._hashes, np.uint16(key & ((1 << HASH_BITS) - 1)))
        own = [row for row in self._by_hash[alike].tolist() if fold_name(self.name_of(row)) == folded]
        other: list[int] = []
        for named in self.columns["named"][_find_equal(self.columns["others"], np.uint64(key))].tolist():
            (other if named & ALIAS_BIT else own).append(named & (ALIAS_BIT - 1))
        return own, other

    def name_of(self, row: int) -> str:
        """Return a place's name."""
        start = int(self.ends[row - 1]) + 1 if row else 0
        return self.names[start : int(self.ends[row])].decode("utf-8")

    def point_of(self, row: int) -> tuple[float, float]:
        """Return degrees north and east, to the digits that tell neighbours apart."""
        north = int(self.columns["latitudes"][row]) / LATITUDE_PARTS - 90
        east = int(self.columns["longitudes"][row]) / LONGITUDE_PARTS - 180
        return round(north, 3), round(east, 3)


def _find_equal(ordered: NDArray[Any], value: np.unsignedinteger[Any]) -> slice:
    return slice(int(np.searchsorted(ordered, value)), int(np.searchsorted(ordered, value, "right")))
