"""What the tests of this room share: a small vocabulary, and models that were tampered with."""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING, Any

import pytest

from sayso.encoder.card import CARD_NAME, PARTS, default_folder
from sayso.encoder.wordpiece import WordPieces
from tests.extract.dice import make_vocabulary, write_folder

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(scope="session")
def cutter() -> WordPieces:
    """A cutter over a small vocabulary, which cuts most words into letters."""
    return WordPieces(make_vocabulary())


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with right hashes over parts that are no networks."""
    return write_folder(tmp_path / "model")


@pytest.fixture
def real_copy(tmp_path: Path) -> Path:
    """A folder with the parts of the model that comes with the package, each of which can be replaced."""
    made = tmp_path / "real"
    made.mkdir()
    for name in (*PARTS, CARD_NAME):
        (made / name).symlink_to(default_folder() / name)
    return made


def change_card(folder: Path, **changes: Any) -> None:  # noqa: ANN401  whatever JSON may hold
    """Write other values into a card; None takes a name out."""
    path = folder / CARD_NAME
    card = json.loads(path.read_text("utf-8")) | changes
    path.unlink()
    path.write_text(json.dumps({name: value for name, value in card.items() if value is not None}), encoding="utf-8")


def replace_part(folder: Path, name: str, data: bytes, *, tell_the_card: bool = False) -> None:
    """Put other bytes in a part's place; with the right hash in the card where it is told."""
    (folder / name).unlink()
    (folder / name).write_bytes(data)
    if tell_the_card:
        files = json.loads((folder / CARD_NAME).read_text("utf-8"))["files"]
        change_card(folder, files=files | {name: hashlib.sha256(data).hexdigest()})
