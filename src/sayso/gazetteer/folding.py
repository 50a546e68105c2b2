"""How a place's name is written down for comparison: one form for "Saint-Étienne", "St. Etienne" and "ST ETIENNE"."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from functools import lru_cache

# Letters that Unicode does not take apart into a letter and a mark.
WHOLE_LETTERS = str.maketrans(
    {
        "ł": "l",
        "ø": "o",
        "đ": "d",
        "ð": "d",
        "þ": "th",
        "ß": "ss",
        "æ": "ae",
        "œ": "oe",
        "\u0131": "i",
        "ħ": "h",
        "ə": "a",
    }
)
# Points, brackets and what is written for an apostrophe, a glottal stop or a soft sign.
DROPPED = re.compile("[.'’‘\u02bb\u02bc\u02b9`´′\"“”()]")
PARTED = re.compile(r"[\s\-–—_/,]+")
# As English newspapers shorten them in names.
SHORTENED = {"saint": "st", "sainte": "ste", "fort": "ft", "mount": "mt"}
KEY_BITS = 40


@lru_cache(maxsize=50_000)
def fold_name(name: str) -> str:
    """Return the name in small letters without marks, points and apostrophes, its words parted by one space."""
    low = name.casefold().translate(WHOLE_LETTERS)
    if not low.isascii():
        low = "".join(c for c in unicodedata.normalize("NFKD", low) if not unicodedata.combining(c))
    words = PARTED.sub(" ", DROPPED.sub("", low)).split()
    if words and words[0] == "the" and len(words) > 1:
        words = words[1:]
    return " ".join(SHORTENED.get(word, word) for word in words)


def key_of(folded: str) -> int:
    """Return the 40 bits of its hash by which the table is searched.

    Of a thousand million names that are not in the table about a hundred meet one of the other names that are.
    """
    return int.from_bytes(hashlib.blake2b(folded.encode("utf-8", "replace"), digest_size=KEY_BITS // 8).digest())
