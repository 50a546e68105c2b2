"""How far a figure reaches: one number or a range of two, then what the words around it make of it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from sayso.errors import Problem
from sayso.extract.figure_bounds import Figure, find_change, join_bounds, read_bounds
from sayso.extract.number_sums import EXACT, ONE
from sayso.extract.rulebook import load_rules
from sayso.records import QuantityKind

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sayso.extract.figure_tokens import Words
    from sayso.extract.figure_units import Amount

RESULT_REACH = 5
MILLION = ONE * 1_000_000
MOVED = ("before the change", "after the change")


def find_figures(words: Words, amounts: Sequence[Amount]) -> tuple[list[Figure], list[Problem]]:
    """Return the figures of a text with their reach, in order, and the ranges that stood the wrong way round."""
    problems: list[Problem] = []
    figures: list[Figure] = []
    i = 0
    while i < len(amounts):
        pair = _read_pair(words, amounts[i], amounts[i + 1], problems) if i + 1 < len(amounts) else []
        found = pair or [_single(amounts[i])]
        figures += found
        i += 2 if pair else 1
    floor = 0
    bounded = []
    for figure in figures:
        reached = read_bounds(words, figure, floor)
        bounded.append(reached)
        floor = reached.end
    return join_bounds(words, bounded), problems


def _single(amount: Amount) -> Figure:
    """Return one number as a figure."""
    number = amount.number
    return Figure(
        first=amount.first, end=amount.end, low=number.low, high=number.high, kind=amount.kind, unit=amount.unit,
        numbers=(number,), is_below_high=number.is_below_high, is_approximate=number.is_approximate,
        why=tuple(filter(None, (number.why, amount.why))),
    )  # fmt: skip


def _read_pair(words: Words, a: Amount, b: Amount, problems: list[Problem]) -> list[Figure]:
    """Return a range of two numbers as one figure, two ends of a change as two, or nothing."""
    link = _find_link(words, a, b)
    if not link:
        return []
    a, b = _share_unit(words, a, b, link)
    forms = {a.number.form, b.number.form}
    # "Fell by a third to 20": a share and what is left, no range.
    is_left = a.number.form == "share" and not a.number.is_digits and b.number.form == "number" and a.unit is None
    is_mixed = ("ordinal" in forms and len(forms) > 1) or (is_left and link == "word")
    if a.unit != b.unit or a.kind != b.kind or "vague" in forms or is_mixed or a.number.is_bare:
        return []
    low, high = a.number.low, b.number.low
    at = _find_lead(words, a)
    lead = words.low[at]
    is_led = lead in load_rules("en", "quantities")["ranges"]["leads"]
    if lead == "from" and find_change(words, at, a.kind):
        return [replace(_single(part), why=(why,)) for part, why in zip((a, b), MOVED, strict=True)]
    two = [] if is_led else _read_result(words, a, b, link)
    if two or (link == "or" and not low < high <= 2 * low + 1):
        return two
    is_near = link == "or" or (is_led and at < a.first - 1) or b.first - a.end > 1
    figure = replace(
        _single(a), end=b.end, high=high, numbers=(a.number, b.number), is_approximate=is_near and link != "mark",
        why=tuple(filter(None, ("either of two" if link == "or" else "a range", a.why or b.why))),
    )  # fmt: skip
    if is_led:
        figure = replace(figure, first=at)
    if low > high:
        start, end = words.start[figure.first], words.end[figure.end - 1]
        message = "A range begins with its higher end; it was turned."
        if low > 0:  # "-5 to -10 degrees" is how people write it
            problems.append(Problem(code="turned-range", message=message, start=start, end=end))
        figure = replace(figure, low=high, high=low, why=(*figure.why, "written with the higher end first, turned"))
    return [figure]


def _read_result(words: Words, a: Amount, b: Amount, link: str) -> list[Figure]:
    """Return both numbers of a score, a vote or a ratio, which make no range; nothing where they may make one."""
    is_result, is_plain = _is_near_result(words, a, b), a.unit is None
    low, high = a.number.low, b.number.low
    two = [_single(a), _single(b)]
    is_ratio = link == "word" and is_plain and high == 1 < low  # "2 to 1"
    if is_ratio or (link == "mark" and is_plain and (low >= high or is_result)):
        return [replace(figure, is_result=True) for figure in two]
    # "Leads by 43 percent to 38 percent"
    is_standing = low > high and (is_result or a.kind is QuantityKind.PERCENT)
    return two if link == "word" and (is_standing or (is_result and is_plain)) else []


def _find_link(words: Words, a: Amount, b: Amount) -> str:
    """Return how two numbers are tied: ``mark``, ``word``, ``or``; "" where they are not."""
    rules = load_rules("en", "quantities")["ranges"]
    between = words.low[a.end : b.first]
    if not words.is_near(b.first) or not words.is_near(a.end):
        return ""
    if len(between) == 1 and between[0] in rules["marks"]:
        # "1995-01", "+1-222", "F-16-20": numbers that hang together and count nothing.
        is_code = words.value[b.number.first].startswith("0") and words.value[b.number.first][1:2].isdigit()
        if is_code or (words.is_glued(a.first) and words.low[a.first - 1] in ("-", "+", "/")):
            return ""
        dash = words.is_glued(a.end) == words.is_glued(b.first)
        return "mark" if dash and words.low[b.end : b.end + 1] != between else ""
    if between[:1] == ["-"] and words.is_glued(a.end):  # "18- to 24-year-old"
        between = between[1:]
    is_and = between[:1] == ["and"] and words.low[_find_lead(words, a)] == "between"
    if (is_and or (between and between[0] in rules["words"])) and all(word in rules["between"] for word in between[1:]):
        return "word"
    if between == ["up", "to"] and words.low[_find_lead(words, a)] == "from":
        return "word"
    return "or" if between == ["or"] and a.number.form == b.number.form == "number" else ""


def _find_lead(words: Words, a: Amount) -> int:
    """Return the token in front of a number, "about" and the like skipped; of the text's first number its own."""
    i = a.first - 1
    while i > 0 and words.low[i] in load_rules("en", "quantities")["ranges"]["between"]:
        i -= 1
    return max(i, 0)


def _share_unit(words: Words, a: Amount, b: Amount, link: str) -> tuple[Amount, Amount]:
    """Return both ends of a range with the unit and the multiple that only one of them shows."""
    if a.kind is QuantityKind.NUMBER and b.kind is not QuantityKind.ORDINAL:
        a = replace(a, kind=b.kind, unit=b.unit, why=b.why)
    elif b.kind is QuantityKind.NUMBER and a.kind is QuantityKind.MONEY:
        b = replace(b, kind=a.kind, unit=a.unit)
    elif a.kind is QuantityKind.MONEY and b.kind is QuantityKind.MEASURE and words.low[b.number.end : b.end] == ["m"]:
        b = _take_millions(b, a)
    x, y = a.number, b.number
    scale = y.scale
    is_grouped = link == "mark" and scale == ONE and "," in words.exact(y.first) and x.low < y.low / 1000
    if is_grouped and x.is_digits and x.low == x.low.to_integral_value():
        scale = ONE * 1000
    if x.scale == ONE and scale > ONE and x.low < y.low / scale and x.form == "number":
        value = EXACT.multiply(x.low, scale)
        a = replace(a, number=replace(x, low=value, high=value, scale=scale))
    return a, b


def _take_millions(b: Amount, a: Amount) -> Amount:
    """Return the upper end of a range of money, whose "m" was read as metres ("$5-6m"), as millions of it."""
    value = EXACT.multiply(b.number.low, MILLION)
    return replace(b, number=replace(b.number, low=value, high=value, scale=MILLION), kind=a.kind, unit=a.unit)


def _is_near_result(words: Words, a: Amount, b: Amount) -> bool:
    """Return whether a word of games or votes stands near two numbers."""
    near = {*words.low[max(0, a.first - RESULT_REACH) : a.first], *words.low[b.end : b.end + RESULT_REACH - 2]}
    return not near.isdisjoint(load_rules("en", "quantities")["ranges"]["results"])
