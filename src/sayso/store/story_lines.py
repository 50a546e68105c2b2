"""The line in which lists show a story: pure, and the same for every store."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sayso.records import Naming, StoryLine
from sayso.store.moments import count_minute

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from sayso.records import ClaimLine, StoryFindings


@dataclass(frozen=True, slots=True)
class Told:
    """What a line needs to know of a document.

    Attributes:
        title: None where it has none.
        outlet: None if not stated.
        published: ISO 8601; None if not stated.
    """

    title: str | None
    outlet: str | None
    published: str | None


def make_story_line(findings: StoryFindings, lines: Iterable[ClaimLine], documents: Mapping[str, Told]) -> StoryLine:
    """Return a story in one line.

    Args:
        findings: What was found about it.
        lines: Of its claims.
        documents: Its documents by id; others do no harm.
    """
    story = findings.story
    told = [documents[one] for one in story.documents if one in documents]
    dated = sorted(
        (minute, one.published) for one in told if one.published and (minute := count_minute(one.published)) is not None
    )
    return StoryLine(
        id=story.id,
        title=next((one.title for one in told if one.title), None),
        words=story.words,
        n_documents=len(story.documents),
        n_claims=sum(any(speaker.naming is not Naming.VAGUE for speaker in line.speakers) for line in lines),
        outlets=tuple(dict.fromkeys(one.outlet for one in told if one.outlet)),
        first=dated[0][1] if dated else None,
        last=dated[-1][1] if dated else None,
    )


def find_latest(line: StoryLine) -> int | None:
    """Return the minute of a story's last publication; None if none is stated."""
    return count_minute(line.last)


def sort_stories(lines: Iterable[StoryLine]) -> list[StoryLine]:
    """Return stories as lists show them: those with most documents first, then those that were told last."""
    return sorted(lines, key=lambda line: (-line.n_documents, -(find_latest(line) or -1), line.id))
