"""What judgements make of a reading."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.errors import BadJudgement
from sayso.ids import judgement_id
from sayso.records import Certainty, Judged, Judgement, JudgementKind, Kind, Naming, Span, Stance
from sayso.store.judged import apply_judgements, check_judgement, find_in_force, read_spans, write_spans
from tests.readings import claimed_reading, small_reading

if TYPE_CHECKING:
    from collections.abc import Sequence

READING = small_reading()
CLAIM, DENIAL = READING.attributions


def judge(
    kind: str,
    subject: str = CLAIM.id,
    /,
    *,
    at: int = 0,
    by: str = "Mira Tannic",
    other: str | None = None,
    **changes: str,
) -> Judgement:
    when = f"2024-05-01T10:{at:02}:00Z"
    pairs = tuple(changes.items())
    return Judgement(
        id=judgement_id(kind=kind, subject=subject, other=other, changes=pairs, by=by, at=when),
        kind=JudgementKind(kind),
        document=READING.document.id,
        subject=subject,
        other=other,
        changes=pairs,
        by=by,
        at=when,
    )


def source_of(row: int, judgements: Sequence[Judgement]) -> tuple[str, Kind, Naming]:
    reading = apply_judgements(READING, judgements).reading
    sources = {source.id: source for source in reading.sources}
    found = sources[reading.attributions[row].source]
    return found.name, found.kind, found.naming


def test_without_judgements_the_reading_is_the_machines() -> None:
    judged = apply_judgements(READING, [])
    assert judged.reading is READING
    assert not judged.judged
    assert not judged.orphaned


@pytest.mark.parametrize(
    ("kind", "expected"), [("accept", Judged.ACCEPTED), ("reject", Judged.REJECTED), ("unsure", Judged.UNSURE)]
)
def test_a_row_stands_where_a_person_put_it(kind: str, expected: Judged) -> None:
    judged = apply_judgements(READING, [judge(kind)])
    assert judged.judged == {CLAIM.id: expected}
    assert judged.reading == READING


def test_labels_and_spans_are_corrected_and_the_text_comes_from_the_document() -> None:
    start = READING.document.text.index("harbour is")
    judged = apply_judgements(
        READING, [judge("correct", stance="denies", content_spans=f"{start}-{start + 7} {start + 8}-{start + 10}")]
    )
    row = judged.reading.attributions[0]
    assert row.stance is Stance.DENIES
    assert [span.exact for span in row.content_spans] == ["harbour", "is"]
    assert row.id == CLAIM.id
    assert judged.judged == {CLAIM.id: Judged.CORRECTED}


def test_the_last_judgement_wins_field_by_field_whatever_the_order_they_are_given_in() -> None:
    first = judge("correct", at=1, stance="denies", certainty="possible")
    last = judge("correct", at=2, stance="doubts")
    for given_so in ([first, last], [last, first]):
        row = apply_judgements(READING, given_so).reading.attributions[0]
        assert (row.stance, row.certainty) == (Stance.DOUBTS, Certainty.POSSIBLE)


def test_accepting_what_was_corrected_leaves_it_corrected() -> None:
    judged = apply_judgements(READING, [judge("correct", at=1, stance="denies"), judge("accept", at=2)])
    assert judged.judged == {CLAIM.id: Judged.CORRECTED}


def test_a_split_gives_the_row_to_another_source_and_leaves_the_rest() -> None:
    judgements = [judge("split", source_name="Ana Terric", kind="person")]
    assert source_of(0, judgements) == ("Ana Terric", Kind.PERSON, Naming.NAMED)
    assert source_of(1, judgements) == ("The port company", Kind.ORGANISATION, Naming.DESCRIBED)


def test_two_rows_given_to_one_new_name_have_one_source() -> None:
    judgements = [
        judge("split", source_name="Ana Terric", kind="person"),
        judge("split", DENIAL.id, source_name="ana terric", kind="person"),
    ]
    reading = apply_judgements(READING, judgements).reading
    assert len({att.source for att in reading.attributions}) == 1
    assert len(reading.sources) == 3


def test_a_row_can_be_given_to_a_source_that_the_article_has() -> None:
    judgements = [judge("correct", source_name="the PORT company", kind="organisation")]
    reading = apply_judgements(READING, judgements).reading
    assert reading.attributions[0].source == DENIAL.source
    assert len(reading.sources) == 2


def test_the_kind_of_a_source_is_corrected_for_the_row_alone() -> None:
    judgements = [judge("correct", kind="organisation")]
    assert source_of(0, judgements) == ("the mayor", Kind.ORGANISATION, Naming.DESCRIBED)


def test_undone_judgements_do_nothing_and_undoings_can_be_undone() -> None:
    reject = judge("reject", at=1)
    undo = judge("undo", reject.id, at=2)
    again = judge("undo", undo.id, at=3)
    assert not apply_judgements(READING, [reject, undo]).judged
    assert apply_judgements(READING, [again, undo, reject]).judged == {CLAIM.id: Judged.REJECTED}


@given(st.integers(0, 60))
def test_an_even_number_of_undoings_is_none(count: int) -> None:
    row = [judge("reject")]
    for at in range(1, count + 1):
        row.append(judge("undo", row[-1].id, at=at % 60))
    assert (row[0] in find_in_force(row)) == (count % 2 == 0)


def test_two_undoings_of_one_judgement_both_have_to_be_undone() -> None:
    reject = judge("reject")
    ana, bo = (judge("undo", reject.id, at=1, by=name) for name in ("Ana", "Bo"))
    back = judge("undo", ana.id, at=2)
    assert reject not in find_in_force([reject, ana, bo, back])
    assert reject in find_in_force([reject, ana, bo, back, judge("undo", bo.id, at=3)])


def test_a_judgement_of_a_row_that_the_reading_lacks_is_orphaned() -> None:
    stray = judge("correct", "att-0000000000000000", stance="denies")
    judged = apply_judgements(READING, [stray])
    assert judged.orphaned == (stray.id,)
    assert judged.reading == READING


def test_spans_that_do_not_fit_the_text_change_nothing() -> None:
    stray = judge("correct", content_spans="5-100000")
    assert apply_judgements(READING, [stray]).orphaned == (stray.id,)


@pytest.mark.parametrize(
    ("kind", "changes"),
    [
        ("accept", {"stance": "denies"}),
        ("correct", {}),
        ("correct", {"stance": "shouts"}),
        ("correct", {"kind": "robot"}),
        ("correct", {"confidence": "1"}),
        ("correct", {"source_name": "  "}),
        ("correct", {"content_spans": ""}),
        ("correct", {"content_spans": "9-4"}),
        ("correct", {"content_spans": "4-9 8-12"}),
        ("correct", {"content_spans": "٤-9"}),
        ("split", {"kind": "person"}),
        ("split", {"source_name": "Ana", "stance": "denies"}),
    ],
)
def test_what_does_not_fit_is_refused(kind: str, changes: dict[str, str]) -> None:
    with pytest.raises(BadJudgement):
        check_judgement(replace(judge(kind), changes=tuple(changes.items())), READING)


def test_a_field_is_changed_once() -> None:
    once = judge("correct", stance="denies")
    twice = replace(once, changes=(*once.changes, ("stance", "asserts")))
    with pytest.raises(BadJudgement):
        check_judgement(twice, READING)


def test_what_fits_is_not_refused() -> None:
    check_judgement(judge("correct", source_spans="", cue_spans="0-7", naming="vague"), READING)
    check_judgement(judge("accept"), READING)


@given(st.lists(st.integers(0, 40), min_size=2, max_size=10, unique=True).map(sorted))
def test_spans_are_read_as_they_are_written(places: list[int]) -> None:
    text = claimed_reading().document.text
    pairs = list(zip(places[::2], places[1::2], strict=False))
    spans = tuple(Span(start=start, end=end, exact=text[start:end]) for start, end in pairs)
    assert read_spans(write_spans(spans), text) == spans


@given(st.text(alphabet="0123456789- ", max_size=30))
def test_spans_are_in_the_text_or_none(words: str) -> None:
    spans = read_spans(words, "abcdefghij")
    assert spans is None or all("abcdefghij"[span.start : span.end] == span.exact != "" for span in spans)
