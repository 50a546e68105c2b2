"""Names of months and days."""

from __future__ import annotations

from sayso.extract.calendar_words import load_days, load_months
from sayso.extract.rulebook import load_rules


def test_all_months_and_days_are_there_in_full_and_short() -> None:
    words = load_rules("en", "times")["words"]
    for names, kinds in ((load_months(), ("month", "weakmonth")), (load_days(), ("weekday",))):
        full = {name for kind in kinds for name in words[kind]}
        assert len(full) in {7, 12}
        assert {name[:3] for name in full} <= names
