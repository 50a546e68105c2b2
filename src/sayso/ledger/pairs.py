"""What a person means who says that two are the same or different: claims, rows, parties, sources.

A claim is meant by its number and judged by one of its rows; a party by its name and judged by one of its sources. What
was judged is shown before it is kept.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from sayso.errors import BadJudgement, NotInCase
from sayso.ledger import judging
from sayso.ledger.joining import find_successor
from sayso.ledger.lists import read_number
from sayso.records import JudgementKind

if TYPE_CHECKING:
    from sayso.ledger.judging import Act
    from sayso.ledger.review import Review
    from sayso.ledger.unmasking import PlacedSource
    from sayso.records import Claim, Judgement
    from sayso.store.base import Store, View

ROW: Final = re.compile(r"att-[0-9a-f]{4,}", re.ASCII | re.IGNORECASE)
SOURCE: Final = re.compile(r"src-[0-9a-f]{4,}", re.ASCII | re.IGNORECASE)
NAMES_MAX: Final = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class Meant:
    """One of two that are judged.

    Attributes:
        row: Id of the row by which a claim is judged; None for a source.
        placed: The source by which a party is judged; None for a row.
        says: For a person: the claim’s words, or the name and where it speaks.
    """

    row: str | None = None
    placed: PlacedSource | None = None
    says: str


class Pairs:
    """Finds what is meant, and makes judgements of two."""

    def __init__(self, store: Store, review: Review) -> None:
        """Take the case, and what keeps its judgements."""
        self._store = store
        self._review = review

    def find(self, one: str, other: str) -> tuple[Meant, Meant]:
        """Return what two words mean: ``C3``, ``att-…``, ``src-…`` or a name; both claims or both parties.

        Raises:
            NotInCase: The case has no such thing, or several of that name.
            BadJudgement: One is a claim and the other a party, or both are one.
        """
        with self._store.view() as view:
            first = self._find(view, one, but=None)
            second = self._find(view, other, but=first.row)
        if (first.row is None) != (second.row is None):
            reason = "one is a claim and the other is a party: it takes two claims or rows, or two parties or sources"
            raise BadJudgement(one, reason)
        return first, second

    def judge(self, kind: JudgementKind, pair: tuple[Meant, Meant], act: Act) -> Judgement:
        """Keep a judgement of two, and return it.

        Raises:
            BadJudgement: It does not fit, or lacks the reason that it takes to say who an unnamed source is.
        """
        one, other = pair
        if one.row is not None and other.row is not None:
            made = judging.judge_rows(kind, one.row, other.row, act)
        elif one.placed is None or other.placed is None:
            reason = "it takes two claims or two parties"
            raise BadJudgement(str(one.row), reason)
        elif kind is JudgementKind.SAME:
            made = judging.same(one.placed, other.placed, act)
        elif kind is JudgementKind.DIFFERENT:
            made = judging.different(one.placed, other.placed, act)
        else:
            made = judging.unsure_pair(one.placed, other.placed, act)
        self._review.judge(made)
        return made

    def _find(self, view: View, given: str, *, but: str | None) -> Meant:
        number = read_number(given)
        if number is not None:
            return _find_claim(view, number, given, but=but)
        if ROW.fullmatch(given):
            return Meant(row=view.find_id("att", given), says=given)
        return self._find_source(view, given)

    def _find_source(self, view: View, given: str) -> Meant:
        name = view.find_id("src", given) if SOURCE.fullmatch(given) else given
        found = self._review.find_sources(name) if name == given else self._review.place_source(name)
        exact = [one for one in found if one.placed.source.name.casefold() == given.casefold()] or found
        names = list(dict.fromkeys(one.placed.source.name for one in exact))
        what = "party"
        if not exact:
            raise NotInCase(what, given)
        if len(names) > 1:
            raise NotInCase(what, given, tuple(names[:NAMES_MAX]))
        one = exact[0]
        where = one.outlet or one.title
        return Meant(placed=one.placed, says=f"{one.placed.source.name} ({where})")


def _find_claim(view: View, number: int, given: str, *, but: str | None) -> Meant:
    """Return a row by which a claim is judged: that which puts it most fully, if it is not the other one of the two."""
    line = view.find_claim(number)
    if line is None and (successor := find_successor(view, number)) is not None:
        reason = f"it is part of C{successor} now: judge its rows (sayso claims --claim C{successor} --rows)"
        raise BadJudgement(given, reason)
    found = None if line is None else view.find_findings(line.story)
    claim = None if found is None else next((one.claim for one in found.claims if one.number == number), None)
    if line is None or claim is None:
        what = "claim"
        raise NotInCase(what, given)
    rows = _list_rows(claim)
    for row in rows:
        if row != but:
            return Meant(row=row, says=f"C{number}: {line.line}")
    reason = "no other row tells it: it stands in articles’ own voice" if not rows else "it is told by this row alone"
    raise BadJudgement(given, reason)


def _list_rows(claim: Claim) -> list[str]:
    """Return the rows that tell a claim, the one that puts it most fully first."""
    mentions = sorted(claim.mentions, key=lambda mention: mention.id != claim.clearest)
    return [mention.attribution for mention in mentions if mention.attribution is not None]
