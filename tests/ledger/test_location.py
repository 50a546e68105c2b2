"""Which case is meant."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from sayso.errors import MissingCase, SeveralCases
from sayso.ledger.location import find_case, name_case

if TYPE_CHECKING:
    from pathlib import Path


def test_the_only_case_of_a_folder_is_meant(tmp_path: Path) -> None:
    (tmp_path / "harbour.sayso").touch()
    (tmp_path / "notes.txt").touch()
    (tmp_path / "old.sayso").mkdir()
    assert find_case(None, folder=tmp_path) == tmp_path / "harbour.sayso"


def test_a_folder_without_a_case_says_so(tmp_path: Path) -> None:
    with pytest.raises(MissingCase) as caught:
        find_case(None, folder=tmp_path)
    assert caught.value.path == str(tmp_path)


def test_of_several_none_is_guessed(tmp_path: Path) -> None:
    for name in ("b.sayso", "a.sayso"):
        (tmp_path / name).touch()
    with pytest.raises(SeveralCases) as caught:
        find_case(None, folder=tmp_path)
    assert caught.value.names == ("a.sayso", "b.sayso")


def test_a_case_is_named_with_or_without_its_ending(tmp_path: Path) -> None:
    (tmp_path / "harbour.sayso").touch()
    assert find_case(str(tmp_path / "harbour")) == tmp_path / "harbour.sayso"
    assert find_case(str(tmp_path / "harbour.sayso")) == tmp_path / "harbour.sayso"
    assert find_case(str(tmp_path / "nothing")) == tmp_path / "nothing"


@pytest.mark.parametrize(("name", "expected"), [("a", "a.sayso"), ("a.sayso", "a.sayso"), ("v1.2", "v1.2.sayso")])
def test_a_name_gets_the_ending(name: str, expected: str) -> None:
    assert name_case(name).name == expected
