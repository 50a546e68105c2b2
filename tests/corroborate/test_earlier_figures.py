"""What a page said before it was changed, and who carries that."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from sayso.corroborate.changed_versions import find_changed_versions
from sayso.corroborate.claims import find_claims
from sayso.corroborate.disputes import Told, find_disputes, gather_told
from sayso.corroborate.drift import find_drift
from sayso.records import Credit, CreditKind, DriftKind, UpdateKind
from tests.tellings import toll

if TYPE_CHECKING:
    from sayso.records import ClaimLink, Reading

TAKER = toll("12", "12", "2024-05-09", outlet="Coast Mail")
BEFORE = toll("12", "12", "2024-05-08", outlet="Tide")
NOTE = "Correction: An earlier version of this article gave the number of people who died as 12. It is 9."


def changed(count: str = "9", *, note: str = "") -> Reading:
    """Return the page as it is now."""
    now = toll(count, count, "2024-05-08", outlet="Tide")
    notes = (Credit(kind=CreditKind.CORRECTION, name=None, text=note, stated_in="html"),) if note else ()
    return replace(now, document=replace(now.document, supersedes=BEFORE.document.id, credits=notes))


def tell(*readings: Reading, older: tuple[Reading, ...] = ()) -> tuple[Told, tuple[ClaimLink, ...]]:
    """Return what readings tell, with the links between their mentions."""
    claims, links = find_claims(readings)
    return gather_told(readings, claims, older=older), tuple(links)


def drift(told: Told, origin: Reading, carrier: Reading) -> set[DriftKind]:
    """Return what drifted from one document to another."""
    ids = {facts.mention.document: facts.mention.id for facts in told.facts.values()}
    return {one.kind for one in find_drift(told, [(ids[origin.document.id], ids[carrier.document.id])])}


def test_who_took_the_figure_of_an_older_version_has_changed_nothing() -> None:
    now = changed()
    for told, links in (tell(now, TAKER, older=(BEFORE,)), tell(changed(note=NOTE), TAKER)):
        assert not drift(told, now, TAKER)
        assert not find_disputes(told, links)[1]
    told, links = tell(now, TAKER)
    assert drift(told, now, TAKER) == {DriftKind.FIGURE_CHANGED}
    assert {update.kind for update in find_disputes(told, links)[1]} == {UpdateKind.LATER_FIGURE}


def test_a_figure_that_the_page_never_gave_is_changed_still() -> None:
    other = toll("30", "30", "2024-05-09", outlet="Coast Mail")
    told, links = tell(changed(), other, older=(BEFORE,))
    assert drift(told, changed(), other) == {DriftKind.FIGURE_CHANGED}
    assert find_disputes(told, links)[1]


def test_a_changed_page_is_told_of_with_who_still_carries_the_old_figure() -> None:
    right = toll("9", "9", "2024-05-09", outlet="Orlby Post")
    now = changed()
    (update,) = find_changed_versions(tell(now, TAKER, right, older=(BEFORE,))[0])
    assert update.kind is UpdateKind.CHANGED_VERSION
    assert (update.old_words, update.new_words) == ("12", "9")
    assert update.stated_in == now.document.id
    assert update.carried_by == (TAKER.document.id,)


def test_what_a_note_tells_of_or_what_stayed_is_no_silent_change() -> None:
    assert not find_changed_versions(tell(changed(note=NOTE), TAKER, older=(BEFORE,))[0])
    assert not find_changed_versions(tell(changed("12"), TAKER, older=(BEFORE,))[0])
    assert not find_changed_versions(tell(changed(), TAKER)[0])
