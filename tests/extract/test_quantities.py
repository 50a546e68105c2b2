"""Figures in running text as intervals."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sayso.extract.figure_tokens import tokenize
from sayso.extract.number_sums import to_plain
from sayso.extract.number_words import find_numbers
from sayso.extract.quantities import find_intervals, find_quantities
from sayso.records import Quantity, QuantityKind
from tests.growth import grows_no_faster_than_its_input
from tests.hostile import texts

PARTS = (
    "one", "two", "twenty", "-", "hundred", "thousand", "million", "and", ",", "a", "an", "half", "third",
    "thirds", "of", "dozen", "several", "minus", "12", "3.5", "1,000", "%", "$", "km", "to", "between", "or",
    "more", "than", "at", "least", "in", "point", "/", "^", "e", "x", "10", ".", "½", "5k", "people", "tonnes",
    "+", "(", ")", "\n", "1" * 61, "seconds", "first", "quadrillion", "of", "tens", "thousands",
    "(555) 010-0199", "http://x.example/1", "’s", "\u2212", "–", "007",
    "EUR", "USD", "euros", "US",
)  # fmt: skip


def read(text: str) -> Quantity:
    found, _ = find_quantities(text)
    assert len(found) == 1, found
    return found[0]


def bounds(text: str) -> tuple[str | None, str | None]:
    quantity = read(text)
    return quantity.low, quantity.high


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("twenty-one thousand", "21000"),
        ("two and a half million", "2500000"),
        ("half a dozen", "6"),
        ("a couple of hundred", "200"),
        ("three score and five", "60"),
        ("3.5 million", "3500000"),
        ("12k", "12000"),
        ("1,234,567.50", "1234567.5"),
        ("10\u00a0000", "10000"),
        ("1.234.567", "1234567"),
        ("1,5 million", "1500000"),
        ("two hundred and fifty-four hundredths", "200.54"),
        ("three quarters of a million", "750000"),
        ("one hundred and three quarters", "100.75"),
        ("two hundred point seventy-one", "200.71"),
        ("minus five point two", "-5.2"),
        ("\u22127", "-7"),
        ("2½", "2.5"),
        ("1 3/4", "1.75"),
        ("one in five", "0.2"),
        ("two-hundred-and-five", "205"),
        ("nine hundred thousand million", "900000000000"),
        ("6.2x10^4", "62000"),
        ("9" * 40, "9" * 40),
    ],
)
def test_a_number_alone(text: str, value: str) -> None:
    words = tokenize(text)
    number = find_numbers(words)[0]
    assert to_plain(number.low) == value
    assert number.high == number.low


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("between two hundred and three hundred", ["200", "300"]),
        ("one million, two hundred thousand", ["1200000"]),
        ("three hundred, forty", ["300", "40"]),
        ("22,24,26", ["22", "24", "26"]),
        ("no one, that one, another one", []),
    ],
)
def test_numbers_are_told_apart(text: str, values: list[str]) -> None:
    assert [to_plain(number.low) for number in find_numbers(tokenize(text))] == values


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("at least a dozen boats", "12", None),
        ("more than 200 boats", "200", None),
        ("up to 50 boats", None, "50"),
        ("no more than 50 boats", None, "50"),
        ("not fewer than 50 boats", "50", None),
        ("fewer than 50 boats", None, "50"),
        ("nearly 300 boats", None, "300"),
        ("200 boats or more", "200", None),
        ("thousands of boats", "2000", None),
        ("dozens of boats", "24", None),
        ("tens of thousands of boats", "20000", None),
        ("hundreds of thousands of boats", "200000", None),
        ("several hundred boats", "300", "1000"),
        ("between 30 and 40 boats", "30", "40"),
        ("30 to 40 boats", "30", "40"),
        ("30-40 boats", "30", "40"),
        ("between about 30 and 40 boats", "30", "40"),
        ("10-12,000 boats", "10000", "12000"),
        ("two or three boats", "2", "3"),
        ("two to three hundred boats", "200", "300"),
        ("18- to 24-year-olds", "18", "24"),
        ("more than 10 but fewer than 20 boats", "10", "20"),
        ("from 3 to 5 percent", "3", "5"),
        ("$5-10 million", "5000000", "10000000"),
        ("some 5,000 boats", "5000", "5000"),
        ("50 cents", "0.5", "0.5"),
    ],
)
def test_how_far_a_figure_reaches(text: str, low: str | None, high: str | None) -> None:
    assert bounds(text) == (low, high)


def test_an_excluded_bound_is_told() -> None:
    assert "excluded" in read("more than 200 boats").why
    assert "excluded" not in read("at least 200 boats").why


@pytest.mark.parametrize(
    ("text", "kind", "unit"),
    [
        ("$2bn", QuantityKind.MONEY, "USD"),
        ("A$5m", QuantityKind.MONEY, "AUD"),
        ("20 million euros", QuantityKind.MONEY, "EUR"),
        ("Rs. 500", QuantityKind.MONEY, "INR"),
        ("500 Iraqi dinars", QuantityKind.MONEY, "IQD"),
        ("500 pesos", QuantityKind.MONEY, None),
        ("5 million Canadian dollars", QuantityKind.MONEY, "CAD"),
        ("hundreds of billions of dollars", QuantityKind.MONEY, "USD"),
        ("30 per cent", QuantityKind.PERCENT, "percent"),
        ("3 percentage points", QuantityKind.PERCENT, "percentage points"),
        ("10 kilometres", QuantityKind.MEASURE, "km"),
        ("3,500 sq km", QuantityKind.MEASURE, "km2"),
        ("60km/h", QuantityKind.MEASURE, "km/h"),
        ("150 pounds", QuantityKind.MEASURE, "lb"),
        ("3 million pounds", QuantityKind.MONEY, "GBP"),
        ("35 degrees Celsius", QuantityKind.MEASURE, "degC"),
        ("half an hour", QuantityKind.MEASURE, "h"),
        ("a 42-year-old", QuantityKind.MEASURE, "year"),
        ("Ilva Brenn, 42, waited", QuantityKind.MEASURE, "year"),
        ("aged between 20 and 30", QuantityKind.MEASURE, "year"),
        ("those 18 and older", QuantityKind.MEASURE, "year"),
        ("the third boat", QuantityKind.ORDINAL, None),
        ("40 boats", QuantityKind.COUNT, None),
        ("two-thirds of the boats", QuantityKind.NUMBER, None),
    ],
)
def test_of_what_kind_a_figure_is(text: str, kind: QuantityKind, unit: str | None) -> None:
    quantity = read(text)
    assert (quantity.kind, quantity.unit) == (kind, unit)


def test_a_dollar_sign_is_said_to_be_taken_as_american() -> None:
    assert "US dollars" in read("$5").why
    assert not read("HK$5").why


@pytest.mark.parametrize(
    ("text", "of"),
    [
        ("5,000 Norland engineering troops are expected", "Norland engineering troops"),
        ("12 people died", "people"),
        ("12 of the 300 prisoners", "prisoners"),
        ("14 of the harbour’s 22 cranes stood still", "cranes"),
        ("three of Orlby's five bridges", "bridges"),
        ("12 of the mayor’s friends came", "mayor’s friends"),
        ("40 wounded", "wounded"),
        ("100 armed rebels fled", "armed rebels"),
        ("13 AB-15 rifles", "AB-15 rifles"),
        ("two well-known harbour pilots said", "well-known harbour pilots"),
        ("500 U.S. sailors", "U.S. sailors"),
        ("30 percent of voters", "voters"),
        ("$5 million in aid", "aid"),
        ("20 tonnes of wheat", "wheat"),
        ("a 20-seat boat", "seat"),
        ("one question asks", "question"),
        ("nearly 1,500 coal- and gas-fired plants run", "coal- and gas-fired plants"),
        ("less than a quarter of Ilva Brenn’s donors", "Ilva Brenn’s donors"),
        ("the middle one-fifth paid", None),
        ("12 were killed", None),
        ("$5 million in March", None),
    ],
)
def test_of_whom_or_what(text: str, of: str | None) -> None:
    first = find_quantities(text)[0][0]
    assert (first.of.exact if first.of else None) == of


@pytest.mark.parametrize(
    ("text", "is_change", "is_approximate"),
    [
        ("an additional 1,000 boats", True, False),
        ("another 12 boats", True, False),
        ("12 more boats", True, False),
        ("prices rose by 3 %", True, False),
        ("the index fell 200 points", True, False),
        ("a 3 percent rise", True, False),
        ("prices rose to 300 krans", False, False),
        ("they want to sign up 5 million voters", False, False),
        ("about 30 boats", False, True),
        ("an estimated 30 boats", False, True),
        ("30-odd boats", False, True),
        ("30 or so boats", False, True),
        ("12 boats", False, False),
    ],
)
def test_changes_and_approximations(text: str, *, is_change: bool, is_approximate: bool) -> None:
    quantity = read(text)
    assert (quantity.is_change, quantity.is_approximate) == (is_change, is_approximate)


@pytest.mark.parametrize(
    "text",
    [
        "On November 7, 2024 and on 7 November.",
        "November 7-9, 7 and 8 November, 6 Sep 89",
        "in 2016, since 1995-96, the 1990s, the 2016 elections",
        "at 3 p.m., at 15:30, at 2220, 0900 GMT",
        "9/11, 24/7, 11/7/2016",
        "an F-16, a G7 country, COVID-19, Route 66, Article 5, flight 370, Boeing 737-800",
        "192.168.1.1, +1-555-010-0199, 555-0199, 007",
        "https://tides.example/2024/11/5000",
        "won 3-1, a 52-48 vote, a 2 to 1 margin",
        "one of the officials, no one, one another, the one who left",
        "at first, the first lady, the second half, the 21st century",
        "hundred, million",
        "two weeks ago",
        "3. No boats.\n4. No delay.",
        "10 Downhill Street",
        "the Seventh Fleet and the Big Ten Conference",
        "a four-way race, a multi-million dollar plan, a 5G network, 7-Eleven, 20-somethings",
        "Call (555) 010-0199.",
        "6'3\" tall",
        "",
    ],
)
def test_what_is_no_figure_is_not_reported(text: str) -> None:
    assert find_quantities(text)[0] == []


def test_a_range_the_wrong_way_round_is_turned_and_told() -> None:
    found, problems = find_quantities("Between 40 and 30 boats came.")
    assert (found[0].low, found[0].high) == ("30", "40")
    assert [problem.code for problem in problems] == ["turned-range"]


def test_both_ends_of_a_change_are_figures() -> None:
    found, problems = find_quantities("Support fell from 40 to 30 percent.")
    assert [(q.low, q.high, q.unit) for q in found] == [("40", "40", "percent"), ("30", "30", "percent")]
    assert not problems


def test_votes_in_words_are_two_figures() -> None:
    found, problems = find_quantities("Roe leads Brenn by 43 percent to 38 percent.")
    assert [q.low for q in found] == ["43", "38"]
    assert not problems


def test_digits_beyond_all_counting_are_a_problem() -> None:
    found, problems = find_quantities("1" * 10_000 + " boats")
    assert found == []
    assert [problem.code for problem in problems] == ["figure-too-long"]


def test_capitals_throughout_are_read_too() -> None:
    found, _ = find_quantities("TWO OFFICERS AND AT LEAST 20 MEN, AND MARIO ROE, 34, WAITED.")
    assert [(q.low, q.high, q.kind.value) for q in found] == [
        ("2", "2", "count"),
        ("20", None, "count"),
        ("34", "34", "measure"),
    ]


def test_a_currency_belongs_to_one_figure() -> None:
    found, _ = find_quantities("They paid 5 USD 10 euros.")
    assert [(quantity.span.exact, quantity.unit) for quantity in found] == [("5 USD", "USD"), ("10 euros", "EUR")]


def check(text: str) -> None:
    """Spans fit, stand in order and do not overlap; bounds are plain numbers, the lower first."""
    end = 0
    for quantity in find_quantities(text)[0]:
        span = quantity.span
        assert text[span.start : span.end] == span.exact
        assert span.start >= end
        end = span.end
        if quantity.of:
            assert text[quantity.of.start : quantity.of.end] == quantity.of.exact
        for bound in (quantity.low, quantity.high):
            assert bound is None or bound.lstrip("-").replace(".", "", 1).isdigit()
        assert quantity.low is not None or quantity.high is not None
        if quantity.low is not None and quantity.high is not None:
            assert float(quantity.low) <= float(quantity.high)


@settings(max_examples=300, deadline=None)
@given(texts(lone_surrogates=True))
def test_spans_hold_on_hostile_texts(text: str) -> None:
    check(text)


@settings(max_examples=600, deadline=None)
@given(st.lists(st.sampled_from(PARTS), max_size=25), st.sampled_from(["", " ", " "]))
def test_spans_hold_on_heaps_of_numbers(parts: list[str], glue: str) -> None:
    text = glue.join(parts)
    check(text)
    assert all(text[span.start : span.end] == span.exact for span, _ in find_intervals(text))


@pytest.mark.parametrize(
    "run",
    [
        "a ", "one ", "minus ", "one and ", "thousand ", "million, ", "1 in ", "between 1 and ", "about ",
        "12-", "1,", "1.", "1 ", "1 000 ", "at least ", "of the ", "hundreds of ", "$", "- ", "twenty-", "'",
        "5/", "10^", "\n", "\r", "\n ", "A ", "people ", "from 5 to ", "a half ", "or more ", "12 more ", "X-",
        "U.", "1:", "aged 5, ", "several ", "two hundred and ", "½", "www.", "5 of the ", "in 5 ", "first ",
        "x's ", "no more ", "not ",
    ],
)  # fmt: skip
def test_no_text_makes_it_slow(run: str) -> None:
    assert grows_no_faster_than_its_input(find_quantities, run)


def test_long_rows_of_digits_without_a_noun_are_identifiers() -> None:
    assert find_quantities("Entry 783491630540001280 was deleted.")[0] == []


@pytest.mark.parametrize("text", ["They met one-on-one several times.", "A one-on-one talk at the pier."])
def test_one_on_one_counts_nothing(text: str) -> None:
    assert find_quantities(text)[0] == []


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("They found 5 x 10^6 grains.", "5000000", "5000000"),
        ("They found 5 \u00d7 10^6 grains.", "5000000", "5000000"),
        ("The odds are less than one in a million.", None, "0.000001"),
        ("One in a hundred grains broke.", "0.01", "0.01"),
    ],
)
def test_powers_and_odds_are_one_figure(text: str, low: str | None, high: str | None) -> None:
    assert bounds(text) == (low, high)


@pytest.mark.parametrize("text", ["The wall dates to around 10,800 BC.", "It fell in 44 BC."])
def test_years_of_an_era_are_no_count(text: str) -> None:
    assert find_quantities(text) == ([], [])


def test_letters_that_look_like_an_era_are_counted() -> None:
    assert bounds("They met 200 BC residents.") == ("200", "200")


def test_a_score_in_front_of_in_is_no_share() -> None:
    found, _ = find_quantities("Rovers beat United 3-2 in seven-goal thriller.")
    assert "share" not in "".join(one.why for one in found)


@pytest.mark.parametrize(
    ("text", "unit"), [("It costs 5m euros.", "EUR"), ("It costs 3bn yen.", "JPY"), ("It costs 5m rand.", "ZAR")]
)
def test_millions_of_a_named_currency_are_money(text: str, unit: str) -> None:
    found = read(text)
    assert (found.kind, found.unit) == (QuantityKind.MONEY, unit)


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("It costs $5-6m.", "5000000", "6000000"),
        ("It costs between \u00a35m and 6m.", "5000000", "6000000"),
        ("It costs between $5 and $6 million.", "5000000", "6000000"),
    ],
)
def test_millions_behind_a_range_of_money_are_no_metres(text: str, low: str, high: str) -> None:
    found = read(text)
    assert (found.low, found.high, found.kind) == (low, high, QuantityKind.MONEY)


def test_a_share_and_what_is_left_are_no_range() -> None:
    found, _ = find_quantities("Arrests fell by a third to 20 arrests.")
    assert [(one.low, one.high) for one in found][-1] == ("20", "20")
    assert len(found) == 2


def test_a_range_below_zero_is_no_problem_of_the_text() -> None:
    found, problems = find_quantities("It will be -5 to -10C at night.")
    assert [(one.low, one.high) for one in found] == [("-10", "-5")]
    assert problems == []
