"""Lists of addresses: a text file with one on each line."""

from __future__ import annotations

import re
from dataclasses import dataclass

from sayso.errors import Problem
from sayso.ingest.addresses import find_address

MAX_URLS = 100_000
MAX_PROBLEMS = 100
SAMPLE_LINES = 50
SAMPLE_CHARS = 65_536
# Of the lines in the sample that say something: a list with a few slips in it is a list, prose with links is none.
LEAST_SHARE = 0.8
SLIP_WORDS = 4
SHOWN_CHARS = 80
COMMENT = re.compile(r"\s*#")
# The address stands alone, in angle brackets or quotation marks, or first in a line of a table.
LINE = re.compile(r"""\s*(?:<(?P<angled>[^<>]*)>|"(?P<quoted>[^"]*)"|(?P<bare>[^\s"<>]+))(?P<rest>.*)""", re.DOTALL)
DELIMITERS = ",;\t"
# An address as people write it, without its beginning.
BARE_HOST = re.compile(r"(?i)www\.[\w-]+\.")
HEADINGS = {"url", "urls", "uri", "link", "links", "address", "addresses"}


@dataclass(frozen=True, slots=True, kw_only=True)
class UrlList:
    """What a list of addresses holds.

    Attributes:
        urls: In order, each once.
        problems: Lines that are no address, with their numbers.
    """

    urls: tuple[str, ...]
    problems: tuple[Problem, ...] = ()


def is_url_list(text: str) -> bool:
    """Tell whether a text is a list of addresses: nearly all of its first lines begin with one, and say little else."""
    lines = text[:SAMPLE_CHARS].removeprefix("\ufeff").splitlines()
    if len(text) > SAMPLE_CHARS:
        lines = lines[:-1]
    telling = [line for line in lines if line.strip() and not COMMENT.match(line)][: SAMPLE_LINES + 1]
    delimiter = _find_delimiter(telling[0]) if telling else None
    if telling and _is_heading(telling[0]):
        telling = telling[1:]
    others = [line for line in telling if _find_url(line, delimiter) is None]
    n_urls = len(telling) - len(others)
    # Of a short list one slip is a large share; a slip is a few words, and prose is many.
    has_slips_only = all(len(line.split()) <= SLIP_WORDS for line in others) and n_urls >= len(others)
    return n_urls > 0 and (n_urls >= LEAST_SHARE * len(telling) or has_slips_only)


def read_url_list(text: str) -> UrlList:
    """Return the addresses of a list; what is no address is a problem with its line's number.

    Empty lines and those that begin with ``#`` are passed over, and so is a heading such as ``url,title``. What follows
    an address after a blank or a tab is left out. A comma or a semicolon may belong to an address: it ends one where
    the heading has it too, or where words follow.
    """
    urls: dict[str, None] = {}
    problems: list[Problem] = []
    n_bad = 0
    delimiter: str | None = None
    is_first = True
    lines = text.removeprefix("\ufeff").splitlines()
    for number, line in enumerate(lines, 1):
        if not line.strip() or COMMENT.match(line):
            continue
        if is_first and _is_heading(line):
            delimiter, is_first = _find_delimiter(line), False
            continue
        is_first = False
        url = _find_url(line, delimiter)
        if url is not None and url not in urls and len(urls) >= MAX_URLS:
            message = f"There are more than {MAX_URLS:,} addresses; those from line {number:,} on are left out."
            problems.append(Problem(code="too-many-addresses", message=message))
            break
        if url is not None:
            urls[url] = None
        else:
            n_bad += 1
            if n_bad <= MAX_PROBLEMS:
                shown = line.strip()[:SHOWN_CHARS]
                message = f"Line {number:,} is no http or https address: {shown!r}."
                problems.append(Problem(code="no-address", message=message))
    if n_bad > MAX_PROBLEMS:
        message = f"{n_bad - MAX_PROBLEMS:,} more lines are no address."
        problems.append(Problem(code="no-address", message=message))
    return UrlList(urls=tuple(urls), problems=tuple(problems))


def _is_heading(line: str) -> bool:
    """Tell whether a line names the columns of a table, the addresses' first."""
    return re.split(r"[,;\t]", line.strip(), maxsplit=1)[0].strip(" \"'").lower() in HEADINGS


def _find_delimiter(heading: str) -> str | None:
    """Return what parts the columns that a heading names; None where it names one, or is no heading."""
    return next((mark for mark in DELIMITERS if mark in heading), None) if _is_heading(heading) else None


def _find_url(line: str, delimiter: str | None) -> str | None:
    """Return the address that a line begins with; None if it begins with none."""
    match = LINE.match(line.strip())
    if match is None:
        return None
    enclosed = match["angled"] if match["angled"] is not None else match["quoted"]
    if enclosed is not None:
        return find_address(enclosed)
    written = match["bare"]
    has_words_after = bool(match["rest"].strip())
    for mark in DELIMITERS:
        if mark == delimiter or has_words_after or written.endswith(mark):
            written = written.partition(mark)[0]
    return find_address(f"https://{written}" if BARE_HOST.match(written) else written)
