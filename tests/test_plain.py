"""Records as plain data, and back."""

from __future__ import annotations

import json
from typing import Any

import pytest

from sayso.errors import DamagedRecord, Problem
from sayso.plain import from_plain, name_fields, to_plain
from sayso.records import (
    Assertion,
    Attribution,
    GeoName,
    Kind,
    Place,
    PlaceScale,
    Polarity,
    Reading,
    Run,
    Source,
    Span,
)
from sayso.store.digests import write_canonical
from tests.readings import demo_reading

SPAN = Span(start=0, end=6, exact="Vessen")
PLACE = Place(
    span=SPAN,
    candidates=(
        GeoName(
            id=1,
            name="Vessen",
            scale=PlaceScale.CITY,
            country="XX",
            region=None,
            latitude=1.5,
            longitude=-2.0,
            population=0,
        ),
    ),
    is_ambiguous=False,
    stands_for=None,
    why="the only one",
    confidence=1.0,
)
ASSERTION = Assertion(
    id="a", attribution=None, span=SPAN, actor=None, action=SPAN, target=None, times=(0,), polarity=Polarity.NEGATIVE
)
RECORDS = [
    SPAN,
    PLACE,
    ASSERTION,
    Problem(code="c", message="m", start=1, end=2),
    Run(engine="e", model="m", model_sha256="0", settings=(("a", "b"), ("c", "d"))),
    Attribution(id="r", source="s", via=("t",), label_confidence=(0.5, 1.0, 0.25)),
    Source(id="s", name="Ida Marlow", kind=Kind.PERSON, naming="named"),  # type: ignore[arg-type]
]


@pytest.mark.parametrize("record", RECORDS, ids=lambda record: type(record).__name__)
def test_a_record_comes_back_as_it_was(record: object) -> None:
    plain = json.loads(json.dumps(to_plain(record)))
    assert from_plain(type(record), plain) == record


def test_a_whole_reading_comes_back_as_it_was() -> None:
    reading = demo_reading()
    assert from_plain(Reading, json.loads(json.dumps(to_plain(reading)))) == reading


def test_a_whole_number_may_stand_for_a_fraction() -> None:
    plain = to_plain(PLACE) | {"confidence": 1}
    assert isinstance(from_plain(Place, plain).confidence, float)


@pytest.mark.parametrize(
    "data",
    [
        None,
        5,
        "words",
        [],
        {},
        {"start": 1},
        to_plain(SPAN) | {"start": "1"},
        to_plain(SPAN) | {"start": True},
        to_plain(SPAN) | {"more": 1},
        to_plain(SPAN) | {"exact": None},
    ],
    ids=str,
)
def test_data_that_are_no_such_record_are_refused(data: Any) -> None:  # noqa: ANN401  that is the point
    with pytest.raises(DamagedRecord):
        from_plain(Span, data)


@pytest.mark.parametrize("change", [{"polarity": "perhaps"}, {"times": 5}, {"times": ["1"]}, {"span": None}])
def test_damage_further_in_is_refused_too(change: dict[str, Any]) -> None:
    with pytest.raises(DamagedRecord):
        from_plain(Assertion, to_plain(ASSERTION) | change)


def test_a_tuple_of_fixed_length_keeps_it() -> None:
    plain = to_plain(Attribution(id="r", source="s")) | {"label_confidence": [1.0]}
    with pytest.raises(DamagedRecord):
        from_plain(Attribution, plain)


@pytest.mark.parametrize("record", [*RECORDS, demo_reading()], ids=lambda record: type(record).__name__)
def test_a_record_is_written_as_its_plain_data_are(record: Any) -> None:  # noqa: ANN401  any record
    plain = to_plain(record)
    assert write_canonical(record) == json.dumps(plain, sort_keys=True, separators=(",", ":"), ensure_ascii=True)
    assert json.loads(json.dumps(name_fields(record), default=name_fields)) == plain


def test_what_is_no_record_has_no_fields() -> None:
    with pytest.raises(TypeError):
        name_fields(object())
