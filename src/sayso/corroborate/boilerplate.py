"""What an outlet prints under or above article after article: paragraphs that are no part of any story.

A paragraph is boilerplate when at least three of the outlet's articles that are otherwise different have it. Articles
are otherwise different when their longest other paragraphs are: a thousand prints of one article are one article, and
so are an article and its updates.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from sayso.corroborate.sides import fold_name
from sayso.corroborate.words import WORD, fold_word
from sayso.text import find_paragraphs, span_at

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from sayso.records import Document, Span

ARTICLES = 3
# Of a paragraph that stands in many articles no more of them are remembered.
REMEMBERED = 8


@dataclass(slots=True)
class Boilerplate:
    """The paragraphs of each outlet, and in which of its articles they stand.

    The order of addition makes no difference.
    """

    _articles: dict[tuple[str, bytes], set[bytes]] = field(default_factory=dict)

    def add(self, document: Document) -> None:
        """Count the paragraphs of a document; one without an outlet has none that could be its outlet's."""
        outlet = fold_name(document.outlet) if document.outlet else ""
        if not outlet:
            return
        paragraphs = cut_paragraphs(document)
        by_length = sorted({(end - start, digest) for digest, (start, end) in paragraphs}, reverse=True)
        for digest in {digest for digest, _ in paragraphs}:
            article = next((other for _, other in by_length if other != digest), b"")
            known = self._articles.setdefault((outlet, digest), set())
            if len(known) < REMEMBERED:
                known.add(article)

    def find(self, document: Document) -> tuple[Span, ...]:
        """Return the stretches of a document that are its outlet's boilerplate, in order."""
        outlet = fold_name(document.outlet) if document.outlet else ""
        return tuple(
            span_at(document.text, start, end)
            for digest, (start, end) in (cut_paragraphs(document) if outlet else ())
            if len(self._articles.get((outlet, digest), ())) >= ARTICLES
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
            digest = hashlib.blake2b(words.encode("utf-8", "surrogatepass"), digest_size=12).digest()
            found.append((digest, (start, end)))
    return found
