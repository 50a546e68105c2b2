"""Which tellings only say again what another one of their document says; all invented."""

from __future__ import annotations

from typing import TYPE_CHECKING

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


def test_a_headline_alone_is_a_telling() -> None:
    make = Builder(
        "Report shows Tarn bridge has two deep cracks\n\nMore tomorrow.",
        title="Report shows Tarn bridge has two deep cracks",
    )
    make.source("report", "Report", "document")
    make.row("a", "report", "shows", "Tarn bridge has two deep cracks")
    assert list_repeats(make.build()) == []
