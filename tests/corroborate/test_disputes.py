"""Where invented tellings stand against one another, and where a figure only took another's place."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from sayso.corroborate.claims import find_claims
from sayso.corroborate.disputes import Told, find_disputes, gather_told
from sayso.corroborate.figures_apart import can_both_hold, is_higher, is_within, only_grows, widen
from sayso.corroborate.order import compare_documents, compare_times
from sayso.records import (
    Dispute,
    DisputeKind,
    Moment,
    Polarity,
    Precision,
    Quantity,
    QuantityKind,
    Span,
    Time,
    TimeBasis,
    Update,
    UpdateKind,
)
from tests.readings import Builder
from tests.tellings import Telling, day, toll

if TYPE_CHECKING:
    from sayso.records import Reading


def find(*readings: Reading) -> tuple[tuple[Dispute, ...], tuple[Update, ...], Told]:
    claims, links = find_claims(readings)
    told = gather_told(readings, claims)
    return (*find_disputes(told, links), told)


def figure(low: str | None, high: str | None, *, about: bool = False) -> Quantity:
    return Quantity(
        span=Span(start=0, end=1, exact="n"), low=low, high=high, kind=QuantityKind.COUNT, is_approximate=about
    )


def test_a_later_higher_toll_is_an_update_and_no_dispute() -> None:
    early, late = toll("twelve", "12", "2024-05-07"), toll("fifteen", "15", "2024-05-08", outlet="Coast Mail")
    disputes, (update,), told = find(early, late)
    assert not disputes
    assert update.kind is UpdateKind.LATER_FIGURE
    assert (update.old_words, update.new_words) == ("twelve", "fifteen")
    assert told.facts[str(update.old)].mention.document == early.document.id
    assert update.carried_by == ()
    assert any("only grows" in feature.why for feature in update.features)


def test_who_gives_the_old_toll_after_the_new_one_carries_it_still() -> None:
    stale = toll("twelve", "12", "2024-05-10", outlet="Slow Herald")
    _, updates, _ = find(
        toll("twelve", "12", "2024-05-07"), toll("fifteen", "15", "2024-05-08", outlet="Coast Mail"), stale
    )
    assert {update.carried_by for update in updates} == {(stale.document.id,)}


def test_a_later_lower_toll_is_a_dispute() -> None:
    (dispute,), updates, _ = find(
        toll("fifteen", "15", "2024-05-07"), toll("twelve", "12", "2024-05-08", outlet="Coast Mail")
    )
    assert not updates
    assert dispute.kind is DisputeKind.FIGURES
    assert dispute.here is not None
    assert dispute.there is not None
    assert (dispute.here.exact, dispute.there.exact) == ("fifteen", "twelve")
    assert any("later figure is the lower" in feature.why for feature in dispute.features)


@pytest.mark.parametrize(("one", "other"), [(None, "2024-05-08"), ("2024-05-08", "2024-05-08"), (None, None)])
def test_without_an_order_it_is_said_that_it_may_be_an_update(one: str | None, other: str | None) -> None:
    (dispute,), updates, _ = find(toll("twelve", "12", one), toll("fifteen", "15", other, outlet="Coast Mail"))
    assert not updates
    assert any("may be an update" in feature.why for feature in dispute.features)


def test_intervals_that_share_a_number_are_no_dispute() -> None:
    disputes, updates, _ = find(
        toll("at least twelve", "12", "2024-05-07", high=None), toll("fifteen", "15", "2024-05-08", outlet="Coast Mail")
    )
    assert not disputes
    assert not updates


def test_figures_of_other_things_are_no_dispute() -> None:
    one = toll("twelve", "12", None)
    telling = Telling(
        text="Coast Mail. On Tuesday the ferry Amsel sank off Orlby and nine boats searched, the harbour office said.",
        content="the ferry Amsel sank off Orlby and nine boats searched",
        action="searched",
        figures=(("nine", "9", "9", "boats"),),
    )
    assert find(one, telling.read())[:2] == ((), ())


def test_what_does_not_only_grow_is_a_dispute_at_any_time() -> None:
    def cost(count: str, low: str, published: str) -> Reading:
        content = f"the new ferry for Orlby costs {count} crowns"
        return Telling(
            text=f"On {published} {content}, the harbour office said.",
            content=content,
            action="costs",
            actor="the new ferry",
            figures=((count, low, low, "crowns"),),
            about={"published": day(published)},
        ).read()

    (dispute,), updates, _ = find(cost("ninety", "90", "2024-05-07"), cost("hundred", "100", "2024-05-08"))
    assert not updates
    assert any("more or less" in feature.why for feature in dispute.features)


OPEN = Telling(
    text="The guards opened the depot gate at midnight, the harbour office said.",
    content="The guards opened the depot gate at midnight",
    actor="The guards",
    action="opened",
    target="the depot gate",
)
DENIED = Telling(
    text="The port company denied that the guards opened the depot gate at midnight.",
    content="that the guards opened the depot gate at midnight",
    cue="denied",
    source="The port company",
    actor="the guards",
    action="opened",
    target="the depot gate",
    labels={"stance": "denies"},
)


def test_a_denial_by_another_party_is_a_dispute_whichever_comes_first() -> None:
    for readings in ((OPEN.read(), DENIED.read()), (DENIED.read(), OPEN.read())):
        (dispute,), _, told = find(*readings)
        assert dispute.kind is DisputeKind.DENIAL
        assert told.facts[dispute.first].row is not None
        assert told.facts[str(dispute.second)].stance == "denies"
        assert dispute.attribution == told.facts[str(dispute.second)].mention.attribution


def test_two_tellings_of_one_denial_are_no_dispute() -> None:
    other = replace(
        DENIED,
        text="On Friday the port company denied that the guards opened the depot gate at midnight.",
        source="the port company",
    )
    assert find(DENIED.read(), other.read())[0] == ()
    retold = replace(
        OPEN,
        text="The port company denied that the guards opened the depot gate at midnight, the mayor said.",
        content="The port company denied that the guards opened the depot gate at midnight",
        actor="The port company",
        action="denied",
        source="the mayor",
    )
    assert find(DENIED.read(), retold.read())[0] == ()


def test_the_same_party_does_not_dispute_itself() -> None:
    one = replace(OPEN, source="the harbour office", naming="named")
    other = replace(
        DENIED,
        text="The harbour office denied that the guards opened the depot gate at midnight.",
        source="The harbour office",
        naming="named",
    )
    assert find(one.read(), other.read())[0] == ()


def test_a_doubt_is_a_dispute_of_its_own_kind() -> None:
    doubt = replace(
        DENIED,
        text="The mayor doubted that the guards opened the depot gate at midnight.",
        cue="doubted",
        source="The mayor",
        labels={"stance": "doubts"},
    )
    (dispute,), _, _ = find(OPEN.read(), doubt.read())
    assert dispute.kind is DisputeKind.DOUBT


def test_opposite_polarity_of_the_same_deed_is_a_dispute() -> None:
    shut = replace(
        OPEN,
        text="The guards never opened the depot gate at midnight, the mayor said.",
        content="The guards never opened the depot gate at midnight",
        source="the mayor",
        polarity=Polarity.NEGATIVE,
    )
    (dispute,), _, _ = find(OPEN.read(), shut.read())
    assert dispute.kind is DisputeKind.POLARITY
    assert find(OPEN.read(), replace(shut, polarity=Polarity.OPEN).read())[0] == ()


def test_a_refusal_that_the_article_sets_against_a_claim_is_kept_without_a_mention() -> None:
    make = Builder(
        "The guards opened the depot gate at midnight, the mayor said. The port company declined to comment."
    )
    make.source("mayor", "the mayor", "person", "described")
    make.source("port", "The port company", "organisation", "described")
    make.row("a", "mayor", "said", "The guards opened the depot gate at midnight")
    make.row("b", "port", "declined", "to comment", stance="declines")
    make.relate("b", "a", "disputes")
    make.relate("a", "a", "disputes")
    reading = make.build()
    (dispute,), _, _ = find(reading)
    assert dispute.kind is DisputeKind.REFUSAL
    assert dispute.second is None
    assert dispute.attribution == reading.attributions[1].id
    assert dispute.there is not None
    assert dispute.there.exact == "declined"


def test_an_unlikely_relation_is_not_taken_up() -> None:
    make = Builder(
        "The guards opened the depot gate at midnight, the mayor said. The port company denied it at length."
    )
    make.source("mayor", "the mayor", "person", "described")
    make.source("port", "The port company", "organisation", "described")
    make.row("a", "mayor", "said", "The guards opened the depot gate at midnight")
    make.row("b", "port", "denied", "it", stance="denies")
    make.relate("b", "a", "disputes")
    reading = make.build()
    assert len(find(reading)[0]) == 1
    weak = replace(reading, relations=(replace(reading.relations[0], confidence=0.2),))
    assert find(weak)[0] == ()


@pytest.mark.parametrize(
    ("here", "there", "holds"),
    [
        (figure("12", "12"), figure("15", "15"), False),
        (figure("12", None), figure("15", "15"), True),
        (figure(None, "12"), figure("15", "15"), False),
        (figure("100", "100", about=True), figure("109", "109"), True),
        (figure("100", "100", about=True), figure("120", "120"), False),
        (figure(None, None), figure("15", "15"), True),
    ],
)
def test_intervals_can_both_hold_or_not(here: Quantity, there: Quantity, *, holds: bool) -> None:
    assert can_both_hold(here, there) is holds
    assert can_both_hold(there, here) is holds


def test_bounds_that_are_no_numbers_say_nothing() -> None:
    assert widen(figure("many", None)) == (None, None)


def test_a_narrower_or_exact_figure_says_more() -> None:
    assert is_within(figure("15", "15"), figure("12", None))
    assert is_within(figure("15", "15"), figure("15", "15", about=True))
    assert not is_within(figure("15", "15"), figure("15", "15"))
    assert not is_within(figure("12", None), figure("15", "15"))
    assert is_higher(figure("15", None), figure("12", "12"))
    assert not is_higher(figure(None, "15"), figure("12", "12"))


def moment(value: str) -> Moment:
    return Moment(value=value, precision=Precision.SECOND, stated_in="given")


@pytest.mark.parametrize(
    ("one", "other", "order"),
    [
        ("2024-05-07", "2024-05-08", -1),
        ("2024-05-07", "2024-05-07", 0),
        ("2024-05-07", "2024-05-07T10:00", None),
        ("2024-05-07T10:00:00+02:00", "2024-05-07T09:00:00Z", -1),
        ("2024-05-07T10:00:00+02:00", "2024-05-07T09:00:00", 1),
        ("not a time", "2024-05-07", 1),
    ],
)
def test_times_of_publication_are_in_order_or_it_cannot_be_told(one: str, other: str, order: int | None) -> None:
    assert compare_times(moment(one), moment(other)) == order
    assert compare_times(None, moment(other)) is None


def test_a_version_is_later_than_the_one_it_supersedes() -> None:
    old, new = toll("twelve", "12", "2024-05-08").document, toll("fifteen", "15", "2024-05-07").document
    new = replace(new, supersedes=old.id)
    assert compare_documents(old, new) == -1
    assert compare_documents(new, old) == 1


def dated(telling: Telling, value: str) -> Reading:
    """Return a reading whose claim happened on a day."""
    reading = telling.read()
    span = reading.assertions[0].span
    time = Time(span=span, earliest=value, latest=value, precision=Precision.DAY, basis=TimeBasis.STATED, why="stated")
    return replace(reading, times=(time,), assertions=(replace(reading.assertions[0], times=(0,)),))


def test_what_happened_on_another_day_is_no_dispute() -> None:
    assert find(dated(OPEN, "2024-05-07"), dated(DENIED, "2024-05-08"))[0] == ()
    assert len(find(dated(OPEN, "2024-05-07"), dated(DENIED, "2024-05-07"))[0]) == 1


def test_tolls_of_other_days_are_neither_dispute_nor_update() -> None:
    one, other = toll("twelve", "12", "2024-05-07"), toll("fifteen", "15", "2024-05-08", outlet="Coast Mail")
    claims, links = find_claims([one, other])
    told = gather_told([one, other], claims)
    facts = dict(told.facts)
    for key, value in zip(facts, ("2024-05-01", "2024-05-02"), strict=True):
        time = Time(
            span=facts[key].mention.span,
            earliest=value,
            latest=value,
            precision=Precision.DAY,
            basis=TimeBasis.STATED,
            why="stated",
        )
        facts[key] = replace(facts[key], times=(time,))
    assert find_disputes(replace(told, facts=facts), links) == ((), ())


def test_links_to_mentions_that_are_not_there_say_nothing() -> None:
    _, links = find_claims([OPEN.read(), DENIED.read()])
    told = gather_told([], [])
    assert find_disputes(told, links) == ((), ())


def test_figures_without_a_stated_thing_are_paired_by_the_deed() -> None:
    one = replace(
        OPEN,
        text="Forty opened the depot gate at midnight, the harbour office said.",
        content="Forty opened the depot gate at midnight",
        actor="Forty",
        figures=(("Forty", "40", "40", None),),
    )
    other = replace(
        one,
        text="Ninety opened the depot gate at midnight, the harbour office said.",
        content="Ninety opened the depot gate at midnight",
        actor="Ninety",
        figures=(("Ninety", "90", "90", None),),
    )
    (dispute,), _, _ = find(one.read(), other.read())
    assert dispute.kind is DisputeKind.FIGURES


def test_a_figure_that_comes_on_top_does_not_only_grow() -> None:
    reading = toll("twelve", "12", None)
    told = gather_told([reading], find_claims([reading])[0])
    (facts,) = told.facts.values()
    assert only_grows(facts, facts.quantities[0])
    assert not only_grows(facts, replace(facts.quantities[0], is_change=True))
