"""Invented speakers who, by the text, have it from somebody else, and planners of whom others speak."""

from __future__ import annotations

import pytest

from sayso.records import Kind, Naming, Reading
from tests.corroborate.stories_told import BANKS, article, count, join, main_claim, said
from tests.readings import Builder


def tell(outlet: str, sentence: str, *, about: str = "") -> Reading:
    """Return an article in which Mara Venn says it; whom `about` names is a source too."""
    make = Builder(f"{outlet} had much else. {BANKS.capitalize()}, Mara Venn said{sentence}", outlet=outlet)
    make.source("venn", "Mara Venn", "person", "named")
    if about:
        make.source("other", about, "person", "named")
    make.row("a", "venn", "said", BANKS.capitalize())
    return make.build()


BRANDT = article("Evening", said("Tomas Brandt"))


@pytest.mark.parametrize("words", [", citing", ", quoting", ", pointing to", " on the basis of a paper by"])
def test_whom_a_speaker_relies_on_is_the_root(words: str) -> None:
    found = main_claim(join(tell("Orlby Post", f"{words} Tomas Brandt.", about="Tomas Brandt"), BRANDT))
    assert (found.corroboration.persons.least, found.corroboration.persons.most) == (1, 1)
    assert [origin.name for origin in found.corroboration.persons.origins] == ["Tomas Brandt"]
    carried = next(telling for telling in found.case.tellings if telling.carriers)
    assert [voice.name for voice in found.case.voices if voice.id in carried.carriers] == ["Mara Venn"]


@pytest.mark.parametrize(
    "sentence",
    [
        ", citing the water board.",
        ", quoting a report.",
        " on Friday. She said General Brandt had told her so.",
        " on Friday. She had it from the general.",
    ],
)
def test_who_is_behind_a_speaker_and_not_found_leaves_him_only_possible(sentence: str) -> None:
    assert count(tell("Orlby Post", sentence), BRANDT) == (1, 2)
    # And so wherever else the same speaker tells it.
    assert count(tell("Orlby Post", sentence), BRANDT, article("Coast Mail", said("Mara Venn")))[0] == 1


@pytest.mark.parametrize(
    "sentence",
    [
        ".",
        ", quoted by the Evening.",
        ", quoted as saying so on the radio.",
        ", citing safety concerns.",
        ", citing a lack of time.",
        " on Friday. Brandt said she had told him so.",
    ],
)
def test_a_reason_or_another_ones_word_is_nobody_behind_the_speaker(sentence: str) -> None:
    assert count(tell("Orlby Post", sentence), BRANDT) == (2, 2)


def test_who_speaks_of_a_plan_is_its_root_and_not_the_planner() -> None:
    plan = said("The council", kind="organisation", cue="plans", stance="intends", carried=(("Mara Venn", "person"),))
    found = main_claim(join(article("Orlby Post", plan), article("Coast Mail", plan))).corroboration
    assert [origin.name for origin in found.persons.origins] == ["Mara Venn"]
    assert found.persons.least == 1
    bare = said("The council", kind="organisation", cue="plans", stance="intends")
    assert count(article("Orlby Post", bare)) == (0, 1)
    for cue in ("vowed", "said she wants"):
        assert count(article("Orlby Post", said("Mara Venn", cue=cue, stance="intends"))) == (1, 1)


@pytest.mark.parametrize(
    "name", ["a Western diplomat", "A doctor at Tessin Central Hospital", "two officials of Orlby"]
)
def test_who_has_no_name_of_his_own_is_described(name: str) -> None:
    found = main_claim(join(article("Orlby Post", said(name)), BRANDT))
    assert (found.corroboration.persons.least, found.corroboration.persons.most) == (1, 2)
    assert {(voice.name, voice.naming) for voice in found.case.voices if voice.kind is Kind.PERSON} == {
        (name, Naming.DESCRIBED),
        ("Tomas Brandt", Naming.NAMED),
    }


@pytest.mark.parametrize(
    ("one", "other"),
    [
        # A body that was read as a person, by a word of its name or by who belongs to it.
        (said("Orlby Mining"), said("Tomas Brandt")),
        (said("Orlby Tessel"), said("Tomas Brandt", affiliation="Orlby Tessel")),
        (said("Orlby Tessel"), said("Tomas Brandt", role="chief executive of Orlby Tessel")),
        # An office is whoever holds it.
        (said("Finance Minister"), said("Tomas Brandt")),
        (said("Governor of Tessel"), said("Tomas Brandt")),
        # A spokesman says what others say.
        (said("Mara Venn", role="ministry spokeswoman"), said("Tomas Brandt", role="Water Minister")),
        (said("Mara Venn", role="police spokeswoman"), said("Tomas Brandt", role="police chief")),
    ],
)
def test_who_is_not_told_apart_by_names(one: dict[str, object], other: dict[str, object]) -> None:
    assert count(article("Orlby Post", one), article("Coast Mail", other)) == (1, 2)


def test_the_spokeswoman_of_another_body_is_another() -> None:
    one, other = said("Mara Venn", role="hospital spokeswoman"), said("Tomas Brandt", role="police chief")
    assert count(article("Orlby Post", one), article("Coast Mail", other)) == (2, 2)
