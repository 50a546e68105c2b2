"""A reading as if another outlet had printed the same text."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from sayso.ids import document_id, make_id

if TYPE_CHECKING:
    from sayso.records import Credit, Moment, Reading


def copy_reading(
    reading: Reading,
    outlet: str | None,
    published: Moment | None = None,
    *,
    credits: tuple[Credit, ...] = (),  # noqa: A002  a field of documents
    name: str | None = None,
) -> Reading:
    """Return the reading of the same text, printed by another outlet."""
    text = reading.document.text
    key = document_id(
        text=text, outlet=f"{outlet} {name or ''}", published=None if published is None else published.value
    )

    def move(old: str) -> str:
        return make_id(old.split("-", maxsplit=1)[0], (key, old))

    return replace(
        reading,
        document=replace(
            reading.document, id=key, name=name or str(outlet), outlet=outlet, published=published, credits=credits
        ),
        sources=tuple(replace(source, id=move(source.id)) for source in reading.sources),
        attributions=tuple(
            replace(
                row,
                id=move(row.id),
                source=move(row.source),
                within=None if row.within is None else move(row.within),
                via=tuple(move(one) for one in row.via),
            )
            for row in reading.attributions
        ),
        relations=tuple(
            replace(link, from_id=move(link.from_id), to_id=move(link.to_id)) for link in reading.relations
        ),
        origins=tuple(move(one) for one in reading.origins),
        assertions=tuple(
            replace(one, id=move(one.id), attribution=None if one.attribution is None else move(one.attribution))
            for one in reading.assertions
        ),
    )
