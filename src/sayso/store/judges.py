"""Who judged the rows that are shown, and whether they disagree: looked up for those rows alone."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from sayso.records import Judged, JudgedBy, JudgementKind
from sayso.store.judged import STATES, find_in_force, is_about_row

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from sayso.records import ClaimRow, Judgement


@dataclass(slots=True)
class _Position:
    """Where one person stands on a row: what they decided, and what of the row they vouch for.

    Attributes:
        state: Their last decision.
        vouched: For a correction the fields that they changed; for an acceptance the row with all that was changed by
            then.
    """

    state: Judged
    vouched: dict[str, str] = field(default_factory=dict)


def name_judges(
    rows: Iterable[ClaimRow], list_judgements: Callable[[str], Iterable[Judgement]]
) -> tuple[ClaimRow, ...]:
    """Return the rows; those that persons judged with who it was, and whether they disagree.

    Args:
        rows: As lists show them.
        list_judgements: Gives all judgements about a document, undone ones too.
    """
    by_document: dict[str, dict[str, list[Judgement]]] = {}
    named = []
    for row in rows:
        if row.judged is Judged.NOT:
            named.append(row)
            continue
        if row.document not in by_document:
            by_document[row.document] = _sort_by_row(list_judgements(row.document))
        found, is_disputed = _find_positions(by_document[row.document].get(row.id, []))
        named.append(replace(row, judged_by=found, is_disputed=is_disputed))
    return tuple(named)


def _sort_by_row(judgements: Iterable[Judgement]) -> dict[str, list[Judgement]]:
    found: dict[str, list[Judgement]] = {}
    for judgement in find_in_force(judgements):
        if is_about_row(judgement):
            found.setdefault(judgement.subject, []).append(judgement)
    return found


def _find_positions(judgements: list[Judgement]) -> tuple[tuple[JudgedBy, ...], bool]:
    """Return where each person stands on a row, and whether two of them contradict each other."""
    positions: dict[str, _Position] = {}
    changed: dict[str, str] = {}
    for judgement in judgements:
        position = positions.setdefault(judgement.by, _Position(Judged.NOT))
        if judgement.kind is JudgementKind.ACCEPT:
            is_own = position.state is Judged.CORRECTED
            positions[judgement.by] = position if is_own else _Position(Judged.ACCEPTED, dict(changed))
            continue
        changes = dict(judgement.changes)
        changed |= changes
        vouched = position.vouched | changes if position.state is Judged.CORRECTED else changes
        positions[judgement.by] = _Position(STATES[judgement.kind], vouched)
    named = tuple(JudgedBy(name=name, judged=position.state) for name, position in positions.items())
    return named, _is_disputed(list(positions.values()), changed)


def _is_disputed(positions: list[_Position], changed: dict[str, str]) -> bool:
    """Return whether some rejected what others kept, or the row is not as somebody who kept it left it.

    Whoever was unsure contradicts nobody.
    """
    states = {position.state for position in positions}
    kept = states & {Judged.ACCEPTED, Judged.CORRECTED}
    if Judged.REJECTED in states and kept:
        return True
    return any(
        position.vouched != changed
        if position.state is Judged.ACCEPTED
        else position.state is Judged.CORRECTED and not position.vouched.items() <= changed.items()
        for position in positions
    )
