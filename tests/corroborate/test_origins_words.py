"""A corroboration in sentences."""

from __future__ import annotations

import re

import pytest

from sayso.bench.origin_cases import make_hard_case, make_small_case
from sayso.corroborate.origins import find_origins
from sayso.corroborate.origins_words import iter_why, load_words, say_bounds, say_reason
from sayso.records import Borrowed, FirstCertainty, Independence, OriginReason, SetAsideCode, Tied
from tests.corroborate.origin_pieces import body, copy, different, make_case, official, person, same, tell, tie


@pytest.mark.parametrize("seed", range(300))
def test_every_case_can_say_why(seed: int) -> None:
    for case in (make_small_case(seed), make_hard_case(seed)):
        sentences = list(iter_why(case, find_origins(case)))
        assert all(sentence and not re.search(r"[{}]", sentence) for sentence in sentences)


def test_the_sentences_tell_what_matters() -> None:
    case = make_case(
        tell("Courier", "Ana Lind", at="2024-11-03T10:00Z"),
        tell("Radio", "the ministry"),
        tell("Post", "an official", at="2031-01-01"),
        tell("Daily"),
        borrowings=(copy("Daily", "Post"),),
        voices=(person("Ana Lind"), body("the ministry"), official("an official", "Post"), person("Lind")),
        ties=(
            tie(Tied.SPEAKS_FOR, "Ana Lind", "the ministry"),
            same("Ana Lind", "Lind", by="Ann"),
            different("Ana Lind", "an official"),
            tie(Tied.UNKNOWN, "an official", "the ministry"),
            same("Ana Lind", "an official"),
        ),
        as_of="2025-01-01",
    )
    got = find_origins(case)
    text = "\n".join(iter_why(case, got))
    assert "At least 2, at most 3 independent origins." in text
    assert "Ana Lind and Lind are one" in text
    assert "Ann judged so" in text
    assert "Daily copies Post: made up." in text
    assert "2 of 4 rest only on an official." in text
    assert "may not tie unnamed sources" in text
    assert "date in the future" in text


def test_long_lists_are_cut() -> None:
    case = make_case(*(tell(f"outlet {number}", at="2024-11-03") for number in range(20)))
    assert "more" in next(s for s in iter_why(case, find_origins(case)) if "told it first" in s)


def test_bounds_that_meet_are_said_to_be_exact() -> None:
    case = make_case(tell("Courier", "x"), voices=(person("x"),))
    assert say_bounds(find_origins(case).persons).startswith("Exactly one")


def test_reasons_of_our_own_have_a_sentence_and_others_their_code() -> None:
    assert say_reason(OriginReason(code="same-outlet", parts=(("outlet", "Wire"),))) == "they are the outlet Wire"
    assert say_reason(OriginReason(code="names-alike", parts=(("a", "x"), ("b", "y")))) == "names alike x y"


@pytest.mark.parametrize(
    ("table", "values"),
    [("independence", Independence), ("first", FirstCertainty), ("set_aside", SetAsideCode), ("telling", Borrowed)],
)
def test_every_value_has_a_sentence(table: str, values: type[Independence]) -> None:
    assert not [value for value in values if value not in load_words()[table]]
