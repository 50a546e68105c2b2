"""The same words quoted in several articles, whoever each calls their speaker; all invented."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sayso.corroborate.origins_words import say_reason
from sayso.corroborate.story_findings import StoryMaterial, corroborate_story
from sayso.records import Story
from tests.corroborate.stories_told import article, said
from tests.readings import Builder

if TYPE_CHECKING:
    from sayso.records import Corroboration, Reading

SPEECH = "the northern pier of the Tarn bridge has two deep cracks and nobody may cross it before the spring"
OTHER_TEXTS = (
    "Fog lay on the river all day, and the market of Lowmere closed early because hardly any boats had come.",
    "A choir of forty sang in the square; the baker said that he had never sold as many rolls on a weekday.",
    "School buses in the county start an hour later from next week on, as the drivers had asked in the summer.",
)


def quote(number: int, name: str, kind: str, naming: str = "named", *, confidence: float = 0.9) -> Reading:
    head = (
        f"“{SPEECH},” {name} said.",
        f"In the end {name} said “{SPEECH}”.",
        f"There was this: “{SPEECH},” {name} said.",
    )[number]
    make = Builder(
        f"{OTHER_TEXTS[number]}\n\n{head}\n\nThe outlet's page {number} ends here.", outlet=f"Outlet {number}"
    )
    make.source("one", name, kind, naming)
    make.row(
        "a",
        "one",
        "said",
        f"“{SPEECH},”" if f"“{SPEECH},”" in make.text else f"“{SPEECH}”",
        confidence=confidence,
        after=head[:9],
    )
    return make.build()


def join(*readings: Reading) -> Corroboration:
    story = Story(id="bridge", documents=tuple(reading.document.id for reading in readings), words=(), members=())
    found = corroborate_story(StoryMaterial(story=story, readings=readings))
    return max(found.claims, key=lambda claim: len(claim.claim.mentions)).corroboration


def test_a_letter_its_writer_and_his_ministry_are_one_origin() -> None:
    found = join(
        quote(0, "The letter", "document", "described"),
        quote(1, "Ilse Varn", "person"),
        quote(2, "the ministry", "state", "described"),
    )
    assert (found.persons.least, found.persons.most) == (1, 1)
    assert [origin.name for origin in found.persons.origins] == ["Ilse Varn"]
    assert {borrowing.reason.code for borrowing in found.borrowings} == {"one-speech"}
    # Nobody's voice was tied to anybody's.
    assert all(len(origin.voices) == 1 and not origin.merges for origin in found.persons.origins)


def test_two_who_are_named_for_the_same_words_are_not_known_to_be_two() -> None:
    found = join(quote(0, "Ilse Varn", "person"), quote(1, "Jonas Tessel", "person"))
    assert (found.persons.least, found.persons.most) == (1, 2)
    assert [say_reason(tie.reason) for tie in found.persons.non_merges] == ["articles name them for the same words"]


def test_two_who_tell_it_in_other_words_too_are_two() -> None:
    more = [
        article(
            outlet, said(name, f"{when} nobody may cross the Tarn bridge, as its northern pier has two deep cracks")
        )
        for outlet, name, when in (("A", "Ilse Varn", "before the spring"), ("B", "Jonas Tessel", "until spring"))
    ]
    found = join(quote(0, "Ilse Varn", "person"), quote(1, "Jonas Tessel", "person"), *more)
    assert (found.persons.least, found.persons.most) == (2, 2)
    alone = join(quote(0, "Ilse Varn", "person"), quote(1, "Jonas Tessel", "person"), more[0])
    assert alone.persons.least == 1


def test_one_speaker_needs_no_text_behind_him() -> None:
    found = join(quote(0, "Ilse Varn", "person"), quote(1, "Ilse Varn", "person"))
    assert (found.persons.least, found.persons.most) == (1, 1)
    assert not found.borrowings


def test_where_no_speaker_is_sure_nothing_follows() -> None:
    found = join(
        quote(0, "The letter", "document", "described", confidence=0.2),
        quote(1, "the ministry", "state", "described", confidence=0.2),
    )
    assert found.persons.least == 0
    assert not found.borrowings
