"""Who told it first, and what bad dates do."""

from __future__ import annotations

import pytest

from sayso.corroborate.origins import find_origins
from sayso.corroborate.origins_clock import WIDTH_S, read_interval
from sayso.records import FirstCertainty, Precision, SetAsideCode
from tests.corroborate.origin_pieces import cite, copy, make_case, make_time, outlet, person, tell

EARLY, LATER, LATEST = "2024-11-03T10:00Z", "2024-11-03T11:00Z", "2024-11-03T12:00Z"


def test_the_earliest_by_more_than_the_slack_is_first_for_certain() -> None:
    first = find_origins(make_case(tell("Radio", at=LATER), tell("Courier", at=EARLY), tell("Post", at=LATEST))).first
    assert (first.outlets, first.certainty) == (("Courier",), FirstCertainty.CERTAIN)
    assert first.at == make_time(EARLY)


def test_within_the_slack_of_clocks_either_may_be_first() -> None:
    first = find_origins(make_case(tell("Radio", at="2024-11-03T10:10Z"), tell("Courier", at=EARLY))).first
    assert (first.outlets, first.certainty) == (("Radio", "Courier"), FirstCertainty.POSSIBLE)


def test_what_copies_another_is_not_first_whatever_its_date() -> None:
    case = make_case(tell("Radio"), tell("Courier"), borrowings=(copy("Courier", "Radio"),))
    first = find_origins(case).first
    assert (first.outlets, first.certainty) == (("Radio",), FirstCertainty.CERTAIN)


def test_a_copy_dates_what_it_copies() -> None:
    case = make_case(
        tell("Wire"), tell("Courier", at=EARLY), tell("Radio", at=LATEST), borrowings=(copy("Courier", "Wire"),)
    )
    first = find_origins(case).first
    assert (first.outlets, first.certainty) == (("Wire",), FirstCertainty.CERTAIN)


def test_a_copy_dated_before_its_original_is_pointed_out() -> None:
    case = make_case(tell("Wire", at=LATEST), tell("Courier", at=EARLY), borrowings=(copy("Courier", "Wire"),))
    got = find_origins(case)
    assert [aside.code for aside in got.set_aside] == [SetAsideCode.BEFORE_ITS_SOURCE]
    assert got.set_aside[0].tellings == ("Courier",)


def test_without_dates_nobody_is_known_to_be_first() -> None:
    first = find_origins(make_case(tell("Radio"), tell("Courier"))).first
    assert (first.certainty, first.at) == (FirstCertainty.UNKNOWN, None)


def test_of_one_date_any_may_be_first() -> None:
    case = make_case(*(tell(name, at="2024-11-03") for name in ("Radio", "Courier", "Post")))
    first = find_origins(case).first
    assert (len(first.outlets), first.certainty) == (3, FirstCertainty.POSSIBLE)


def test_a_date_in_the_future_or_unreadable_is_none() -> None:
    case = make_case(
        tell("Radio", at="2031-01-01T00:00Z"), tell("Courier", at=EARLY), tell("Post", at="soon"), as_of="2025-01-01"
    )
    got = find_origins(case)
    assert [aside.code for aside in got.set_aside] == [SetAsideCode.FUTURE_DATE, SetAsideCode.UNREADABLE_DATE]
    assert set(got.first.outlets) == {"Radio", "Courier", "Post"}
    assert got.first.certainty is FirstCertainty.POSSIBLE


def test_a_cited_outlet_has_told_it_before() -> None:
    voices = (outlet("Wire"), person("the mayor"))
    case = make_case(
        tell("Courier", "Wire", at=EARLY), tell("Wire", "the mayor", at=LATEST), tell("Radio", at=LATER), voices=voices
    )
    got = find_origins(case)
    # The wire's telling in the case is later than the Courier's: it was another one that the Courier cites.
    assert [told.outlet for told in got.cited] == ["Wire"]
    assert got.first.outlets == ("Wire",)
    earlier = make_case(*case.tellings, voices=voices, borrowings=(cite("Courier", "Wire"),))
    assert not find_origins(earlier).cited


@pytest.mark.parametrize(
    ("value", "hours"), [("2024", 24 * 366 + 26), ("2024-11", 24 * 31 + 26), ("2024-11-03", 24 + 26)]
)
def test_an_interval_is_as_wide_as_what_was_left_out(value: str, hours: int) -> None:
    interval = read_interval(make_time(value))
    assert interval is not None
    assert interval[1] - interval[0] == hours * 3600


def test_every_precision_has_a_width() -> None:
    assert set(WIDTH_S) == set(Precision)
