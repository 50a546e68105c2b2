"""What a mention's words tell of who it is."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings

from sayso.extract.mentions import (
    bears_name,
    describe_mention,
    introduces,
    is_all_capitals,
    is_bare,
    is_body,
    role_words,
    same_name,
)
from tests.hostile import texts


@pytest.mark.parametrize(
    ("mention", "kind", "name"),
    [
        ("Ilva Brenn", "name", ("Ilva", "Brenn")),
        ("Mayor Ilva Brenn", "name", ("Ilva", "Brenn")),
        ("Mrs. Brenn", "name", ("Brenn",)),
        ("Ms Brenn’s", "name", None),
        ("the Ministry of Tides", "name", ("Ministry", "of", "Tides")),
        ("Orlby General Hospital", "name", ("Orlby", "General", "Hospital")),
        ("Ilva Brenn, who runs the harbour", "name", ("Ilva", "Brenn")),
        ("the harbour master, Jonas Oud", "name", ("Jonas", "Oud")),
        ("the mayor", "nominal", ()),
        ("a harbour official", "nominal", ()),
        ("two officials", "nominal", ()),
        ("sources close to the Ministry", "nominal", ()),
        ("she", "pronoun", ()),
        ("They", "pronoun", ()),
        ("he himself", "pronoun", ()),
        ("which", "pronoun", ()),
        ("which owns the depot", "pronoun", ()),
        ("", "none", ()),
        ("…", "none", ()),
    ],
)
def test_names_descriptions_and_pronouns_are_told_apart(mention: str, kind: str, name: tuple[str, ...] | None) -> None:
    form = describe_mention(mention)
    assert form.kind == kind
    if name is not None:
        assert form.name == name


@pytest.mark.parametrize(
    ("mention", "number", "gender"),
    [
        ("she", "one", "she"),
        ("him", "one", "he"),
        ("it", "one", "it"),
        ("they", "many", ""),
        ("Mr. Oud", "one", "he"),
        ("Mrs. Brenn", "one", "she"),
        ("a spokeswoman", "one", "she"),
        ("two officials", "many", ""),
        ("the mayor", "one", ""),
        ("others", "many", "new"),
        ("we", "many", "self"),
    ],
)
def test_number_and_gender_are_told_where_words_tell_them(mention: str, number: str, gender: str) -> None:
    form = describe_mention(mention)
    assert (form.number, form.gender) == (number, gender)


@pytest.mark.parametrize(("mention", "expected"), [("a pilot", True), ("an aide", True), ("the pilot", False)])
def test_a_new_party_is_told_from_a_known_one(mention: str, *, expected: bool) -> None:
    form = describe_mention(mention)
    assert form.is_indefinite is expected
    assert form.is_definite is not expected


def test_two_names_are_joint_and_a_department_of_two_things_is_not() -> None:
    assert describe_mention("Ilva Brenn and Jonas Oud").is_joint
    assert not describe_mention("the Department of Tides and Wells").is_joint
    assert describe_mention("Ilva Brenn and Jonas Oud").number == "many"


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("Ilva Brenn", "Brenn", True),
        ("Mayor Brenn", "Ilva Brenn", True),
        ("BRENN", "Brenn", True),
        ("the Norvane Press Agency", "NPA", True),
        ("Ilva Brenn", "Jonas Oud", False),
        ("Ilva Brenn", "Jonas Brenn", False),
        ("Ilva Brenn", "the mayor", False),
        ("she", "he", False),
    ],
)
def test_one_name_is_another_or_a_part_or_its_initials(one: str, other: str, *, expected: bool) -> None:
    a, b = describe_mention(one), describe_mention(other)
    assert same_name(a, b) is expected
    assert same_name(b, a) is expected


def test_bodies_are_told_by_their_last_word() -> None:
    assert is_body(describe_mention("the Harbour Board"))
    assert not is_body(describe_mention("Ilva Brenn"))
    assert not is_body(describe_mention("she"))


def test_capitals_tell_nothing_in_a_text_of_capitals() -> None:
    assert describe_mention("THE MAYOR", capitals=True).kind == "nominal"
    assert describe_mention("ILVA BRENN", capitals=True).kind == "name"


@pytest.mark.parametrize(
    ("text", "expected"),
    [("THE HARBOUR IS SHUT, BRENN SAID.", True), ("The harbour is shut.", False), ("", False), ("12.30 – …", False)],
)
def test_a_text_of_capitals_is_told(text: str, *, expected: bool) -> None:
    assert is_all_capitals(text) is expected


@given(texts(lone_surrogates=True, max_size=15))
@settings(max_examples=200, deadline=None)
def test_any_words_have_a_form(mention: str) -> None:
    for capitals in (False, True):
        form = describe_mention(mention, capitals=capitals)
        assert form.kind in {"name", "nominal", "pronoun", "none"}
        assert (form.kind == "name") == bool(form.name)
        assert same_name(form, form) == bool(form.name)


def test_a_long_word_in_capitals_takes_no_longer_than_its_letters() -> None:
    began = time.process_time()
    describe_mention("x, " + "A" * 180 + "!")
    assert time.process_time() - began < 0.3


@pytest.mark.parametrize(
    ("mention", "kind", "name"),
    [
        ("Brenn’s", "name", ("Brenn",)),
        ("Ada Roe's letter to the council", "name", ("Ada", "Roe")),
        ("her account", "pronoun", ()),
        ("Roe’s campaign", "nominal", ()),
        ("Roe -- editor of the Harbour Post", "name", ("Roe",)),
    ],
)
def test_what_somebody_uttered_speaks_as_they_do(mention: str, kind: str, name: tuple[str, ...]) -> None:
    form = describe_mention(mention)
    assert (form.kind, form.name) == (kind, name)


def test_nouns_of_office_are_known_by_their_abbreviations() -> None:
    assert role_words([describe_mention("Gov. Ada Roe")]) == {"governor"}
    assert role_words([describe_mention("the pilots")]) == set()


@pytest.mark.parametrize(
    ("mention", "is_named"),
    [
        ("Ada Roe", True),
        ("the Callan harbour board", True),
        ("the mayor's wife", False),
        ("two unnamed officials", False),
        ("UNIDENTIFIED FEMALE", False),
        ("My opponent", False),
        ("the ministry", False),
    ],
)
def test_whoever_is_not_named_bears_no_name(mention: str, *, is_named: bool) -> None:
    assert bears_name(mention) is is_named


@pytest.mark.parametrize(
    ("mention", "bare"), [("The", True), ("a", True), ("A", True), ("she", False), ("The mayor", False)]
)
def test_a_word_like_the_names_nobody(mention: str, *, bare: bool) -> None:
    assert is_bare(mention, [(0, len(mention))]) is bare


@pytest.mark.parametrize(
    ("text", "is_met"),
    [
        ("Roe warns.\n\nAda Roe warned. Roe said so.", True),
        ("Roe warns.\n\nGov. Roe warned. Her daughter Ada Roe came.", False),
        ("A warning.\n\nAda\nRoe warned.", True),
    ],
)
def test_whoever_is_named_in_full_first_owns_the_surname(text: str, *, is_met: bool) -> None:
    assert introduces(text, "Ada Roe", text.index("\n")) is is_met
