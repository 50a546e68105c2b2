"""Readings made by hand, for tests of what is done with a reading once it is there."""

from __future__ import annotations

import html
import re
import tomllib
from dataclasses import replace
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sayso.ids import attribution_id, document_id, source_id
from sayso.records import (
    Assertion,
    Attribution,
    Certainty,
    Credit,
    CreditKind,
    Directness,
    Document,
    Endorsement,
    GeoName,
    Headline,
    Kind,
    Moment,
    NameNote,
    Naming,
    Place,
    PlaceScale,
    Precision,
    Quantity,
    QuantityKind,
    Reading,
    Relation,
    RelationType,
    Run,
    Source,
    Span,
    Stance,
    Support,
    Time,
    TimeBasis,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sayso.errors import Problem

LABELS = {"stance": Stance, "certainty": Certainty, "endorsement": Endorsement}

RUN = Run(engine="sayso 0.0", model="by hand", model_sha256="0" * 64, settings=(("low_confidence", "0.5"),))


class Builder:
    """Makes a reading out of a text and the words that stand in it; rows and sources go by short keys."""

    def __init__(self, text: str, *, title: str | None = None, **about: Any) -> None:  # noqa: ANN401  fields of a record
        """Start from the text; the title must stand in it."""
        self.text = text
        span = None if title is None else self.find(title)
        doc_id = document_id(text=text, outlet=about.get("outlet"), published=None)
        self.doc = Document(id=doc_id, name=about.pop("name", "hand.txt"), text=text, title=span, **about)
        self.sources: dict[str, Source] = {}
        self.rows: dict[str, Attribution] = {}
        self.relations: list[Relation] = []

    def find(self, words: str, after: str | None = None) -> Span:
        """Return where the words first stand, or first after other words."""
        start = self.text.index(words, 0 if after is None else self.text.index(after))
        return Span(start=start, end=start + len(words), exact=words)

    def source(self, key: str, name: str, kind: str, naming: str = "named", **more: Any) -> None:  # noqa: ANN401  the same
        """Add a source, with a mention wherever its name stands."""
        found = tuple(
            Span(start=hit.start(), end=hit.end(), exact=hit.group()) for hit in re.finditer(re.escape(name), self.text)
        )
        first = found[0].start if found else 0
        key_id = source_id(document=self.doc.id, first_start=first, name=name)
        self.sources[key] = Source(
            id=key_id,
            name=name,
            kind=Kind(kind),
            naming=Naming(naming),
            **{"mentions": found, "made_by": ("by hand",)} | more,
        )

    def row(
        self,
        key: str,
        source: str,
        cue: str,
        *content: str,
        said_by: str | None = None,
        after: str | None = None,
        **more: Any,  # noqa: ANN401  the same
    ) -> None:
        """Add a row; `within` and `via` are given by key."""
        cue_spans = (self.find(cue, after),)
        content_spans = tuple(self.find(words, after) for words in content)
        within: str | None = more.pop("within", None)
        via: Sequence[str] = more.pop("via", ())
        labels: dict[str, Any] = {name: label(more.pop(name)) for name, label in LABELS.items() if name in more}
        self.rows[key] = Attribution(
            id=attribution_id(
                document=self.doc.id,
                cue=[(span.start, span.end) for span in cue_spans],
                content=[(span.start, span.end) for span in content_spans],
            ),
            source=self.sources[source].id,
            source_spans=() if said_by is None else (self.find(said_by, after),),
            cue_spans=cue_spans,
            content_spans=content_spans,
            within=None if within is None else self.rows[within].id,
            via=tuple(self.sources[one].id for one in via),
            directness=_directness(content),
            **{"made_by": ("by hand",)} | labels | more,
        )

    def relate(self, from_key: str, to_key: str, kind: str) -> None:
        """Say how one row bears on another."""
        self.relations.append(
            Relation(
                from_id=self.rows[from_key].id,
                to_id=self.rows[to_key].id,
                type=RelationType(kind),
                why="the words agree",
                confidence=0.8,
            )
        )

    def build(
        self,
        *,
        origins: Sequence[str] = (),
        headline: tuple[Support, str, Sequence[str]] | None = None,
        unsourced: Sequence[str] = (),
        problems: Sequence[Problem] = (),
    ) -> Reading:
        """Return the reading."""
        rows = sorted(self.rows.values(), key=lambda row: min(s.start for s in (*row.cue_spans, *row.content_spans)))
        return Reading(
            document=self.doc,
            sources=tuple(self.sources.values()),
            attributions=tuple(rows),
            relations=tuple(self.relations),
            origins=tuple(self.sources[key].id for key in origins),
            headline=None
            if headline is None
            else Headline(support=headline[0], why=headline[1], rows=tuple(self.rows[key].id for key in headline[2])),
            unsourced=tuple(self.find(words) for words in unsourced),
            problems=tuple(problems),
            run=RUN,
        )


def small_reading(name: str = "small.txt") -> Reading:
    """Return a reading of two sentences: a claim and a denial."""
    text = "Harbour closed\n\nThe harbour is closed, the mayor said. The port company denied it."
    make = Builder(text, title="Harbour closed", name=name)
    make.source("mayor", "the mayor", "person", "described")
    make.source("port", "The port company", "organisation", "described")
    make.row("a", "mayor", "said", "The harbour is closed", said_by="the mayor")
    make.row("b", "port", "denied", "it", said_by="The port company", after="The port", stance="denies")
    make.relate("b", "a", "disputes")
    return make.build(origins=("mayor", "port"), headline=(Support.FULL, "the mayor says it", ("a",)))


def claimed_reading() -> Reading:
    """Return a reading of one sentence with a time, a figure, a place, a garbled name and what is claimed."""
    make = Builder("Some 40 ferries left Orlby on 7 May, Ana Terric said. Terrick had counted them.")
    make.source("ana", "Ana Terric", "person")
    make.row("a", "ana", "said", "Some 40 ferries left Orlby on 7 May", said_by="Ana Terric")
    reading = make.build(origins=("ana",))
    town = GeoName(
        id=7,
        name="Orlby",
        scale=PlaceScale.CITY,
        country="LV",
        region="Coast",
        latitude=56.5,
        longitude=21.0,
        population=9,
    )
    return replace(
        reading,
        times=(
            Time(
                span=make.find("7 May"),
                earliest="2024-05-07",
                latest="2024-05-07",
                precision=Precision.DAY,
                basis=TimeBasis.COMPLETED,
                why="year not stated",
            ),
        ),
        quantities=(
            Quantity(
                span=make.find("Some 40"),
                low="40",
                high="40",
                kind=QuantityKind.COUNT,
                of=make.find("ferries"),
                is_approximate=True,
            ),
        ),
        places=(
            Place(
                span=make.find("Orlby"),
                candidates=(town,),
                is_ambiguous=False,
                stands_for=None,
                why="only one",
                confidence=0.9,
            ),
        ),
        name_notes=(NameNote(span=make.find("Terrick"), likely="Terric", why="written so in the first sentence"),),
        assertions=(
            Assertion(
                id="ast-1",
                attribution=reading.attributions[0].id,
                span=make.find("Some 40 ferries left Orlby on 7 May"),
                actor=make.find("Some 40 ferries"),
                action=make.find("left"),
                target=make.find("Orlby"),
                times=(0,),
                quantities=(0,),
                places=(0,),
                made_by=("head:syntax",),
            ),
        ),
    )


def _directness(content: Sequence[str]) -> Directness:
    quoted = [words[:1] in '“"' for words in content]
    if quoted and all(quoted):
        return Directness.DIRECT
    return Directness.PARTIAL if any("“" in words for words in content) else Directness.INDIRECT


def demo_text() -> str:
    """Return the invented article's title, a blank line and its paragraphs."""
    page = resources.files("sayso.cli").joinpath("demo_case", "courier-depot-fire.html").read_text(encoding="utf-8")
    article = page.split("</figure>")[1].split("</article>")[0]
    title = re.search(r"<h1>(.*?)</h1>", page)
    parts = [title[1] if title else "", *re.findall(r"<p>(.*?)</p>", article, re.DOTALL)]
    return "\n\n".join(html.unescape(" ".join(part.split())) for part in parts)


def demo_reading() -> Reading:
    """Return the invented article as a careful person would read it."""
    answers = tomllib.loads((Path(__file__).parent / "data" / "demo_reading.toml").read_text(encoding="utf-8"))
    make = Builder(
        demo_text(),
        title=demo_text().partition("\n")[0],
        name="courier-depot-fire.html",
        outlet="The Harrow Coast Courier",
        byline="Mira Tannic",
        dateline="PORT CALLAN, Lorvenia",
        published=Moment(value="2024-03-14T18:20:00+02:00", precision=Precision.SECOND, stated_in="json-ld"),
        modified=Moment(value="2024-03-15T07:05:00+02:00", precision=Precision.SECOND, stated_in="json-ld"),
        credits=(
            Credit(
                kind=CreditKind.REPORTING_BY,
                name="Northwire",
                text="Additional reporting by Northwire",
                stated_in="text",
            ),
        ),
        format="html",
    )
    for source in answers["sources"]:
        make.source(source.pop("key"), source.pop("name"), **source)
    for row in answers["rows"]:
        words = [part.replace(" ¶ ", "\n\n") for part in row.pop("content")]
        make.row(row.pop("key"), row.pop("source"), row.pop("cue"), *words, **row)
    for link in answers["relations"]:
        make.relate(link["from"], link["to"], link["type"])
    headline = answers["headline"]
    return make.build(
        origins=answers["origins"],
        headline=(Support(headline["support"]), headline["why"], headline["rows"]),
        unsourced=answers["unsourced"],
    )
