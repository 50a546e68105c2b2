"""Edges say what is shared, by which way it came, who took it from whom, and why."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sayso.corroborate.all_pairs import find_all_reuse
from sayso.corroborate.reuse import find_reuse
from sayso.records import (
    CreditKind,
    Document,
    Reuse,
    ReuseBasis,
    ReuseDirection,
    ReuseExtent,
    ReuseKind,
)
from tests.corroborate.copied import AGENCY, FERRY, MARKET, SPEECH, WEATHER, credit, make_document

if TYPE_CHECKING:
    import random

PIECES = (FERRY, MARKET, WEATHER, SPEECH, "", "A short line.", FERRY[:150], f"\u201c{MARKET[:120]}\u201d", "ha " * 50)
PUBLISHED = (None, "2031-04-02", "2031-04-05", "2999-01-01", "2031-04-02T08:00Z")


def get_edge(one: Document, two: Document, **how: Any) -> Reuse:  # noqa: ANN401
    (edge,) = find_reuse(one, [two], **how)
    return edge


def test_the_same_text_is_a_whole_copy() -> None:
    edge = get_edge(make_document(FERRY, name="a"), make_document(FERRY.upper(), name="b"))
    assert (edge.extent, edge.kind) == (ReuseExtent.WHOLE, ReuseKind.UNTRACED)
    assert (edge.share, edge.other_share) == (1, 1)
    assert edge.direction is ReuseDirection.UNKNOWN
    assert edge.is_certain


def test_a_stretch_is_a_partial_copy_with_its_places() -> None:
    one, two = make_document(f"{WEATHER}\n\n{FERRY}"), make_document(f"{FERRY}\n\n{MARKET}")
    edge = get_edge(one, two)
    assert edge.extent is ReuseExtent.PART
    (stretch,) = edge.stretches
    assert stretch.here.exact == stretch.there.exact == FERRY.removesuffix(".")
    assert stretch.edited == stretch.quoted == 0


def test_unrelated_articles_have_no_edge() -> None:
    assert find_reuse(make_document(FERRY), [make_document(MARKET), make_document(WEATHER)]) == []


def test_a_phrase_is_incidental_and_only_possible() -> None:
    phrase = "did not answer a request for comment before this page"
    edge = get_edge(make_document(f"{FERRY} {phrase}"), make_document(f"{MARKET} {phrase}"))
    assert (edge.extent, edge.kind, edge.is_certain) == (ReuseExtent.PHRASES, ReuseKind.INCIDENTAL, False)
    assert edge.basis is ReuseBasis.NONE


def test_only_quoted_speech_is_a_common_source() -> None:
    one = make_document(f"{WEATHER} {SPEECH} said Ilse Varn.", published="2031-04-02", outlet="Lowmere Post")
    two = make_document(f"{MARKET} Varn said: {SPEECH}", published="2031-04-09", outlet="Tarn Courier")
    edge = get_edge(one, two)
    assert (edge.extent, edge.kind) == (ReuseExtent.QUOTES, ReuseKind.COMMON_SOURCE)
    assert edge.direction is ReuseDirection.COMMON
    assert edge.stretches[0].quoted >= 30


def test_a_short_quotation_says_nothing_of_who_had_it_first() -> None:
    words = "\u201cNobody in this town hall can say that the danger came as a surprise to them,\u201d"
    one = make_document(f"{WEATHER} {words} she said.", published="2031-04-02")
    two = make_document(f"{MARKET} {words} he read.", published="2031-04-09")
    edge = get_edge(one, two)
    assert (edge.kind, edge.direction) == (ReuseKind.COMMON_SOURCE, ReuseDirection.UNKNOWN)


def test_prose_and_quotations_are_two_edges() -> None:
    one = make_document(f"{FERRY}\n\nThe mayor spoke.\n\n{SPEECH} she said in the hall.\n\n{WEATHER}")
    two = make_document(f"{SPEECH} he read aloud to us.\n\nThe guild met.\n\n{FERRY}")
    edges = find_reuse(one, [two])
    assert {edge.kind for edge in edges} == {ReuseKind.COMMON_SOURCE, ReuseKind.UNTRACED}
    assert len({edge.id for edge in edges}) == 2


@pytest.mark.parametrize("is_turned", [False, True])
def test_a_credit_names_who_had_it_first(*, is_turned: bool) -> None:
    first = make_document(FERRY, outlet="Lowmere Post", name="1")
    later = make_document(f"{FERRY}\n\nThis article first appeared in the Lowmere Post.", outlet="Tarn Courier")
    edge = get_edge(later, first) if is_turned else get_edge(first, later)
    assert (edge.document, edge.other) == (later.id, first.id)
    assert (edge.direction, edge.basis, edge.kind) == (ReuseDirection.FROM_OTHER, ReuseBasis.CREDIT, ReuseKind.OUTLET)
    assert "Lowmere Post" in edge.reasons[-1].words


def test_a_reading_names_outlets_too() -> None:
    first, later = make_document(FERRY, outlet="Lowmere Post"), make_document(FERRY, outlet="Tarn Courier")
    edge = get_edge(first, later, named={later.id: ["the Lowmere Post"]})
    assert (edge.document, edge.basis) == (later.id, ReuseBasis.CREDIT)


def test_credit_goes_before_time() -> None:
    first = make_document(FERRY, outlet="Lowmere Post", published="2031-04-09")
    later = make_document(FERRY, outlet="Tarn Courier", published="2031-04-02")
    edge = get_edge(first, later, named={later.id: ["Lowmere Post"]})
    assert (edge.document, edge.basis) == (later.id, ReuseBasis.CREDIT)


def test_credits_both_ways_cancel_out() -> None:
    one, two = make_document(FERRY, outlet="Lowmere Post"), make_document(FERRY, outlet="Tarn Courier")
    edge = get_edge(one, two, named={one.id: ["Tarn Courier"], two.id: ["Lowmere Post"]})
    assert edge.direction is ReuseDirection.UNKNOWN


def test_the_later_one_took_it() -> None:
    first = make_document(FERRY, published="2031-04-02", outlet="Lowmere Post")
    later = make_document(FERRY, published="2031-04-05", outlet="Tarn Courier")
    edge = get_edge(first, later)
    assert (edge.document, edge.basis, edge.kind) == (later.id, ReuseBasis.TIME, ReuseKind.OUTLET)


@pytest.mark.parametrize("published", [None, "2031-04-02", "2999-01-01", "no time"])
def test_the_same_time_or_none_tells_nothing(published: str | None) -> None:
    one, two = (make_document(FERRY, outlet=outlet, published=published) for outlet in ("Post", "Courier"))
    edge = get_edge(one, two)
    assert (edge.direction, edge.basis) == (ReuseDirection.UNKNOWN, ReuseBasis.NONE)


def test_two_prints_of_an_agency_have_it_from_there() -> None:
    one, two = (
        make_document(FERRY, outlet=outlet, published=published, credits=(credit(AGENCY, CreditKind.DATELINE),))
        for outlet, published in (("Lowmere Post", "2031-04-02"), ("Tarn Courier", "2031-04-09"))
    )
    edge = get_edge(one, two)
    assert (edge.kind, edge.direction, edge.basis) == (ReuseKind.WIRE, ReuseDirection.COMMON, ReuseBasis.CREDIT)


def test_what_the_agency_published_itself_was_taken_from_it() -> None:
    wire = make_document(FERRY, outlet=AGENCY)
    edge = get_edge(make_document(FERRY, outlet="Tarn Courier"), wire)
    assert (edge.other, edge.direction) == (wire.id, ReuseDirection.FROM_OTHER)


def test_an_agency_that_only_one_carries_or_names_is_where_both_have_it() -> None:
    marked = make_document(FERRY, outlet="Lowmere Post", credits=(credit(AGENCY),))
    plain = make_document(FERRY, outlet="Tarn Courier")
    assert get_edge(marked, plain).reasons[-1].feature == "agency's text"
    assert get_edge(marked, plain, named={plain.id: [AGENCY]}).reasons[-1].feature == "credited agency"
    unknown = make_document(FERRY, name="unknown", credits=(credit(AGENCY),))
    assert get_edge(unknown, plain).direction is ReuseDirection.UNKNOWN


def test_an_agency_that_helped_is_not_the_way_by_which_a_named_outlets_text_came() -> None:
    first = make_document(FERRY, outlet="Lowmere Post")
    later = make_document(FERRY, outlet="Tarn Courier", credits=(credit(AGENCY, CreditKind.REPORTING_BY),))
    edge = get_edge(first, later, named={later.id: ["Lowmere Post"]})
    assert (edge.document, edge.kind, edge.basis) == (later.id, ReuseKind.OUTLET, ReuseBasis.CREDIT)


def test_the_same_thing_in_other_words_is_no_copy() -> None:
    told = (
        "The boat that ran aground near Tarn Island was badly lit by its owners, said the master of the harbour in "
        "Lowmere on Monday, as he spoke to the Selm Weekly after a closed meeting of the harbour board."
    )
    retold = (
        "The ferry that ran aground near Tarn Island was badly lit by people who own it, the harbour master of the "
        "town said on Monday. Master Oto Brann told the Selm Weekly that the harbour board had met."
    )
    for edge in find_reuse(make_document(told), [make_document(retold)]):
        assert edge.extent is not ReuseExtent.PART


def test_a_third_outlet_that_both_name_is_where_both_have_it() -> None:
    one, two = make_document(FERRY, outlet="Lowmere Post"), make_document(FERRY, outlet="Tarn Courier")
    named = {one.id: ["Selm Weekly"], two.id: ["the Selm Weekly"]}
    assert get_edge(one, two, named=named).direction is ReuseDirection.COMMON
    stranger = make_document(FERRY, name="stranger")
    edge = get_edge(one, stranger, named={one.id: ["Selm Weekly"], stranger.id: ["Selm Weekly"]})
    assert edge.direction is ReuseDirection.UNKNOWN


def test_one_outlets_text_again_is_its_own_whatever_it_names() -> None:
    first = make_document(FERRY, outlet="Lowmere Post", published="2031-04-02", credits=(credit(AGENCY),))
    later = make_document(FERRY, outlet="Lowmere Post", published="2031-04-03", credits=(credit(AGENCY),))
    edge = get_edge(first, later)
    assert (edge.kind, edge.document, edge.basis) == (ReuseKind.OWN, later.id, ReuseBasis.TIME)


def test_a_press_release_is_told() -> None:
    release = make_document(f"FOR IMMEDIATE RELEASE\n\n{FERRY}")
    assert get_edge(release, make_document(f"{FERRY} {WEATHER}")).kind is ReuseKind.PRESS_RELEASE


def test_an_excerpt_that_sends_its_reader_on_was_taken_from_the_longer() -> None:
    whole = make_document(f"{FERRY}\n\n{MARKET}\n\n{WEATHER}")
    excerpt = make_document(f"{FERRY}\n\nRead the rest")
    edge = get_edge(whole, excerpt)
    assert (edge.document, edge.basis, edge.kind) == (excerpt.id, ReuseBasis.CONTAINMENT, ReuseKind.UNTRACED)
    silent = make_document(FERRY)
    assert get_edge(whole, silent).basis is ReuseBasis.NONE


def make_any(pieces: list[int], published: int, outlet: int, number: int) -> Document:
    return make_document(
        "\n\n".join(PIECES[piece] for piece in pieces),
        id=f"doc-{number}",
        published=PUBLISHED[published],
        outlet=(None, "Lowmere Post", AGENCY)[outlet],
        credits=(credit("Lowmere Post"),) if published == outlet else (),
    )


documents = st.lists(
    st.tuples(st.lists(st.integers(0, len(PIECES) - 1), max_size=4), st.integers(0, 4), st.integers(0, 2)), max_size=5
)


@settings(deadline=None)
@given(documents, st.randoms(use_true_random=False))
def test_spans_say_what_stands_there_and_order_makes_no_difference(
    given_documents: list[tuple[list[int], int, int]], draw: random.Random
) -> None:
    docs = [make_any(*one, number) for number, one in enumerate(given_documents)]
    texts = {doc.id: doc.text for doc in docs}
    shuffled = list(docs)
    draw.shuffle(shuffled)
    edges = find_all_reuse(docs)
    assert edges == find_all_reuse(shuffled)
    for edge in edges:
        assert edge.document != edge.other
        assert 0 <= edge.share <= 1
        assert 0 <= edge.other_share <= 1
        assert edge.reasons
        assert (edge.basis is ReuseBasis.NONE) == (edge.direction is ReuseDirection.UNKNOWN)
        assert edge.words == sum(stretch.words for stretch in edge.stretches)
        for stretch in edge.stretches:
            assert texts[edge.document][stretch.here.start : stretch.here.end] == stretch.here.exact
            assert texts[edge.other][stretch.there.start : stretch.there.end] == stretch.there.exact
            assert 0 <= stretch.quoted <= stretch.words
            assert stretch.edited >= 0
    for doc in docs:
        both_ways = [edge for other in docs if other is not doc for edge in find_reuse(other, [doc])]
        assert sorted(find_reuse(doc, docs), key=lambda edge: edge.id) == sorted(both_ways, key=lambda edge: edge.id)


FORMULA = (
    "A landslide buried {count} houses in the village of Selm in the upper valley of Norrin on Wednesday night after "
    "days of rain, {who} said."
)


def test_one_formula_with_other_figures_is_only_possibly_a_copy() -> None:
    one = make_document(FORMULA.format(count="12", who="governor Pia Holt"), outlet="Tide", published="2031-04-02")
    two = make_document(FORMULA.format(count="30", who="the Red Crescent"), outlet="Coast Mail", published="2031-04-05")
    edge = get_edge(one, two)
    assert (edge.is_certain, edge.direction) == (False, ReuseDirection.UNKNOWN)
    assert edge.reasons[-1].feature == "formula"
    same = make_document(
        FORMULA.format(count="twelve", who="governor Pia Holt"), outlet="Coast Mail", published="2031-04-05"
    )
    assert get_edge(one, same).is_certain
    assert get_edge(one, two, named={two.id: ("Tide",)}).is_certain
    long, longer = (
        make_document(f"{doc.text} {more}", outlet=doc.outlet) for doc, more in ((one, FERRY), (two, MARKET))
    )
    assert not get_edge(long, longer).is_certain
    assert get_edge(make_document(f"{one.text} {FERRY}"), make_document(f"{two.text} {FERRY}", name="b")).is_certain
