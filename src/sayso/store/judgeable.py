"""Whether a case has what a judgement is about: the same for every store."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sayso.errors import BadJudgement, NotInCase
from sayso.records import JudgementKind
from sayso.store.judged import ROW_KINDS, SOURCE_KINDS, check_judgement

if TYPE_CHECKING:
    from collections.abc import Iterable
    from collections.abc import Set as AbstractSet

    from sayso.records import Judgement
    from sayso.store.base import View


def require_judgeable(judgement: Judgement, view: View) -> None:
    """Return if a judgement can be kept.

    Raises:
        NotInCase: It is about a row, source or judgement that the case does not have.
        BadJudgement: It does not fit what it is about.
    """
    subject = judgement.subject
    if not judgement.by.strip():
        raise BadJudgement(subject, "it does not say whose judgement it is")
    if judgement.kind in ROW_KINDS:
        _require_row(judgement, view)
        return
    if judgement.changes:
        raise BadJudgement(subject, f"`{judgement.kind.value}` changes no field")
    if judgement.kind in SOURCE_KINDS:
        if judgement.other is None or judgement.other == subject:
            raise BadJudgement(subject, "it does not say of which other source")
        for source in (subject, judgement.other):
            view.find_id("src", source)
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


def names_source(judgement: Judgement, sources: AbstractSet[str]) -> bool:
    """Return whether a judgement about two sources is about one of these."""
    return judgement.subject in sources or judgement.other in sources


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
