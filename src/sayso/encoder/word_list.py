"""The common words of the language, the commonest first: how rare a word is before any article is seen.

The vocabulary of the model that comes with the package lists its whole words by how common they are.
"""

from __future__ import annotations

from functools import cache

from sayso.encoder.card import default_folder
from sayso.errors import ModelError

# What stands before are marks, letters and signs.
FIRST_WORD = "the"


@cache
def load_common_words() -> tuple[str, ...]:
    """Return the vocabulary's whole words in its order.

    Raises:
        ModelError: The vocabulary is missing or damaged.
    """
    path = default_folder() / "vocab.txt"
    try:
        lines = path.read_text("utf-8").splitlines()
        return tuple(line for line in lines[lines.index(FIRST_WORD) :] if line.isalpha())
    except OSError as error:
        raise ModelError(str(path), "the model's vocabulary cannot be read") from error
    except ValueError as error:
        raise ModelError(str(path), "the model's vocabulary is damaged") from error
