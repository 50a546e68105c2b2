"""What was found about stories is held against their findings, readings and texts."""

from __future__ import annotations

import shutil
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from sayso.ledger.joining import Joining
from sayso.ledger.verifying_stories import find_story_faults, iter_stories
from sayso.records import Filter
from sayso.store.memory import MemoryStore
from sayso.store.sqlite import create_case, open_case
from tests.cases import AT, judge
from tests.ledger.hands import START, make_ledger, make_page
from tests.ledger.test_verifying import change, check, places

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from sayso.records import ClaimFindings, ClaimLine, StoryFindings
    from sayso.store.base import Store, View

PAGES = {
    url: make_page(url, said=f"{who} said the ferry line would close in Port Callan. Ola Brenn said the bridge opened.")
    for url, who in (
        ("https://a.example/1", "Ida Marlow"),
        ("https://b.example/1", "Ana Terric"),
    )
}
CHANGES = (
    "UPDATE claims_told SET record = replace(record, 'Port Callan', 'Port Royal')",
    "UPDATE claims_told SET record = replace(record, 'Marlow', 'Harlow')",
    "UPDATE claims_told SET record = replace(record, '\"is_updated\":false', '\"is_updated\":true')",
    "UPDATE claims_told SET record = replace(record, '\"is_private\":false', '\"is_private\":true')",
    "UPDATE claims_told SET record = json_set(record, '$.least', 9, '$.most', 9), least = 9, most = 9",
    "UPDATE claims_told SET record = json_set(record, '$.independence', 'not-recorded')",
    "UPDATE claims_told SET record = json_set(record, '$.first', '1999-01-01')",
)


def fill(store: Store) -> None:
    """Add articles and join them."""
    ledger = make_ledger({**PAGES}, store=store)
    list(ledger.add([*PAGES]))
    list(Joining(store).join())
    assert ledger.verify().findings == ()


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a case of two articles that are joined."""
    path = tmp_path_factory.mktemp("whole") / "harbour.sayso"
    store = create_case(path, name="harbour", at=START)
    fill(store)
    store.close()
    return path


@pytest.mark.parametrize("sql", CHANGES)
def test_each_change_to_what_is_shown_of_a_claim_is_found(whole: Path, tmp_path: Path, sql: str) -> None:
    path = tmp_path / "harbour.sayso"
    shutil.copy(whole, path)
    change(path, sql)
    assert "claim C1: " in places(check(path))


def test_a_story_that_waits_to_be_joined_again_is_not_held_against_it(whole: Path, tmp_path: Path) -> None:
    path = tmp_path / "harbour.sayso"
    shutil.copy(whole, path)
    store = open_case(path)
    with store.write() as writer:
        (story,) = iter_stories(writer)
        reading = writer.get_reading(next(writer.iter_documents()).id).reading
        made = judge("correct", reading.attributions[0].id, document=reading.document.id, changes={"source_name": "X"})
        writer.add_judgement(made, at=AT)
        assert not list(iter_stories(writer))
    list(Joining(store).join())
    with store.view() as view:
        assert list(iter_stories(view)) == [story]
        assert not list(find_story_faults(view, story))
    store.close()


def move(one: ClaimFindings) -> ClaimFindings:
    """Return a claim of which the words stand elsewhere, in a row that nobody read."""
    first, *rest = one.claim.mentions
    span = replace(first.span, start=first.span.start + 1, end=first.span.end + 1)
    moved = replace(first, span=span, attribution="att-0000000000000000")
    return replace(one, claim=replace(one.claim, mentions=(moved, *rest)))


def count_more(one: ClaimFindings) -> ClaimFindings:
    """Return a claim with more origins than follow from its tellings."""
    persons = replace(one.corroboration.persons, most=one.corroboration.persons.most + 1)
    return replace(one, corroboration=replace(one.corroboration, persons=persons))


def lose_case(one: ClaimFindings) -> ClaimFindings:
    """Return a claim whose tellings name sources that are not there."""
    tellings = tuple(replace(telling, source="src-none") for telling in one.case.tellings)
    return replace(one, case=replace(one.case, tellings=tellings))


def lose_clearest(one: ClaimFindings) -> ClaimFindings:
    """Return a claim whose clearest mention is not there."""
    return replace(one, claim=replace(one.claim, clearest="mnt-none"))


@pytest.mark.parametrize(
    ("spoil", "told"),
    [
        (move, "other words stand there"),
        (move, "there is no row"),
        (count_more, "its origins are not those"),
        (count_more, "the lists do not show"),
        (lose_case, "its origins are not those"),
        (lose_clearest, "it does not hang together"),
    ],
)
def test_findings_that_do_not_hang_together_are_named(
    spoil: Callable[[ClaimFindings], ClaimFindings], told: str
) -> None:
    store = MemoryStore(name="harbour", at=START)
    fill(store)
    with store.write() as writer:
        (story,) = iter_stories(writer)
        found, lines = read_story(writer, story)
        writer.put_findings(replace(found, claims=tuple(map(spoil, found.claims))), lines)
        assert any(told in what for _, what in find_story_faults(writer, story))
        assert find_nothing(writer) == [("story sty-0", "nothing was found about it")]


def read_story(view: View, story: str) -> tuple[StoryFindings, list[ClaimLine]]:
    """Return what is kept of a story."""
    found = view.find_findings(story)
    assert found is not None
    lines = [view.find_claim(one.number) for one in found.claims]
    return found, [line for line in lines if line is not None]


def find_nothing(view: View) -> list[tuple[str, str]]:
    """Return what is said of a story that is not there."""
    assert view.list_stories(Filter(), limit=5).total == 1
    return list(find_story_faults(view, "sty-0"))
