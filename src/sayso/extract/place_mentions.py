"""Where places are named: by the gazetteer alone, and with what a reader of the text takes for places besides.

By itself the gazetteer is asked strictly, for a word that happens to be a village's name is no place: a name alone must
be a country, a region or a larger town, or stand behind a word of where something is.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import TYPE_CHECKING

from sayso.extract.metonyms import find_seat
from sayso.extract.place_neighbours import find_body, find_person, is_where, is_within, load_lists
from sayso.gazetteer import fold_name
from sayso.records import PlaceScale

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from sayso.extract.place_candidates import PlaceIndex
    from sayso.extract.place_neighbours import Lists

# A capitalised word; its own point only where it is short ("St.", "La.", "U.S.").
WORD = re.compile(r"(?:[A-Z]\.){2,4}|[A-Z][a-z]{0,4}\.(?=[ ][A-Z])|[A-Z][\w’'-]{1,40}")
GAP = re.compile(r"(?:[ \u00a0]|\n(?!\n))(?:of[ ]|de[ ]|la[ ]|del[ ]|upon[ ]|on[ ])?")
OWNER = re.compile(r"['’]s?$")
# What may be a place's name among what was told: a capital letter, and two more characters at least.
TOLD = re.compile(r"\W*([A-Z][\w.’' -]*\w)\W*")
# One longer name: shorter ones are too easily something else.
UNKNOWN = re.compile(r"\b[A-Z][a-z]{5,30}\b")
CARRIED_ON = re.compile(r"[ ][A-Z]")
# The capitalised word right before a name.
AHEAD = re.compile(r"([A-Z][\w.’'-]*)[ ]\Z")
MAX_AHEAD = 40
# Points of the compass alone say nothing of where.
POINTS = frozenset(("north", "south", "east", "west", "northeast", "northwest", "southeast", "southwest"))
MOST_INITIALS = 5
MOST_WORDS = 4
POSTAL = 2
TOWN = 50_000
SMALL_TOWN = 1_000


def find_mentions(text: str, gazetteer: PlaceIndex) -> list[tuple[int, int]]:
    """Return where the text names places, in order and without overlap."""
    lists = load_lists()
    words = [match.span() for match in WORD.finditer(text)]
    is_shouted = text.upper() == text
    surnames = find_second_words(text, lists)
    found = []
    at = 0
    while at < len(words):
        taken = _take(text, words, at, gazetteer, lists, is_shouted=is_shouted)
        start = words[at][0]
        end = find_end(text, start, words[at + taken - 1][1], lists) if taken else start
        if taken and (text[start:end] not in surnames or is_within(text, start, lists)):
            found.append((start, end))
        at += taken or 1
    return found


def join_mentions(text: str, told: Sequence[tuple[int, int]], gazetteer: PlaceIndex) -> list[tuple[int, int]]:
    """Return where the text names places: what the gazetteer finds, and what was told and stands apart from that.

    Args:
        text: The text.
        told: Stretches that were taken for places by other means, in order; scraps of words among them.
        gazetteer: The names of places.
    """
    found = find_mentions(text, gazetteer)
    ends = [end for _, end in found]
    lists = load_lists()
    surnames = find_second_words(text, lists)
    is_shouted = text.upper() == text
    joined = list(found)
    for low, high in told:
        hit = TOLD.fullmatch(text[low:high])
        near = bisect_right(ends, low)
        if not hit or (near < len(found) and found[near][0] < high):
            continue
        start, end = low + hit.start(1), low + hit.end(1)
        is_where_told = is_where(text, start, lists)
        is_known = not is_shouted and bool(gazetteer.find(text[start:end]))
        if (
            (is_where_told or is_known)
            and not _is_scrap(text, start, end, lists)
            and not _is_other(text[start:end], lists, is_shouted=is_shouted)
            and (text[start:end] not in surnames or is_within(text, start, lists))
        ):
            joined.append((start, end))
    return sorted(joined)


def find_unknown(text: str, gazetteer: PlaceIndex) -> list[tuple[int, int]]:
    """Return the single names behind a word of place ("in", "near") that are in no gazetteer: places, most likely."""
    lists = load_lists()
    return [
        match.span()
        for match in UNKNOWN.finditer(text)
        if is_within(text, match.start(), lists)
        and not CARRIED_ON.match(text, match.end())
        and not gazetteer.find(match.group())
    ]


def _is_scrap(text: str, start: int, end: int, lists: Lists) -> bool:
    """Return whether a stretch is but a part of a word, or of a longer name."""
    before, behind = text[max(0, start - 1) : start], text[end : end + 2]
    if before.isalnum() or before == "-" or behind[:1].isalnum() or behind[:1] == "-" or CARRIED_ON.match(behind):
        return True
    if before == "." or (behind[:1] == "." and behind[1:].isalpha()):
        return True  # of "D.N.C.", of an address
    ahead = AHEAD.search(text, max(0, start - MAX_AHEAD), start)
    return (
        ahead is not None and ahead[1].casefold().rstrip(".") not in lists.before and not is_where(text, start, lists)
    )


def _is_other(piece: str, lists: Lists, *, is_shouted: bool) -> bool:
    """Return whether what was told is a point of the compass, a people, initials or another word that is no place."""
    low = piece.casefold()
    if low in lists.no_mention or low in POINTS or (len(piece) <= POSTAL and piece not in lists.initials):
        return True
    if low.split()[0] in {people.casefold() for people in lists.demonyms} and low not in lists.areas:
        return True
    bare = piece.replace(".", "")
    is_initials = bare.isupper() and " " not in bare and (not is_shouted or len(bare) <= MOST_INITIALS)
    return is_initials and bare not in lists.nicknames and bare not in lists.initials and bare not in lists.short


def find_end(text: str, start: int, end: int, lists: Lists) -> int:
    """Return where a name ends: before what makes it an owner, and before a point that is the sentence's."""
    end = start + len(OWNER.sub("", text[start:end]))
    last = text[start:end].rsplit(maxsplit=1)[-1]
    is_own = last.count(".") > 1 or last.rstrip(".") in lists.short
    return end if is_own else start + len(text[start:end].rstrip("."))


def find_second_words(text: str, lists: Lists) -> frozenset[str]:
    """Return the words that somewhere follow a capitalised one that may be a given name."""
    pairs = re.finditer(r"(?<![.!?\n] )\b([A-Z][a-z]{2,20})[ ]([A-Z][a-z]{2,30})(?!\w|[ ][A-Z])", text)
    known = {*lists.before, *lists.no_mention, *(word.casefold() for word in lists.no_surname)} - lists.people
    return frozenset(match[2] for match in pairs if match[1].casefold() not in known)


def _take(
    text: str, words: list[tuple[int, int]], at: int, gazetteer: PlaceIndex, lists: Lists, *, is_shouted: bool
) -> int:
    """Return how many words from this one on name a place; 0 where none do."""
    if text[slice(*words[at])].casefold() == "the" and is_shouted:
        return 0
    run = 1
    while (
        run < MOST_WORDS and at + run < len(words) and GAP.fullmatch(text, words[at + run - 1][1], words[at + run][0])
    ):
        run += 1
    start = words[at][0]
    for size in range(run, 0, -1):
        end = find_end(text, start, words[at + size - 1][1], lists)
        piece = text[start:end]
        if find_seat(piece) and (size > 1 or text[max(0, start - 4) : start].casefold() == "the "):
            return size
        low = piece.casefold().removeprefix("the ")
        if low in lists.areas:
            return 0
        if (
            low in lists.no_mention
            or (is_shouted and low == "us")
            or not _is_named(piece, gazetteer, lists, is_in=lambda: not is_shouted and is_within(text, start, lists))
        ):
            continue
        is_free = not _is_in_area(text, words, at, lists) and (is_shouted or _stands_free(text, words, at, size, lists))
        if is_free and not find_person(text, start, end, lists) and not find_body(text, start, end, lists):
            return size
    return 0


def _is_in_area(text: str, words: list[tuple[int, int]], at: int, lists: Lists) -> bool:
    """Return whether a name is the second word of an area's: "LATIN AMERICA"."""
    return at > 0 and " ".join(text[words[at - 1][0] : words[at][1]].split()).casefold() in lists.areas


def _is_named(piece: str, gazetteer: PlaceIndex, lists: Lists, *, is_in: Callable[[], bool]) -> bool:
    """Return whether a piece is a place's name that may stand alone.

    Args:
        piece: The piece.
        gazetteer: The names of places.
        lists: The lists of words.
        is_in: Tells whether a word of place stands in front of it; asked of smaller towns only.
    """
    if piece.replace(".", "") in lists.nicknames:
        return True
    if piece.endswith(".") and piece.replace(".", "") in lists.short:
        return True
    places = gazetteer.find(piece)
    folded = fold_name(piece) if places else ""
    for place in places:
        if place.scale in {PlaceScale.COUNTRY, PlaceScale.CONTINENT}:
            return len(piece) > POSTAL or piece in lists.initials
        if fold_name(place.name) != folded:
            continue
        if place.scale is PlaceScale.REGION or place.population >= TOWN:
            return True
        if place.population >= SMALL_TOWN and is_in():
            return True
    return False


def _stands_free(text: str, words: list[tuple[int, int]], at: int, size: int, lists: Lists) -> bool:
    """Return whether a name is not part of a longer one: no capitalised word touches it but such as may."""
    start, end = words[at][0], words[at + size - 1][1]
    if at + size < len(words) and text[end : words[at + size][0]] == " ":
        follower = text[slice(*words[at + size])].rstrip(".")
        if follower not in lists.no_surname and not is_where(text, start, lists):
            return False
    if at and text[words[at - 1][1] : start] == " " and not is_where(text, start, lists):
        before = text[slice(*words[at - 1])].casefold().rstrip(".")
        return before in lists.before
    return True
