"""Which tellings only say again what stands in the same document, and which names tell bodies apart; all invented."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from sayso.corroborate.body_heads import have_one_head, name_two_countries
from sayso.corroborate.mentions import find_mentions
from sayso.corroborate.repeats import find_repeats
from sayso.corroborate.story_findings import StoryMaterial, corroborate_story
from sayso.corroborate.tellings import look_at_tellers
from sayso.records import Story

if TYPE_CHECKING:
    from sayso.records import ClaimFindings, Reading

from tests.readings import Builder


def read_passed_on(inner: str, *, outer: str = "a long search was needed", confidence: float = 0.9) -> Reading:
    whole = f"the board, when {outer}, found {inner}"
    make = Builder(f"Mayor Ilse Varn wrote that {whole}.")
    make.source("mayor", "Ilse Varn", "person")
    make.source("board", "the board", "organisation", "described")
    make.row("a", "mayor", "wrote", whole, said_by="Ilse Varn")
    make.row("b", "board", "found", inner, said_by="the board", within="a", confidence=confidence)
    return make.build(origins=("mayor", "board"))


def list_repeats(reading: Reading) -> list[str]:
    mentions = find_mentions(reading)
    (teller,) = look_at_tellers([reading])
    found = find_repeats(mentions, {teller.document.id: teller})
    return [mention.span.exact for mention in mentions if mention.id in found]


def find_claim(*readings: Reading) -> ClaimFindings:
    story = Story(id="bridge", documents=tuple(reading.document.id for reading in readings), words=(), members=())
    found = corroborate_story(StoryMaterial(story=story, readings=readings))
    return max(found.claims, key=lambda claim: len(claim.claim.mentions))


def test_who_passes_a_word_on_repeats_it() -> None:
    inner = "two deep cracks in the northern pier of the Tarn bridge"
    (repeat,) = list_repeats(read_passed_on(inner))
    assert repeat.startswith("the board, when")
    assert list_repeats(read_passed_on(inner, confidence=0.2)) == []
    # Most of it is her own word.
    assert list_repeats(read_passed_on("two deep cracks", outer="divers of the town had searched it for a week")) == []


def make_headed(title: str, below: str) -> Reading:
    make = Builder(f"{title}\n\n{below}", title=title)
    make.source("report", "Report", "document")
    make.source("varn", "Ilse Varn", "person")
    make.row("a", "report", "shows", "Tarn bridge has two deep cracks")
    make.row("b", "varn", "said", "the Tarn bridge has two deep cracks in it")
    return make.build()


def test_a_headline_repeats_what_stands_below_it() -> None:
    reading = make_headed(
        "Report shows Tarn bridge has two deep cracks", "Ilse Varn said the Tarn bridge has two deep cracks in it."
    )
    assert list_repeats(reading) == ["Tarn bridge has two deep cracks"]
    found = find_claim(reading)
    assert [origin.name for origin in found.corroboration.persons.origins] == ["Ilse Varn"]
    assert (found.corroboration.persons.least, found.corroboration.persons.most) == (1, 1)


def test_a_headline_alone_is_a_telling() -> None:
    make = Builder(
        "Report shows Tarn bridge has two deep cracks\n\nMore tomorrow.",
        title="Report shows Tarn bridge has two deep cracks",
    )
    make.source("report", "Report", "document")
    make.row("a", "report", "shows", "Tarn bridge has two deep cracks")
    assert list_repeats(make.build()) == []


@pytest.mark.parametrize(
    ("one", "other", "is_one"),
    [
        ("Ministry of Health", "the Ministry of Defence", True),
        ("Norvane Shipping Company", "Tarn Ferry Company", True),
        ("the Green Party", "Farmers' Party", True),
        ("Green Party", "Green National Committee", False),
        ("Lantern House", "the Varn administration", False),
        ("NHB", "Norvane Harbour Board", False),
        ("Orlby", "Tessel", False),
    ],
)
def test_two_bodies_are_known_to_be_two_where_they_are_of_one_sort(one: str, other: str, *, is_one: bool) -> None:
    assert have_one_head(one, other) is is_one


def test_two_countries_are_two() -> None:
    countries = {"norvane": 1, "lorvenia": 2}
    assert name_two_countries(["Norvane"], ["the Lorvenia"], countries)
    assert not name_two_countries(["Norvane"], ["Norvane"], countries)
    assert not name_two_countries(["Norvane"], ["Tessel"], countries)


def test_bodies_with_other_names_may_be_one() -> None:
    def tell(name: str, frame: str) -> Reading:
        content = "the Tarn bridge has two deep cracks in its northern pier"
        make = Builder(frame.format(name=name, content=content))
        make.source("body", name, "organisation")
        make.row("a", "body", "said", content, said_by=name)
        return make.build()

    def count(one: str, other: str) -> tuple[int, int]:
        bounds = find_claim(
            tell(one, "Late on Monday {name} said that {content}."), tell(other, "{content}, {name} said in a letter.")
        ).corroboration.persons
        return bounds.least, bounds.most

    assert count("Lantern House", "The Varn Administration") == (1, 2)
    assert count("The Ministry of Health", "The Ministry of Defence") == (2, 2)
