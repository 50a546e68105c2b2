"""Every store, for the suite that holds them to one contract."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from sayso.errors import CaseError
from sayso.store.memory import MemoryStore
from sayso.store.sqlite import create_case
from tests.cases import AT

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from sayso.store.base import Store

WORDS = "nine blue herons"


@pytest.fixture(params=["memory", "sqlite", "encrypted"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Store]:
    """An empty case."""
    made: Store
    if request.param == "memory":
        made = MemoryStore(name="Harbour", at=AT)
    elif request.param == "sqlite":
        made = create_case(tmp_path / "case.sayso", name="Harbour", at=AT)
    else:
        pytest.importorskip("sqlcipher3", reason="sayso[encrypt] is not installed")
        made = create_case(tmp_path / "case.sayso", name="Harbour", at=AT, passphrase=WORDS)
    yield made
    try:
        with made.view() as view:
            misshown = [found for doc in view.iter_documents() for found in view.iter_misshown(doc)]
            assert [*view.iter_damage(), *misshown] == []
    except CaseError as error:
        assert "closed" in str(error)  # noqa: PT017  a test closed it
    made.close()
