"""The judgements of a case, over every store."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from sayso.errors import BadJudgement, NotInCase
from sayso.ids import source_id
from sayso.ledger import judging, review
from sayso.ledger.review import Review
from sayso.ledger.unmasking import PlacedSource
from sayso.records import Capture, Captured, CaptureKind, Filter, Judged, Naming, Reading, Stance
from sayso.store.memory import MemoryStore
from sayso.store.sqlite.store import create_case
from tests.ledger.acts import acts_of
from tests.readings import Builder, demo_reading, small_reading

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from sayso.records import Judgement
    from sayso.store.base import Store

AT = "2024-11-03T10:15:42Z"
SMALL, DEMO = small_reading(), demo_reading()


@pytest.fixture(params=["memory", "sqlite"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Store]:
    is_file = request.param == "sqlite"
    made = create_case(tmp_path / "harbour.sayso", name="harbour", at=AT) if is_file else MemoryStore(name="x", at=AT)
    yield made
    made.close()


def keep(store: Store, *readings: Reading) -> Store:
    capture = Capture(
        id="cap-0000000000000001", kind=CaptureKind.FILE, name="a", captured_at=AT, tool="test", sha256="0" * 64
    )
    with store.write() as writer:
        writer.add_capture(Captured(capture=capture, data=b"", warc=b""), at=AT)
        for reading in readings:
            writer.add_document(reading.document, capture.id, at=AT)
            writer.add_reading(reading, at=AT)
    return store


@pytest.fixture
def case(store: Store) -> Review:
    return Review(keep(store, SMALL, DEMO))


def article(outlet: str, who: str = "Ana Terric", naming: str = "named") -> Reading:
    make = Builder(f"{who} said the quay is shut.", outlet=outlet)
    make.source("one", who, "person", naming)
    make.row("a", "one", "said", "the quay is shut")
    return make.build()


def placed(reading: Reading, number: int = 0) -> PlacedSource:
    return PlacedSource(document=reading.document.id, source=reading.sources[number])


def test_the_clock_never_stands_still_or_goes_back() -> None:
    times = iter([dt.datetime(2024, 11, 3, 10, tzinfo=dt.UTC)] * 2 + [dt.datetime(2024, 11, 3, 9, tzinfo=dt.UTC)])
    found = Review(MemoryStore(name="x", at=AT), clock=lambda: next(times))
    assert [found.now(), found.now(), found.now()] == [f"2024-11-03T10:00:00.00000{n}Z" for n in range(3)]


def test_rows_of_all_documents_are_asked_and_judged_ones_not_again(case: Review) -> None:
    act = acts_of("Ana")
    every = case.ask(Filter())
    assert {one.document for one in every} == {SMALL.document.id, DEMO.document.id}
    first = every[0]
    case.judge(judging.unsure(case.get_reading(first.document), first.row, act()))
    assert case.ask(Filter()) == every[1:]
    assert case.ask(Filter(), limit=3) == every[1:4]
    assert [one.row for one in case.ask(Filter(judged=(Judged.UNSURE,)))] == [first.row]
    assert case.ask(Filter(), blind_to="Vera") == every
    assert case.ask(Filter(), blind_to="Ana") == every[1:]
    assert [one.document for one in case.ask(Filter(document=SMALL.document.id))] == [SMALL.document.id] * 2


def test_of_a_large_case_the_least_sure_rows_and_refusals_are_weighed(
    case: Review, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(review, "CANDIDATES", 2)
    monkeypatch.setattr(review, "PAGE", 2)
    asked = case.ask(Filter())
    assert 2 <= len(asked) <= 4
    stances = {att.id: att.stance for reading in (SMALL, DEMO) for att in reading.attributions}
    assert sum(stances[one.row] in {Stance.DENIES, Stance.DOUBTS, Stance.DECLINES} for one in asked) >= 2
    assert len(case.ask(Filter(stance=(Stance.ASSERTS,)))) == 2


def test_judging_what_the_case_lacks_is_refused(case: Review) -> None:
    other = article("The Courier")
    judgement = judging.accept(other, other.attributions[0].id, acts_of("Ana")())
    with pytest.raises(NotInCase):
        case.judge(judgement)
    with pytest.raises(NotInCase):
        case.get_judgement(judgement.id)
    with pytest.raises(NotInCase):
        case.get_reading(other.document.id)
    assert case.list_judgements() == []


def test_a_judgement_is_found_by_the_beginning_of_its_id(case: Review) -> None:
    judgement = judging.accept(SMALL, SMALL.attributions[0].id, acts_of("Ana")())
    assert case.judge(judgement)
    assert not case.judge(judgement)
    assert case.get_judgement(judgement.id[4:12]) == judgement
    assert case.list_judgements(SMALL.document.id) == [judgement]
    assert case.list_judgements(DEMO.document.id) == []
    assert case.find_id("jdg", judgement.id[:10]) == judgement.id


def test_judgements_from_outside_are_new_known_orphaned_or_unfit(case: Review) -> None:
    act = acts_of("Vera")
    row = SMALL.attributions[0].id
    good = judging.accept(SMALL, row, act())
    elsewhere = article("The Courier")
    orphan = judging.accept(elsewhere, elsewhere.attributions[0].id, act())
    unfit = replace(judging.correct(SMALL, row, {"stance": "denies"}, act()), changes=(("stance", "lies"),))
    assert case.judge(good)
    done = case.take_over([good, judging.reject(SMALL, SMALL.attributions[1].id, act()), orphan, unfit])
    assert (done.n_new, done.n_known, done.n_orphaned, done.n_unfit) == (1, 1, 1, 1)
    assert "lies" in done.first_unfit


def test_if_the_file_breaks_off_nothing_is_taken_over(case: Review) -> None:
    def broken() -> Iterator[Judgement]:
        yield judging.accept(SMALL, SMALL.attributions[0].id, acts_of("Vera")())
        subject, reason = "line 2", "no judgement"
        raise BadJudgement(subject, reason)

    with pytest.raises(BadJudgement):
        case.take_over(broken())
    assert case.list_judgements() == []


def test_sources_are_found_across_documents_with_where_they_speak(store: Store) -> None:
    one, other = article("The Courier"), article("The Post")
    case = Review(keep(store, one, other, SMALL))
    found = case.find_sources("terric")
    assert {source.placed.document for source in found} == {one.document.id, other.document.id}
    assert {source.outlet for source in found} == {"The Courier", "The Post"}
    assert case.find_sources("nobody") == []


def test_no_export_says_who_an_unnamed_source_is(store: Store) -> None:
    named, again = article("The Courier"), article("The Post")
    hidden, other = article("The Post", "an official", "described"), article("The Courier", "an official", "described")
    case = Review(keep(store, named, again, hidden, other, SMALL))
    act = acts_of("Ana")
    row = hidden.attributions[0].id
    out = [
        judging.same(placed(named), placed(again), act()),
        judging.different(placed(named), placed(hidden), act()),
        judging.same(placed(SMALL, 0), placed(SMALL, 1), act()),
        judging.accept(hidden, row, act()),
        judging.correct(hidden, row, {"stance": "denies"}, act()),
    ]
    kept = [
        judging.same(placed(named), placed(hidden), act("she told me")),
        judging.same(placed(hidden), placed(other), act("the same words")),
        judging.split(hidden, row, {"source_name": "Vera Lund", "naming": "named"}, act("told me")),
        judging.correct(hidden, row, {"source_name": "Vera Lund"}, act("told me")),
    ]
    undone = judging.undo(kept[2], act())
    kept += [undone, judging.undo(undone, act())]
    for judgement in (*out, *kept, judging.undo(out[0], act())):
        assert case.judge(judgement)
    shared = list(case.iter_shared())
    assert shared[:-1] == out
    assert shared[-1].subject == out[0].id
    assert "Vera Lund" not in str(shared)


def test_within_one_article_a_tie_to_a_name_is_kept_back_and_one_of_two_descriptions_is_not(store: Store) -> None:
    make = Builder("Ilva Brenn said it is open. A senior official said it is not. A guard said so.")
    make.source("brenn", "Ilva Brenn", "person")
    make.source("official", "A senior official", "person", "described")
    make.source("guard", "A guard", "person", "described")
    make.row("a", "brenn", "said", "it is open")
    make.row("b", "official", "said", "it is not", after="A senior")
    make.row("c", "guard", "said", "so", after="A guard")
    reading = make.build()
    case = Review(keep(store, reading))
    act = acts_of("Ana")
    case.judge(judging.same(placed(reading, 0), placed(reading, 1), act("told me")))
    two = judging.same(placed(reading, 1), placed(reading, 2), act())
    case.judge(two)
    assert list(case.iter_shared()) == [two]


def test_ids_of_sources_are_made_as_everywhere() -> None:
    reading = article("The Courier")
    assert reading.sources[0].id == source_id(document=reading.document.id, first_start=0, name="Ana Terric")
    assert reading.sources[0].naming is Naming.NAMED
