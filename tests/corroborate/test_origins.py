"""On how many legs a claim stands, by examples that a reporter would understand."""

from __future__ import annotations

import dataclasses

import pytest

from sayso.corroborate.origins import find_origins
from sayso.records import Corroboration, FirstCertainty, Independence, Level, OriginCase, SetAsideCode, Tied
from tests.corroborate.origin_pieces import (
    body,
    cite,
    copy,
    different,
    make_case,
    official,
    outlet,
    person,
    same,
    tell,
    tie,
)


def bounds(case: OriginCase) -> tuple[int, int]:
    got = find_origins(case)
    assert got.persons.is_least_exact
    assert got.persons.is_most_exact
    return got.persons.least, got.persons.most


def share(got: Corroboration, what: str, level: Level | None) -> int:
    return next(entry.resting for entry in got.dependence if (entry.what, entry.level) == (what, level))


def code(got: Corroboration) -> list[str]:
    return [aside.code for aside in got.set_aside]


TEN = tuple(f"outlet {number}" for number in range(10))


def test_ten_outlets_and_one_unnamed_official_are_one_origin() -> None:
    first = tell(TEN[0], "an official")
    case = make_case(
        first,
        *(tell(name, f"an official in {name}") for name in TEN[1:9]),
        tell(TEN[9], "the mayor"),
        borrowings=tuple(copy(name, TEN[0]) for name in TEN[1:9]),
        voices=(official("an official", TEN[0]), person("the mayor")),
    )
    got = find_origins(case)
    assert (got.persons.least, got.persons.most) == (1, 2)
    assert got.independence is Independence.NOT_ESTABLISHED
    assert share(got, "an official", Level.PERSONS) == 9
    assert share(got, TEN[0], None) == 9
    assert got.taken_over == TEN[1:9]
    mayor = next(origin for origin in got.persons.origins if origin.id == "the mayor")
    assert mayor.is_leg or mayor.may_be == "an official"


def test_two_outlets_that_quote_each_other_are_circular() -> None:
    case = make_case(tell("Courier"), tell("Radio"), borrowings=(cite("Courier", "Radio"), cite("Radio", "Courier")))
    got = find_origins(case)
    assert (got.persons.least, got.persons.most) == (0, 1)
    assert got.independence is Independence.NOT_RECORDED
    (loop,) = got.loops
    assert loop.is_circular
    assert loop.is_certain
    assert loop.outlets == ("Courier", "Radio")
    assert got.first.certainty is FirstCertainty.UNKNOWN


def test_a_circle_with_a_source_outside_is_no_circular_report() -> None:
    case = make_case(
        tell("Courier"),
        tell("Radio"),
        tell("Wire", "the mayor"),
        borrowings=(cite("Courier", "Radio"), cite("Radio", "Courier"), cite("Radio", "Wire")),
        voices=(person("the mayor"),),
    )
    got = find_origins(case)
    assert (got.persons.least, got.persons.most) == (1, 1)
    assert [loop.is_circular for loop in got.loops] == [False]
    assert share(got, "the mayor", Level.PERSONS) == 3
    assert share(got, "Radio", None) == 2


def test_a_circle_that_may_close_is_named_as_possible() -> None:
    case = make_case(
        tell("Courier"), tell("Radio"), borrowings=(cite("Courier", "Radio"), cite("Radio", "Courier", sure=False))
    )
    got = find_origins(case)
    (loop,) = got.loops
    assert (loop.is_circular, loop.is_certain) == (True, False)
    assert loop.outlets == ("Courier", "Radio")


def test_a_wire_and_its_reprints_are_one_origin() -> None:
    reprints = [f"paper {number}" for number in range(6)]
    case = make_case(
        tell("Wire", "the governor"),
        *(tell(name) for name in reprints),
        borrowings=tuple(copy(name, "Wire") for name in reprints),
        voices=(person("the governor"),),
    )
    assert bounds(case) == (1, 1)


def test_a_truly_independent_second_source_is_a_second_leg() -> None:
    case = make_case(
        tell("Wire", "the governor"),
        tell("Courier"),
        tell("Radio", "a nurse"),
        borrowings=(copy("Courier", "Wire"),),
        voices=(person("the governor"), person("a nurse")),
        ties=(different("the governor", "a nurse"),),
    )
    got = find_origins(case)
    assert (got.persons.least, got.persons.most) == (2, 2)
    assert got.independence is Independence.ESTABLISHED
    assert [origin.is_leg for origin in got.persons.origins] == [True, True]
    assert got.persons.non_merges == case.ties


def test_a_person_and_her_ministry_are_one_body() -> None:
    case = make_case(
        tell("Courier", "Ana Lind"),
        tell("Radio", "the ministry"),
        voices=(person("Ana Lind"), body("the ministry")),
        ties=(tie(Tied.SPEAKS_FOR, "Ana Lind", "the ministry"),),
    )
    got = find_origins(case)
    assert (got.persons.least, got.persons.most) == (1, 2)
    assert (got.organisations.least, got.organisations.most) == (1, 1)
    assert got.organisations.origins[0].merges == case.ties
    assert share(got, "Ana Lind", Level.ORGANISATIONS) == 2


def test_two_ministers_of_one_government_are_two_persons_and_one_body() -> None:
    case = make_case(
        tell("Courier", "Ana Lind"),
        tell("Radio", "Bo Farr"),
        voices=(person("Ana Lind"), person("Bo Farr"), body("the government")),
        ties=(different("Ana Lind", "Bo Farr"), tie(Tied.SPEAKS_FOR, "Ana Lind", "Bo Farr", "the government")),
    )
    got = find_origins(case)
    assert (got.persons.least, got.persons.most) == (2, 2)
    assert (got.organisations.least, got.organisations.most) == (1, 1)


def test_those_who_speak_for_different_bodies_are_different() -> None:
    case = make_case(
        tell("Courier", "Ana Lind"),
        tell("Radio", "Bo Farr"),
        voices=(person("Ana Lind"), person("Bo Farr"), body("the army"), body("the police")),
        ties=(
            tie(Tied.SPEAKS_FOR, "Ana Lind", "the army"),
            tie(Tied.SPEAKS_FOR, "Bo Farr", "the police"),
            different("the army", "the police"),
        ),
    )
    assert bounds(case) == (2, 2)


def test_unnamed_sources_of_different_outlets_widen_the_range_and_add_no_leg() -> None:
    voices = (official("an official", "Courier"), official("a source", "Radio"))
    case = make_case(tell("Courier", "an official"), tell("Radio", "a source"), voices=voices)
    assert bounds(case) == (1, 2)
    machine = dataclasses.replace(case, ties=(different("an official", "a source"),))
    assert bounds(machine) == (1, 2)
    assert code(find_origins(machine)) == [SetAsideCode.UNMASKING]
    judged = dataclasses.replace(case, ties=(different("an official", "a source", by="Ann"),))
    assert bounds(judged) == (2, 2)


def test_the_machine_never_unmasks() -> None:
    voices = (official("an official", "Courier"), person("Ana Lind"), body("the ministry"))
    tellings = (tell("Courier", "an official"), tell("Radio", "Ana Lind"))
    ties = (same("an official", "Ana Lind"), tie(Tied.SPEAKS_FOR, "an official", "the ministry"))
    got = find_origins(make_case(*tellings, voices=voices, ties=ties))
    assert (got.persons.least, got.persons.most) == (1, 2)
    assert code(got) == [SetAsideCode.UNMASKING, SetAsideCode.UNMASKING]
    judged = make_case(*tellings, voices=voices, ties=(same("an official", "Ana Lind", by="Ann"),))
    got = find_origins(judged)
    assert (got.persons.least, got.persons.most) == (1, 1)
    assert got.persons.origins[0].is_private
    assert got.persons.origins[0].name == "Ana Lind"


def test_a_judged_body_of_an_unnamed_source_stays_in_the_case() -> None:
    case = make_case(
        tell("Courier", "an official"),
        tell("Radio", "the ministry"),
        voices=(official("an official", "Courier"), body("the ministry")),
        ties=(tie(Tied.SPEAKS_FOR, "an official", "the ministry", by="Ann"),),
    )
    got = find_origins(case)
    assert [origin.is_private for origin in got.organisations.origins] == [True]
    assert [origin.is_private for origin in got.persons.origins] == [False, False]


def test_an_outlet_that_only_cites_another_is_no_origin() -> None:
    wire = outlet("Wire")
    case = make_case(
        tell("Courier", "Wire"), tell("Radio", "Wire"), tell("Wire", "the mayor"), voices=(wire, person("the mayor"))
    )
    got = find_origins(case)
    assert (got.persons.least, got.persons.most) == (1, 1)
    assert share(got, "the mayor", Level.PERSONS) == 3
    assert {(b.telling, b.taken_from) for b in got.borrowings} == {("Courier", "Wire"), ("Radio", "Wire")}


def test_a_cited_outlet_that_is_not_in_the_case_has_one_telling_of_unknown_lineage() -> None:
    case = make_case(tell("Courier", "Wire"), tell("Radio", "Wire"), voices=(outlet("Wire"),))
    got = find_origins(case)
    assert (got.persons.least, got.persons.most) == (0, 1)
    assert [told.outlet for told in got.cited] == ["Wire"]
    assert not got.unrecorded[0].is_in_case
    assert got.first.outlets == ("Wire",)


def test_what_one_says_of_the_source_of_another_holds_for_those_who_cite_it_too() -> None:
    case = make_case(
        tell("Courier", "the mayor", via=("Wire",)),
        tell("Radio", "Wire"),
        voices=(outlet("Wire"), person("the mayor")),
    )
    got = find_origins(case)
    assert (got.persons.least, got.persons.most) == (1, 1)
    assert share(got, "the mayor", Level.PERSONS) == 2
    assert share(got, "Wire", None) == 2


def test_a_route_is_followed_from_outlet_to_outlet() -> None:
    case = make_case(
        tell("Courier", "the mayor", via=("Radio", "Wire")),
        tell("Post", "Wire"),
        voices=(outlet("Wire"), outlet("Radio"), person("the mayor")),
    )
    got = find_origins(case)
    assert (got.persons.least, got.persons.most) == (1, 1)
    assert share(got, "the mayor", Level.PERSONS) == 2


def test_an_own_report_is_an_origin_where_the_article_says_so() -> None:
    case = make_case(tell("Courier", own=True), tell("Radio", "Courier"), voices=(outlet("Courier"),))
    got = find_origins(case)
    assert (got.persons.least, got.persons.most) == (1, 1)
    assert got.persons.origins[0].name == "Courier"
    assert bounds(make_case(tell("Courier", own=True))) == (1, 1)


def test_an_articles_own_voice_repeats_what_it_attributes() -> None:
    case = make_case(
        tell("Courier", document="story"), tell("Courier", "the mayor", document="story"), voices=(person("the mayor"),)
    )
    assert bounds(case) == (1, 1)
    assert bounds(make_case(tell("Courier", document="story"), tell("Post", document="other"))) == (0, 2)


def test_a_telling_of_unknown_lineage_never_raises_the_least() -> None:
    case = make_case(tell("Wire", "the mayor"), tell("Courier"), tell("Radio"), voices=(person("the mayor"),))
    got = find_origins(case)
    assert (got.persons.least, got.persons.most) == (1, 3)
    assert [some.outlets for some in got.unrecorded] == [("Courier",), ("Radio",)]
    maybe = dataclasses.replace(case, borrowings=(copy("Courier", "Wire", sure=False),))
    got = find_origins(maybe)
    assert (got.persons.least, got.persons.most) == (1, 3)
    assert got.unrecorded[0].may_be_from == ("Wire",)


def test_a_copy_that_names_another_source_counts_it_and_is_pointed_out() -> None:
    case = make_case(
        tell("Wire", "the mayor"),
        tell("Courier", "the nurse"),
        borrowings=(copy("Courier", "Wire"),),
        voices=(person("the mayor"), person("the nurse")),
    )
    assert bounds(case) == (1, 1)
    apart = dataclasses.replace(case, ties=(different("the mayor", "the nurse"),))
    got = find_origins(apart)
    assert (got.persons.least, got.persons.most) == (2, 2)
    assert got.otherwise == ("Courier",)


def test_a_doubtful_attribution_may_be_an_origin() -> None:
    case = make_case(tell("Courier", "the mayor", sure=False), voices=(person("the mayor"),))
    got = find_origins(case)
    assert (got.persons.least, got.persons.most) == (0, 1)
    assert [(origin.is_certain, origin.may_be) for origin in got.persons.origins] == [(False, None)]
    copied = make_case(tell("Wire"), tell("Courier", "the mayor", sure=False), borrowings=(copy("Courier", "Wire"),))
    assert bounds(copied) == (0, 2)


def test_what_is_copied_from_outside_the_case_has_a_telling_there() -> None:
    got = find_origins(make_case(tell("Courier"), borrowings=(copy("Courier", "elsewhere"),)))
    assert (got.persons.least, got.persons.most) == (0, 1)
    assert [told.id for told in got.cited] == ["elsewhere"]


@pytest.mark.parametrize("n", [1, 1000])
def test_many_copies_of_one_article_are_one_origin(n: int) -> None:
    tellings = [tell("Wire", "the mayor")] + [tell("Post", document=f"copy {number}") for number in range(n)]
    case = make_case(
        *tellings, borrowings=tuple(copy(t.id, "Wire") for t in tellings[1:]), voices=(person("the mayor"),)
    )
    got = find_origins(case)
    assert (got.persons.least, got.persons.most) == (1, 1)
    assert share(got, "the mayor", Level.PERSONS) == n + 1
    assert share(got, "Wire", None) == n + 1


def test_one_outlet_only() -> None:
    voices = (person("the mayor"), person("the nurse"))
    case = make_case(
        tell("Courier", "the mayor", document="a"),
        tell("Courier", "the nurse", document="b"),
        voices=voices,
        ties=(different("the mayor", "the nurse"),),
    )
    got = find_origins(case)
    assert (got.persons.least, got.persons.most) == (2, 2)
    assert share(got, "Courier", None) == 2


def test_nothing_told_is_nothing_known() -> None:
    got = find_origins(make_case())
    assert (got.persons.least, got.persons.most) == (0, 0)
    assert got.independence is Independence.NOT_RECORDED
    assert got.first.outlets == ()


def test_ids_that_lead_nowhere_or_come_twice_do_no_harm() -> None:
    case = make_case(
        tell("Courier", "nobody known", via=("somebody",)),
        tell("Courier", "the mayor"),
        borrowings=(copy("nowhere", "Courier"), copy("Courier", "Courier"), copy("Courier", "away", sure=False)),
        ties=(different("a", "b"), same("nobody known"), same("nobody known", "nobody known")),
    )
    assert bounds(case) == (1, 1)
