"""Names taken apart, compared and judged. Invented, but for spellings that every paper knows."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sayso.corroborate.name_features import FEATURES
from sayso.corroborate.name_judge import judge_names
from sayso.corroborate.name_words import Build, parse_name
from sayso.corroborate.rulebook import load_rules
from sayso.corroborate.spelling import count_edits, find_skeleton, fold_sound, fold_word, measure_likeness
from sayso.records import Kind, PartyRelation

SAME, DIFFERENT, UNSURE = PartyRelation.SAME, PartyRelation.DIFFERENT, PartyRelation.UNSURE


@pytest.mark.parametrize(
    ("word", "folded"),
    [
        ("Khinshtein", "khinshtein"),
        ("Brandvöld", "brandvold"),
        ("O’Tesh", "otesh"),
        ("\u041c\u0430\u0440\u0435\u043d\u043a\u043e", "marenko"),
        ("\u039c\u03b1\u03c1\u03ad\u03bd\u03ba\u03bf", "marenko"),
        ("–", ""),
    ],
)
def test_a_word_is_folded_whatever_its_script(word: str, folded: str) -> None:
    assert fold_word(word) == folded


def test_spellings_of_one_sound_fall_together() -> None:
    assert fold_sound("khinshtein") == fold_sound("hinstein") == fold_sound("khinstein")
    assert fold_sound("marenkoff") == fold_sound("marenkov")
    assert find_skeleton("yevgeny") == find_skeleton("evgeni")


def test_likeness_is_the_same_both_ways_and_one_for_one_word() -> None:
    assert measure_likeness("marenko", "marenko") == 1.0
    assert measure_likeness("marenko", "marrenco") == measure_likeness("marrenco", "marenko") > 0.9
    assert measure_likeness("", "marenko") == 0.0
    assert count_edits("abcdefgh", "stuvwxyz") >= 8


@pytest.mark.parametrize(
    ("written", "words", "titles", "generation"),
    [
        ("Dr. Ilva Marenko", "ilva marenko", {"dr"}, ""),
        ("Marenko, Ilva", "ilva marenko", set(), ""),
        ("Ilva Marenko, Jr.", "ilva marenko", set(), "jr"),
        ("I.-T. Marenko", "i t marenko", set(), ""),
        ("IlvaMarenko", "ilva marenko", set(), ""),
        ("Isa Bin Tarif Al-Tesh", "isa bin tarif al tesh", set(), ""),
        ("Ben Tarif", "ben tarif", set(), ""),
        ("President", "president", set(), ""),
        ("1lva Marenko", "ilva marenko", set(), ""),
    ],
)
def test_a_persons_name_is_taken_apart(written: str, words: str, titles: set[str], generation: str) -> None:
    name = parse_name(written, Build.PERSON)
    assert (name.folded, set(name.titles), name.generation) == (words, titles, generation)


@pytest.mark.parametrize(
    ("written", "words", "form", "figures"),
    [
        ("Veld Bank A.G.", "veld bank", "stock", ()),
        ("OJSC Tarn Missiles Corporation", "tarn missiles corporation", "stock", ()),
        ("Tarn Corporation", "tarn", "corporation", ()),
        ("The Tarn & Veld Company", "tarn veld company", "", ()),
        ("First Tarn Fund IV", "1 tarn fund 4", "", ("1", "4")),
        ("Tarn Fund (Veld)", "tarn fund veld", "", ()),
        ("Tarn River Authority (TRA)", "tarn river authority", "", ()),
        ("J.P. Tesh", "jp tesh", "", ()),
    ],
)
def test_a_bodys_name_is_taken_apart(written: str, words: str, form: str, figures: tuple[str, ...]) -> None:
    name = parse_name(written, Build.BODY)
    assert (name.folded, name.legal_form, name.figures) == (words, form, figures)


@pytest.mark.parametrize(
    ("one", "other", "relation"),
    [
        ("Alexander Khinshtein", "Alexander Khinstein", SAME),
        ("Alexander Khinshtein", "Alexander Hinstein", SAME),
        ("Alexander Khinshtein", "Alexander Khinstsen", UNSURE),
        ("Ilva Marenko", "President Ilva Marenko", SAME),
        ("Ilva Marenko", "I. Marenko", SAME),
        ("Ilva Marenko", "Ilva T. Marenko", SAME),
        ("Ilva Marenko", "Ilva Tesh Marenko", SAME),
        ("Robert Marenko", "Bob Marenko", SAME),
        ("Ilva Marenko", "\u0418\u043b\u0432\u0430 \u041c\u0430\u0440\u0435\u043d\u043a\u043e", SAME),
        ("Ilva Marenko", "Marenko, Ilva", SAME),
        ("Oskar Brandvold", "OskarBrandvold", SAME),
        ("Ilva Marenko", "Marenko", UNSURE),
        ("Ilva Marenko", "Marenko Ilva", UNSURE),
        ("Oskar Brandvold", "Oskar Brandvold Jr.", UNSURE),
        ("Oskar Brandvold Sr.", "Oskar Brandvold Jr.", DIFFERENT),
        ("Ilva Marenko", "Tomas Marenko", DIFFERENT),
        ("Ilva T. Marenko", "Ilva K. Marenko", DIFFERENT),
        ("John Marenko", "Jane Marenko", DIFFERENT),
        ("Tomas Marenkov", "Tomas Marenkova", UNSURE),
        ("Ilva Marenko", "Oskar Brandvold", DIFFERENT),
        ("Wen Lo", "Wei Lo", UNSURE),
    ],
)
def test_persons_are_told_apart(one: str, other: str, relation: PartyRelation) -> None:
    found = judge_names(one, other)
    assert found.relation is relation, found
    assert judge_names(other, one) == found


@pytest.mark.parametrize(
    ("one", "other", "relation"),
    [
        ("Kyiv City Council", "Kiev City Council", SAME),
        ("Tarn Ltd", "Tarn Limited", SAME),
        ("Tarn", "Tarn Inc.", SAME),
        ("Tarn AG", "Tarn GmbH", DIFFERENT),
        ("Tarn Fund II", "Tarn Fund III", DIFFERENT),
        ("Tarn Fund", "Tarn Fund III", UNSURE),
        ("Ministry of Health", "Health Ministry", SAME),
        ("Ministry of Health", "Ministry of Finance", DIFFERENT),
        ("Tarn Ministry of Health", "Ministry of Health", UNSURE),
        ("NSS", "National Signals Service", UNSURE),
        ("Tarn Organisation", "Tarn Organization", SAME),
        ("Tarn-Veld Group", "Tarn Veld Group", SAME),
        ("TarnVeld Group", "Tarn Veld Group", SAME),
        ("Tarn Veld Ferries", "Tarn Veld Trams", DIFFERENT),
        ("Tarn Veld Storm Movement", "the Movement for Tarn Veld", UNSURE),
    ],
)
def test_bodies_are_told_apart(one: str, other: str, relation: PartyRelation) -> None:
    found = judge_names(one, other, Kind.ORGANISATION)
    assert found.relation is relation, found


def test_a_word_without_vowels_may_be_one_with_them() -> None:
    arabic = "\u0645\u0631\u0646\u0643"  # m r n k
    found = judge_names(f"Ilva {arabic}", "Ilva Marenko")
    assert "same-sound" in {feature.name for feature in found.features}


@pytest.mark.parametrize("name", ["", " ", "–", "()", "Dr.", ",", "Ltd"])
def test_a_name_of_nothing_is_unsure(name: str) -> None:
    assert judge_names(name, "Ilva Marenko").relation is not SAME
    assert judge_names(name, "Tarn Ltd", Kind.ORGANISATION).relation is not SAME


def test_every_weight_and_rule_is_of_a_feature_that_there_is() -> None:
    rules = load_rules("name_weights")
    for build in Build:
        named = {*rules[build]["weights"], *rules[build]["different"], *rules[build]["unsure"]} - {"bias"}
        assert named <= FEATURES.keys()


def test_every_feature_says_what_it_is() -> None:
    assert all(make.__doc__ for make in FEATURES.values())


TEXT = st.text(max_size=60) | st.sampled_from(["Ilva Marenko", "I. Marenko", "Tarn Ltd", "NSS", "Marenko, Ilva"])


@settings(max_examples=300, deadline=None)
@given(one=TEXT, other=TEXT, kind=st.sampled_from([Kind.PERSON, Kind.ORGANISATION]))
def test_any_two_texts_are_judged_the_same_both_ways(one: str, other: str, kind: Kind) -> None:
    found = judge_names(one, other, kind)
    assert judge_names(other, one, kind) == found
    assert 0.0 <= found.score <= 1.0
    assert all(feature.why for feature in found.features)


@settings(max_examples=100, deadline=None)
@given(name=st.text(max_size=2_000))
def test_a_name_is_never_different_from_itself(name: str) -> None:
    for kind in (Kind.PERSON, Kind.ORGANISATION):
        assert judge_names(name, name, kind).relation is not DIFFERENT
