"""The reader of documents: documents in, readings out."""

from __future__ import annotations

import os
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

from sayso.config import Settings, get_tool, load_settings
from sayso.encoder.card import load_card
from sayso.encoder.session import Model
from sayso.errors import UnsupportedLanguage
from sayso.extract.pipeline import read_document
from sayso.gazetteer import load_gazetteer
from sayso.ingest import from_text
from sayso.ledger.ahead import check_batch_size, only_readings, read_ahead
from sayso.records import Document, Run

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from concurrent.futures import Future
    from pathlib import Path

    from sayso.encoder.card import ModelCard
    from sayso.errors import InputError
    from sayso.records import Reading


def make_run(card: ModelCard) -> Run:
    """Return the run of a model: what its readings name as their maker."""
    return Run(engine=get_tool(), model=card.name, model_sha256=card.sha256)


class Reader:
    """Reads documents. Made once, used for many; safe to share between threads."""

    def __init__(self, settings: Settings | None = None, *, model_dir: Path | None = None) -> None:
        """Load the model.

        Args:
            settings: None for those in force (defaults, file, environment).
            model_dir: Folder of another model than the one that comes with the package.

        Raises:
            ModelError: If the model is missing, damaged or another than its card says.
            GazetteerError: The same of the names of places.
            SettingsError: If a setting is impossible.
        """
        self.settings = settings or load_settings()
        # Both spend their time outside the interpreter's lock: side by side the gazetteer costs nothing.
        with ThreadPoolExecutor(1, thread_name_prefix="sayso-gazetteer") as beside:
            gazetteer = beside.submit(load_gazetteer)
            card = load_card(model_dir)
            self.model = Model(card, threads=self.settings.threads)
            self.gazetteer = gazetteer.result()
        self._workers = ThreadPoolExecutor(self.settings.threads or os.cpu_count() or 1, thread_name_prefix="sayso")
        self.run = make_run(card)

    def read(self, document: Document | str) -> Reading:
        """Return the reading of one document, or of one text.

        Raises:
            InputError: As for `read_many`.
        """
        return next(iter(self.read_many([document])))

    def read_many(self, documents: Iterable[Document | str], *, batch_size: int | None = None) -> Iterator[Reading]:
        """Yield the readings in the documents' order; what is read together does not change what is read.

        Args:
            documents: Any number, texts among them too; only a few are held at a time.
            batch_size: How many to read ahead, side by side; None for the setting.

        Raises:
            InputError: If a text holds nothing that can be read.
            UnsupportedLanguage: If the model does not read a document's language.
            SettingsError: If the batch size is less than one.
        """
        return only_readings(self.try_many(documents, batch_size=batch_size))

    def try_many(
        self, documents: Iterable[Document | str], *, batch_size: int | None = None
    ) -> Iterator[Reading | InputError]:
        """Yield as `read_many` does, and in the place of a document that cannot be read the reason.

        Raises:
            SettingsError: If the batch size is less than one.
        """
        check_batch_size(batch_size)
        return read_ahead(documents, self._begin, ahead=batch_size or self.settings.batch_size)

    def _begin(self, given: Document | str) -> Future[Reading]:
        """Begin to read one document."""
        return self._workers.submit(self._read_one, given)

    def _read_one(self, given: Document | str) -> Reading:
        """Return the reading of one document."""
        doc = given if isinstance(given, Document) else from_text(given)
        languages = self.model.card.languages
        if doc.language not in languages:
            raise UnsupportedLanguage(doc.name, doc.language, languages)
        (encoded,) = self.model.encode([self.model.split(doc.text)])
        return read_document(doc, encoded, self.model, self.gazetteer, self.run)


def read(text: str, *, title: str | None = None, outlet: str | None = None, published: str | None = None) -> Reading:
    """Return the reading of one text. Loads the model each time: for many texts make one `Reader`.

    Args:
        text: The article. Offsets in the reading are code points of ``reading.document.text``.
        title: Its headline, if the text does not begin with it.
        outlet: Who published it.
        published: When, in ISO 8601 ("2024-11-03"). Without it "on Tuesday" and the like stay off the calendar.

    Raises:
        SaysoError: If there is nothing to read, or the language has no model.
    """
    return Reader().read(from_text(text, title=title, outlet=outlet, published=published))
