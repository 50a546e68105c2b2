"""Whether a case has what a judgement is about: the same for every store."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sayso.errors import BadJudgement, NotInCase
from sayso.records import JudgementKind
from sayso.store.judged import PAIR_KINDS, check_judgement, is_about_row, is_about_two

if TYPE_CHECKING:
    from collections.abc import Iterable
    from collections.abc import Set as AbstractSet

    from sayso.records import Judgement
    from sayso.store.base import View

ROW, SOURCE = "att-", "src-"


def require_judgeable(judgement: Judgement, view: View) -> None:
    """Return if a judgement can be kept.

    Raises:
        NotInCase: It is about a row, source or judgement that the case does not have.
        BadJudgement: It does not fit what it is about.
    """
    subject = judgement.subject
    if not judgement.by.strip():
        raise BadJudgement(subject, "it does not say whose judgement it is")
    if is_about_row(judgement):
        _require_row(judgement, view)
        return
    if judgement.changes:
        raise BadJudgement(subject, f"`{judgement.kind.value}` changes no field")
    if is_about_two(judgement):
        _require_two(judgement, view)
        return
    if judgement.other is not None:
        raise BadJudgement(subject, "an undoing is about one judgement")
    view.find_id("jdg", subject)


def find_about(judgements: Iterable[Judgement]) -> dict[str, Judgement]:
    """Return for each judgement the one that it is about in the end: itself, or what an undoing leads back to."""
    by_id = {judgement.id: judgement for judgement in judgements}
    about: dict[str, Judgement] = {}
    for judgement in by_id.values():
        path = [judgement]
        while (last := path[-1]).kind is JudgementKind.UNDO and last.subject in by_id and last.id not in about:
            if len(path) > len(by_id):
                break
            path.append(by_id[last.subject])
        end = about.get(path[-1].id, path[-1])
        about.update((one.id, end) for one in path)
    return about


def names_one(judgement: Judgement, ids: AbstractSet[str]) -> bool:
    """Return whether a judgement about two sources or rows is about one of these."""
    return judgement.subject in ids or judgement.other in ids


def _require_two(judgement: Judgement, view: View) -> None:
    """Return if both sources, or both rows, are in current readings."""
    subject, other = judgement.subject, judgement.other
    if other is None or other == subject:
        raise BadJudgement(subject, "it does not say of which other source or row")
    prefixes = {subject[: len(ROW)], other[: len(ROW)]}
    if prefixes == {ROW, SOURCE}:
        raise BadJudgement(subject, "a source and a row cannot be the same: it takes two sources or two rows")
    is_of_rows = ROW in prefixes
    if judgement.document is not None and (is_of_rows or judgement.kind not in PAIR_KINDS):
        raise BadJudgement(subject, "what is about two rows or sources is about no one document")
    for one in (subject, other):
        if view.find_id("att" if is_of_rows else "src", one) != one:
            what = "row" if is_of_rows else "source"
            raise NotInCase(what, one)


def _require_row(judgement: Judgement, view: View) -> None:
    if judgement.document is None:
        raise BadJudgement(judgement.subject, "it does not say in which document the row is")
    if judgement.other is not None:
        raise BadJudgement(judgement.subject, f"`{judgement.kind.value}` is about one row")
    view.get_document(judgement.document)
    for kept in view.iter_readings(judgement.document):
        if any(att.id == judgement.subject for att in kept.reading.attributions):
            check_judgement(judgement, kept.reading)
            return
    what = "row"
    raise NotInCase(what, judgement.subject)
