"""The Python API: texts and documents in, readings out, and nothing raised but what is the project's own."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

import pytest

import sayso
from sayso.config import Settings
from sayso.errors import EmptyInput, GazetteerError, InputError, ModelError, SettingsError, UnsupportedLanguage
from sayso.gazetteer import load_gazetteer
from sayso.ingest import from_text
from sayso.ledger import Reader
from tests.extract.dice import throw_dice, write_folder

if TYPE_CHECKING:
    from pathlib import Path

TEXT = "The harbour will stay closed until May, Mayor Ilva Brenn said. The pilots said that nobody had asked them."


@pytest.fixture(scope="module")
def reader(tmp_path_factory: pytest.TempPathFactory) -> Reader:
    """A reader whose model throws dice."""
    with pytest.MonkeyPatch.context() as patch:
        throw_dice(patch)
        return Reader(Settings(threads=1), model_dir=write_folder(tmp_path_factory.mktemp("dice")))


def test_texts_and_documents_are_read_alike(reader: Reader) -> None:
    first, second = reader.read_many([TEXT, from_text(TEXT)], batch_size=1)
    assert first == second == reader.read(TEXT)


def test_what_is_read_together_changes_nothing(reader: Reader) -> None:
    texts = [f"{TEXT} It was the {n}th of May." for n in range(5)]
    alone = [reader.read(text) for text in texts]
    assert list(reader.read_many(texts, batch_size=4)) == alone
    assert list(reader.read_many(reversed(texts), batch_size=2)) == alone[::-1]


@pytest.mark.parametrize("size", [0, -1])
def test_a_batch_of_nothing_is_refused(reader: Reader, size: int) -> None:
    with pytest.raises(SettingsError):
        next(reader.read_many([TEXT], batch_size=size))


@pytest.mark.parametrize("given", [None, 5, b"bytes", ["a list"]])
def test_what_is_no_text_is_refused_by_name(reader: Reader, given: Any) -> None:  # noqa: ANN401  that is the point
    with pytest.raises(InputError):
        next(reader.read_many([given]))


def test_a_title_that_is_no_text_is_refused() -> None:
    with pytest.raises(InputError):
        from_text(TEXT, title=cast("str", 5))


def test_nothing_to_read_is_said(reader: Reader) -> None:
    with pytest.raises(EmptyInput):
        reader.read("  \n ")


def test_another_language_ends_the_reading(reader: Reader) -> None:
    german = (
        "Der Hafen bleibt bis Mai geschlossen, sagte die Bürgermeisterin am Montag. Niemand habe die Lotsen gefragt."
    )
    with pytest.raises(UnsupportedLanguage):
        reader.read(german)


def test_public_names_are_listed() -> None:
    assert set(sayso.__all__) <= set(dir(sayso))
    with pytest.raises(AttributeError):
        sayso.nothing_of_the_kind  # noqa: B018  it is looked up


@pytest.mark.slow
def test_one_text_is_read_in_one_call(tmp_path: Path) -> None:
    reading = sayso.read(TEXT, title="Harbour to stay closed", outlet="The Harbour Post", published="2024-03-14")
    assert reading.document.outlet == "The Harbour Post"
    assert [row for row in reading.attributions if any(span.exact == "said" for span in row.cue_spans)]
    assert not list(tmp_path.iterdir())


def test_a_damaged_gazetteer_is_said_although_it_is_loaded_beside_the_model(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    throw_dice(monkeypatch)
    monkeypatch.setattr("sayso.ledger.reader.load_gazetteer", lambda: load_gazetteer(tmp_path / "none"))
    with pytest.raises(GazetteerError):
        Reader(Settings(threads=1), model_dir=write_folder(tmp_path / "dice"))


def test_a_damaged_model_is_said_although_the_gazetteer_is_loaded_beside_it(tmp_path: Path) -> None:
    with pytest.raises(ModelError):
        Reader(Settings(threads=1), model_dir=tmp_path)
