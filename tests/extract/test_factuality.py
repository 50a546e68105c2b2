"""How surely a clause puts an event, on invented sentences."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.extract.factuality import judge_polarity, rate_event
from sayso.extract.signatures import inflect, load_lexicon
from sayso.records import Polarity

SURE, LIKELY, OPEN, NOT = (2.9, 3.0), (1.6, 2.6), (-1.5, 1.5), (-3.0, -1.6)
CASES = [
    ("The council closed the ferry line in March.", "closed", SURE),
    ("The council did not close the ferry line.", "close", NOT),
    ("The council didn’t close the ferry line.", "close", NOT),
    ("The council never closed the ferry line.", "closed", NOT),
    ("No one attended the hearing in Vessen.", "attended", NOT),
    ("There was no strike in Vessen.", "strike", NOT),
    ("There were no deaths or injuries.", "injuries", NOT),
    ("They left without paying the pilots.", "paying", NOT),
    ("Ida Marlow denied that she had met the pilots.", "met", NOT),
    ("The pilots failed to appear in court.", "appear", NOT),
    ("The pilots did not fail to appear in court.", "appear", SURE),
    ("The pilots managed to flee.", "flee", SURE),
    ("The pilots did not manage to flee.", "flee", NOT),
    ("The mayor forgot to sign the letter.", "sign", NOT),
    ("The mayor forgot that he had signed the letter.", "signed", SURE),
    ("The mayor did not realise that the ferry had sunk.", "sunk", SURE),
    ("The mayor refused to resign.", "resign", NOT),
    ("The mayor declined to comment.", "comment", NOT),
    ("The board has yet to decide.", "decide", NOT),
    ("He neither ate nor slept.", "slept", NOT),
    ("The storm may sink the ferry.", "sink", OPEN),
    ("The storm might sink the ferry or damage the pier.", "damage", OPEN),
    ("The ferry could have sunk.", "sunk", OPEN),
    ("He could not have seen the ferry.", "seen", OPEN),
    ("The mayor cannot attend.", "attend", NOT),
    ("The ferry will sail on Monday.", "sail", LIKELY),
    ("The ferry will not sail on Monday.", "sail", NOT),
    ("The union plans to strike.", "strike", LIKELY),
    ("The ferry is expected to sail.", "sail", LIKELY),
    ("The mayor is about to resign.", "resign", LIKELY),
    ("The ferry is going to sail.", "sail", LIKELY),
    ("The mayor threatened to resign.", "resign", LIKELY),
    ("The ferry probably sank.", "sank", LIKELY),
    ("If the council closes the line, the union sues.", "closes", OPEN),
    ("The line stays unless the council acts.", "acts", OPEN),
    ("Did the ferry sink?", "sink", OPEN),
    ("Why did the ferry sink?", "sink", SURE),
    ("The union called for a strike.", "strike", OPEN),
    ("The union hoped that the council would pay.", "pay", OPEN),
    ("The union warned of the possibility of a strike.", "strike", OPEN),
    ("Police feared an alleged plot.", "plot", OPEN),
    ("Police averted an attack on the port.", "attack", NOT),
    ("The talks were cancelled.", "talks", NOT),
    ("A strike is possible.", "strike", OPEN),
    ("A strike was not averted.", "strike", OPEN),
    ("The increase was not large.", "increase", SURE),
    ("Police prevented the crowd from reaching the port.", "reaching", NOT),
    ("The council took no money.", "took", OPEN),
    ("The line stays until the council acts.", "acts", OPEN),
    ("The line stayed until the council acted.", "acted", SURE),
    ("They refrained from organising, paying or joining a strike.", "joining", NOT),
    ("They ought to resign.", "resign", OPEN),
    ("Perhaps the ferry sank.", "sank", OPEN),
    ("If the strike spreads, the port closes.", "strike", OPEN),
    ("A boycott without violence began.", "violence", NOT),
    ("Talks will resume on Monday.", "Talks", LIKELY),
    ("The council could order a raid.", "raid", OPEN),
    ("The council denied allegations of fraud.", "allegations", SURE),
    ("The failure to enforce a ban was noted.", "ban", OPEN),
    ("They objected to the attack.", "attack", SURE),
    ("He avoided meeting the mayor.", "meeting", NOT),
    ("She never regretted selling the ferry.", "selling", SURE),
    ("The mayor did not only resign, she left town.", "resign", SURE),
    ("It is unlikely that the ferry sank.", "sank", NOT),
    ("She believes the ferry sank.", "sank", LIKELY),
    ("The pilots have to pay.", "pay", OPEN),
    ("The pilots used to pay.", "pay", SURE),
    ("The council is to meet on Monday.", "meet", OPEN),
    ("The council sent boats to rescue the crew.", "rescue", LIKELY),
]


@pytest.mark.parametrize(("text", "word", "bounds"), CASES, ids=[f"{word}: {text}" for text, word, _ in CASES])
def test_how_surely_an_event_is_put(text: str, word: str, bounds: tuple[float, float]) -> None:
    at = text.index(word)
    found = rate_event(text, (at, at + len(word)), (0, len(text)))
    assert bounds[0] <= found.value <= bounds[1], found


def test_the_words_that_decided_are_named_with_their_places() -> None:
    text = "In Vessen the pilots did not manage to flee."
    at = text.index("flee")
    found = rate_event(text, (at, at + 4), (0, len(text)))
    assert [(reason.rule, reason.exact) for reason in found.why] == [("implicative", "manage"), ("negation", "not")]
    assert all(text[reason.start : reason.end] == reason.exact for reason in found.why)
    assert found.explanation == "“manage”: implicative, “not”: negation"
    assert found.made_by == ("rule:factuality.implicative", "rule:factuality.negation")


def test_a_verb_group_is_rated_by_its_last_verb() -> None:
    text = "The mayor refused to resign."
    assert rate_event(text, (10, 27), (0, len(text))).value < 0
    text = "The mayor did not resign."
    assert rate_event(text, (10, 24), (0, len(text))).value == -3


def test_a_described_noun_is_rated_by_its_noun() -> None:
    text = "Police reported an alleged attack."
    assert rate_event(text, (text.index("alleged"), len(text) - 1), (0, len(text))).value == 2
    text = "The mayor is expected to resign."
    assert rate_event(text, (10, len(text) - 1), (0, len(text))).value == 2


def test_what_stands_outside_of_the_clause_is_left_aside() -> None:
    text = "The union hopes that the mayor resigned."
    at = (text.index("resigned"), len(text) - 1)
    assert rate_event(text, at, (0, len(text))).value < 3
    assert rate_event(text, at, (text.index("the mayor"), len(text))).value == 3


@pytest.mark.parametrize("at", [(0, 0), (3, 4), (90, 99), (-4, -1), (9, 2)])
def test_no_word_there_is_put_plainly(at: tuple[int, int]) -> None:
    assert rate_event("The   mayor resigned .", at, (0, 22)).value == 3


@pytest.mark.parametrize(
    ("value", "polarity"),
    [
        (3, Polarity.POSITIVE),
        (2, Polarity.POSITIVE),
        (0, Polarity.OPEN),
        (-1.5, Polarity.OPEN),
        (-3, Polarity.NEGATIVE),
    ],
)
def test_polarity_follows_from_the_value(value: float, polarity: Polarity) -> None:
    assert judge_polarity(value) is polarity


@pytest.mark.parametrize(
    "run", ["not ", "n't ", "n", "a", "1", "to ", "and ", "of ", "if ", "refuse to ", "’", "a-", "?"]
)
def test_a_hostile_clause_costs_no_more_than_a_long_one(run: str) -> None:
    text = run * (300_000 // len(run))
    middle = len(text) // 2
    began = time.process_time()
    for _ in range(30):
        rate_event(text, (middle, middle + len(run)), (0, len(text)))
    assert time.process_time() - began < 10


VOCABULARY = sorted(
    {*load_lexicon().frames["to"], *load_lexicon().modals, *load_lexicon().predicates, "not", "to", ","}
)


@given(
    st.lists(st.sampled_from([*VOCABULARY, "that", "no", "of", "he", "going", "?", ".", "”"]), max_size=30), st.data()
)
def test_whatever_the_words_the_value_is_within_its_range(chosen: list[str], data: st.DataObject) -> None:
    text = " ".join(chosen)
    places = st.integers(min_value=-2, max_value=len(text) + 2)
    at = (data.draw(places), data.draw(places))
    found = rate_event(text, at, (data.draw(places), data.draw(places)))
    assert -3 <= found.value <= 3
    assert all(text[reason.start : reason.end] == reason.exact for reason in found.why)


@given(st.text(max_size=200), st.integers(0, 200), st.integers(0, 200))
def test_no_text_breaks_it(text: str, start: int, end: int) -> None:
    found = rate_event(text, (start, end), (0, len(text)))
    assert all(text[reason.start : reason.end] == reason.exact for reason in found.why)


def test_forms_are_written_out() -> None:
    assert {"deny", "denies", "denied", "denying"} <= set(inflect("deny"))
    assert {"decline", "declines", "declined", "declining"} <= set(inflect("decline"))
    assert {"push", "pushes", "pushed"} <= set(inflect("push"))
    assert {"forgot", "forgets"} <= set(inflect("forget", "forgot forgotten"))


def test_every_value_is_within_the_scale() -> None:
    lexicon = load_lexicon()
    tables = [*lexicon.frames.values(), lexicon.modals, lexicon.modifiers, lexicon.predicates, lexicon.structures]
    assert all(-3 <= value <= 3 for table in tables for s in table.values() for value in (s.holds, s.fails))


def test_a_surname_no_is_no_negation() -> None:
    text = "Defence Minister No Sang Hyon met the visitors at the old harbour on Tuesday."
    at = text.index("met")
    assert rate_event(text, (at, at + 3), (0, len(text))).polarity is Polarity.POSITIVE


def rate(text: str, event: str, **known: tuple[int, ...]) -> Polarity:
    at = text.index(event)
    return rate_event(text, (at, at + len(event)), (0, len(text)), **known).polarity  # type: ignore[arg-type]


def test_a_denial_that_the_tree_tells_is_counted_once() -> None:
    text = "The pier is not safe."
    assert rate(text, "is") is Polarity.POSITIVE
    assert rate(text, "is", denied=(text.index("not"),)) is Polarity.NEGATIVE
    text = "The crew did not leave."
    assert rate(text, "leave", denied=(text.index("not"),)) is Polarity.NEGATIVE
    text = "The pier is not only safe."
    assert rate(text, "is", denied=(text.index("not"),)) is Polarity.POSITIVE


def test_nothing_in_the_subject_governs_the_deed_but_it_may_deny_it() -> None:
    text = "The debate on the harbour plan confirms the rift."
    assert rate(text, "confirms", subject=(0, text.index(" confirms"))) is Polarity.POSITIVE
    text = "No guard of the harbour left the pier."
    assert rate(text, "left", subject=(0, text.index(" left"))) is Polarity.NEGATIVE


@pytest.mark.parametrize(
    ("text", "event"),
    [
        ("The guards who came on 6 May left the harbour.", "left"),
        ("THE GUARDS WHO CAME ON 6 MAY LEFT THE HARBOUR.", "LEFT"),
        ("Yesterday Mayor Orla May left the harbour.", "left"),
        ("In Harbour Minister No Lund Venn's view Harbour Minister No Lund Venn left for the island.", "left"),
    ],
)
def test_a_month_and_a_name_are_no_modal(text: str, event: str) -> None:
    assert rate(text, event) is Polarity.POSITIVE


def test_a_modal_with_a_capital_letter_still_is_one() -> None:
    assert rate("May the crew leave?", "leave") is Polarity.OPEN
