"""Texts that several documents print and of which nothing tells who had them first, told of in a corroboration.

`find_origins` takes such a text for a telling that is not in the case. What it says of it is said here of the tellings
that print it.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from sayso.corroborate.origins_clock import EVER, read_interval
from sayso.corroborate.origins_network import TEXT, get_outlet
from sayso.corroborate.origins_words import load_words
from sayso.records import Dependence, FirstCertainty, FirstReport, Kind

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from sayso.records import Borrowing, Corroboration, OriginCase, Telling, Unrecorded


def name_unknown_texts(found: Corroboration, case: OriginCase) -> Corroboration:
    """Return a corroboration in which nothing is said of texts that nobody is known to have written.

    Outlets in reasons are called by their names, and not by their keys.
    """
    names = {voice.outlet: voice.name for voice in reversed(case.voices) if voice.kind is Kind.OUTLET}
    found = replace(found, borrowings=tuple(_name_reason(borrowing, names) for borrowing in found.borrowings))
    printed: dict[str, list[Telling]] = {}
    tellings = {telling.id: telling for telling in case.tellings}
    for borrowing in found.borrowings:
        if borrowing.taken_from.startswith(TEXT) and borrowing.telling in tellings:
            printed.setdefault(borrowing.taken_from, []).append(tellings[borrowing.telling])
    if not printed:
        return found
    return replace(
        found,
        unrecorded=tuple(_name_unrecorded(some, printed) for some in found.unrecorded),
        dependence=tuple(_name_dependence(entry) for entry in found.dependence),
        first=_find_first(found.first, printed, tellings, case),
    )


def _name_reason(borrowing: Borrowing, names: Mapping[str | None, str]) -> Borrowing:
    """Return a borrowing whose reason calls an outlet by its name."""
    parts = borrowing.reason.parts
    named = tuple((part, names.get(text, text) if part == "outlet" else text) for part, text in parts)
    return borrowing if named == parts else replace(borrowing, reason=replace(borrowing.reason, parts=named))


def _name_unrecorded(some: Unrecorded, printed: Mapping[str, Sequence[Telling]]) -> Unrecorded:
    """Return in the place of a text the tellings that print it."""
    texts = [key for key in some.tellings if key in printed]
    if not texts:
        return some
    tellings = dict.fromkeys(telling.id for key in texts for telling in printed[key])
    outlets = dict.fromkeys(get_outlet(telling) for key in texts for telling in printed[key])
    return replace(some, tellings=tuple(tellings), outlets=tuple(outlets), is_in_case=True)


def _name_dependence(entry: Dependence) -> Dependence:
    """Return what is said of a text under a name for it."""
    key = entry.what.removeprefix("document:")
    return replace(entry, what=key, name=load_words()["list"]["one_text"]) if key.startswith(TEXT) else entry


def _find_first(
    first: FirstReport, printed: Mapping[str, Sequence[Telling]], tellings: Mapping[str, Telling], case: OriginCase
) -> FirstReport:
    """Return who may have told it first, those who print a text in the place of the text."""
    if not any(key in printed for key in first.tellings):
        return first
    candidates: dict[str, Telling] = {}
    for key in first.tellings:
        for telling in printed.get(key, [tellings[key]] if key in tellings else []):
            candidates[telling.id] = telling
    limit = read_interval(case.as_of) if case.as_of is not None else None
    latest = EVER[1] if limit is None else limit[1] + case.clock_slack_s
    spans = {}
    for key, telling in candidates.items():
        interval = None if telling.published is None else read_interval(telling.published)
        spans[key] = EVER if interval is None or interval[0] > latest else interval
    until = min(end for _, end in spans.values()) + case.clock_slack_s
    kept = [telling for key, telling in candidates.items() if spans[key][0] <= until]
    outlets = tuple(dict.fromkeys(get_outlet(telling) for telling in kept))
    certainty = FirstCertainty.CERTAIN if len(outlets) == 1 else FirstCertainty.POSSIBLE
    if len(outlets) > 1 and first.at is None:
        certainty = FirstCertainty.UNKNOWN
    return replace(first, outlets=outlets, tellings=tuple(telling.id for telling in kept), certainty=certainty)
