"""One row as it is put before a person: its sentences with its parts marked, what was read, what persons decided."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from sayso.errors import NotInCase
from sayso.export.head import say_published
from sayso.export.segments import flatten
from sayso.export.visible import show
from sayso.ledger.judging import LABELS, NAME, describe_row
from sayso.ledger.unmasking import find_source
from sayso.records import Filter, Judged, JudgementKind
from sayso.store.judged import apply_judgements, find_in_force
from sayso.text import find_sentences

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from sayso.ledger.case import Ledger
    from sayso.records import Attribution, ClaimLine, Judgement, Reading, Source, Span

ROLES: Final = ("content", "cue", "source")
AROUND_CHARS: Final = 2_000
ROWS_MAX: Final = 0x7FFF
FIELDS: Final = (
    (NAME, "Who says it"),
    ("naming", "Named"),
    ("kind", "Sort of party"),
    ("stance", "Says how"),
    ("certainty", "How surely"),
    ("endorsement", "The article’s voice"),
    ("directness", "In quotation marks"),
    ("source_spans", "Words of the source"),
    ("cue_spans", "Words of the cue"),
    ("content_spans", "Words of the claim"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Stretch:
    """A stretch of the text.

    Attributes:
        start: First code point.
        words: As they are shown.
        role: ``source``, ``cue``, ``content``, or empty.
        is_near: Whether a part of the row stands in its sentence.
    """

    start: int
    words: str
    role: str
    is_near: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Value:
    """One thing that was read of the row.

    Attributes:
        field: As judgements name it.
        label: For a person.
        now: As it stands.
        read: As the machine has it.
        words: As it stands, for a person.
        read_words: As the machine has it, for a person.
        choices: What it can be; empty for free words.
    """

    field: str
    label: str
    now: str
    read: str
    words: str
    read_words: str
    choices: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedRow:
    """A row to judge.

    Attributes:
        document: Id of its document.
        row: Its id.
        title: The document's.
        published: Who published it, and when.
        stretches: The sentences around it, in pieces.
        values: What was read.
        source: Who speaks, as the machine has it; None for nobody.
        others: The article's other sources.
        claim: The claim that it tells; None where it is not joined yet.
        judgements: Those in force about it.
        state: How it stands.
        judged: The reading with what was judged in it.
    """

    document: str
    row: str
    title: str
    published: str
    stretches: tuple[Stretch, ...]
    values: tuple[Value, ...]
    source: Source | None
    others: tuple[Source, ...]
    claim: ClaimLine | None
    judgements: tuple[Judgement, ...]
    state: Judged
    judged: Reading


def find_asked(ledger: Ledger, document: str, row: str) -> AskedRow:
    """Return a row to judge.

    Raises:
        NotInCase: The case has no such document or row.
    """
    review = ledger.review()
    document = review.find_id("doc", document)
    machine = review.get_reading(document)
    read = next((att for att in machine.attributions if att.id == row), None)
    if read is None:
        what = "row"
        raise NotInCase(what, row)
    judgements = review.list_judgements(document)
    judged = apply_judgements(machine, judgements)
    now = next(att for att in judged.reading.attributions if att.id == row)
    with ledger.look() as lists:
        rows = lists.claims(Filter(document=document), limit=ROWS_MAX).rows
    doc = machine.document
    return AskedRow(
        document=document,
        row=row,
        title=show(doc.title.exact) if doc.title else show(doc.name),
        published=say_published(doc),
        stretches=tuple(iter_stretches(doc.text, now, doc.title.end if doc.title else 0)),
        values=tuple(_iter_values(machine, read, judged.reading, now)),
        source=find_source(machine, read.source),
        others=tuple(source for source in machine.sources if source.id != read.source),
        claim=next((one.claim for one in rows if one.id == row), None),
        judgements=tuple(
            one for one in find_in_force(judgements) if one.subject == row and one.kind != JudgementKind.UNDO
        ),
        state=judged.judged.get(row, Judged.NOT),
        judged=judged.reading,
    )


def iter_stretches(text: str, att: Attribution, title_end: int) -> Iterator[Stretch]:
    """Yield the sentences in which a row stands and one on either side, cut wherever a part of it begins or ends."""
    spans = [
        (span.start, span.end, role)
        for role, found in (("source", att.source_spans), ("cue", att.cue_spans), ("content", att.content_spans))
        for span in found
    ]
    sentences = find_sentences(text)
    near = {
        place
        for place, (start, end) in enumerate(sentences)
        if any(low < end and start < high for low, high, _ in spans)
    }
    around = near | {place + step for place in near for step in (-1, 1)} & set(range(len(sentences)))
    if sum(sentences[place][1] - sentences[place][0] for place in around) > AROUND_CHARS:
        around = near
    segments = flatten(len(text), spans, (edge for sentence in sentences for edge in sentence))
    last = None
    for place in sorted(around):
        start, end = sentences[place]
        if end <= title_end and place not in near:
            continue
        if last is not None and last < start:
            yield Stretch(start=last, words=" … " if text[last:start].strip() else " ", role="", is_near=False)
        last = end
        for one in segments:
            if start <= one.start and one.end <= end:
                role = next((role for role in reversed(ROLES) if role in one.keys), "")
                words = text[one.start : one.end]
                yield Stretch(start=one.start, words=_show_stretch(words), role=role, is_near=place in near)


def _show_stretch(words: str) -> str:
    """Return a stretch as it is shown, with the blanks at its ends that `show` takes away."""
    shown = show(words)
    return (
        f"{' ' * (words[:1].isspace() and shown[:1] != ' ')}{shown}{' ' * (words[-1:].isspace() and shown[-1:] != ' ')}"
    )


def _iter_values(machine: Reading, read: Attribution, judged: Reading, now: Attribution) -> Iterator[Value]:
    before, after = describe_row(machine, read), describe_row(judged, now)
    for field, label in FIELDS:
        is_words = field.endswith("_spans")
        yield Value(
            field=field,
            label=label,
            now=after[field],
            read=before[field],
            words=_quote(getattr(now, field)) if is_words else show(after[field]),
            read_words=_quote(getattr(read, field)) if is_words else show(before[field]),
            choices=tuple(one.value for one in LABELS[field]) if field in LABELS else (),
        )


def _quote(spans: Sequence[Span]) -> str:
    return " … ".join(show(span.exact) for span in spans)
