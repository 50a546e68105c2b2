"""How far two persons who judged the same rows agree. Pure: judgements in, figures out.

What is compared is each person's decision as it stands: undone ones are out, later ones go over earlier ones.

Rule 1: only rows that both decided are compared, and how many those are is always said. Who was unsure has not decided.
Rule 2: kappa is given only where it can be had: where both gave one and the same answer to everything, it is undefined,
and from very few answers it says nothing.

Source: Cohen, A Coefficient of Agreement for Nominal Scales (1960); Wilson, Probable Inference (1927), whose interval
of a share is carried over to kappa with the expected agreement held fixed, as in Cohen's own standard error. Rows of
one article are not independent, so that the intervals are rather too narrow than too wide.
"""

from __future__ import annotations

import math
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from sayso.ledger.judging import LABELS, describe_row
from sayso.records import JudgementKind
from sayso.store.judged import FIELDS, find_in_force

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from sayso.records import Judgement, Reading

Z_95: Final = 1.959964
ACCEPTED, CORRECTED, REJECTED, UNSURE = "accept", "correct", "reject", "unsure"
DECISION: Final = "decision"
KAPPA_LEAST: Final = 20
"""From so few answers chance alone may give nearly any kappa."""
SAME_PARTY: Final = "same party"
AS_READ: Final = "as the machine read it"


@dataclass(frozen=True, slots=True, kw_only=True)
class Interval:
    """A figure with its 95 % interval.

    Attributes:
        value: The figure.
        low: Lower end.
        high: Upper end.
    """

    value: float
    low: float
    high: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreed:
    """Agreement in one question.

    Attributes:
        of: ``decision``, ``same party`` or the name of a field.
        n: How many both answered.
        n_same: How often they gave the same answer.
        share: Of the same answers; None where there was nothing to compare.
        kappa: Cohen's; None where it is undefined, or where answers are names or spans, which are no fixed set.
        why_no_kappa: Empty where there is one.
        counts: How often each pair of answers came, the first person's first; for names and spans empty.
    """

    of: str
    n: int
    n_same: int
    share: Interval | None
    kappa: Interval | None
    why_no_kappa: str
    counts: tuple[tuple[str, str, int], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Disagreement:
    """One question that two persons answered differently.

    Attributes:
        document: None for sources of two documents.
        subject: The row's or source's id.
        other: For sources the other's id; else None.
        exact: The row's content as it was judged; empty for sources.
        of: ``decision``, ``same party`` or the name of a field.
        one: The first person's answer.
        other_answer: The second's.
    """

    document: str | None
    subject: str
    other: str | None
    exact: str
    of: str
    one: str
    other_answer: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreement:
    """Two persons' agreement.

    Attributes:
        n_one: How many rows the first person judged.
        n_other: The second.
        n_both: How many both judged.
        n_unsure: Of these, how many one or both were unsure of: left out of all that follows.
        figures: The decision, each field in which either changed anything or that has labels, and same party.
        disagreements: In the order of documents and rows.
    """

    n_one: int
    n_other: int
    n_both: int
    n_unsure: int
    figures: tuple[Agreed, ...]
    disagreements: tuple[Disagreement, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """What one person decided about one row.

    Attributes:
        document: The document's id.
        decision: ``accept``, ``correct``, ``reject`` or ``unsure``.
        changes: Field and new value, of all corrections in force.
        exact: The content when it was last judged.
    """

    document: str | None
    decision: str
    changes: Mapping[str, str]
    exact: str


@dataclass(frozen=True, slots=True)
class _Answer:
    document: str | None
    subject: str
    other: str | None
    exact: str
    of: str
    one: str
    two: str


def measure_agreement(
    one: Iterable[Judgement], other: Iterable[Judgement], readings: Iterable[Reading] = ()
) -> Agreement:
    """Return the agreement of two persons.

    Args:
        one: The first person's judgements, undone ones and undoings too.
        other: The second's.
        readings: The machine's readings of the documents, as far as they are at hand: from them it is known what was
            accepted. Without, a field that was left alone counts as one answer of its own.
    """
    first, second = find_in_force(one), find_in_force(other)
    mine, theirs = decide_rows(first), decide_rows(second)
    both = sorted(mine.keys() & theirs.keys(), key=lambda row: (mine[row].document or "", row))
    decided = [row for row in both if UNSURE not in {mine[row].decision, theirs[row].decision}]
    wanted = set(decided)
    values = {
        att.id: describe_row(reading, att) for reading in readings for att in reading.attributions if att.id in wanted
    }
    answers = [_decision(row, mine[row], theirs[row]) for row in decided]
    for row in decided:
        if REJECTED not in {mine[row].decision, theirs[row].decision}:
            answers += _fields(row, mine[row], theirs[row], values.get(row, {}))
    answers += _pairs(_decide_pairs(first), _decide_pairs(second))
    by_question: dict[str, list[_Answer]] = {of: [] for of in (DECISION, *FIELDS, SAME_PARTY)}
    for answer in answers:
        by_question[answer.of].append(answer)
    return Agreement(
        n_one=len(mine),
        n_other=len(theirs),
        n_both=len(both),
        n_unsure=len(both) - len(decided),
        figures=tuple(_measure(of, given) for of, given in by_question.items() if given or of == DECISION),
        disagreements=tuple(
            Disagreement(
                document=answer.document,
                subject=answer.subject,
                other=answer.other,
                exact=answer.exact,
                of=answer.of,
                one=answer.one,
                other_answer=answer.two,
            )
            for answer in sorted(answers, key=lambda answer: (answer.document or "", answer.subject))
            if answer.one != answer.two
        ),
    )


def decide_rows(standing: Iterable[Judgement]) -> dict[str, Decision]:
    """Return what one person decided about each row, from judgements in force in the order of their times.

    Corrections add up, and giving a row to another source is one; accepting afterwards accepts the row as corrected.
    """
    found: dict[str, Decision] = {}
    answers_of = {
        JudgementKind.ACCEPT: ACCEPTED,
        JudgementKind.CORRECT: CORRECTED,
        JudgementKind.SPLIT: CORRECTED,
        JudgementKind.REJECT: REJECTED,
        JudgementKind.UNSURE: UNSURE,
    }
    for judgement in standing:
        decision = answers_of.get(judgement.kind)
        if decision is None:
            continue
        before = found.get(judgement.subject)
        changes = {**(before.changes if before else {}), **dict(judgement.changes)}
        if decision == ACCEPTED and changes:
            decision = CORRECTED
        found[judgement.subject] = Decision(
            document=judgement.document, decision=decision, changes=changes, exact=judgement.exact
        )
    return found


def measure_kappa(pairs: Sequence[tuple[str, str]]) -> Interval | None:
    """Return Cohen's kappa of two persons' answers, or None where it is undefined."""
    n = len(pairs)
    if not n:
        return None
    one, other = Counter(a for a, _ in pairs), Counter(b for _, b in pairs)
    # In whole numbers: that both gave one and the same answer to everything is an equality, not a near one.
    chance = sum(one[answer] * other[answer] for answer in one)
    if chance == n * n:
        return None
    expected = chance / (n * n)
    share = measure_share(sum(a == b for a, b in pairs), n)

    def carry_over(observed: float) -> float:
        return (observed - expected) / (1.0 - expected)

    # Kappa is never under -1, however much room the interval of the share leaves.
    return Interval(value=carry_over(share.value), low=max(-1.0, carry_over(share.low)), high=carry_over(share.high))


def measure_share(n_same: int, n: int) -> Interval:
    """Return a share of at least one with Wilson's interval."""
    share = n_same / n
    z2 = Z_95 * Z_95
    middle = (share + z2 / (2 * n)) / (1 + z2 / n)
    half = Z_95 / (1 + z2 / n) * math.sqrt(share * (1 - share) / n + z2 / (4 * n * n))
    return Interval(value=share, low=max(0.0, min(middle - half, share)), high=min(1.0, max(middle + half, share)))


def _measure(of: str, answers: Sequence[_Answer]) -> Agreed:
    pairs = [(answer.one, answer.two) for answer in answers]
    n_same = sum(one == other for one, other in pairs)
    is_closed = of in LABELS or of in {DECISION, SAME_PARTY}
    kappa = measure_kappa(pairs) if is_closed else None
    why = ""
    if not pairs:
        why = "nothing that both decided"
    elif not is_closed:
        why = "answers are no fixed set"
    elif kappa is None:
        why = "both gave one and the same answer to everything"
    elif len(pairs) < KAPPA_LEAST:
        kappa, why = None, f"too few to say: under {KAPPA_LEAST}"
    counts = Counter(pairs) if is_closed else Counter()
    return Agreed(
        of=of,
        n=len(pairs),
        n_same=n_same,
        share=measure_share(n_same, len(pairs)) if pairs else None,
        kappa=kappa,
        why_no_kappa=why,
        counts=tuple((one, other, n) for (one, other), n in sorted(counts.items())),
    )


def _decision(row: str, mine: Decision, theirs: Decision) -> _Answer:
    return _Answer(mine.document, row, None, mine.exact, DECISION, mine.decision, theirs.decision)


def _fields(row: str, mine: Decision, theirs: Decision, values: Mapping[str, str]) -> list[_Answer]:
    """Return both persons' values of each field; names and spans only where one of the two changed them."""
    found = []
    for field in FIELDS:
        is_changed = field in mine.changes or field in theirs.changes
        if field in LABELS or is_changed:
            read = values.get(field, AS_READ)
            one, two = mine.changes.get(field, read), theirs.changes.get(field, read)
            found.append(_Answer(mine.document, row, None, mine.exact, field, one, two))
    return found


def _decide_pairs(standing: Iterable[Judgement]) -> dict[tuple[str, str], Judgement]:
    kinds = {JudgementKind.SAME, JudgementKind.DIFFERENT}
    return {
        (judgement.subject, judgement.other): judgement
        for judgement in standing
        if judgement.kind in kinds and judgement.other is not None
    }


def _pairs(mine: Mapping[tuple[str, str], Judgement], theirs: Mapping[tuple[str, str], Judgement]) -> list[_Answer]:
    return [
        _Answer(mine[pair].document, *pair, "", SAME_PARTY, mine[pair].kind.value, theirs[pair].kind.value)
        for pair in sorted(mine.keys() & theirs.keys())
    ]
