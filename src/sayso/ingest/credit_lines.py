"""The credit pass over running text: who wrote, sent, owns or corrected it, and which lines are no prose at all.

A line is tried against the rules of ``rules/credits.toml``; the first that fits decides. Nothing here changes the text.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from sayso.ingest.lines import Line
from sayso.ingest.moments import read_moment
from sayso.ingest.rulebook import get_credit_rules
from sayso.records import Credit, CreditKind, Moment, Span

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sayso.ingest.rulebook import LineRule

# Credits stand in the first and the last few lines. Datelines open one of the first lines that are prose.
HEAD_LINES = 8
TAIL_LINES = 12
DATELINE_LINES = 3
# "ISLAND COUNCIL DENIES EVERYTHING —" is a heading; places have three words at most, before the comma.
PLACE_MAX_WORDS = 3
# A prefix or a suffix is looked for in this much of a line, so that the cost does not grow with the line.
PREFIX_CHARS = 260
SUFFIX_CHARS = 420
UPDATE_WORDS = re.compile(r"(?i)\b(?:updated|modified)\b")
# Before the part of a date line that tells of a change.
UPDATE_PART = re.compile(r"(?i)\s(?=(?:last\s)?(?:updated|modified)\b)")
TRAILING_YEAR = re.compile(r"[\s,]\s?\d{4}(?:\s?[-–/]\s?\d{2,4})?$")
NAME_REST = re.compile(r"\s?[|•·]\s.*$")
NAME_EDGE = " \t,;:|.•·–—-&/"
TOKEN = re.compile(r"[^\s,;:|/&()\[\]•·–—-]+")


@dataclass(slots=True)
class TextCredits:
    """What the credit pass found.

    Attributes:
        credits: In order of their place.
        not_prose: Start and end of what is no prose, in order.
        byline: The first byline's name.
        dateline: Place and date as written.
        published: As a line of the head says.
        modified: As a line of the head says.
    """

    credits: list[Credit] = field(default_factory=list)
    not_prose: list[tuple[int, int]] = field(default_factory=list)
    byline: str | None = None
    dateline: str | None = None
    published: Moment | None = None
    modified: Moment | None = None


def find_credits(lines: Sequence[Line], *, is_capitals: bool) -> TextCredits:
    """Return the credits in the lines of a body.

    Args:
        lines: The lines after the title.
        is_capitals: Whether the whole text is in capitals, so that capitals show no place.
    """
    found = TextCredits()
    prose_lines = 0
    for i, line in enumerate(lines):
        zones = {"any"}
        if i < HEAD_LINES:
            zones.add("head")
        if i >= len(lines) - TAIL_LINES:
            zones.add("tail")
        whole = _find_whole(line, zones)
        if whole:
            _add_match(found, line, *whole)
            continue
        if prose_lines < DATELINE_LINES and found.dateline is None:
            _add_prefix(found, line, is_capitals=is_capitals)
        _add_suffix(found, line)
        prose_lines += 1
    return found


def is_credit_line(line: Line, *, zone: str) -> bool:
    """Tell whether the whole line is a credit or no prose, were it to stand in this zone."""
    return _find_whole(line, {"any", zone}) is not None


def _find_whole(line: Line, zones: set[str]) -> tuple[LineRule, re.Match[str]] | None:
    """Return the rule that takes the whole line, and its match."""
    for rule in get_credit_rules().lines:
        if rule.form == "whole" and rule.zone in zones and len(line.text) <= rule.max_chars:
            match = rule.pattern.fullmatch(line.text)
            if match and (not rule.names_only or _is_names(line.text, match)):
                return rule, match
    return None


def _add_prefix(found: TextCredits, line: Line, *, is_capitals: bool) -> None:
    """Add the dateline or agency that opens the line."""
    for rule in get_credit_rules().lines:
        if rule.form != "prefix":
            continue
        match = rule.pattern.match(line.text[:PREFIX_CHARS])
        if match and _is_dateline(rule, match, is_capitals=is_capitals):
            _add_match(found, line, rule, match)
            return


def _add_suffix(found: TextCredits, line: Line) -> None:
    """Add the credit that closes the line."""
    cut = max(0, len(line.text) - SUFFIX_CHARS)
    end = line.text[cut:]
    for rule in get_credit_rules().lines:
        if rule.form != "suffix":
            continue
        # The last opening mark is the only place where a suffix can begin: no search over every character.
        for mark in ("(", "[", "©"):
            place = end.rfind(mark)
            match = rule.pattern.fullmatch(end, place) if place > 0 else None
            if match and (not rule.names_only or _is_names(end, match)):
                _add_match(found, line, rule, match, shift=cut)
                return


def _is_dateline(rule: LineRule, match: re.Match[str], *, is_capitals: bool) -> bool:
    """Tell whether the opening is a dateline and not a word in capitals or an aside before a dash."""
    parts = match.groupdict()
    name, date = parts.get("name"), parts.get("date")
    rules = get_credit_rules()
    if rule.id == "dateline-capitals":
        place = parts["place"] or ""
        known = name is not None or date is not None
        is_short = len(place.partition(",")[0].split()) <= PLACE_MAX_WORDS
        stands_free = known or match.group().endswith(tuple(" \t\u00a0"))
        return place.strip() not in rules.no_places and (known or not is_capitals) and is_short and stands_free
    if rule.id == "dateline-agency":
        return date is not None or rules.agencies.fullmatch((name or "").strip()) is not None
    if rule.id == "agency-dash":
        return name is not None and (rules.agencies.search(name) is not None or _is_party(name))
    return True


def _is_party(name: str) -> bool:
    """Tell whether a bracket names a party: words with capitals and small words of credit lines, no number."""
    small = get_credit_rules().small_words
    words = TOKEN.findall(name)
    return bool(words) and all(word[0].isupper() or word in small for word in words)


def _is_names(text: str, match: re.Match[str]) -> bool:
    """Tell whether the match is a line of names: no word of a sentence in it."""
    words = TOKEN.findall(text[match.start() : match.end()])
    small = get_credit_rules().small_words
    plain = [word for word in words if word[0].islower() and word.rstrip(".") not in small]
    # "By The Numbers", "By Any Measure": a heading, not a person.
    name = match.groupdict().get("name") or ""
    opens_like_heading = name.split(maxsplit=1)[:1] in (["The"], ["Any"], ["All"], ["No"]) and match.re.groups == 1
    is_heading = opens_like_heading and text[:2].lower() == "by" and not get_credit_rules().agencies.search(name)
    return not is_heading and all("@" in word or word.startswith(("http", "www.")) for word in plain)


def _add_match(found: TextCredits, line: Line, rule: LineRule, match: re.Match[str], *, shift: int = 0) -> None:
    """Add what a rule found in a line: its stretch, its credit, and the agencies that it names."""
    start = line.start + shift + match.start()
    written = match.group()
    end = start + len(written.rstrip())
    found.not_prose.append((start, end))
    parts = match.groupdict()
    if rule.id in {"date-line", "date-lines"}:
        for piece in UPDATE_PART.split(written):
            _add_moment(found, piece.strip(NAME_EDGE + "()"))
    if rule.kind is None:
        return
    name = NAME_REST.sub("", parts.get("name") or "").strip(NAME_EDGE) or None
    if name and ")" in name and "(" not in name:
        name = name.rstrip(").") or None
    if rule.kind is CreditKind.COPYRIGHT and name:
        name = TRAILING_YEAR.sub("", name).strip(NAME_EDGE) or None
    if rule.kind is CreditKind.DATELINE:
        place = ", ".join(part.strip(" ,") for part in (parts.get("place"), parts.get("date")) if part)
        found.dateline = place
    if rule.kind is CreditKind.BYLINE and found.byline is None:
        found.byline = name
    span = Span(start=start, end=end, exact=written.rstrip())
    found.credits.append(Credit(kind=rule.kind, name=name, text=span.exact, stated_in="text", span=span))
    if rule.kind is not CreditKind.AGENCY:
        _add_agencies(found, span, rule=rule, name=name)


def _add_agencies(found: TextCredits, credit: Span, *, rule: LineRule, name: str | None) -> None:
    """Add a credit for each agency inside another credit, in its own place."""
    seen = set()
    limit = min(len(credit.exact), PREFIX_CHARS)
    if rule.kind is not CreditKind.CORRECTION:
        for match in get_credit_rules().agencies.finditer(credit.exact[:limit]):
            start = credit.start + match.start("name")
            agency = match.group("name")
            seen.add(agency)
            span = Span(start=start, end=start + len(agency), exact=agency)
            found.credits.append(Credit(kind=CreditKind.AGENCY, name=agency, text=agency, stated_in="text", span=span))
    if rule.kind is CreditKind.DATELINE and name and not seen:
        # A dateline's bracket holds the agency, known to the list or not.
        start = credit.start + credit.exact.rfind(name)
        span = Span(start=start, end=start + len(name), exact=name)
        found.credits.append(Credit(kind=CreditKind.AGENCY, name=name, text=name, stated_in="text", span=span))


def _add_moment(found: TextCredits, written: str) -> None:
    """Keep a date line's time."""
    moment = read_moment(written, stated_in="text")
    if moment and UPDATE_WORDS.search(written):
        found.modified = found.modified or moment
    elif moment:
        found.published = found.published or moment


def find_line_credits(text: str) -> list[Credit]:
    """Return the credits of one line that stands outside the article's text: in an element of a page."""
    line = Line(start=0, end=len(text), text=text, ends_block=True)
    whole = _find_whole(line, {"any", "tail"})
    # Bylines are told by their elements: a line "By ..." may belong to a teaser of another story.
    if whole is None or whole[0].kind in {None, CreditKind.BYLINE}:
        return []
    found = TextCredits()
    _add_match(found, line, *whole)
    return [Credit(kind=c.kind, name=c.name, text=c.text, stated_in="html") for c in found.credits]
