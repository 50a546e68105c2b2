"""What the tests of this room share: a model that throws dice."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from sayso.config import Settings
from sayso.ledger import Reader
from tests.extract.dice import throw_dice, write_folder

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture(scope="session")
def dice_reader(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Reader]:
    """A reader whose model throws dice."""
    with pytest.MonkeyPatch.context() as patch:
        throw_dice(patch)
        yield Reader(Settings(threads=1), model_dir=write_folder(tmp_path_factory.mktemp("dice")))
