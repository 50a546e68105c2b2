"""Forms of times that newspapers, reports, releases and letters have, each with the place that it must get."""

from __future__ import annotations

import pytest

from sayso.extract.times import find_times
from sayso.records import Moment, Precision, Time, TimeBasis

# A Wednesday.
PUBLISHED = "2024-11-06"


def find(text: str, published: str | None = PUBLISHED) -> list[Time]:
    moment = Moment(value=published, precision=Precision.DAY, stated_in="given") if published else None
    return find_times(text, moment)[0]


@pytest.mark.parametrize(
    ("words", "first", "last"),
    [
        # days
        ("on 7. Nov. 2016", "2016-11-07", "2016-11-07"),
        ("on 7-Nov-16", "2016-11-07", "2016-11-07"),
        ("on November 7 of last year", "2023-11-07", "2023-11-07"),
        ("on the 15th day of next month", "2024-12-15", "2024-12-15"),
        ("on the last day of the month", "2024-11-30", "2024-11-30"),
        ("on the last Friday of the month", "2024-11-29", "2024-11-29"),
        ("on the Friday before Christmas", "2024-12-20", "2024-12-20"),
        ("on Monday (Nov. 4)", "2024-11-04", "2024-11-04"),
        ("on Nov. 7, 8 and 9", "2024-11-07", "2024-11-09"),
        ("two Sundays ago", "2024-10-27", "2024-10-27"),
        ("a week ago today", "2024-10-30", "2024-10-30"),
        ("on Election Day", "2024-11-05", "2024-11-05"),
        ("from the 27th to the 3rd of April", "2024-03-27", "2024-04-03"),
        ("between Nov. 4, 2023, and Nov. 2, 2024", "2023-11-04", "2024-11-02"),
        # weeks, months, quarters, years
        ("two years after 2010", "2012-01-01", "2012-12-31"),
        ("two to three weeks ago", "2024-10-14", "2024-10-27"),
        ("on Friday 8", "2024-11-08", "2024-11-08"),
        ("on the second Sunday", None, None),
        ("in the first week of 2019", "2018-12-31", "2019-01-06"),
        ("in the last four months of 2021", "2021-09-01", "2021-12-31"),
        ("in 3Q16", "2016-07-01", "2016-09-30"),
        ("in Q3 '16", "2016-07-01", "2016-09-30"),
        ("in 2017-Q1", "2017-01-01", "2017-03-31"),
        ("in the six months to September", "2024-04-01", "2024-09-30"),
        ("in the quarter ended Sept. 30", "2024-07-01", "2024-09-30"),
        ("in 03/2015", "2015-03-01", "2015-03-31"),
        ("in the winter of 2015/16", "2015-12-01", "2016-02-29"),
        ("a year ago this month", "2023-11-01", "2023-11-30"),
        ("by 2100", None, "2100-12-31"),
        ("in nineteen oh one", "1901-01-01", "1901-12-31"),
        ("in two thousand and eight", "2008-01-01", "2008-12-31"),
        ("in the twenty-tens", "2010-01-01", "2019-12-31"),
        ("in the eighteen hundreds", "1800-01-01", "1899-12-31"),
        ("in the second decade of the 21st century", "2010-01-01", "2019-12-31"),
        ("by year-end", None, "2024-12-31"),
        ("before the weekend", None, "2024-11-01"),
        ("as early as next week", "2024-11-11", None),
        ("from 2010 on", "2010-01-01", None),
        ("since January 1st", "2024-01-01", None),
        ("less than two weeks after Easter 2024", "2024-03-31", "2024-04-14"),
        ("more than two days before Christmas 2023", None, "2023-12-22"),
        # times of day
        ("on Tuesday at 4", "2024-11-05T04:00", "2024-11-05T04:59"),
        ("on Tuesday at 2.30", "2024-11-05T02:30", "2024-11-05T02:30"),
        ("on Tuesday evening at 7:30", "2024-11-05T19:30", "2024-11-05T19:30"),
        ("at 9 in the morning on Tuesday", "2024-11-05T09:00", "2024-11-05T09:59"),
        ("at half past eight on Tuesday morning", "2024-11-05T08:30", "2024-11-05T08:30"),
        ("on Tuesday from 2:00 to 2:30 p.m.", "2024-11-05T14:00", "2024-11-05T14:30"),
        ("between 7 and 9:30 last night", "2024-11-05T19:00", "2024-11-05T21:30"),
        ("by 2 p.m. on Tuesday", None, "2024-11-05T14:00"),
        ("at 1500 GMT on Tuesday", "2024-11-05T15:00", "2024-11-05T15:00"),
        ("on Nov. 4, 5:30pm", "2024-11-04T17:30", "2024-11-04T17:30"),
        ("on Tuesday a.m.", "2024-11-05T06:00", "2024-11-05T11:59"),
        ("on Tuesday at seven twenty-seven", "2024-11-05T07:27", "2024-11-05T07:27"),
    ],
)
def test_a_form_has_its_place(words: str, first: str | None, last: str | None) -> None:
    times = find(f"The council of Tarn met {words}, the clerk said.")
    assert [(one.earliest, one.latest) for one in times] == [(first, last)]


@pytest.mark.parametrize(
    "text",
    [
        "The wall fell on 9/11, she said.",
        "Youth unemployment in the low-50s was a record.",
        "The city lifted a midnight curfew.",
        "The new year brought tens of thousands of visitors.",
        "The score was 12/40.",
        "The council meets on the second Saturday of each month.",
        "The market is held every other Tuesday and every third Friday.",
        "It is down from the two thousand people of Tarn.",
    ],
)
def test_what_resembles_a_form_is_none(text: str) -> None:
    assert find(text) == []


def test_what_half_of_the_day_an_hour_is_of_is_not_guessed() -> None:
    (one,) = find("The council met on Tuesday at 4.")
    assert one.is_approximate
    assert "morning or afternoon is not stated" in one.why


def test_a_time_of_day_is_of_the_day_in_the_sentence_before() -> None:
    times = find("The council of Tarn met on Monday. At 9 a.m. the doors were shut.")
    assert times[1].earliest == "2024-11-04T09:00"
    assert times[1].basis is TimeBasis.ANCHORED
    assert "Monday" in times[1].why


@pytest.mark.parametrize("between", [" It was cold. ", "\n\n"])
def test_no_day_is_taken_from_further_away(between: str) -> None:
    times = find(f"The council of Tarn met on Monday.{between}At 9 a.m. the doors were shut.")
    assert times[1].basis is TimeBasis.UNPLACED


def test_without_publication_a_year_is_that_of_another_full_date() -> None:
    times = find(
        "HARLOW, 3 May 2014 - The fire began on April 28. Smoke was seen on 29 December. It rained Monday.", None
    )
    assert [one.earliest for one in times] == ["2014-05-03", "2014-04-28", "2013-12-29", None]
    assert times[1].basis is TimeBasis.ANCHORED
    assert "3 May 2014" in times[1].why
    assert times[3].basis is TimeBasis.UNPLACED


def test_without_publication_and_another_date_no_year_is_given() -> None:
    (one,) = find("The fire began on April 28.", None)
    assert (one.earliest, one.basis) == (None, TimeBasis.UNPLACED)


def test_a_month_of_that_year_is_of_the_year_named_before() -> None:
    times = find("The mill of Tarn burned in December 2012. In March of that year it had been sold.")
    assert (times[1].earliest, times[1].latest) == ("2012-03-01", "2012-03-31")
