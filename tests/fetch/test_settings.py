"""How the net is asked follows from the settings in force."""

from __future__ import annotations

from sayso.config import Settings
from sayso.fetch import FetchSettings


def test_what_is_set_is_taken() -> None:
    made = FetchSettings.of(
        Settings(fetch_timeout_s=300, fetch_delay_s=9, max_bytes=77), contact="desk@paper.example", no_network=True
    )
    assert (made.timeout_s, made.delay_s, made.max_bytes) == (300.0, 9.0, 77)
    assert made.total_s >= made.head_s >= made.timeout_s
    assert (made.contact, made.no_network, made.allow_private) == ("desk@paper.example", True, False)


def test_the_defaults_are_the_defaults() -> None:
    assert FetchSettings.of(Settings()) == FetchSettings()
