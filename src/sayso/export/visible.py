"""Text from outside, made safe to put on a terminal or a page.

An article may carry escape sequences that move the cursor, colour the screen or set the window's title, and marks that
turn the direction of writing so that a claim reads otherwise than it stands. All of them are shown, none is obeyed.
"""

from __future__ import annotations

import re
from typing import Final

# Blank space of every kind becomes one space; rich breaks lines, not the article.
BLANK: Final = re.compile(r"[ \t\r\n\v\f\x1c-\x1f\x85\u2028\u2029]+")

# C0 controls and DEL, C1 controls, marks, embeddings, overrides and isolates of direction (Unicode UAX 9), lone
# surrogates, interlinear annotation, the language tags that hide text, what is no character. Joiners stay: scripts and
# emoji need them.
NO_CHARACTERS: Final = "".join(
    map(
        chr,
        (*range(0xFDD0, 0xFDF0), *(plane + low for plane in range(0, 0x110000, 0x10000) for low in (0xFFFE, 0xFFFF))),
    )
)
UNSAFE: Final = re.compile(
    "[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufff9-\ufffb\ud800-\udfff\U000e0000-\U000e007f"
    f"{NO_CHARACTERS}]"
)

# A pile of combining marks on one letter climbs over the lines around it.
PILE: Final = re.compile(
    "([\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]{4})(?:[\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f])+"
)

PICTURES: Final = 0x2400
DELETE: Final = 0x7F

# Each for exactly one character. Line ends of every kind are one line feed, other blank space of the controls a space;
# what a browser would obey or HTML cannot carry (controls, no characters, lone surrogates) has a picture or a stand-in.
# Later lines win.
IN_PLACE: Final[dict[int, str]] = {
    **dict.fromkeys(
        (*range(0x80, 0xA0), 0x61C, 0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A)), "\ufffd"
    ),
    **dict.fromkeys((*range(0xFFF9, 0xFFFC), *range(0xE0000, 0xE0080), *range(0xD800, 0xE000)), "\ufffd"),
    **dict.fromkeys(map(ord, NO_CHARACTERS), "\ufffd"),
    **{code: chr(PICTURES + code) for code in range(0x20)},
    DELETE: "␡",
    **dict.fromkeys(map(ord, "\t\v\f\x1c\x1d\x1e\x1f\x85"), " "),
    **dict.fromkeys(map(ord, "\n\r\u2028\u2029"), "\n"),
}


def show(text: str) -> str:
    """Return the text on one line, with what a terminal would obey made visible."""
    return PILE.sub(r"\1…", UNSAFE.sub(_picture, BLANK.sub(" ", text))).strip()


def show_in_place(text: str) -> str:
    """Return the text with one harmless character for each that a page would obey or cannot hold; offsets stay."""
    return text.translate(IN_PLACE)


def _picture(found: re.Match[str]) -> str:
    code = ord(found.group())
    if code < 0x20:  # noqa: PLR2004  the C0 controls have pictures of their own, in the same order
        return chr(PICTURES + code)
    return "␡" if code == DELETE else f"⟨U+{code:04X}⟩"
