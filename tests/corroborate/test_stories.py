"""Which invented articles tell of one event."""

from __future__ import annotations

import random

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.corroborate.likeness import WHY, weigh_days_apart
from sayso.corroborate.linkage import link_average, take_in_stragglers
from sayso.corroborate.rarity import Rarity
from sayso.corroborate.rulebook import load_rules
from sayso.corroborate.stories import WHOLE_FROM, StoryIndex, find_day, index_documents
from sayso.corroborate.story_marks import cut_word, mark_document, mark_text
from sayso.corroborate.story_memory import POSTINGS
from sayso.corroborate.story_records import list_stories
from sayso.corroborate.story_vectors import Board, Vocabulary, make_vectors
from sayso.ids import document_id
from sayso.records import Document, Moment, Precision, Span

FERRY = "The ferry Amsel sank off Orlby on Tuesday. Harbourmaster Ana Terric counted 40 passengers. Rescuers searched."
FERRY_AGAIN = (
    "Forty passengers were aboard the Amsel, which sank off Orlby on Tuesday, said Ana Terric, the harbourmaster."
)
VOTE = "Parliament in Norvane passed a budget of 900 million. Minister Jonas Veld called the vote historic on Friday."
VOTE_AGAIN = (
    "The Norvane budget of 900 million passed parliament on Friday. Jonas Veld, the minister, praised the vote."
)
COMMON = ["the", "of", "on", "was", "a", "which", "said", "minister", "vote", "passengers"]


def document(text: str, published: str | None = None, name: str = "") -> Document:
    moment = None if published is None else Moment(value=published, precision=Precision.DAY, stated_in="given")
    key = document_id(text=text, outlet=name or None, published=published)
    return Document(id=key, name=name or "invented.txt", text=text, published=moment)


def groups(index: StoryIndex) -> set[frozenset[str]]:
    return {frozenset(story.documents) for story in list_stories(index)}


def test_articles_of_one_event_are_one_story_in_any_order() -> None:
    docs = [document(text) for text in (FERRY, VOTE, FERRY_AGAIN, VOTE_AGAIN)]
    expected = {frozenset((docs[0].id, docs[2].id)), frozenset((docs[1].id, docs[3].id))}
    for order in ((0, 1, 2, 3), (3, 2, 1, 0), (1, 0, 3, 2)):
        assert groups(index_documents([docs[i] for i in order], COMMON)) == expected


def test_a_document_that_is_there_already_changes_nothing() -> None:
    index = index_documents([document(FERRY), document(FERRY)])
    assert len(index) == 1
    assert index.story_of(document(FERRY).id) == index.story_of(document(FERRY).id)


def test_a_story_says_what_ties_its_documents() -> None:
    docs = [document(FERRY, "2024-05-08"), document(FERRY_AGAIN, "2024-05-07")]
    (story,) = list_stories(index_documents(docs, COMMON))
    assert story.documents == (docs[1].id, docs[0].id)
    assert "amsel" in story.words
    assert story.members[0].nearest == docs[0].id
    assert story.members[0].likelihood > 0.5
    weights = [abs(feature.weight) for feature in story.members[0].features]
    assert weights == sorted(weights, reverse=True)
    assert all(feature.why for feature in story.members[0].features)


def test_a_document_alone_is_a_story_of_its_own() -> None:
    (story,) = list_stories(index_documents([document(FERRY)]))
    assert story.members[0].nearest is None
    assert story.members[0].likelihood == 1.0


def test_days_apart_speak_against_one_event_and_no_date_says_nothing() -> None:
    assert weigh_days_apart(None) == 0.0
    assert weigh_days_apart(2) == 0.0
    assert weigh_days_apart(12) == pytest.approx(-2.0)
    near = [document(FERRY, "2024-05-07"), document(FERRY_AGAIN, "2024-05-08")]
    far = [document(FERRY, "2004-05-07"), document(FERRY_AGAIN, "2024-05-08")]
    assert len(groups(index_documents(near, COMMON))) == 1
    assert len(groups(index_documents(far, COMMON))) == 2
    (first, second) = list_stories(index_documents(far, COMMON))
    assert first.documents == (far[0].id,)
    assert second.documents == (far[1].id,)


def test_days_apart_are_told_as_a_reason() -> None:
    docs = [document(FERRY, "2024-05-07"), document(FERRY + " " + FERRY, "2024-05-20")]
    (story,) = list_stories(index_documents(docs, COMMON))
    assert "days_apart" in {feature.name for feature in story.members[0].features}


@pytest.mark.parametrize(
    ("published", "day"), [(None, None), ("2024", None), ("2024-05-07", 739_013.0), ("2024-05-07T10:00:00Z", 739_013.0)]
)
def test_the_day_of_publication_is_known_or_not(published: str | None, day: float | None) -> None:
    assert find_day(document(FERRY, published)) == day


def test_many_copies_of_one_article_are_one_story() -> None:
    copies = [document(FERRY, name=f"Outlet {number}") for number in range(2 * WHOLE_FROM + 5)]
    index = index_documents([*copies, document(VOTE), document(VOTE_AGAIN)], COMMON)
    assert sorted(len(story.documents) for story in list_stories(index)) == [2, len(copies)]


def test_what_is_no_prose_tells_no_event() -> None:
    text = "Photo by Zorvath Images. The ferry sank."
    doc = Document(id="doc-1", name="a", text=text, not_prose=(Span(start=0, end=24, exact=text[:24]),))
    assert "zorvath" not in mark_document(doc).terms
    assert "ferry" in mark_document(doc).terms


def test_names_are_written_with_a_capital_throughout() -> None:
    marks = mark_text("Harbour staff waited. The harbour was closed to Amsel on 7 June 2024, with 1,200 there.")
    assert "amsel" in marks.names
    assert "harbour" not in marks.names
    assert set(marks.numbers) == {"7", "1200"}
    assert set(marks.years) == {"2024"}
    assert set(marks.days) == {"june", "6-7"}


@pytest.mark.parametrize(
    ("text", "terms"),
    [
        ("Sept. 18, 2013", {"september", "9-18"}),
        ("the 18th of September", {"september", "9-18"}),
        ("9/18/2013, that is 18 / 9 / 13", {"9-18"}),
        ("2013-09-18", {"9-18"}),
        ("September 40, 31/31/2013 and 2013-13-01", {"september"}),
        ("She may march on Sunday.", {"sunday"}),
        ("Tues., Dec. 3", {"tuesday", "december", "12-3"}),
        ("May 5: thirty boats. May 5:30", {"may", "5-5"}),
    ],
)
def test_days_are_read_as_they_are_written(text: str, terms: set[str]) -> None:
    assert set(mark_text(text).days) == terms


def test_figures_are_bare() -> None:
    text = "A 7.6-magnitude quake, 1,200,000 people, 160MM in aid, version IE7 at 05:31 GMT."
    assert set(mark_text(text).numbers) == {"7.6", "1200000", "160", "7"}


@pytest.mark.parametrize(
    ("word", "stem"),
    [
        ("sinking", "sink"),
        ("tried", "try"),
        ("ferries", "ferry"),
        ("boats", "boat"),
        ("glass", "glass"),
        ("fire", "fire"),
    ],
)
def test_common_endings_are_cut_off(word: str, stem: str) -> None:
    assert cut_word(word) == stem


def test_possessives_are_cut_off() -> None:
    assert cut_word("terric's") == "terric"


def test_a_common_word_tells_less_before_anything_is_seen() -> None:
    rarity = Rarity(["the", *(f"filler{n}" for n in range(4000)), "harbour"])
    assert rarity.weigh("the") < rarity.weigh("harbour") < rarity.weigh("amsel")


def test_a_small_figure_tells_less_before_anything_is_seen() -> None:
    assert Rarity(["the"]).weigh("4") == Rarity(["the"]).weigh("4000")
    rarity = Rarity(["the"], common_figures=True)
    assert rarity.weigh("4") < rarity.weigh("40") < rarity.weigh("400") < rarity.weigh("4000")


def test_every_weight_has_its_reason() -> None:
    assert set(load_rules("story_weights")["weights"]) == {*WHY, "always"}


def test_an_empty_text_is_a_story_of_its_own() -> None:
    index = StoryIndex()
    index.add_marks("a", mark_text(""))
    index.add_marks("b", mark_text(""))
    assert index.story_of("a") != index.story_of("b")


@given(st.permutations(range(6)))
def test_average_linkage_does_not_chain(order: list[int]) -> None:
    # 0-1-2 are alike, 3-4 are alike, 2 and 3 somewhat; 5 is alone.
    matrix = np.zeros((6, 6))
    for a, b, value in ((0, 1, 0.9), (0, 2, 0.8), (1, 2, 0.9), (3, 4, 0.9), (2, 3, 0.7)):
        matrix[order[a], order[b]] = matrix[order[b], order[a]] = value
    found = {frozenset(group) for group in link_average(matrix, [1] * 6, 0.5)}
    assert found == {frozenset(order[i] for i in group) for group in ((0, 1, 2), (3, 4), (5,))}


def test_a_straggler_goes_where_it_plainly_belongs() -> None:
    matrix = np.zeros((8, 8))
    for a in range(3):
        matrix[a, 6] = matrix[6, a] = 0.4
        matrix[a, 7] = matrix[7, a] = 0.4
        matrix[a + 3, 7] = matrix[7, a + 3] = 0.39
    rules = {"most": 1, "nearest": 3, "threshold": 0.3, "lead": 1.2}
    found = take_in_stragglers([[0, 1, 2], [3, 4, 5], [6], [7]], matrix, [1] * 8, **rules)  # type: ignore[arg-type]
    assert found == [[0, 1, 2, 6], [3, 4, 5], [7]]
    assert take_in_stragglers([[6]], matrix, [1] * 8, **rules) == [[6]]  # type: ignore[arg-type]


def test_a_board_is_blank_again_after_each_comparison() -> None:
    rarity, vocabulary, board = Rarity(), Vocabulary(), Board()
    ferry, vote = (make_vectors(mark_text(text), rarity, vocabulary) for text in (FERRY, VOTE))
    first = board.compare(ferry.terms, [ferry.terms, vote.terms], 5_000)
    assert first[0] == pytest.approx(1.0, abs=1e-5)
    again = board.compare(ferry.terms, [ferry.terms, vote.terms], len(vocabulary))
    assert np.allclose(first, again)


def test_adding_costs_no_more_when_there_are_many() -> None:
    draw = random.Random(3)  # noqa: S311  words, no secret
    words = [f"word{number}" for number in range(2_000)]
    index = StoryIndex(COMMON)
    for number in range(600):
        text = " ".join(draw.choices(words, k=40))
        index.add_marks(str(number), mark_text(text))
    assert len(index) == 600
    postings = index.memory.find_postings(range(index.memory.count_terms()))
    assert max(map(len, postings.values())) <= POSTINGS
