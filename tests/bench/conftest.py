"""A corpus in miniature, laid out like the real ones, around the real scorer where that is at hand."""

from __future__ import annotations

import json
import shutil
from typing import TYPE_CHECKING, Any

import pytest

from sayso.bench.corpora import SHARED_VARIABLE, Article, find_shared
from sayso.bench.scorer import Scorer, load_scorer
from tests.bench.miniature import NAME, STANDOFF, TEXT, make_labels, make_reading

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def article() -> Article:
    """The labelled article in miniature."""
    return Article(name=NAME, text=TEXT, gold=make_labels())


@pytest.fixture
def reading() -> dict[str, Any]:
    """A reading of it without a mistake."""
    return make_reading()


@pytest.fixture(scope="session")
def real_shared() -> Path:
    """The folder with the real corpora and the scorer."""
    shared = find_shared()
    if shared is None:
        pytest.skip("the corpora and the scorer are not beside the checkout (../shared)")
    return shared


@pytest.fixture(scope="session")
def scorer(real_shared: Path) -> Scorer:
    """The official scorer."""
    return load_scorer(real_shared)


@pytest.fixture
def mini_shared(real_shared: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder laid out like the real one, with the article in miniature; every command finds it."""
    shared = tmp_path / "shared"
    (shared / "score").mkdir(parents=True)
    shutil.copy(real_shared / "score" / "score_reading.py", shared / "score")
    polnear = shared / "data" / "polnear" / "dev"
    for folder in (polnear / "text", polnear / "attributions", shared / "gold" / "dev", shared / "seed"):
        folder.mkdir(parents=True)
    (polnear / "text" / f"{NAME}.txt").write_bytes(TEXT.encode())
    (polnear / "attributions" / f"{NAME}_aa01.ann").write_text(STANDOFF, "utf-8")
    (polnear / "attributions" / f"{NAME}_bb02.ann").write_text("", "utf-8")
    (shared / "gold" / "dev" / f"{NAME}.json").write_text(json.dumps(make_labels()), "utf-8")
    (shared / "seed" / "first.txt").write_text("One line.", "utf-8")
    monkeypatch.setenv(SHARED_VARIABLE, str(shared))
    monkeypatch.chdir(tmp_path)
    return shared


@pytest.fixture
def saved(tmp_path: Path) -> Path:
    """A folder with a saved reading of the article in miniature."""
    folder = tmp_path / "saved"
    folder.mkdir()
    (folder / f"{NAME}.json").write_text(json.dumps(make_reading()), "utf-8")
    return folder
