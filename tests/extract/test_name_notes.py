"""Names that look like garbled forms of others."""

from __future__ import annotations

import re
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sayso.extract.name_notes import count_edits, find_name_notes, find_place_notes
from sayso.records import NameNote, Span
from tests.hostile import texts

NAME = re.compile(r"[A-Z][\w'’-]+(?: [A-Z][\w'’-]+)*")


def notes(text: str, aliases: dict[str, str] | None = None) -> list[NameNote]:
    """Take everything with a capital for a name; sentences here begin with names."""
    spans = [Span(start=hit.start(), end=hit.end(), exact=hit.group()) for hit in NAME.finditer(text)]
    return find_name_notes(text, spans, aliases=aliases)


@pytest.mark.parametrize(
    ("text", "garbled", "likely"),
    [
        ("Alexei Smirnov, Alexei Smirnov, Alexei Smirnov, then Aleksei Smirnof.", "Aleksei Smirnof", "Alexei Smirnov"),
        ("Ilva Brennik, Ilva Brennik, then Ilva Brenink.", "Ilva Brenink", "Ilva Brennik"),
        ("Ilva Callander spoke. Callander and Callander, then Calander.", "Calander", "Ilva Callander"),
        ("Governor Oto Harvelin, Oto Harvelin, then Oto Harvilen.", "Oto Harvilen", "Oto Harvelin"),
    ],
)
def test_a_rare_spelling_beside_a_frequent_one_is_pointed_out(text: str, garbled: str, likely: str) -> None:
    (note,) = notes(text)
    assert (note.span.exact, note.likely) == (garbled, likely)
    assert text[note.span.start : note.span.end] == note.span.exact
    assert likely in note.why


@pytest.mark.parametrize(
    "text",
    [
        "Adam Smith, Adam Smith, then Rosa Smyth.",
        "Ivan Ivanov, Ivan Ivanov, then Anna Ivanova.",
        "Ivan Ivanov, Ivan Ivanov, then Ivan Ivanova.",
        "Jan Kowalski, Jan Kowalski, then Jan Kowalska.",
        "Ilva Callander, Callander, Callander, then Callanders, Callander’s.",
        "Maria Brennik, Maria Brennik, then Marie Brennik.",
        "Norland, Norland, Norland, then Norlander, Norlandian.",
        "Slovakia, Slovakia, Slovakia, then Slovenia.",
        "Austria, Austria, Austria, then Australia.",
        "Alexei Brennik, Brennik, Brennik, Aleksei Brennik, then Brennik.",
        "Norlany, Norlany, Norlany, then Norlans.",
        "Oto Harvélin, Oto Harvélin, then Oto Harvelin.",
        "Oto Lind, Oto Lind, then Oto Lund.",
        "Oto Harvelin, then Oto Harvilen.",
        "Oto Harvelin, Oto Harvilen, Oto Harvelin, Oto Harvilen.",
        "Ilva Hansenberg, Hansenberg, Hansenberg, Rosa Hansenburg, then Hansenburg.",
        "",
    ],
)
def test_two_names_in_earnest_are_left_alone(text: str) -> None:
    assert notes(text) == []


def test_the_alias_data_are_asked_too() -> None:
    aliases = {"Oto Harvellin": "Oto Harvelin", "Rosgard": "Rosgardia"}
    assert [note.likely for note in notes("Oto Harvilen and Rosgard.", aliases)] == ["Oto Harvelin", "Rosgardia"]
    assert notes("Oto Harvelin and Rosgardia.", aliases) == []


def test_three_edits_are_allowed_against_a_long_known_name() -> None:
    aliases = {"x": "Ilva Thornstavely"}
    assert [note.likely for note in notes("Ilva Thorstavly", aliases)] == ["Ilva Thornstavely"]


@pytest.mark.parametrize(
    ("a", "b", "edits"), [("", "", 0), ("abc", "abc", 0), ("abc", "acb", 1), ("abc", "abd", 1), ("abc", "xyz", 3)]
)
def test_edits(a: str, b: str, edits: int) -> None:
    assert count_edits(a, b, 5) == edits
    assert count_edits(a, b, 0) == min(edits, 1)


@settings(max_examples=150, deadline=None)
@given(texts(lone_surrogates=True), st.lists(st.tuples(st.integers(0, 60), st.integers(0, 60)), max_size=8))
def test_any_spans_of_any_text_are_borne(text: str, places: list[tuple[int, int]]) -> None:
    spans = [Span(start=a, end=b, exact=text[a:b]) for a, b in places if a <= b <= len(text)]
    for note in find_name_notes(text, spans, aliases={"Roe": "Rowe", "": ""}):
        assert note.span in spans
        assert note.likely
        assert note.why


def test_many_names_take_little_time() -> None:
    text = " ".join(f"Ada Name{chr(97 + n % 26)}{chr(97 + n // 26 % 26)}{chr(97 + n // 676)}x" for n in range(5000))
    spans = [Span(start=hit.start(), end=hit.end(), exact=hit.group()) for hit in re.finditer(r"Ada \w+", text)]
    began = time.process_time()
    find_name_notes(text, spans)
    assert time.process_time() - began < 20


def spans_of(text: str, *names: str) -> list[Span]:
    return [Span(start=text.index(name), end=text.index(name) + len(name), exact=name) for name in names]


def test_a_place_in_no_gazetteer_that_is_near_a_known_one_is_pointed_out() -> None:
    text = "The convoy left Orlandsk and stopped near Vessenburg."
    notes = find_place_notes(spans_of(text, "Orlandsk", "Vessenburg"), frozenset({"Orlansk", "Lorvenia"}))
    assert [(note.span.exact, note.likely) for note in notes] == [("Orlandsk", "Orlansk")]


def test_a_place_near_to_several_is_left_alone() -> None:
    text = "The convoy left Orlandsk."
    assert find_place_notes(spans_of(text, "Orlandsk"), frozenset({"Orlansk", "Orlandisk"})) == []
