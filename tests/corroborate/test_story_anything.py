"""Whatever stories are made of, the findings hang together and the order of what was given makes no difference."""

from __future__ import annotations

import random
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from sayso.corroborate.claim_lines import make_lines
from sayso.corroborate.claim_numbers import keep_numbers
from sayso.corroborate.origins_words import iter_why
from sayso.corroborate.story_findings import StoryMaterial, corroborate_story
from tests.copied_readings import copy_reading
from tests.corroborate.stories_told import BANKS, article, judge, moment, said, story_of

if TYPE_CHECKING:
    from sayso.records import Judgement, Reading

OUTLETS = ("Orlby Post", "The Coast Mail", "Northwire", "Tide", None)
SOURCES = (
    ("Mara Venn", "person", "named"),
    ("M. Venn", "person", "named"),
    ("Mr. Venn", "person", "named"),
    ("Tomas Brandt", "person", "named"),
    ("an official", "person", "described"),
    ("It", "unknown", "vague"),
    ("Orlby Post", "outlet", "named"),
    ("Coast Mail", "organisation", "named"),
    ("a local paper", "outlet", "described"),
    ("this newspaper", "outlet", "vague"),
    ("Telegram", "outlet", "named"),
    ("Lorvenia", "state", "named"),
    ("Orlby Water Board", "organisation", "named"),
    ("Orlby Board", "organisation", "named"),
)
CLAIMS = (
    BANKS,
    BANKS.replace("Orlby", "Dorn"),
    "the school of Saltmarsh stays shut until the end of the week because its roof leaks",
    "Mara Venn said that the school of Saltmarsh stays shut",
)
DAYS = ("2024-05-01", "2024-05-02T10:00:00+02:00", "2024", "2031-01-01", "never", None)
STANCES = ("asserts", "asserts", "asserts", "denies", "doubts", "asks", "believes", "declines")


def make_story(seed: int) -> tuple[list[Reading], list[Judgement]]:
    """Return some invented articles and judgements about them."""
    dice = random.Random(seed)  # noqa: S311  no secret
    readings: list[Reading] = []
    for _ in range(dice.randint(1, 6)):
        if readings and dice.random() < 0.3:
            copied = dice.choice(readings)
            day = dice.choice(DAYS)
            at = None if day is None else moment(day)
            readings.append(copy_reading(copied, dice.choice(OUTLETS), at, name=f"copy {len(readings)}"))
            continue
        told: list[dict[str, Any] | str] = []
        for place, (name, kind, naming) in enumerate(dice.sample(SOURCES, dice.randint(0, 4))):
            more: dict[str, Any] = {"stance": dice.choice(STANCES), "confidence": dice.choice((0.2, 0.9))}
            if place and isinstance(told[place - 1], dict) and dice.random() < 0.3:
                more["within"] = str(place - 1)
            if dice.random() < 0.2:
                more["carried"] = (dice.choice((("Tide", "outlet"), ("X", "outlet"), ("a letter", "document"))),)
            row = said(name, dice.choice(CLAIMS), kind=kind, naming=naming, **more)
            told.append(row if dice.random() < 0.8 else dice.choice(CLAIMS).capitalize())
        credits_ = (("agency", "Northwire"),) if dice.random() < 0.3 else ()
        readings.append(article(dice.choice(OUTLETS), *told, at=dice.choice(DAYS), credits=credits_))
    readings = list({reading.document.id: reading for reading in readings}.values())
    subjects = [source.id for reading in readings for source in reading.sources]
    rows = [row.id for reading in readings for row in reading.attributions]
    judgements: list[Judgement] = []
    for place in range(dice.randint(0, 5)):
        pool = dice.choice((subjects, rows))
        if judgements and dice.random() < 0.3:
            judgements.append(judge("undo", dice.choice(judgements).id, at=f"2024-06-{10 + place}"))
        elif len(pool) > 1:
            kind = dice.choice(("same", "different", "unsure"))
            pair = dice.sample(pool, 2)
            judgements.append(judge(kind, *pair, by=dice.choice(("Ada", "Ben")), at=f"2024-05-{10 + place}"))
    return readings, judgements


@pytest.mark.parametrize("seed", range(150))
def test_findings_hang_together_in_any_order(seed: int) -> None:
    readings, judgements = make_story(seed)
    material = StoryMaterial(
        story=story_of(readings),
        readings=tuple(readings),
        judgements=tuple(judgements),
        as_of=moment("2024-07-01"),
    )
    found = corroborate_story(material)
    mentions = [mention.id for one in found.claims for mention in one.claim.mentions]
    assert len(mentions) == len(set(mentions))
    sources = {source.id for reading in readings for source in reading.sources}
    assert {source for party in found.parties for source in party.sources} == sources
    for one in found.claims:
        bounds = one.corroboration.persons
        assert 0 <= bounds.least <= bounds.most
        assert {telling.id for telling in one.case.tellings} <= {mention.id for mention in one.claim.mentions}
        assert one.case.tellings
        assert all(list(iter_why(one.case, one.corroboration)))
    numbered = keep_numbers((), found, lambda count: range(1, count + 1))
    lines = make_lines(numbered, readings)
    assert [line.number for line in lines] == list(range(1, len(lines) + 1))
    assert all(line.n_resting <= line.n_tellings + 1 for line in lines)
    turned = replace(material, readings=tuple(reversed(readings)), judgements=tuple(reversed(judgements)))
    assert corroborate_story(turned) == found
