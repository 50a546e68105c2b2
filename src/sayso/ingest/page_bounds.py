"""Whether a page can be parsed in bounded time: told from its tags, before any parser sees it."""

from __future__ import annotations

import re

# A parser compares each attribute of a tag with those before it; real tags have a dozen.
MAX_ATTRIBUTES = 500
# In scripts too; the longest pages have thirty thousand.
MAX_OPENINGS = 500_000
ATTRIBUTE = r"""(?>[\s/]*+[^\s/>][^\s/>=]*+(?>\s*+=\s*+(?>"[^"]*+"?+|'[^']*+'?+|[^\s>"'][^\s>]*+|(?=>)))?+)"""
# Source: HTML Standard, 13.2.5, as far as it tells where tags, comments and raw text begin and end.
OPENING = re.compile(
    rf"(?i)<(?:!--|(?P<name>[a-z][^\s/>]*+)(?:{ATTRIBUTE}){{0,{MAX_ATTRIBUTES}}}+(?P<more>{ATTRIBUTE})?)"
)
RAW = frozenset({"script", "style", "textarea", "title", "xmp", "iframe", "noembed", "noframes"})
RAW_ENDS = {name: re.compile(rf"(?i)</{name}(?=[\s/>])") for name in RAW}
COMMENT_END = re.compile("--!?>")


def find_excess(text: str) -> str | None:
    """Return what the page has beyond all measure, for a person; None where it can be parsed. Time is linear."""
    if text.count("<") > MAX_OPENINGS:
        return f"more than {MAX_OPENINGS:,} tags"
    place = 0
    while (opening := OPENING.search(text, place)) is not None:
        if opening["more"] is not None:
            return f"a tag with more than {MAX_ATTRIBUTES} attributes"
        place = opening.end()
        name = (opening["name"] or "").lower()
        if not name or name in RAW:
            end = (RAW_ENDS[name] if name else COMMENT_END).search(text, place)
            if end is None:
                return None
            place = end.end()
    return None
