"""What is lost on the way from one invented telling to another that rests on it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from sayso.corroborate.claims import find_claims
from sayso.corroborate.disputes import gather_told
from sayso.corroborate.drift import find_drift, pair_tellings
from sayso.records import DriftKind, Quantity, QuantityKind
from tests.tellings import Telling

if TYPE_CHECKING:
    from sayso.records import Drift

WIRE = Telling(
    text="Northwire. About 500 soldiers may have crossed the Tessel bridge on Monday, officials claimed.",
    content="About 500 soldiers may have crossed the Tessel bridge on Monday",
    cue="claimed",
    source="officials",
    naming="vague",
    actor="About 500 soldiers",
    action="crossed",
    target="the Tessel bridge",
    factuality=1.0,
    figures=(("About 500", "500", "500", "soldiers"),),
    is_approximate=True,
    labels={"certainty": "possible", "endorsement": "distanced"},
)
OUTLET = Telling(
    text="Evening Mail. The 500 soldiers crossed the Tessel bridge on Monday, General Veld said.",
    content="The 500 soldiers crossed the Tessel bridge on Monday",
    source="General Veld",
    naming="named",
    actor="The 500 soldiers",
    action="crossed",
    target="the Tessel bridge",
    figures=(("500", "500", "500", "soldiers"),),
)


def drift(origin: Telling, carrier: Telling) -> dict[DriftKind, Drift]:
    one, other = origin.read(), carrier.read()
    claims, _ = find_claims([one, other])
    told = gather_told([one, other], claims)
    pairs = pair_tellings(claims, {other.document.id: [one.document.id, other.document.id, "doc-gone"]})
    assert len(pairs) == 1
    return {found.kind: found for found in find_drift(told, pairs)}


def test_a_hedge_a_distance_a_figure_and_a_source_are_sharpened() -> None:
    found = drift(WIRE, OUTLET)
    assert set(found) == {
        DriftKind.HEDGE_DROPPED,
        DriftKind.DISTANCE_DROPPED,
        DriftKind.FIGURE_SHARPENED,
        DriftKind.SOURCE_SHARPENED,
    }
    assert (found[DriftKind.HEDGE_DROPPED].was, found[DriftKind.HEDGE_DROPPED].became) == ("possible", "certain")
    assert found[DriftKind.DISTANCE_DROPPED].was == "claimed"
    assert found[DriftKind.FIGURE_SHARPENED].became == "500"
    assert all(one.why for one in found.values())


def test_the_attribution_itself_is_dropped() -> None:
    own = replace(
        OUTLET,
        text="Evening Mail. The 500 soldiers crossed the Tessel bridge on Monday.",
        content="The 500 soldiers crossed the Tessel bridge on Monday.",
        cue=None,
    )
    found = drift(OUTLET, own)
    assert found[DriftKind.ATTRIBUTION_DROPPED].was == "General Veld"
    assert found[DriftKind.ATTRIBUTION_DROPPED].became == ""


def test_nothing_drifts_between_equal_tellings_or_towards_more_caution() -> None:
    assert drift(OUTLET, replace(OUTLET, text=OUTLET.text.replace("Evening Mail", "Coast Mail"))) == {}
    assert DriftKind.HEDGE_DROPPED not in drift(OUTLET, WIRE)


def test_a_figure_is_changed_or_dropped() -> None:
    more = replace(
        OUTLET,
        text="Coast Mail. The 900 soldiers crossed the Tessel bridge on Monday, General Veld said.",
        content="The 900 soldiers crossed the Tessel bridge on Monday",
        actor="The 900 soldiers",
        figures=(("900", "900", "900", "soldiers"),),
    )
    assert drift(OUTLET, more)[DriftKind.FIGURE_CHANGED].became == "900"
    none = replace(
        OUTLET,
        text="Coast Mail. Soldiers crossed the Tessel bridge on Monday, General Veld said.",
        content="Soldiers crossed the Tessel bridge on Monday",
        actor="Soldiers",
        figures=(),
    )
    assert drift(OUTLET, none)[DriftKind.FIGURE_DROPPED].was == "500"


def test_an_actor_is_dropped_or_changed() -> None:
    passive = replace(
        OUTLET,
        text="The Tessel bridge was crossed by 500 on Monday, General Veld said.",
        content="The Tessel bridge was crossed by 500 on Monday",
        actor=None,
        target=None,
        figures=(),
    )
    assert DriftKind.ACTOR_DROPPED in drift(replace(OUTLET, figures=()), passive)
    tanks = replace(
        OUTLET,
        text="Tanks crossed the Tessel bridge on Monday, General Veld said.",
        content="Tanks crossed the Tessel bridge on Monday",
        actor="Tanks",
        figures=(),
    )
    found = drift(replace(OUTLET, figures=()), tanks)[DriftKind.ACTOR_CHANGED]
    assert (found.was, found.became) == ("The 500 soldiers", "Tanks")


def test_mentions_that_are_not_there_drift_nowhere() -> None:
    reading = OUTLET.read()
    told = gather_told([reading], find_claims([reading])[0])
    assert find_drift(told, [("mnt-gone", "mnt-gone")]) == ()


def test_a_clause_that_hedges_is_as_unsure_as_its_words() -> None:
    likely = replace(
        OUTLET,
        text="The 500 soldiers probably crossed the Tessel bridge on Monday, General Veld said.",
        content="The 500 soldiers probably crossed the Tessel bridge on Monday",
        factuality=1.5,
    )
    found = drift(likely, OUTLET)
    assert (found[DriftKind.HEDGE_DROPPED].was, found[DriftKind.HEDGE_DROPPED].became) == ("probable", "certain")


def test_the_articles_own_voice_drops_no_attribution() -> None:
    own = replace(
        OUTLET,
        text="The 500 soldiers crossed the Tessel bridge on Monday.",
        content="The 500 soldiers crossed the Tessel bridge on Monday.",
        cue=None,
    )
    assert drift(own, OUTLET) == {}


def test_an_ordinal_is_no_figure_that_could_be_dropped() -> None:
    reading = replace(OUTLET, figures=()).read()
    other = replace(OUTLET, text=OUTLET.text + " Again.", figures=()).read()
    number = Quantity(span=reading.assertions[0].span, low="3", high="3", kind=QuantityKind.ORDINAL)
    reading = replace(reading, quantities=(number,), assertions=(replace(reading.assertions[0], quantities=(0,)),))
    claims, _ = find_claims([reading, other])
    told = gather_told([reading, other], claims)
    pairs = pair_tellings(claims, {other.document.id: [reading.document.id]})
    assert find_drift(told, pairs) == ()


def test_nothing_drifts_between_sentences_that_are_word_for_word_the_same() -> None:
    unread = replace(WIRE, cue=None, content="About 500 soldiers may have crossed the Tessel bridge on Monday")
    assert not drift(WIRE, replace(unread, text=WIRE.text.replace("Northwire", "Evening Mail")))
