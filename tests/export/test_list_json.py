"""The lists of a case as JSON."""

from __future__ import annotations

import json
from dataclasses import replace

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.export.list_json import Row, load_list_schema, write_lines
from sayso.records import (
    Certainty,
    Endorsement,
    Hit,
    Independence,
    Judged,
    Kind,
    Naming,
    Piece,
    Speaker,
    Stance,
)
from tests.cli.invented_case import make_article, make_claim, make_claims, make_info, make_refused, make_source
from tests.told import make_line

PIECES = (Piece(text="the ", is_hit=False), Piece(text="depot", is_hit=True))
ROWS: list[Row] = [
    *make_claims(),
    replace(make_claim(1), hits=PIECES, title=None, outlet=None, published=None, url=None),
    make_claim(2, claim=make_line()),
    make_claim(3, claim=make_line(is_private=True, attribution=None, first=None, last=None, figures=(), rests_on=None)),
    make_article(1),
    make_article(2, title=None, outlet=None, published=None, url=None, supersedes="doc-" + "a" * 16),
    make_source(1),
    make_source(2, role=None, first=None, last=None),
    Hit(article=make_article(1), pieces=PIECES),
    make_refused(1),
    make_refused(2, code="no-article-in-page", advice=""),
    make_info(),
    make_info(outlets=(), first=None, last=None, models=()),
]


def test_every_line_obeys_the_schema_and_ends() -> None:
    validator = jsonschema.Draft202012Validator(load_list_schema())
    validator.check_schema(load_list_schema())
    for line in write_lines(ROWS):
        assert line.endswith(b"}\n")
        validator.validate(json.loads(line))


def test_the_keys_stand_in_the_order_of_the_schema() -> None:
    shapes = load_list_schema()["$defs"]
    for line in write_lines(ROWS):
        found = json.loads(line)
        shape = shapes[found["schema"].removeprefix("sayso.").removesuffix("/1")]
        assert list(found) == list(shape["properties"]) == shape["required"]


def test_a_claim_has_what_all_documents_say_of_it() -> None:
    (line,) = write_lines([make_claim(1, claim=make_line())])
    claim = json.loads(line)["claim"]
    schema = load_list_schema()["$defs"]
    assert list(claim) == list(schema["told"]["properties"]) == schema["told"]["required"]
    assert list(claim["speakers"][0]) == list(schema["speaker"]["properties"]) == schema["speaker"]["required"]
    assert list(claim["figures"][0]) == list(schema["figure"]["properties"]) == schema["figure"]["required"]
    assert (claim["number"], claim["least"], claim["most"], claim["independence"]) == (3, 1, 2, "not-established")
    assert (claim["outlets"], claim["disputed"]) == (["The Harrow Coast Courier", "Port Callan Gazette"], True)
    assert schema["told"]["properties"]["independence"]["anyOf"][0]["enum"] == [value.value for value in Independence]


def test_who_an_unnamed_source_is_goes_into_no_export() -> None:
    secret = Speaker(name="Oda Brandt", naming=Naming.NAMED, n_tellings=3)
    (line,) = write_lines([make_claim(1, claim=make_line(is_private=True, speakers=(secret,), rests_on="Oda Brandt"))])
    assert b"Oda Brandt" not in line
    claim = json.loads(line)["claim"]
    withheld = {name for name, value in claim.items() if value is None}
    assert withheld == {"speakers", "speaker_count", "least", "most", "independence", "rests_on", "resting"}
    assert "private" not in claim


@pytest.mark.parametrize(
    ("field", "values"),
    [
        ("kind", Kind),
        ("naming", Naming),
        ("stance", Stance),
        ("certainty", Certainty),
        ("endorsement", Endorsement),
        ("judged", Judged),
    ],
)
def test_the_schema_has_the_values_that_there_are(field: str, values: type[Kind]) -> None:
    assert load_list_schema()["$defs"]["claim"]["properties"][field]["enum"] == [value.value for value in values]


def test_ids_and_texts_are_whole() -> None:
    row = make_claim(1, content="word " * 5000)
    (line,) = write_lines([row])
    found = json.loads(line)
    assert (found["id"], found["content"]) == (row.id, row.content)
    assert found["low_confidence"] is False


@given(st.text(st.characters(exclude_categories=())))
def test_whatever_the_text_a_line_is_a_line(text: str) -> None:
    (line,) = write_lines([make_claim(1, content=text, title=text, via=(text,))])
    assert len(line.decode("utf-8").splitlines()) == 1
    assert json.loads(line)["content"] == text
