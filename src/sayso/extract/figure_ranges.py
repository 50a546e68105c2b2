"""How far a figure reaches: ranges of two numbers, bounds ("at least"), vagueness ("about") and changes ("another")."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cache
from typing import TYPE_CHECKING

from sayso.errors import Problem
from sayso.extract.number_sums import EXACT, ONE, Number, lexicon, to_plain
from sayso.extract.rulebook import load_rules
from sayso.records import QuantityKind

if TYPE_CHECKING:
    from collections.abc import Sequence
    from decimal import Decimal

    from sayso.extract.figure_tokens import Words
    from sayso.extract.figure_units import Amount

BETWEEN = ("between", "from", "betwen")
RESULT_REACH = 5
CHANGE_REACH = 6
MAX_JOINT = 5
MOVED = ("before the change", "after the change")


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """A figure with its reach, before it is known whether the article gives it.

    Attributes:
        first: Its first token, bounds included.
        end: One past its last token.
        low: The least; None where open below.
        high: The greatest; None where open above.
        is_above_low: Whether it is above `low`, not from it on.
        is_below_high: Whether it is below `high`, not up to it.
        kind: What it counts or measures, as far as its unit tells.
        unit: Its unit.
        numbers: The numbers in it.
        is_approximate: Whether the text says so.
        is_change: Whether it comes on top of something, or off it.
        is_bound: Whether a bound stands at it.
        is_result: Whether it is one half of a score or a vote.
        why: How it was read, each step.
    """

    first: int
    end: int
    low: Decimal | None
    high: Decimal | None
    kind: QuantityKind
    unit: str | None
    numbers: tuple[Number, ...]
    is_above_low: bool = False
    is_below_high: bool = False
    is_approximate: bool = False
    is_change: bool = False
    is_bound: bool = False
    is_result: bool = False
    why: tuple[str, ...] = ()


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
        reached = _read_bounds(words, figure, floor)
        bounded.append(reached)
        floor = reached.end
    return _join_bounds(words, bounded), problems


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
    if not link or a.number.high is None or b.number.high is None:
        return []
    a, b = _share_unit(words, a, b, link)
    same = a.unit == b.unit and a.kind == b.kind
    forms = {a.number.form, b.number.form}
    if not same or "vague" in forms or ("ordinal" in forms and len(forms) > 1) or a.number.is_bare:
        return []
    lead = words.low[a.first - 1] if a.first else ""
    is_result = _is_near_result(words, a, b)
    low, high = a.number.low, b.number.high
    if link == "mark" and lead not in BETWEEN and a.unit is None and (low >= high or is_result):
        return [replace(_single(part), is_result=True) for part in (a, b)]
    if link == "word" and lead not in BETWEEN and a.unit is None and high == 1 < low:  # "2 to 1"
        return [replace(_single(part), is_result=True) for part in (a, b)]
    is_standing = low > high and (is_result or a.kind is QuantityKind.PERCENT)  # "leads by 43 percent to 38 percent"
    if link == "word" and lead not in BETWEEN and (is_standing or (is_result and a.unit is None)):
        return [_single(part) for part in (a, b)]
    if lead == "from" and _find_change(words, a.first - 1, a.kind):
        return [replace(_single(part), why=(why,)) for part, why in zip((a, b), MOVED, strict=True)]
    if link == "or" and not low < high <= 2 * low + 1:
        return []
    figure = replace(
        _single(a), end=b.end, high=high, numbers=(a.number, b.number), is_approximate=link == "or",
        why=tuple(filter(None, ("either of two" if link == "or" else "a range", a.why or b.why))),
    )  # fmt: skip
    if lead in BETWEEN:
        figure = replace(figure, first=a.first - 1)
    if low > high:
        start, end = words.start[figure.first], words.end[figure.end - 1]
        problems.append(
            Problem(
                code="turned-range",
                message="A range begins with its higher end; it was turned.",
                start=start,
                end=end,
            )  # fmt: skip
        )
        figure = replace(figure, low=high, high=low, why=(*figure.why, "written with the higher end first, turned"))
    return [figure]


def _find_link(words: Words, a: Amount, b: Amount) -> str:
    """Return how two numbers are tied: ``mark``, ``word``, ``or``; "" where they are not."""
    rules = load_rules("en", "quantities")["ranges"]
    between = words.low[a.end : b.first]
    lead = words.low[a.first - 1] if a.first else ""
    if not words.is_near(b.first) or not words.is_near(a.end):
        return ""
    if len(between) == 1 and between[0] in rules["marks"]:
        dash = words.is_glued(a.end) == words.is_glued(b.first)
        return "mark" if dash and words.low[b.end : b.end + 1] != between else ""
    if between[:1] == ["-"] and len(between) == 2 and words.is_glued(a.end):  # "18- to 24-year-old"
        between = between[1:]
    if between[:1] and between[0] in rules["words"] and (len(between) == 1 or between[1:] in (["the"], ["about"])):
        return "word"
    if between in (["and"], ["and", "the"]) and (
        lead == "between" or (lead == "the" and words.low[a.first - 2] == "between")
    ):
        return "word"
    return "or" if between == ["or"] and a.number.form == b.number.form == "number" else ""


def _share_unit(words: Words, a: Amount, b: Amount, link: str) -> tuple[Amount, Amount]:
    """Return both ends of a range with the unit and the multiple that only one of them shows."""
    if a.kind is QuantityKind.NUMBER and b.kind is not QuantityKind.ORDINAL:
        a = replace(a, kind=b.kind, unit=b.unit, why=b.why)
    elif b.kind is QuantityKind.NUMBER and a.kind is QuantityKind.MONEY:
        b = replace(b, kind=a.kind, unit=a.unit)
    x, y = a.number, b.number
    scale = y.scale
    is_grouped = link == "mark" and scale == ONE and "," in words.exact(y.first) and x.low < y.low / 1000
    if is_grouped and x.is_digits and x.low == x.low.to_integral_value():
        scale = ONE * 1000
    if x.scale == ONE and scale > ONE and x.low < y.low / scale and x.form == "number":
        value = EXACT.multiply(x.low, scale)
        a = replace(a, number=replace(x, low=value, high=value, scale=scale))
    return a, b


def _is_near_result(words: Words, a: Amount, b: Amount) -> bool:
    """Return whether a word of games or votes stands near two numbers."""
    near = {*words.low[max(0, a.first - RESULT_REACH) : a.first], *words.low[b.end : b.end + RESULT_REACH - 2]}
    return not near.isdisjoint(load_rules("en", "quantities")["ranges"]["results"])


def _compare_before() -> dict[str, list[str]]:
    """Return what comparatives make in front of a number: "more than", "no more than", "more than or equal to"."""
    rules = load_rules("en", "quantities")["comparatives"]
    found: dict[str, list[str]] = {"from": [], "above": [], "to": [], "below": []}
    for key, plain, equal, negated in (("up", "above", "from", "to"), ("down", "below", "to", "from")):
        for word in rules[key]:
            found[plain].append(f"{word} than")
            found[equal] += [pattern.replace("{c}", word) for pattern in rules["equals"]]
            found[negated] += [f"{negation} {word} than" for negation in rules["negations"]]
    return found


def _compare_behind() -> dict[str, list[str]]:
    """Return what comparatives make behind a number: "or more", "and older"."""
    rules = load_rules("en", "quantities")["comparatives"]
    return {
        name: [f"{link} {word}" for word in rules[key] for link in ("or", "and")]
        for name, key in (("from", "up"), ("to", "down"))
    }


@cache
def _phrases(section: str) -> dict[str, list[tuple[tuple[str, ...], str]]]:
    """Return the phrases of a section by the token that stands at the number, the longest first."""
    found: dict[str, list[tuple[tuple[str, ...], str]]] = {}
    rules = load_rules("en", "quantities")
    is_before = section == "bounds"
    table = {**(rules["bounds"] if is_before else rules["bounds_behind"])}
    table["change"] = rules["changes"]["before" if is_before else "behind"]
    for name, spellings in (_compare_before() if is_before else _compare_behind()).items():
        table[name] = [*table[name], *spellings]
    for name, spellings in table.items():
        for spelling in spellings:
            tokens = tuple(
                spelling.replace(".", " .")
                .replace(">=", "> =")
                .replace("<=", "< =")
                .replace("=>", "= >")
                .replace("=<", "= <")
                .split()
            )
            found.setdefault(tokens[-1 if is_before else 0], []).append((tokens, name))
    for phrases in found.values():
        phrases.sort(key=lambda phrase: -len(phrase[0]))
    return found


def _read_bounds(words: Words, figure: Figure, floor: int) -> Figure:
    """Return a figure with the bounds in front of it and behind it, as many as stand there."""
    figure = _read_behind(words, figure)
    figure = _read_before(words, figure, floor)
    figure = _read_behind(words, figure)  # "less than 20 or equal"
    change = _find_change(words, figure.first, figure.kind) or _find_change_behind(words, figure)
    return replace(figure, is_change=True, why=(*figure.why, change)) if change and not figure.is_change else figure


def _read_behind(words: Words, figure: Figure) -> Figure:
    """Return a figure with the bounds behind it."""
    behind = True
    while behind:
        behind = False
        for phrase, name in _phrases("behind").get(words.low[figure.end], ()):
            if words.matches(figure.end, phrase) and _is_bound_behind(words, figure, phrase, name):
                figure = _bound(figure, name, phrase, end=figure.end + len(phrase))
                behind = name != "change"
                break
    return figure


def _read_before(words: Words, figure: Figure, floor: int) -> Figure:
    """Return a figure with the bounds in front of it, back to a token that is taken."""
    before = True
    while before:
        before = False
        # "Above the tenth": the article stands between.
        skipped = int(figure.kind is QuantityKind.ORDINAL and figure.first > 0 and words.low[figure.first - 1] == "the")
        at = figure.first - skipped
        for phrase, name in _phrases("bounds").get(words.low[at - 1] if at else "", ()):
            first = at - len(phrase)
            if first >= floor and words.matches(first, phrase) and _is_bound_before(words, figure, phrase):
                figure = _bound(figure, name, phrase, first=first)
                before = name != "exactly"
                break
    return figure


def _is_bound_before(words: Words, figure: Figure, phrase: tuple[str, ...]) -> bool:
    """Return whether a phrase in front of a figure bounds it: "over three days" rather tells how long."""
    rules = load_rules("en", "quantities")
    if not words.is_near(figure.first):
        return False
    if figure.kind is QuantityKind.ORDINAL and len(phrase) < 2:  # noqa: PLR2004  "over the third"
        return False
    if any(number.is_bare for number in figure.numbers) or (figure.is_bound and not _is_loose(phrase)):
        return False
    if len(phrase) > 1 or phrase[0] not in rules["bounds_words"]["lasting"] or "an age" in figure.why:
        return True
    lead = words.low[figure.first - 2] if figure.first > 1 else ""
    return figure.unit not in rules["durations"]["units"] or lead in rules["bounds_words"]["lengths"]


def _is_number_word(words: Words, j: int) -> bool:
    """Return whether a number begins at a token, an article aside."""
    return words.low[j] in lexicon() or (words.low[j] in ("a", "an") and words.low[j + 1] in ("half", *lexicon()))


def _is_bound_behind(words: Words, figure: Figure, phrase: tuple[str, ...], name: str) -> bool:
    """Return whether a phrase behind a figure bounds it, and not the figure that comes next."""
    j = figure.end + len(phrase)
    if not words.is_near(figure.end) or figure.kind is QuantityKind.ORDINAL or figure.high is None:
        return False
    # "Above 10 and below 20", "200 or more than 300": the next figure's.
    if phrase[0] in ("or", "and") and (
        words.low[j] in ("than", "or") or words.kind[j] == "number" or _is_number_word(words, j)
    ):
        return False
    if name == "equal":
        return figure.is_bound
    if figure.is_bound and not _is_loose(phrase):
        return False
    if phrase in (("plus",), ("+",)):
        return words.kind[j] not in ("number", "mark") or words.low[j] in (".", ",", "")
    if phrase == ("odd",):
        return figure.low is not None and figure.low > 10  # noqa: PLR2004  nobody says "five odd"
    if phrase[0] in ("at", "maximum", "more", "less", "fewer") and name != "change":
        return words.kind[j] != "number" and (name != "to" or not words.low[j].isalpha())
    if phrase in (("more",), ("less",), ("fewer",)):
        return words.low[j] != "than" and figure.kind in (QuantityKind.NUMBER, QuantityKind.MEASURE)
    return True


@cache
def _is_loose(phrase: tuple[str, ...]) -> bool:
    """Return whether a phrase may stand at a figure that is bounded already."""
    found = [*_phrases("bounds").get(phrase[-1], ()), *_phrases("behind").get(phrase[0], ())]
    return all(name in ("near", "change") for tokens, name in found if tokens == phrase)


def _bound(
    figure: Figure, name: str, phrase: tuple[str, ...], *, first: int | None = None, end: int | None = None
) -> Figure:
    """Return a figure under one bound."""
    said = f"“{' '.join(phrase)}”"
    if name == "exactly":
        return replace(figure, is_bound=True)
    figure = replace(figure, first=figure.first if first is None else first, end=figure.end if end is None else end)
    why = figure.why
    if name == "near":
        return replace(figure, is_approximate=True, why=(*why, f"{said}: approximate"))
    if name == "change":
        return replace(figure, is_change=True, why=(*why, f"{said}: on top of, or off, another figure"))
    if name == "equal":
        return replace(figure, is_above_low=False, is_below_high=False, why=(*why, f"{said}: the bound included"))
    figure = replace(figure, is_bound=True)
    if name in ("from", "above", "beyond") and figure.low is not None:
        is_above = name != "from"
        says = f"open above {to_plain(figure.low)}, which is excluded" if is_above else "open above"
        return replace(
            figure, high=None, is_above_low=is_above, is_below_high=False,
            is_approximate=figure.is_approximate or name == "beyond", why=(*why, f"{said}: {says}"),
        )  # fmt: skip
    if figure.high is None:
        return figure
    is_below = name != "to"
    says = f"open below {to_plain(figure.high)}, which is excluded" if is_below else "open below"
    return replace(
        figure, low=None, is_below_high=is_below, is_above_low=False,
        is_approximate=figure.is_approximate or name == "almost", why=(*why, f"{said}: {says}"),
    )  # fmt: skip


def _join_bounds(words: Words, figures: list[Figure]) -> list[Figure]:
    """Return the figures with a lower and an upper bound that belong together made one ("above 10 and below 20")."""
    joined: list[Figure] = []
    for figure in figures:
        last = joined[-1] if joined else None
        if last and last.is_bound and figure.is_bound and _is_joint(words.low[last.end : figure.first]):
            below, above = (last, figure) if last.high is None else (figure, last)
            if below.low is not None and above.high is not None and below.high is None and above.low is None:
                unit = last.unit or figure.unit
                if below.low < above.high and unit == (figure.unit or last.unit):
                    joined[-1] = replace(
                        below, first=last.first, end=figure.end, high=above.high, is_below_high=above.is_below_high,
                        kind=figure.kind if last.unit is None else last.kind, unit=unit,
                        numbers=last.numbers + figure.numbers, why=last.why + figure.why,
                    )  # fmt: skip
                    continue
        joined.append(figure)
    return joined


def _is_joint(between: list[str]) -> bool:
    """Return whether the tokens between two bounds make one of them."""
    rules = load_rules("en", "quantities")["joints"]
    if not between or len(between) > MAX_JOINT or between[0] not in rules["first"]:
        return False
    return all(token in rules["more"] for token in between[1:])


def _find_change(words: Words, first: int, kind: QuantityKind) -> str:
    """Return how a verb in front of a figure makes it a change ("rose by 3 %"); "" where none does."""
    rules = load_rules("en", "quantities")["changes"]
    for i in range(first - 1, max(-1, first - 1 - CHANGE_REACH), -1):
        word = words.low[i]
        if not words.is_near(i + 1):
            return ""
        is_rise, is_fall = word in rules["rise"], word in rules["fall"]
        if (
            word in rules["loose"]
            and kind not in (QuantityKind.PERCENT, QuantityKind.MONEY)
            and words.low[i + 1] != "by"
        ):
            return ""
        if is_rise or is_fall:
            return f"“{word}”: a {'rise' if is_rise else 'fall'}"
        if word not in rules["links"]:
            return ""
    return ""


def _find_change_behind(words: Words, figure: Figure) -> str:
    """Return how a noun behind a figure makes it a change ("a 3 % rise"); "" where none does."""
    nouns = load_rules("en", "quantities")["changes"]["nouns"]
    if figure.kind in (QuantityKind.PERCENT, QuantityKind.MONEY) and words.is_near(figure.end):
        hit = next((word for word in words.low[figure.end : figure.end + 2] if word in nouns), "")
        return f"“{hit}”: a change" if hit else ""
    return ""
