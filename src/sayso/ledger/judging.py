"""Judgements, made and checked: a person's decision becomes a record, or it is refused and nothing is recorded.

Rule 1: a judgement is about the row as it stands now, with what was judged before in it; its content is kept with it,
so that it shows what was meant should a later reading have no such row.
Rule 2: no judgement is made for anybody. Sources that are not named are tied to others by a person only, with a reason.
Rule 3: no clock here; who decides hands in the time.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from sayso.errors import BadJudgement
from sayso.ids import judgement_id
from sayso.ledger.spans import read_spans
from sayso.ledger.unmasking import find_source, is_beyond_page, is_name_beyond_page
from sayso.records import Certainty, Directness, Endorsement, Judgement, JudgementKind, Kind, Naming, Stance
from sayso.store.judged import FIELDS, SPANS, check_judgement, write_spans
from sayso.text import SURROGATE

if TYPE_CHECKING:
    from collections.abc import Mapping
    from enum import StrEnum

    from sayso.ledger.unmasking import PlacedSource
    from sayso.records import Attribution, Reading

LABELS: Final[Mapping[str, type[StrEnum]]] = MappingProxyType(
    {
        "stance": Stance,
        "certainty": Certainty,
        "endorsement": Endorsement,
        "directness": Directness,
        "kind": Kind,
        "naming": Naming,
    }
)
NAME: Final = "source_name"

NAME_MAX_CHARS: Final = 300
REASON_MAX_CHARS: Final = 4_000
# A time is part of a judgement's id, so it is written in one way only.
UTC_TIME: Final = re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d{1,6})?Z", re.ASCII)


@dataclass(frozen=True, slots=True, kw_only=True)
class Act:
    """Who decides, when and why.

    Attributes:
        by: The person's name.
        at: UTC, ``2024-11-03T10:15:42.073114Z``: fine enough that no two decisions of a person share it.
        reason: In the person's words; may be empty.
    """

    by: str
    at: str
    reason: str = ""


def accept(reading: Reading, row: str, act: Act) -> Judgement:
    """Return that a row is right as it stands.

    Raises:
        BadJudgement: If there is no such row, or the act names nobody.
    """
    return _judge_row(JudgementKind.ACCEPT, reading, row, act)


def reject(reading: Reading, row: str, act: Act) -> Judgement:
    """Return that a row is none.

    Raises:
        BadJudgement: As for `accept`.
    """
    return _judge_row(JudgementKind.REJECT, reading, row, act)


def unsure(reading: Reading, row: str, act: Act) -> Judgement:
    """Return that a person looked at a row and could not tell.

    Raises:
        BadJudgement: As for `accept`.
    """
    return _judge_row(JudgementKind.UNSURE, reading, row, act)


def correct(reading: Reading, row: str, changes: Mapping[str, str], act: Act) -> Judgement:
    """Return that a row is right once it is changed so.

    Args:
        reading: The reading with what was judged before applied to it.
        row: The row's id.
        changes: Field and new value, as `records.Judgement` names and writes them. What stands so already is left out.
            A name that a source of the reading has brings that source's kind and naming, unless these are given, too.
        act: Who, when, why.

    Raises:
        BadJudgement: As for `accept`; if a field cannot be corrected, a value is none of its field, a span lies outside
            the text, a row would lose its cue or content, nothing would change, or an unnamed source would get a name
            without a reason.
    """
    att = get_row(reading, row)
    now = describe_row(reading, att)
    wanted = {name: check_value(reading, row, name, value) for name, value in changes.items()}
    if NAME in wanted and wanted[NAME] != now[NAME]:
        wanted = describe_party(reading, wanted[NAME]) | wanted
    changed = tuple((name, wanted[name]) for name in FIELDS if name in wanted and wanted[name] != now[name])
    if not changed:
        reason = "it stands so already: accept it instead"
        raise BadJudgement(row, reason)
    if NAME in dict(changed):
        _check_name_given(reading, att, wanted[NAME], act)
    return _judge_row(JudgementKind.CORRECT, reading, row, act, changes=changed)


def split(reading: Reading, row: str, party: Mapping[str, str], act: Act) -> Judgement:
    """Return that a row is another source's.

    Args:
        reading: As for `correct`.
        row: The row's id.
        party: ``source_name``, and where it is known ``kind`` and ``naming``; a name that a source of the reading has
            brings that source's.
        act: Who, when, why.

    Raises:
        BadJudgement: As for `correct`.
    """
    att = get_row(reading, row)
    now = describe_row(reading, att)
    given = {name: check_value(reading, row, name, value) for name, value in party.items()}
    name = check_name(row, given.get(NAME, ""))
    if name.casefold() == now[NAME].casefold():
        reason = "it is this source's row already"
        raise BadJudgement(row, reason)
    # Of a source that is new to the reading no more is claimed than was of the one before.
    whole = {"naming": now["naming"]} | describe_party(reading, name) | given | {NAME: name}
    _check_name_given(reading, att, name, act)
    return _judge_row(
        JudgementKind.SPLIT, reading, row, act, changes=tuple((one, whole[one]) for one in FIELDS if whole.get(one))
    )


def same(one: PlacedSource, other: PlacedSource, act: Act) -> Judgement:
    """Return that two sources are one party.

    Raises:
        BadJudgement: If they are one source, the act names nobody, or it ties an unnamed source to a name or to a
            source of another document and gives no reason.
    """
    if is_beyond_page(one, other) and not act.reason.strip():
        reason = "one of them is not named: to say who that is takes a reason"
        raise BadJudgement(one.source.id, reason)
    return _judge_pair(JudgementKind.SAME, one, other, act)


def different(one: PlacedSource, other: PlacedSource, act: Act) -> Judgement:
    """Return that two sources are two parties.

    Raises:
        BadJudgement: If they are one source, or the act names nobody.
    """
    return _judge_pair(JudgementKind.DIFFERENT, one, other, act)


def unsure_pair(one: PlacedSource, other: PlacedSource, act: Act) -> Judgement:
    """Return that a person looked at two sources and leaves open whether they are one: the machine may not say so.

    Raises:
        BadJudgement: If they are one source, or the act names nobody.
    """
    return _judge_two(JudgementKind.UNSURE, None, (one.source.id, other.source.id), act)


def judge_rows(kind: JudgementKind, one: str, other: str, act: Act) -> Judgement:
    """Return that two rows tell the same claim, or different ones, or that it is open.

    Args:
        kind: Same, different or unsure.
        one: Id of a row.
        other: Id of another.
        act: Who, when, why.

    Raises:
        BadJudgement: If they are one row, or the act names nobody.
    """
    if one == other:
        reason = "it is one row: it takes two"
        raise BadJudgement(one, reason)
    return _judge_two(kind, None, (one, other), act)


def undo(judgement: Judgement, act: Act) -> Judgement:
    """Return that a judgement holds no longer; of an undoing, that the judgement holds again.

    Raises:
        BadJudgement: If the act names nobody.
    """
    return _make(JudgementKind.UNDO, judgement.document, judgement.id, act)


def get_row(reading: Reading, row: str) -> Attribution:
    """Return a row of a reading.

    Raises:
        BadJudgement: If there is none.
    """
    for att in reading.attributions:
        if att.id == row:
            return att
    reason = "its document's reading has no such row"
    raise BadJudgement(row, reason)


def describe_row(reading: Reading, att: Attribution) -> dict[str, str]:
    """Return all fields of a row that can be corrected, written as judgements write them."""
    source = find_source(reading, att.source)
    return {
        "stance": att.stance.value,
        "certainty": att.certainty.value,
        "endorsement": att.endorsement.value,
        "directness": att.directness.value,
        "kind": source.kind.value if source else "",
        "naming": source.naming.value if source else "",
        NAME: source.name if source else "",
        "source_spans": write_spans(att.source_spans),
        "cue_spans": write_spans(att.cue_spans),
        "content_spans": write_spans(att.content_spans),
    }


def describe_party(reading: Reading, name: str) -> dict[str, str]:
    """Return kind and naming of the reading's source of this name, letter case aside; nothing if it has none."""
    source = next((source for source in reading.sources if source.name.casefold() == name.casefold()), None)
    return {} if source is None else {"kind": source.kind.value, "naming": source.naming.value}


def say_content(att: Attribution) -> str:
    """Return the content of a row in one line, its stretches joined."""
    return " … ".join(span.exact for span in att.content_spans)


def check_value(reading: Reading, row: str, field: str, value: str) -> str:
    """Return the value of a field as judgements write it.

    Raises:
        BadJudgement: If there is no such field, or the value is none of it.
    """
    if field in LABELS:
        known = [member.value for member in LABELS[field]]
        if value not in known:
            reason = f"{field} is one of {', '.join(known)}, not {value[:40]!r}"
            raise BadJudgement(row, reason)
        return value
    if field == NAME:
        return check_name(row, value)
    if field in SPANS:
        return write_spans(read_spans(reading.document.text, value, row))
    reason = f"{field[:40]!r} cannot be corrected: {', '.join(FIELDS)} can"
    raise BadJudgement(row, reason)


def check_name(subject: str, name: str) -> str:
    """Return a name on one line.

    Raises:
        BadJudgement: If it is empty, longer than `NAME_MAX_CHARS` or has characters that are none.
    """
    plain = " ".join(name.split())
    if not plain:
        reason = "a name is empty"
        raise BadJudgement(subject, reason)
    if len(plain) > NAME_MAX_CHARS:
        reason = f"a name is longer than {NAME_MAX_CHARS} characters"
        raise BadJudgement(subject, reason)
    if any(unicodedata.category(one) in {"Cc", "Cs", "Cn"} for one in plain):
        reason = "a name has characters that cannot be written"
        raise BadJudgement(subject, reason)
    return plain


def _check_name_given(reading: Reading, att: Attribution, name: str, act: Act) -> None:
    if is_name_beyond_page(reading, att, name) and not act.reason.strip():
        reason = "the article does not say who this is: to say so takes a reason"
        raise BadJudgement(att.id, reason)


def _judge_row(
    kind: JudgementKind, reading: Reading, row: str, act: Act, *, changes: tuple[tuple[str, str], ...] = ()
) -> Judgement:
    att = get_row(reading, row)
    judgement = _make(kind, reading.document.id, row, act, changes=changes, exact=say_content(att))
    check_judgement(judgement, reading)
    return judgement


def _judge_pair(kind: JudgementKind, one: PlacedSource, other: PlacedSource, act: Act) -> Judgement:
    if one.source.id == other.source.id:
        reason = "these are one source already"
        raise BadJudgement(one.source.id, reason)
    document = one.document if one.document == other.document else None
    return _judge_two(kind, document, (one.source.id, other.source.id), act)


def _judge_two(kind: JudgementKind, document: str | None, ids: tuple[str, str], act: Act) -> Judgement:
    # One order, so that two persons who say the same of two say it of the same pair.
    first, second = sorted(ids)
    return _make(kind, document, first, act, other=second)


def _make(
    kind: JudgementKind,
    document: str | None,
    subject: str,
    act: Act,
    *,
    other: str | None = None,
    changes: tuple[tuple[str, str], ...] = (),
    exact: str = "",
) -> Judgement:
    by = check_name(subject, act.by)
    if not UTC_TIME.fullmatch(act.at):
        reason = f"{act.at[:40]!r} is no time in UTC"
        raise BadJudgement(subject, reason)
    reason = act.reason.strip()
    if len(reason) > REASON_MAX_CHARS or SURROGATE.search(reason):
        why = f"a reason is longer than {REASON_MAX_CHARS:,} characters, or has some that cannot be written"
        raise BadJudgement(subject, why)
    return Judgement(
        id=judgement_id(kind=kind.value, subject=subject, other=other, changes=changes, by=by, at=act.at),
        kind=kind,
        document=document,
        subject=subject,
        other=other,
        changes=changes,
        exact=exact,
        by=by,
        at=act.at,
        reason=reason,
    )
