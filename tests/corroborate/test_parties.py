"""The same source across documents. People, bodies and places here are invented."""

from __future__ import annotations

import itertools
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sayso.corroborate import parties as parties_module
from sayso.corroborate.aliases import find_aliases
from sayso.corroborate.parties import PartyIndex, find_parties
from sayso.records import Alias, Appearance, Join, Judgement, JudgementKind, Kind, Naming, Party, PartyRelation, Source

NAMES = (
    "Ilva Marenko",
    "Ilva Marenco",
    "Ilv\u0430 Marenko",
    "I. Marenko",
    "Ilva Tesh Marenko",
    "Tomas Marenko",
    "Marenko",
    "Oskar Brandvold",
    "Oskar Brandwold",
    "Oskar Brandvold Jr.",
)
BODIES = (
    "TRA",
    "Tarn River Authority",
    "Tarn River Agency",
    "Ministry of Health",
    "Health Ministry",
    "Veld Bank 2",
    "Veld Bank 3",
)


def appear(number: int, name: str, **more: Any) -> Appearance:  # noqa: ANN401 (fields of two records)
    beside = {key: more.pop(key) for key in ("role", "affiliation") if key in more}
    source = Source(
        id=f"src-{number:04}",
        name=name,
        kind=more.pop("kind", Kind.PERSON),
        naming=more.pop("naming", Naming.NAMED),
        **beside,
    )
    return Appearance(source=source, document=more.pop("document", f"doc-{number}"), **more)


def judge(number: int, kind: str, one: int, other: int | str, by: str = "Ada") -> Judgement:
    subject, second = f"src-{one:04}", other if isinstance(other, str) else f"src-{other:04}"
    at = f"2031-01-01T00:00:{number:02}Z"
    return Judgement(
        id=f"jdg-{number}", kind=JudgementKind(kind), document=None, subject=subject, other=second, by=by, at=at
    )


def undo(number: int, undone: int) -> Judgement:
    at = f"2031-01-01T00:00:{number:02}Z"
    return Judgement(
        id=f"jdg-{number}", kind=JudgementKind.UNDO, document=None, subject=f"jdg-{undone}", by="Ada", at=at
    )


def groups(parties: tuple[Party, ...]) -> set[tuple[int, ...]]:
    return {tuple(int(source[4:]) for source in party.sources) for party in parties}


def join_of(joins: tuple[Join, ...], one: int, other: int) -> Join:
    return next(join for join in joins if (join.first, join.second) == (f"src-{one:04}", f"src-{other:04}"))


def test_spellings_of_one_name_are_one_party() -> None:
    parties, joins = find_parties(
        [
            appear(1, "Ilva Marenko"),
            appear(2, "Ilva Marenco"),
            appear(3, "President Ilva Marenko"),
            appear(4, "Ива Марен"),
        ]
    )
    assert groups(parties) == {(1, 2, 3), (4,)}
    join = join_of(joins, 1, 2)
    assert join.is_applied
    assert not join.is_judged
    assert {feature.name for feature in join.features} >= {"same-words", "same-sound"}
    assert all(feature.why for feature in join.features)


def test_another_given_name_is_another_party() -> None:
    parties, joins = find_parties([appear(1, "Ilva Marenko"), appear(2, "Tomas Marenko")])
    assert groups(parties) == {(1,), (2,)}
    assert joins == ()


def test_a_party_has_a_name_and_what_else_it_was_called() -> None:
    ((party,), _) = find_parties(
        [
            appear(1, "Ilva Marenco", outlet="Harbour Post"),
            appear(2, "Ilva Marenko", outlet="Coast Wire"),
            appear(3, "Ilva Marenko"),
        ]
    )
    assert (party.name, party.aliases) == ("Ilva Marenko", ("Ilva Marenco",))
    assert (party.kind, party.naming) == (Kind.PERSON, Naming.NAMED)
    assert party.outlets == ("Coast Wire", "Harbour Post")
    assert party.documents == ("doc-1", "doc-2", "doc-3")


@pytest.mark.parametrize("naming", [Naming.DESCRIBED, Naming.VAGUE])
def test_whoever_is_not_named_is_a_party_alone(naming: Naming) -> None:
    same = [appear(n, "a senior official", naming=naming, outlet="Coast Wire", document="doc") for n in (1, 2)]
    parties, joins = find_parties([*same, appear(3, "a senior official", naming=Naming.NAMED)])
    assert groups(parties) == {(1,), (2,), (3,)}
    assert joins == ()


def test_the_machine_proposes_nobody_for_a_description() -> None:
    text = "Veld's spy agency, the National Signals Service (NSS), said so."
    shown = [
        appear(1, "Veld's spy agency", naming=Naming.DESCRIBED, kind=Kind.ORGANISATION, document="doc-2"),
        appear(2, "NSS", kind=Kind.ORGANISATION, document="doc-2"),
    ]
    parties, joins = find_parties(shown, aliases=find_aliases(text, document="doc-2"))
    assert groups(parties) == {(1,), (2,)}
    assert joins == ()


def test_a_surname_alone_is_joined_where_the_topic_has_one_who_bears_it() -> None:
    topic = {"topics": ("story-1",)}
    parties, joins = find_parties(
        [appear(1, "Marenko", **topic), appear(2, "Ilva Marenko", **topic), appear(3, "Tomas Marenko")]
    )
    assert groups(parties) == {(1, 2), (3,)}
    assert join_of(joins, 1, 3).relation is PartyRelation.UNSURE


def test_a_surname_alone_is_left_where_two_bear_it() -> None:
    topic = {"topics": ("story-1",)}
    parties, joins = find_parties(
        [appear(1, "Marenko", **topic), appear(2, "Ilva Marenko", **topic), appear(3, "Tomas Marenko", **topic)]
    )
    assert groups(parties) == {(1,), (2,), (3,)}
    assert "several-bearers" in {feature.name for feature in join_of(joins, 1, 2).features}


def test_a_weak_name_is_one_party_only_with_what_stands_beside_it() -> None:
    body = {"kind": Kind.ORGANISATION}
    parties, joins = find_parties(
        [
            appear(1, "Ministry of Health", topics=("a",), **body),
            appear(2, "the Health Ministry", topics=("a",), **body),
            appear(3, "Ministry of Health", topics=("b",), **body),
            appear(4, "Ministry of Health", **body),
        ]
    )
    assert groups(parties) == {(1, 2), (3,), (4,)}
    assert join_of(joins, 1, 3).relation is PartyRelation.UNSURE


def test_an_acronym_is_joined_where_an_article_introduces_it() -> None:
    body = {"kind": Kind.ORGANISATION}
    shown = [appear(1, "TRA", **body), appear(2, "Tarn River Authority", **body)]
    parties, joins = find_parties(shown)
    assert groups(parties) == {(1,), (2,)}
    assert join_of(joins, 1, 2).relation is PartyRelation.UNSURE
    aliases = find_aliases("The Tarn River Authority (TRA) closed the bridge.", document="doc-2")
    parties, joins = find_parties(shown, aliases=aliases)
    assert groups(parties) == {(1, 2)}
    assert {feature.name for feature in join_of(joins, 1, 2).features} == {"acronym", "introduced"}


def test_an_acronym_of_two_meanings_is_left() -> None:
    body = {"kind": Kind.ORGANISATION}
    aliases = [
        *find_aliases("The Tarn River Authority (TRA) closed it.", document="doc-2"),
        *find_aliases("The Tollan Radio Alliance (TRA) said so.", document="doc-3"),
    ]
    shown = [appear(1, "TRA", **body), appear(2, "TRA", **body), appear(3, "TRA", **body), appear(4, "TRA", **body)]
    parties, joins = find_parties(shown, aliases=aliases)
    assert groups(parties) == {(1,), (2,), (3,), (4,)}
    assert join_of(joins, 1, 4).relation is PartyRelation.UNSURE


def test_a_person_wins_over_the_machine() -> None:
    shown = [appear(1, "Ilva Marenko"), appear(2, "Ilva Marenko"), appear(3, "Oskar Brandvold")]
    parties, joins = find_parties(shown, judgements=[judge(1, "different", 1, 2), judge(2, "same", 1, 3)])
    assert groups(parties) == {(1, 3), (2,)}
    assert join_of(joins, 1, 2).relation is PartyRelation.DIFFERENT
    assert join_of(joins, 1, 2).judgements == ("jdg-1",)
    assert join_of(joins, 1, 3).is_applied


def test_a_person_may_say_who_a_described_source_is() -> None:
    shown = [
        appear(1, "a senior official", naming=Naming.DESCRIBED),
        appear(2, "Ilva Marenko"),
        appear(3, "Ilva Marenko"),
    ]
    parties, joins = find_parties(shown, judgements=[judge(1, "same", 1, 2)])
    assert groups(parties) == {(1, 2), (3,)} or groups(parties) == {(1, 2, 3)}
    assert join_of(joins, 1, 2).is_judged


def test_different_parts_a_chain() -> None:
    shown = [appear(n, name) for n, name in enumerate(("Ilva Marenko", "Ilva Marenco", "Ilva Marrenko"), 1)]
    assert groups(find_parties(shown)[0]) == {(1, 2, 3)}
    parties, joins = find_parties(shown, judgements=[judge(1, "different", 1, 3)])
    assert groups(parties) in ({(1, 2), (3,)}, {(1,), (2, 3)})
    assert any("kept-apart" in {feature.name for feature in join.features} for join in joins)


def test_what_two_persons_contradict_is_shown_and_not_applied() -> None:
    shown = [appear(1, "Ilva Marenko"), appear(2, "Oskar Brandvold")]
    judgements = [judge(1, "same", 1, 2), judge(2, "different", 2, 1, by="Ben")]
    parties, joins = find_parties(shown, judgements=judgements)
    assert groups(parties) == {(1,), (2,)}
    join = join_of(joins, 1, 2)
    assert (join.relation, join.is_contested) == (PartyRelation.UNSURE, True)
    assert join.judgements == ("jdg-1", "jdg-2")


def test_of_what_one_person_says_twice_the_last_holds() -> None:
    shown = [appear(1, "Ilva Marenko"), appear(2, "Oskar Brandvold")]
    parties, joins = find_parties(shown, judgements=[judge(2, "different", 1, 2), judge(1, "same", 1, 2)])
    assert groups(parties) == {(1,), (2,)}
    assert not join_of(joins, 1, 2).is_contested


def test_a_chain_of_judgements_that_contradicts_itself_is_not_applied() -> None:
    shown = [appear(1, "Ilva Marenko"), appear(2, "Oskar Brandvold"), appear(3, "Petra Lund")]
    judgements = [judge(1, "same", 1, 2), judge(2, "same", 2, 3, by="Ben"), judge(3, "different", 1, 3, by="Cy")]
    parties, joins = find_parties(shown, judgements=judgements)
    assert groups(parties) == {(1,), (2,), (3,)}
    assert all(join.is_contested for join in joins)


def test_an_undone_judgement_holds_no_more_and_an_undoing_can_be_undone() -> None:
    shown = [appear(1, "Ilva Marenko"), appear(2, "Ilva Marenko")]
    split = judge(1, "different", 1, 2)
    assert groups(find_parties(shown, judgements=[split, undo(2, 1)])[0]) == {(1, 2)}
    assert groups(find_parties(shown, judgements=[undo(3, 2), split, undo(2, 1)])[0]) == {(1,), (2,)}


def test_an_index_takes_judgements_later_and_gives_them_back() -> None:
    index = PartyIndex()
    index.add([appear(1, "Ilva Marenko"), appear(2, "Ilva Marenko")])
    index.add([], judgements=[judge(1, "different", 1, 2)])
    assert groups(index.parties()) == {(1,), (2,)}
    index.add([], judgements=[undo(2, 1)])
    assert groups(index.parties()) == {(1, 2)}
    party = index.party_of("src-0002")
    assert party is not None
    assert party.sources == ("src-0001", "src-0002")
    assert index.party_of("src-0009") is None


def test_judgements_about_rows_or_unknown_sources_are_passed_over() -> None:
    about_row = Judgement(id="j", kind=JudgementKind.ACCEPT, document="d", subject="att-1", by="Ada", at="2031")
    shown = [appear(1, "Ilva Marenko")]
    parties, joins = find_parties(shown, judgements=[about_row, judge(1, "same", 1, 7)])
    assert (groups(parties), joins) == ({(1,)}, ())


def test_nothing_gives_nothing() -> None:
    assert find_parties([]) == ((), ())


APPEARANCES = st.lists(
    st.builds(
        lambda name, topic, outlet, role: (name, topic, outlet, role),
        st.sampled_from([*NAMES, *BODIES, "a senior official"]),
        st.sampled_from([(), ("a",), ("b",)]),
        st.sampled_from([None, "Coast Wire", "Harbour Post"]),
        st.sampled_from([None, "mayor"]),
    ),
    min_size=1,
    max_size=9,
)
JUDGED = st.lists(
    st.tuples(
        st.sampled_from(["same", "different", "unsure", "undo"]),
        st.integers(0, 8),
        st.integers(0, 8),
        st.sampled_from(["Ada", "Ben"]),
    ),
    max_size=5,
)
ALIASES = find_aliases("The Tarn River Authority (TRA) closed it.", document="doc-1")


def build(shown: list[tuple[Any, ...]]) -> list[Appearance]:
    made = []
    for number, (name, topics, outlet, role) in enumerate(shown):
        kind = Kind.ORGANISATION if name in BODIES else Kind.PERSON
        naming = Naming.DESCRIBED if name.startswith("a ") else Naming.NAMED
        made.append(appear(number, name, topics=topics, outlet=outlet, role=role, kind=kind, naming=naming))
    return made


def build_judgements(judged: list[tuple[Any, ...]]) -> list[Judgement]:
    made = []
    for number, (kind, one, other, by) in enumerate(judged):
        if kind == "undo":
            made.append(undo(number, one))
        elif one != other:
            made.append(judge(number, kind, one, other, by=by))
    return made


@settings(max_examples=120, deadline=None)
@given(shown=APPEARANCES, judged=JUDGED, data=st.data())
def test_the_order_and_the_steps_make_no_difference(
    shown: list[tuple[Any, ...]], judged: list[tuple[Any, ...]], data: st.DataObject
) -> None:
    found, judgements = build(shown), build_judgements(judged)
    whole = find_parties(found, judgements=judgements, aliases=ALIASES)
    steps = data.draw(st.permutations([*found, *judgements, *ALIASES]))
    index = PartyIndex()
    for step in steps:
        if isinstance(step, Appearance):
            index.add([step])
        elif isinstance(step, Judgement):
            index.add([], judgements=[step])
        elif isinstance(step, Alias):
            index.add([], aliases=[step])
    assert index.parties() == whole[0]
    assert index.joins() == whole[1]


@settings(max_examples=60, deadline=None)
@given(shown=APPEARANCES, judged=JUDGED)
def test_a_party_holds_no_two_that_are_different_and_every_source_once(
    shown: list[tuple[Any, ...]], judged: list[tuple[Any, ...]]
) -> None:
    found, judgements = build(shown), build_judgements(judged)
    parties, joins = find_parties(found, judgements=judgements, aliases=ALIASES)
    assert sorted(itertools.chain(*(party.sources for party in parties))) == [one.source.id for one in found]
    party_of = {source: party.id for party in parties for source in party.sources}
    for join in joins:
        if join.is_applied:
            assert party_of[join.first] == party_of[join.second]
        if join.is_judged and (join.relation is PartyRelation.DIFFERENT or join.is_contested):
            assert party_of[join.first] != party_of[join.second]
        assert join.first < join.second
    unnamed = {one.source.id for one in found if one.source.naming is not Naming.NAMED}
    assert all(join.is_judged for join in joins if unnamed & {join.first, join.second})


def test_a_key_that_many_share_is_not_followed_and_is_again_when_they_are_fewer(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(parties_module, "MAX_BLOCK", 2)
    shown = [appear(n, name) for n, name in enumerate(("Ilva Marenko", "Ilva Marenco", "Ilvo Marenka", "Ilve Marenki"))]
    steps = PartyIndex()
    for one in shown:
        steps.add([one])
    whole = PartyIndex()
    whole.add(shown)
    assert steps.joins() == whole.joins()
    assert steps.parties() == whole.parties()


def test_a_word_more_is_not_made_good_by_the_same_outlet_or_topic() -> None:
    body = {"kind": Kind.ORGANISATION, "outlet": "Coast Wire", "topics": ("a",)}
    parties, _ = find_parties([appear(1, "Veld Harbour", **body), appear(2, "the Veld Harbour Post", **body)])
    assert groups(parties) == {(1,), (2,)}
