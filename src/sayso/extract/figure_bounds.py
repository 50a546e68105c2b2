"""Bounds ("at least"), vagueness ("about") and changes ("another") of a figure: the words around it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cache
from typing import TYPE_CHECKING

from sayso.extract.number_sums import Number, lexicon, to_plain
from sayso.extract.rulebook import load_rules
from sayso.records import QuantityKind

if TYPE_CHECKING:
    from decimal import Decimal

    from sayso.extract.figure_tokens import Words

CHANGE_REACH = 6
MAX_JOINT = 5
# Nobody says "five odd".
MIN_ODD = 10


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


def read_bounds(words: Words, figure: Figure, floor: int) -> Figure:
    """Return a figure with the bounds in front of it and behind it, as many as stand there."""
    figure = _read_behind(words, figure)
    figure = _read_before(words, figure, floor)
    figure = _read_behind(words, figure)  # "less than 20 or equal"
    change = find_change(words, figure.first, figure.kind) or _find_change_behind(words, figure)
    return replace(figure, is_change=True, why=(*figure.why, change)) if change and not figure.is_change else figure


def read_behind_noun(words: Words, figure: Figure, end: int) -> Figure:
    """Return a figure with the bound behind what it counts, if one stands there ("200 people or more")."""
    if figure.is_bound or words.low[end] != "or" or figure.high is None:
        return figure
    for phrase, name in _phrases("behind").get("or", ()):
        if name in ("from", "to", "near") and words.matches(end, phrase) and words.low[end + len(phrase)] != "than":
            return _bound(figure, name, phrase, end=end + len(phrase))
    return figure


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
                figure = _bound(figure, name, phrase, first=None if name == "exactly" else first)
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
    is_number = words.kind[j] == "number" or _is_number_word(words, j)
    # "Above 10 and below 20", "200 or more than 300": the next figure's.
    is_next = phrase[0] in ("or", "and") and (words.low[j] in ("than", "or", "to") or is_number)
    is_open = figure.high is None and name != "equal"
    if not words.is_near(figure.end) or figure.kind is QuantityKind.ORDINAL or is_open or is_next:
        return False
    if name == "equal" or (figure.is_bound and not _is_loose(phrase)):
        return name == "equal" and figure.is_bound
    return _is_fit_behind(words, figure, phrase, name)


def _is_fit_behind(words: Words, figure: Figure, phrase: tuple[str, ...], name: str) -> bool:
    """Return whether what follows a phrase lets it speak of the figure before it."""
    j = figure.end + len(phrase)
    if phrase in (("plus",), ("+",)):
        return words.kind[j] not in ("number", "mark") or words.low[j] in (".", ",", "")
    if phrase == ("odd",):
        return figure.low is not None and figure.low > MIN_ODD
    if name == "change":
        is_than = words.low[j] == "than"
        return not is_than and figure.kind in (QuantityKind.NUMBER, QuantityKind.MEASURE)
    if phrase[0] in ("at", "maximum", "minimum", "more"):
        return words.kind[j] != "number" and (name != "to" or not words.low[j].isalpha())
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
    figure = replace(figure, first=figure.first if first is None else first, end=figure.end if end is None else end)
    why = figure.why
    if name in ("near", "change", "equal"):
        says = {"near": "approximate", "change": "on top of, or off, another figure", "equal": "the bound included"}
        figure = replace(figure, why=(*why, f"{said}: {says[name]}"))
        if name == "equal":
            return replace(figure, is_above_low=False, is_below_high=False)
        return replace(figure, is_approximate=True) if name == "near" else replace(figure, is_change=True)
    figure = replace(figure, is_bound=True)
    if name in ("from", "above", "beyond") and figure.low is not None:
        is_above = name != "from"
        says_above = f"open above {to_plain(figure.low)}, which is excluded" if is_above else "open above"
        return replace(
            figure, high=None, is_above_low=is_above, is_below_high=False,
            is_approximate=figure.is_approximate or name == "beyond", why=(*why, f"{said}: {says_above}"),
        )  # fmt: skip
    if figure.high is None or name == "exactly":
        return figure
    is_below = name != "to"
    says_below = f"open below {to_plain(figure.high)}, which is excluded" if is_below else "open below"
    return replace(
        figure, low=None, is_below_high=is_below, is_above_low=False,
        is_approximate=figure.is_approximate or name == "almost", why=(*why, f"{said}: {says_below}"),
    )  # fmt: skip


def join_bounds(words: Words, figures: list[Figure]) -> list[Figure]:
    """Return the figures with a lower and an upper bound that belong together made one ("above 10 and below 20")."""
    joined: list[Figure] = []
    for figure in figures:
        last = joined[-1] if joined else None
        # "Just over half, nearly two-thirds of them": said twice, and no range.
        is_pair = last and last.is_bound and figure.is_bound and not (last.is_approximate and figure.is_approximate)
        if last and is_pair and _is_joint(words.low[last.end : figure.first]):
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


def find_change(words: Words, first: int, kind: QuantityKind) -> str:
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
