"""What is written with digits or number words and is no figure: dates, clock times, scores, identifiers, idioms."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from sayso.extract.calendar_words import load_months
from sayso.extract.number_sums import HYPHENS
from sayso.extract.rulebook import load_rules
from sayso.records import QuantityKind

if TYPE_CHECKING:
    from sayso.extract.figure_bounds import Figure
    from sayso.extract.figure_tokens import Words
    from sayso.extract.number_sums import Number

YEARS = range(1100, 2101)
MAX_DAY = 31
# Words of a title that begin with a capital, from which on a capital says nothing.
TITLE_SHARE = 0.7
TITLE_REACH = 6
# "1/2" and "3/4" are parts; "11/7" and "7/8" are dates as easily.
PARTS = frozenset({(1, 2), (1, 3), (2, 3), (1, 4), (3, 4), (1, 5), (2, 5), (3, 5), (4, 5)})
SENTENCE_ENDS = frozenset('.!?:;"“”‘(—')
PRIMES = frozenset("'\u2019\u2032\"")
NUMBERED = ("no", "nos", "art", "sec")
TIES = (*HYPHENS, ":", "/", ".")
CODE_MARKS = frozenset("/@_&=#%\\^*|")


@cache
def _rules(section: str, key: str) -> frozenset[str]:
    """Return a list of words as a set."""
    return frozenset(load_rules("en", "quantities")[section][key])


@cache
def _phrases() -> tuple[dict[str, list[tuple[str, ...]]], dict[str, list[tuple[str, ...]]]]:
    """Return the figures of speech by the first token, and those that end at the number by the last."""
    rules = load_rules("en", "quantities")["never"]
    ahead: dict[str, list[tuple[str, ...]]] = {}
    back: dict[str, list[tuple[str, ...]]] = {}
    for phrase in rules["phrases"]:
        tokens = tuple(phrase.split())
        ahead.setdefault(tokens[0], []).append(tokens)
    for phrase in rules["before"]:
        tokens = tuple(phrase.split())
        back.setdefault(tokens[-1], []).append(tokens)
    return ahead, back


def is_no_figure(words: Words, figure: Figure) -> bool:
    """Return whether what looks like a figure is none that an article gives."""
    return figure.is_result or any(_is_none(words, figure, number) for number in figure.numbers)


def _is_none(words: Words, figure: Figure, number: Number) -> bool:
    """Return whether one number of a figure is none."""
    i, j = number.first, number.end
    has_unit = figure.kind not in (QuantityKind.NUMBER, QuantityKind.ORDINAL)
    is_one = words.low[i] == "one" and j == i + 1 and len(figure.numbers) == 1
    if (is_one and words.low[j] in _rules("one", "never")) or _is_idiom(words, number) or number.is_bare:
        return True
    if has_unit and figure.kind is not QuantityKind.MEASURE:
        return False
    if words.exact(j) in _rules("dates", "eras") and words.is_near(j) and not words.low[j + 1].endswith("s"):
        return True
    is_code = number.is_digits and (_is_code(words, i, j, figure=figure) or _is_clock(words, i, j))
    if is_code or _is_date(words, number, has_unit=has_unit):
        return True
    return _is_placed(words, figure) if has_unit else _is_label(words, figure, number)


def _is_label(words: Words, figure: Figure, number: Number) -> bool:
    """Return whether a number without a unit is a year, or numbers or names something."""
    i = number.first
    if number.is_digits and not figure.is_bound and all(_is_year(words, other) for other in figure.numbers):
        return True
    if i and words.low[i - 1] in _rules("measure_names", "words") and number.form != "ordinal" and words.is_near(i):
        return number.is_digits or number.high is not None
    if number.form == "share":
        return not figure.is_bound and _is_no_share(words, number)
    if number.form == "ordinal" and i and words.low[i - 1] in _rules("one", "adverbial"):
        return not number.is_digits
    return _is_name(words, number)


def _is_idiom(words: Words, number: Number) -> bool:
    """Return whether a number is part of a figure of speech."""
    ahead, back = _phrases()
    i, last = number.first, number.end
    is_tied = words.low[last] in HYPHENS and words.is_glued(last) and words.is_glued(last + 1)
    if is_tied and words.low[last + 1] in _rules("never", "tied"):
        return True
    if any(words.matches(i, phrase) for phrase in ahead.get(words.low[i], ())):
        return True
    return any(words.matches(last - len(phrase), phrase) for phrase in back.get(words.low[last - 1], ()))


def _is_code(words: Words, i: int, j: int, *, figure: Figure) -> bool:
    """Return whether digits hang at letters or marks, or are one of a row that hangs together."""
    before, behind = words.low[i - 1] if i else "", words.low[j]
    has_unit = figure.kind not in (QuantityKind.NUMBER, QuantityKind.ORDINAL)
    is_glued, is_tailed = words.is_glued(i), words.is_glued(j)
    is_letters = is_glued and (words.kind[i - 1] in ("word", "code") or before in CODE_MARKS or before == "+")
    is_tail = is_tailed and not has_unit and (words.kind[j] in ("word", "code") or behind in CODE_MARKS)
    is_numbered = before in ("#", "№", "_") or (before == "." and i > 1 and words.low[i - 2] in NUMBERED)
    if is_letters or is_tail or is_numbered or _is_padded(words.value[i]):
        return True
    is_height = is_tailed and behind in PRIMES and words.kind[j + 1] == "number" and words.is_glued(j + 1)
    if is_height or (is_glued and before in PRIMES and words.kind[i - 2] == "number"):
        return True
    is_tied = is_glued and before in TIES and words.is_glued(i - 1)
    is_within = is_tied and i - 2 >= figure.first and words.kind[i - 2] == "word"  # "5k-20k"
    if is_tied and not is_within and words.kind[i - 2] in ("word", "number", "code"):
        return not (words.kind[i - 2] == "number" and before in HYPHENS and not _is_row(words, i - 2))
    is_prefix = before == "(" and behind == ")" and words.kind[j + 1] == "number" and _is_row(words, j + 1)
    return is_prefix or _is_row(words, i) or _is_marker(words, i, j) or _is_address(words, j)


def _is_padded(value: str) -> bool:
    """Return whether digits begin with a nought that counts nothing ("007")."""
    return len(value) > 1 and value[0] == "0" and value[1] != "."


def _is_marker(words: Words, i: int, j: int) -> bool:
    """Return whether digits number a line ("3. No delay")."""
    gap = words.text[words.end[i - 1] : words.start[i]] if i else "\n"
    is_marked = words.low[j] in (".", ")") and words.is_glued(j) and not words.is_glued(j + 1)
    return is_marked and ("\n" in gap or "\r" in gap)


def _is_address(words: Words, j: int) -> bool:
    """Return whether a street's name stands at a token."""
    streets = _rules("addresses", "words")
    return words.is_capital(j) and any(
        words.low[k] in streets and words.is_capital(k) for k in (j + 1, min(j + 2, len(words)))
    )


def _is_row(words: Words, i: int) -> bool:
    """Return whether digits at a token belong to a telephone number or the like: three groups, or three and four."""
    if words.low[i + 1] not in (*HYPHENS, ".", "/", ":") or not words.is_glued(i + 1) or not words.is_glued(i + 2):
        return False
    if words.kind[i + 2] != "number":
        return words.low[i + 1] in HYPHENS and words.kind[i + 2] == "code"
    is_third = (
        words.low[i + 3] in (*HYPHENS, ".", "/") and words.is_glued(i + 4) and words.kind[i + 4] in ("number", "code")
    )
    is_phone = len(words.value[i]) == 3 and len(words.value[i + 2]) == 4 and words.low[i + 1] in HYPHENS  # noqa: PLR2004
    tied = words.is_glued(i) and words.low[i - 1] in HYPHENS and words.kind[i - 2] in ("number", "code", "word")
    return is_third or is_phone or tied


def _is_clock(words: Words, i: int, j: int) -> bool:
    """Return whether digits are a time of day, or a ratio written like one."""
    is_before = words.low[j] == ":" and words.is_glued(j) and words.is_glued(j + 1) and words.kind[j + 1] == "number"
    is_behind = i > 1 and words.low[i - 1] == ":" and words.is_glued(i) and words.is_glued(i - 1)
    if is_before or (is_behind and words.kind[i - 2] == "number"):
        return True
    is_half_day = words.low[j] in ("am", "pm") or (
        words.low[j] in ("a", "p") and words.low[j + 1 : j + 3] == [".", "m"]
    )
    if is_half_day and words.is_near(j):
        return True
    written = words.value[i]
    is_four = len(written) == 4 and words.low[i] == written and written.isdigit()  # noqa: PLR2004
    if is_four and i and words.low[i - 1] == "at":  # "at 2220"
        return int(written[:2]) < 24 and int(written[2:]) < 60  # noqa: PLR2004
    is_zone = words.low[j] in _rules("dates", "zones") and words.is_near(j)
    return is_zone and (words.low[j] != "hours" or is_four)  # 0900 hours


def _is_date(words: Words, number: Number, *, has_unit: bool) -> bool:
    """Return whether a number is a day of a month, a part of the calendar or one of several such days."""
    i, j = number.first, number.end
    if i > 1 and words.kind[i - 2] == "number" and _is_month(words, i - 1):  # "6 SEP 89"
        return number.is_digits and not has_unit
    if not has_unit and number.low <= MAX_DAY and number.low == number.low.to_integral_value() and _is_day(words, i, j):
        return True
    return number.form == "ordinal" and words.low[j + (words.low[j] in HYPHENS)] in _rules("dates", "parts")


def _is_day(words: Words, i: int, j: int) -> bool:
    """Return whether a month stands before or behind a number, or one that its neighbour shares with it."""
    before = i - 1 - (words.low[i - 1] == ".") - (words.low[i - 1] == "the") if i else -1
    behind = j + (words.low[j] == "of")
    if _is_month(words, before) or (_is_month(words, behind) and words.is_near(behind)):
        return True
    is_tied = i > 1 and words.low[i - 1] in (*HYPHENS, "and", "to", ",", "or") and words.kind[i - 2] == "number"
    if is_tied and _is_month(words, i - 3 - (words.low[i - 3] == ".")):
        return True
    is_linked = words.low[j] in (*HYPHENS, "and", "to", "or") and words.kind[j + 1] == "number"
    return is_linked and _is_month(words, j + 2)


def _is_month(words: Words, i: int) -> bool:
    """Return whether a word is a month and not "may", "march" or the like."""
    if i < 0 or words.low[i] not in load_months():
        return False
    return words.low[i] not in _rules("dates", "capital") or not words.is_cased or words.is_capital(i)


def _is_year(words: Words, number: Number) -> bool:
    """Return whether four digits are a year: nobody writes them for a count without a noun or a comma."""
    written = words.exact(number.first)
    if number.end != number.first + 1 or len(written) != 4 or not written.isdigit():  # noqa: PLR2004
        return False
    if int(written) not in YEARS:
        return False
    follows = words.low[number.end]
    is_counted = (
        words.kind[number.end] == "word"
        and words.is_near(number.end)
        and (follows in _rules("counted", "plurals") or (not words.is_capital(number.end) and follows.endswith("s")))
    )
    before = words.low[number.first - 1] if number.first else ""
    return not is_counted or before in _rules("dates", "year_leads") or follows in _rules("counted", "singular")


def _is_placed(words: Words, figure: Figure) -> bool:
    """Return whether a stretch of time is a time on the calendar: "two weeks ago"."""
    rules = load_rules("en", "quantities")["durations"]
    if figure.unit not in rules["units"]:
        return False
    return any(words.matches(figure.end, tuple(phrase.split())) for phrase in rules["placed"])


def _is_no_share(words: Words, number: Number) -> bool:
    """Return whether a half or a quarter is no share of something: "the second half", "11/7"."""
    i, j = number.first, number.end
    if words.low[i + 1] == "/" and number.is_digits:
        above, below = words.value[i], words.value[i + 2]
        return not (above.isdigit() and below.isdigit() and (int(above), int(below)) in PARTS)
    if number.is_digits or words.low[j - 1] not in _rules("halves", "ends"):
        return False
    if words.low[i] not in _rules("halves", "begins"):
        return False
    follows = words.low[j]
    if words.low[j - 1] == "quarter":
        return follows != "of"
    return follows not in _rules("halves", "wholes") or (i > 0 and words.low[i - 1] in _rules("halves", "parts"))


def _is_name(words: Words, number: Number) -> bool:
    """Return whether a number is part of a name: "the Big Ten", "Seventh Fleet", "the 101st Airborne"."""
    i, j = number.first, number.end
    if i > 1 and words.is_glued(i) and words.low[i - 1] in HYPHENS and words.kind[i - 2] == "number":
        return not number.is_digits  # "7-Eleven"
    if not words.is_cased or not words.is_near(j):
        return False
    is_capital = words.is_capital(i) and i > 0 and words.low[i - 1] not in SENTENCE_ENDS and words.is_near(i)
    if number.form == "ordinal":
        k = j + (words.low[j] in HYPHENS)
        return words.is_capital(k) and not _is_title(words, i)
    is_between = words.is_capital(j) or (words.is_capital(i - 1) and i > 1 and words.low[i] in ("zero", "one"))
    return is_capital and not number.is_digits and is_between and not _is_title(words, i)


def _is_title(words: Words, i: int) -> bool:
    """Return whether most words around a token begin with a capital, as in a headline."""
    near = [k for k in range(max(0, i - TITLE_REACH), min(len(words), i + TITLE_REACH)) if words.kind[k] == "word"]
    long = [k for k in near if len(words.low[k]) > 3 and k != i]  # noqa: PLR2004  articles stay small in headlines
    return sum(words.is_capital(k) for k in long) > TITLE_SHARE * max(1, len(long)) and len(long) > 3  # noqa: PLR2004
