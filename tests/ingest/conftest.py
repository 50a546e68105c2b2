"""What the tests of this room share."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Protocol

import pytest

from sayso import ingest
from sayso.config import Settings

if TYPE_CHECKING:
    from sayso.records import Document

PAGES = Path(__file__).parent / "pages"


class Read(Protocol):
    """Reads a text or bytes as if they were a file of this name."""

    def __call__(self, material: str | bytes, name: str = "article.txt", *, media: str | None = None) -> Document: ...


@pytest.fixture
def settings() -> Settings:
    return Settings()


@pytest.fixture
def read(settings: Settings) -> Read:
    def read_material(material: str | bytes, name: str = "article.txt", *, media: str | None = None) -> Document:
        data = material.encode() if isinstance(material, str) else material
        document = ingest.read_bytes(data, name=name, settings=settings, media=media)
        check_spans(document)
        return document

    return read_material


def check_spans(document: Document) -> None:
    """Check that every span says what stands at its place, and that what is no prose is in order."""
    spans = [*document.not_prose, *(credit.span for credit in document.credits if credit.span)]
    spans += [document.title] if document.title else []
    for span in spans:
        assert document.text[span.start : span.end] == span.exact
        assert span.start < span.end
    for one, other in zip(document.not_prose, document.not_prose[1:], strict=False):
        assert one.end <= other.start
    assert 0 <= document.body_start <= len(document.text)
