"""Addresses as people and programs write them, to ones that can be asked for."""

from __future__ import annotations

import re
from urllib.parse import urljoin, urlsplit

MAX_CHARS = 4_000
# What no address holds: RFC 3986 has no blank, control character, quotation mark, angle bracket or backslash in one.
FORBIDDEN = re.compile(r"[\x00-\x20\x7f-\xa0\"<>\\^`{|}\u2028\u2029\ud800-\udfff]")
SCHEMES = {"http", "https"}


def find_address(written: str, *, base: str | None = None) -> str | None:
    """Return the whole http or https address that is written here; None if it is none.

    Args:
        written: Blank space around it does not count; blanks in it become ``%20``.
        base: The address against which a relative one is meant; None where there is no such.

    Source: RFC 3986, 3 and 5.
    """
    written = written.strip()
    if not written or len(written) > MAX_CHARS:
        return None
    try:
        whole = urljoin(base, written) if base else written
        whole = whole.replace(" ", "%20")
        parts = urlsplit(whole)
        is_whole = parts.scheme.lower() in SCHEMES and bool(parts.hostname) and parts.port != 0
    except ValueError:  # a port beyond all, a bracket without its other half
        return None
    if not is_whole or len(whole) > MAX_CHARS or FORBIDDEN.search(whole):
        return None
    return whole
