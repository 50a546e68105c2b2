"""Judgements that fit are made, others refused."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.errors import BadJudgement
from sayso.ids import judgement_id
from sayso.ledger import judging
from sayso.ledger.judging import Act
from sayso.ledger.unmasking import PlacedSource, is_row_judgement_beyond_page
from sayso.records import Judged, JudgementKind, Naming, Reading, Stance
from sayso.store.judged import apply_judgements
from tests.ledger.acts import acts_of
from tests.readings import Builder, small_reading

READING = small_reading()
ROW, DENIAL = (att.id for att in READING.attributions)
MAYOR, PORT = READING.sources
act = acts_of("Ana Terric")


def placed(reading: Reading, number: int) -> PlacedSource:
    return PlacedSource(document=reading.document.id, source=reading.sources[number])


def harbour() -> Reading:
    """Return a reading with a named source, an unnamed one and a pronoun that was not resolved."""
    make = Builder("Ilva Brenn said it is open. A senior official said it is not. She said no more.")
    make.source("brenn", "Ilva Brenn", "person")
    make.source("official", "A senior official", "person", "described")
    make.source("she", "She", "person", "described", unresolved="two women may be meant")
    make.row("a", "brenn", "said", "it is open")
    make.row("b", "official", "said", "it is not", after="A senior")
    make.row("c", "she", "said", "no more", after="She")
    return make.build()


@pytest.mark.parametrize(
    ("make", "judged"),
    [(judging.accept, Judged.ACCEPTED), (judging.reject, Judged.REJECTED), (judging.unsure, Judged.UNSURE)],
)
def test_a_decision_about_a_row_is_a_record_that_fits_its_reading(make: object, judged: Judged) -> None:
    judgement = make(READING, ROW, act("I was there"))  # type: ignore[operator]  # one of the three
    assert judgement.document == READING.document.id
    assert (judgement.exact, judgement.by, judgement.reason) == ("The harbour is closed", "Ana Terric", "I was there")
    assert apply_judgements(READING, [judgement]).judged == {ROW: judged}


def test_an_id_is_made_of_what_was_decided_by_whom_and_when() -> None:
    judgement = judging.accept(READING, ROW, act())
    assert judgement.id == judgement_id(
        kind="accept", subject=ROW, other=None, changes=(), by=judgement.by, at=judgement.at
    )


def test_labels_spans_and_names_are_corrected_at_once_and_what_stands_so_is_left_out() -> None:
    changes = {
        "stance": "denies",
        "certainty": "certain",
        "content_spans": "  30-37 16-28",
        "source_name": " the  mayor",
    }
    judgement = judging.correct(READING, ROW, changes, act())
    assert dict(judgement.changes) == {"stance": "denies", "content_spans": "16-27 31-37"}
    (row, _) = apply_judgements(READING, [judgement]).reading.attributions
    assert row.stance is Stance.DENIES
    assert [span.exact for span in row.content_spans] == ["The harbour", "closed"]


@pytest.mark.parametrize(
    "changes",
    [
        {},
        {"stance": "asserts"},
        {"stance": "lies"},
        {"stance": ""},
        {"confidence": "1"},
        {"source_name": "   "},
        {"source_name": "x" * 400},
        {"source_name": "a\x00b"},
        {"source_name": "\ud800"},
        {"content_spans": "0-100000"},
        {"content_spans": "7-7"},
        {"content_spans": "9-7"},
        {"content_spans": "-1-7"},
        {"content_spans": "one"},
        {"content_spans": "14-16"},
        {"content_spans": "99999999999-999999999999"},
        {"content_spans": ""},
        {"cue_spans": ""},
        {"content_spans": " ".join(f"{n}-{n + 1}" for n in range(60))},
    ],
    ids=str,
)
def test_a_correction_that_does_not_fit_is_refused(changes: dict[str, str]) -> None:
    with pytest.raises(BadJudgement) as caught:
        judging.correct(READING, ROW, changes, act())
    assert caught.value.subject == ROW


@given(st.dictionaries(st.sampled_from(["stance", "source_name", "content_spans", "x"]), st.text(max_size=30)))
def test_whatever_is_given_there_is_a_judgement_that_fits_or_one_error(changes: dict[str, str]) -> None:
    try:
        judgement = judging.correct(READING, ROW, changes, act("why not"))
    except BadJudgement:
        return
    assert apply_judgements(READING, [judgement]).judged == {ROW: Judged.CORRECTED}


@pytest.mark.parametrize(
    "bad",
    [
        Act(by=" ", at="2024-11-03T10:15:42Z"),
        Act(by="Ana", at="yesterday"),
        Act(by="Ana", at="2024-11-03T10:15:42"),
        Act(by="Ana", at="2024-11-03T10:15:42Z", reason="x" * 5000),
        Act(by="Ana", at="2024-11-03T10:15:42Z", reason="\ud800"),
    ],
)
def test_an_act_of_nobody_or_at_no_time_is_refused(bad: Act) -> None:
    with pytest.raises(BadJudgement):
        judging.accept(READING, ROW, bad)


def test_a_row_that_is_not_there_cannot_be_judged() -> None:
    with pytest.raises(BadJudgement):
        judging.accept(READING, "att-0000000000000000", act())


def test_a_corrected_row_is_corrected_further_from_where_it_stands() -> None:
    first = judging.correct(READING, ROW, {"stance": "denies"}, act())
    now = apply_judgements(READING, [first]).reading
    second = judging.correct(now, ROW, {"stance": "asserts"}, act())
    back = apply_judgements(READING, [first, second])
    assert back.reading.attributions[0].stance is Stance.ASSERTS
    with pytest.raises(BadJudgement):
        judging.correct(now, ROW, {"stance": "denies"}, act())


def test_an_undoing_is_undone() -> None:
    first = judging.reject(READING, ROW, act())
    second = judging.undo(first, act())
    third = judging.undo(second, act())
    assert apply_judgements(READING, [first, second]).judged == {}
    assert apply_judgements(READING, [first, second, third]).judged == {ROW: Judged.REJECTED}


def test_a_row_given_to_another_source_takes_what_is_known_of_it() -> None:
    judgement = judging.split(READING, ROW, {"source_name": "the port company"}, act())
    assert judgement.kind is JudgementKind.SPLIT
    reading = apply_judgements(READING, [judgement]).reading
    assert reading.attributions[0].source == PORT.id


def test_a_row_given_to_a_source_that_is_new_is_not_made_a_named_one() -> None:
    judgement = judging.split(READING, ROW, {"source_name": "harbour"}, act())
    assert dict(judgement.changes) == {"source_name": "harbour", "naming": "described"}
    named = judging.split(READING, ROW, {"source_name": "Ilva Brenn", "naming": "named"}, act("she told me"))
    assert dict(named.changes)["naming"] == "named"


@pytest.mark.parametrize("name", ["THE MAYOR", "", " "])
def test_a_row_cannot_be_given_to_its_own_source_or_nobody(name: str) -> None:
    with pytest.raises(BadJudgement):
        judging.split(READING, ROW, {"source_name": name}, act())


def test_two_sources_are_the_same_pair_whichever_is_given_first() -> None:
    one = judging.same(placed(READING, 0), placed(READING, 1), act())
    other = judging.same(placed(READING, 1), placed(READING, 0), act())
    assert (one.subject, one.other, one.document) == (other.subject, other.other, READING.document.id)
    assert judging.different(placed(READING, 0), placed(READING, 1), act()).kind is JudgementKind.DIFFERENT


def test_a_source_is_not_merged_with_itself() -> None:
    with pytest.raises(BadJudgement):
        judging.same(placed(READING, 0), placed(READING, 0), act())


def test_unnamed_sources_are_tied_to_a_name_or_across_documents_only_with_a_reason() -> None:
    here = harbour()
    other = PlacedSource(document="doc-0000000000000001", source=replace(MAYOR, id="src-0000000000000001"))
    named = replace(other, source=replace(other.source, naming=Naming.NAMED))
    for one, two in [(placed(READING, 0), other), (placed(READING, 0), named), (placed(here, 0), placed(here, 1))]:
        with pytest.raises(BadJudgement):
            judging.same(one, two, act())
        with pytest.raises(BadJudgement):
            judging.same(one, two, act("  "))
        assert judging.same(one, two, act("both told me")).document in {None, here.document.id}
        assert judging.different(one, two, act()).reason == ""


def test_whom_a_pronoun_means_is_a_matter_of_its_article_alone() -> None:
    here = harbour()
    pronoun = replace(here.sources[2], naming=Naming.NAMED)
    other = PlacedSource(document="doc-0000000000000001", source=replace(here.sources[0], id="src-0000000000000001"))
    assert judging.same(PlacedSource(document=here.document.id, source=pronoun), placed(here, 0), act()).id
    with pytest.raises(BadJudgement):
        judging.same(PlacedSource(document=here.document.id, source=pronoun), other, act())
    reading = replace(here, sources=(*here.sources[:2], pronoun))
    with pytest.raises(BadJudgement):
        judging.correct(reading, here.attributions[2].id, {"source_name": "Vera Lund"}, act())


def test_named_sources_are_merged_across_documents_without_a_reason() -> None:
    here = harbour()
    other = PlacedSource(document="doc-0000000000000001", source=replace(here.sources[0], id="src-0000000000000001"))
    assert judging.same(placed(here, 0), other, act()).document is None


def test_who_an_unnamed_source_is_takes_a_reason_and_whom_a_pronoun_means_does_not() -> None:
    here = harbour()
    _, official, pronoun = (att.id for att in here.attributions)
    for name in ("Ilva Brenn", "Vera Lund"):
        with pytest.raises(BadJudgement):
            judging.correct(here, official, {"source_name": name}, act())
        with pytest.raises(BadJudgement):
            judging.split(here, official, {"source_name": name}, act())
        assert is_row_judgement_beyond_page(here, judging.split(here, official, {"source_name": name}, act("told me")))
    found = judging.correct(here, pronoun, {"source_name": "Ilva Brenn"}, act())
    assert not is_row_judgement_beyond_page(here, found)
    assert apply_judgements(here, [found]).reading.attributions[2].source == here.sources[0].id
    with pytest.raises(BadJudgement):
        judging.correct(here, pronoun, {"source_name": "Vera Lund"}, act())


def test_other_judgements_say_nothing_of_who_a_source_is() -> None:
    here = harbour()
    row = here.attributions[0].id
    assert not is_row_judgement_beyond_page(here, judging.accept(here, row, act()))
    spelled = judging.correct(here, row, {"source_name": "Ilva Brennt"}, act())
    assert not is_row_judgement_beyond_page(here, spelled)
