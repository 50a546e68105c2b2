"""Who publishes a document, and whom it credits."""

from __future__ import annotations

import pytest

from sayso.corroborate.sides import Side, find_credited, fold_name, look_at_side, name_host
from sayso.corroborate.words import document_words
from sayso.records import CreditKind, Document, Urls
from tests.corroborate.copied import FERRY, credit, make_document


def look(document: Document, *named: str) -> Side:
    return look_at_side(document, document_words(document), named)


@pytest.mark.parametrize(
    ("one", "two"),
    [
        ("The Lowmere Post", "Lowmere Post"),
        ("LowmerePost.com", "lowmere post"),
        ("AP", "The Associated Press"),
        ("AFP", "Agence France-Presse"),
        ("Reuters", "Thomson Reuters"),
        ("The Post\u2019s", "Post"),
    ],
)
def test_names_are_compared_without_their_trimmings(one: str, two: str) -> None:
    assert fold_name(one) == fold_name(two)


@pytest.mark.parametrize(
    ("url", "host"),
    [
        ("https://www.lowmerepost.com/a", "lowmerepost"),
        ("https://edition.tarncourier.co.uk/", "tarncourier"),
        ("http://[broken", None),
        ("no address", None),
        (None, None),
    ],
)
def test_an_address_names_its_outlet(url: str | None, host: str | None) -> None:
    assert name_host(url) == host


def test_agencies_are_known_by_their_marks() -> None:
    side = look(make_document(FERRY, outlet="Lowmere Post", credits=(credit("Northwire", CreditKind.DATELINE),)))
    assert side.agencies == {"northwire"}
    assert "northwire" in side.named
    joined = look(make_document(FERRY, credits=(credit("Ilse Varn and AP", CreditKind.BYLINE),)))
    assert joined.agencies == {"associatedpress"}


def test_words_that_give_a_text_to_another_are_read() -> None:
    text = f"{FERRY}\n\nThis article originally appeared on the Tarn Courier. H/T Selm Weekly"
    assert find_credited(text) == ["Tarn Courier", "Selm Weekly"]
    assert look(make_document(text)).named == {"tarncourier", "selmweekly"}
    assert find_credited("It first appeared in 1999 and again. h/t") == ["1999"]


def test_a_foreign_canonical_address_is_a_credit() -> None:
    urls = Urls(final="https://www.lowmerepost.com/x", canonical="https://tarncourier.com/x")
    side = look(make_document(FERRY, urls=urls))
    assert side.outlet == "lowmerepost"
    assert side.named == {"tarncourier"}


def test_press_releases_and_excerpts_show_themselves() -> None:
    assert look(make_document(f"FOR IMMEDIATE RELEASE\n\n{FERRY}")).is_release
    assert look(make_document(FERRY, outlet="PR Newswire")).is_release
    assert not look(make_document(f"{FERRY} The board sent a press release.")).is_release
    assert look(make_document(f"{FERRY}\n\nRead the full story at the Tarn Courier.")).sends_on
