"""Who cites whom, and what that makes of a row."""

from __future__ import annotations

import pytest

from sayso.extract.citing import carrier_of, find_citing


def place(text: str, words: str) -> list[tuple[int, int]]:
    at = text.index(words)
    return [(at, at + len(words))]


@pytest.mark.parametrize(
    ("text", "source", "cue", "party", "carrier"),
    [
        ("Tarn News, citing the interior ministry, said 12 were held.", "Tarn News", "said", "the interior ministry",
         "Tarn News"),
        ("The state broadcaster ORT, citing the coast guard, reported calm.", "ORT", "reported", "the coast guard",
         "ORT"),
        ("The Harbour Times said the wall was old, citing a leaked memo.", "The Harbour Times", "said", "a leaked memo",
         "Harbour Times"),
        ("It rained. Northwire News, quoting Ada Roe, said so.", "Northwire News", "said", "Ada Roe", "Northwire News"),
    ],
)  # fmt: skip
def test_the_one_cited_speaks_and_the_outlet_carries(
    text: str, source: str, cue: str, party: str, carrier: str
) -> None:
    citing = find_citing(text, place(text, source), place(text, cue))
    assert citing is not None
    assert text[slice(*citing.party)] == party
    assert text[slice(*citing.carrier)].removeprefix("The ") == carrier.removeprefix("The ")
    assert carrier_of(text, citing).made_by == "rule:cited-by-an-outlet"


def test_a_source_that_the_heads_missed_is_found_by_its_sentence() -> None:
    text = "Tarn News, citing the interior ministry, said 12 were held."
    assert find_citing(text, [], place(text, "said")) is not None


@pytest.mark.parametrize(
    ("text", "source", "cue"),
    [
        ("Northwire News closed its office, citing costs, and said so.", "Northwire News", "said"),
        ("Roe said no, citing concerns over the wall.", "Roe", "said"),
        ("Northwire News said it would rain.", "Northwire News", "said"),
    ],
)
def test_reasons_are_no_sources(text: str, source: str, cue: str) -> None:
    assert find_citing(text, place(text, source), place(text, cue)) is None
