"""Text from outside, made safe to put on a terminal.

An article may carry escape sequences that move the cursor, colour the screen or set the window's title, and marks that
turn the direction of writing so that a claim reads otherwise than it stands. All of them are shown, none is obeyed.
"""

from __future__ import annotations

import re
from typing import Final

# Blank space of every kind becomes one space; rich breaks lines, not the article.
BLANK: Final = re.compile(r"[ \t\r\n\v\f\x1c-\x1f\x85\u2028\u2029]+")

# C0 controls and DEL, C1 controls, marks, embeddings, overrides and isolates of direction (Unicode UAX 9), lone
# surrogates, interlinear annotation, the language tags that hide text. Joiners stay: scripts and emoji need them.
UNSAFE: Final = re.compile(
    "[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufff9-\ufffb\ud800-\udfff\U000e0000-\U000e007f]"
)

# A pile of combining marks on one letter climbs over the lines around it.
PILE: Final = re.compile(
    "([\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]{4})(?:[\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f])+"
)

PICTURES: Final = 0x2400
DELETE: Final = 0x7F


def show(text: str) -> str:
    """Return the text on one line, with what a terminal would obey made visible."""
    return PILE.sub(r"\1…", UNSAFE.sub(_picture, BLANK.sub(" ", text))).strip()


def _picture(found: re.Match[str]) -> str:
    code = ord(found.group())
    if code < 0x20:  # noqa: PLR2004  the C0 controls have pictures of their own, in the same order
        return chr(PICTURES + code)
    return "␡" if code == DELETE else f"⟨U+{code:04X}⟩"
