"""A model that is missing, damaged or another than its card says is an error, never a guess."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sayso.encoder.card import CARD_NAME, PARTS, load_card
from sayso.errors import ModelError
from tests.encoder.conftest import change_card, replace_part

if TYPE_CHECKING:
    from pathlib import Path

FIELDS = ("format", "name", "languages", "labels", "temperatures", "thresholds", "weights", "files")


def test_a_whole_model_has_a_card(folder: Path) -> None:
    card = load_card(folder)
    assert card.name == "dice"
    assert card.languages == ("en",)
    assert card.folder == folder
    assert card.labels["certainty"] == ("certain", "probable", "possible")
    assert card.thresholds["cue"] == 0.5
    assert card.weights["row"]["score"] == 0.4


def test_its_hash_stands_for_all_files(folder: Path) -> None:
    before = load_card(folder).sha256
    assert before == load_card(folder).sha256
    replace_part(folder, "cues.onnx", b"others", tell_the_card=True)
    assert load_card(folder).sha256 != before


@pytest.mark.parametrize("name", PARTS)
def test_a_missing_part_is_named(folder: Path, name: str) -> None:
    (folder / name).unlink()
    with pytest.raises(ModelError) as caught:
        load_card(folder)
    assert caught.value.path == str(folder / name)


@pytest.mark.parametrize("name", PARTS)
@pytest.mark.parametrize("how", ["one bit", "cut short", "empty", "folder"])
def test_a_damaged_part_is_named(folder: Path, name: str, how: str) -> None:
    data = (folder / name).read_bytes()
    changed = {"one bit": bytes([data[0] ^ 1]) + data[1:], "cut short": data[:-1], "empty": b""}.get(how)
    (folder / name).unlink()
    if changed is None:
        (folder / name).mkdir()
    else:
        (folder / name).write_bytes(changed)
    with pytest.raises(ModelError) as caught:
        load_card(folder)
    assert caught.value.path == str(folder / name)


def test_two_swapped_parts_are_found(folder: Path) -> None:
    cues, pairs = ((folder / name).read_bytes() for name in ("cues.onnx", "pairs.onnx"))
    replace_part(folder, "cues.onnx", pairs)
    replace_part(folder, "pairs.onnx", cues)
    with pytest.raises(ModelError):
        load_card(folder)


def test_a_part_that_the_card_does_not_list_is_named(folder: Path) -> None:
    files = json.loads((folder / CARD_NAME).read_text("utf-8"))["files"]
    change_card(folder, files={name: digest for name, digest in files.items() if name != "roles.onnx"})
    with pytest.raises(ModelError) as caught:
        load_card(folder)
    assert caught.value.path == str(folder / "roles.onnx")


@pytest.mark.parametrize("where", ["missing", "file"])
def test_no_folder_is_no_model(tmp_path: Path, where: str) -> None:
    path = tmp_path / "model"
    if where == "file":
        path.write_text("no folder", encoding="utf-8")
    with pytest.raises(ModelError):
        load_card(path)


@pytest.mark.parametrize(
    "data",
    [b"", b"{", b"[]", b"null", b"17", b'"card"', b"{}", b"\xff\xfe", b"[" * 100_000, b'{"format": 1}', b"1" * 5_000],
)
def test_a_damaged_card_is_an_error(folder: Path, data: bytes) -> None:
    (folder / CARD_NAME).write_bytes(data)
    with pytest.raises(ModelError):
        load_card(folder)


@pytest.mark.parametrize("format_", [0, 2, "1", None, [1]])
def test_another_format_is_an_error(folder: Path, format_: object) -> None:
    change_card(folder, format=format_)
    with pytest.raises(ModelError):
        load_card(folder)


@pytest.mark.parametrize("field", FIELDS)
@pytest.mark.parametrize("value", [None, 17, [[]], {"cue": "high"}, {"cue": {"a": "b"}}])
def test_a_card_with_an_odd_field_is_an_error_or_another_card(folder: Path, field: str, value: Any) -> None:  # noqa: ANN401
    change_card(folder, **{field: value})
    try:
        card = load_card(folder)
    except ModelError:
        return
    assert field in {"name", "languages", "labels"}
    assert card.sha256


def test_what_a_card_lacks_is_the_models_fault(folder: Path) -> None:
    change_card(folder, thresholds={"via": 0.5}, weights={}, labels={})
    card = load_card(folder)
    for table in (card.thresholds, card.weights, card.labels):
        with pytest.raises(ModelError) as caught:
            table["cue"]
        assert caught.value.path == str(folder / CARD_NAME)


@given(st.binary(max_size=3), st.integers(0, 3_000))
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_change_of_the_card_is_an_error_or_another_hash(folder: Path, data: bytes, at: int) -> None:
    path = folder / CARD_NAME
    whole = path.read_bytes()
    before = load_card(folder).sha256
    changed = whole[: at % len(whole)] + data + whole[at % len(whole) + 1 :]
    path.write_bytes(changed)
    try:
        after = load_card(folder).sha256
    except ModelError:
        after = "none"
    finally:
        path.write_bytes(whole)
    assert (after == before) == (changed == whole)
