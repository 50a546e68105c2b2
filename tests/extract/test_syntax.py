"""Trees over the syntax head's answers."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from sayso.encoder.session import SyntaxScores
from sayso.extract.clauses import find_clauses
from sayso.extract.phrases import phrase_of
from sayso.extract.syntax import grow_tree
from tests.extract.trees import make_scores, read_lines

FERRY = "The:1:det:DT crew:2:nsubj:NN moored:2:ROOT:VBD the:4:det:DT ferry:2:dobj:NN"
NAMES = (
    "ROOT",
    "nsubj",
    "nsubjpass",
    "conj",
    "xcomp",
    "part",
    "agent",
    "pobj",
    "aux",
    "auxpass",
    "relcl",
    "dobj",
    "prep",
)
TAGS = ("VBD", "NN", "VBN", "DT", "IN", "TO", "PRP", "WP", ",", "other", "CC", "RB")


def test_a_tree_knows_who_hangs_on_whom() -> None:
    tree = grow_tree(make_scores(read_lines(FERRY)), range(5))
    assert tree.below[2] == [1, 4]
    assert tree.descend(4) == [3, 4]
    assert tree.is_verb(2)
    assert not tree.is_verb(4)


def test_a_word_whose_governor_is_left_out_is_a_root() -> None:
    tree = grow_tree(make_scores(read_lines(FERRY)), [3, 4])
    assert tree.head[4] == 4
    assert tree.head[3] == 4


@given(
    st.integers(1, 12).flatmap(
        lambda n: st.lists(
            st.tuples(st.integers(0, n - 1), st.integers(0, len(NAMES) - 1), st.integers(0, len(TAGS) - 1)),
            min_size=n,
            max_size=n,
        )
    )
)
def test_every_answer_of_the_head_ends(answers: list[tuple[int, int, int]]) -> None:
    head, relation, tag = (list(column) for column in zip(*answers, strict=True))
    scores = SyntaxScores(head, relation, tag, NAMES, TAGS)
    words = range(len(answers))
    for clause in find_clauses(grow_tree(scores, words)):
        assert set(clause.words) | set(clause.deed) | set(clause.actor) | set(clause.target) <= set(words)
        assert clause.words
        assert clause.deed


def test_a_noun_that_is_the_verb_itself_has_no_phrase() -> None:
    tree = grow_tree(make_scores(read_lines(FERRY)), range(5))
    assert phrase_of(tree, [2], [2]) == []
    assert phrase_of(tree, [4], [2]) == [3, 4]
