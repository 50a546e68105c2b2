"""Running text from a page of tokens, one a line between TEI-like tags (the layout of GUM)."""

from __future__ import annotations

import re

COLUMNS = 2
BLOCK = re.compile(r"</?(?:head|p|item|sp|caption|figure|list)\b")
# Typographic marks by number, so that they cannot be mistaken for straight ones: 2018 and 2019
# single, 201C and 201D double, the opening one first.
CLOSES_UP = re.compile(r"[,.;:!?%)\]}\u201d\u2019…]+|['\u2019](?:s|re|ve|ll|d|m)?|n['\u2019]t", re.IGNORECASE)
OPENS_UP = re.compile(r"[(\[{\u201c\u2018$£€]|``")


def join_tokens(source: str) -> str:
    """Return the text, its blocks parted by blank lines.

    Tokens inside ``<w>`` stand together; there is no space before closing punctuation and inside quotation marks. A
    straight mark opens or closes by its tag, or by turns where the tag does not say.
    """
    blocks = [""]
    is_first_of_word = in_word = is_quoted = False
    glue = True
    for line in source.splitlines():
        if line.startswith("<"):
            if line.startswith(("<w>", "</w>")):
                in_word = is_first_of_word = line.startswith("<w>")
            if BLOCK.match(line):
                blocks.append("")
                is_quoted, glue = False, True
            continue
        columns = line.split("\t")
        if len(columns) < COLUMNS:
            continue
        word, tag = columns[:COLUMNS]
        is_mark = tag in {"``", "''"} or word == '"'
        opens = is_mark and (tag == "``" or (tag != "''" and not is_quoted))
        is_quoted = opens if is_mark else is_quoted
        closes_up = (is_mark and not opens) or (not is_mark and CLOSES_UP.fullmatch(word) is not None)
        if not (glue or closes_up or (in_word and not is_first_of_word)):
            blocks[-1] += " "
        blocks[-1] += word
        glue = opens or OPENS_UP.fullmatch(word) is not None
        is_first_of_word = False
    return "\n\n".join(block for block in blocks if block)
