"""The bounds against brute force over all worlds, and where they are hard."""

from __future__ import annotations

import random

import pytest

from sayso.bench.origin_cases import make_hard_case, make_large_case, make_small_case
from sayso.bench.origin_worlds import Contradictory, Known, different_pairs, find_range
from sayso.corroborate import origins_bounds, origins_dependence, origins_network
from sayso.corroborate.origins import find_origins
from sayso.corroborate.origins_bounds import find_least, find_most
from sayso.corroborate.origins_voices import Differences
from sayso.records import Level, OriginCase
from tests.corroborate.origin_pieces import different, make_case, person, same, tell


def check(case: OriginCase) -> None:
    got = find_origins(case)
    for bounds in (got.persons, got.organisations):
        least, most = find_range(case, bounds.level)
        assert bounds.least <= least
        assert bounds.most >= most
        assert bounds.least == least or not bounds.is_least_exact
        assert bounds.most == most or not bounds.is_most_exact
    assert got.organisations.least <= got.persons.least
    assert got.organisations.most <= got.persons.most
    legs = [origin.id for origin in got.persons.origins if origin.is_leg]
    apart = different_pairs(Known(case))
    assert all(frozenset((a, b)) in apart for a in legs for b in legs if a < b)
    check_dependence(case, got.dependence)


def check_dependence(case: OriginCase, found: object) -> None:
    """Hold the shares of outlets against all routes, one by one."""
    known = Known(case)
    counted = {(t, v) for g in set(known.groups.values()) for t, v in known.attributions(g)} - known.taken_over
    ends = {t for t, _ in counted} | {
        t
        for t in known.borrows
        if not known.above(known.groups[t]) and not any(s in known.groups[t] for s, _ in counted)
    }

    def passes(telling: str, outlet: str) -> bool:
        """Return whether no route avoids the outlet."""
        front, seen = {telling}, set[str]()
        while front:
            front = {t for t in front if known.outlet[t] != outlet} - seen
            if any(t in ends and not is_carried(t, outlet) for t in front):
                return False
            seen |= front
            front = {b for t in front for b in known.borrows[t]}
        return True

    def is_carried(telling: str, outlet: str) -> bool:
        """Return whether the telling's own attribution came through the outlet."""
        if telling not in known.source:
            return False
        own = next(t for t in case.tellings if t.id == telling)
        route = [*own.carriers, known.source[telling]]
        return any(known.clusters.get(voice) == outlet for voice in route)

    if known.told:
        return  # routes told by others have their own carriers
    for entry in found:  # type: ignore[attr-defined]
        if entry.level is None:
            truth = sum(passes(t.id, entry.what) for t in case.tellings)
            assert entry.resting <= truth
            assert entry.resting == truth or not entry.is_exact


@pytest.mark.parametrize("seed", range(400))
def test_bounds_are_those_of_all_worlds(seed: int) -> None:
    check(make_small_case(seed))


@pytest.mark.parametrize("seed", range(100))
def test_hard_bounds_are_those_of_all_worlds(seed: int) -> None:
    check(make_hard_case(seed))


@pytest.mark.parametrize("seed", range(200))
def test_ladders_of_many_tellings_change_nothing(seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(origins_network, "MOST_DIRECT", 1)
    check(make_small_case(10_000 + seed))


@pytest.mark.parametrize("seed", range(100))
def test_bounds_that_are_cut_short_are_never_false(seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(origins_bounds, "MOST_STEPS", 1)
    monkeypatch.setattr(origins_bounds, "MOST_IN_CORE", 3)
    monkeypatch.setattr(origins_bounds, "MOST_CHOICES", 1)
    check(make_hard_case(seed))


@pytest.mark.parametrize("seed", range(100))
def test_dependence_that_is_cut_short_is_never_overstated(seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(origins_dependence, "STEPS_A_NODE", 0)
    monkeypatch.setattr(origins_dependence, "STEPS_MORE", 1)
    check(make_small_case(20_000 + seed))


@pytest.mark.parametrize("seed", range(50))
def test_the_order_in_which_things_are_given_changes_nothing(seed: int) -> None:
    case = make_small_case(30_000 + seed)
    got = find_origins(case)
    dice = random.Random(seed)  # noqa: S311 (no secret)
    mixed = OriginCase(
        claim=case.claim,
        tellings=case.tellings,
        borrowings=tuple(dice.sample(case.borrowings, len(case.borrowings))),
        voices=tuple(dice.sample(case.voices, len(case.voices))),
        ties=tuple(dice.sample(case.ties, len(case.ties))),
    )
    again = find_origins(mixed)
    assert (again.persons.least, again.persons.most) == (got.persons.least, got.persons.most)
    assert again.dependence == got.dependence
    assert again.first == got.first


def test_a_ring_of_five_takes_three_classes_with_two_legs() -> None:
    names = "abcde"
    case = make_case(
        *(tell(f"outlet {n}", n) for n in names),
        voices=tuple(person(n) for n in names),
        ties=tuple(different(a, b) for a, b in zip(names, names[1:] + names[0], strict=True)),
    )
    got = find_origins(case)
    assert (got.persons.least, got.persons.most) == (3, 5)
    assert sum(origin.is_leg for origin in got.persons.origins) == 2


def test_brute_force_says_when_no_world_is_left() -> None:
    case = make_case(
        tell("Courier", "x"), voices=(person("x"), person("y")), ties=(same("x", "y"), different("x", "y"))
    )
    with pytest.raises(Contradictory):
        find_range(case, Level.PERSONS)


def test_a_large_random_graph_ends_and_is_not_overstated() -> None:
    dice = random.Random(3)  # noqa: S311 (no secret)
    n = 400
    pairs = [[[a], [b]] for a in range(n) for b in range(a) if dice.random() < 0.3]
    least = find_least(range(n), Differences(n, pairs))
    assert not least.is_exact
    apart = {(a, b) for [[a], [b]] in pairs}
    assert all((a, b) in apart for a in least.legs for b in least.legs if a > b)
    assert least.number >= len(least.legs)


def test_many_circles_with_shared_sources_end() -> None:
    most = find_most(0, {group: (group, group + 1) for group in range(20)}, set())
    assert most.number >= 20
    assert not most.is_exact


@pytest.mark.parametrize("shape", ["chain", "circle", "copies", "ladder", "news", "sources"])
def test_large_cases_of_every_shape(shape: str) -> None:
    n = 3_000
    got = find_origins(make_large_case(n, shape))
    expected = {"chain": (1, 1), "circle": (0, 1), "copies": (1, 1), "ladder": (1, 2), "sources": (n, n)}
    if shape in expected:
        assert (got.persons.least, got.persons.most) == expected[shape]
    assert got.persons.is_least_exact
    assert all(entry.is_exact for entry in got.dependence)
