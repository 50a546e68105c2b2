"""What persons judge of sources and rows, in the findings of a story."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sayso.corroborate.origins_words import say_reason
from sayso.records import ClaimRelation, Independence, PartyRelation, SetAsideCode
from tests.corroborate.stories_told import BANKS, article, join, judge, main_claim, main_line, said

if TYPE_CHECKING:
    from sayso.records import Reading, StoryFindings

OTHER = "the school of Saltmarsh stays shut until the end of the week because its roof leaks"


def two_officials() -> list[Reading]:
    return [article(outlet, said("an official", naming="described")) for outlet in ("Orlby Post", "Coast Mail")]


def sources(readings: list[Reading]) -> list[str]:
    return [reading.sources[0].id for reading in readings]


def rows(readings: list[Reading]) -> list[str]:
    return [reading.attributions[0].id for reading in readings]


def bounds(findings: StoryFindings) -> tuple[int, int]:
    persons = main_claim(findings).corroboration.persons
    return persons.least, persons.most


def test_a_person_may_tie_unnamed_sources_and_then_the_claim_is_private() -> None:
    readings = two_officials()
    same = judge("same", *sources(readings), reason="both told me so")
    findings = join(*readings, judgements=[same])
    assert bounds(findings) == (1, 1)
    assert main_line(findings, readings).is_private
    (origin,) = main_claim(findings).corroboration.persons.origins
    assert [(tie.by, say_reason(tie.reason)) for tie in origin.merges] == [("Ada", "both told me so")]
    assert not main_line(join(*readings), readings).is_private


def test_a_person_may_tell_sources_apart_that_the_machine_joined() -> None:
    readings = [article("Orlby Post", said("Mara Venn")), article("Coast Mail", said("Mara Venn"))]
    assert bounds(join(*readings)) == (1, 1)
    different = judge("different", *sources(readings))
    findings = join(*readings, judgements=[different])
    assert bounds(findings) == (2, 2)
    assert main_claim(findings).corroboration.independence is Independence.ESTABLISHED
    unsure = judge("unsure", *sources(readings))
    assert bounds(join(*readings, judgements=[unsure])) == (1, 2)


def test_a_party_that_was_merged_wrongly_and_undone_is_as_before_and_says_so() -> None:
    readings = two_officials()
    same = judge("same", *sources(readings))
    undo = judge("undo", same.id, at="2024-05-02")
    findings = join(*readings, judgements=[same, undo])
    assert bounds(findings) == (1, 2)
    (aside,) = main_claim(findings).corroboration.set_aside
    assert aside.code is SetAsideCode.UNDONE
    again = judge("undo", undo.id, at="2024-05-03")
    assert bounds(join(*readings, judgements=[same, undo, again])) == (1, 1)


def test_of_two_who_contradict_one_another_neither_is_applied_and_both_are_shown() -> None:
    readings = two_officials()
    judged = [judge("same", *sources(readings)), judge("different", *sources(readings), by="Ben")]
    findings = join(*readings, judgements=judged)
    assert bounds(findings) == (1, 2)
    (aside,) = main_claim(findings).corroboration.set_aside
    assert aside.code is SetAsideCode.JUDGES_DISAGREE
    assert {tie.by for tie in aside.ties} == {"Ada", "Ben"}
    contested = [one for one in findings.joins if one.is_contested]
    assert [one.relation for one in contested] == [PartyRelation.UNSURE]


def test_a_judgement_of_sources_elsewhere_in_the_story_joins_their_parties() -> None:
    readings = [
        article("Orlby Post", said("Mara Venn")),
        article("Coast Mail", said("M. V. Ennmara")),
        article("Evening", said("M. V. Ennmara", OTHER), said("Ludo Pesh", OTHER)),
    ]
    assert bounds(join(*readings))[1] == 2
    same = judge("same", readings[0].sources[0].id, readings[2].sources[0].id)
    findings = join(*readings, judgements=[same])
    assert bounds(findings) == (1, 1)


def test_rows_that_a_person_judged_to_tell_the_same_are_one_claim() -> None:
    readings = [article("Orlby Post", said("Mara Venn")), article("Coast Mail", said("Tomas Brandt", OTHER))]
    assert len(join(*readings).claims) == 2
    same = judge("same", *rows(readings))
    (claim,) = join(*readings, judgements=[same]).claims
    assert len(claim.claim.mentions) == 2
    (link,) = claim.claim.links
    assert link.relation is ClaimRelation.SAME
    assert link.features[0].name == "judged"
    undo = judge("undo", same.id, at="2024-05-02")
    assert len(join(*readings, judgements=[same, undo]).claims) == 2


def test_rows_that_a_person_judged_to_tell_different_things_are_two_claims() -> None:
    readings = [article(outlet, said("Mara Venn")) for outlet in ("Orlby Post", "Coast Mail", "Evening")]
    assert len(join(*readings).claims) == 1
    first, second, third = rows(readings)
    apart = [judge("different", first, second), judge("same", second, third)]
    claims = join(*readings, judgements=apart).claims
    held = sorted(sorted(str(mention.attribution) for mention in one.claim.mentions) for one in claims)
    assert held == sorted([[first], sorted([second, third])])
    # What was judged stands in both.
    assert all(any(link.relation is ClaimRelation.DIFFERENT for link in one.claim.links) for one in claims)


def test_a_group_of_many_is_split_where_each_is_likest() -> None:
    readings = [article(f"Outlet {place}", said("Mara Venn")) for place in range(4)]
    readings.append(article("Evening", said("Mara Venn", f"{BANKS}, and {OTHER}")))
    ids = rows(readings)
    apart = [judge("different", ids[0], ids[1]), judge("different", ids[1], ids[2]), judge("different", ids[0], ids[2])]
    claims = join(*readings, judgements=apart).claims
    assert max(len(one.claim.mentions) for one in claims) >= 2
    homes = [
        next(i for i, one in enumerate(claims) if key in {m.attribution for m in one.claim.mentions}) for key in ids
    ]
    assert len(set(homes[:3])) == 3


def test_rows_on_which_persons_differ_stay_as_the_machine_found_them_and_say_so() -> None:
    readings = [article("Orlby Post", said("Mara Venn")), article("Coast Mail", said("Tomas Brandt", OTHER))]
    judged = [judge("same", *rows(readings)), judge("different", *rows(readings), by="Ben")]
    claims = join(*readings, judgements=judged).claims
    assert len(claims) == 2
    for one in claims:
        (link,) = [link for link in one.claim.links if link.features[0].name == "judged"]
        assert "neither judgement is applied" in link.features[0].why
        assert all(judgement.id in link.features[0].why for judgement in judged)


def test_judgements_of_what_is_not_there_are_passed_over() -> None:
    readings = two_officials()
    strange = [judge("same", "src-gone", sources(readings)[0]), judge("same", "att-gone", rows(readings)[0])]
    strange += [judge("accept", rows(readings)[0]), judge("undo", "jdg-gone")]
    assert join(*readings, judgements=strange) == join(*readings)
