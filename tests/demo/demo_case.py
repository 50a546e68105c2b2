"""The invented case that ships with Sayso, read and corroborated as its ledger does it, and its places looked up."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING

from sayso.config import Settings
from sayso.corroborate.boilerplate import find_boilerplate
from sayso.corroborate.claim_lines import make_lines
from sayso.corroborate.stories import index_documents
from sayso.corroborate.story_findings import StoryMaterial, corroborate_story
from sayso.corroborate.story_records import list_stories
from sayso.encoder.word_list import load_common_words
from sayso.ingest import load_all
from sayso.ledger import Reader

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from sayso.records import (
        Attribution,
        ClaimFindings,
        ClaimLine,
        Document,
        Mention,
        Reading,
        Source,
        Span,
        StoryFindings,
    )

    Place = Mapping[str, str]
    """A page and words in it."""


@dataclass(frozen=True, eq=False)
class DemoCase:
    """What is known of the invented case.

    Attributes:
        readings: By the name that the answers give a page.
        stories: What was found, story by story.
        boilerplate: By id of a document its stretches of it.
    """

    readings: Mapping[str, Reading]
    stories: Sequence[StoryFindings]
    boilerplate: Mapping[str, Sequence[Span]]

    def find_page(self, document: str | None) -> str | None:
        """Return the name of a document's page."""
        return next((page for page, reading in self.readings.items() if reading.document.id == document), None)

    def find_outlet(self, mention: Mention | None) -> str | None:
        """Return who published a mention."""
        page = None if mention is None else self.find_page(mention.document)
        return None if page is None else self.readings[page].document.outlet

    def iter_claims(self) -> Iterator[ClaimFindings]:
        """Yield the claims of all stories."""
        for story in self.stories:
            yield from story.claims

    def iter_mentions(self) -> Iterator[Mention]:
        """Yield all mentions."""
        for found in self.iter_claims():
            yield from found.claim.mentions

    def find_mention(self, mention: str | None) -> Mention | None:
        """Return a mention by its id."""
        return next((one for one in self.iter_mentions() if one.id == mention), None)

    def find_row(self, row: str | None) -> Attribution | None:
        """Return a row by its id."""
        rows = (one for reading in self.readings.values() for one in reading.attributions)
        return next((one for one in rows if one.id == row), None)

    def find_source(self, key: str) -> Source | None:
        """Return a source by its id."""
        sources = (one for reading in self.readings.values() for one in reading.sources)
        return next((one for one in sources if one.id == key), None)

    def locate(self, place: Place) -> tuple[str, int, int]:
        """Return the document's id and where the words stand in it."""
        doc = self.readings[place["in"]].document
        start = doc.text.find(place["words"], doc.body_start)
        assert start >= 0, f"“{place['words']}” does not stand in {place['in']}"
        return doc.id, start, start + len(place["words"])

    def is_at(self, mention: Mention | None, place: Place) -> bool:
        """Return whether a mention stands where the words stand: the most of the words of the shorter are in both."""
        if mention is None:
            return False
        document, start, end = self.locate(place)
        common = min(end, mention.span.end) - max(start, mention.span.start)
        return mention.document == document and 2 * common > min(end - start, mention.span.end - mention.span.start)

    def find_at(self, place: Place) -> list[Mention]:
        """Return the mentions that stand where the words stand, the one with the most of them first."""
        _, start, end = self.locate(place)
        found = [mention for mention in self.iter_mentions() if self.is_at(mention, place)]
        return sorted(found, key=lambda one: (max(0, start - one.span.start) + max(0, one.span.end - end), one.id))

    def find_claim(self, mentions: Sequence[Place]) -> ClaimFindings | None:
        """Return the claim that has most of some mentions; None where none has any."""
        claims = list(self.iter_claims())
        votes = Counter(
            number
            for place in mentions
            for number, found in enumerate(claims)
            if any(self.is_at(mention, place) for mention in found.claim.mentions)
        )
        return claims[votes.most_common(1)[0][0]] if votes else None

    def make_line(self, found: ClaimFindings) -> ClaimLine:
        """Return a claim in one line."""
        story = next(story for story in self.stories if found in story.claims)
        readings = list(self.readings.values())
        return next(line for line in make_lines(story, readings) if line.id == found.claim.id)


def build_case() -> DemoCase:
    """Return the invented case, read and corroborated."""
    with resources.as_file(resources.files("sayso.cli").joinpath("demo_case")) as folder:
        pages = sorted(folder.iterdir())
        documents: list[Document] = [doc for page in pages for doc in load_all(str(page), settings=Settings())]
    readings = list(Reader(Settings()).read_many(documents))
    common_words = load_common_words()
    boilerplate = find_boilerplate(documents)
    found = [
        corroborate_story(
            StoryMaterial(story=story, readings=tuple(readings), boilerplate=boilerplate, common_words=common_words)
        )
        for story in list_stories(index_documents(documents, common_words))
    ]
    names = {reading.document.id: Path(reading.document.name).name.removesuffix(".html") for reading in readings}
    return DemoCase(
        readings={names[reading.document.id]: reading for reading in readings},
        stories=found,
        boilerplate=boilerplate,
    )
