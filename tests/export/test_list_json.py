"""The lists of a case as JSON."""

from __future__ import annotations

import json
from dataclasses import replace

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.export.list_json import Row, load_list_schema, write_lines
from sayso.records import Certainty, Endorsement, Hit, Judged, Kind, Naming, Piece, Stance
from tests.cli.invented_case import make_article, make_claim, make_claims, make_info, make_refused, make_source

PIECES = (Piece(text="the ", is_hit=False), Piece(text="depot", is_hit=True))
ROWS: list[Row] = [
    *make_claims(),
    replace(make_claim(1), hits=PIECES, title=None, outlet=None, published=None, url=None),
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
