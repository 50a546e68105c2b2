"""The neural model behind one small interface: words in, arrays out.

One encoder, run once over each window of a text, and four light heads over its hidden states. Windows are padded to a
length that depends on the window alone and batched only with windows of the same length, so what a text is read
together with does not change what is read.
"""

from __future__ import annotations

import os
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import onnxruntime as ort

from sayso.encoder.features import MAX_PIECES, SPECIAL_PIECES, Window, Words, plan_windows, split_words
from sayso.encoder.geometry import relate
from sayso.encoder.wordpiece import WordPieces
from sayso.errors import ModelError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from sayso.encoder.card import ModelCard

    Floats = NDArray[np.float32]
    Ints = NDArray[np.int32]
    Longs = NDArray[np.int64]

CLS, SEP = 101, 102
LENGTH_STEP = 64
# Attention needs batch x 12 x 384 x 384 floats: four windows are 28 MB and already fill both cores.
WINDOWS_PER_RUN = 4


@dataclass(frozen=True, slots=True)
class Encoded:
    """One text after the encoder.

    Attributes:
        words: Its words.
        windows: The windows it was read in.
        states: Hidden states per window, each (words in the window, width).
        owner: For each word the window in which it is most central, (n_words,).
    """

    words: Words
    windows: tuple[Window, ...]
    states: tuple[Floats, ...]
    owner: Ints


@dataclass(frozen=True, slots=True)
class RoleScores:
    """What the role head says of some cues of one window.

    Attributes:
        window: The window.
        anchors: The cues' anchors, as word numbers of the text, (n_cues,).
        roles: Scores, (n_cues, words in the window, 7).
        via: Scores of being the route's medium, (n_cues, words in the window).
    """

    window: Window
    anchors: Ints
    roles: Floats
    via: Floats


@dataclass(frozen=True, slots=True)
class RowScores:
    """What the label heads say of rows: class scores, (n_rows, n_classes) each, and the rows' vectors."""

    stance: Floats
    certainty: Floats
    endorsement: Floats
    kind: Floats
    naming: Floats
    carry: Floats
    vector: Floats


class Model:
    """A loaded model. Safe to use from several threads."""

    def __init__(self, card: ModelCard, *, threads: int | None = None) -> None:
        """Load every part.

        Raises:
            ModelError: If a part cannot be loaded although its hash is right.
        """
        self.card = card
        self._encoder = _open(card, "encoder.onnx", threads or os.cpu_count() or 1)
        self._cues, self._roles, self._labels, self._pairs = (
            _open(card, f"{name}.onnx", 1) for name in ("cues", "roles", "labels", "pairs")
        )
        self._cutter = WordPieces((card.folder / "vocab.txt").read_text("utf-8").splitlines())

    @property
    def width(self) -> int:
        """Return the width of a hidden state."""
        return int(self._labels.get_inputs()[0].shape[2])

    def split(self, text: str) -> Words:
        """Return the words of a text."""
        return split_words(text, self._cutter)

    def encode(self, texts: Sequence[Words]) -> list[Encoded]:
        """Return each text's hidden states, in order."""
        plans = [plan_windows(words) for words in texts]
        states: list[list[Floats]] = [[np.empty((0, 0), dtype=np.float32)] * len(plan) for plan in plans]
        by_length: dict[int, list[tuple[int, int]]] = defaultdict(list)
        for t, plan in enumerate(plans):
            for w, window in enumerate(plan):
                by_length[_padded_length(texts[t], window)].append((t, w))
        for length, places in by_length.items():
            for at in range(0, len(places), WINDOWS_PER_RUN):
                chosen = places[at : at + WINDOWS_PER_RUN]
                self._encode_windows([(texts[t], plans[t][w]) for t, w in chosen], length, chosen, states)
        return [
            Encoded(words, tuple(plan), tuple(found), find_owners(plan, len(words)))
            for words, plan, found in zip(texts, plans, states, strict=True)
        ]

    def _encode_windows(
        self,
        windows: Sequence[tuple[Words, Window]],
        length: int,
        places: Sequence[tuple[int, int]],
        states: list[list[Floats]],
    ) -> None:
        """Run one batch of windows and put each one's word states in its place."""
        table = np.zeros((4, len(windows), length), dtype=np.int64)
        sizes = np.zeros(len(windows), dtype=np.int64)
        firsts = []
        for i, (words, window) in enumerate(windows):
            rows, first = window_inputs(words, window)
            sizes[i] = rows.shape[1]
            table[:, i, : sizes[i]] = rows
            firsts.append(first)
        feed = dict(zip(("pieces", "shape", "inside", "start"), table, strict=True)) | {"length": sizes}
        hidden = self._encoder.run(None, feed)[0]
        for (t, w), row, first in zip(places, hidden, firsts, strict=True):
            states[t][w] = row[first]

    def score_cues(self, encoded: Encoded) -> tuple[Floats, Floats]:
        """Return each word's probability of being a cue's anchor, (n_words,), and entity scores, (n_words, n_tags)."""
        n_words = len(encoded.words)
        anchor = np.zeros(n_words, dtype=np.float32)
        entity = np.zeros((n_words, len(self.card.labels["entity"])), dtype=np.float32)
        for w, (window, state) in enumerate(zip(encoded.windows, encoded.states, strict=True)):
            scores, tags = self._cues.run(None, {"words": state})
            mine = np.flatnonzero(encoded.owner[window.low : window.high] == w)
            anchor[mine + window.low] = scores[mine]
            entity[mine + window.low] = tags[mine]
        return anchor, entity

    def score_roles(self, encoded: Encoded, anchors: Ints) -> list[RoleScores]:
        """Return the role scores of every cue, window by window."""
        found = []
        for w, (window, state) in enumerate(zip(encoded.windows, encoded.states, strict=True)):
            mine = anchors[encoded.owner[anchors] == w]
            if not len(mine):
                continue
            distance, sentence, quotation = relate(encoded.words, mine, window.low, window.high)
            feed = {
                "words": state,
                "anchors": (mine - window.low).astype(np.int64),
                "distance": distance.astype(np.int64),
                "sentence": sentence.astype(np.int64),
                "quotation": quotation.astype(np.int64),
            }
            roles, via = self._roles.run(None, feed)
            found.append(RoleScores(window, mine, roles, via))
        return found

    def score_rows(self, pooled: Floats) -> RowScores:
        """Return the label scores of rows pooled by `pool_row`, (n_rows, 4, width)."""
        return RowScores(*self._labels.run(None, {"pooled": pooled}))

    def score_pairs(self, earlier: Floats, later: Floats, features: Floats) -> Floats:
        """Return for pairs of row vectors: same source, same via, then the relations' scores; (n_pairs, 6)."""
        scores: Floats = self._pairs.run(None, {"earlier": earlier, "later": later, "features": features})[0]
        return scores


def window_inputs(words: Words, window: Window) -> tuple[Longs, Longs]:
    """Return pieces, shape, inside and start of a window, (4, n_pieces), and the place of each word's first piece."""
    low, high = _piece_range(words, window)
    places = np.arange(low, high)
    word_of = np.searchsorted(words.first_piece, places, side="right") - 1
    rows = np.zeros((4, high - low + SPECIAL_PIECES), dtype=np.int64)
    rows[0, 0], rows[0, -1] = CLS, SEP
    rows[0, 1:-1] = words.piece_ids[low:high]
    rows[1, 1:-1] = words.shape[word_of]
    rows[2, 1:-1] = words.double[word_of]
    rows[3, 1:-1] = words.begins[word_of] * (words.first_piece[word_of] == places)
    first = np.minimum(words.first_piece[window.low : window.high] - low + 1, high - low).astype(np.int64)
    return rows, first


def find_owners(windows: Sequence[Window], n_words: int) -> Ints:
    """Return for each word the window in which it is most central."""
    place = np.arange(n_words)
    margins = [np.minimum(place - w.low, w.high - 1 - place) for w in windows]
    return np.argmax(margins, axis=0).astype(np.int32) if margins else np.zeros(0, dtype=np.int32)


def pool_row(encoded: Encoded, anchor: int, roles: Sequence[Sequence[tuple[int, int]]]) -> Floats:
    """Return (4, width): the anchor's state and the means over cue, source and content; zeros where there are none.

    Args:
        encoded: The text.
        anchor: The cue's anchor.
        roles: Word stretches of cue, source and content.
    """
    w = int(encoded.owner[anchor])
    window, state = encoded.windows[w], encoded.states[w]
    pooled = np.zeros((4, state.shape[1]), dtype=np.float32)
    pooled[0] = state[anchor - window.low]
    for i, stretches in enumerate(roles, 1):
        places = [p for low, high in stretches for p in range(max(low, window.low), min(high, window.high))]
        if places:
            pooled[i] = state[np.array(places) - window.low].mean(axis=0)
    return pooled


def _piece_range(words: Words, window: Window) -> tuple[int, int]:
    """Return the pieces [low, high) of a window; a word longer than a window keeps what fits."""
    low = int(words.first_piece[window.low])
    high = int(words.first_piece[window.high]) if window.high < len(words) else len(words.piece_ids)
    return low, min(high, low + MAX_PIECES - SPECIAL_PIECES)


def _padded_length(words: Words, window: Window) -> int:
    """Return the length to which a window is padded: it depends on the window alone."""
    low, high = _piece_range(words, window)
    return -(-(high - low + SPECIAL_PIECES) // LENGTH_STEP) * LENGTH_STEP


def _open(card: ModelCard, name: str, threads: int) -> ort.InferenceSession:
    """Return a session over one part of the model."""
    options = ort.SessionOptions()
    options.intra_op_num_threads = threads
    options.inter_op_num_threads = 1
    options.log_severity_level = 3
    # An idle thread that spins takes the core from the Python between two runs.
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    try:
        return ort.InferenceSession(str(card.folder / name), options, providers=["CPUExecutionProvider"])
    except Exception as error:  # onnxruntime raises classes of its own that it does not export
        raise ModelError(str(card.folder / name), "onnxruntime cannot load it") from error
