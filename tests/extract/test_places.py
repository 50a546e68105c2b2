"""Which place a name means, in invented lands; and which names are no places."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.extract.place_mentions import find_mentions, find_unknown, join_mentions
from sayso.extract.places import resolve_places
from sayso.gazetteer.lookup import Gazetteer
from sayso.gazetteer.table import Row, Table, write_table

if TYPE_CHECKING:
    from sayso.records import Place


def land(number: int, name: str, code: str, *, people: int, at: tuple[float, float], **rest: object) -> Row:
    return make(number, name, "country", code, None, people, at, **rest)


def make(
    number: int,
    name: str,
    scale: str,
    code: str,
    region: str | None,
    people: int,
    at: tuple[float, float],
    **rest: object,
) -> Row:
    return Row(
        id=number,
        name=name,
        scale=scale,
        country=code,
        region=region,
        population=people,
        latitude=at[0],
        longitude=at[1],
        **rest,  # type: ignore[arg-type]
    )


ROWS = [
    land(1, "Vessenia", "VS", people=9_000_000, at=(50.0, 10.0)),
    land(2, "Marlowe", "ML", people=40_000_000, at=(10.0, 80.0)),
    land(3, "Ukraine", "UA", people=40_000_000, at=(49.0, 32.0)),
    land(4, "Russia", "RU", people=140_000_000, at=(60.0, 100.0)),
    make(10, "Ostmark", "region", "VS", None, 900_000, (50.0, 12.0)),
    make(11, "Westmark", "region", "VS", None, 900_000, (50.0, 6.0)),
    make(12, "Alder County", "region", "VS", "Westmark", 30_000, (50.2, 6.2), aliases=("alder",)),
    make(20, "Alder", "city", "VS", "Ostmark", 8_000, (50.1, 12.1)),
    make(21, "Alder", "city", "VS", "Westmark", 6_000, (50.1, 6.1)),
    make(22, "Alder", "city", "ML", "North", 700_000, (11.0, 81.0)),
    make(23, "Ruf", "city", "VS", "Ostmark", 4_000, (50.2, 12.2)),
    make(24, "Sill", "city", "VS", "Westmark", 5_000, (50.2, 6.0)),
    make(25, "Chelsea", "city", "VS", "Ostmark", 90_000, (50.3, 12.0)),
    make(26, "Ellery", "city", "VS", "Ostmark", 90_000, (50.4, 12.0)),
    make(27, "Moscow", "city", "RU", "Moscow", 10_000_000, (55.75, 37.6)),
    make(28, "Brussels", "city", "BE", "Brussels", 1_000_000, (50.8, 4.3)),
    make(29, "Bell", "city", "VS", "Ostmark", 1_000, (50.4, 12.1)),
    make(31, "White House", "city", "VS", "Ostmark", 9_000, (50.4, 12.4)),
    make(30, "Bell", "city", "VS", "Westmark", 1_000, (50.4, 6.1)),
]
GAZETTEER = Gazetteer(Table(write_table(ROWS)))


def read(text: str, *names: str, speaking: tuple[str, ...] = (), keep_adjectives: bool = False) -> list[Place]:
    def spans(words: tuple[str, ...]) -> list[tuple[int, int]]:
        return [(text.index(word), text.index(word) + len(word)) for word in words]

    return resolve_places(text, spans(names), GAZETTEER, speaking=spans(speaking), keep_adjectives=keep_adjectives)


def first(place: Place) -> int:
    return place.candidates[0].id


def test_a_name_in_no_gazetteer_behind_a_word_of_place_is_found_as_unknown() -> None:
    text = "The guards in Brusels met those in Moscow, and Marten left Tuesday."
    assert [text[a:b] for a, b in find_unknown(text, GAZETTEER)] == ["Brusels"]


def test_what_all_the_world_knows_are_countries_and_large_cities() -> None:
    assert {"Russia", "Brussels", "Moscow", "Alder"} <= GAZETTEER.known_names
    assert not {"Chelsea", "Ostmark", "Bell"} & GAZETTEER.known_names


def test_with_nothing_else_the_largest_is_meant() -> None:
    assert first(read("A fire broke out in Alder.", "Alder")[0]) == 22


@pytest.mark.parametrize("text", ["A fire in Alder, Westmark, killed two.", "A fire in Alder (Westmark) killed two."])
def test_what_stands_beside_the_name_decides(text: str) -> None:
    place = read(text, "Alder")[0]
    assert first(place) == 21
    assert not place.is_ambiguous
    assert "Westmark" in place.why


def test_a_region_inside_the_mention_decides_too() -> None:
    assert first(read("A fire in Alder, Ostmark.", "Alder, Ostmark")[0]) == 20


def test_the_towns_around_it_decide() -> None:
    places = read("Roads from Ruf and Ellery to Alder are closed.", "Ruf", "Ellery", "Alder")
    assert [first(place) for place in places] == [23, 26, 20]
    assert "other places" in places[2].why


def test_one_name_has_one_sense_in_one_article() -> None:
    text = "The mayor of Alder, Westmark, resigned. She had led the town of Alder for years."
    spans = [(at, at + 5) for at in (text.index("Alder"), text.rindex("Alder"))]
    assert [first(place) for place in resolve_places(text, spans, GAZETTEER)] == [21, 21]


def test_a_dateline_says_where_the_article_is() -> None:
    text = "SILL, Westmark (Coast Wire) — A bridge in Alder fell."
    assert first(read(text, "SILL", "Alder")[1]) == 21


def test_a_county_is_meant_where_the_text_says_so() -> None:
    assert first(read("Deputies in Alder County said so.", "Alder")[0]) == 12
    assert first(read("Deputies in Alder County said so.", "Alder County")[0]) == 12


def test_what_stays_open_is_said_to_be() -> None:
    place = read("A fire broke out in Bell.", "Bell")[0]
    assert {candidate.id for candidate in place.candidates} == {29, 30}
    assert place.is_ambiguous
    assert place.confidence < 0.6


def test_a_town_that_the_gazetteer_has_only_elsewhere_has_no_candidate() -> None:
    place = read("A fire in Ruf, Westmark, killed two.", "Ruf")[0]
    assert place.candidates == ()
    assert place.confidence == 0
    assert not place.is_ambiguous


def test_countries_in_a_row_do_not_hold_one_another() -> None:
    assert [first(p) for p in read("Talks with Vessenia, Marlowe and Ukraine.", "Vessenia", "Marlowe")] == [1, 2]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Chelsea Moore won the prize.", "Chelsea"),
        ("Then Michael Ellery sang.", "Ellery"),
        ("Mr. Ellery declined to comment.", "Ellery"),
        ("Ellery, 34, was unhurt.", "Ellery"),
        ("The Ellery Herald reported it.", "Ellery"),
        ("Ellery United lost.", "Ellery"),
        ("The University of Ellery closed.", "Ellery"),
        ("A Ukrainian ship sank.", "Ukrainian"),
    ],
)
def test_people_bodies_and_adjectives_are_no_places(text: str, name: str) -> None:
    assert read(text, name) == []


def test_a_surname_of_the_article_is_no_town() -> None:
    text = "Michael Ellery sang. Later Ellery left, and a crowd in Ellery cheered."
    spans = [(text.index("Later ") + 6, text.index(" left")), (text.index("in Ellery") + 3, text.index(" cheered"))]
    assert [place.span.start for place in resolve_places(text, spans, GAZETTEER)] == [spans[1][0]]


def test_adjectives_can_be_asked_for() -> None:
    assert first(read("A Ukrainian ship sank.", "Ukrainian", keep_adjectives=True)[0]) == 3


@pytest.mark.parametrize(
    ("text", "name", "speaker"),
    [
        ("Moscow denied the report.", "Moscow", "the government of Russia"),
        ("Moscow has repeatedly denied it.", "Moscow", "the government of Russia"),
        ("Vessenia accused its neighbour.", "Vessenia", "the government of Vessenia"),
        ("The Kremlin said so.", "Kremlin", "the government of Russia"),
        ("A line to the Kremlin was open.", "Kremlin", None),
        ("Guards stood near the Kremlin.", "Kremlin", None),
        ("Shells fell in Moscow.", "Moscow", None),
        ("Ruf said no.", "Ruf", None),
    ],
)
def test_a_place_that_speaks_stands_for_who_speaks(text: str, name: str, speaker: str | None) -> None:
    place = read(text, name)[0]
    assert place.stands_for == speaker
    assert place.candidates


def test_a_source_that_is_a_place_speaks() -> None:
    text = "That, in the view of Moscow, was wrong; officials in Moscow agreed."
    assert read(text, "Moscow", speaking=("Moscow",))[0].stands_for == "the government of Russia"
    assert read(text, "Moscow", speaking=("officials in Moscow",))[0].stands_for is None


def test_brussels_is_a_town_until_it_speaks() -> None:
    assert read("Shops in Brussels closed.", "Brussels")[0].stands_for is None
    assert read("Brussels said no.", "Brussels")[0].stands_for == "the European Union"


def test_a_town_that_is_called_like_a_seat_is_a_town() -> None:
    place = read("A shop in White House, Ostmark, burned.", "White House")[0]
    assert place.stands_for is None
    assert first(place) == 31


def test_places_are_found_without_being_given() -> None:
    text = "Ellery council met. Chelsea Moore, of Marlowe, spoke for the White House in Ruf. Bell rang."
    assert [text[start:end] for start, end in find_mentions(text, GAZETTEER)] == [
        "Ellery",
        "Marlowe",
        "White House",
        "Ruf",
    ]


def test_capitals_throughout_are_read_too() -> None:
    text = "TROOPS LEFT UKRAINE FOR THE\nBORDER OF VESSENIA."
    assert [text[start:end] for start, end in find_mentions(text, GAZETTEER)] == ["UKRAINE", "VESSENIA"]


words = st.sampled_from(
    [
        "Alder",
        "Ellery",
        "Ruf",
        "Chelsea",
        "Moscow",
        "Ukrainian",
        "the Kremlin",
        "said",
        ",",
        "in",
        "Westmark",
        "Mr.",
        "\n",
    ]
)


@given(st.lists(words, max_size=40).map(" ".join), st.lists(st.tuples(st.integers(-5, 300), st.integers(-5, 300))))
def test_every_span_is_exact_and_every_number_a_probability(text: str, spans: list[tuple[int, int]]) -> None:
    for place in resolve_places(text, [*spans, *find_mentions(text, GAZETTEER)], GAZETTEER, speaking=spans):
        assert text[place.span.start : place.span.end] == place.span.exact
        assert 0 <= place.confidence <= 1
        assert place.why
        assert place.is_ambiguous <= bool(place.candidates)


@given(st.text(max_size=200))
def test_no_text_breaks_it(text: str) -> None:
    resolve_places(text, [(0, len(text)), *find_mentions(text, GAZETTEER)], GAZETTEER)


@pytest.mark.parametrize("text", ["Alder " * 20_000, "Alder, " * 20_000, "N" * 50_000, "north " * 20_000, "1" * 50_000])
def test_hostile_lines_are_read_in_time(text: str) -> None:
    began = time.perf_counter()
    resolve_places(text, [(0, len(text)), *find_mentions(text, GAZETTEER)], GAZETTEER)
    assert time.perf_counter() - began < 20


def test_very_many_names_are_ranked_in_stretches() -> None:
    text = " ".join(f"Place{n}" for n in range(3_000))
    rows = [make(n, f"Place{n % 3000}", "city", "VS", "Ostmark", n, (n % 90, n % 180)) for n in range(9_000)]
    gazetteer = Gazetteer(Table(write_table(rows)))
    spans = [
        (at, at + len(word))
        for word in text.split()
        for at in [text.index(word + " ") if word != "Place2999" else len(text) - 9]
    ]
    assert len(resolve_places(text, spans, gazetteer)) == 3_000


@pytest.mark.parametrize(
    ("text", "told", "kept"),
    [
        ("The crew sailed off Brisling Sound.", "Brisling Sound", False),
        ("The crew landed in Brisling Sound.", "Brisling Sound", True),
        ("The crew saw Ruf at night.", "Ruf", True),
        ("The crew met Orla Ruf at night.", "Ruf", False),
        ("Shells fell in the Old East at night.", "East", False),
        ("Shells fell in East at night.", "East", False),
        ("The crew works in NKO at night.", "NKO", False),
        ("He reads ruf, Ruf.com and others.", "Ruf", False),
        ("She joined the A.Ruf today.", "Ruf", False),
        ("THE FLEET LEFT RUF TODAY.", "RUF", False),
        ("THE FLEET LAY IN RUF BAY.", "RUF BAY", True),
    ],
)
def test_what_is_told_to_be_a_place_is_held_against_its_surroundings(text: str, told: str, kept: bool) -> None:  # noqa: FBT001
    at = (text.index(told), text.index(told) + len(told))
    assert (at in join_mentions(text, [at], GAZETTEER)) is kept
