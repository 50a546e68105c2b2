"""What a filter means: made ready once, and asked of documents and rows one by one.

The SQLite store asks the same of whole columns; `tests/contracts/test_store.py` holds the two to the same answers.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from math import inf
from typing import TYPE_CHECKING

from sayso.errors import SettingsError
from sayso.records import Judged
from sayso.store.moments import bound_days
from sayso.store.rows import Figure, fold, read_number
from sayso.store.words import read_phrases

if TYPE_CHECKING:
    from collections.abc import Container

    from sayso.records import ClaimLine, Filter, QuantityRange
    from sayso.store.rows import Entry
    from sayso.store.words import Phrase

SOURCE_ID = re.compile(r"src-[0-9a-f]{4,16}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A filter made ready.

    Attributes:
        given: As it was given.
        outlet: Part of the outlet's name, folded; None for any. So too `party` and `place`.
        party: Part of a name, folded; None for any, or where `source` is asked for.
        source: An id of a source, or its beginning; None for any.
        place: Part of a name, folded.
        days: First and last day of publication.
        figure: The interval that a figure must meet; None for any.
        is_any_unit: Whether the unit does not matter.
        phrases: What must stand in the text; None asks nothing, and an empty tuple is met by nothing.
    """

    given: Filter
    outlet: str | None
    party: str | None
    source: str | None
    place: str | None
    days: tuple[int | None, int | None]
    figure: Figure | None
    is_any_unit: bool
    phrases: tuple[Phrase, ...] | None

    @property
    def is_newest_only(self) -> bool:
        """Return whether documents of which there is a newer version are left out."""
        asked = self.given
        return not asked.with_superseded and asked.document is None and self.source is None

    @property
    def asks_rows(self) -> bool:
        """Return whether something is asked that only a row can answer, the text aside.

        Of which story a document is, and whether it tells a claim, it answers itself: it may do so in its own voice.
        """
        asked = self.given
        labels = (asked.stance, asked.certainty, asked.endorsement, asked.kind, asked.naming, asked.judged)
        names = (self.party, self.source, self.place)
        return (
            any(labels)
            or asked.low_only
            or self.figure is not None
            or any(name is not None for name in names)
            or self.asks_claims
        )

    @property
    def asks_claims(self) -> bool:
        """Return whether something is asked of what a row's claim has in all documents."""
        asked = self.given
        return asked.origins_most is not None or asked.outlets_least is not None or asked.disputed_only


def prepare(asked: Filter) -> Asked:
    """Return a filter made ready.

    Raises:
        SettingsError: A day or number in it is none.
    """
    party = (asked.party or "").strip() or None
    is_source = party is not None and SOURCE_ID.fullmatch(party) is not None
    quantity = asked.quantity
    return Asked(
        given=asked,
        outlet=fold(asked.outlet) if asked.outlet else None,
        party=None if party is None or is_source else fold(party),
        source=party if is_source else None,
        place=fold(asked.place) if asked.place else None,
        days=bound_days(asked.since, asked.until),
        figure=None if quantity is None else _read_range(quantity),
        is_any_unit=quantity is None or quantity.unit is None,
        phrases=read_phrases(asked.text) if asked.text else None,
    )


def fits_document(asked: Asked, document_id: str, *, outlet: str | None, day: int | None, problems: int) -> bool:
    """Return whether a document is what is asked for; its rows, its text and what it tells with others aside."""
    first, last = asked.days
    if (first is not None or last is not None) and day is None:
        return False
    return (
        asked.given.document in {None, document_id}
        and (asked.outlet is None or asked.outlet in fold(outlet or ""))
        and (first is None or first <= (day or 0))
        and (last is None or (day or 0) <= last)
        and (not asked.given.problems_only or problems > 0)
    )


def fits_row(asked: Asked, entry: Entry) -> bool:
    """Return whether a row is what is asked for, its document and its text aside."""
    row, given = entry.row, asked.given
    pairs = (
        (given.stance, row.stance),
        (given.certainty, row.certainty),
        (given.endorsement, row.endorsement),
        (given.kind, row.kind),
        (given.naming, row.naming),
        (given.judged, row.judged),
    )
    return (
        all(not wanted or value in wanted for wanted, value in pairs)
        and (not given.low_only or entry.is_low)
        and (asked.party is None or any(asked.party in name for name in (fold(row.source_name), *entry.vias)))
        and (asked.source is None or row.source.startswith(asked.source))
        and (asked.place is None or any(asked.place in name for name in entry.places))
        and (asked.figure is None or any(_meets(asked, figure) for figure in entry.figures))
        and _fits_claim(given, row.claim)
    )


def fits_told(asked: Asked, *, story: str | None, claims: Container[int]) -> bool:
    """Return whether a document of this story that tells these claims is of the story and tells the claim asked for."""
    given = asked.given
    return given.story in {None, story} and (given.claim is None or given.claim in claims)


def is_counted(asked: Asked, judged: Judged) -> bool:
    """Return whether a row counts for its article and source: one that was rejected only where those are asked for."""
    return judged is not Judged.REJECTED or Judged.REJECTED in asked.given.judged


def _fits_claim(given: Filter, claim: ClaimLine | None) -> bool:
    """Return whether a row's claim is what is asked for; a row without one only where nothing is asked of it."""
    wanted = (given.claim, given.story, given.origins_most, given.outlets_least)
    if claim is None:
        return not given.disputed_only and all(each is None for each in wanted)
    return (
        given.claim in {None, claim.number}
        and given.story in {None, claim.story}
        and (given.origins_most is None or claim.least <= given.origins_most)
        and (given.outlets_least is None or len(claim.outlets) >= given.outlets_least)
        and (not given.disputed_only or claim.is_disputed)
    )


def _read_range(asked: QuantityRange) -> Figure:
    """Return the interval that is asked for."""
    bounds = []
    for name, words, default in (("low", asked.low, -inf), ("high", asked.high, inf)):
        number = read_number(words)
        if words is not None and number is None:
            setting = f"quantity {name}"
            raise SettingsError(setting, words, "a plain decimal number")
        bounds.append(default if number is None else number)
    return Figure(bounds[0], bounds[1], asked.unit)


def _meets(asked: Asked, figure: Figure) -> bool:
    wanted = asked.figure
    return wanted is None or (
        figure.low <= wanted.high
        and wanted.low <= figure.high
        and (asked.is_any_unit or fold(figure.unit or "") == fold(wanted.unit or ""))
    )
