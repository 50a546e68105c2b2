"""Text from outside on a terminal."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sayso.export.visible import show


@pytest.mark.parametrize(
    ("hostile", "shown"),
    [
        ("\x1b[31mred\x1b[0m", "␛[31mred␛[0m"),
        ("\x1b]0;title\x07", "␛]0;title␇"),
        ("bell\x07 back\x08", "bell␇ back␈"),
        ("\x9b31m", "⟨U+009B⟩31m"),
        ("safe \u202eetirw\u202c", "safe ⟨U+202E⟩etirw⟨U+202C⟩"),
        ("\u2066x\u2069", "⟨U+2066⟩x⟨U+2069⟩"),
        ("a\tb\r\nc\u2028d\x85e", "a b c d e"),
        ("del\x7f", "del␡"),
        ("lone \ud800", "lone ⟨U+D800⟩"),
        ("tag \U000e0041", "tag ⟨U+E0041⟩"),
        ("👩‍🚀 naïve café", "👩‍🚀 naïve café"),
    ],
)
def test_what_a_terminal_would_obey_is_shown(hostile: str, shown: str) -> None:
    assert show(hostile) == shown


def test_a_pile_of_combining_marks_is_cut() -> None:
    assert len(show("a" + "\u0301" * 500)) < 10


@settings(max_examples=200, deadline=None)
@given(st.text(st.characters(exclude_categories=()), max_size=40))
def test_nothing_that_is_obeyed_is_left(text: str) -> None:
    shown = show(text)
    assert not any(unicodedata.category(character) in {"Cc", "Cs", "Zl", "Zp"} for character in shown)
    assert not any(
        unicodedata.bidirectional(one) in {"LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI"}
        for one in shown
    )
    assert show(shown) == shown
