"""What the machine makes of the invented case, held against its right answers."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.demo.checks import Check, list_checks

if TYPE_CHECKING:
    from tests.demo.demo_case import DemoCase


@pytest.mark.parametrize("check", list_checks(), ids=lambda check: check.name)
def test_a_right_answer_is_given_or_known_not_to_be(demo: DemoCase, check: Check) -> None:
    if check.reason is None:
        assert check.holds(demo), f"{check.name}: the machine does not give it any more"
    else:
        assert not check.holds(demo), f"{check.name}: the machine gives it now; take its not_reached away"


def test_every_page_has_the_outlets_that_the_case_needs(demo: DemoCase) -> None:
    outlets = {reading.document.outlet for reading in demo.readings.values()} - {None}
    assert len(outlets) == 8
    assert len(demo.readings) == 17
