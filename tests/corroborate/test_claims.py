"""The same claim across invented articles."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from sayso.corroborate.claim_facts import gather_facts
from sayso.corroborate.claim_features import FEATURES, compare, is_part_of_name, overlap_times, weigh_mention
from sayso.corroborate.claims import find_candidates, find_claims, judge_pair, weigh_mentions
from sayso.corroborate.mentions import find_mentions
from sayso.corroborate.rarity import Rarity
from sayso.corroborate.rulebook import load_rules
from sayso.records import ClaimRelation, Precision, Reading, Span, Story, Time, TimeBasis
from tests.readings import Builder
from tests.tellings import Telling, day, toll

SUNK = Telling(
    text="The ferry Amsel sank off Orlby on Tuesday night, the harbour office said.",
    content="The ferry Amsel sank off Orlby on Tuesday night",
    actor="The ferry Amsel",
    action="sank",
)
SUNK_TOO = Telling(
    text="Late news. According to the coast guard, the ferry Amsel sank off Orlby late on Tuesday.",
    content="the ferry Amsel sank off Orlby late on Tuesday",
    cue="According to",
    source="the coast guard",
    actor="the ferry Amsel",
    action="sank",
)
SUNK_OWN = Telling(
    text="A night of storms. The ferry Amsel sank off Orlby on Tuesday night.",
    content="The ferry Amsel sank off Orlby on Tuesday night.",
    cue=None,
    actor="The ferry Amsel",
    action="sank",
)
BUDGET = Telling(
    text="Parliament passed a budget of 900 million crowns, a minister said.",
    content="Parliament passed a budget of 900 million crowns",
    source="a minister",
    actor="Parliament",
    action="passed",
)


def find(*tellings: Telling, **more: Any) -> list[list[str]]:  # noqa: ANN401  as `find_claims` takes it
    claims, _ = find_claims([telling.read() for telling in tellings], **more)
    return [[mention.document for mention in claim.mentions] for claim in claims]


def test_the_same_claim_in_other_words_is_one_claim_and_the_article_itself_a_mention() -> None:
    readings = [telling.read() for telling in (SUNK, SUNK_TOO, SUNK_OWN, BUDGET)]
    claims, links = find_claims(readings)
    sizes = sorted(len(claim.mentions) for claim in claims)
    assert sizes == [1, 3]
    (claim,) = [claim for claim in claims if len(claim.mentions) == 3]
    assert sum(mention.attribution is None for mention in claim.mentions) == 1
    assert {link.relation for link in claim.links} == {ClaimRelation.SAME}
    assert len(claim.links) == 3
    texts = {reading.document.id: reading.document.text for reading in readings}
    for mention in claim.mentions:
        assert texts[mention.document][mention.span.start : mention.span.end] == mention.span.exact
    assert claim.line.exact.lower().startswith("the ferry amsel sank")
    assert len(links) >= 3


def test_every_decision_has_its_reasons_the_heaviest_first() -> None:
    one, other = weigh_mentions([SUNK.read(), SUNK_TOO.read()], {})
    link = judge_pair(one, other)
    weights = [abs(feature.weight) for feature in link.features]
    assert weights == sorted(weights, reverse=True)
    assert all(feature.why for feature in link.features)
    assert {feature.name for feature in link.features} >= {"sentences_root", "action_same", "actor_same"}


def test_every_feature_has_a_weight() -> None:
    assert set(load_rules("claim_weights")["weights"]) == {*FEATURES, "always"}


def test_claims_do_not_change_with_the_order_of_documents() -> None:
    forwards = find_claims([telling.read() for telling in (SUNK, SUNK_TOO, BUDGET)])[0]
    backwards = find_claims([telling.read() for telling in (BUDGET, SUNK_TOO, SUNK)])[0]
    assert {claim.id for claim in forwards} == {claim.id for claim in backwards}


def test_mentions_of_different_stories_are_not_compared() -> None:
    readings = [SUNK.read(), SUNK_TOO.read()]
    stories = [
        Story(id=str(number), documents=(reading.document.id,), words=(), members=())
        for number, reading in enumerate(readings)
    ]
    claims, links = find_claims(readings, stories=stories)
    assert len(claims) == 2
    assert not links


def test_the_first_mention_is_the_earliest() -> None:
    early, late = toll("twelve", "12", "2024-05-07"), toll("twelve", "12", "2024-05-09", outlet="Coast Mail")
    (claim,) = find_claims([late, early])[0]
    assert [mention.document for mention in claim.mentions] == [early.document.id, late.document.id]


def test_overlapping_mentions_of_one_document_are_no_pair() -> None:
    make = Builder(
        "Ana said that Bo said that the ferry Amsel sank off Orlby. The ferry Amsel sank off Orlby, she said."
    )
    make.source("ana", "Ana", "person")
    make.source("bo", "Bo", "person")
    make.row("a", "ana", "said", "that Bo said that the ferry Amsel sank off Orlby")
    make.row("b", "bo", "said", "that the ferry Amsel sank off Orlby", after="Bo said", within="a")
    make.row("c", "ana", "said", "The ferry Amsel sank off Orlby", after="The ferry")
    mentions = weigh_mentions([make.build()], {})
    # The outer row says nothing beyond the inner one, so it is no mention.
    assert len(mentions) == 2
    assert find_candidates(mentions) == [(0, 1)]
    assert find_candidates([mentions[0], mentions[0]]) == []


def test_refusals_and_single_words_are_no_mentions() -> None:
    make = Builder("Ana declined to comment on the sunken ferry. Cy called it mad.")
    for key, name in (("ana", "Ana"), ("cy", "Cy")):
        make.source(key, name, "person")
    make.row("a", "ana", "declined", "to comment on the sunken ferry", stance="declines")
    make.row("c", "cy", "called", "mad")
    assert find_mentions(make.build()) == ()


def test_a_deed_is_told_by_the_article_itself() -> None:
    make = Builder(
        "Bo sold the sunken old ferry. Cy, who sold the old quay, said that the pilots of the ferry were tired."
    )
    for key, name in (("bo", "Bo"), ("cy", "Cy")):
        make.source(key, name, "person")
    make.row("b", "bo", "sold", "the sunken old ferry", stance="other")
    make.row("c", "cy", "said", "that the pilots of the ferry were tired")
    make.row("d", "cy", "sold", "the old quay", stance="other", after="Cy")
    deed, row = find_mentions(make.build())
    assert (deed.attribution, deed.span.exact) == (None, "Bo sold the sunken old ferry.")
    # A sentence that has a row already is not taken once more for a deed in it.
    assert row.attribution is not None


def test_unsourced_sentences_without_an_assertion_are_mentions() -> None:
    make = Builder("The ferry Amsel sank off Orlby in heavy seas.")
    (mention,) = find_mentions(make.build(unsourced=(make.text,)))
    assert mention.attribution is None
    assert mention.assertions == ()
    assert mention.span.exact == make.text


def test_parties_stand_for_sources_and_unnamed_ones_for_nobody() -> None:
    named = replace(SUNK, source="the harbour office", naming="named").read()
    unnamed = SUNK.read()
    (fact,) = gather_facts(named, find_mentions(named), {})
    assert fact.party == "the harbour office"
    (fact,) = gather_facts(unnamed, find_mentions(unnamed), {})
    assert fact.party is None
    (fact,) = gather_facts(unnamed, find_mentions(unnamed), {unnamed.sources[0].id: "party-7"})
    assert fact.party == "party-7"


def test_who_intends_something_does_it() -> None:
    reading = replace(SUNK, actor=None, labels={"stance": "intends"}).read()
    (fact,) = gather_facts(reading, find_mentions(reading), {})
    assert "harbour" in fact.actors


def test_a_pronoun_tells_nobody() -> None:
    reading = replace(
        SUNK,
        text="It sank off Orlby on Tuesday, the harbour office said.",
        content="It sank off Orlby on Tuesday",
        actor="It",
    ).read()
    (fact,) = gather_facts(reading, find_mentions(reading), {})
    assert fact.actors == frozenset()
    assert fact.has_pronoun


@pytest.mark.parametrize(
    ("one", "other", "overlap"),
    [
        (("2024-05-07", "2024-05-07"), ("2024-05-07T15:00", None), True),
        (("2024-05-07", "2024-05-07"), ("2024-05-08", "2024-05-09"), False),
        ((None, "2024-05-07"), ("2024-05-01", "2024-05-09"), True),
        ((None, None), ("2024-05-01", "2024-05-09"), None),
    ],
)
def test_times_overlap_or_not_or_are_unknown(
    one: tuple[str | None, str | None], other: tuple[str | None, str | None], *, overlap: bool | None
) -> None:
    def time(bounds: tuple[str | None, str | None]) -> Time:
        span = Span(start=0, end=3, exact="day")
        return Time(
            span=span, earliest=bounds[0], latest=bounds[1], precision=Precision.DAY, basis=TimeBasis.STATED, why=""
        )

    assert overlap_times([time(one)], [time(other)]) is overlap
    assert overlap_times([time(other)], [time(one)]) is overlap


def test_part_of_a_name_is_the_name() -> None:
    assert is_part_of_name("terric", "ana terric")
    assert not is_part_of_name("ana veld", "ana terric")


def test_comparing_is_symmetric() -> None:
    readings: list[Reading] = [SUNK.read(), toll("twelve", "12", None), BUDGET.read()]
    rarity = Rarity()
    facts = [fact for reading in readings for fact in gather_facts(reading, find_mentions(reading), {})]
    weighed = [weigh_mention(fact, rarity) for fact in facts]
    for a in weighed:
        for b in weighed:
            assert compare(a, b) == pytest.approx(compare(b, a))


@pytest.mark.parametrize("count", [100, 400])
def test_many_copies_are_one_claim(count: int) -> None:
    copies = [toll("twelve", "12", "2024-05-07", outlet=f"Outlet {number}") for number in range(count)]
    claims, _ = find_claims([*copies, BUDGET.read()])
    assert sorted(len(claim.mentions) for claim in claims) == [1, count]


def test_documents_without_a_reading_of_anything_give_no_claim() -> None:
    assert find_claims([Builder("Weather.", published=day("2024-05-07")).build()]) == ((), ())
    assert find_claims([]) == ((), ())


def test_very_many_tellings_in_words_of_their_own_are_one_claim() -> None:
    readings = []
    for place in range(310):
        content = f"the ferry Amsel sank off Orlby at noon and took forty boxes of letters down, berth {place} was told"
        readings.append(Telling(text=f"{content}, the harbour office said.", content=content, action="sank").read())
    for place in range(600):
        content = " ".join(f"wo{place}x{number}" for number in range(5))
        readings.append(Telling(text=f"{content}, the harbour office said.", content=content).read())
    claims, _ = find_claims(readings)
    assert sorted(len(claim.mentions) for claim in claims)[-2:] == [1, 310]


def test_of_what_is_said_out_of_how_many_only_what_is_said_counts() -> None:
    content = "the fire spread to 14 of the depot's 22 tanks"
    told = Telling(
        text=f"On Tuesday {content}, the harbour office said.",
        content=content,
        action="spread",
        figures=(("14", "14", "14", "tanks"), ("22", "22", "22", "tanks")),
    )
    (facts,) = gather_facts(told.read(), find_mentions(told.read()), {})
    assert [quantity.low for quantity in facts.quantities] == ["14"]
