"""What every store keeps of what documents have in common."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from sayso.bench.synthetic_case import make_reading
from sayso.errors import BadJudgement, NotInCase
from sayso.records import ClaimOrder, Filter, Judged, LogKind, Moment, Precision, Run, SourceOrder, Urls
from tests.cases import AT, add_readings, capture_of, judge
from tests.findings import draw_lines, find_single, find_story
from tests.readings import Builder

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from sayso.errors import SaysoError
    from sayso.records import ClaimLine, ClaimRow, Judgement, Reading, StoryFindings, StoryLine
    from sayso.store.base import Store, Writer

NEWER = Run(engine="sayso 9", model="newer", model_sha256="1" * 64)
EVERY = Filter()


def tell(name: str, outlet: str, published: str | None) -> Reading:
    """Return a reading of two rows; the first says the same in all of them."""
    text = f"The quay at Orlby is shut, {name} said. “{outlet} was told,” {name} added."
    moment = None if published is None else Moment(value=published, precision=Precision.DAY, stated_in="given")
    url = f"https://{outlet.lower()}.example/{name.replace(' ', '-')}"
    make = Builder(text, name=url, outlet=outlet, published=moment, urls=Urls(asked=url))
    make.source("a", name, "person")
    make.row("a", "a", "said", "The quay at Orlby is shut", said_by=name)
    make.row("b", "a", "added", f"{outlet} was told")
    return make.build(origins=("a",))


ANA, BEA, CAL = (
    tell("Ana Terric", "Lorven", "2024-05-01"),
    tell("Bea Sandel", "Sestria", "2024-05-02"),
    tell("Cal Oster", "Tessel", None),
)


def read_unjoined(store: Store) -> list[str]:
    with store.view() as view:
        found = view.find_unjoined(limit=100)
        assert view.count_unjoined() == len(found)
        return found


def join(store: Store, *readings: Reading) -> None:
    """Note that these are joined with the rest."""
    with store.write() as writer:
        for reading in readings:
            writer.note_joined(reading.document.id)


def put(store: Store, readings: Sequence[Reading], *claims: Sequence[tuple[Reading, int]]) -> StoryFindings:
    """Keep what was found about a story; the rows that tell its claims are given by number."""
    with store.write() as writer:
        told = [[(reading, reading.attributions[row]) for reading, row in claim] for claim in claims]
        numbers = writer.take_claim_numbers(len(claims))
        findings = find_story(readings, *told, numbers=numbers)
        writer.put_findings(findings, draw_lines(findings, readings))
    return findings


def rows(store: Store, asked: Filter = EVERY) -> dict[str, ClaimRow]:
    with store.view() as view:
        return {row.id: row for row in view.list_claims(asked, ClaimOrder.PUBLISHED, limit=100).rows}


def numbers(store: Store) -> dict[str, int | None]:
    """Return the number of the claim that each row tells."""
    return {row_id: None if row.claim is None else row.claim.number for row_id, row in rows(store).items()}


def claim(store: Store, number: int) -> ClaimLine | None:
    with store.view() as view:
        return view.find_claim(number)


def stories(store: Store, asked: Filter = EVERY) -> tuple[StoryLine, ...]:
    with store.view() as view:
        page = view.list_stories(asked, limit=100)
        assert page.total == len(page.rows)
        return page.rows


# Shelves.


def test_what_is_held_is_found_by_its_key(store: Store) -> None:
    many = {number.to_bytes(2, "big"): b"%d" % number for number in range(600)}
    with store.write() as writer:
        writer.hold("words", many)
        writer.hold("words", {b"\x00\x01": None, b"\x00\x02": b"", b"nowhere": None})
        writer.hold("ends", {b"\x00\x02": b"other"})
        assert writer.find_held("words", [b"\x00\x02", b"\x00\x03", b"\x00\x03"]) == {
            b"\x00\x02": b"",
            b"\x00\x03": b"3",
        }
    with store.view() as view:
        n_log = len(list(view.iter_log()))
        held = dict(view.iter_held("words"))
        assert list(held) == sorted(many.keys() - {b"\x00\x01"})
        assert view.find_held("words", [*many, b"nowhere"]) == held
        assert view.find_held("ends", many) == {b"\x00\x02": b"other"}
        assert view.find_held("nowhere", many) == dict(view.iter_held("nowhere")) == {}
    assert n_log == 1


def test_what_is_held_is_not_seen_by_a_view_from_before_and_not_kept_by_a_block_that_fails(store: Store) -> None:
    with store.write() as writer:
        writer.hold("words", {b"a": b"1"})
    with store.view() as before:
        assert before.find_held("words", [b"a"]) == {b"a": b"1"}
        with store.write() as writer:
            writer.hold("words", {b"a": b"2"})
        assert before.find_held("words", [b"a"]) == {b"a": b"1"}

    def fail(writer: Writer) -> None:
        writer.hold("words", {b"a": None})
        writer.take_claim_numbers(9)
        raise KeyError

    with pytest.raises(KeyError), store.write() as writer:
        fail(writer)
    with store.write() as writer:
        assert writer.find_held("words", [b"a"]) == {b"a": b"2"}
        assert writer.take_claim_numbers(1) == range(1, 2)


# What is to be joined.


def test_a_reading_is_to_be_joined_and_so_is_another_one(store: Store) -> None:
    captured = capture_of("nobody read it")
    with store.write() as writer:
        writer.add_capture(captured, at=AT)
        writer.add_document(BEA.document, captured.capture.id, at=AT)
    add_readings(store, CAL, ANA)
    assert read_unjoined(store) == [CAL.document.id, ANA.document.id]
    with store.view() as view:
        assert view.find_unjoined(limit=1) == [CAL.document.id]
        assert view.find_unjoined(limit=0) == []
    join(store, CAL, ANA, BEA)
    assert read_unjoined(store) == []
    with store.write() as writer:
        writer.add_reading(ANA, at=AT)
    assert read_unjoined(store) == []
    with store.write() as writer:
        writer.add_reading(replace(ANA, run=NEWER), at=AT)
    assert read_unjoined(store) == [ANA.document.id]
    join(store, ANA)
    with store.write() as writer:
        assert not writer.add_reading(ANA, at=AT)
    assert read_unjoined(store) == [ANA.document.id]


def test_a_version_that_another_supersedes_is_to_be_taken_out_and_put_in_again(store: Store) -> None:
    newer = replace(BEA, document=replace(BEA.document, supersedes=ANA.document.id))
    add_readings(store, ANA)
    join(store, ANA)
    add_readings(store, newer)
    assert read_unjoined(store) == [ANA.document.id, BEA.document.id]
    join(store, ANA, BEA)
    with store.write() as writer:
        writer.purge(BEA.document.id, at=AT)
    assert read_unjoined(store) == [ANA.document.id]


@pytest.mark.parametrize("kind", ["accept", "reject", "unsure", "correct", "split"])
def test_what_was_judged_is_to_be_joined_again(store: Store, kind: str) -> None:
    add_readings(store, ANA, BEA)
    join(store, ANA, BEA)
    changes = {"correct": {"stance": "asks"}, "split": {"source_name": "Dov Rell"}}.get(kind)
    made = judge(kind, ANA.attributions[0].id, document=ANA.document.id, changes=changes)
    with store.write() as writer:
        writer.add_judgement(made, at=AT)
    assert read_unjoined(store) == [ANA.document.id]
    join(store, ANA)
    with store.write() as writer:
        writer.add_judgement(made, at=AT)
    assert read_unjoined(store) == []
    with store.write() as writer:
        writer.add_judgement(judge("undo", made.id, at=1), at=AT)
    assert read_unjoined(store) == [ANA.document.id]


@pytest.mark.parametrize("kind", ["same", "different", "unsure"])
@pytest.mark.parametrize("of_rows", [True, False])
def test_documents_of_what_was_judged_the_same_or_not_are_to_be_joined_again(
    store: Store, kind: str, *, of_rows: bool
) -> None:
    add_readings(store, ANA, BEA, CAL)
    join(store, ANA, BEA, CAL)
    one, other = ((one.attributions[0].id if of_rows else one.sources[0].id) for one in (BEA, CAL))
    made = judge(kind, one, other=other)
    with store.write() as writer:
        writer.add_judgement(made, at=AT)
    assert read_unjoined(store) == [BEA.document.id, CAL.document.id]
    join(store, BEA, CAL)
    undo = judge("undo", made.id, at=1)
    with store.write() as writer:
        writer.add_judgement(undo, at=AT)
        writer.add_judgement(judge("undo", undo.id, at=2), at=AT)
    assert read_unjoined(store) == [BEA.document.id, CAL.document.id]
    join(store, BEA, CAL)
    with store.write() as writer:
        writer.purge(CAL.document.id, at=AT)
    with store.view() as view:
        assert not list(view.iter_judgements())
    assert read_unjoined(store) == [BEA.document.id]


# Judgements about two rows.


def test_a_judgement_about_two_rows_leaves_the_rows_as_they_are(store: Store) -> None:
    add_readings(store, ANA, BEA)
    one, other = ANA.attributions[0].id, BEA.attributions[0].id
    before = rows(store)
    made = [judge(kind, one, other=other, at=at) for at, kind in enumerate(("same", "unsure", "different"))]
    accept = judge("accept", one, document=ANA.document.id, at=5)
    with store.write() as writer:
        for each in (*made, accept):
            assert writer.add_judgement(each, at=AT)
            assert not writer.add_judgement(each, at=AT)
    after = rows(store)
    assert after[other] == before[other]
    assert (after[one].judged, len(after[one].judged_by)) == (Judged.ACCEPTED, 1)
    with store.view() as view:
        assert list(view.iter_judgements()) == [*made, accept]
        assert list(view.iter_judgements(ANA.document.id)) == [accept]
        assert len(dict(view.iter_digests(LogKind.JUDGEMENT))) == 4
        lines = view.list_sources(EVERY, SourceOrder.NAME, limit=9)
        assert lines.total == 2


def test_shared_judgements_are_found_by_what_they_are_about(store: Store) -> None:
    add_readings(store, ANA, BEA, CAL)
    ana, bea, cal = (reading.attributions[0].id for reading in (ANA, BEA, CAL))
    of_rows = judge("unsure", ana, other=bea)
    undo = judge("undo", of_rows.id, at=1)
    of_sources = judge("same", BEA.sources[0].id, other=CAL.sources[0].id, at=2)
    later = judge("different", cal, other=ana, at=3)
    with store.write() as writer:
        for each in (of_rows, undo, judge("unsure", ana, document=ANA.document.id), of_sources, later):
            writer.add_judgement(each, at=AT)
        assert list(writer.iter_shared_judgements([bea])) == [of_rows, undo]
    with store.view() as view:
        assert list(view.iter_shared_judgements([ana])) == [of_rows, undo, later]
        assert list(view.iter_shared_judgements([bea, CAL.sources[0].id])) == [of_rows, undo, of_sources]
        assert list(view.iter_shared_judgements(["att-0000000000000000", of_rows.id])) == []
        assert list(view.iter_shared_judgements([])) == []


@pytest.mark.parametrize(
    ("error", "make"),
    [
        (BadJudgement, lambda: judge("same", ANA.attributions[0].id)),
        (BadJudgement, lambda: judge("same", ANA.attributions[0].id, other=ANA.attributions[0].id)),
        (BadJudgement, lambda: judge("same", ANA.attributions[0].id, other=BEA.sources[0].id)),
        (BadJudgement, lambda: judge("unsure", ANA.sources[0].id, other=BEA.attributions[0].id)),
        (
            BadJudgement,
            lambda: judge("same", ANA.attributions[0].id, other=BEA.attributions[0].id, document=ANA.document.id),
        ),
        (
            BadJudgement,
            lambda: judge("same", ANA.attributions[0].id, other=BEA.attributions[0].id, changes={"stance": "asks"}),
        ),
        (BadJudgement, lambda: judge("unsure", ANA.sources[0].id, other=BEA.sources[0].id, document=ANA.document.id)),
        (NotInCase, lambda: judge("same", ANA.attributions[0].id, other="att-0000000000000000")),
        (NotInCase, lambda: judge("same", "att-0000000000000000", other=ANA.attributions[0].id)),
        (NotInCase, lambda: judge("unsure", ANA.attributions[0].id, other=CAL.attributions[0].id)),
        (NotInCase, lambda: judge("same", ANA.attributions[0].id, other=BEA.attributions[0].id[:12])),
        (NotInCase, lambda: judge("same", ANA.attributions[0].id, other=BEA.document.id)),
    ],
)
def test_a_judgement_about_two_that_does_not_fit_is_refused(
    store: Store, error: type[SaysoError], make: Callable[[], Judgement]
) -> None:
    add_readings(store, ANA, BEA)
    with store.write() as writer:
        with pytest.raises(error):
            writer.add_judgement(make(), at=AT)
        assert not list(writer.iter_judgements())


# Findings.


def test_findings_come_back_as_they_were(store: Store) -> None:
    add_readings(store, ANA, BEA, CAL)
    findings = put(store, [ANA, BEA, CAL], [(ANA, 0), (BEA, 0), (CAL, 0)], [(BEA, 1)])
    lines = draw_lines(findings, [ANA, BEA, CAL])
    with store.view() as view:
        assert view.find_findings(findings.story.id) == findings
        assert view.find_findings("sty-0000000000000000") is None
        assert [view.find_story_of(one.document.id) for one in (ANA, BEA, CAL)] == [findings.story.id] * 3
        assert view.find_story_of("doc-0000000000000000") is None
        assert [view.find_claim(number) for number in (1, 2)] == list(lines)
        assert [view.find_claim(number) for number in (0, -1, 3, 1 << 70)] == [None] * 4
    found = rows(store)
    assert found[ANA.attributions[0].id].claim == found[CAL.attributions[0].id].claim == lines[0]
    assert found[BEA.attributions[1].id].claim == lines[1]
    assert found[ANA.attributions[1].id].claim is None


def test_numbers_of_claims_are_given_once(store: Store) -> None:
    add_readings(store, ANA, BEA)
    put(store, [ANA], [(ANA, 0)], [(ANA, 1)])
    with store.write() as writer:
        assert writer.take_claim_numbers(0) == range(3, 3)
        writer.purge(ANA.document.id, at=AT)
        assert list(writer.take_claim_numbers(2)) == [3, 4]
    put(store, [BEA], [(BEA, 0)])
    assert claim(store, 5) is not None
    assert claim(store, 1) is None


def test_findings_take_the_place_of_older_ones(store: Store) -> None:
    add_readings(store, ANA, BEA)
    put(store, [ANA, BEA], [(ANA, 0), (BEA, 0)], [(ANA, 1)])
    with store.write() as writer:
        findings = find_story([ANA, BEA], [(ANA, ANA.attributions[1])], numbers=[2])
        writer.put_findings(findings, draw_lines(findings, [ANA, BEA]))
        assert writer.find_findings(findings.story.id) == findings
    assert claim(store, 1) is None
    assert set(numbers(store).values()) == {None, 2}
    with store.write() as writer:
        writer.drop_findings(findings.story.id)
        writer.drop_findings(findings.story.id)
        assert writer.find_story_of(ANA.document.id) is None
    assert set(numbers(store).values()) == {None}
    assert claim(store, 2) is None
    assert stories(store) == ()


def test_a_document_is_in_one_story_alone(store: Store) -> None:
    add_readings(store, ANA, BEA, CAL)
    older = put(store, [ANA, BEA], [(ANA, 0), (BEA, 0)], [(BEA, 1)])
    with store.write() as writer:
        # The second claim goes with its only telling.
        newer = find_story([BEA, CAL], [(BEA, BEA.attributions[1])], numbers=[2])
        writer.put_findings(newer, draw_lines(newer, [BEA, CAL]))
    with store.view() as view:
        assert view.find_story_of(ANA.document.id) == older.story.id
        assert view.find_story_of(BEA.document.id) == newer.story.id
        assert view.find_findings(older.story.id) == older
        listed = view.list_stories(EVERY, limit=9).rows
        assert {line.id for line in listed} == {older.story.id, newer.story.id}
        assert all(line.is_stale for line in listed)
    assert numbers(store)[BEA.attributions[1].id] == 2
    assert numbers(store)[BEA.attributions[0].id] is None
    both = put(store, [ANA, BEA, CAL])
    with store.view() as view:
        assert view.find_findings(older.story.id) == both
        assert view.find_findings(newer.story.id) is None
    assert claim(store, 2) is None


def test_findings_about_what_is_not_there_are_refused(store: Store) -> None:
    add_readings(store, ANA)
    findings = find_story([ANA, BEA], numbers=[])
    with store.write() as writer:
        with pytest.raises(NotInCase):
            writer.put_findings(findings, ())
        assert writer.find_findings(findings.story.id) is None


def test_rows_that_another_reading_does_not_have_tell_nothing(store: Store) -> None:
    add_readings(store, ANA, BEA)
    put(store, [ANA, BEA], [(ANA, 0), (BEA, 0)], [(ANA, 1)])
    with store.write() as writer:
        writer.add_reading(replace(ANA, run=NEWER, attributions=ANA.attributions[:1], relations=()), at=AT)
    assert sorted(numbers(store).values(), key=str) == [1, 1, None]
    with store.write() as writer:
        writer.add_reading(ANA, at=AT)
    assert numbers(store)[ANA.attributions[1].id] is None
    with store.write() as writer:
        # What is judged in the same block is out of the lists for a moment.
        made = judge("reject", ANA.attributions[0].id, document=ANA.document.id)
        writer.add_judgement(made, at=AT)
        findings = find_single(ANA, numbers=[7, 8])
        strange = replace(ANA.attributions[0], id="att-00000000000000ff")
        stranger = find_story([ANA], [(ANA, strange)], numbers=[9])
        lines = draw_lines(findings, [ANA])
        own = replace(lines[0], number=9, id=stranger.claims[0].claim.id)
        writer.take_claim_numbers(10)
        writer.put_findings(replace(findings, claims=(*findings.claims, *stranger.claims)), (*lines, own))
    assert [numbers(store)[att.id] for att in ANA.attributions] == [7, 8]


# Stories in lists.


def test_stories_are_listed_with_what_their_documents_say(store: Store) -> None:
    titled = tell("Dov Rell", "Lorven", "2024-05-03")
    titled = replace(titled, document=replace(titled.document, title=titled.attributions[0].content_spans[0]))
    add_readings(store, ANA, BEA, CAL, titled)
    join(store, ANA, BEA, CAL, titled)
    pair = put(store, [ANA, titled], [(ANA, 0), (titled, 0)], [(titled, 1)])
    later = put(store, [BEA])
    undated = put(store, [CAL])
    found = stories(store)
    assert [line.id for line in found] == [pair.story.id, later.story.id, undated.story.id]
    first = found[0]
    assert (first.title, first.words, first.n_documents, first.n_claims) == (
        "The quay at Orlby is shut",
        ("harbour",),
        2,
        2,
    )
    assert (first.outlets, first.first, first.last, first.is_stale) == (("Lorven",), "2024-05-01", "2024-05-03", False)
    assert (found[2].title, found[2].first, found[2].last) == (None, None, None)
    assert [line.id for line in stories(store, Filter(outlet="sestria"))] == [later.story.id]
    assert [line.id for line in stories(store, Filter(text="Rell"))] == [pair.story.id]
    assert stories(store, Filter(outlet="nowhere")) == ()
    with store.view() as view:
        page = view.list_stories(EVERY, limit=1, offset=1)
        assert ([line.id for line in page.rows], page.total) == ([later.story.id], 3)
        assert view.list_stories(EVERY, limit=0).rows == ()


def test_a_story_is_stale_until_what_changed_is_in_it(store: Store) -> None:
    add_readings(store, ANA, BEA)
    join(store, ANA, BEA)
    story = put(store, [ANA, BEA]).story.id
    assert not stories(store)[0].is_stale
    join(store, ANA)
    assert not stories(store)[0].is_stale
    with store.write() as writer:
        writer.add_judgement(judge("accept", BEA.attributions[0].id, document=BEA.document.id), at=AT)
    assert stories(store)[0].is_stale
    join(store, BEA)
    assert stories(store)[0].is_stale
    assert put(store, [ANA, BEA]).story.id == story
    assert not stories(store)[0].is_stale


# Purging.


def test_with_a_document_goes_what_was_found_about_its_story(store: Store) -> None:
    add_readings(store, ANA, BEA, CAL)
    join(store, ANA, BEA, CAL)
    story = put(store, [ANA, BEA], [(ANA, 0), (BEA, 0)])
    rest = put(store, [CAL], [(CAL, 0)])
    with store.write() as writer:
        writer.purge(BEA.document.id, at=AT)
    with store.view() as view:
        assert view.find_findings(story.story.id) is None
        assert view.find_claim(1) is None
        assert view.find_findings(rest.story.id) == rest
        assert view.find_story_of(ANA.document.id) is None
    assert read_unjoined(store) == [ANA.document.id]
    assert sorted(numbers(store).values(), key=str) == [2, None, None, None]


def test_findings_that_quote_what_left_the_story_go_with_it(store: Store) -> None:
    add_readings(store, ANA, BEA, CAL)
    join(store, ANA, BEA, CAL)
    older = put(store, [ANA, BEA], [(ANA, 0), (BEA, 0)])
    put(store, [BEA, CAL])
    with store.write() as writer:
        writer.purge(BEA.document.id, at=AT)
        assert writer.find_findings(older.story.id) is None
    assert read_unjoined(store) == [ANA.document.id, CAL.document.id]
    assert stories(store) == ()


def test_a_story_without_the_purged_document_stays(store: Store) -> None:
    add_readings(store, ANA, BEA)
    join(store, ANA, BEA)
    put(store, [ANA, BEA], [(ANA, 0), (BEA, 0)])
    with store.write() as writer:
        left = find_story([ANA], [(ANA, ANA.attributions[0])], numbers=[1])
        writer.put_findings(left, draw_lines(left, [ANA]))
        writer.purge(BEA.document.id, at=AT)
        assert writer.find_findings(left.story.id) == left
    assert read_unjoined(store) == []


def test_purging_removes_what_was_judged_of_a_source_that_only_a_person_named(store: Store) -> None:
    add_readings(store, ANA, BEA)
    split = judge("split", ANA.attributions[0].id, document=ANA.document.id, changes={"source_name": "Dov Rell"})
    with store.write() as writer:
        writer.add_judgement(split, at=AT)
    named = rows(store)[ANA.attributions[0].id].source
    with store.write() as writer:
        writer.add_judgement(judge("same", named, other=BEA.sources[0].id, at=1), at=AT)
        writer.purge(ANA.document.id, at=AT)
        assert not list(writer.iter_judgements())


def test_stories_of_many_documents_are_kept(store: Store) -> None:
    readings = [make_reading(number) for number in range(12)]
    add_readings(store, *readings)
    found = put(store, readings, *([(one, row)] for one in readings for row in range(len(one.attributions))))
    with store.view() as view:
        assert view.find_findings(found.story.id) == found
    told = numbers(store)
    assert len(set(told.values())) == len(told)
