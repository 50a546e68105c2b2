"""Readings made by hand, for tests of what is done with a reading once it is there."""

from __future__ import annotations

import html
import re
from dataclasses import replace
from importlib import resources
from typing import TYPE_CHECKING, Any

from sayso.ids import attribution_id, document_id, source_id
from sayso.records import (
    Attribution,
    Credit,
    CreditKind,
    Directness,
    Document,
    Headline,
    Kind,
    Moment,
    Naming,
    Precision,
    Reading,
    Relation,
    RelationType,
    Run,
    Source,
    Span,
    Support,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

RUN = Run(engine="sayso 0.0", model="by hand", model_sha256="0" * 64, settings=(("low_confidence", "0.5"),))


class Builder:
    """Makes a reading out of a text and the words that stand in it; rows and sources go by short keys."""

    def __init__(self, text: str, *, title: str | None = None, **about: Any) -> None:
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

    def source(self, key: str, name: str, kind: Kind, naming: Naming = Naming.NAMED, **more: Any) -> None:
        """Add a source, with a mention wherever its name stands."""
        found = tuple(
            Span(start=hit.start(), end=hit.end(), exact=hit.group()) for hit in re.finditer(re.escape(name), self.text)
        )
        first = found[0].start if found else 0
        key_id = source_id(document=self.doc.id, first_start=first, name=name)
        self.sources[key] = Source(
            id=key_id, name=name, kind=kind, naming=naming, **{"mentions": found, "made_by": ("by hand",)} | more
        )

    def row(
        self, key: str, source: str, cue: str, *content: str, said_by: str | None = None, after: str | None = None, **more: Any
    ) -> None:
        """Add a row; `within` and `via` are given by key."""
        cue_spans = (self.find(cue, after),)
        content_spans = tuple(self.find(words, after) for words in content)
        within: str | None = more.pop("within", None)
        via: Sequence[str] = more.pop("via", ())
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
            **{"made_by": ("by hand",)} | more,
        )

    def relate(self, from_key: str, to_key: str, kind: RelationType) -> None:
        """Say how one row bears on another."""
        self.relations.append(
            Relation(
                from_id=self.rows[from_key].id,
                to_id=self.rows[to_key].id,
                type=kind,
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
        **more: Any,
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
            else Headline(
                support=headline[0], why=headline[1], rows=tuple(self.rows[key].id for key in headline[2])
            ),
            unsourced=tuple(self.find(words) for words in unsourced),
            problems=more.get("problems", ()),
            run=RUN,
        )


def small_reading(name: str = "small.txt") -> Reading:
    """Return a reading of two sentences: a claim and a denial."""
    text = "Harbour closed\n\nThe harbour is closed, the mayor said. The port company denied it."
    make = Builder(text, title="Harbour closed", name=name)
    make.source("mayor", "the mayor", Kind.PERSON, Naming.DESCRIBED)
    make.source("port", "The port company", Kind.ORGANISATION, Naming.DESCRIBED)
    make.row("a", "mayor", "said", "The harbour is closed", said_by="the mayor")
    make.row("b", "port", "denied", "it", said_by="The port company", after="The port", stance="denies")
    make.relate("b", "a", RelationType.DISPUTES)
    reading = make.build(origins=("mayor", "port"), headline=(Support.FULL, "the mayor says it", ("a",)))
    return as_enums(reading)


def as_enums(reading: Reading) -> Reading:
    """Return the reading with its labels as members of their enumerations, where they were given as words."""
    kinds = {f.name: type(getattr(Attribution(id="", source=""), f.name)) for f in _label_fields()}
    rows = tuple(
        replace(row, **{name: kind(getattr(row, name)) for name, kind in kinds.items()}) for row in reading.attributions
    )
    return replace(reading, attributions=rows)


def _label_fields() -> list[Any]:
    fields = Attribution.__dataclass_fields__
    return [fields[name] for name in ("stance", "certainty", "endorsement")]


def _directness(content: Sequence[str]) -> Directness:
    quoted = [words[:1] in "“\"" for words in content]
    if quoted and all(quoted):
        return Directness.DIRECT
    return Directness.PARTIAL if any("“" in words for words in content) else Directness.INDIRECT


def demo_text() -> str:
    """Return the invented article's title, a blank line and its paragraphs."""
    page = resources.files("sayso.cli").joinpath("demo_article.html").read_text(encoding="utf-8")
    article = page.split("</figure>")[1].split("</article>")[0]
    title = re.search(r"<h1>(.*?)</h1>", page)
    parts = [title[1] if title else "", *re.findall(r"<p>(.*?)</p>", article, re.DOTALL)]
    return "\n\n".join(html.unescape(" ".join(part.split())) for part in parts)


def demo_reading() -> Reading:
    """Return the invented article as a careful person would read it."""
    title = "Foreign saboteurs blew up Callan fuel depot, governor confirms"
    make = Builder(
        demo_text(),
        title=title,
        name="demo_article.html",
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
    _demo_sources(make)
    _demo_rows(make)
    make.relate("front-denies", "camp", RelationType.DISPUTES)
    make.relate("ministry", "crossing", RelationType.DISPUTES)
    make.relate("councillors", "lead", RelationType.DISPUTES)
    make.relate("report", "brill-valves", RelationType.SUPPORTS)
    make.relate("company", "report", RelationType.DISPUTES)
    make.relate("again", "lead", RelationType.REPEATS)
    reading = make.build(
        origins=(
            "marenko", "close", "bureau", "front", "harsk", "brill", "report", "company", "quill", "residents", "analysts",
        ),
        headline=(
            Support.PARTIAL,
            "the governor says it as likely; “confirms” and “blew up” are the headline’s own",
            ("lead", "again"),
        ),
        unsourced=(
            "The fire burned for 31 hours and spread to 14 of the depot’s 22 tanks.",
            "Callan Fuels, which owns the depot",
        ),
    )
    return as_enums(reading)


def _demo_sources(make: Builder) -> None:
    person, organisation, outlet = Kind.PERSON, Kind.ORGANISATION, Kind.OUTLET
    make.source("marenko", "Ilva Marenko", person, role="Governor")
    make.source("radio", "Radio Tessel", outlet)
    make.source("close", "Sources close to the meeting", Kind.GROUP, Naming.DESCRIBED)
    make.source("norvane", "Norvane Press Agency", outlet)
    make.source("bureau", "State Security Bureau", organisation)
    make.source("interior", "Interior Ministry", Kind.STATE)
    make.source("ostrin", "Pavel Ostrin", person, role="spokesman", affiliation="Interior Ministry")
    make.source("front", "Sestrian Workers’ Front", organisation)
    make.source("is-said", "is said", Kind.UNKNOWN, Naming.VAGUE)
    make.source("statement", "a statement", Kind.DOCUMENT, Naming.DESCRIBED)
    make.source("wrede", "Jonas Wrede", person, role="manager", affiliation="depot")
    make.source("harsk", "Lena Harsk", person, role="deputy")
    make.source("brill", "Tomas Brill", person, role="led the depot’s fire crew until last year")
    make.source("they", "They", Kind.UNKNOWN, Naming.VAGUE, unresolved="no plural party stands before it")
    make.source("report", "An inspection report", Kind.DOCUMENT, Naming.DESCRIBED)
    make.source("courier", "the Courier", outlet)
    make.source("company", "Callan Fuels", organisation)
    make.source("quill", "Dara Quill", person, role="Councillor")
    make.source("stroud", "Dara Quill and Emil Stroud", Kind.GROUP, role="Councillors")
    make.source("letter", "a joint letter", Kind.DOCUMENT, Naming.DESCRIBED)
    make.source("postbell", "Postbell", outlet)
    make.source("poll", "A poll by Meridian Research", Kind.DOCUMENT)
    make.source("residents", "58 percent of Callan residents", Kind.GROUP, Naming.VAGUE)
    make.source("analysts", "Some analysts", Kind.GROUP, Naming.VAGUE)
    make.source("expected", "is expected", Kind.UNKNOWN, Naming.VAGUE)


def _demo_rows(make: Builder) -> None:
    lead = "The blaze that destroyed the Callan fuel depot on Tuesday was likely the work of saboteurs trained abroad"
    make.row("lead", "marenko", "said", lead, said_by="Governor Ilva Marenko", via=["radio"], certainty="probable")
    make.row(
        "match", "marenko", "said", "“We cannot rule out that a foreign hand lit this match,”",
        "“and we will find whoever it was.”", said_by="Marenko", after="“We cannot", via=["radio"], certainty="possible",
    )  # fmt: skip
    make.row(
        "guards", "marenko", "added", "that two of the depot’s guards could have let the intruders in",
        said_by="She", via=["radio"], certainty="possible",
    )  # fmt: skip
    make.row(
        "close", "close", "confirmed", "that the governor had spoken of foreign training", stance="confirms",
        said_by="Sources close to the meeting",
    )  # fmt: skip
    make.row("spoken", "marenko", "had spoken of", "foreign training", within="close", confidence=0.41)
    make.row("country", "close", "said", "she had named no country", after="but said")
    make.row(
        "crossing", "bureau", "citing", "six men had crossed the border on Sunday with explosives", via=["norvane"],
        said_by="the State Security Bureau",
    )  # fmt: skip
    make.row(
        "camp", "norvane", "claimed", "they had been trained at a camp near Dorn", said_by="The agency",
        endorsement="distanced",
    )  # fmt: skip
    make.row("ministry", "interior", "has yet to verify", "the crossing", stance="doubts", certainty="possible")
    make.row(
        "ostrin", "ostrin", "declined to say", "whether anyone had been arrested", stance="declines",
        certainty="possible", said_by="The ministry’s spokesman, Pavel Ostrin",
    )  # fmt: skip
    make.row("runs", "is-said", "is said", "to run the camp", confidence=0.38)
    make.row("front-denies", "front", "denied", "that it exists", stance="denies")
    make.row(
        "no-camp", "front", "said", "“There is no camp at Dorn, and there never was,”", after="“There is no",
        via=["statement"],
    )  # fmt: skip
    told = "that his deputy, Lena Harsk, had told him that an alarm rang at 2:40 a.m. and was switched off from inside"
    make.row("wrede", "wrede", "said", told, after="The depot’s manager")
    make.row(
        "harsk", "harsk", "had told", "that an alarm rang at 2:40 a.m. and was switched off from inside",
        within="wrede", after="Lena Harsk",
    )  # fmt: skip
    make.row(
        "harsk-away", "harsk", "could not be reached for comment", "could not be reached for comment",
        stance="declines", certainty="possible",
    )  # fmt: skip
    make.row(
        "brill-valves", "brill", "the view of", "The valves were forty years old and nobody would pay for new ones.",
        stance="believes",
    )  # fmt: skip
    quotation = make.text[make.text.index("“Each time") : make.text.index("An inspection")].strip()
    make.row("brill", "brill", "said", "“I wrote to the company three times about those valves,”", quotation, after="“I wrote")
    make.row(
        "promised", "they", "promised", "that the money would come in the spring", stance="intends", within="brill",
    )  # fmt: skip
    make.row(
        "report", "report", "says", "nine valves failed a pressure test in October", via=["courier"],
        after="An inspection",
    )  # fmt: skip
    make.row("company", "company", "called", "the report “out of date”", stance="denies", after="An inspection")
    make.row(
        "replaced", "company", "insisted", "that every valve had been replaced in January", endorsement="distanced",
    )  # fmt: skip
    make.row(
        "councillors", "stroud", "said", "that the governor was “looking for spies to hide rust”", via=["letter"],
        after="Councillors", stance="denies",
    )  # fmt: skip
    make.row("quill", "quill", "wrote", "“Nobody has shown me a single match,”", via=["postbell"], after="“Nobody")
    make.row("poll", "poll", "found", "that 58 percent of Callan residents believe the company is to blame")
    make.row("residents", "residents", "believe", "the company is to blame", stance="believes", within="poll")
    make.row("analysts", "analysts", "note", "that no group has claimed the attack", endorsement="endorsed", after="Some")
    make.row("inquiry", "expected", "is expected", "The provincial inquiry", "to report by May", certainty="probable")
    make.row(
        "again", "marenko", "repeated", "that the saboteurs had probably been trained abroad", certainty="probable",
    )  # fmt: skip
    make.row(
        "no-answer", "marenko", "did not answer", "Asked by reporters for evidence", stance="declines",
        certainty="possible",
    )  # fmt: skip
