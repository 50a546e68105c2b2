"""Records as columns of the file, and back.

A document's text is kept once, apart from the rest of the record, where the full-text index finds it. SQLite's texts
are UTF-8, which has no lone surrogates: what a broken page leaves of these is noted beside the text. Readings are
compressed.
"""

from __future__ import annotations

import json
import zlib
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final, TypeVar

from sayso.errors import DamagedRecord, Problem
from sayso.plain import from_plain, to_plain
from sayso.records import Document, Reading, Run
from sayso.store.digests import write_canonical
from sayso.store.sqlite.restored import Restored
from sayso.text import SURROGATE

if TYPE_CHECKING:
    from collections.abc import Iterable

R = TypeVar("R")

TEXT: Final = (str,)
TEXT_OR_NONE: Final = (str, type(None))
BYTES: Final = (bytes,)
WHOLE: Final = (int,)
REAL: Final = (float, int)

EXPANDED_MAX_BYTES: Final = 512 * 1024 * 1024
LEVEL: Final = 6
REPLACED: Final = "\ufffd"
READINGS: Final = Restored[Reading]()


def clean(text: str) -> str:
    """Return a text that is valid UTF-8 and as long."""
    return SURROGATE.sub(REPLACED, text)


def clean_or_none(text: str | None) -> str | None:
    """Return the same of a text that may be missing."""
    return None if text is None else clean(text)


def split_document(doc: Document) -> tuple[str, str, str]:
    """Return of a document the record without its text, the text, and the JSON of the whole."""
    plain = to_plain(doc)
    text = plain.pop("text")
    held = {"record": plain, "surrogates": [[hit.start(), hit.group()] for hit in SURROGATE.finditer(text)]}
    return write_canonical(held), clean(text), write_canonical(plain | {"text": text})


def join_document(record: str, text: str) -> dict[str, Any]:
    """Return the plain data of a document.

    Raises:
        DamagedRecord: They are none.
    """
    check_types(Document.__name__, (record, text), (TEXT, TEXT))
    try:
        held = json.loads(record)
        plain: dict[str, Any] = held["record"]
        if held["surrogates"]:
            chars = list(text)
            for place, char in held["surrogates"]:
                chars[place] = char
            text = "".join(chars)
        plain["text"] = text
    except (ValueError, KeyError, TypeError, IndexError, RecursionError) as error:
        raise DamagedRecord(Document.__name__) from error
    return plain


def restore_document(record: str, text: str) -> Document:
    """Return a document.

    Raises:
        DamagedRecord: The data are not those of one.
    """
    return from_plain(Document, join_document(record, text))


def compress(canonical: str) -> bytes:
    """Return the JSON of a reading or of findings as it is kept."""
    return zlib.compress(canonical.encode("ascii"), LEVEL)


def expand(data: bytes, what: str = Reading.__name__) -> str:
    """Return the JSON that was compressed; no more of it than such a record can have.

    Raises:
        DamagedRecord: It is none, or is made to fill the memory.
    """
    try:
        expanding = zlib.decompressobj()
        held = expanding.decompress(data, EXPANDED_MAX_BYTES)
        if expanding.unconsumed_tail or not expanding.eof:
            raise DamagedRecord(what)
        return held.decode("ascii")
    except (zlib.error, TypeError, UnicodeDecodeError) as error:
        raise DamagedRecord(what) from error


def restore_compressed(kind: type[R], data: bytes) -> R:
    """Return a record that was kept as compressed JSON.

    Raises:
        DamagedRecord: The data are not those of one.
    """
    return restore(kind, expand(data, kind.__name__))


def restore_reading(data: bytes, doc: Document) -> Reading:
    """Return a reading.

    Raises:
        DamagedRecord: The data are not those of one of this document.
    """

    def make() -> Reading:
        try:
            plain = json.loads(expand(data))
            if plain["document"] != doc.id:
                raise DamagedRecord(Reading.__name__)
            return from_plain(Reading, plain | {"document": doc})
        except (ValueError, KeyError, TypeError, RecursionError) as error:
            raise DamagedRecord(Reading.__name__) from error

    made = READINGS.get(doc.id, data, make)
    return made if made.document is doc else replace(made, document=doc)


def expand_run(data: bytes) -> Run:
    """Return what made a reading.

    Raises:
        DamagedRecord: The data are not those of one.
    """
    try:
        return from_plain(Run, json.loads(expand(data))["run"])
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise DamagedRecord(Reading.__name__) from error


def restore(kind: type[R], record: str) -> R:
    """Return a record that was kept as JSON.

    Raises:
        DamagedRecord: The data are not those of one.
    """
    check_types(kind.__name__, (record,), (TEXT,))
    try:
        return from_plain(kind, json.loads(record))
    except (ValueError, RecursionError) as error:
        raise DamagedRecord(kind.__name__) from error


def restore_list(record: str) -> tuple[str, ...]:
    """Return words that were kept as JSON.

    Raises:
        DamagedRecord: They are none.
    """
    try:
        return tuple(str(word) for word in json.loads(record))
    except (ValueError, TypeError, RecursionError) as error:
        what = "list"
        raise DamagedRecord(what) from error


def check_types(what: str, values: Iterable[object], kinds: Iterable[tuple[type, ...]]) -> None:
    """Return if each value is of one of its types: a byte that changed makes other things of texts.

    Raises:
        DamagedRecord: One is not.
    """
    if not all(map(isinstance, values, kinds)):
        raise DamagedRecord(what)


def restore_problem_of(record: str) -> str:
    """Return the id of the capture that a problem is of.

    Raises:
        DamagedRecord: The data are not those of a problem.
    """
    try:
        return str(json.loads(record)["capture"])
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise DamagedRecord(Problem.__name__) from error


def restore_problem(record: str) -> Problem:
    """Return a problem that was kept with its capture.

    Raises:
        DamagedRecord: The data are not those of one.
    """
    try:
        return from_plain(Problem, json.loads(record)["problem"])
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise DamagedRecord(Problem.__name__) from error
