"""The neural model behind one small interface: words in, arrays out.

One encoder, run once over each window of a text, and four light heads over its hidden states. A window is run by
itself, without padding: what a text is read together with cannot change what is read, and no work is spent on padding.
The cores are filled by running as many windows side by side.
"""

from __future__ import annotations

import os
from concurrent.futures import ThreadPoolExecutor
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
class WordScores:
    """What the word heads say of a text's words.

    Attributes:
        anchor: Probability of being a cue's anchor, (n_words,).
        content: Probability of lying in some attribution's content, whichever, (n_words,).
        entity: Scores of the entity tags, (n_words, n_tags).
    """

    anchor: Floats
    content: Floats
    entity: Floats


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


@dataclass(frozen=True, slots=True)
class SyntaxScores:
    """What the syntax head says of a text's words.

    Attributes:
        head: The word of the text that governs each word, itself for a root; n_words of them. Lists, and no arrays:
            they are looked up word by word.
        relation: By what relation, a number in `relations`.
        tag: What the word is, a number in `tags`.
        relations: Names of the relations.
        tags: Names of the tags.
    """

    head: list[int]
    relation: list[int]
    tag: list[int]
    relations: tuple[str, ...]
    tags: tuple[str, ...]


class Model:
    """A loaded model. Safe to use from several threads."""

    def __init__(self, card: ModelCard, *, threads: int | None = None) -> None:
        """Load every part.

        Raises:
            ModelError: If a part cannot be loaded although its hash is right.
        """
        self.card = card
        self._encoder, self._cues, self._roles, self._labels, self._pairs, self._syntax = (
            _open(card, f"{name}.onnx") for name in ("encoder", "cues", "roles", "labels", "pairs", "syntax")
        )
        self._pool = ThreadPoolExecutor(threads or os.cpu_count() or 1, thread_name_prefix="sayso-encoder")
        self._cutter = _load_cutter(card)

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
        windows = [(words, window) for words, plan in zip(texts, plans, strict=True) for window in plan]
        states = iter(list(self._pool.map(self._encode_window, windows)))
        return [
            Encoded(words, tuple(plan), tuple(next(states) for _ in plan), find_owners(plan, len(words)))
            for words, plan in zip(texts, plans, strict=True)
        ]

    def _encode_window(self, place: tuple[Words, Window]) -> Floats:
        """Return the state of each word of a window, (words in the window, width)."""
        rows, first = window_inputs(*place)
        feed = dict(zip(("pieces", "shape", "inside", "start"), rows[:, None], strict=True))
        hidden: Floats = self._encoder.run(None, feed)[0][0]
        return hidden[first]

    def score_words(self, encoded: Encoded) -> WordScores:
        """Return what the word heads say of each word, read in the window in which it is most central."""
        n_words = len(encoded.words)
        anchor, content = np.zeros(n_words, dtype=np.float32), np.zeros(n_words, dtype=np.float32)
        entity = np.zeros((n_words, len(self.card.labels["entity"])), dtype=np.float32)
        for w, (window, state) in enumerate(zip(encoded.windows, encoded.states, strict=True)):
            found = self._cues.run(None, {"words": state})
            mine = np.flatnonzero(encoded.owner[window.low : window.high] == w)
            for table, values in zip((anchor, content, entity), found, strict=True):
                table[mine + window.low] = values[mine]
        return WordScores(anchor, content, entity)

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

    def score_syntax(self, encoded: Encoded) -> SyntaxScores:
        """Return who governs whom, each word read in the window in which it is most central."""
        n_words = len(encoded.words)
        head, relation, tag = np.arange(n_words, dtype=np.int32), *np.zeros((2, n_words), dtype=np.int32)
        for w, (window, state) in enumerate(zip(encoded.windows, encoded.states, strict=True)):
            sentence = encoded.words.sentence[window.low : window.high].astype(np.int64)
            found = self._syntax.run(None, {"words": state, "sentence": sentence})
            mine = np.flatnonzero(encoded.owner[window.low : window.high] == w)
            head[mine + window.low] = found[0][mine] + window.low
            relation[mine + window.low], tag[mine + window.low] = found[1][mine], found[2][mine]
        names = self.card.labels
        return SyntaxScores(head.tolist(), relation.tolist(), tag.tolist(), tuple(names["syntax"]), tuple(names["tag"]))

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
    owner, most = np.zeros(n_words, dtype=np.int32), np.full(n_words, -1)
    for w, window in enumerate(windows):
        place = np.arange(window.low, window.high)
        margin = np.minimum(place - window.low, window.high - 1 - place)
        mine = place[margin > most[place]]
        owner[mine], most[mine] = w, margin[mine - window.low]
    return owner


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


def _load_cutter(card: ModelCard) -> WordPieces:
    """Return the cutter over the model's vocabulary."""
    path = card.folder / "vocab.txt"
    try:
        return WordPieces(path.read_text("utf-8").splitlines())
    except (OSError, ValueError, KeyError) as error:
        raise ModelError(str(path), "it is no vocabulary of word pieces") from error


def _open(card: ModelCard, name: str) -> ort.InferenceSession:
    """Return a session over one part of the model."""
    options = ort.SessionOptions()
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    options.log_severity_level = 3
    try:
        return ort.InferenceSession(str(card.folder / name), options, providers=["CPUExecutionProvider"])
    except Exception as error:  # onnxruntime raises classes of its own that it does not export
        raise ModelError(str(card.folder / name), "onnxruntime cannot load it") from error
