"""A loaded model: windows go in one by one, and what is read together changes nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sayso.encoder.card import load_card
from sayso.encoder.features import MAX_PIECES, Window, plan_windows, split_words
from sayso.encoder.session import CLS, SEP, Model, find_owners, pool_row, window_inputs
from sayso.errors import ModelError
from tests.encoder.conftest import change_card, replace_part
from tests.extract.dice import LABELS, ROW_WIDTH, WIDTH, throw_dice, write_folder

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from sayso.encoder.wordpiece import WordPieces

SHORT = "Mayor Ilva Brenn said the harbour was shut."
LONG = "The harbour was shut, said the mayor. Nobody had asked the pilots, who were at sea. " * 12


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Model]:
    """A model that throws dice."""
    with pytest.MonkeyPatch.context() as patch:
        throw_dice(patch)
        yield Model(load_card(write_folder(tmp_path_factory.mktemp("dice"))), threads=2)


class TestLoading:
    @pytest.mark.parametrize("name", ["encoder.onnx", "cues.onnx", "roles.onnx", "labels.onnx", "pairs.onnx"])
    def test_a_part_that_is_no_network_is_an_error_although_its_hash_is_right(self, folder: Path, name: str) -> None:
        card = load_card(folder)
        with pytest.raises(ModelError) as caught:
            Model(card)
        assert caught.value.path == str(folder / "encoder.onnx")
        assert name in {path.name for path in folder.iterdir()}

    @pytest.mark.parametrize("name", ["cues.onnx", "labels.onnx", "pairs.onnx"])
    @pytest.mark.parametrize("keep", [0, 100, -1_000])
    def test_a_truncated_part_is_an_error_although_its_hash_is_right(
        self, real_copy: Path, name: str, keep: int
    ) -> None:
        whole = (real_copy / name).read_bytes()
        replace_part(real_copy, name, whole[:keep], tell_the_card=True)
        with pytest.raises(ModelError) as caught:
            Model(load_card(real_copy))
        assert caught.value.path == str(real_copy / name)

    @pytest.mark.parametrize("data", [b"", b"a\nb\n", b"\xff\xfe[UNK]"])
    def test_a_vocabulary_that_is_none_is_an_error(
        self, folder: Path, monkeypatch: pytest.MonkeyPatch, data: bytes
    ) -> None:
        throw_dice(monkeypatch)
        replace_part(folder, "vocab.txt", data, tell_the_card=True)
        with pytest.raises(ModelError) as caught:
            Model(load_card(folder))
        assert caught.value.path == str(folder / "vocab.txt")

    def test_the_width_is_what_the_label_head_takes(self, model: Model) -> None:
        assert model.width == WIDTH

    def test_a_card_of_other_labels_still_loads(self, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        throw_dice(monkeypatch)
        change_card(folder, name="other dice")
        assert Model(load_card(folder), threads=1).card.name == "other dice"


class TestEncoding:
    def test_every_word_has_a_state_in_every_window_that_holds_it(self, model: Model) -> None:
        (encoded,) = model.encode([model.split(LONG)])
        assert len(encoded.windows) > 1
        for window, state in zip(encoded.windows, encoded.states, strict=True):
            assert state.shape == (window.high - window.low, WIDTH)
        assert encoded.owner.shape == (len(encoded.words),)

    def test_what_is_read_together_changes_nothing(self, model: Model) -> None:
        texts = [SHORT, LONG, "", "…"]
        together = model.encode([model.split(text) for text in texts])
        alone = [model.encode([model.split(text)])[0] for text in texts]
        for one, other in zip(together, alone, strict=True):
            assert one.windows == other.windows
            for some, others in zip(one.states, other.states, strict=True):
                assert np.array_equal(some, others)

    def test_no_texts_give_no_states(self, model: Model) -> None:
        assert model.encode([]) == []

    def test_a_text_without_words_has_no_windows(self, model: Model) -> None:
        (encoded,) = model.encode([model.split("\u200b")])
        assert (len(encoded.words), encoded.windows, encoded.states) == (0, (), ())
        scores = model.score_words(encoded)
        assert scores.anchor.shape == (0,)
        assert scores.entity.shape == (0, len(LABELS["entity"]))
        assert model.score_roles(encoded, np.zeros(0, dtype=np.int32)) == []

    def test_inputs_begin_and_end_with_the_special_pieces(self, cutter: WordPieces) -> None:
        words = split_words("Brenn said no.", cutter)
        rows, first = window_inputs(words, Window(0, len(words)))
        assert (rows[0, 0], rows[0, -1]) == (CLS, SEP)
        assert rows[0, 1:-1].tolist() == words.piece_ids.tolist()
        assert rows[1:, [0, -1]].tolist() == [[0, 0]] * 3
        assert first.tolist() == (words.first_piece + 1).tolist()
        begins = rows[3, first]
        assert begins.tolist() == words.begins.tolist()
        assert rows[3].sum() == words.begins.sum(), "only a word's first piece says that something begins"

    def test_a_word_longer_than_a_window_keeps_what_fits(self, cutter: WordPieces) -> None:
        words = split_words("x" * 90 + " " + LONG, cutter)
        for window in plan_windows(words, max_pieces=40, overlap_pieces=8):
            rows, first = window_inputs(words, window)
            assert rows.shape[1] <= MAX_PIECES
            assert first.max() < rows.shape[1]


class TestScoring:
    def test_words_are_scored_in_the_window_in_which_they_are_most_central(self, model: Model) -> None:
        (encoded,) = model.encode([model.split(LONG)])
        scores = model.score_words(encoded)
        n = len(encoded.words)
        assert scores.anchor.shape == scores.content.shape == (n,)
        assert scores.entity.shape == (n, len(LABELS["entity"]))
        assert (scores.anchor > 0).all()

    def test_each_cue_gets_its_roles_from_its_own_window(self, model: Model) -> None:
        (encoded,) = model.encode([model.split(LONG)])
        anchors = np.arange(0, len(encoded.words), 7, dtype=np.int32)
        found = model.score_roles(encoded, anchors)
        assert sorted(a for scores in found for a in scores.anchors.tolist()) == anchors.tolist()
        for scores in found:
            width = scores.window.high - scores.window.low
            assert scores.roles.shape == (len(scores.anchors), width, len(LABELS["role"]))
            assert scores.via.shape == (len(scores.anchors), width)
            assert ((scores.anchors >= scores.window.low) & (scores.anchors < scores.window.high)).all()

    def test_no_rows_have_no_labels(self, model: Model) -> None:
        scores = model.score_rows(np.zeros((0, 4, WIDTH), dtype=np.float32))
        assert scores.stance.shape == (0, len(LABELS["stance"]))
        assert scores.vector.shape == (0, ROW_WIDTH)

    def test_a_row_is_pooled_from_its_own_words(self, model: Model) -> None:
        (encoded,) = model.encode([model.split(SHORT)])
        state = encoded.states[0]
        pooled = pool_row(encoded, 3, ([(3, 4)], [(0, 3)], [(4, 6), (7, 8)]))
        assert pooled.shape == (4, WIDTH)
        assert np.allclose(pooled[0], state[3])
        assert np.allclose(pooled[2], state[0:3].mean(axis=0))
        assert np.allclose(pooled[3], state[[4, 5, 7]].mean(axis=0))

    def test_a_part_that_a_row_lacks_is_zero(self, model: Model) -> None:
        (encoded,) = model.encode([model.split(SHORT)])
        assert not pool_row(encoded, 3, ([(3, 4)], [], [(4, 6)]))[2].any()


@given(st.lists(st.tuples(st.integers(1, 12), st.integers(0, 11)), min_size=1, max_size=12))
@settings(max_examples=150, deadline=None)
def test_a_word_belongs_to_the_window_in_which_it_is_most_central(steps: list[tuple[int, int]]) -> None:
    windows: list[Window] = []
    for size, back in steps:
        low = max(windows[-1].high - back, windows[-1].low) if windows else 0
        windows.append(Window(low, max(low, windows[-1].high if windows else 0) + size))
    n_words = windows[-1].high
    owner = find_owners(windows, n_words)
    for place in range(n_words):
        margins = [min(place - w.low, w.high - 1 - place) for w in windows]
        assert owner[place] == margins.index(max(margins))
