"""The cast of a story: what is known of its sources as parties."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sayso.corroborate.tellings import Teller
    from sayso.records import Join, Judgement, Party


@dataclass(slots=True, eq=False)
class Casting:
    """Who speaks in a story.

    Attributes:
        parties: The parties, by id.
        joins: What was decided of pairs of sources.
        party_of: Id of each source's party.
        teller_of: The document of each source.
        joined: For each source those that it was joined with, and how.
        judged: The persons' judgements that count, by the pair of sources.
        undone: The judgements of sources that were taken back.
        unsure: The joins that are unsure, by the pair of parties.
        bodies: For each source with an affiliation that is a party of the story, the id of that party.
        belonging: What the affiliations and roles of persons say, in small letters.
        told_apart: For each pair of parties that was asked about whether the machine tells them apart.
    """

    parties: dict[str, Party]
    joins: tuple[Join, ...]
    party_of: dict[str, str]
    teller_of: dict[str, Teller]
    joined: dict[str, list[Join]]
    judged: dict[tuple[str, str], tuple[Judgement, ...]]
    undone: tuple[Judgement, ...]
    unsure: dict[frozenset[str], Join]
    bodies: dict[str, str]
    belonging: frozenset[str]
    told_apart: dict[tuple[str, str], bool] = field(default_factory=dict)
