"""The model's card: what its files are, how their outputs are named, and what was learnt about its certainty.

A model is a folder with a ``card.json``. Every file is checked against the SHA-256 that the card gives before it is
used; a file that was damaged or swapped is an error, never a guess.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from sayso.errors import ModelError

if TYPE_CHECKING:
    from collections.abc import Mapping

Value = TypeVar("Value")

CARD_NAME = "card.json"
FORMAT = 1
PARTS = ("encoder.onnx", "cues.onnx", "roles.onnx", "labels.onnx", "pairs.onnx", "syntax.onnx", "vocab.txt")


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelCard:
    """What a model is.

    Attributes:
        name: Name and version.
        languages: ISO 639-1 codes that it reads.
        sha256: Over the whole card, so that it stands for all files.
        folder: Where the files are.
        labels: Names of each head's classes, in the order of its output.
        temperatures: By which each head's scores are divided to be calibrated.
        thresholds: Above which a head's probability counts.
        weights: Small fitted scorings over named features (``row``: is a row right; ``origin``: is a source a root):
            feature name to weight, and ``bias``.
    """

    name: str
    languages: tuple[str, ...]
    sha256: str
    folder: Path
    labels: dict[str, tuple[str, ...]]
    temperatures: dict[str, float]
    thresholds: dict[str, float]
    weights: dict[str, dict[str, float]]


class Table(dict[str, Value], Generic[Value]):
    """A part of a card in which a name that is not there is the model's fault, not the caller's."""

    def __init__(self, path: Path, values: Mapping[str, Value]) -> None:
        """Take the values, and the card's path for the error."""
        super().__init__(values)
        self.path = path

    def __missing__(self, name: str) -> Value:
        """Raise ModelError: every name that is asked for belongs into the card."""
        raise ModelError(str(self.path), f"the model's card says nothing of {name!r}")


def default_folder() -> Path:
    """Return the folder of the model that comes with the package."""
    return Path(str(files("sayso.encoder") / "model"))


def load_card(folder: Path | None = None) -> ModelCard:
    """Return the card of a model, with its files checked.

    Raises:
        ModelError: If a file is missing, damaged or another than the card says, or the card cannot be read.
    """
    folder = folder or default_folder()
    path = folder / CARD_NAME
    try:
        data = path.read_bytes()
        raw: dict[str, Any] = json.loads(data)
        if raw["format"] != FORMAT:
            raise ModelError(str(path), f"format {raw['format']!r}, and this version reads {FORMAT}")
        _check_files(folder, raw["files"])
        return ModelCard(
            name=str(raw["name"]),
            languages=tuple(raw["languages"]),
            sha256=hashlib.sha256(data).hexdigest(),
            folder=folder,
            labels=Table(path, {head: tuple(names) for head, names in raw["labels"].items()}),
            temperatures={k: float(v) for k, v in raw["temperatures"].items()},
            thresholds=Table(path, {k: float(v) for k, v in raw["thresholds"].items()}),
            weights=Table(path, {n: {k: float(v) for k, v in table.items()} for n, table in raw["weights"].items()}),
        )
    except OSError as error:
        raise ModelError(str(path), "the model's card cannot be read") from error
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise ModelError(str(path), "the model's card is damaged") from error


def _check_files(folder: Path, expected: dict[str, str]) -> None:
    """Raise ModelError unless every part is there with the hash that the card gives."""
    for name in PARTS:
        path = folder / name
        if name not in expected:
            raise ModelError(str(path), "the card does not list it")
        try:
            digest = hashlib.sha256(path.read_bytes()).hexdigest()
        except OSError as error:
            raise ModelError(str(path), "this part of the model cannot be read") from error
        if digest != expected[name]:
            raise ModelError(str(path), f"its SHA-256 is {digest}, and the card says {expected[name]}")
