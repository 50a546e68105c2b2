"""The route of each row: what it is within, and by whom or what it was carried to the article.

`within` is geometry: the row whose content holds this row's cue. `via` is what the via head marks, what a rule of words
names, or what carries on from an earlier row of the same occasion.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cache
from typing import TYPE_CHECKING

from sayso.extract.mentions import describe_mention, same_name
from sayso.extract.rows import find_holders, size_of
from sayso.extract.rulebook import load_rules
from sayso.records import Kind

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from sayso.extract.pairs import Places
    from sayso.extract.rows import RawRow

MAX_VIA_CHARS = 80
WHOLE_NAME = re.compile(r"[A-Z][\w.&\u2019'-]*[\w](?: (?:of |and |the )?[A-Z][\w.&\u2019'-]*[\w])*")
# A document's determiner and adjectives before it, and the phrases that say which one it is behind it.
LEAD = re.compile(
    r"\b(?:an?|the|his|her|its|their|this|that)(?: (?!(?:in|of|at|on|for|to|with|from|by)\b)[\w\u2019'-]+){0,3} $",
    re.IGNORECASE,
)
TAIL = re.compile(
    r"(?: (?:on |last |this |next |late |early )?(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|week|month|year)\b)?"
    r"(?: (?:to|from|by|of|on|released by|obtained by|posted on|published in|published by)"
    r" (?:(?!(?:that|which|who|and|saying|says|said|shows|showed|found|after|in|as)\b)[\w\u2019'&-]+ ?){1,6}"
    r"(?=[\s,.;:]|$))?"
)
# How far behind the cue a rule may find the medium's name.
REACH_CHARS = 60
# Two marked names so close are a broadcaster and its programme.
ASIDE_CHARS = 4
MAX_SENTENCE_CHARS = 400
# How far before its first turn a transcript says where it is from.
LEAD_IN_CHARS = 1500
# What stands before a programme's name: "Northwire's “Harbour Hour”" is the programme.
WITHIN = re.compile(r"[^\u201c\"\u2018]{2,60}[\u2019']s [\u201c\"\u2018]")
PROGRAMME = re.compile(
    r"(?:[\u2019']s)? [\u201c\"\u2018']{1,2}([A-Z][^\u201c\u201d\"\u2019'\n]{2,50}?)[,.]?[\u201d\"\u2019']"
)


@dataclass(frozen=True, slots=True)
class Medium:
    """Who or what carried a row.

    Attributes:
        name: As the article has it.
        span: Its place in the text; None if only a verb names it ("tweeted").
        kind: `Kind.OUTLET` or `Kind.DOCUMENT`.
        made_by: The head or rule that found it.
    """

    name: str
    span: tuple[int, int] | None
    kind: Kind
    made_by: str


@dataclass(frozen=True, slots=True)
class Platform:
    """A rule by which a verb or phrase names the medium.

    Attributes:
        key: The rule's name.
        name: The medium's.
        pattern: The verb or phrase.
        in_cue: Whether it must stand in the cue itself.
    """

    key: str
    name: str
    pattern: re.Pattern[str]
    in_cue: bool


@dataclass(frozen=True, slots=True)
class RouteRules:
    """What ``rules/en/routes.toml`` holds.

    Attributes:
        platforms: Verbs and phrases that name the medium.
        documents: Patterns whose group 1 is the medium's name.
        words: Lists of words.
        not_told: Names in capitals that are no medium's.
        when: A time behind a name.
    """

    platforms: tuple[Platform, ...]
    documents: Mapping[str, re.Pattern[str]]
    words: Mapping[str, frozenset[str]]
    not_told: frozenset[str]
    when: re.Pattern[str]


@cache
def _rules() -> RouteRules:
    raw = load_rules("en", "routes")
    return RouteRules(
        platforms=tuple(
            Platform(key, v["name"], re.compile(v["pattern"], re.IGNORECASE), v.get("where") == "cue")
            for key, v in raw["platforms"].items()
        ),
        documents={k: re.compile(v) for k, v in raw["documents"].items()},
        words={k: frozenset(v) for k, v in raw["words"].items()},
        not_told=frozenset(raw["told"]["never"]),
        when=re.compile(raw["told"]["when"]),
    )


def find_within(rows: Sequence[RawRow]) -> list[int | None]:
    """Return for each row the number of the row whose content directly holds its cue; None if none does.

    The smallest such content wins. A row never lies within one that lies within it.
    """
    holders, sizes = find_holders(rows), [size_of(row.content) for row in rows]
    found: list[int | None] = []
    for i, row in enumerate(rows):
        best = None
        for j in holders.get(row.anchor, ()):
            holds_back = any(low <= rows[j].anchor < high for low, high in row.content)
            if j == i or (holds_back and sizes[j] <= sizes[i]):
                continue
            if best is None or sizes[j] < sizes[best]:
                best = j
        found.append(best)
    return _without_loops(found)


def _without_loops(parents: list[int | None]) -> list[int | None]:
    """Return the parents with every loop cut at its last link."""
    out = list(parents)
    for i in range(len(out)):
        seen, at = {i}, out[i]
        while at is not None:
            if at in seen:
                out[i] = None
                break
            seen.add(at)
            at = out[at]
    return out


def find_media(
    text: str, stretches: Sequence[tuple[int, int]], places: Places, *, people: Sequence[str]
) -> list[Medium]:
    """Return the media of one row, nearest to the article first.

    Args:
        text: The document's text.
        stretches: What the via head marked, as places in the text.
        places: Where the row's source, cue and content stand.
        people: Full names of persons in the text, none of whom is a medium.
    """
    found: list[Medium] = []
    for start, end in stretches:
        low, high = _programme_in(text, *widen(text, start, end))
        low, high = _outlet_in(text, low, high, people)
        name = _tidy(text[low:high])
        is_new = all(name != other.name for other in found)
        is_medium = is_medium_name(name) and not is_person(name, people) and not _is_where(text, low, name)
        if is_new and is_medium and not _is_own(text, (low, high), places):
            if found and found[-1].span and 0 <= low - found[-1].span[1] <= ASIDE_CHARS:
                found.pop()  # "Radio Tessel's “Morning Hour”" is one medium: the programme
            found.append(Medium(name, (low, high), kind_of_medium(name), "head:via"))
    return found or _media_by_rule(text, places.cue, people)


def _programme_in(text: str, start: int, end: int) -> tuple[int, int]:
    """Return the place of a broadcaster's programme where one follows in quotation marks (“Radio Tessel's ‘Hour’”)."""
    hit = PROGRAMME.match(text, end) if is_outlet_name(text[start:end]) else None
    return hit.span(1) if hit else (start, end)


def _outlet_in(text: str, start: int, end: int, people: Sequence[str]) -> tuple[int, int]:
    """Return the outlet of which a person is ("Ada Roe of Northwire", "Northwire's Ada Roe"); the place if of none."""
    hit = re.compile(r" (?:of|from|at) (?=[A-Z])").search(text, start, end)
    if hit and is_outlet_name(text[hit.end() : end]) and is_person(_tidy(text[start : hit.start()]), people):
        return hit.end(), end
    hit = re.compile(r"[\u2019']s (?=[A-Z])").search(text, start, end)
    if hit and is_outlet_name(text[start : hit.start()]) and is_person(_tidy(text[hit.end() : end]), people):
        return start, hit.start()
    return start, end


def find_programme(text: str, start: int, people: Sequence[str]) -> Medium | None:
    """Return the broadcast that a transcript's lead-in names, the last one before a turn; None if it names none."""
    patterns = _rules().documents
    found = [
        medium
        for key in ("on-a-broadcast", "on-air", "in-an-interview")
        for hit in patterns[key].finditer(text, max(0, start - LEAD_IN_CHARS), start)
        if (medium := _medium_of(text, key, hit, people, is_set=True)) is not None and medium.span is not None
    ]
    best = max(found, key=lambda medium: medium.span or (0, 0), default=None)
    return replace(best, made_by="rule:transcript-of") if best else None


def _is_where(text: str, start: int, name: str) -> bool:
    """Return whether a name says where something was said: it stands behind "in" or "at" and is no outlet's."""
    behind = re.search(r"\b(?:in|at|near|outside)(?: the)? $", text[max(0, start - 12) : start])
    return behind is not None and not is_outlet_name(name) and kind_of_medium(name) is Kind.OUTLET


def is_person(name: str, people: Sequence[str]) -> bool:
    """Return whether a name is a person's: by its first name or title, or because the text has it as one."""
    form = describe_mention(name)
    if is_outlet_name(name) or not form.name:
        return False
    return bool(form.gender) or any(form.name[-1] == person.split()[-1] for person in people)


def _is_own(text: str, place: tuple[int, int], places: Places) -> bool:
    """Return whether a medium is but a part of the row's content or of its source's name ("the Northwire poll").

    "The Courier's Mira Tannic" names a person and, apart from her, the medium; so does a paper "obtained by" one.
    """
    if any(start <= place[0] and place[1] <= end for start, end in places.content):
        return True
    for start, end in places.source:
        if start <= place[0] and place[1] <= end:
            name = describe_mention(text[start:end]).name
            is_apart = bool(name) and not set(_tidy(text[place[0] : place[1]]).split()) & set(name)
            return not is_apart and "obtained by" not in text[start : place[0]]
    return False


def _tidy(words: str) -> str:
    """Return words on one line, without marks at their edges."""
    line = re.sub(r"\s+", " ", words).strip(" ,;:.\u201c\u201d\"'\u2019\u2014-")
    line = re.sub(r"(?: (?:this|that|which|who|last|next|on|in|at|and|after|when|you\u2019re|you're))+$", "", line)
    return re.sub(r"(?:^(?:with|for|in|on|at|to|from|by) )|(?:['\u2019]s$)", "", line)


def _media_by_rule(text: str, cue: Sequence[tuple[int, int]], people: Sequence[str]) -> list[Medium]:
    """Return the medium that a rule of words finds in or just behind the cue, or else in its sentence before it."""
    rules = _rules()
    for start, end in cue:
        stop = min(end + REACH_CHARS, sentence_stop(text, end))
        for rule in rules.platforms:
            if rule.pattern.search(text, start, end if rule.in_cue else stop):
                return [Medium(rule.name, None, Kind.OUTLET, f"rule:{rule.key}")]
        begin = sentence_start(text, start)
        for low, high in ((start, stop), (begin, sentence_stop(text, end)), (_line_start(text, start), start)):
            for key, pattern in rules.documents.items():
                # Only a broadcast's name, often in quotation marks, may stand beyond them.
                if high == start and key != "on-a-broadcast":
                    continue
                hit = pattern.search(text, low, high)
                # "In a letter to the council, Roe said …": a paper counts at the head of the sentence too.
                is_set = hit is not None and (low == start or hit.start() - begin <= 1)
                medium = _medium_of(text, key, hit, people, is_set=is_set) if hit else None
                if medium:
                    return [medium]
    return []


def _medium_of(text: str, key: str, hit: re.Match[str], people: Sequence[str], *, is_set: bool) -> Medium | None:
    """Return what group 1 of a rule's hit names, if it can be a medium."""
    when = _rules().when.search(hit[1])
    start, end = hit.start(1), hit.start(1) + when.start() if when else hit.end(1)
    inner = WITHIN.match(text, start, end)
    start = inner.end() if inner else start
    start, end = _programme_in(text, start, end)
    name = text[start:end]
    if key == "in-a-document":
        if not is_set or not is_medium_name(name):
            return None
        start, end = widen(text, start, end)
    else:
        is_outlet = is_outlet_name(hit[1]) or (is_set and key == "told-outlet" and _looks_like_outlet(name))
        if not is_outlet or not is_medium_name(name) or is_person(name, people):
            return None
    return Medium(_tidy(text[start:end]), (start, end), kind_of_medium(name), f"rule:{key}")


def _looks_like_outlet(name: str) -> bool:
    """Return whether one word set in capitals, throughout or within ("AFP", "InsideSources"), names who was told."""
    is_set = re.fullmatch(r"[A-Z]{3,6}\d{0,3}|(?:[A-Z][a-z]{3,}){2,3}", name) is not None
    return is_set and name.casefold() not in _rules().not_told


def sentence_start(text: str, at: int) -> int:
    """Return where the sentence around a place begins, for a rule that reads backwards."""
    return (
        max(text.rfind(mark, max(0, at - MAX_SENTENCE_CHARS), at) for mark in (". ", "\n", "! ", "? ", "\u201d ", '" '))
        + 1
    )


def _line_start(text: str, at: int) -> int:
    """Return where the sentence around a place begins, over quotation marks."""
    low = max(0, at - MAX_SENTENCE_CHARS)
    return max(text.rfind(mark, low, at) for mark in (". ", "\n", "! ", "? ")) + 1


def sentence_stop(text: str, at: int) -> int:
    """Return where a rule must stop reading: the next sentence or line end, or opening of a quotation."""
    hit = re.compile('[.!?]\\s|\n|[\u201c"]').search(text, at)
    return hit.start() if hit else len(text)


def is_medium_name(name: str) -> bool:
    """Return whether words can name a medium: not a listener, an occasion or a pronoun."""
    words = [w.casefold() for w in re.findall(r"[\w\u2019'-]+", name)]
    if not words or len(name) > MAX_VIA_CHARS or words[-1] in _rules().words["never"]:
        return False
    if " ".join(words).removeprefix("the ") in _rules().words["kinds"]:
        return False
    # A common noun is a medium only if it is a kind of paper.
    return any(c.isupper() for c in name) or any(w in _rules().words["document"] for w in words)


def is_outlet_name(name: str) -> bool:
    """Return whether words look like a news medium's name."""
    lists = _rules().words
    words = [w.casefold() for w in re.findall(r"[\w\u2019'-]+", name)]
    return any(w in lists["outlet"] or w in lists["media"] for w in words)


def kind_of_medium(name: str) -> Kind:
    """Return `Kind.DOCUMENT` for a letter, post or paper, else `Kind.OUTLET`."""
    words = [w.casefold() for w in re.findall(r"[\w\u2019'-]+", name)]
    return (
        Kind.DOCUMENT
        if any(w in _rules().words["document"] for w in words) and not is_outlet_name(name)
        else Kind.OUTLET
    )


def share_polls(text: str, media: Sequence[Sequence[Medium]], places: Sequence[Places]) -> list[list[Medium]]:
    """Return for each row whose source is a share of people, whom only a poll can quote, the last poll before it."""
    out: list[list[Medium]] = []
    poll: Medium | None = None
    for own, at in zip(media, places, strict=True):
        source = text[slice(*at.source[0])] if at.source else ""
        out.append([poll] if poll and not own and is_share_of_people(source) else [])
        poll = next((m for m in own if is_poll(m.name)), None) or make_poll(text, at.source) or poll
    return out


def make_poll(text: str, source: Sequence[tuple[int, int]]) -> Medium | None:
    """Return a source as the medium of what it has people say, if it is a poll."""
    if not source or not is_poll(text[slice(*source[0])]):
        return None
    return Medium(_tidy(text[slice(*source[0])]), source[0], Kind.DOCUMENT, "rule:poll-carries-on")


def is_poll(name: str) -> bool:
    """Return whether a name is a poll's."""
    return any(w.casefold() in _rules().words["poll"] for w in re.findall(r"\w+", name))


def is_share_of_people(name: str) -> bool:
    """Return whether a source is a share of people, whom only a poll can quote."""
    return re.search(load_rules("en", "routes")["share"]["pattern"], name, re.IGNORECASE) is not None


def widen(text: str, start: int, end: int) -> tuple[int, int]:
    """Return the place of the whole name or phrase that a stretch is a part of.

    "Wall" becomes "Wall Street Journal"; "letter" becomes "a letter to the council".
    """
    low, high = max(0, start - MAX_VIA_CHARS), min(len(text), end + MAX_VIA_CHARS)
    for run in WHOLE_NAME.finditer(text, low, high):
        if run.start() < end and start < run.end():
            start, end = min(start, run.start()), max(end, run.end())
    documents = _rules().words["document"]
    if any(w.casefold() in documents for w in re.findall(r"[\w-]+", text[start:end])):
        lead = LEAD.search(text, low, start)
        tail = TAIL.match(text, end, high)
        return lead.start() if lead else start, tail.end() if tail else end
    return start, end


def same_medium(a: str, b: str) -> bool:
    """Return whether two names stand for one medium."""
    if a.casefold().removeprefix("the ") == b.casefold().removeprefix("the "):
        return True
    return same_name(describe_mention(a), describe_mention(b))
