"""Readings of one invented telling each, made by hand, for tests of what several documents tell together."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from sayso.ids import assertion_id, document_id
from sayso.records import Assertion, Moment, Polarity, Precision, Quantity, QuantityKind
from tests.readings import Builder

if TYPE_CHECKING:
    from sayso.records import Reading


def day(value: str) -> Moment:
    """Return a day as a page states it."""
    return Moment(value=value, precision=Precision.DAY, stated_in="given")


@dataclass(frozen=True, kw_only=True)
class Telling:
    """One article of one claim: who says it, in which words, and what these state."""

    text: str
    content: str
    cue: str | None = "said"
    source: str = "the harbour office"
    naming: str = "described"
    labels: dict[str, Any] = field(default_factory=dict)
    actor: str | None = None
    action: str | None = None
    target: str | None = None
    polarity: Polarity = Polarity.POSITIVE
    factuality: float = 3.0
    figures: tuple[tuple[str, str | None, str | None, str | None], ...] = ()
    is_approximate: bool = False
    about: dict[str, Any] = field(default_factory=dict)

    def read(self) -> Reading:
        """Return its reading."""
        make = Builder(self.text, **self.about)
        published = self.about.get("published")
        key = document_id(
            text=self.text, outlet=self.about.get("outlet"), published=None if published is None else published.value
        )
        make.doc = replace(make.doc, id=key)
        if self.cue is not None:
            make.source("s", self.source, "organisation", self.naming)
            make.row("r", "s", self.cue, self.content, **self.labels)
        reading = make.build(unsourced=() if self.cue is not None else (self.content,))
        row = reading.attributions[0].id if reading.attributions else None
        span = make.find(self.content)
        quantities = tuple(
            Quantity(
                span=make.find(words),
                low=low,
                high=high,
                kind=QuantityKind.COUNT,
                of=None if of is None else make.find(of),
                is_approximate=self.is_approximate,
            )
            for words, low, high, of in self.figures
        )
        assertion = Assertion(
            id=assertion_id(document=key, attribution=row, start=span.start, verb=span.start),
            attribution=row,
            span=span,
            actor=None if self.actor is None else make.find(self.actor),
            action=None if self.action is None else make.find(self.action),
            target=None if self.target is None else make.find(self.target),
            quantities=tuple(range(len(quantities))),
            polarity=self.polarity,
            factuality=self.factuality,
        )
        return replace(reading, assertions=(assertion,), quantities=quantities)


def toll(count: str, low: str, published: str | None, *, outlet: str = "Orlby Post", **more: Any) -> Reading:  # noqa: ANN401  fields of a telling
    """Return an article that gives how many people died when a ferry sank."""
    content = f"the ferry Amsel sank off Orlby and {count} people died"
    return Telling(
        text=f"{outlet}. On Tuesday {content}, the harbour office said.",
        content=content,
        action="died",
        actor=f"{count} people",
        figures=((count, low, more.pop("high", low), "people"),),
        about={"outlet": outlet, "published": None if published is None else day(published)},
        **more,
    ).read()
