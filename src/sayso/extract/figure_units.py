"""What stands around a number and says of what it is: a currency, a per cent sign, a unit of measure, an age."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache
from typing import TYPE_CHECKING

from sayso.extract.number_sums import EXACT, HYPHENS, ONE, Number
from sayso.extract.rulebook import load_rules
from sayso.records import QuantityKind

if TYPE_CHECKING:
    from sayso.extract.figure_tokens import Words

OF_COUNTRIES = "?"
MIN_WON = 1000
MIN_STERLING = 1_000_000
# Alone behind a number with a blank between.
LETTERS = ("M", "MM", "B")


@dataclass(frozen=True, slots=True, kw_only=True)
class Amount:
    """A number with its unit.

    Attributes:
        number: The number; what a unit multiplies ("12m" dollars, "50 cents") is done.
        first: Its first token, a currency sign in front included.
        end: One past its last token, the unit included.
        kind: ``number`` where no unit stands there.
        unit: Its unit; None where there is none.
        why: What was assumed, for a person; empty where plain.
    """

    number: Number
    first: int
    end: int
    kind: QuantityKind = QuantityKind.NUMBER
    unit: str | None = None
    why: str = ""


@cache
def _units(section: str) -> dict[str, list[tuple[tuple[str, ...], str]]]:
    """Return the units of a section by their first token, the longest first."""
    found: dict[str, list[tuple[tuple[str, ...], str]]] = {}
    for symbol, spellings in load_rules("en", "quantities")[section].items():
        for spelling in spellings:
            tokens = tuple(spelling.replace("-", " - ").replace(".", " .").split())
            found.setdefault(tokens[0], []).append((tokens, symbol))
    for phrases in found.values():
        phrases.sort(key=lambda phrase: -len(phrase[0]))
    return found


@cache
def _percents() -> dict[str, list[tuple[tuple[str, ...], str]]]:
    """Return the words of a hundredth by their first token, the longest first."""
    rules = load_rules("en", "quantities")["percent"]
    found: dict[str, list[tuple[tuple[str, ...], str]]] = {}
    for spelling in sorted(rules["words"], key=lambda word: -len(word)):
        tokens = tuple(spelling.split())
        found.setdefault(tokens[0], []).append((tokens, rules["units"].get(spelling, "percent")))
    return found


def read_amount(words: Words, number: Number, *, floor: int = 0) -> Amount:
    """Return a number with the unit that stands around it.

    Args:
        words: The tokens.
        number: The number.
        floor: The first token that is free: what stands before is the unit of another number.
    """
    bare = Amount(number=number, first=number.first, end=number.end)
    if number.form == "ordinal":
        return replace(bare, kind=QuantityKind.ORDINAL)
    money = _read_money_before(words, number)
    if money and money.first >= floor:
        return money
    j = _skip_hyphen(words, number.end)
    if number.form == "vague" and words.low[j] == "of":
        j += 1  # "hundreds of billions of dollars"
    if not words.is_near(number.end):
        return bare
    return (
        _read_percent(words, number, j)
        or _read_money_behind(words, number, j)
        or _read_measure(words, number, j)
        or _read_million(words, number)
        or bare
    )


def _skip_hyphen(words: Words, j: int) -> int:
    """Return the token behind a hyphen that ties a unit to its number ("a 20-kilometre march")."""
    if words.low[j] in HYPHENS and words.is_glued(j) and words.is_glued(j + 1) and words.kind[j + 1] == "word":
        return j + 1
    return j


def _match(
    words: Words, j: int, table: dict[str, list[tuple[tuple[str, ...], str]]]
) -> tuple[tuple[str, ...], str] | None:
    """Return the longest phrase of a table that stands at a token, with its unit."""
    return next((phrase for phrase in table.get(words.low[j], ()) if words.matches(j, phrase[0])), None)


def _read_percent(words: Words, number: Number, j: int) -> Amount | None:
    """Return a number of hundredths."""
    found = _match(words, j, _percents())
    if not found:
        return None
    phrase, unit = found
    why = "" if unit == "percent" else f"{unit}, not per cent"
    return Amount(number=number, first=number.first, end=j + len(phrase), kind=QuantityKind.PERCENT, unit=unit, why=why)


def _read_money_before(words: Words, number: Number) -> Amount | None:
    """Return "$5", "US$ 2bn", "EUR 20", "Rs. 500"."""
    rules = load_rules("en", "quantities")
    i = number.first - 1
    if i < 0 or not words.is_near(number.first):
        return None
    first, unit, why, word = i, None, "", words.low[i]
    if word in rules["symbols"]:
        unit = rules["symbols"][word]
        prefix = words.low[i - 1] if i and words.is_glued(i) else ""
        if word == "$":
            why = "“$” taken as US dollars"
            if i > 2 and prefix == "." and words.low[i - 2] == "s" and words.low[i - 4] == "u":  # noqa: PLR2004  U.S.$
                first, why = max(i - 4, 0), ""
            elif prefix in rules["dollar_prefixes"]:
                first, unit, why = i - 1, rules["dollar_prefixes"][prefix], ""
    elif word.upper() in rules["codes"]["words"] and (words.exact(i).isupper()):
        unit = word.upper().replace("RMB", "CNY")
    else:
        at = i - 1 if word == "." and i else i
        if words.low[at] in rules["code_words"]:
            first, unit = at, rules["code_words"][words.low[at]]
    if unit is None:
        return None
    number, end = _multiply_money(words, number)
    amount = Amount(number=number, first=first, end=end, kind=QuantityKind.MONEY, unit=unit, why=why)
    return _take_word_too(words, amount)


def _take_word_too(words: Words, amount: Amount) -> Amount:
    """Return money with the word of the currency that stands behind it besides ("$5 million Canadian dollars")."""
    behind = _read_currency(words, _skip_hyphen(words, amount.end))
    if behind and behind[1] and words.is_near(amount.end):
        is_dollar = words.low[amount.first] == "$"
        unit = behind[1] if is_dollar or amount.unit is None else amount.unit
        return replace(amount, end=behind[0], unit=unit, why="" if is_dollar else amount.why)
    return amount


def _multiply_money(words: Words, number: Number) -> tuple[Number, int]:
    """Return a number with a suffix that only money has ("12m", "2B"), and where it ends."""
    suffixes, j = load_rules("en", "quantities")["money_suffixes"], number.end
    if words.low[j] in suffixes and number.is_digits and words.is_near(j) and number.high is not None:
        if not words.is_glued(j) and words.exact(j) == "m":
            return number, j
        scale = Decimal(suffixes[words.low[j]])
        return (
            replace(
                number,
                end=j + 1,
                low=EXACT.multiply(number.low, scale),
                high=EXACT.multiply(number.high, scale),
                scale=scale,
            ),
            j + 1,
        )
    return number, j


def _read_currency(words: Words, j: int) -> tuple[int, str | None, str] | None:
    """Return where the currency's name at a token ends, its code (None where it is open) and what was assumed."""
    rules = load_rules("en", "quantities")
    nations, currencies = rules["nations"], rules["currencies"]
    nation = words.low[j]
    at = j
    if nation == "u" and words.matches(j, ("u", ".", "s", ".")):
        nation, at = "us", j + 4
    elif nation in ("south", "hong") and words.low[j + 1] in ("korean", "kong"):
        nation, at = words.low[j + 1], j + 2
    elif nation in nations:
        at = j + 1
    name = words.low[at]
    if name not in currencies:
        return _read_hundredth(words, j) if at == j else None
    code = currencies[name]
    if at > j:
        known = nations.get(nation, {})
        stem = next((known[stem] for stem in known if name.startswith(stem)), None)
        if stem:
            return at + 1, stem, ""
    if name in ("pound", "pounds") and words.low[at + 1] == "sterling":
        return at + 2, "GBP", ""
    if code == OF_COUNTRIES:
        return at + 1, None, f"“{name}”: of which country is not said"
    why = "“dollars” taken as US dollars" if code == "USD" and at == j else ""
    return at + 1, code, why


def _read_hundredth(words: Words, j: int) -> tuple[int, str | None, str] | None:
    """Return cents and pence, which are hundredths of a currency."""
    code = load_rules("en", "quantities")["hundredths"].get(words.low[j])
    return (j + 1, code, "hundredths") if code else None


def _read_money_behind(words: Words, number: Number, j: int) -> Amount | None:
    """Return "5 million euros", "20 Swiss francs", "50 cents"; "pounds" only where no weight is meant."""
    suffixed, end = _multiply_money(words, number)
    if end > number.end and words.is_glued(number.end) and words.is_near(end) and _names_money(words, end):
        number, j = suffixed, end  # "5m euros"
    found = _read_currency(words, j)
    if not found:
        codes = load_rules("en", "quantities")["codes"]["words"]
        is_code = words.is_cased and words.exact(j) in codes and number.is_digits
        found = (j + 1, words.exact(j).replace("RMB", "CNY"), "") if is_code else None
    if not found or (number.high is None and number.form != "vague"):
        return None
    end, unit, why = found
    amount = Amount(number=number, first=number.first, end=end, kind=QuantityKind.MONEY, unit=unit, why=why)
    name = words.low[end - 1]
    if name == "won" and (number.low < MIN_WON or words.low[end] in ("the", "a", "an", "by", "in")):
        return None
    if why == "hundredths":
        high = number.high
        number = replace(
            number,
            low=EXACT.multiply(number.low, Decimal("0.01")),
            high=None if high is None else EXACT.multiply(high, Decimal("0.01")),
            scale=ONE,
        )
        return replace(amount, number=number, why="hundredths of the currency")
    if name in ("pound", "pounds") and unit is None:
        return _weigh_pounds(words, amount)
    return amount


def _names_money(words: Words, j: int) -> bool:
    """Return whether the name of a currency stands at a token, and none of a hundredth or a weight."""
    found = _read_currency(words, j)
    return found is not None and found[2] != "hundredths"


def _weigh_pounds(words: Words, amount: Amount) -> Amount:
    """Return pounds as a weight, but as money from a million on, where no word of weight stands near."""
    weight = load_rules("en", "quantities")["weight"]["words"]
    near = words.low[max(0, amount.first - 3) : amount.first] + words.low[amount.end : amount.end + 2]
    is_weight = words.low[amount.end] == "of" or not set(weight).isdisjoint(near)
    if amount.number.low >= MIN_STERLING and not is_weight:
        return replace(amount, unit="GBP", why="“pounds” taken as money")
    return replace(amount, kind=QuantityKind.MEASURE, unit="lb", why="“pounds” taken as a weight")


def _read_measure(words: Words, number: Number, j: int) -> Amount | None:
    """Return a number of a unit of measure, or an age."""
    found = _match(words, j, _units("measures"))
    if not found and number.is_digits and number.form == "number":
        found = _match(words, j, _units("short_measures"))
        if found and not _is_abbreviation(words, j, found[0]):
            found = None
    if not found and number.form == "share" and words.low[j] in ("a", "an"):
        found = _match(words, j + 1, _units("measures"))  # half an hour
        j += 1
    if not found:
        return None
    phrase, unit = found
    end = j + len(phrase)
    amount = Amount(number=number, first=number.first, end=end, kind=QuantityKind.MEASURE, unit=unit)
    if unit == "year" and words.is_near(end):
        hyphens = words.low[end] in HYPHENS
        if words.low[end + hyphens] in ("old", "olds"):
            return replace(amount, end=end + hyphens + 1, why="an age")
    return amount


def _is_abbreviation(words: Words, j: int, phrase: tuple[str, ...]) -> bool:
    """Return whether a short spelling is meant as a unit: one letter only where it hangs at its number."""
    if len(phrase[0]) > 1 or len(phrase) > 1:
        return True
    follows = words.kind[j + 1]
    if phrase[0] == "g" and words.exact(j).isupper():  # a 5G network
        return False
    if phrase[0] in ("c", "f"):
        return words.is_glued(j) and words.exact(j).isupper()
    return (
        words.is_glued(j)
        and not (phrase[0] == "m" and (_is_plural(words, j + 1) or words.exact(j) == "M"))
        and (follows != "number")
    )


def _is_plural(words: Words, j: int) -> bool:
    """Return whether a word looks like what is counted in millions ("5m people")."""
    word = words.low[j]
    return words.kind[j] == "word" and (
        word in load_rules("en", "quantities")["counted"]["plurals"] or (len(word) > 3 and word.endswith("s"))  # noqa: PLR2004
    )


def _read_million(words: Words, number: Number) -> Amount | None:
    """Return "5m people", "2M users" as millions of a count."""
    j = number.end
    is_letter = words.low[j] in ("m", "b") and words.is_glued(j)
    if (is_letter or words.exact(j) in LETTERS) and number.is_digits and number.form == "number":
        scale = Decimal(load_rules("en", "quantities")["money_suffixes"][words.low[j]])
        value = EXACT.multiply(number.low, scale)
        read = replace(number, end=j + 1, low=value, high=value, scale=scale)
        return Amount(number=read, first=number.first, end=j + 1, why=f"“{words.exact(j)}” taken as {scale:,}")
    return None
