"""The one object that joins the rooms, and the Python API.

Today that is the reader of single articles: documents in, readings out.
"""

from __future__ import annotations

from importlib.metadata import version
from typing import TYPE_CHECKING

from sayso.config import Settings, load_settings
from sayso.encoder.card import load_card
from sayso.encoder.session import Model
from sayso.errors import UnsupportedLanguage
from sayso.extract.pipeline import read_document
from sayso.ingest import from_text
from sayso.records import Run

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    from sayso.encoder.features import Words
    from sayso.records import Document, Reading

# Texts are encoded together until they hold this many words: what is kept of a word is 1.5 kB.
WORDS_TOGETHER = 40_000


class Reader:
    """Reads documents. Made once, used for many; safe to share between threads."""

    def __init__(self, settings: Settings | None = None, *, model_dir: Path | None = None) -> None:
        """Load the model.

        Args:
            settings: None for those in force (defaults, file, environment).
            model_dir: Folder of another model than the one that comes with the package.

        Raises:
            ModelError: If the model is missing, damaged or another than its card says.
            SettingsError: If a setting is impossible.
        """
        self.settings = settings or load_settings()
        card = load_card(model_dir)
        self.model = Model(card, threads=self.settings.threads)
        self.run = Run(engine=f"sayso {version('sayso')}", model=card.name, model_sha256=card.sha256)

    def read(self, document: Document) -> Reading:
        """Return the reading of one document.

        Raises:
            UnsupportedLanguage: If the model does not read its language.
        """
        return next(iter(self.read_many([document])))

    def read_many(self, documents: Iterable[Document], *, batch_size: int | None = None) -> Iterator[Reading]:
        """Yield the readings in the documents' order; what is read together does not change what is read.

        Args:
            documents: Any number; only a batch of them is held at a time.
            batch_size: Documents to encode together; None for the setting.

        Raises:
            UnsupportedLanguage: If the model does not read a document's language.
        """
        batch: list[tuple[Document, Words]] = []
        waiting = 0
        for doc in documents:
            languages = self.model.card.languages
            if doc.language not in languages:
                raise UnsupportedLanguage(doc.name, doc.language, languages)
            words = self.model.split(doc.text)
            batch.append((doc, words))
            waiting += len(words)
            if len(batch) >= (batch_size or self.settings.batch_size) or waiting >= WORDS_TOGETHER:
                yield from self._read_batch(batch)
                batch, waiting = [], 0
        yield from self._read_batch(batch)

    def _read_batch(self, batch: Sequence[tuple[Document, Words]]) -> Iterator[Reading]:
        """Yield the readings of one batch."""
        encoded = self.model.encode([words for _, words in batch])
        for (doc, _), states in zip(batch, encoded, strict=True):
            yield read_document(doc, states, self.model, self.run)


def read(text: str, *, title: str | None = None, outlet: str | None = None, published: str | None = None) -> Reading:
    """Return the reading of one text. Loads the model each time: for many texts make one `Reader`.

    Args:
        text: The article. Offsets in the reading are code points of ``reading.document.text``.
        title: Its headline, if the text does not begin with it.
        outlet: Who published it.
        published: When, in ISO 8601.

    Raises:
        SaysoError: If there is nothing to read, or the language has no model.
    """
    return Reader().read(from_text(text, title=title, outlet=outlet, published=published))
