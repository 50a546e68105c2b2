"""What changed between two readings, and between two versions of a text."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import strategies as st

from sayso.ledger import judging
from sayso.ledger.rereading import ChangeKind, compare_readings, compare_versions, follow_judgements
from sayso.ledger.unmasking import PlacedSource
from sayso.records import Certainty, Endorsement, Reading, Stance
from tests.growth import grows_no_faster_than_its_input
from tests.ledger.acts import acts_of
from tests.readings import Builder, demo_reading, small_reading

if TYPE_CHECKING:
    from typing import Any

OLD = small_reading()
act = acts_of("Ana Terric")


def change_row(reading: Reading, number: int, **changes: Any) -> Reading:  # noqa: ANN401  fields of a record
    rows = list(reading.attributions)
    rows[number] = replace(rows[number], **changes)
    return replace(reading, attributions=tuple(rows))


def kinds(old: Reading, new: Reading) -> list[tuple[ChangeKind, ...]]:
    return [change.kinds for change in compare_readings(old, new).changes]


def version(*rows: tuple[str, str, str], certainty: str = "certain") -> Reading:
    """Return a reading of a text made of (who, cue, what)."""
    make = Builder(" ".join(f"{who} {cue} that {what}." for who, cue, what in rows))
    for n, (who, cue, what) in enumerate(rows):
        if who not in make.sources:
            make.source(who, who, "person")
        sure = certainty if n == 0 else "certain"
        make.row(f"r{n}", who, cue, what, after=f"{who} {cue} that {what}", certainty=sure)
    return make.build()


def test_the_same_reading_has_changed_in_nothing() -> None:
    found = compare_readings(OLD, OLD)
    assert (found.n_old, found.n_new, found.n_same, found.changes) == (2, 2, 2, ())
    assert found.count() == {}


def test_labels_sources_and_routes_of_the_same_row_are_told_apart() -> None:
    mayor, port = (source.id for source in OLD.sources)
    assert kinds(OLD, change_row(OLD, 0, stance=Stance.DENIES)) == [(ChangeKind.STANCE,)]
    assert kinds(OLD, change_row(OLD, 0, certainty=Certainty.POSSIBLE)) == [(ChangeKind.HEDGED,)]
    hedged = change_row(OLD, 0, certainty=Certainty.POSSIBLE)
    assert kinds(hedged, OLD) == [(ChangeKind.UNHEDGED,)]
    assert kinds(OLD, change_row(OLD, 0, endorsement=Endorsement.DISTANCED)) == [(ChangeKind.LABEL,)]
    assert kinds(OLD, change_row(OLD, 0, via=(port,))) == [(ChangeKind.ROUTE,)]
    assert kinds(OLD, change_row(OLD, 1, within=OLD.attributions[0].id)) == [(ChangeKind.ROUTE,)]
    assert ChangeKind.SOURCE in kinds(OLD, change_row(OLD, 0, source=port))[0]
    assert kinds(OLD, change_row(OLD, 0, source=mayor)) == []


def test_rows_of_one_side_only_were_dropped_or_added() -> None:
    fewer = replace(OLD, attributions=OLD.attributions[1:])
    found = compare_readings(OLD, fewer)
    assert [(change.kinds, change.new) for change in found.changes] == [((ChangeKind.DROPPED,), None)]
    found = compare_readings(fewer, OLD)
    assert [(change.kinds, change.old) for change in found.changes] == [((ChangeKind.ADDED,), None)]
    assert found.count() == {ChangeKind.ADDED: 1}


def test_a_row_with_the_same_cue_and_other_words_is_shown_as_cut_anew_and_holds_no_judgement() -> None:
    make = Builder(OLD.document.text, title="Harbour closed", name="small.txt")
    make.source("mayor", "the mayor", "person", "described")
    make.row("a", "mayor", "said", "harbour is closed", said_by="the mayor")
    new = make.build()
    found = compare_readings(OLD, new)
    assert [change.kinds for change in found.changes] == [(ChangeKind.RECUT,), (ChangeKind.DROPPED,)]
    kept = follow_judgements([judging.accept(OLD, OLD.attributions[0].id, act())], new)
    assert (len(kept.held), len(kept.orphaned)) == (0, 1)


def test_a_row_with_the_same_words_and_another_cue_is_cut_anew() -> None:
    span = replace(OLD.attributions[0].cue_spans[0], start=44, end=49, exact="mayor")
    new = change_row(OLD, 0, id="att-0000000000000000", cue_spans=(span,))
    assert kinds(OLD, new) == [(ChangeKind.RECUT,)]


def test_judgements_hold_by_row_and_source_and_undoings_are_passed_over() -> None:
    first, second = (att.id for att in OLD.attributions)
    accepted, rejected = judging.accept(OLD, first, act()), judging.reject(OLD, second, act())
    mayor, port = (PlacedSource(document=OLD.document.id, source=source) for source in OLD.sources)
    apart = judging.different(mayor, port, act())
    fewer = replace(OLD, attributions=OLD.attributions[:1])
    kept = follow_judgements([accepted, rejected, apart, judging.undo(accepted, act())], fewer)
    assert kept.held == (accepted, apart)
    assert kept.orphaned == (rejected,)


def test_a_version_that_was_set_anew_has_changed_in_nothing() -> None:
    old = version(("Ana Terric", "said", "the “quay” is closed"), ("Vera Lund", "denied", "it is"))
    new = version(("Ana Terric", "said", 'the "quay" is  closed'), ("Vera Lund", "denied", "it is"))
    assert compare_versions(old, new).changes == ()


def test_between_versions_claims_are_dropped_added_reworded_hedged_or_given_to_another() -> None:
    one = ("Ana Terric", "said", "forty ferries left the northern quay at noon")
    old = version(one, ("Vera Lund", "said", "the pilots are on strike"), ("Ilva Brenn", "said", "nobody was hurt"))
    assert compare_versions(old, version(one)).count() == {ChangeKind.DROPPED: 2}
    assert compare_versions(version(one), old).count() == {ChangeKind.ADDED: 2}
    reworded = version(("Ana Terric", "said", "some thirty ferries left the northern quay at noon"), *[])
    assert compare_versions(version(one), reworded).count() == {ChangeKind.REWORDED: 1}
    hedged = version(one, certainty="possible")
    assert compare_versions(version(one), hedged).count() == {ChangeKind.HEDGED: 1}
    assert compare_versions(hedged, version(one)).count() == {ChangeKind.UNHEDGED: 1}
    other = version(("Vera Lund", "said", one[2]))
    assert compare_versions(version(one), other).count() == {ChangeKind.SOURCE: 1}


def test_of_two_likely_partners_the_one_with_the_same_source_is_taken() -> None:
    old = version(("Ana Terric", "said", "forty ferries left the quay at noon"))
    new = version(
        ("Vera Lund", "said", "forty ferries left the quay before noon"),
        ("Ana Terric", "said", "thirty ferries left the quay after noon"),
    )
    found = compare_versions(old, new)
    assert found.count() == {ChangeKind.ADDED: 1, ChangeKind.REWORDED: 1}
    paired = next(change for change in found.changes if change.old and change.new)
    assert paired.new is not None
    assert paired.new.source_name == "Ana Terric"


def test_rows_without_content_are_paired_by_who_and_cue() -> None:
    old = change_row(OLD, 1, content_spans=())
    assert compare_versions(old, old).changes == ()


@given(st.lists(st.sampled_from("abcdef"), max_size=8), st.lists(st.sampled_from("abcdef"), max_size=8))
def test_every_row_of_both_sides_is_counted_once(olds: list[str], news: list[str]) -> None:
    def make(words: list[str]) -> Reading:
        return version(
            *[("Ana Terric", "said", f"{word} number {n} of them") for n, word in enumerate(words)] or [("A", "b", "c")]
        )

    old, new = make(olds), make(news)
    found = compare_versions(old, new)
    assert found.n_same + sum(change.old is not None for change in found.changes) == found.n_old
    assert found.n_same + sum(change.new is not None for change in found.changes) == found.n_new


def test_the_demo_article_is_itself() -> None:
    reading = demo_reading()
    assert compare_versions(reading, reading).changes == ()
    assert compare_readings(reading, reading).n_same == len(reading.attributions)


def test_thousands_of_rows_that_are_all_alike_take_no_more_than_their_share_of_time() -> None:
    def work(words: str) -> None:
        old = small_reading()
        row = old.attributions[0]
        rows = words.split()
        many = replace(old, attributions=tuple(replace(row, id=f"att-{n}", cue_spans=()) for n, _ in enumerate(rows)))
        other = change_row(old, 0, content_spans=(replace(row.content_spans[0], exact="The harbour is not closed"),))
        news = replace(
            old, attributions=tuple(replace(other.attributions[0], id=f"att-x{n}") for n, _ in enumerate(rows))
        )
        assert compare_versions(many, news).n_old == len(rows)

    assert grows_no_faster_than_its_input(work, "row ")
