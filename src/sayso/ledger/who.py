"""Who somebody is over all stories of a case: from a name or id to parties, each with all that it said.

Parties are found within stories when these are joined. Over stories they are found when somebody asks: among the
sources that are called so, and those that the stories' parties bring along.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from sayso.corroborate.aliases import find_aliases
from sayso.corroborate.parties import find_parties
from sayso.corroborate.party_views import make_party_view
from sayso.ledger.joining import read_as_judged
from sayso.records import Appearance, ClaimOrder, Filter, SourceOrder

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sayso.records import Party, PartyView, Reading, StoryFindings
    from sayso.store.base import View

LINES_MAX: Final = 40
STORIES_MAX: Final = 40
SPELLINGS_MAX: Final = 12


def find_who(view: View, given: str) -> list[PartyView]:
    """Return the parties that are meant by a name, a part of one, or a source's id; those with most articles first.

    Args:
        view: The case.
        given: The name or id.
    """
    wanted, has_more_lines = _find_sources(view, given)
    stories, has_more = _find_stories(view, wanted)
    told = {story: (found, _read(view, found)) for story, found in stories.items()}
    # What a story calls by another name is looked for under that name, too.
    names = [
        name
        for found, _ in told.values()
        for party in found.parties
        if wanted & set(party.sources)
        for name in party.aliases
    ]
    further = {source for name in dict.fromkeys(names[:SPELLINGS_MAX]) for source in _find_sources(view, name)[0]}
    others, has_more_others = _find_stories(view, further - wanted)
    is_cut = has_more_lines or has_more or has_more_others
    for story, found in others.items():
        told.setdefault(story, (found, _read(view, found)))
    appearances = [
        Appearance(source=source, document=document, outlet=reading.document.outlet, topics=(found.story.id,))
        for found, readings in told.values()
        for document, reading in readings.items()
        for source in reading.sources
    ]
    aliases = [
        alias
        for _, readings in told.values()
        for document, reading in readings.items()
        for alias in find_aliases(reading.document.text, document=document)
    ]
    judgements = list(view.iter_shared_judgements({one.source.id for one in appearances}))
    parties, joins = find_parties(appearances, judgements=judgements, aliases=aliases)
    meant = sorted(
        (party for party in parties if wanted & set(party.sources)),
        key=lambda party: (-len(party.documents), party.name, party.id),
    )
    views = (make_party_view(party, joins, _of_party(party, told.values()), judgements) for party in meant)
    return [replace(one, is_cut=is_cut) for one in views]


def _of_party(
    party: Party, told: Iterable[tuple[StoryFindings, dict[str, Reading]]]
) -> list[tuple[StoryFindings, dict[str, Reading]]]:
    """Return the stories in which a party speaks."""
    documents = set(party.documents)
    return [(found, readings) for found, readings in told if documents & readings.keys()]


def _find_sources(view: View, given: str) -> tuple[set[str], bool]:
    """Return the ids of the sources that are called so or are meant by an id, and whether there may be more."""
    page = view.list_sources(Filter(party=given), SourceOrder.ARTICLES, limit=LINES_MAX)
    folded = given.casefold()
    lines = (line for line in page.rows if folded in line.name.casefold() or given in line.ids)
    return {source for line in lines for source in line.ids}, page.total > len(page.rows)


def _find_stories(view: View, sources: Iterable[str]) -> tuple[dict[str, StoryFindings], bool]:
    """Return stories in which sources speak, at most `STORIES_MAX`, and whether there may be more."""
    stories: dict[str, StoryFindings] = {}
    for source in sorted(sources):
        if len(stories) >= STORIES_MAX:
            return stories, True
        for row in view.list_claims(Filter(party=source), ClaimOrder.PUBLISHED, limit=1).rows:
            story = view.find_story_of(row.document)
            if story is None or story in stories:
                continue
            found = view.find_findings(story)
            if found is not None:
                stories[story] = found
    return stories, False


def _read(view: View, found: StoryFindings) -> dict[str, Reading]:
    return {document: read_as_judged(view, document) for document in found.story.documents}
