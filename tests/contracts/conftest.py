"""Every store, for the suite that holds them to one contract."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from sayso.store.memory import MemoryStore
from sayso.store.sqlite import create_case
from tests.cases import AT

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from sayso.store.base import Store


@pytest.fixture(params=["memory", "sqlite"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Store]:
    """An empty case."""
    path = tmp_path / "case.sayso"
    made: Store = (
        MemoryStore(name="case", at=AT) if request.param == "memory" else create_case(path, name="case", at=AT)
    )
    yield made
    made.close()
