"""Numbers and names as the few bytes that shelves hold, and back.

What comes from a shelf comes from a file that anybody may have made. So everything is checked as it is unpacked, and
nothing is allocated but what the bytes themselves fill.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from sayso.errors import DamagedRecord

if TYPE_CHECKING:
    import struct
    from collections.abc import Iterable, Mapping, Sequence

    from numpy.typing import NDArray

    from sayso.corroborate.shelves import Shelves

# To be raised when an engine finds, in the same documents, other words, fingerprints or marks than it did before.
VERSION = 1
# A longer value is none that an engine made: it would be a list of four million documents.
MAX_BYTES = 1 << 24
# Numbers of documents, stories and terms stay below this.
MAX_NUMBER = 1 << 26
NUMBER_BYTES, PRINT_BYTES = 4, 8
# Where an engine keeps its counters: it is the only key of that shelf.
COUNTERS = b"counters"


def pack_key(number: int) -> bytes:
    """Return a number as a key; keys are in the order of their numbers."""
    return number.to_bytes(NUMBER_BYTES, "big")


def pack_numbers(numbers: Iterable[int]) -> bytes:
    """Return small numbers as bytes."""
    return np.fromiter(numbers, dtype="<u4").tobytes()


def unpack_numbers(data: bytes, what: str, *, below: int = MAX_NUMBER) -> NDArray[np.int64]:
    """Return the numbers that were packed.

    Raises:
        DamagedRecord: The bytes are no list of numbers, or one is too large.
    """
    if len(data) % NUMBER_BYTES or len(data) > MAX_BYTES:
        raise DamagedRecord(what)
    numbers = np.frombuffer(data, dtype="<u4").astype(np.int64)
    if len(numbers) and int(numbers.max()) >= below:
        raise DamagedRecord(what)
    return numbers


def unpack_number(data: bytes, what: str) -> int:
    """Return the one number that was packed.

    Raises:
        DamagedRecord: The bytes are no number, or one that is too large.
    """
    number = int.from_bytes(data, "little")
    if len(data) != NUMBER_BYTES or number >= MAX_NUMBER:
        raise DamagedRecord(what)
    return number


def pack_number(number: int) -> bytes:
    """Return one small number as bytes."""
    return number.to_bytes(NUMBER_BYTES, "little")


def pack_prints(prints: NDArray[np.uint64]) -> bytes:
    """Return fingerprints as bytes."""
    return prints.astype("<u8").tobytes()


def unpack_prints(data: bytes, what: str) -> NDArray[np.uint64]:
    """Return the fingerprints that were packed.

    Raises:
        DamagedRecord: The bytes are no fingerprints in order, each once.
    """
    if len(data) % PRINT_BYTES or len(data) > MAX_BYTES:
        raise DamagedRecord(what)
    prints = np.frombuffer(data, dtype="<u8").astype(np.uint64)
    if np.any(prints[1:] <= prints[:-1]):
        raise DamagedRecord(what)
    return prints


def pack_text(text: str) -> bytes:
    """Return a text as bytes, lone surrogates too."""
    return text.encode("utf-8", "surrogatepass")


def unpack_text(data: bytes, what: str) -> str:
    """Return the text that was packed.

    Raises:
        DamagedRecord: The bytes are no text.
    """
    try:
        return data.decode("utf-8", "surrogatepass")
    except UnicodeDecodeError:
        raise DamagedRecord(what) from None


def unpack_struct(form: struct.Struct, data: bytes, what: str) -> tuple[int, ...]:
    """Return the numbers of a fixed form.

    Raises:
        DamagedRecord: The bytes are of another length, or a number is too large.
    """
    if len(data) != form.size:
        raise DamagedRecord(what)
    numbers = form.unpack(data)
    if max(numbers) > MAX_NUMBER:
        raise DamagedRecord(what)
    return numbers


def load_counters(shelves: Shelves, shelf: str, form: struct.Struct, what: str) -> tuple[int, ...]:
    """Return an engine's counters, all nought where there are none yet.

    Raises:
        DamagedRecord: They are no such counters, or another version of Sayso filled the shelves.
    """
    data = shelves.find_held(shelf, [COUNTERS]).get(COUNTERS)
    if data is None:
        return unpack_struct(form, bytes(form.size), what)
    if unpack_number(data[:NUMBER_BYTES], what) != VERSION:
        raise DamagedRecord(what)
    return unpack_struct(form, data[NUMBER_BYTES:], what)


def save_counters(shelves: Shelves, shelf: str, form: struct.Struct, numbers: Sequence[int]) -> None:
    """Keep an engine's counters."""
    shelves.hold(shelf, {COUNTERS: pack_number(VERSION) + form.pack(*numbers)})


def need(held: Mapping[bytes, bytes], key: bytes, what: str) -> bytes:
    """Return what is held under a key that another value speaks of.

    Raises:
        DamagedRecord: It is not there.
    """
    data = held.get(key)
    if data is None:
        raise DamagedRecord(what)
    return data
