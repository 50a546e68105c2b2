"""What an outlet prints under every article is left out; a story printed often is not."""

from __future__ import annotations

from sayso.corroborate.all_pairs import find_all_reuse
from sayso.corroborate.boilerplate import find_boilerplate
from tests.corroborate.copied import FERRY, MARKET, WEATHER, make_document

FOOT = (
    "The Lowmere Post is an independent newspaper owned by its readers. If you value what we do, please think about "
    "supporting us from as little as two crowns a month, which you can cancel whenever you like."
)


def test_a_foot_under_three_articles_is_boilerplate() -> None:
    posts = [
        make_document(f"{story}\n\n{FOOT}", outlet="Lowmere Post", name=str(number))
        for number, story in enumerate((FERRY, MARKET, WEATHER))
    ]
    found = find_boilerplate(posts)
    assert {spans[0].exact for spans in found.values()} == {FOOT}
    assert len(found) == 3
    assert find_all_reuse(posts) == []


def test_two_articles_are_not_enough_and_outlets_are_kept_apart() -> None:
    posts = [
        make_document(f"{FERRY}\n\n{FOOT}", outlet="Lowmere Post", name="1"),
        make_document(f"{MARKET}\n\n{FOOT}", outlet="Lowmere Post", name="2"),
        make_document(f"{WEATHER}\n\n{FOOT}", outlet="Tarn Courier", name="3"),
    ]
    assert find_boilerplate(posts) == {}


def test_many_prints_and_updates_of_one_article_are_no_boilerplate() -> None:
    prints = [
        make_document(f"{FERRY}\n\n{MARKET[:100]}\n\nUpdate {number}", outlet="Lowmere Post", name=str(number))
        for number in range(50)
    ]
    assert find_boilerplate(prints) == {}


def test_without_an_outlet_there_is_none() -> None:
    posts = [make_document(f"{story}\n\n{FOOT}", name=story[:5]) for story in (FERRY, MARKET, WEATHER)]
    assert find_boilerplate(posts) == {}
