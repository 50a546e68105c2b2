"""What a page said before: its older versions, and the figure that a correction on it names as wrong.

Who took from a page before it was changed carries what stood there then. It is not held against what stands there now.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from sayso.corroborate.claim_facts import gather_facts
from sayso.corroborate.correction_notes import carries_figure, find_corrections
from sayso.corroborate.figures_apart import can_both_hold, pair_figures
from sayso.corroborate.mentions import find_mentions

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from sayso.corroborate.claim_facts import MentionFacts
    from sayso.corroborate.correction_notes import Correction
    from sayso.records import Document, Quantity, Reading


@dataclass(frozen=True, slots=True, eq=False)
class Earlier:
    """What the documents of a story said before.

    Attributes:
        facts: What the mentions of their older versions say, by the id of the newest.
        corrected: What they say was wrong, by their ids.
    """

    facts: Mapping[str, tuple[MentionFacts, ...]] = field(default_factory=dict)
    corrected: Mapping[str, tuple[Correction, ...]] = field(default_factory=dict)

    def had(self, one: MentionFacts, other: MentionFacts, figure: Quantity) -> bool:
        """Return whether the document of a mention gave a figure of another mention before.

        Args:
            one: A mention of the document.
            other: A mention of another.
            figure: One of the other's figures.
        """
        document = one.mention.document
        if any(
            there == figure and can_both_hold(here, there)
            for older in self.facts.get(document, ())
            for here, there in pair_figures(older, other)
        ):
            return True
        return any(
            carries_figure(other, correction.old, correction.things, figure)
            for correction in self.corrected.get(document, ())
        )


def look_back(readings: Iterable[Reading], older: Iterable[Reading], parties: Mapping[str, str]) -> Earlier:
    """Return what documents said before.

    Args:
        readings: Of the documents as they are now.
        older: Of the versions that these replaced.
        parties: Id of the party of each source, by the source's id.
    """
    before = {reading.document.id: reading for reading in older}
    facts: dict[str, tuple[MentionFacts, ...]] = {}
    corrected: dict[str, tuple[Correction, ...]] = {}
    for reading in readings:
        key = reading.document.id
        gathered = [
            one
            for version in _iter_versions(reading.document, before)
            for one in gather_facts(version, find_mentions(version), parties)
        ]
        if gathered:
            facts[key] = tuple(gathered)
        notes = tuple(find_corrections(reading))
        if notes:
            corrected[key] = notes
    return Earlier(facts, corrected)


def _iter_versions(document: Document, before: Mapping[str, Reading]) -> Iterator[Reading]:
    """Yield the versions that a document replaced, the newest first."""
    met = {document.id}
    while (version := before.get(document.supersedes or "")) is not None and version.document.id not in met:
        met.add(version.document.id)
        yield version
        document = version.document
