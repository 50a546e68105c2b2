"""What the tests of this room share: a model that throws dice."""

from __future__ import annotations

import pytest

from sayso.config import Settings
from sayso.ledger import Reader
from tests.extract.dice import throw_dice, write_folder


@pytest.fixture(scope="session")
def dice_reader(tmp_path_factory: pytest.TempPathFactory) -> Reader:
    """A reader whose model throws dice."""
    with pytest.MonkeyPatch.context() as patch:
        throw_dice(patch)
        return Reader(Settings(threads=1), model_dir=write_folder(tmp_path_factory.mktemp("dice")))
