"""Clauses: who did what to whom."""

from __future__ import annotations

import pytest

from sayso.extract.clauses import find_clauses
from sayso.extract.syntax import grow_tree
from tests.extract.trees import make_scores, read_lines

MOORED = "The:1:det:DT crew:2:nsubj:NN moored:2:ROOT:VBD the:4:det:DT ferry:2:dobj:NN"
PASSIVE = (
    "The:1:det:DT ferry:3:nsubjpass:NN was:3:auxpass:VBD moored:3:ROOT:VBN by:3:agent:IN the:6:det:DT crew:4:pobj:NN"
)
NOT_YET = (
    "The:1:det:DT crew:4:nsubj:NN has:4:aux:VBZ not:4:neg:RB moored:4:ROOT:VBN "
    "the:7:det:DT old:7:amod:JJ ferry:4:dobj:NN"
)
TWO = (
    "Guards:1:nsubj:NNS left:1:ROOT:VBD the:3:det:DT pier:1:dobj:NN and:1:cc:CC "
    "they:6:nsubj:PRP closed:1:conj:VBD the:8:det:DT gate:6:dobj:NN"
)
SHARED = "Guards:1:nsubj:NNS left:1:ROOT:VBD and:1:cc:CC closed:1:conj:VBD the:5:det:DT gate:3:dobj:NN"
CHAINED = "Guards:1:nsubj:NNS began:1:ROOT:VBD to:3:aux:TO search:1:xcomp:VB the:5:det:DT pier:3:dobj:NN"
SET_ASIDE = (
    "Orla:1:compound:NNP Venn:6:nsubj:NNP ,:1:punct:, the:4:det:DT mayor:1:appos:NN ,:1:punct:, "
    "left:6:ROOT:VBD town:6:dobj:NN"
)
COPULA = "The:1:det:DT pier:2:nsubj:NN is:2:ROOT:VBZ unsafe:2:acomp:JJ"
NO_VERB = "No:1:det:DT comment:1:ROOT:NN"


def show(sentence: str) -> list[tuple[str, str, str]]:
    lines = read_lines(sentence)
    words = [line[0] for line in lines]
    clauses = find_clauses(grow_tree(make_scores(lines), range(len(lines))))
    return [tuple(" ".join(words[i] for i in part) for part in (c.actor, c.deed, c.target)) for c in clauses]  # type: ignore[misc]


@pytest.mark.parametrize(
    ("sentence", "told"),
    [
        (MOORED, [("The crew", "moored", "the ferry")]),
        (PASSIVE, [("the crew", "was moored", "The ferry")]),
        (NOT_YET, [("The crew", "has not moored", "the old ferry")]),
        (TWO, [("Guards", "left", "the pier"), ("they", "closed", "the gate")]),
        (SHARED, [("Guards", "left", ""), ("Guards", "closed", "the gate")]),
        (CHAINED, [("Guards", "began to search", "the pier")]),
        (SET_ASIDE, [("Orla Venn", "left", "town")]),
        (COPULA, [("The pier", "is", "unsafe")]),
        (NO_VERB, []),
    ],
)
def test_who_did_what_to_whom(sentence: str, told: list[tuple[str, str, str]]) -> None:
    assert show(sentence) == told
