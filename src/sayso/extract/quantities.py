"""The figures that an article gives, as intervals: how many, how much, of whom.

`find_quantities` gives what an article states as a figure. Dates, clock times, scores, telephone numbers and names with
a number are none, and neither is "one" without a noun. `find_intervals` is the floor below: every number of a text,
with its unit and its reach, whatever it is for.
"""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING

from sayso.errors import Problem
from sayso.extract.calendar_words import load_days, load_months
from sayso.extract.counted_things import find_counted
from sayso.extract.figure_bounds import read_behind_noun
from sayso.extract.figure_ranges import find_figures
from sayso.extract.figure_tokens import Words, tokenize
from sayso.extract.figure_units import read_amount
from sayso.extract.not_figures import is_no_figure
from sayso.extract.number_sums import MAX_DIGITS, to_plain
from sayso.extract.number_words import find_numbers
from sayso.extract.rulebook import load_rules
from sayso.records import Quantity, QuantityKind, Span

if TYPE_CHECKING:
    from sayso.extract.figure_bounds import Figure

MAX_AGE = 120
AGES_REACH = 8
# So many digits without a separator number something and count nothing.
ID_DIGITS = 12
ONE = Decimal(1)


def find_quantities(text: str) -> tuple[list[Quantity], list[Problem]]:
    """Return the figures of a text in order, not overlapping, and what was wrong with some.

    Problems: ``turned-range`` for a range that begins with its higher end; ``figure-too-long`` for digits that nobody
    counts with.
    """
    words, figures, problems = _find_all(text)
    found: list[Quantity] = []
    for figure in figures:
        age = _read_age(words, figure)
        if age is None and is_no_figure(words, figure):
            continue
        quantity = _to_quantity(words, age or figure)
        if quantity:
            found.append(quantity)
    kept = [problem for problem in problems if _is_kept(problem, found)]
    return found, kept


def find_intervals(text: str, *, with_codes: bool = True) -> list[tuple[Span, Figure]]:
    """Return every number of a text with its unit and reach, also those that no article would give as a figure.

    Args:
        text: The text.
        with_codes: Whether dates, telephone numbers, scores and the like are given too.
    """
    words, figures, _ = _find_all(text)
    kept = [figure for figure in figures if with_codes or not is_no_figure(words, figure)]
    return [(_span(words, figure.first, figure.end), figure) for figure in kept]


def _find_all(text: str) -> tuple[Words, list[Figure], list[Problem]]:
    """Return the tokens of a text, all figures in it and the problems met."""
    words = tokenize(text)
    long = f"More than {MAX_DIGITS} digits are no figure."
    problems = [
        Problem(code="figure-too-long", message=long, start=words.start[i], end=words.end[i])
        for i in range(len(words))
        if len(words.value[i]) > MAX_DIGITS
    ]
    amounts = []
    floor = 0
    for number in find_numbers(words):
        if number.first >= floor:
            amount = read_amount(words, number, floor=floor)
            amounts.append(amount)
            floor = amount.end
    figures, turned = find_figures(words, amounts)
    return words, figures, sorted(problems + turned, key=lambda problem: problem.start or 0)


def _is_kept(problem: Problem, found: list[Quantity]) -> bool:
    """Return whether a problem is of a figure that is given."""
    return problem.code != "turned-range" or any(q.span.start <= (problem.start or 0) < q.span.end for q in found)


def _to_quantity(words: Words, figure: Figure) -> Quantity | None:
    """Return a figure as a record; None where nothing is counted that would make it one."""
    counted = find_counted(words, figure) if figure.why[-1:] != ("an age",) else None
    kind = figure.kind
    if kind is QuantityKind.NUMBER and counted:
        kind = QuantityKind.COUNT
    if counted:
        figure = read_behind_noun(words, figure, counted[1])
    if counted is None and _needs_noun(words, figure):
        return None
    low, high = figure.low, figure.high
    why = figure.why
    if figure.numbers[0].form == "share" and kind in (QuantityKind.NUMBER, QuantityKind.COUNT):
        kind, why = QuantityKind.NUMBER, (*why, "a share of the whole")
    if figure.is_below_high and high is not None and not figure.is_bound:
        why = (*why, f"below {to_plain(high)}")
    return Quantity(
        span=_span(words, figure.first, figure.end),
        low=None if low is None else to_plain(low),
        high=None if high is None else to_plain(high),
        kind=kind,
        unit=figure.unit,
        of=_span(words, *counted) if counted else None,
        is_approximate=figure.is_approximate,
        is_change=figure.is_change,
        why="; ".join(why),
    )


def _needs_noun(words: Words, figure: Figure) -> bool:
    """Return whether a figure is one only where a noun stands behind it: "one", "first", digits behind a name."""
    number, i = figure.numbers[0], figure.numbers[0].first
    if figure.kind is QuantityKind.ORDINAL:
        return not number.is_digits
    if number.is_digits and len(words.low[i]) >= ID_DIGITS and words.low[i].isdigit():
        return True
    if figure.kind is not QuantityKind.NUMBER or figure.is_bound or figure.is_approximate or figure.is_change:
        return False
    if words.low[i] == "one" and number.end == i + 1 and len(figure.numbers) == 1:
        return True
    is_behind_name = i > 1 and words.is_capital(i - 1) and words.is_near(i) and words.is_near(i - 1)
    return is_behind_name and number.is_digits and words.low[i - 2] not in (".", "!", "?", ":", '"', "“")


def _read_age(words: Words, figure: Figure) -> Figure | None:
    """Return an age between commas, or behind "aged", as years; None where there is none."""
    number, last = figure.numbers[0], figure.numbers[-1]
    if figure.unit or number.form != "number" or last.low > MAX_AGE or not number.low > 0:
        return None
    is_bound = any("older" in step or "younger" in step for step in figure.why)
    is_between = len(figure.numbers) == 1 and number.is_digits and _is_between_commas(words, figure.first, figure.end)
    if not (is_bound or is_between or _is_behind_aged(words, figure.first)):
        return None
    return replace(figure, kind=QuantityKind.MEASURE, unit="year", why=(*figure.why, "an age"))


def _is_behind_aged(words: Words, i: int) -> bool:
    """Return whether "aged" stands in front, or in front of the ages before ("aged 12, 9 and 4")."""
    rules = load_rules("en", "quantities")["ages"]
    for k in range(i - 1, max(-1, i - 1 - AGES_REACH), -1):
        if words.low[k] in rules["leads"]:
            return words.is_near(k + 1)
        if words.kind[k] != "number" and words.low[k] not in rules["links"]:
            return False
    return False


def _is_between_commas(words: Words, i: int, j: int) -> bool:
    """Return whether a number stands between commas behind a name ("Ilva Brenn, 42, said")."""
    if i < 2 or words.low[i - 1] != "," or words.low[j] not in (",", ".", ";", ")") or not words.is_near(j):  # noqa: PLR2004
        return False
    name = words.low[i - 2]
    if _is_date_word(words, i - 2) or words.kind[i - 2] != "word" or "." in words.value[i]:
        return False
    if words.is_cased:
        return words.is_capital(i - 2)
    return words.kind[j + 1] == "word" and name not in load_rules("en", "quantities")["counted"]["stops"]


def _is_date_word(words: Words, i: int) -> bool:
    """Return whether a word names a month or a day of the week."""
    return words.low[i] in load_months() or words.low[i] in load_days()


def _span(words: Words, first: int, end: int) -> Span:
    """Return tokens as a span."""
    start, stop = words.start[first], words.end[end - 1]
    return Span(start=start, end=stop, exact=words.text[start:stop])
