"""Which sources of several documents come to one line, once persons have judged some the same or different."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sayso.records import JudgementKind
from sayso.store.judged import find_in_force, is_about_two

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from sayso.records import Judgement


@dataclass(frozen=True, slots=True)
class Lines:
    """What persons' judgements change in the lines of sources.

    Attributes:
        apart: Ids of the sources that do not stand in the line of their name, but in one of their own.
        joined: By the name of a line the name of the one in which it is shown; only where that is another.
    """

    apart: frozenset[str]
    joined: Mapping[str, str]

    def place(self, source_id: str, line: str) -> str:
        """Return the line in which a source stands, before lines are joined."""
        return source_id if source_id in self.apart else line


NO_JUDGEMENTS = Lines(frozenset(), {})


def find_lines(judgements: Iterable[Judgement], lines: Mapping[str, str]) -> Lines:
    """Return what the judgements about sources change.

    Of two judgements of the same two sources the last holds. Of two sources in one line that were judged different the
    second gets a line of its own.

    Args:
        judgements: All that are about two sources, and the undoings of them; those about two rows change nothing.
        lines: By the id of each source that these name its line; sources that are gone are left out.
    """
    last: dict[frozenset[str], Judgement] = {}
    for judgement in find_in_force(judgements):
        if is_about_two(judgement) and judgement.other is not None:
            last[frozenset((judgement.subject, judgement.other))] = judgement
    known = [one for one in last.values() if one.subject in lines and one.other in lines]
    apart = frozenset(
        one.other
        for one in known
        if one.kind is JudgementKind.DIFFERENT and one.other is not None and lines[one.subject] == lines[one.other]
    )
    links: dict[str, set[str]] = defaultdict(set)
    for one in known:
        if one.kind is JudgementKind.SAME and one.other is not None:
            first, second = (each if each in apart else lines[each] for each in (one.subject, one.other))
            links[first].add(second)
            links[second].add(first)
    return Lines(apart, _join(links))


def _join(links: Mapping[str, set[str]]) -> dict[str, str]:
    """Return for each line that hangs together with others the first of them by name."""
    joined: dict[str, str] = {}
    seen: set[str] = set()
    for start in sorted(links):
        if start in seen:
            continue
        waiting = [start]
        while waiting:
            line = waiting.pop()
            if line not in seen:
                seen.add(line)
                joined[line] = start
                waiting.extend(links[line])
    return {line: into for line, into in joined.items() if line != into}
