"""Ties that contradict one another are kept and shown, and the range is the wider."""

from __future__ import annotations

import dataclasses
import random

import pytest

from sayso.corroborate.origins import find_origins
from sayso.records import Corroboration, Level, SetAsideCode, Tie, Tied
from tests.corroborate.origin_pieces import body, different, make_case, person, same, tell, tie


def judge(*ties: Tie, names: str = "xyzw") -> Corroboration:
    """Return what follows for tellings of as many named voices, each in an outlet of its own."""
    return find_origins(
        make_case(*(tell(f"outlet {n}", n) for n in names), voices=tuple(person(n) for n in names), ties=ties)
    )


def limits(got: Corroboration) -> tuple[int, int]:
    return got.persons.least, got.persons.most


def codes(got: Corroboration) -> list[str]:
    return [aside.code for aside in got.set_aside]


def test_contradictory_judgements_are_both_kept_and_neither_applied() -> None:
    ann, ben = same("x", "y", by="Ann"), different("x", "y", by="Ben")
    got = judge(ann, ben, names="xy")
    assert limits(got) == (1, 2)
    assert codes(got) == [SetAsideCode.JUDGES_DISAGREE]
    assert set(got.set_aside[0].ties) == {ann, ben}
    # Nor does the machine decide what two people disagree on.
    assert limits(judge(ann, ben, same("x", "y"), names="xy")) == (1, 2)
    assert limits(judge(ann, ben, different("x", "y"), names="xy")) == (1, 2)


def test_a_judgement_outranks_the_machine() -> None:
    assert limits(judge(same("x", "y"), different("x", "y", by="Ann"), names="xy")) == (2, 2)
    assert limits(judge(different("x", "y"), same("x", "y", by="Ann"), names="xy")) == (1, 1)
    got = judge(different("x", "y"), tie(Tied.UNKNOWN, "x", "y", by="Ann"), names="xy")
    assert limits(got) == (1, 2)
    assert codes(got) == [SetAsideCode.OVERRULED]
    assert limits(judge(same("x", "y"), tie(Tied.UNKNOWN, "x", "y", by="Ann"), names="xy")) == (1, 2)


def test_a_wrong_merge_by_hand_that_is_undone_leaves_what_was_there() -> None:
    wrong = same("x", "y", by="Ann")
    before = judge(different("x", "y"), names="xy")
    assert limits(judge(different("x", "y"), wrong, names="xy")) == (1, 1)
    after = judge(different("x", "y"), dataclasses.replace(wrong, is_undone=True), names="xy")
    assert after.persons == before.persons
    assert after.organisations == before.organisations
    assert codes(after) == [SetAsideCode.UNDONE]


def test_the_weakest_of_a_contradicting_chain_is_set_aside() -> None:
    got = judge(same("x", "y", by="Ann"), same("y", "z"), different("x", "z", by="Ben"), names="xyz")
    assert limits(got) == (2, 2)
    assert codes(got) == [SetAsideCode.OVERRULED]
    got = judge(same("x", "y"), same("y", "z"), different("x", "z"), names="xyz")
    assert limits(got) == (1, 3)
    assert codes(got) == [SetAsideCode.CONTRADICTION]


def test_only_the_shortest_chain_is_set_aside() -> None:
    got = judge(same("x", "y"), same("y", "z"), different("x", "y"), names="xyz")
    assert limits(got) == (1, 2)


def test_a_pair_in_a_roster_of_many_is_set_aside_alone() -> None:
    got = judge(different("x", "y", "z", "w"), same("x", "y", by="Ann"))
    assert limits(got) == (3, 3)
    got = judge(different("x", "y", "z", "w"), tie(Tied.UNKNOWN, "x", "y", by="Ann"))
    assert limits(got) == (3, 4)


def test_two_bodies_for_one_speaker_contradict() -> None:
    case = make_case(
        tell("a", "x"),
        tell("b", "army"),
        tell("c", "police"),
        voices=(person("x"), body("army"), body("police")),
        ties=(tie(Tied.SPEAKS_FOR, "x", "army"), tie(Tied.SPEAKS_FOR, "x", "police"), different("army", "police")),
    )
    got = find_origins(case)
    assert (got.organisations.least, got.organisations.most) == (1, 3)
    assert codes(got) == [SetAsideCode.CONTRADICTION]


def test_a_tie_of_the_second_level_binds_bodies_only() -> None:
    got = judge(tie(Tied.SAME, "x", "y", level=Level.ORGANISATIONS), names="xy")
    assert limits(got) == (1, 2)
    assert (got.organisations.least, got.organisations.most) == (1, 1)
    got = judge(tie(Tied.DIFFERENT, "x", "y", level=Level.ORGANISATIONS), names="xy")
    assert limits(got) == (2, 2)
    assert (got.organisations.least, got.organisations.most) == (2, 2)


@pytest.mark.parametrize("seed", range(200))
def test_any_muddle_of_ties_ends_and_is_no_narrower_than_either_judge(seed: int) -> None:
    dice = random.Random(seed)  # noqa: S311 (no secret)
    names = "abcdefg"[: dice.randint(2, 7)]

    def roll(by: str | None) -> Tie:
        relation = dice.choice((Tied.SAME, Tied.DIFFERENT, Tied.DIFFERENT, Tied.UNKNOWN))
        return tie(relation, *dice.sample(names, dice.randint(2, min(4, len(names)))), by=by)

    ties = [roll(dice.choice((None, "Ann", "Ben"))) for _ in range(dice.randint(1, 9))]
    got = judge(*ties, names=names)
    assert 1 <= got.persons.least <= got.persons.most <= len(names)
    assert got.organisations.least <= got.persons.least
    assert got.organisations.most <= got.persons.most
    dice.shuffle(ties)
    again = judge(*ties, names=names)
    assert limits(again) == limits(got)
    x, y = dice.sample(names, 2)
    one, other = same(x, y, by="Ann"), different(x, y, by="Ben")
    both, alone, apart = (judge(*some, names=names) for some in ([one, other], [one], [other]))
    assert both.persons.least <= min(alone.persons.least, apart.persons.least)
    assert both.persons.most >= max(alone.persons.most, apart.persons.most)


def test_a_heap_of_contradictions_is_dissolved_at_once() -> None:
    names = [f"n{number}" for number in range(300)]
    voices = tuple(person(name) for name in names)
    tellings = [tell(f"outlet {name}", name) for name in names]
    case = make_case(*tellings, voices=voices, ties=(same(*names), different(*names)))
    got = find_origins(case)
    assert got.persons.least == 1
    assert got.persons.most == 300
    assert SetAsideCode.CONTRADICTION in codes(got)
