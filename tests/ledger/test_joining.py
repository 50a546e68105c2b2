"""What a case's documents have in common is kept up as they come, change, are judged and go; broken off, it goes on."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from sayso.cli._page import make_console
from sayso.cli._story_run import show_events
from sayso.corroborate.tracing import make_trace
from sayso.errors import BadJudgement, DamagedRecord, NotInCase
from sayso.ids import document_id
from sayso.ledger import joining, judging, who
from sayso.ledger.case import Ledger
from sayso.ledger.engines import Engines
from sayso.ledger.joining import Looked, enter_documents, look_at_stories
from sayso.ledger.judging import Act
from sayso.ledger.verifying_stories import find_story_faults
from sayso.records import ClaimOrder, Filter, JudgementKind
from sayso.store.memory import MemoryStore
from tests.cases import AT, capture_of
from tests.corroborate.stories_told import BANKS, article, said
from tests.tellings import toll

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from sayso.records import ClaimLine, Reading

FERRY = "the ferry company of Sandholm would take eleven captains to court over the strike at the harbour"
TOLD = {
    "The Post": (BANKS, "The river Amsel flooded Orlby."),
    "Coast Daily": (
        "the old mill bridge at Orlby was swept away when the Amsel burst its banks",
        "Orlby is under water.",
    ),
    "Orlby Week": (
        "at Orlby the Amsel had burst its banks, and that the old mill bridge was swept away",
        "Flood hits Orlby.",
    ),
}


@pytest.fixture(params=["memory", "file"])
def ledger(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Ledger]:
    """An empty case, in memory and in a file."""
    made = Ledger(MemoryStore(name="t", at=AT)) if request.param == "memory" else Ledger.create(str(tmp_path / "t"))
    with made:
        yield made


def keep(ledger: Ledger, *readings: Reading) -> None:
    """Keep articles with their readings; nothing is joined yet."""
    for reading in readings:
        captured = capture_of(reading.document.text)
        with ledger.store.write() as writer:
            writer.add_capture(captured, at=AT)
            writer.add_document(reading.document, captured.capture.id, at=AT)
            writer.add_reading(reading, at=AT)


def join(ledger: Ledger) -> int:
    """Join all that waits; return how many documents and stories were done."""
    return sum(ledger.join())


def flood(ledger: Ledger) -> ClaimLine:
    """Return the claim of the flood."""
    with ledger.look() as lists:
        rows = lists.claims(Filter(text='"burst its banks"'), ClaimOrder.OUTLETS, limit=9, once=True).rows
    (line,) = [row.claim for row in rows if row.claim is not None]
    return line


def glance(ledger: Ledger) -> tuple[int, int, int]:
    """Return how many stories, claims told in them, and things that wait the case at a glance shows."""
    with ledger.look() as lists:
        info = lists.info()
    return info.n_stories, info.n_claims_told, info.n_waiting


def list_stories(ledger: Ledger) -> list[set[str]]:
    """Return the outlets of each story."""
    with ledger.look() as lists:
        return [set(story.outlets) for story in lists.stories().rows]


def tell(outlet: str, name: str = "Ilse Brandt", at: str = "2024-05-04T08:00:00Z", **more: object) -> Reading:
    """Return an article on the flood, in words of its own."""
    content, lead = TOLD.get(outlet, TOLD["The Post"])
    return article(outlet, said(name, content, **more), at=at, lead=lead)


def test_articles_of_one_event_become_one_story_and_one_claim_with_its_origins(ledger: Ledger) -> None:
    keep(ledger, tell("The Post"), tell("Coast Daily", "Otto Lamm"), article("Ferry News", said("Jan Roth", FERRY)))
    assert ledger.count_waiting() == 3
    assert glance(ledger) == (0, 0, 3)
    assert join(ledger) > 0
    assert glance(ledger) == (2, 2, 0)
    assert ledger.count_waiting() == join(ledger) == 0
    assert list_stories(ledger) == [{"The Post", "Coast Daily"}, {"Ferry News"}]
    line = flood(ledger)
    assert (line.least, line.most, line.n_tellings, set(line.outlets)) == (2, 2, 2, {"The Post", "Coast Daily"})
    with ledger.look() as lists:
        assert lists.claim(f"c{line.number}") == lists.claim(str(line.number)) == line
        trace = lists.trace(f"C{line.number}")
        assert {lane.root.name for lane in trace.lanes} == {"Ilse Brandt", "Otto Lamm"}
        assert lists.find_story(f"C{line.number}").id == line.story
        with pytest.raises(DamagedRecord):
            make_trace(replace(line, number=99), lists.story(line.story), {})
        assert [story.id for story in lists.find_stories("Amsel")] == [line.story]
        assert lists.find_story(line.story[:10]).n_documents == 2


def test_what_does_not_exist_is_not_in_the_case(ledger: Ledger) -> None:
    with ledger.look() as lists:
        for call, given in (
            (lists.claim, "C9"),
            (lists.claim, "x"),
            (lists.trace, "9"),
            (lists.story, "sty-0"),
            (lists.find_story, "sty-0000"),
        ):
            with pytest.raises(NotInCase):
                call(given)
        assert lists.find_stories("nothing of the kind") == []
        assert lists.who("nobody") == []


def test_a_claim_keeps_its_number_while_articles_are_added(ledger: Ledger) -> None:
    keep(ledger, tell("The Post", at="2024-05-05T08:00:00Z"))
    join(ledger)
    number = flood(ledger).number
    keep(ledger, tell("Coast Daily", "Otto Lamm", at="2024-05-03T08:00:00Z"))
    join(ledger)
    assert (flood(ledger).number, flood(ledger).n_documents) == (number, 2)


def test_a_newer_version_takes_the_place_of_the_older_one_and_the_number_stays(ledger: Ledger) -> None:
    first = tell("The Post")
    keep(ledger, first, tell("Coast Daily", "Otto Lamm"))
    join(ledger)
    before = flood(ledger)
    second = article(
        "The Post",
        said("Ilse Brandt", BANKS),
        "Boats were sent",
        at="2024-05-04T08:00:00Z",
        lead="The river Amsel flooded Orlby.",
    )
    second = replace(second, document=replace(second.document, supersedes=first.document.id))
    keep(ledger, second)
    join(ledger)
    after = flood(ledger)
    assert (after.number, after.n_documents) == (before.number, 2)
    with ledger.look() as lists:
        found = lists.story(after.story)
    assert first.document.id not in found.story.documents
    assert second.document.id in found.story.documents


def test_what_an_older_version_said_is_told_of_until_that_is_purged(ledger: Ledger) -> None:
    first, other = (toll("12", "12", "2024-05-08", outlet=outlet) for outlet in ("Tide", "Coast Mail"))
    second = toll("9", "9", "2024-05-08", outlet="Tide")
    second = replace(second, document=replace(second.document, supersedes=first.document.id))
    keep(ledger, first, other, second)
    join(ledger)

    def list_updates() -> list[tuple[str, str]]:
        with ledger.look() as lists:
            found = [lists.story(story.id) for story in lists.stories().rows]
        return [(update.old_words, update.new_words) for one in found for update in one.updates]

    assert list_updates() == [("12", "9")]
    ledger.purge(first.document.id)
    assert list_updates() == []
    assert ledger.count_waiting() == 0


def test_a_purged_article_is_gone_from_claims_and_its_older_version_counts_again(ledger: Ledger) -> None:
    first, other = tell("The Post"), tell("Coast Daily", "Otto Lamm")
    keep(ledger, first, other)
    join(ledger)
    number = flood(ledger).number
    ledger.purge(other.document.id)
    assert ledger.count_waiting() == 0
    assert (flood(ledger).number, flood(ledger).n_documents, flood(ledger).most) == (number, 1, 1)
    ledger.purge(first.document.id)
    assert list_stories(ledger) == []
    with ledger.look() as lists, pytest.raises(NotInCase):
        lists.claim(str(number))
    held = [data for shelf in ("stale stories",) for _, data in _held(ledger, shelf)]
    assert held == []


def _held(ledger: Ledger, shelf: str) -> list[tuple[bytes, bytes]]:
    with ledger.store.view() as view:
        return list(view.iter_held(shelf))


def test_rejected_rows_are_no_tellings_and_come_back_with_the_undoing(ledger: Ledger) -> None:
    one, other = tell("The Post"), tell("Coast Daily", "Otto Lamm")
    keep(ledger, one, other)
    join(ledger)
    review = ledger.review()
    row = other.attributions[0].id
    judgement = judging.reject(other, row, Act(by="Ana", at=review.now()))
    review.judge(judgement)
    assert ledger.count_waiting() > 0
    join(ledger)
    assert (flood(ledger).least, flood(ledger).most) == (1, 1)
    review.judge(judging.undo(judgement, Act(by="Ana", at=review.now())))
    join(ledger)
    assert (flood(ledger).least, flood(ledger).most) == (2, 2)


def test_persons_join_and_part_parties_and_where_they_contradict_neither_holds(ledger: Ledger) -> None:
    keep(ledger, tell("The Post", "Ilse Brandt"), tell("Coast Daily", "Otto Lamm"))
    join(ledger)
    pairs, review = ledger.pairs(), ledger.review()
    pair = pairs.find("Ilse Brandt", "Otto Lamm")
    made = pairs.judge(JudgementKind.SAME, pair, Act(by="Ana", at=review.now(), reason="one person"))
    join(ledger)
    assert (flood(ledger).least, flood(ledger).most) == (1, 1)
    pairs.judge(JudgementKind.DIFFERENT, pair, Act(by="Bo", at=review.now()))
    join(ledger)
    assert (flood(ledger).least, flood(ledger).most) == (1, 2)
    with ledger.look() as lists:
        assert any(
            "Ana and Bo judged otherwise" in sentence for sentence in lists.trace(f"C{flood(ledger).number}").why
        )
    review.judge(judging.undo(made, Act(by="Ana", at=review.now())))
    join(ledger)
    assert (flood(ledger).least, flood(ledger).most) == (2, 2)


def test_persons_join_and_part_claims_and_an_old_number_leads_to_the_new_one(
    ledger: Ledger, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    keep(
        ledger,
        tell("The Post"),
        article("Ferry News", said("Ilse Brandt", BANKS), said("Jan Roth", FERRY), at="2024-05-04"),
    )
    join(ledger)
    with ledger.look() as lists:
        (ferry,) = [row.claim for row in lists.claims(Filter(text="ferry"), once=True).rows if row.claim]
    pairs, review = ledger.pairs(), ledger.review()
    one, other = f"C{flood(ledger).number}", f"C{ferry.number}"
    made = pairs.judge(JudgementKind.SAME, pairs.find(one, other), Act(by="Ana", at=review.now()))
    join(ledger)
    with ledger.look() as lists:
        assert lists.claim(one) == lists.claim(other)
        assert lists.claim(one).n_tellings == 3
    gone = other if flood(ledger).number == int(one[1:]) else one
    with ledger.look() as lists:
        show_events(lists, gone, make_console(no_color=True), as_json=True)
    told = [json.loads(line) for line in capfdbinary.readouterr().out.splitlines()]
    assert {event["claim"] for event in told} == {flood(ledger).number}
    with pytest.raises(BadJudgement, match="is part of C"):
        pairs.find(gone, "C1" if gone != "C1" else "C2")
    review.judge(judging.undo(made, Act(by="Ana", at=review.now())))
    join(ledger)
    with ledger.look() as lists:
        assert lists.claim(one) != lists.claim(other)
        assert {lists.claim(one).number, lists.claim(other).number} == {int(one[1:]), int(other[1:])}


def test_a_claim_and_a_party_are_not_the_same_and_one_row_is_no_pair(ledger: Ledger) -> None:
    keep(ledger, tell("The Post"), tell("Coast Daily", "Otto Lamm"))
    join(ledger)
    pairs, number = ledger.pairs(), f"C{flood(ledger).number}"
    with pytest.raises(BadJudgement, match="one is a claim and the other is a party"):
        pairs.find(number, "Otto Lamm")
    with pytest.raises(NotInCase):
        pairs.find("nobody at all", "Otto Lamm")
    with pytest.raises(NotInCase):
        pairs.find("C99", number)
    row = pairs.find(number, number)
    assert row[0].row != row[1].row


def test_broken_off_at_any_moment_the_next_call_goes_on(ledger: Ledger) -> None:
    outlets = [f"Outlet {letter}" for letter in "ABCDEFGHIJKL"]
    keep(ledger, *(tell(outlet, f"Otto Lamm{place:02}") for place, outlet in enumerate(outlets)))
    for _ in range(40):
        if not ledger.count_waiting():
            break
        next(ledger.join())  # what is done is kept, and the rest is dropped here
    assert flood(ledger).n_documents == len(outlets)


def test_in_whatever_order_articles_come_the_ranges_are_the_same(tmp_path: Path) -> None:
    readings = [tell("The Post"), tell("Coast Daily", "Otto Lamm"), tell("Orlby Week", "a fireman", naming="described")]
    found = []
    for place, order in enumerate(((0, 1, 2), (2, 1, 0), (1, 2, 0))):
        with Ledger.create(str(tmp_path / str(place))) as ledger:
            for one in order:
                keep(ledger, readings[one])
                join(ledger)
            found.append((flood(ledger).least, flood(ledger).most, flood(ledger).n_tellings))
    assert set(found) == {(2, 3, 3)}


def test_who_says_what_is_found_over_stories(ledger: Ledger, monkeypatch: pytest.MonkeyPatch) -> None:
    keep(ledger, tell("The Post"), article("Ferry News", said("Ilse Brandt", FERRY), at="2024-05-20"))
    join(ledger)
    with ledger.look() as lists:
        (party,) = lists.who("brandt")
        assert (party.name, party.n_claims, party.n_only_leg) == ("Ilse Brandt", 2, 2)
        assert set(party.outlets) == {"The Post", "Ferry News"}
        assert not party.is_cut
        monkeypatch.setattr(who, "STORIES_MAX", 1)
        (party,) = lists.who("brandt")
        assert (party.n_claims, party.is_cut) == (1, True)


def test_an_article_of_the_same_text_is_one_document() -> None:
    doc = tell("The Post").document
    assert doc.id == document_id(text=doc.text, outlet="The Post", published="2024-05-04T08:00:00Z")


def rewrite(reading: Reading, *extra: str) -> Reading:
    """Return a newer version of an article: the same rows, and more of its own."""
    doc = reading.document
    newer = article(str(doc.outlet), said("Ilse Brandt", BANKS), *extra, at="2024-05-04T08:00:00Z")
    return replace(newer, document=replace(newer.document, supersedes=doc.id))


def test_versions_that_came_at_once_leave_nothing_of_the_first_and_its_number_stays(ledger: Ledger) -> None:
    first = tell("The Post")
    keep(ledger, first)
    join(ledger)
    number = flood(ledger).number
    second = rewrite(first, "Boats were sent")
    third = rewrite(second, "Boats were sent", "The school is shut")
    keep(ledger, second, third)
    join(ledger)
    assert (flood(ledger).number, flood(ledger).n_documents) == (number, 1)
    with ledger.look() as lists:
        (story,) = lists.stories().rows
        assert (lists.story(story.id).story.documents, story.is_stale) == ((third.document.id,), False)


def test_stories_that_fall_apart_over_several_blocks_share_no_number(
    ledger: Ledger, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(joining, "STORIES_AT_ONCE", 1)
    first, other = tell("The Post", at="2024-05-05T08:00:00Z"), tell("Coast Daily", "Otto Lamm")
    keep(ledger, first, other)
    join(ledger)
    with ledger.store.write() as writer:  # as if a third article had shown that these are two events
        engines = Engines(writer)
        engines.leave(first.document.id)
        monkeypatch.setattr("sayso.corroborate.stories.StoryIndex._find_stories", lambda *_: [])
        engines.enter(first.document)
    join(ledger)
    with ledger.look() as lists:
        stories = [lists.story(line.id) for line in lists.stories().rows]
        numbers = [claim.number for story in stories for claim in story.claims]
        assert len(stories) == 2
        assert len(set(numbers)) == len(numbers)
        for story in stories:
            assert all(lists.claim(str(claim.number)).story == story.story.id for claim in story.claims)
            assert list(find_story_faults(lists.view, story.story.id)) == []


def test_a_purge_joins_no_more_than_the_stories_that_it_is_about(ledger: Ledger) -> None:
    first, other = tell("The Post"), tell("Coast Daily", "Otto Lamm")
    keep(ledger, first, other)
    join(ledger)
    keep(ledger, article("Ferry News", said("Jan Roth", FERRY)))
    with ledger.store.write() as writer:
        enter_documents(writer)
    assert ledger.count_waiting() == 1
    ledger.purge(other.document.id)
    assert (ledger.count_waiting(), flood(ledger).n_documents) == (1, 1)


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE readings SET data = x'00' WHERE document = (SELECT max(number) FROM documents)",
        "UPDATE document_records SET record = '{}' WHERE document = (SELECT max(number) FROM documents)",
    ],
)
def test_what_is_damaged_is_passed_over_and_the_rest_is_joined(tmp_path: Path, sql: str) -> None:
    with Ledger.create(str(tmp_path / "t")) as ledger:
        keep(ledger, tell("The Post"))
        join(ledger)
        keep(ledger, tell("Coast Daily", "Otto Lamm"))
        with closing(sqlite3.connect(tmp_path / "t.sayso")) as connection:
            connection.execute(sql)
            connection.commit()
        join(ledger)
        assert (ledger.count_waiting(), flood(ledger).n_tellings) == (0, 1)
        assert ledger.verify().findings


def test_what_changes_while_it_is_looked_at_is_looked_at_again(ledger: Ledger, monkeypatch: pytest.MonkeyPatch) -> None:
    first, other = tell("The Post"), tell("Coast Daily", "Otto Lamm")
    keep(ledger, first)
    looked: list[int] = []

    def look(gathered: Iterable[Looked]) -> list[Looked]:
        made = look_at_stories(gathered)
        looked.append(len(made))
        if len(looked) == 1:  # another process is as fast
            keep(ledger, other)
            with ledger.store.write() as writer:
                enter_documents(writer)
        return made

    monkeypatch.setattr(joining, "look_at_stories", look)
    assert list(ledger.join()) == [1, 0, 1]
    assert (ledger.count_waiting(), flood(ledger).n_documents) == (0, 2)


def test_what_is_purged_while_it_is_looked_at_is_gone(ledger: Ledger, monkeypatch: pytest.MonkeyPatch) -> None:
    first, other = tell("The Post"), tell("Coast Daily", "Otto Lamm")
    keep(ledger, first, other)
    look = joining.look_at_stories

    def purge(gathered: Iterable[Looked]) -> list[Looked]:
        made = look(gathered)
        monkeypatch.setattr(joining, "look_at_stories", look)
        ledger.purge(other.document.id)
        return made

    monkeypatch.setattr(joining, "look_at_stories", purge)
    join(ledger)
    assert (flood(ledger).n_documents, flood(ledger).n_tellings) == (1, 1)
