"""Whether the lists say of stories what was found, and whether that follows from what it says that it is made of."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sayso.corroborate.claim_lines import make_lines
from sayso.corroborate.may_tell import weigh_case
from sayso.ledger.joining import read_as_judged
from sayso.records import Filter

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sayso.records import ClaimFindings, ClaimLine, Reading, StoryFindings
    from sayso.store.base import View

    Found = Iterator[tuple[str, str]]

STORIES_AT_ONCE = 100
ODD = "it does not hang together"
# What comes of records that name what is not in them: nothing that we have written.
BROKEN = (LookupError, TypeError, ValueError, AttributeError, ArithmeticError, RuntimeError)


def iter_stories(view: View) -> Iterator[str]:
    """Yield the ids of the stories whose findings are up to date: of others it is known that something changed."""
    offset = 0
    while rows := view.list_stories(Filter(), limit=STORIES_AT_ONCE, offset=offset).rows:
        yield from (row.id for row in rows if not row.is_stale)
        offset += len(rows)


def find_story_faults(view: View, story_id: str) -> Found:
    """Yield what is wrong with a story, as far as its findings and readings tell.

    Raises:
        SaysoError: Something of it cannot be read.
    """
    found = view.find_findings(story_id)
    if found is None:
        yield f"story {story_id}", "nothing was found about it"
        return
    readings = [read_as_judged(view, document) for document in found.story.documents]
    lines = _make_lines(found, readings)
    if lines is None:
        yield f"story {story_id}", ODD
        return
    rows = {row.id for reading in readings for row in reading.attributions}
    texts = {reading.document.id: reading.document.text for reading in readings}
    for one, line in zip(found.claims, lines, strict=True):
        where = f"claim C{one.number}"
        if view.find_claim(one.number) != line:
            yield where, "the lists do not show what was found"
        if not _follows(one):
            yield where, "its origins are not those that follow from its tellings"
        for mention in (*one.claim.mentions, *one.may_tell):
            span = mention.span
            if texts.get(mention.document, "")[span.start : span.end] != span.exact:
                yield f"{where}, {mention.document}, characters {span.start}-{span.end}", "other words stand there"
            if mention.attribution not in {None, *rows}:
                yield f"{where}, {mention.document}", f"there is no row {mention.attribution}"


def _make_lines(found: StoryFindings, readings: list[Reading]) -> tuple[ClaimLine, ...] | None:
    """Return the lines of a story's claims; None where it does not hang together."""
    try:
        return make_lines(found, readings)
    except BROKEN:
        return None


def _follows(one: ClaimFindings) -> bool:
    """Return whether a claim's bounds and reasons are those that its tellings give."""
    try:
        return weigh_case(one.case, one.wider) == one.corroboration
    except BROKEN:
        return False
