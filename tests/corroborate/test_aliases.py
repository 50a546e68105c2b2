"""Other names that articles give. All invented."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.corroborate.aliases import find_aliases


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("The National Signals Service (NSS) said so.", [("NSS", "National Signals Service")]),
        ("a spokesman for the Ministry of Tarn Affairs (MTA) said", [("MTA", "Ministry of Tarn Affairs")]),
        ("the Bank of Veld and Tarn (BVT)", [("BVT", "Bank of Veld and Tarn")]),
        ("the Tarn River Authority, or “TRA” for short", []),
        ("the Tarn River Authority (“TRA”)", [("TRA", "Tarn River Authority")]),
        ("He left (NSS) early.", []),
        ("Nobody. Said Something (NSS)", []),
        ("Ilva Marenko, known as the Falcon, said", [("the Falcon", "Ilva Marenko")]),
        ("Ilva Marenko, also known as Ilva Tesh, said", [("Ilva Tesh", "Ilva Marenko")]),
        ("Ilva Marenko, known as Ilva Marenko, said", []),
        ("she is known as a swimmer", []),
    ],
)
def test_names_that_a_text_gives(text: str, found: list[tuple[str, str]]) -> None:
    aliases = find_aliases(text, document="doc-1")
    assert [(alias.short, alias.long) for alias in aliases] == found
    for alias in aliases:
        assert text[alias.start :].startswith(alias.long)
        assert alias.short in text[alias.start : alias.end]


@given(st.text(alphabet="AbcNS ().“”,-known as\n", max_size=300))
def test_any_text_is_read(text: str) -> None:
    for alias in find_aliases(text, document="doc-1"):
        assert 0 <= alias.start < alias.end <= len(text)


@pytest.mark.parametrize("piece", ["A", "Aa ", "(NSS) ", "Known As Known ", "Aa of ", "Aa, known as "])
def test_a_hostile_text_takes_no_longer_than_it_is_long(piece: str) -> None:
    def measure(count: int) -> float:
        begin = time.process_time()
        find_aliases(piece * count, document="doc-1")
        return time.process_time() - begin

    measure(100)
    assert measure(16_000) < 40 * measure(1_000) + 0.5
