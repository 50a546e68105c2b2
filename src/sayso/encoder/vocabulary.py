"""The words that the model's vocabulary knows whole: a list of common English words that is there anyway."""

from __future__ import annotations

from functools import cache

from sayso.encoder.card import default_folder


@cache
def load_words() -> frozenset[str]:
    """Return the whole words of the vocabulary, in small letters; none where the file cannot be read."""
    try:
        lines = (default_folder() / "vocab.txt").read_text("utf-8").splitlines()
    except (OSError, ValueError):
        return frozenset()
    return frozenset(line for line in lines if line.isalpha() and len(line) > 1)
