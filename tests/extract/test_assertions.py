"""Clauses: who did what to whom."""

from __future__ import annotations

import pytest

from sayso.extract.assertions import Figures, find_assertions
from sayso.extract.clauses import find_clauses
from sayso.extract.syntax import grow_tree, split_sentences
from sayso.ingest import from_text
from sayso.records import Assertion, Attribution, Polarity, Reading, Run, Span
from tests.extract.trees import make_scores, make_words, read_lines

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
APART = (
    "The:1:det:DT mayor:2:nsubj:NN asked:2:ROOT:VBD the:4:det:DT crew:2:dobj:NN to:6:aux:TO leave:2:xcomp:VB "
    "the:8:det:DT pier:6:dobj:NN"
)
# The head hung "cuts" on the verb.
BROKEN_OFF = (
    "The:1:det:DT sting:6:nsubjpass:NN of:1:prep:IN those:4:det:DT cuts:6:nsubjpass:NNS was:6:auxpass:VBD "
    "felt:6:ROOT:VBN"
)
RELATIVE = (
    "It:1:nsubj:PRP was:1:ROOT:VBD a:3:det:DT chance:1:attr:NN for:3:prep:IN Venn:4:pobj:NNP ,:5:punct:, "
    "who:8:nsubj:WP needs:5:relcl:VBZ votes:8:dobj:NNS"
)
NOT_SHARED = (
    "A:1:det:DT judge:3:nsubj:NN may:3:aux:MD act:3:ROOT:VB ,:3:punct:, prosecutors:9:dep:NNS rarely:7:advmod:RB "
    "try:3:conj:VB such:9:amod:JJ cases:7:dobj:NNS"
)
SOMETHING_BETWEEN = (
    "Guards:1:nsubj:NNS left:1:ROOT:VBD and:1:cc:CC the:5:det:DT right:5:compound:NN power:1:dobj:NN to:7:aux:TO "
    "stay:5:acl:VB was:9:auxpass:VBD denied:1:conj:VBN"
)
NO_PASSIVE = (
    "the:1:det:DT country:4:nsubjpass:NN is:4:aux:VBZ not:4:neg:RB complying:4:ROOT:VBN with:4:prep:IN it:5:pobj:PRP"
)
QUESTION = "What:3:dobj:WP can:3:aux:MD we:3:nsubj:PRP do:3:ROOT:VB"
GAP = (
    "Voters:4:nsubj:NNS would:4:aux:MD at:4:prep:IN last:2:pobj:JJ see:4:ROOT:VB the:6:det:DT bill:4:dobj:NN "
    ",:4:punct:, not:4:neg:RB a:10:det:DT draft:4:appos:NN"
)
LOST_OBJECT = "Orla:1:nsubj:NNP shut:1:ROOT:VBD their:3:poss:PRP$ harbour:5:pobj:NN in:1:prep:IN May:4:pobj:NNP"
LOOSE = (
    "The:1:det:DT ferry:1:ROOT:NN ,:1:punct:, built:1:acl:VBN here:3:advmod:RB ,:1:punct:, was:7:auxpass:VBD "
    "sold:7:ROOT:VBN"
)
CLITIC = "it:1:nsubj:PRP wasn:1:ROOT:VBD ’:1:punct:RB t:2:part:other my:5:poss:PRP$ fault:1:attr:NN"
# The head hung the last of several on the verb.
JOINED = "The:1:det:DT flights:5:nsubj:NNS and:1:cc:CC the:4:det:DT ferries:5:nsubj:NNS help:5:ROOT:VBP Orla:5:dobj:NNP"
OTHERS_SUBJECT = "It:1:nsubj:PRP shows:1:ROOT:VBZ the:3:det:DT ferry:1:dobj:NN is:1:ccomp:VBZ safe:4:acomp:JJ"
TWO_ROOTS = "Guards:1:nsubj:NNS left:1:ROOT:VBD —:1:punct:HYPH they:4:nsubj:PRP ran:4:ROOT:VBD"
ON_NOUN = "the:1:det:DT money:1:dobj:NN sent:1:acl:VBN to:2:prep:IN Orla:3:pobj:NNP"
THERE = "There:1:expl:EX is:1:ROOT:VBZ overlap:1:attr:NN"
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
        (APART, [("The mayor", "asked", "the crew")]),
        (BROKEN_OFF, [("", "was felt", "The sting of those cuts")]),
        (RELATIVE, [("It", "was", "a chance for Venn")]),
        (NOT_SHARED, [("A judge", "may act", ""), ("prosecutors", "try", "such cases")]),
        (SOMETHING_BETWEEN, [("Guards", "left", "the right power"), ("", "was denied", "")]),
        (NO_PASSIVE, [("the country", "is not complying", "")]),
        (QUESTION, [("we", "do", "What")]),
        (GAP, [("Voters", "would at last see", "the bill")]),
        (LOST_OBJECT, [("Orla", "shut", "their harbour")]),
        (LOOSE, [("", "was sold", "The ferry")]),
        (CLITIC, [("it", "wasn ’ t", "my fault")]),
        (JOINED, [("The flights and the ferries", "help", "Orla")]),
        (OTHERS_SUBJECT, [("It", "shows", "")]),
        (TWO_ROOTS, [("Guards", "left", ""), ("they", "ran", "")]),
        (ON_NOUN, []),
        (THERE, [("", "is", "overlap")]),
        (NO_VERB, []),
    ],
)
def test_who_did_what_to_whom(sentence: str, told: list[tuple[str, str, str]]) -> None:
    assert show(sentence) == told


def test_by_names_who_did_it_only_where_it_is_told_to() -> None:
    lines = read_lines("It:2:nsubjpass:PRP was:2:auxpass:VBD sold:2:ROOT:VBN by:2:prep:IN police:3:pobj:NNS")
    tree = grow_tree(make_scores(lines), range(len(lines)))
    assert find_clauses(tree, by={3})[0].actor == [4]
    assert find_clauses(tree)[0].actor == []


def test_a_clause_owns_what_is_in_no_clause_under_it() -> None:
    lines = read_lines(
        "Orla:1:nsubj:NNP paid:1:ROOT:VBD five:3:nummod:CD men:1:dobj:NNS who:5:nsubj:WP sank:3:relcl:VBD "
        "two:7:nummod:CD boats:5:dobj:NNS"
    )
    clause = find_clauses(grow_tree(make_scores(lines), range(len(lines))))[0]
    assert 2 in clause.own
    assert 6 not in clause.own


def test_what_is_denied_behind_the_deed_is_not_the_deed() -> None:
    lines = read_lines(GAP)
    assert find_clauses(grow_tree(make_scores(lines), range(len(lines))))[0].denied == ()
    lines = read_lines(NOT_YET)
    assert find_clauses(grow_tree(make_scores(lines), range(len(lines))))[0].denied == (3,)


TEXT = "Orla Venn, who refused to pay the crew, said the ferry by the re-built pier was not safe."
TREE = (
    "Orla:1:compound:NNP Venn:9:nsubj:NNP ,:1:punct:, who:4:nsubj:WP refused:1:relcl:VBD to:6:aux:TO pay:4:xcomp:VB "
    "the:8:det:DT crew:6:dobj:NN ,:1:punct:, said:10:ROOT:VBD the:12:det:DT ferry:19:nsubj:NN by:12:prep:IN "
    "the:18:det:DT re:16:amod:VB -:17:punct:HYPH built:18:amod:VBN pier:13:pobj:NN was:10:ccomp:VBD not:19:neg:RB "
    "safe:19:acomp:JJ .:10:punct:."
)


def read(text: str, tree: str, *rows: Attribution, unsourced: tuple[Span, ...] = ()) -> list[Assertion]:
    lines = read_lines(tree)
    words = make_words(text, [line[0] for line in lines])
    doc = from_text(text)
    run = Run(engine="e", model="m", model_sha256="0")
    reading = Reading(
        document=doc,
        sources=(),
        attributions=rows,
        relations=(),
        origins=(),
        headline=None,
        unsourced=unsourced,
        problems=(),
        run=run,
    )
    return find_assertions(reading, words, make_scores(lines), Figures((), (), ()))


def span(exact: str, text: str = TEXT) -> Span:
    start = text.index(exact)
    return Span(start=start, end=start + len(exact), exact=exact)


def row(key: str, source: str, cue: str, content: str, within: str | None = None) -> Attribution:
    spans = (span(source),) if source else ()
    return Attribution(
        id=key, source="s", source_spans=spans, cue_spans=(span(cue),), content_spans=(span(content),), within=within
    )


SAFE = "the ferry by the re-built pier was not safe"


def test_an_infinitive_is_whose_its_cue_names_and_stands_under_the_cue() -> None:
    (found,) = read(TEXT, TREE, row("a", "who", "refused", "to pay the crew"))
    assert found.actor
    assert found.actor.exact == "Orla Venn"
    assert found.polarity is Polarity.NEGATIVE


def test_what_is_not_so_is_negative_with_a_form_of_be_too() -> None:
    (found,) = read(TEXT, TREE, row("a", "Orla Venn", "said", SAFE))
    assert found.polarity is Polarity.NEGATIVE
    assert found.actor
    assert found.actor.exact == "the ferry by the re-built pier"


def test_one_clause_is_claimed_once() -> None:
    outer, inner = row("a", "Orla Venn", "said", SAFE), row("b", "", "said", SAFE, within="a")
    assert [a.attribution for a in read(TEXT, TREE, outer, inner)] == ["a"]
    outer, inner = row("a", "Orla Venn", "said", SAFE), row("b", "the crew", "said", SAFE, within="a")
    assert [a.attribution for a in read(TEXT, TREE, outer, inner)] == ["b"]
    # Rows side by side each claim it.
    assert len(read(TEXT, TREE, row("a", "", "said", SAFE), row("b", "", "said", SAFE))) == 2


def test_a_sentence_of_a_row_is_not_the_articles_own() -> None:
    whole = span(TEXT)
    assert [a.action.exact for a in read(TEXT, TREE, unsourced=(whole,)) if a.action] == ["said"]
    (only,) = read(TEXT, TREE, row("a", "Orla Venn", "said", "the crew"), unsourced=(whole,))
    assert only.attribution == "a"


def test_a_row_that_but_names_a_thing_says_nothing_of_it() -> None:
    (only,) = read(TEXT, TREE, row("a", "Orla Venn", "said", "the crew"))
    assert (only.span.exact, only.action, only.polarity, only.factuality) == ("the crew", None, Polarity.OPEN, 0.0)


def test_a_word_is_not_cut_at_its_hyphens() -> None:
    text = "It must re-open"
    tree = "It:2:nsubj:PRP must:2:aux:MD re:2:ROOT:VB -:2:punct:HYPH open:2:dep:VB"
    (found,) = read(text, tree, unsourced=(span(text, text),))
    assert found.action
    assert found.action.exact == "must re-open"


def test_sentences_within_a_quotation_end_at_their_stops_but_not_at_points_of_abbreviations() -> None:
    text = "Go . Mr . Venn won ."
    lines = read_lines(
        "Go:0:ROOT:VB .:0:punct:. Mr:4:compound:NNP .:2:part:other Venn:5:nsubj:NNP won:5:ROOT:VBD .:5:punct:."
    )
    words = make_words(text, [line[0] for line in lines])
    assert split_sentences(make_scores(lines), words, [(0, 7)]) == [[0, 1], [2, 3, 4, 5, 6]]
