"""Readings of a corpus, as the JSON objects that the scorer reads: made now, or loaded from a folder."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Protocol

from sayso.bench.scorer import EMPTY_READING
from sayso.errors import SaysoError
from sayso.export.reading_json import to_object
from sayso.ingest import from_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    from sayso.bench.corpora import Article
    from sayso.records import Document, Reading


class ManyReader(Protocol):
    """What is used of a reader."""

    def read_many(self, documents: Iterable[Document]) -> Iterator[Reading]:
        """Yield one reading for each document, in order."""
        ...


def open_reader(model_dir: Path | None = None) -> ManyReader:
    """Return the reader with the model of the package, or with that of a folder."""
    # Imported here: saved readings can be scored and read through without loading a model.
    from sayso.ledger import Reader  # noqa: PLC0415

    return Reader(model_dir=model_dir)


def make_documents(articles: Iterable[Article]) -> tuple[list[Document], dict[str, str]]:
    """Return the documents of the articles, and by name the reason why one was refused."""
    documents = []
    refused = {}
    for article in articles:
        try:
            documents.append(from_text(article.text, name=article.name))
        except SaysoError as error:
            refused[article.name] = str(error)
    return documents, refused


def read_articles(reader: ManyReader, articles: Sequence[Article]) -> tuple[dict[str, dict[str, Any]], dict[str, str]]:
    """Return each article's reading by name, an empty one for a refused article, and the refusals."""
    documents, refused = make_documents(articles)
    readings = {reading.document.name: to_object(reading) for reading in reader.read_many(documents)}
    return {article.name: readings.get(article.name, EMPTY_READING) for article in articles}, refused


def load_readings(folder: Path, articles: Iterable[Article]) -> dict[str, dict[str, Any]]:
    """Return the readings saved as ``NAME.json`` in a folder; an empty one where there is none."""
    found = {}
    for article in articles:
        path = folder / f"{article.name}.json"
        found[article.name] = json.loads(path.read_text("utf-8")) if path.is_file() else EMPTY_READING
    return found


def save_readings(folder: Path, readings: dict[str, dict[str, Any]]) -> None:
    """Write each reading as ``NAME.json`` into a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, reading in readings.items():
        (folder / f"{name}.json").write_text(json.dumps(reading, ensure_ascii=False, indent=1), "utf-8")
