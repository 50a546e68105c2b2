"""All that a case in memory keeps."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sayso.errors import Problem
    from sayso.records import (
        Capture,
        ClaimLine,
        Document,
        Feed,
        Judgement,
        KeptReading,
        LogEntry,
        LogKind,
        StoryFindings,
    )


@dataclass(slots=True, kw_only=True)
class State:
    """All that a case keeps.

    Attributes:
        name: As it was given to it.
        created_at: UTC.
        captures: By id, in the order in which they were added; so too all the rest.
        warcs: By the id of the capture.
        documents: By id.
        added_at: By the id of the document.
        came_from: Document and capture, each pair once.
        readings: By the id of the document.
        problems: By id: of which capture, and what.
        judgements: By id.
        feeds: By address.
        log: Its entries.
        kept: By kind and id the salt of a record and its JSON.
        tokens: Time stamps by the hash that each is over.
        held: By shelf what is held under each key.
        unjoined: Ids of documents that are not joined with the rest as they are now; the values say nothing.
        findings: By the id of the story.
        stale: Ids of stories of which a document was joined again since; the values say nothing.
        story_of: The id of the story that each document is in, by the document's.
        lines: Of claims, by number.
        told: The number of the claim that a row tells, by the ids of its document and itself.
        last_claim: The number that was given to a claim last.
    """

    name: str
    created_at: str
    captures: dict[str, Capture] = field(default_factory=dict)
    warcs: dict[str, bytes] = field(default_factory=dict)
    documents: dict[str, Document] = field(default_factory=dict)
    added_at: dict[str, str] = field(default_factory=dict)
    came_from: tuple[tuple[str, str], ...] = ()
    readings: dict[str, tuple[KeptReading, ...]] = field(default_factory=dict)
    problems: dict[str, tuple[str, Problem]] = field(default_factory=dict)
    judgements: dict[str, Judgement] = field(default_factory=dict)
    feeds: dict[str, Feed] = field(default_factory=dict)
    log: tuple[LogEntry, ...] = ()
    kept: dict[tuple[LogKind, str], tuple[str, str]] = field(default_factory=dict)
    tokens: dict[str, bytes] = field(default_factory=dict)
    held: dict[str, dict[bytes, bytes]] = field(default_factory=dict)
    unjoined: dict[str, None] = field(default_factory=dict)
    findings: dict[str, StoryFindings] = field(default_factory=dict)
    stale: dict[str, None] = field(default_factory=dict)
    story_of: dict[str, str] = field(default_factory=dict)
    lines: dict[int, ClaimLine] = field(default_factory=dict)
    told: dict[tuple[str, str], int] = field(default_factory=dict)
    last_claim: int = 0

    def copy(self) -> State:
        """Return a copy that can be changed apart; the records themselves never change."""
        return replace(
            self,
            captures=dict(self.captures),
            warcs=dict(self.warcs),
            documents=dict(self.documents),
            added_at=dict(self.added_at),
            readings=dict(self.readings),
            problems=dict(self.problems),
            judgements=dict(self.judgements),
            feeds=dict(self.feeds),
            kept=dict(self.kept),
            tokens=dict(self.tokens),
            held={shelf: dict(items) for shelf, items in self.held.items()},
            unjoined=dict(self.unjoined),
            findings=dict(self.findings),
            stale=dict(self.stale),
            story_of=dict(self.story_of),
            lines=dict(self.lines),
            told=dict(self.told),
        )
