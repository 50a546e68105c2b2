"""Times in running text: found, placed as seen from publication, and never guessed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.extract.dating.grammar import LEVELS
from sayso.extract.dating.makers import MAKERS
from sayso.extract.rulebook import load_rules
from sayso.extract.times import find_times
from sayso.records import Moment, Precision, Time, TimeBasis
from tests.growth import grows_no_faster_than_its_input
from tests.hostile import texts

# A Wednesday.
PUBLISHED = "2024-11-06"


def moment(value: str = PUBLISHED) -> Moment:
    return Moment(value=value, precision=Precision.DAY, stated_in="given")


def find(text: str, published: str | None = PUBLISHED) -> list[Time]:
    times, _ = find_times(text, moment(published) if published else None)
    return times


def only(text: str, published: str | None = PUBLISHED) -> Time:
    times = find(text, published)
    assert len(times) == 1, times
    return times[0]


def place_of(text: str, published: str | None = PUBLISHED) -> tuple[str | None, str | None, str]:
    found = only(text, published)
    return found.earliest, found.latest, found.precision.value


@pytest.mark.parametrize(
    ("text", "first", "last", "precision"),
    [
        # stated
        ("It fell on November 7, 2016.", "2016-11-07", "2016-11-07", "day"),
        ("It fell on 7 Nov. 2016.", "2016-11-07", "2016-11-07", "day"),
        ("It fell on the 7th of November, 2016.", "2016-11-07", "2016-11-07", "day"),
        ("It fell on 2016-11-07.", "2016-11-07", "2016-11-07", "day"),
        ("PORT CALLAN, 3 SEP 19 (NORTHWIRE) -- Calm.", "2019-09-03", "2019-09-03", "day"),
        ("It will end at midnight tonight.", "2024-11-07T00:00", "2024-11-07T00:00", "minute"),
        ("It fell on Monday, Nov. 7, 2016.", "2016-11-07", "2016-11-07", "day"),
        ("It fell in March 2016.", "2016-03-01", "2016-03-31", "month"),
        ("It fell in 2016.", "2016-01-01", "2016-12-31", "year"),
        ("It fell in the 1990s.", "1990-01-01", "1999-12-31", "decade"),
        ("It fell in the late '80s.", "1987-01-01", "1989-12-31", "decade"),
        ("They kept going until Monday.", None, "2024-11-04", "day"),
        ("It fell in the 19th century.", "1800-01-01", "1899-12-31", "century"),
        ("It fell in the summer of 2016.", "2016-06-01", "2016-08-31", "season"),
        ("It fell in the third quarter of 2016.", "2016-07-01", "2016-09-30", "quarter"),
        ("It fell in mid-2019.", "2019-05-01", "2019-08-31", "year"),
        ("It fell on Easter 2017.", "2017-04-16", "2017-04-16", "day"),
        ("It fell on Thanksgiving 2010.", "2010-11-25", "2010-11-25", "day"),
        # completed
        ("It fell on October 3.", "2024-10-03", "2024-10-03", "day"),
        ("It will fall on March 3.", "2025-03-03", "2025-03-03", "day"),
        ("It fell in August.", "2024-08-01", "2024-08-31", "month"),
        # relative
        ("It fell on Tuesday.", "2024-11-05", "2024-11-05", "day"),
        ("The ferry will leave on Friday.", "2024-11-08", "2024-11-08", "day"),
        ("It fell on Wednesday.", "2024-11-06", "2024-11-06", "day"),
        ("It opens next Tuesday.", "2024-11-12", "2024-11-12", "day"),
        ("It fell last week.", "2024-10-28", "2024-11-03", "week"),
        ("It fell yesterday.", "2024-11-05", "2024-11-05", "day"),
        ("It fell three days ago.", "2024-11-03", "2024-11-03", "day"),
        ("It fell two years ago.", "2022-01-01", "2022-12-31", "year"),
        ("It opens later this month.", "2024-11-06", "2024-11-30", "month"),
        ("It grew over the past decade.", "2014-11-06", "2024-11-06", "decade"),
        ("It will end within two weeks.", "2024-11-06", "2024-11-20", "week"),
        ("It fell last March.", "2024-03-01", "2024-03-31", "month"),
        ("It fell on the first Tuesday of October.", "2024-10-01", "2024-10-01", "day"),
        # stretches
        ("It ran from Monday to Wednesday.", "2024-11-04", "2024-11-06", "day"),
        ("It ran between March and May.", "2024-03-01", "2024-05-31", "month"),
        ("It ran from March 3 to May 5, 2019.", "2019-03-03", "2019-05-05", "day"),
        ("It ran on November 4-6.", "2024-11-04", "2024-11-06", "day"),
        ("It has stood since 2014.", "2014-01-01", None, "year"),
        ("It was closed until Friday.", None, "2024-11-08", "day"),
        ("It stood before 2010.", None, "2009-12-31", "year"),
        ("It will stand by the end of the month.", None, "2024-11-30", "month"),
        # times of day
        ("It fell at 3 p.m. on Tuesday.", "2024-11-05T15:00", "2024-11-05T15:59", "hour"),
        ("It fell at 3:20 p.m. Tuesday.", "2024-11-05T15:20", "2024-11-05T15:20", "minute"),
        ("It fell on Tuesday evening.", "2024-11-05T18:00", "2024-11-05T23:59", "daypart"),
        ("It is open Saturday from 10 a.m. to 4 p.m.", "2024-11-02T10:00", "2024-11-02T16:00", "minute"),
        ("It lasted from 3 to 5 p.m. on Tuesday.", "2024-11-05T15:00", "2024-11-05T17:00", "minute"),
        ("It fell at 6 o'clock this morning.", "2024-11-06T06:00", "2024-11-06T06:59", "hour"),
        ("It opens this coming Wednesday.", "2024-11-13", "2024-11-13", "day"),
        ("It fell on 4 and 5 November.", "2024-11-04", "2024-11-05", "day"),
        ("It fell prior to May 5.", None, "2024-05-04", "day"),
        ("It fell last night.", "2024-11-05T20:00", "2024-11-05T23:59", "daypart"),
    ],
)
def test_a_time_has_its_place(text: str, first: str | None, last: str | None, precision: str) -> None:
    assert place_of(text) == (first, last, precision)


@pytest.mark.parametrize(
    "text",
    [
        "The mayor may resign recently.",
        "They march 10 miles, then march on.",
        "May Brenn won 3-2, a second time.",
        "Call 555-1234 or 02-2016-8891.",
        "Version 2.10.2016.4 of the harbour code came out.",
        "Ilva Brenn, 45, paid $2016 to 2016 people.",
        "The Sunday Herald and USA Today asked.",
        "Johnnie Christmas sold a Christmas tree.",
        "Every Tuesday and each March they meet.",
        "See https://example.org/2016/11/07/harbour.",
        "In the 1st half Tarn led.",
        "A shot was heard shortly before 1700.",
        "THEY JOINED THE MARCH AND SAID HE MAY COME.",
        "She was in her early 20s, he in his 70s.",
        "The year 12024 and the year 0 are far off.",
        "Room 1990, at 1990 Quay Street.",
    ],
)
def test_what_only_looks_like_a_time_is_none(text: str) -> None:
    assert find(text) == []


def test_a_time_may_be_counted_from_the_one_before() -> None:
    times = find("The wall fell on March 3, 2019. Two days later the mayor resigned, and the next day her deputy.")
    assert [one.earliest for one in times] == ["2019-03-03", "2019-03-05", "2019-03-06"]
    assert [one.basis for one in times] == [TimeBasis.STATED, TimeBasis.ANCHORED, TimeBasis.ANCHORED]
    assert "March 3, 2019" in times[1].why


def test_the_following_monday_is_that_after_the_time_before() -> None:
    times = find("The wall fell on March 6, 2019. The following Monday the mayor resigned.")
    assert times[1].earliest == "2019-03-11"
    assert times[1].basis is TimeBasis.ANCHORED


def test_without_a_time_before_it_is_not_placed() -> None:
    assert only("The next day the mayor resigned.").basis is TimeBasis.UNPLACED


@pytest.mark.parametrize(
    "text", ["It fell on Tuesday.", "It fell yesterday.", "It fell on March 3.", "It fell last week."]
)
def test_without_a_publication_date_nothing_is_counted_from_it(text: str) -> None:
    found = only(text, published=None)
    assert (found.earliest, found.latest, found.basis) == (None, None, TimeBasis.UNPLACED)
    assert "publication" in found.why


def test_a_publication_known_to_the_month_places_no_day() -> None:
    times, _ = find_times("It fell on Tuesday.", Moment(value="2024-11", precision=Precision.MONTH, stated_in="given"))
    assert times[0].basis is TimeBasis.UNPLACED
    assert "2024-11" in times[0].why


@pytest.mark.parametrize(
    "text",
    [
        "It fell on 31 February 2020.",
        "It fell on November 7, 9999.",
        "It ran from March 2019 to May 2016.",
        "It fell on 2016-13-45.",
        "It fell on 13/13/2016.",
        "It fell on 0000-01-01.",
        "It fell on Feb. 30.",
    ],
)
def test_an_impossible_time_is_a_problem(text: str) -> None:
    times, problems = find_times(text, moment())
    assert [one.basis for one in times] == [TimeBasis.UNPLACED]
    assert [problem.code for problem in problems] == ["impossible-time"]
    assert text[problems[0].start : problems[0].end] == times[0].span.exact


def test_figures_whose_order_is_open_say_so() -> None:
    found = only("It fell on 11/7/2024.")
    assert found.earliest == "2024-11-07"
    assert found.is_approximate
    assert "day first" in found.why


def test_the_text_itself_may_prove_the_order() -> None:
    times = find("It fell on 11/7/2024 and on 25/7/2024.")
    assert [one.earliest for one in times] == ["2024-07-11", "2024-07-25"]
    assert not times[0].is_approximate


@pytest.mark.parametrize(("text", "year"), [("05/05/89", "1989"), ("05/05/24", "2024"), ("May 5, '71", "1971")])
def test_two_figures_of_a_year_mean_no_far_future(text: str, year: str) -> None:
    found = only(f"It fell on {text}.")
    assert (found.earliest or "")[:4] == year
    assert found.basis is TimeBasis.COMPLETED


def test_a_weekday_that_does_not_fit_its_date_is_said() -> None:
    assert "not a Friday" in only("It fell on Friday, November 7, 2016.").why


def test_hours_are_counted_where_the_hour_of_publication_is_known() -> None:
    text = "It fell two hours ago."
    assert only(text).basis is TimeBasis.UNPLACED
    times, _ = find_times(text, Moment(value="2024-11-06T10:30", precision=Precision.MINUTE, stated_in="given"))
    assert times[0].precision is Precision.HOUR
    assert times[0].earliest == "2024-11-06T08:00"


def test_the_tense_is_that_of_the_nearest_verb_of_the_clause() -> None:
    times = find("The mayor said on Tuesday that on Friday the bridge will open.")
    assert [one.earliest for one in times] == ["2024-11-05", "2024-11-08"]


def test_a_month_far_back_is_not_taken_for_the_near_one() -> None:
    assert only("She hoped that he won in December.").earliest == "2024-12-01"


def test_around_makes_it_approximate() -> None:
    assert only("It fell around 2016.").is_approximate
    assert not only("It fell in 2016.").is_approximate


@given(
    texts(lone_surrogates=True, max_size=30), st.sampled_from([None, "2024-11-06", "2024", "nonsense", "2024-13-45"])
)
def test_any_text_gives_times_in_order_that_lie_where_they_say(text: str, published: str | None) -> None:
    check(text, published)


WORDS = [
    word for words in load_rules("en", "times")["words"].values() for word in words
] + ["7", "31", "2016", "9999", "11/7/2024", "3:15", "p.m.", "1990s", "2nd", "Q3", "\n", "'s", "’"]  # fmt: skip


@given(
    st.lists(st.sampled_from(WORDS), max_size=25),
    st.sampled_from(["2024-11-06T10:30", "1000-01-01", "2199-12-31", None]),
)
def test_any_heap_of_words_of_time_is_read(words: list[str], published: str | None) -> None:
    check(" ".join(words), published)
    check(" ".join(words).title(), published)


def check(text: str, published: str | None) -> None:
    times, problems = find_times(text, moment(published) if published else None)
    end = 0
    for one in times:
        assert end <= one.span.start < one.span.end
        assert text[one.span.start : one.span.end] == one.span.exact
        end = one.span.end
        assert one.why
        if one.earliest and one.latest:
            assert one.earliest <= one.latest
        if one.basis is TimeBasis.UNPLACED:
            assert one.earliest is None
            assert one.latest is None
        else:
            assert one.earliest or one.latest
    assert all(problem.start is not None for problem in problems)


@pytest.mark.parametrize(
    "part",
    ["harbour ", "1", "1 ", "Monday ", "Monday to ", "of the ", "at ", "1-1-", "1/", "two days and ",
     "between March and ", "early ", "'s", "a.", "A@", "\n", " ", "the next day ", "12:00 ", "two weeks ago ",
     "in around ", "two to three weeks ", "2015/16 ", "at 4 on ", "the last day of the ", "03/2015-", "half past "],
)  # fmt: skip
def test_reading_takes_as_long_as_the_text(part: str) -> None:
    assert grows_no_faster_than_its_input(lambda text: find_times(text, moment()), part)


def test_every_form_has_a_maker_and_every_maker_a_form() -> None:
    rules = load_rules("en", "times")
    used = {entry["make"] for level in LEVELS for entry in rules[level]}
    assert used <= set(MAKERS)
    assert set(MAKERS) <= used | {"sum"}


def test_no_form_repeats_anything() -> None:
    rules = load_rules("en", "times")
    assert not [entry for level in LEVELS for entry in rules[level] if set("*+{") & set(entry["form"])]


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("It will end within a year and six months.", "2024-11-06", "2026-05-06"),
        ('"Within three years," she said.', "2024-11-06", "2027-11-06"),
        ("The truce was broken within three days.", None, None),
        ("The cost fell within a decade.", None, None),
    ],
)
def test_within_counts_from_publication_only_where_that_is_not_over(
    text: str, first: str | None, last: str | None
) -> None:
    found = only(text)
    assert (found.earliest, found.latest) == (first, last)


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("The office issued a warning from 6pm on Wednesday until 9am Friday.", "2024-11-06T18:00", "2024-11-08T09:59"),
        ("The road was shut from 9pm on Monday to 6am Tuesday.", "2024-11-04T21:00", "2024-11-05T06:59"),
        ("The road will be shut from 9pm on Saturday to 6am Sunday.", "2024-11-09T21:00", "2024-11-10T06:59"),
        ("The hall was open from 9am to 5pm on Friday.", "2024-11-01T09:00", "2024-11-01T17:59"),
    ],
)
def test_hours_of_two_weekdays_stand_side_by_side(text: str, first: str, last: str) -> None:
    times, problems = find_times(text, moment())
    assert [(one.earliest, one.latest[:13] if one.latest else None) for one in times] == [(first, last[:13])]
    assert problems == []


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("It fell on Monday. Two hours earlier it stood.", "names no hour"),
        ("The war began in 2022. Three days later he fled.", "names no day"),
    ],
)
def test_a_time_is_not_counted_from_one_that_is_coarser(text: str, reason: str) -> None:
    found = find(text)[-1]
    assert found.basis is TimeBasis.UNPLACED
    assert reason in found.why


def test_a_far_year_behind_a_day_is_not_left_out() -> None:
    found = only("It ends on 12 December 9999.")
    assert (found.span.exact, found.basis) == ("12 December 9999", TimeBasis.UNPLACED)


def test_a_nought_beside_a_slash_makes_no_date() -> None:
    assert find_times("It ended 1/0 after 0/2.", moment()) == ([], [])
