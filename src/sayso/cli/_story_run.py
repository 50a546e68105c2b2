"""What the commands about stories do once they are understood: find what is meant, make it ready, print it."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, Final

from sayso.cli._print import print_bytes, print_error
from sayso.cli._story_page import StoryPage
from sayso.errors import NotInCase
from sayso.export.finding_json import write_parts, write_records
from sayso.ledger.lists import read_number
from sayso.records import Filter

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from rich.console import Console

    from sayso.corroborate.story_views import StoryViews
    from sayso.ledger.lists import Lists
    from sayso.records import StoryLine

MOST_CLAIMS: Final = 12
MOST_STORIES: Final = 50
MOST_LOOKED_AT: Final = 1_000
DISPUTED: Final = Filter(disputed_only=True)
NOTHING_JOINED: Final = "The case has no stories yet. Add articles: sayso add FILE, FOLDER or URL."


def list_stories(found: Sequence[StoryLine], given: str, console: Console, *, as_json: bool) -> None:
    """Print stories as a list."""
    if as_json:
        for line in write_records(found):
            print_bytes(line)
        return
    page = StoryPage(console)
    if not found:
        page.print_nothing(f"No story has an article in which “{given}” stands." if given else NOTHING_JOINED)
        return
    console.print()
    for story in found:
        page.print_story(story)


def show_story(lists: Lists, line: StoryLine, console: Console, *, as_json: bool) -> None:
    """Print one story: its articles, its claims that are told most widely, who has text in common."""
    views = lists.views(line.id)
    documents = [views.readings[document].document for document in views.findings.story.documents]
    claims = lists.claim_lines(views.findings)
    copies = views.make_copies()
    if as_json:
        print_bytes(
            write_parts(
                story=line,
                members=views.findings.story.members,
                claims=claims,
                copies=copies,
                disputes=views.make_disputes(),
                updates=views.make_updates(),
                drifts=views.make_drifts(),
            )
        )
        return
    page = StoryPage(console)
    console.print()
    page.print_story(line)
    page.print_articles(documents)
    page.print_copies(copies)
    widest = [claim for claim in claims if claim.n_speakers][:MOST_CLAIMS]
    if widest:
        page.print_claims(widest, n_left=max(0, line.n_claims - len(widest)))


def show_disputes(lists: Lists, given: str, console: Console, *, as_json: bool) -> None:
    """Print the disputes and updates of a claim, of the stories that are meant, or of the case."""
    page, n_found = StoryPage(console), 0
    for views, claim in _iter_scope(lists, given, has_changes=True):
        disputes, updates = views.make_disputes(claim), views.make_updates(claim)
        n_found += len(disputes) + len(updates)
        if as_json:
            for line in write_records([*disputes, *updates]):
                print_bytes(line)
        else:
            _open(page, disputes or updates)
            page.print_disputes(disputes, updates)
    _say_nothing(page, n_found, "No dispute was found", as_json=as_json)


def show_drifts(lists: Lists, given: str, console: Console, *, as_json: bool) -> None:
    """Print what was lost or sharpened on the way of a claim, in stories, or in the case."""
    page, n_found = StoryPage(console), 0
    for views, claim in _iter_scope(lists, given):
        drifts = views.make_drifts(claim)
        n_found += len(drifts)
        if as_json:
            for line in write_records(drifts):
                print_bytes(line)
        else:
            _open(page, drifts)
            page.print_drifts(drifts)
    _say_nothing(page, n_found, "No drift was found", as_json=as_json)


def show_events(lists: Lists, given: str, console: Console, *, as_json: bool) -> None:
    """Print what happened when to a claim, in stories, or in the case."""
    page, n_found = StoryPage(console), 0
    for views, claim in _iter_scope(lists, given):
        events = views.make_events(claim)
        n_found += len(events)
        if as_json:
            for line in write_records(events):
                print_bytes(line)
        elif events:
            console.print()
            page.print_story(_line_of(lists, views))
            page.print_events(events)
    _say_nothing(page, n_found, "Nothing that several articles tell was found", as_json=as_json)


def _iter_scope(lists: Lists, given: str, *, has_changes: bool = False) -> Iterator[tuple[StoryViews, int | None]]:
    """Yield the stories that are meant, each with the claim if one is meant; of the case the largest.

    Args:
        lists: Of the case.
        given: A claim, a story, words; empty for the case.
        has_changes: Of the case only stories that have disputes or updates.

    Raises:
        NotInCase: A claim, story or article is meant that the case does not have.
    """
    if given and read_number(given) is not None:
        # A claim that became part of another leads to that one.
        claim = lists.claim(given)
        yield lists.views(claim.story), claim.number
        return
    if given:
        found = lists.find_stories(given, limit=MOST_STORIES + 1)
    elif has_changes:
        found = list(islice(_iter_changed(lists), MOST_STORIES + 1))
    else:
        found = list(lists.stories(limit=MOST_STORIES + 1).rows)
    if given and not found:
        what = "story"
        raise NotInCase(what, given)
    for line in found[:MOST_STORIES]:
        yield lists.views(line.id), None
    if len(found) > MOST_STORIES:
        print_error(f"only the {MOST_STORIES} largest stories are shown: name one, or a claim (C3).")


def _iter_changed(lists: Lists) -> Iterator[StoryLine]:
    """Yield the stories that have disputes or updates, the largest first.

    Beyond the largest of the case those alone that lists call disputed: else all that was found would be read.
    """
    met: set[str] = set()
    for offset in range(0, MOST_LOOKED_AT, MOST_STORIES):
        lines = lists.stories(limit=MOST_STORIES, offset=offset).rows
        for line in lines:
            met.add(line.id)
            found = lists.story(line.id)
            if found.disputes or found.updates:
                yield line
        if len(lines) < MOST_STORIES:
            return
    yield from (line for line in lists.stories(DISPUTED, limit=MOST_STORIES + 1).rows if line.id not in met)


def _line_of(lists: Lists, views: StoryViews) -> StoryLine:
    return lists.find_stories(views.findings.story.id)[0]


def _open(page: StoryPage, found: Sequence[object]) -> None:
    """Print an empty line before the first thing that is found."""
    if found and not page.has_begun:
        page.has_begun = True
        page.console.print()


def _say_nothing(page: StoryPage, n_found: int, words: str, *, as_json: bool) -> None:
    if not n_found and as_json:
        print_error(f"{words}.")
    elif not n_found:
        page.print_nothing(f"{words}. That the machine found none does not mean that there is none.")
