"""What may tell a claim raises the greatest number of origins, and nothing else; all invented."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from sayso.corroborate.may_tell import find_may_tell, is_raised, raise_most
from sayso.corroborate.story_findings import StoryMaterial, corroborate_story
from sayso.records import Claim, ClaimLink, ClaimRelation, Mention, Span, Story
from tests.readings import Builder

if TYPE_CHECKING:
    from sayso.records import ClaimFindings, Reading


def tell(document: str, number: int = 0) -> Mention:
    span = Span(start=number, end=number + 1, exact="x")
    return Mention(id=f"{document}{number}", document=document, attribution=None, assertions=(), span=span)


def group(*mentions: Mention) -> Claim:
    return Claim(id=f"claim-{mentions[0].id}", mentions=mentions, clearest=mentions[0].id, line=mentions[0].span)


def link(one: Mention, other: Mention, likelihood: float) -> ClaimLink:
    return ClaimLink(first=one.id, second=other.id, relation=ClaimRelation.UNSURE, likelihood=likelihood)


def find(claims: list[Claim], *links: ClaimLink) -> list[list[str]]:
    found = find_may_tell(claims, links, {claim.id: claim.mentions for claim in claims})
    return [[mention.id for mention in found[claim.id]] for claim in claims]


def test_what_one_document_alone_tells_may_be_of_a_claim_with_one_mention_of_which_it_is_not_told_apart() -> None:
    a, b, c = tell("a"), tell("b"), tell("c")
    assert find([group(a, b), group(c)], link(a, c, 0.45)) == [["c0"], []]
    assert find([group(a, b), group(c)], link(a, c, 0.35)) == [[], []]


def test_two_claims_may_be_one_where_they_are_not_told_apart_on_average() -> None:
    a, b, c, d = tell("a"), tell("b"), tell("c"), tell("d")
    claims = [group(a, b), group(c, d)]
    assert find(claims, link(a, c, 0.7)) == [[], []]
    assert find(claims, link(a, c, 0.7), link(a, d, 0.5), link(b, c, 0.5), link(b, d, 0.3)) == [
        ["c0", "d0"],
        ["a0", "b0"],
    ]


def test_a_document_that_tells_it_already_adds_nothing() -> None:
    a, b, again = tell("a"), tell("b"), tell("b", 7)
    assert find([group(a, b), group(again)], link(a, again, 0.5))[0] == []


def test_who_does_not_tell_his_own_claim_tells_no_other() -> None:
    a, b, denial = tell("a"), tell("b"), tell("c")
    claims = [group(a, b), group(denial)]
    supporting = {claims[0].id: (a, b), claims[1].id: ()}
    assert find_may_tell(claims, [link(a, denial, 0.5)], supporting)[claims[0].id] == ()


def read(text: str, name: str, content: str) -> Reading:
    make = Builder(text, outlet=f"The {name} Post")
    make.source("one", name, "person")
    make.row("a", "one", "said", content, said_by=name)
    return make.build()


@pytest.fixture
def unsure() -> list[ClaimFindings]:
    readings = [
        read(
            "Ilse Varn said divers found two cracks in the bridge.",
            "Ilse Varn",
            "divers found two cracks in the bridge",
        ),
        read(
            "Late on Monday Jonas Tessel said the bridge has cracks, and nobody knows since when.",
            "Jonas Tessel",
            "the bridge has cracks, and nobody knows since when",
        ),
    ]
    story = Story(id="bridge", documents=tuple(reading.document.id for reading in readings), words=(), members=())
    return list(corroborate_story(StoryMaterial(story=story, readings=tuple(readings))).claims)


def test_the_greatest_number_is_raised_and_the_least_is_not(unsure: list[ClaimFindings]) -> None:
    assert [len(found.claim.mentions) for found in unsure] == [1, 1]
    for found in unsure:
        bounds = found.corroboration.persons
        assert (bounds.least, bounds.most) == (1, 2)
        assert [mention.span.exact for mention in found.may_tell] == [
            other.claim.line.exact for other in unsure if other is not found
        ]
        assert len(bounds.origins) == 1


def test_a_wider_look_that_finds_no_more_changes_nothing(unsure: list[ClaimFindings]) -> None:
    found = unsure[0].corroboration
    lower = replace(found, persons=replace(found.persons, most=0), organisations=replace(found.organisations, most=0))
    assert raise_most(found, lower) == found


def test_greatest_numbers_that_are_no_smaller_are_told_from_all_other_changes() -> None:
    make = Builder("Ilse Varn said the Tarn bridge has two deep cracks in it.")
    make.source("varn", "Ilse Varn", "person")
    make.row("a", "varn", "said", "the Tarn bridge has two deep cracks in it")
    reading = make.build()
    story = Story(id="bridge", documents=(reading.document.id,), words=(), members=())
    own = corroborate_story(StoryMaterial(story=story, readings=(reading,))).claims[0].corroboration
    assert is_raised(own, own)
    assert is_raised(own, replace(own, persons=replace(own.persons, most=own.persons.most + 2)))
    assert not is_raised(own, replace(own, persons=replace(own.persons, most=own.persons.most - 1)))
    assert not is_raised(own, replace(own, persons=replace(own.persons, least=own.persons.least + 1)))
