"""A model that throws dice: deterministic, quick, and far wilder than any trained one.

Its parts take and give what the trained parts do, so everything above the numbers runs as it is: windows, decoding,
rows, sources, routes, records. What a reader promises must hold for whatever a model says, so it is held to it here.
"""

from __future__ import annotations

import hashlib
import json
import string
import zlib
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from sayso.encoder import session
from sayso.encoder.card import CARD_NAME, FORMAT, PARTS
from sayso.records import Certainty, Endorsement, Kind, Naming, Stance

if TYPE_CHECKING:
    from pathlib import Path

    import pytest
    from numpy.typing import NDArray

    from sayso.encoder.card import ModelCard

WIDTH, ROW_WIDTH = 8, 4
N_TAGS, N_ENTITY_TAGS = 7, 11
KINDS_OF_ENTITY = ("person", "organisation", "place", "time", "quantity")
LABELS: Final = {
    "stance": [value.value for value in Stance],
    "certainty": [value.value for value in Certainty],
    "endorsement": [value.value for value in Endorsement],
    "kind": [value.value for value in Kind],
    "naming": [value.value for value in Naming],
    "relation": ["none", "disputes", "supports", "repeats"],
    "role": ["O", "B-source", "I-source", "B-content", "I-content", "B-cue", "I-cue"],
    "syntax": [
        *("dep", "part", "ROOT", "nsubj", "nsubjpass", "csubj", "expl", "dobj", "dative", "attr", "acomp", "oprd"),
        *("ccomp", "xcomp", "advcl", "relcl", "acl", "pcomp", "conj", "cc", "aux", "auxpass", "neg", "prt", "prep"),
        *("pobj", "agent", "det", "amod", "compound", "nummod", "poss", "mark", "appos", "advmod", "npadvmod", "punct"),
    ],
    "tag": [
        *("NN", "NNS", "NNP", "PRP", "PRP$", "WP", "WDT", "DT", "EX", "IN", "TO", "CC", "CD", "JJ", "RB", "RP", "MD"),
        *("VB", "VBD", "VBG", "VBN", "VBP", "VBZ", "POS", "HYPH", ",", ".", ":", "``", "''", "-LRB-", "-RRB-", "other"),
    ],
    "entity": ["O", *(f"{edge}-{kind}" for kind in KINDS_OF_ENTITY for edge in "BI")],
}
THRESHOLDS = ("cue", "nested", "agreement", "via", "relation", "content", "refusal")
WHOLE_WORDS = ("said", "the", "harbour", "mayor", "that", "northwire", "told", "denied", "brenn")


def make_vocabulary() -> list[str]:
    """Return a small vocabulary that cuts most words into letters."""
    letters = string.ascii_lowercase + string.digits
    return [
        "[PAD]",
        "[UNK]",
        "[CLS]",
        "[SEP]",
        *letters,
        *(f"##{c}" for c in letters),
        *string.punctuation,
        *WHOLE_WORDS,
    ]


def write_folder(folder: Path) -> Path:
    """Write a model of dice: right hashes, and parts that only `throw_dice` can open."""
    folder.mkdir(parents=True, exist_ok=True)
    for name in PARTS:
        (folder / name).write_bytes(f"dice of {name}".encode())
    (folder / "vocab.txt").write_text("\n".join(make_vocabulary()), encoding="utf-8")
    card = {
        "format": FORMAT,
        "name": "dice",
        "languages": ["en"],
        "labels": LABELS,
        "temperatures": {"stance": 1.5, "same": 2.0},
        "thresholds": dict.fromkeys(THRESHOLDS, 0.5) | {"second_look": 0.3, "outside": 0.2},
        "weights": {
            "row": {"bias": 0.1, "score": 0.4, "margin": 0.2},
            "origin": {"bias": 0.1, "says": 0.5},
            "antecedent": {"he:rank0": 1.0, "the:rank1": 1.0, "bare:new": 0.5, "head:pair": 0.5},
            "occasion": {"same:bias": 0.5, "other:newest": 0.5, "none:bias": 0.3, "head:pair": 0.5},
        },
        "files": {name: hashlib.sha256((folder / name).read_bytes()).hexdigest() for name in PARTS},
    }
    (folder / CARD_NAME).write_text(json.dumps(card), encoding="utf-8")
    return folder


def throw_dice(patch: pytest.MonkeyPatch) -> None:
    """Let every model that is loaded from now on throw dice."""
    patch.setattr(session, "_open", open_dice)


def open_dice(_: ModelCard, name: str) -> Dice:
    """Stand in for the opening of a part."""
    return Dice(name.removesuffix(".onnx"))


class Dice:
    """One part: random numbers that depend on what it is fed and on nothing else."""

    def __init__(self, part: str) -> None:
        """Keep which part it is."""
        self.part = part

    def get_inputs(self) -> list[SimpleNamespace]:
        """Return the inputs' shapes, as far as somebody asks."""
        return [SimpleNamespace(shape=["rows", 4, WIDTH])]

    def run(self, _: None, feed: dict[str, NDArray[Any]]) -> list[NDArray[np.float32]]:
        """Return the part's outputs."""
        seed = zlib.crc32(self.part.encode())
        for name in sorted(feed):
            seed = zlib.crc32(feed[name].tobytes(), seed)
        numbers = np.random.default_rng(seed)
        made: list[NDArray[Any]] = getattr(self, f"_{self.part}")(numbers, feed)
        return [array if array.dtype == np.int64 else np.asarray(array, dtype=np.float32) for array in made]

    def _encoder(self, numbers: np.random.Generator, feed: dict[str, NDArray[Any]]) -> list[NDArray[Any]]:
        shapes = {feed[name].shape for name in ("pieces", "shape", "inside", "start")}
        ((n_texts, n_pieces),) = shapes
        return [numbers.normal(size=(n_texts, n_pieces, WIDTH))]

    def _cues(self, numbers: np.random.Generator, feed: dict[str, NDArray[Any]]) -> list[NDArray[Any]]:
        n = len(feed["words"])
        return [numbers.random(n) ** 3, numbers.random(n), numbers.normal(size=(n, N_ENTITY_TAGS))]

    def _roles(self, numbers: np.random.Generator, feed: dict[str, NDArray[Any]]) -> list[NDArray[Any]]:
        (n_words, _), anchors = feed["words"].shape, feed["anchors"]
        assert feed["distance"].shape == feed["sentence"].shape == feed["quotation"].shape == (len(anchors), n_words)
        roles = numbers.normal(size=(len(anchors), n_words, N_TAGS)) * 0.3
        roles[..., 0] += 2
        for i, anchor in enumerate(anchors.tolist()):
            for tag in (1, 3, 3, 3):
                low = int(numbers.integers(n_words))
                high = low + int(numbers.integers(1, 25 if tag == 3 else 6))
                roles[i, low, tag] += 5
                roles[i, low + 1 : high, tag + 1] += 5
            roles[i, anchor, 5] += 20
        return [roles, numbers.normal(size=(len(anchors), n_words)) * 2 - 3]

    def _labels(self, numbers: np.random.Generator, feed: dict[str, NDArray[Any]]) -> list[NDArray[Any]]:
        assert feed["pooled"].shape[1:] == (4, WIDTH)
        n = len(feed["pooled"])
        sizes = [
            *(len(LABELS[head]) for head in ("stance", "certainty", "endorsement", "kind", "naming")),
            1,
            ROW_WIDTH,
        ]
        return [numbers.normal(size=(n, size)) * 2 for size in sizes]

    def _pairs(self, numbers: np.random.Generator, feed: dict[str, NDArray[Any]]) -> list[NDArray[Any]]:
        assert len(feed["earlier"]) == len(feed["later"]) == len(feed["features"])
        return [numbers.normal(size=(len(feed["features"]), 2 + len(LABELS["relation"]))) * 2]

    def _syntax(self, numbers: np.random.Generator, feed: dict[str, NDArray[Any]]) -> list[NDArray[Any]]:
        n = len(feed["words"])
        assert feed["sentence"].shape == (n,)
        relations, tags = (numbers.integers(len(LABELS[name]), size=n) for name in ("syntax", "tag"))
        # Governors near by, in no order: circles, several roots, some in other sentences.
        return [np.clip(np.arange(n) + numbers.integers(-4, 5, size=n), 0, n - 1), relations, tags]
