"""By whom or what a row came: what the via head marks, and what rules of words find."""

from __future__ import annotations

from dataclasses import replace

import pytest

from sayso.extract.mentions import NOTHING, describe_mention
from sayso.extract.occasions import say_once
from sayso.extract.pairs import Places, RowView
from sayso.extract.routes import Medium, find_media, find_programme, is_medium_name
from sayso.extract.sources import name_answerer, name_cluster
from sayso.records import Kind

PEOPLE = ("Ada Roe", "Jonas Oud")


def place(text: str, words: str) -> list[tuple[int, int]]:
    at = text.index(words)
    return [(at, at + len(words))]


def media_of(text: str, cue: str, *, marked: str = "", content: str = "") -> list[str]:
    places = Places([], place(text, cue), place(text, content) if content else [])
    found = find_media(text, place(text, marked) if marked else [], places, people=PEOPLE)
    return [medium.name for medium in found]


@pytest.mark.parametrize(
    ("text", "cue", "names"),
    [
        ("The wall holds, Roe told Northwire News on Tuesday.", "told", ["Northwire News"]),
        ("Roe told AFP Saturday that the wall holds.", "told", ["AFP"]),
        ("Roe told Radio Callan’s “Harbour Lights” that the wall holds.", "told", ["Harbour Lights"]),
        ("Roe told NATO that the wall holds.", "told", []),
        ("Roe told Jonas Oud that the wall holds.", "told", []),
        ("Roe tweeted that the wall holds.", "tweeted", ["Twitter"]),
        ("In a letter to the council, Roe said the wall holds.", "said", ["a letter to the council"]),
        ("On Sunday’s broadcast of “Callan News Hour,” Roe said it holds.", "said", ["Callan News Hour"]),
    ],
)
def test_rules_of_words_name_the_medium(text: str, cue: str, names: list[str]) -> None:
    assert media_of(text, cue) == names


def test_a_tweet_that_is_spoken_of_is_no_medium() -> None:
    text = "Roe said Oud’s tweet about the wall was wrong."
    assert media_of(text, "said", content="Oud’s tweet about the wall was wrong") == []


@pytest.mark.parametrize(
    ("text", "marked", "names"),
    [
        ("Roe said in Kenansville that it holds.", "Kenansville", []),
        ("Roe said on Radio Callan’s “Morning Hour” that it holds.", "Radio Callan", ["Morning Hour"]),
        ("Roe said to Jonas Oud of Northwire News this week.", "Jonas Oud of Northwire News this", ["Northwire News"]),
        ("Roe said to Northwire News’s Jonas Oud that it holds.", "Northwire News’s Jonas Oud", ["Northwire News"]),
        ("Roe said on TV that it holds.", "TV", []),
    ],
)
def test_what_the_head_marks_is_held_against_what_a_medium_can_be(text: str, marked: str, names: list[str]) -> None:
    assert media_of(text, "said", marked=marked) == names


def test_a_transcript_is_from_the_broadcast_that_its_lead_in_names() -> None:
    text = "Roe spoke on Northwire’s “Harbour Hour” on Sunday.\n\nOUD: Will it hold?"
    programme = find_programme(text, text.index("OUD"), PEOPLE)
    assert programme is not None
    assert (programme.name, programme.made_by) == ("Harbour Hour", "rule:transcript-of")
    assert find_programme("Roe spoke.\n\nOUD: Will it hold?", 12, PEOPLE) is None


@pytest.mark.parametrize("name", ["TV", "the media", "reporters", "them", "Tuesday"])
def test_kinds_listeners_and_days_name_no_medium(name: str) -> None:
    assert not is_medium_name(name)


ROW = RowView(NOTHING, None, 0, ":", (), frozenset(), frozenset(), 0, 0, is_quoted=False)


def answer_rows(text: str) -> list[RowView]:
    at = text.index("A:")
    question = replace(ROW, form=describe_mention("Q"), source=(text.index("Q:"), text.index("Q:") + 1))
    return [question, replace(ROW, form=describe_mention("A"), source=(at, at + 1))]


def test_the_one_person_whom_an_interview_is_with_answers() -> None:
    text = "Ada Roe has built walls for years.\n\nQ: Will it hold?\n\nA: It will."
    question, answer = name_answerer(text, answer_rows(text), PEOPLE)
    assert answer.form.name == ("Ada", "Roe")
    assert question.form.name == ("Q",)


def test_where_two_are_named_nobody_is_taken_for_who_answers() -> None:
    text = "Ada Roe met Jonas Oud.\n\nQ: Will it hold?\n\nA: It will."
    assert name_answerer(text, answer_rows(text), PEOPLE) == answer_rows(text)


def test_a_nested_row_does_not_repeat_the_medium_of_the_row_around_it() -> None:
    northwire, letter = (Medium(name, None, Kind.OUTLET, "rule") for name in ("Northwire", "a letter"))
    media = [([northwire], ""), ([letter, northwire], ""), ([northwire], "")]
    assert [[m.name for m in own] for own, _ in say_once(media, [None, 0, None])] == [
        ["Northwire"],
        ["a letter"],
        ["Northwire"],
    ]


def test_an_article_in_front_of_an_office_is_no_body() -> None:
    text = "A spokesman for the contractor, Jonas Oud, declined to comment."
    named = name_cluster(text, [(0, text.index(", declined"))], capitals=False, people=PEOPLE)
    assert (named.name, named.affiliation) == ("Jonas Oud", None)
