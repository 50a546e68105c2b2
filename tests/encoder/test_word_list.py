"""The common words come with the model; where they are missing or damaged, that is told as of the rest of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from sayso.encoder import word_list
from sayso.errors import ModelError

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize("data", [None, b"[UNK]\nno article\n", b"\xff\xfe\n"])
def test_a_vocabulary_that_is_not_there_or_damaged_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, data: bytes | None
) -> None:
    if data is not None:
        (tmp_path / "vocab.txt").write_bytes(data)
    monkeypatch.setattr(word_list, "default_folder", lambda: tmp_path)
    with pytest.raises(ModelError, match="vocab"):
        word_list.load_common_words.__wrapped__()


def test_the_words_that_come_with_the_package_begin_with_the_commonest() -> None:
    assert word_list.load_common_words()[:1] == (word_list.FIRST_WORD,)
