"""What persons' judgements make of a reading: pure, and the same for every store and for `review`.

Judgements are put in the order of their times, those of one time in the order in which they are given; of what is
said twice of one field the last holds. A judgement that was undone does nothing, and an undoing can be undone.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from sayso.errors import BadJudgement
from sayso.ids import make_id
from sayso.records import (
    Attribution,
    Certainty,
    Directness,
    Endorsement,
    Judged,
    JudgementKind,
    Kind,
    Naming,
    Source,
    Span,
    Stance,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from sayso.records import Judgement, Reading

ROW_KINDS = frozenset(
    {JudgementKind.ACCEPT, JudgementKind.CORRECT, JudgementKind.REJECT, JudgementKind.UNSURE, JudgementKind.SPLIT}
)
PAIR_KINDS = frozenset({JudgementKind.SAME, JudgementKind.DIFFERENT})
"""These are about two sources or two rows, always; `unsure` is where it names another."""
LABELS: Mapping[str, Callable[[str], Any]] = MappingProxyType(
    {"stance": Stance, "certainty": Certainty, "endorsement": Endorsement, "directness": Directness}
)
PARTY: Mapping[str, Callable[[str], Any]] = MappingProxyType({"source_name": str, "kind": Kind, "naming": Naming})
SPANS = ("source_spans", "cue_spans", "content_spans")
FIELDS = (*LABELS, *PARTY, *SPANS)
"""What `correct` may change; `split` may change the party alone."""

STATES: Mapping[JudgementKind, Judged] = MappingProxyType(
    {
        JudgementKind.ACCEPT: Judged.ACCEPTED,
        JudgementKind.CORRECT: Judged.CORRECTED,
        JudgementKind.SPLIT: Judged.CORRECTED,
        JudgementKind.REJECT: Judged.REJECTED,
        JudgementKind.UNSURE: Judged.UNSURE,
    }
)
NAME_MAX_CHARS = 1_000
STRETCHES = re.compile(r"[0-9]{1,9}-[0-9]{1,9}(?: [0-9]{1,9}-[0-9]{1,9}){0,99}")


@dataclass(frozen=True, slots=True, kw_only=True)
class JudgedReading:
    """A reading as persons have it now.

    Attributes:
        reading: With the corrected spans, labels and sources in it; rows that were rejected stay in it.
        judged: By the id of each row that a person judged, where it stands.
        orphaned: Ids of the judgements in force that are about a row which this reading does not have, or that do not
            fit its text: they are kept, and change nothing.
    """

    reading: Reading
    judged: Mapping[str, Judged]
    orphaned: tuple[str, ...]


def apply_judgements(reading: Reading, judgements: Iterable[Judgement]) -> JudgedReading:
    """Return the reading with what persons judged about its rows.

    An acceptance of a row that was corrected leaves it `corrected`: what is shown is not the machine's.

    Args:
        reading: As the machine made it.
        judgements: All about the reading's document, undone ones too; others do no harm.
    """
    rows = {att.id: att for att in reading.attributions}
    changes: dict[str, dict[str, str]] = defaultdict(dict)
    states: dict[str, Judged] = {}
    orphaned: list[str] = []
    for judgement in find_in_force(judgements):
        if not is_about_row(judgement):
            continue
        row = rows.get(judgement.subject)
        if row is None or find_fault(judgement, reading) is not None:
            orphaned.append(judgement.id)
            continue
        if judgement.kind is JudgementKind.SPLIT:
            changes[row.id] |= {"naming": Naming.NAMED.value}
        changes[row.id] |= dict(judgement.changes)
        is_corrected = judgement.kind is JudgementKind.ACCEPT and bool(changes[row.id])
        states[row.id] = Judged.CORRECTED if is_corrected else STATES[judgement.kind]
    if not any(changes.values()):
        return JudgedReading(reading=reading, judged=states, orphaned=tuple(orphaned))
    corrected = _correct(reading, {row_id: fields for row_id, fields in changes.items() if fields})
    return JudgedReading(reading=corrected, judged=states, orphaned=tuple(orphaned))


def is_about_row(judgement: Judgement) -> bool:
    """Return whether a judgement is about one row."""
    return judgement.kind in ROW_KINDS and not is_about_two(judgement)


def is_about_two(judgement: Judgement) -> bool:
    """Return whether a judgement is about two sources or two rows: whether these are the same."""
    is_unsure = judgement.kind is JudgementKind.UNSURE and judgement.other is not None
    return is_unsure or judgement.kind in PAIR_KINDS


def find_in_force(judgements: Iterable[Judgement]) -> list[Judgement]:
    """Return the judgements that were not undone, undoings among them, as they take effect. Linear."""
    ordered = sorted(judgements, key=lambda judgement: judgement.at)
    by_id = {judgement.id: judgement for judgement in ordered}
    open_undos = dict.fromkeys(by_id, 0)
    for judgement in by_id.values():
        if judgement.kind is JudgementKind.UNDO and judgement.subject in by_id:
            open_undos[judgement.subject] += 1
    # From the last undoings back to what they undo; what undoes itself in a circle (no hash can) never comes up.
    settled = [judgement_id for judgement_id, count in open_undos.items() if not count]
    undone: set[str] = set()
    for judgement_id in settled:
        judgement = by_id[judgement_id]
        if judgement.kind is not JudgementKind.UNDO or judgement.subject not in by_id:
            continue
        if judgement_id not in undone:
            undone.add(judgement.subject)
        open_undos[judgement.subject] -= 1
        if not open_undos[judgement.subject]:
            settled.append(judgement.subject)
    in_force = set(settled) - undone
    return [judgement for judgement in by_id.values() if judgement.id in in_force]


def check_judgement(judgement: Judgement, reading: Reading) -> None:
    """Return if a judgement about a row fits the text and the values that there are.

    Raises:
        BadJudgement: It changes what it may not, or to what cannot be.
    """
    fault = find_fault(judgement, reading)
    if fault is not None:
        raise BadJudgement(judgement.subject, fault)


def find_fault(judgement: Judgement, reading: Reading) -> str | None:
    """Return why a judgement about a row does not fit; None where it does."""
    names = [name for name, _ in judgement.changes]
    if judgement.kind is JudgementKind.CORRECT:
        allowed: tuple[str, ...] = FIELDS
    else:
        allowed = tuple(PARTY) if judgement.kind is JudgementKind.SPLIT else ()
    for name in names:
        if name not in allowed:
            return f"`{judgement.kind.value}` changes no {name!r}; it may change {', '.join(allowed) or 'nothing'}"
    if len(set(names)) < len(names):
        return "it changes a field twice"
    if judgement.kind is JudgementKind.CORRECT and not names:
        return f"it corrects nothing; give one of {', '.join(FIELDS)}"
    if judgement.kind is JudgementKind.SPLIT and "source_name" not in names:
        return "it does not say whose row it is instead (source_name)"
    faults = (_find_fault_of(name, value, reading.document.text) for name, value in judgement.changes)
    return next((fault for fault in faults if fault), None)


def read_spans(words: str, text: str) -> tuple[Span, ...] | None:
    """Return the spans that ``12-40 55-60`` stands for, in order and apart; None where it stands for none."""
    if not STRETCHES.fullmatch(words):
        return None
    spans: list[Span] = []
    for stretch in words.split(" "):
        start, end = (int(number) for number in stretch.split("-"))
        if not (spans[-1].end if spans else 0) <= start < end <= len(text):
            return None
        spans.append(Span(start=start, end=end, exact=text[start:end]))
    return tuple(spans)


def write_spans(spans: Iterable[Span]) -> str:
    """Return spans as a judgement's changes have them: ``12-40 55-60``."""
    return " ".join(f"{span.start}-{span.end}" for span in spans)


def _find_fault_of(name: str, value: str, text: str) -> str | None:
    """Return why a field cannot have a value; None where it can."""
    if name in SPANS:
        fits = (name == "source_spans" and not value) or read_spans(value, text) is not None
        return None if fits else f"{name} = {value!r}: expected places in the text, in order, like 12-40 55-60"
    if name == "source_name":
        fits = bool(value.strip()) and len(value) <= NAME_MAX_CHARS
        return None if fits else f"source_name: expected a name of 1 to {NAME_MAX_CHARS:,} characters"
    known = LABELS.get(name) or PARTY[name]
    try:
        known(value)
    except ValueError:
        return f"{name} = {value!r}: expected one of {', '.join(known)}"  # type: ignore[arg-type]  # an enumeration
    return None


def _correct(reading: Reading, changes: Mapping[str, Mapping[str, str]]) -> Reading:
    """Return the reading with its rows changed; sources that only a person named come last."""
    sources = {source.id: source for source in reading.sources}
    rows = []
    for att in reading.attributions:
        fields = changes.get(att.id)
        rows.append(att if fields is None else _correct_row(att, fields, reading, sources))
    return replace(reading, attributions=tuple(rows), sources=tuple(sources.values()))


def _correct_row(
    att: Attribution, fields: Mapping[str, str], reading: Reading, sources: dict[str, Source]
) -> Attribution:
    """Return a row as a person has it; a source that the reading lacks is added to `sources`."""
    made: dict[str, Any] = {}
    for name, value in fields.items():
        if name in LABELS:
            made[name] = LABELS[name](value)
        elif name in SPANS:
            made[name] = read_spans(value, reading.document.text) or ()
    party = {name: PARTY[name](value) for name, value in fields.items() if name in PARTY}
    before = sources.get(att.source)
    if party and before is not None:
        source = _find_party(before, party, reading)
        sources.setdefault(source.id, source)
        made["source"] = source.id
    return replace(att, **made)


def _find_party(before: Source, party: Mapping[str, Any], reading: Reading) -> Source:
    """Return the source of the reading that is meant, else one of that name that rests on the person's word alone."""
    name = str(party.get("source_name", before.name)).strip()
    kind, naming = party.get("kind", before.kind), party.get("naming", before.naming)
    for source in reading.sources:
        is_meant = source.name.casefold() == name.casefold()
        if is_meant and (source.kind, source.naming) == (kind, naming):
            return source
    is_other = name.casefold() != before.name.casefold()
    blank = Source(id="", name=name, kind=kind, naming=naming) if is_other else before
    return replace(
        blank,
        id=make_id("src", (reading.document.id, "judged", name.casefold(), kind.value, naming.value)),
        name=name,
        kind=kind,
        naming=naming,
        confidence=1.0,
        made_by=("judgement",),
    )
