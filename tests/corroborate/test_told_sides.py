"""Invented tellings of which some say the opposite: none of these is an origin of what it denies."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from sayso.corroborate.story_findings import StoryMaterial, corroborate_story
from sayso.records import Assertion, DisputeKind, Polarity
from tests.corroborate.stories_told import article, main_claim, said, story_of

if TYPE_CHECKING:
    from sayso.records import Reading, StoryFindings

TOOK = "Governor Odo Brill took the 900 barrels from the Tessel depot"


def asserted(reading: Reading, deed: str, *, negative: bool) -> Reading:
    """Return a reading whose only row has its deed read so."""
    (row,) = reading.attributions
    (content,) = row.content_spans
    at = content.start + content.exact.index(deed)
    assertion = Assertion(
        id="ass-1",
        attribution=row.id,
        span=content,
        actor=None,
        target=None,
        action=replace(content, start=at, end=at + len(deed), exact=deed),
        polarity=Polarity.NEGATIVE if negative else Polarity.POSITIVE,
    )
    return replace(reading, assertions=(assertion,))


def tell(outlet: str, who: str, content: str, deed: str, *, negative: bool = False) -> Reading:
    return asserted(article(outlet, said(who, content)), deed, negative=negative)


def find(*readings: Reading) -> StoryFindings:
    return corroborate_story(StoryMaterial(story=story_of(readings), readings=readings))


@pytest.mark.parametrize(
    ("content", "deed", "negative"),
    [
        ("Governor Odo Brill did not take the 900 barrels from the Tessel depot", "take", True),
        ("It is not true that Governor Odo Brill took the 900 barrels from the Tessel depot", "took", False),
        ("Governor Odo Brill never took the 900 barrels from the Tessel depot", "took", True),
        ("No one took the 900 barrels from the Tessel depot", "took", False),
    ],
)
def test_who_says_the_opposite_is_no_origin_and_stands_against_it(content: str, deed: str, *, negative: bool) -> None:
    findings = find(
        tell("Orlby Post", "Mara Venn", TOOK, "took"),
        tell("Coast Mail", "Mara Venn", TOOK.replace("took", "has taken"), "taken"),
        tell("Evening", "Tomas Brandt", content, deed, negative=negative),
    )
    found = main_claim(findings, "Governor Odo Brill took")
    assert (found.corroboration.persons.least, found.corroboration.persons.most) == (1, 1)
    assert any(dispute.kind is DisputeKind.POLARITY for dispute in findings.disputes)


def test_a_deed_that_sounds_like_a_denial_can_be_negated_too() -> None:
    content = "The spy chief Odo Brill has been dismissed from the Tessel service"
    findings = find(
        tell("Orlby Post", "Mara Venn", content, "dismissed"),
        tell("Evening", "Tomas Brandt", content.replace("has been", "has not been"), "dismissed", negative=True),
    )
    persons = main_claim(findings, "spy chief").corroboration.persons
    assert (persons.least, persons.most) == (1, 1)
    assert [dispute.kind for dispute in findings.disputes] == [DisputeKind.POLARITY]


@pytest.mark.parametrize(
    ("content", "negative"),
    [
        # No word negates what was read as negated, or the word before the deed does and it was read as done.
        (TOOK, True),
        (TOOK.replace("took", "not took"), False),
    ],
)
def test_where_reader_and_words_disagree_the_attribution_is_only_possible(content: str, *, negative: bool) -> None:
    findings = find(
        tell("Orlby Post", "Mara Venn", TOOK, "took"),
        tell("Coast Mail", "Mara Venn", TOOK, "took"),
        tell("Evening", "Tomas Brandt", content, "took", negative=negative),
    )
    persons = main_claim(findings, "Governor Odo Brill took").corroboration.persons
    assert (persons.least, persons.most) == (1, 2)


def test_all_who_tell_the_denial_are_origins_of_it() -> None:
    content = "Governor Odo Brill did not take the 900 barrels from the Tessel depot"
    findings = find(
        tell("Orlby Post", "Mara Venn", content, "take", negative=True),
        tell("Evening", "Tomas Brandt", content, "take", negative=True),
    )
    persons = main_claim(findings, "did not take").corroboration.persons
    assert (persons.least, persons.most) == (2, 2)
    assert findings.disputes == ()
