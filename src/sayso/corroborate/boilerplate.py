"""What an outlet prints under or above article after article: paragraphs that are no part of any story.

A paragraph is boilerplate when at least three of the outlet's articles that are otherwise different have it. Articles
are otherwise different when their longest other paragraphs are: a thousand prints of one article are one article, and
so are an article and its updates.
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from sayso.corroborate.packing import NUMBER_BYTES, pack_number, pack_text, unpack_number
from sayso.corroborate.shelves import MemoryShelves
from sayso.corroborate.sides import fold_name
from sayso.corroborate.words import WORD, fold_word
from sayso.errors import DamagedRecord
from sayso.text import find_paragraphs, span_at

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from sayso.corroborate.shelves import Shelves
    from sayso.records import Document, Span

ARTICLES = 3
# Of a paragraph that stands in many articles no more of them are remembered.
REMEMBERED = 8
WHAT = "boilerplate of a case"
# In which articles an outlet's paragraph stands; by id of a document its paragraphs that were counted.
ARTICLES_OF, COUNTED = "boilerplate.paragraphs", "boilerplate.documents"
DIGEST_BYTES = 12
# What stands for the longest other paragraph where there is no other.
NO_OTHER = bytes(DIGEST_BYTES)


class Boilerplate:
    """The paragraphs of each outlet, and in which of its articles they stand: in memory, or on the shelves of a case.

    The order of addition makes no difference, but where documents are removed of whose paragraphs not all articles
    were remembered.
    """

    def __init__(self, shelves: Shelves | None = None) -> None:
        """Work on shelves, or in memory.

        Args:
            shelves: Where all is kept; None for what lives as long as the process.
        """
        self._shelves = MemoryShelves() if shelves is None else shelves

    def add(self, document: Document) -> None:
        """Count the paragraphs of a document; one without an outlet has none that could be its outlet's.

        A document that was added already is not counted again.
        """
        paragraphs = cut_paragraphs(document)
        outlet = fold_name(document.outlet) if document.outlet else ""
        name = pack_text(document.id)
        if not outlet or not paragraphs or self._shelves.find_held(COUNTED, [name]):
            return
        by_length = sorted({(end - start, digest) for digest, (start, end) in paragraphs}, reverse=True)
        longest = by_length[0][1]
        second = next((digest for _, digest in by_length if digest != longest), NO_OTHER)
        keys = {key_of(outlet, digest): second if digest == longest else longest for digest, _ in paragraphs}
        held = self._shelves.find_held(ARTICLES_OF, keys)
        counted = []
        written: dict[bytes, bytes | None] = {}
        for key, article in keys.items():
            articles = unpack_articles(held.get(key, b""))
            if article in articles or len(articles) < REMEMBERED:
                articles[article] = articles.get(article, 0) + 1
                written[key] = pack_articles(articles)
                counted.append(key + (b"\1" if article == second else b"\0"))
        self._shelves.hold(ARTICLES_OF, written)
        self._shelves.hold(COUNTED, {name: longest + second + b"".join(counted)})

    def remove(self, document: str) -> None:
        """Take back the paragraphs of a document by its id; one that was not counted has none."""
        name = pack_text(document)
        data = self._shelves.find_held(COUNTED, [name]).get(name)
        if data is None:
            return
        if len(data) < 2 * DIGEST_BYTES or (len(data) - 2 * DIGEST_BYTES) % (DIGEST_BYTES + 1):
            raise DamagedRecord(WHAT)
        both = data[:DIGEST_BYTES], data[DIGEST_BYTES : 2 * DIGEST_BYTES]
        size = DIGEST_BYTES + 1
        counted = {
            data[at : at + size - 1]: both[data[at + size - 1] & 1] for at in range(2 * DIGEST_BYTES, len(data), size)
        }
        written: dict[bytes, bytes | None] = {}
        for key, held in self._shelves.find_held(ARTICLES_OF, counted).items():
            articles = unpack_articles(held)
            articles[counted[key]] = articles.get(counted[key], 0) - 1
            left = {article: count for article, count in articles.items() if count > 0}
            written[key] = pack_articles(left) if left else None
        self._shelves.hold(ARTICLES_OF, written)
        self._shelves.hold(COUNTED, {name: None})

    def find(self, document: Document) -> tuple[Span, ...]:
        """Return the stretches of a document that are its outlet's boilerplate, in order."""
        outlet = fold_name(document.outlet) if document.outlet else ""
        paragraphs = [(key_of(outlet, digest), place) for digest, place in cut_paragraphs(document)] if outlet else []
        held = self._shelves.find_held(ARTICLES_OF, {key for key, _ in paragraphs})
        return tuple(
            span_at(document.text, start, end)
            for key, (start, end) in paragraphs
            if len(unpack_articles(held.get(key, b""))) >= ARTICLES
        )


def find_boilerplate(documents: Iterable[Document]) -> Mapping[str, tuple[Span, ...]]:
    """Return by id of each document the stretches that are its outlet's boilerplate; those without are left out."""
    kept = list(documents)
    boilerplate = Boilerplate()
    for document in kept:
        boilerplate.add(document)
    found = {document.id: boilerplate.find(document) for document in kept}
    return {name: spans for name, spans in found.items() if spans}


def cut_paragraphs(document: Document) -> list[tuple[bytes, tuple[int, int]]]:
    """Return a digest of the folded words of each paragraph that has any, with its place."""
    found = []
    for start, end in find_paragraphs(document.text):
        words = " ".join(fold_word(word) for word in WORD.findall(document.text, start, end))
        if words:
            digest = hashlib.blake2b(words.encode("utf-8", "surrogatepass"), digest_size=DIGEST_BYTES).digest()
            found.append((digest, (start, end)))
    return found


def key_of(outlet: str, digest: bytes) -> bytes:
    """Return the key of an outlet's paragraph."""
    return hashlib.blake2b(pack_text(outlet), key=digest, digest_size=DIGEST_BYTES).digest()


def pack_articles(articles: Mapping[bytes, int]) -> bytes:
    """Return in which articles a paragraph stands, with how many documents of each there are."""
    return b"".join(article + pack_number(count) for article, count in articles.items())


def unpack_articles(data: bytes) -> dict[bytes, int]:
    """Return in which articles a paragraph stands, with how many documents of each there are.

    Raises:
        DamagedRecord: The bytes are nothing of the kind.
    """
    size = DIGEST_BYTES + NUMBER_BYTES
    if len(data) % size or len(data) > REMEMBERED * size:
        raise DamagedRecord(WHAT)
    return {
        data[at : at + DIGEST_BYTES]: unpack_number(data[at + DIGEST_BYTES : at + size], WHAT)
        for at in range(0, len(data), size)
    }
