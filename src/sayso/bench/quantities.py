"""How well figures are read: against the specifications of a recogniser of numbers, and against labelled news.

The specifications count every "one" and "third" of a sentence as a number, which an article's figures are not: for them
the floors below `find_quantities` are asked. Where their convention differs it is converted here: their ranges shut out
the upper end ("between 10 and 20" is [10,20)), their shares are per cent in one file. Places in an order that are
counted from where one stands ("the next one", "the last but one") are no figures of Sayso's and are counted apart.

Source: Recognizers-Text, Specs/Number/English; Minard et al., MEANTIME (LREC 2016).
"""

from __future__ import annotations

import json
import re
import time
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import click
from lxml import etree

from sayso.bench.corpora import require_shared
from sayso.bench.shares import Share, is_seen
from sayso.extract.figure_tokens import tokenize
from sayso.extract.figure_units import read_amount
from sayso.extract.number_words import find_numbers
from sayso.extract.quantities import find_intervals, find_quantities
from sayso.records import QuantityKind

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from sayso.extract.figure_bounds import Figure

HALVES = ("looked at", "unseen")
TOLERANCE = Decimal("1E-9")
MEANTIME_KINDS = {
    "PERCENT": {QuantityKind.PERCENT},
    "MONEY": {QuantityKind.MONEY},
    "QUANTITY": {QuantityKind.COUNT, QuantityKind.MEASURE, QuantityKind.NUMBER, QuantityKind.ORDINAL},
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """One figure as the specification wants it or as it was read, in one notation.

    Attributes:
        start: First code point.
        end: One past the last.
        low: The lower bound; None where open.
        high: The upper bound; None where open.
        shut_out: Which of the bounds are excluded, of "lh"; of two-sided ranges only "l" is told.
    """

    start: int
    end: int
    low: Decimal | None
    high: Decimal | None
    shut_out: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """One sentence of a specification.

    Attributes:
        model: The file that it stands in, without its ending.
        text: The sentence.
        wanted: What has to be found in it.
        relative: How many places in an order counted from somewhere are wanted besides; not measured.
    """

    model: str
    text: str
    wanted: tuple[Answer, ...]
    relative: int = 0

    @property
    def half(self) -> str:
        """Return the half that it belongs to, by its text alone."""
        return HALVES[0 if is_seen(self.text) else 1]


def load_cases(path: Path) -> list[Case]:
    """Return the sentences of one file."""
    cases = []
    for entry in json.loads(path.read_text("utf-8-sig")):
        results = entry["Results"]
        relative = sum(result["TypeName"] == "ordinal.relative" for result in results)
        wanted = [parse_result(result) for result in results if result["TypeName"] != "ordinal.relative"]
        cases.append(
            Case(
                model=path.stem,
                text=entry["Input"],
                wanted=tuple(answer for answer in wanted if answer),
                relative=relative,
            )
        )
    return cases


def parse_result(result: dict[str, Any]) -> Answer | None:
    """Return one wanted result; None for a percentage without a value."""
    written = result["Resolution"]["value"].removesuffix("%")
    start, end = result["Start"], result["End"] + 1
    if written == "null":
        return None
    if written[0] in "[(":
        low, high = (Decimal(part) if part.strip() else None for part in written[1:-1].split(","))
        shut = ("l" if written[0] == "(" and low is not None else "") + (
            "h" if written[-1] == ")" and high is not None and low is None else ""
        )
        return Answer(start=start, end=end, low=low, high=high, shut_out=shut)
    value = Decimal(written)
    return Answer(start=start, end=end, low=value, high=value)


def read_case(case: Case) -> list[Answer]:
    """Return what was read in a sentence, in the terms of its file."""
    if case.model.startswith(("NumberModel", "Ordinal")):
        return read_numbers(case.text, is_ordinal=case.model.startswith("Ordinal"))
    figures = [(span.start, span.end, figure) for span, figure in find_intervals(case.text, with_codes=False)]
    if case.model.startswith("Percent"):
        return [_to_percent(*found) for found in figures if _is_percent(found[2], case.model)]
    wanted_points = [answer for answer in case.wanted if answer.low == answer.high]
    found = [_to_answer(*found) for found in figures]
    return [
        answer
        for answer in found
        if answer.low != answer.high or any(is_right(point, answer) for point in wanted_points)
    ]


def read_numbers(text: str, *, is_ordinal: bool) -> list[Answer]:
    """Return the bare numbers of a sentence, or the ordinals, as the specifications count them.

    Theirs: internet addresses are several numbers; digits with a unit directly behind them are none.
    """
    words = tokenize(text)
    read = []
    for number in find_numbers(words):
        amount = read_amount(words, number)
        own = amount.number if amount.number.scale > number.scale else number
        is_tied = words.is_glued(own.end) and words.kind[own.end] == "word" and number.is_digits
        if (own.form == "ordinal") == is_ordinal and own.form != "vague" and not is_tied:
            answer = Answer(start=words.start[own.first], end=words.end[own.end - 1], low=own.low, high=own.high)
            read.append(answer)
    for i in range(len(words) if not is_ordinal else 0):
        if words.kind[i] == "code" and "/" not in words.low[i]:
            for part in re.finditer("[0-9]+", words.low[i]):
                value = Decimal(part.group())
                start = words.start[i] + part.start()
                read.append(Answer(start=start, end=start + len(part.group()), low=value, high=value))
    return read


def _is_percent(figure: Figure, model: str) -> bool:
    """Return whether a figure is one of hundredths, or in the file of that mode a share."""
    is_share = model.endswith("PercentMode") and figure.numbers[0].form == "share"
    return figure.kind is QuantityKind.PERCENT or is_share


def _to_percent(start: int, end: int, figure: Figure) -> Answer:
    """Return a figure in hundredths."""
    by = 1 if figure.kind is QuantityKind.PERCENT else 100
    low, high = (None if bound is None else bound * by for bound in (figure.low, figure.high))
    return Answer(start=start, end=end, low=low, high=high)


def _to_answer(start: int, end: int, figure: Figure) -> Answer:
    """Return a figure in the notation of the ranges."""
    shut = ("l" if figure.is_above_low and figure.low is not None else "") + (
        "h" if figure.is_below_high and figure.high is not None and figure.low is None else ""
    )
    return Answer(start=start, end=end, low=figure.low, high=figure.high, shut_out=shut)


def is_right(wanted: Answer, read: Answer) -> bool:
    """Return whether what was read overlaps what was wanted and has its bounds."""
    overlaps = read.start < wanted.end and wanted.start < read.end
    same = _is_equal(wanted.low, read.low) and _is_equal(wanted.high, read.high)
    return overlaps and same and wanted.shut_out == read.shut_out


def _is_equal(a: Decimal | None, b: Decimal | None) -> bool:
    """Return whether two bounds are the same up to fifteen digits."""
    if a is None or b is None:
        return a is b
    return abs(a - b) <= TOLERANCE * max(abs(a), abs(b))


def is_case_right(case: Case) -> bool:
    """Return whether everything wanted was read, each once, and nothing else."""
    read = read_case(case)
    if len(read) != len(case.wanted):
        return False
    return all(any(is_right(wanted, answer) for answer in read) for wanted in case.wanted)


def measure_cases(cases: Sequence[Case]) -> list[Share]:
    """Return the share of sentences read right: each file and half, then all together."""
    judged = [(case, is_case_right(case)) for case in cases if not case.relative]
    shares = []
    for model in [*dict.fromkeys(case.model for case in cases), "all files"]:
        for half in HALVES:
            hits = [right for case, right in judged if model in (case.model, "all files") and case.half == half]
            shares.append(Share(of=f"{model}, {half}", right=sum(hits), n=len(hits)))
    return shares


@dataclass(frozen=True, slots=True, kw_only=True)
class Labelled:
    """One labelled figure of an article.

    Attributes:
        start: First code point.
        end: One past the last.
        label: The label.
    """

    start: int
    end: int
    label: str


def load_article(path: Path) -> tuple[str, list[Labelled]]:
    """Return the text of a MEANTIME file, its tokens parted by blanks, and its labelled figures."""
    root = etree.parse(path, etree.XMLParser(resolve_entities=False, no_network=True)).getroot()
    parts: list[str] = []
    places: dict[str, tuple[int, int]] = {}
    at, sentence = 0, None
    for token in root.iter("token"):
        word = token.text or ""
        if parts:
            parts.append(" " if token.get("sentence") == sentence else "\n")
            at += 1
        sentence = token.get("sentence")
        places[token.get("t_id", "")] = (at, at + len(word))
        parts.append(word)
        at += len(word)
    labelled = []
    for value in root.iter("VALUE"):
        spots = [places[anchor.get("t_id", "")] for anchor in value.iter("token_anchor")]
        if spots:
            start, end = min(spot[0] for spot in spots), max(spot[1] for spot in spots)
            labelled.append(Labelled(start=start, end=end, label=value.get("type", "")))
    return "".join(parts), labelled


def measure_articles(articles: Sequence[tuple[str, list[Labelled]]]) -> list[Share]:
    """Return for each label how many figures were found, and of those how many with the label's kind."""
    shares = []
    hits: dict[str, list[set[QuantityKind]]] = {label: [] for label in MEANTIME_KINDS}
    for text, labelled in articles:
        read = find_quantities(text)[0]
        for gold in labelled:
            if gold.label in hits:
                over = [q.kind for q in read if q.span.start < gold.end and gold.start < q.span.end]
                hits[gold.label].append(set(over))
    for label, kinds in hits.items():
        found = [over for over in kinds if over]
        shares.append(Share(of=f"MEANTIME {label} found", right=len(found), n=len(kinds)))
        right = sum(bool(over & MEANTIME_KINDS[label]) for over in found)
        shares.append(Share(of=f"MEANTIME {label} of the right kind", right=right, n=len(found)))
    return shares


@click.command("quantities")
@click.option("--misses", is_flag=True, help="Print the sentences of the looked-at half that were read wrong.")
def quantities_command(*, misses: bool) -> None:
    """Measure how figures are read as intervals."""
    shared = require_shared()
    cases = [case for path in sorted((shared / "data/numbers").glob("*.json")) for case in load_cases(path)]
    click.echo("sentences read right, nothing missed and nothing more (Wilson 95 %)")
    for share in measure_cases(cases):
        click.echo(str(share))
    click.echo(f"out of scope (relative places in an order): {sum(case.relative > 0 for case in cases)} sentences")
    if misses:
        for case in cases:
            if case.half == HALVES[0] and not case.relative and not is_case_right(case):
                click.echo(f"{case.model}: {case.text!r}\n   wanted {_show(case.text, case.wanted)}")
                click.echo(f"   read   {_show(case.text, read_case(case))}")
    articles = [load_article(path) for path in sorted((shared / "data/meantime").rglob("*.xml"))]
    began = time.process_time()
    for share in measure_articles(articles):
        click.echo(str(share))
    spent = time.process_time() - began
    tokens = sum(len(text.split()) for text, _ in articles)
    click.echo(f"{1000 * spent * 600 / max(1, tokens):.2f} ms per 600 words")


def _show(text: str, answers: Sequence[Answer]) -> str:
    """Return answers on one line."""
    return str([(text[a.start : a.end], str(a.low), str(a.high), a.shut_out) for a in answers])
