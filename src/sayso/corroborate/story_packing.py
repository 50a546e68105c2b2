"""A document's vectors as bytes, and back."""

from __future__ import annotations

import math
import struct
import zlib
from dataclasses import fields, replace
from typing import TYPE_CHECKING, Any

import numpy as np

from sayso.corroborate.packing import NUMBER_BYTES, pack_text, unpack_text
from sayso.corroborate.story_memory import Article, Likelihoods
from sayso.corroborate.story_vectors import MAX_TERMS, ArticleVectors, Vector
from sayso.errors import DamagedRecord

if TYPE_CHECKING:
    from numpy.typing import NDArray

WHAT = "stories of a case"
VECTORS = tuple(field.name for field in fields(ArticleVectors) if field.type == "Vector")
FLOATS = tuple(field.name for field in fields(ArticleVectors) if field.type == "float")
# Bytes of other vectors than these are none of this version.
MADE_FOR = zlib.crc32(" ".join((*VECTORS, *FLOATS)).encode())
# What they were made for, the day (not a number where it is not known), the other numbers, and the vectors' lengths.
FORM = struct.Struct(f"<I{1 + len(FLOATS)}d{len(VECTORS)}H")
# Bytes of a term: its number, weight and share.
TERM_BYTES = 12
# Days are counted from year 1 to 9999; weights and shares are of length, or sum, one.
MOST_DAYS = 3_700_000
MOST_BITS = int(np.float32(1.001).view(np.uint32))
ONE_BITS = int(np.float64(1).view(np.uint64))
# Bytes of a likelihood: the other document's number, and the probability.
LIKELIHOOD_BYTES = NUMBER_BYTES + 8


def pack_article(article: Article) -> bytes:
    """Return a document as bytes."""
    vectors: list[Vector] = [getattr(article.vectors, name) for name in VECTORS]
    head = FORM.pack(
        MADE_FOR,
        math.nan if article.day is None else article.day,
        *(getattr(article.vectors, name) for name in FLOATS),
        *(len(vector.terms) for vector in vectors),
    )
    parts = [
        *(vector.terms.astype("<u4").tobytes() for vector in vectors),
        *(vector.weights.astype("<f4").tobytes() for vector in vectors),
        *(vector.shares.astype("<f4").tobytes() for vector in vectors),
    ]
    return b"".join([head, *parts, pack_text(article.document)])


def unpack_article(data: bytes, *, below: int) -> Article:
    """Return the document that was packed.

    Args:
        data: Its bytes.
        below: All numbers of terms are less.

    Raises:
        DamagedRecord: The bytes are no document of this version.
    """
    if len(data) < FORM.size:
        raise DamagedRecord(WHAT)
    made_for, day, *rest = FORM.unpack_from(data)
    sizes = rest[len(FLOATS) :]
    floats = dict(zip(FLOATS, rest, strict=False))
    total, at = sum(sizes), FORM.size
    is_wrong = made_for != MADE_FOR or max(sizes) > MAX_TERMS or len(data) < at + TERM_BYTES * total
    if is_wrong or not all(map(math.isfinite, floats.values())) or not (math.isnan(day) or 0 < day < MOST_DAYS):
        raise DamagedRecord(WHAT)
    terms = np.frombuffer(data, dtype="<i4", count=total, offset=at)
    numbers = np.frombuffer(data, dtype="<f4", count=2 * total, offset=at + 4 * total)
    # Taken for whole numbers, bits of what is negative, infinite or no number are above those of 1.
    if total and (int(terms.view("<u4").max()) >= below or int(numbers.view("<u4").max()) > MOST_BITS):
        raise DamagedRecord(WHAT)
    terms, numbers = terms.astype(np.int32, copy=False), numbers.astype(np.float32, copy=False)
    made: dict[str, Any] = {**floats}
    start = 0
    for name, size in zip(VECTORS, sizes, strict=True):
        end = start + size
        made[name] = Vector(terms[start:end], numbers[start:end], numbers[total + start : total + end])
        start = end
    document = unpack_text(data[at + TERM_BYTES * total :], WHAT)
    return Article(document, None if math.isnan(day) else day, ArticleVectors(**made))


def renumber(vectors: ArticleVectors, numbers: NDArray[np.int32]) -> ArticleVectors:
    """Return vectors whose terms have other numbers: of the first term the first of these, and so on."""
    renumbered = {name: getattr(vectors, name) for name in VECTORS}
    return replace(
        vectors, **{name: replace(vector, terms=numbers[vector.terms]) for name, vector in renumbered.items()}
    )


def pack_likelihoods(likelihoods: Likelihoods) -> bytes:
    """Return how likely documents are of one event as bytes."""
    return likelihoods.others.astype("<u4").tobytes() + likelihoods.values.astype("<f8").tobytes()


def unpack_likelihoods(data: bytes) -> Likelihoods:
    """Return how likely documents are of one event.

    Raises:
        DamagedRecord: The bytes are nothing of the kind.
    """
    count = len(data) // LIKELIHOOD_BYTES
    if len(data) % LIKELIHOOD_BYTES:
        raise DamagedRecord(WHAT)
    others = np.frombuffer(data, dtype="<u4", count=count).astype(np.int64)
    values = np.frombuffer(data, dtype="<f8", offset=NUMBER_BYTES * count).astype(np.float64)
    # Taken for whole numbers, bits of what is negative, infinite or no number are above those of 1.
    if count and int(values.view(np.uint64).max()) > ONE_BITS:
        raise DamagedRecord(WHAT)
    return Likelihoods(others, values)
