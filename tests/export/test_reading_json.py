"""The JSON of a reading."""

from __future__ import annotations

import json
from dataclasses import fields, replace
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sayso.errors import Problem
from sayso.export.reading_json import SCHEMA_VERSION, load_schema, to_object, write_line
from sayso.records import (
    LOW_CONFIDENCE,
    Assertion,
    Attribution,
    Credit,
    Document,
    GeoName,
    Kind,
    Moment,
    NameNote,
    Place,
    Quantity,
    Reading,
    Relation,
    Run,
    Source,
    Stance,
    Time,
)
from tests.readings import claimed_reading, demo_reading, small_reading

DOCS = Path(__file__).parents[2] / "docs" / "reading-json.md"


def written(line: bytes) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(line)
    return found


@pytest.mark.parametrize(
    "reading", [demo_reading(), small_reading(), claimed_reading(), replace(small_reading(), headline=None)]
)
def test_output_obeys_the_shipped_schema(reading: Reading) -> None:
    jsonschema.Draft202012Validator.check_schema(load_schema())
    jsonschema.Draft202012Validator(load_schema()).validate(written(write_line(reading)))


def test_schema_refuses_what_is_no_reading() -> None:
    broken = written(write_line(small_reading()))
    broken["attributions"][0]["stance"] = "admits"
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.Draft202012Validator(load_schema()).validate(broken)


def test_every_field_of_every_record_is_written() -> None:
    found = written(write_line(demo_reading()))
    claimed = written(write_line(claimed_reading()))
    renamed = {"from_id": "from", "to_id": "to", "is_approximate": "approximate", "is_change": "change"}
    renamed["is_ambiguous"] = "ambiguous"
    for record, shape in (
        (Document, found["document"]),
        (Source, found["sources"][0]),
        (Attribution, found["attributions"][0]),
        (Relation, found["relations"][0]),
        (Credit, found["document"]["credits"][0]),
        (Moment, found["document"]["published"]),
        (Run, found["run"]),
        (Assertion, claimed["assertions"][0]),
        (Time, claimed["times"][0]),
        (Quantity, claimed["quantities"][0]),
        (Place, claimed["places"][0]),
        (GeoName, claimed["places"][0]["candidates"][0]),
        (NameNote, claimed["name_notes"][0]),
    ):
        names = {renamed.get(one.name, one.name) for one in fields(record)} - {"problems"}
        assert names <= set(shape), record


def test_labels_in_the_schema_are_those_of_the_records() -> None:
    defs = load_schema()["$defs"]
    for record, shape in (("source", Source), ("attribution", Attribution)):
        for name, rule in defs[record]["properties"].items():
            if "enum" in rule:
                label = {"kind": Kind, "stance": Stance}.get(name)
                if label is not None:
                    assert rule["enum"] == [one.value for one in label], (shape, name)


def test_offsets_and_texts_agree() -> None:
    found = written(write_line(demo_reading()))
    text = found["document"]["text"]
    for row in found["attributions"]:
        for role in ("source", "cue", "content"):
            assert [text[start:end] for start, end in row[f"{role}_spans"]] == row[f"{role}_text"]
    start, end = found["document"]["title"]
    assert text[start:end] == found["document"]["title_text"]


def test_offsets_and_texts_of_what_is_claimed_agree() -> None:
    found = written(write_line(claimed_reading()))
    text = found["document"]["text"]
    for shape in ("assertions", "times", "quantities", "places", "name_notes"):
        for one in found[shape]:
            assert text[slice(*one["span"])] == one["text"], shape
    (claim,) = found["assertions"]
    assert [text[slice(*claim[part])] for part in ("actor", "action", "target")] == ["Some 40 ferries", "left", "Orlby"]
    assert claim["actor_text"] == "Some 40 ferries"


def test_a_row_to_check_says_so() -> None:
    reading = small_reading()
    low = replace(reading.attributions[0], confidence=LOW_CONFIDENCE - 0.01)
    found = to_object(replace(reading, attributions=(low, *reading.attributions[1:])))
    assert [row["low_confidence"] for row in found["attributions"]] == [True, False]


def test_problems_of_document_and_reading_are_each_given_once() -> None:
    reading = small_reading()
    one = Problem(code="unclosed-quotation", message="A quotation is not closed.", start=3, end=4)
    two = Problem(code="odd", message="Odd.")
    doc = replace(reading.document, problems=(one,))
    found = to_object(replace(reading, document=doc, problems=(one, two)))
    assert [problem["code"] for problem in found["problems"]] == ["unclosed-quotation", "odd"]


@settings(max_examples=60, deadline=None)
@given(st.text(st.characters(exclude_categories=()), max_size=60))
def test_any_text_is_one_line_that_gives_it_back(text: str) -> None:
    reading = replace(small_reading(), document=replace(small_reading().document, text=text))
    line = write_line(reading)
    assert len(line.decode().splitlines()) == 1
    assert written(line)["document"]["text"] == text
    assert not any(character in line.decode() for character in "\x1b\x9b\u202e\u2066")


def test_the_page_about_the_json_names_every_field_and_the_version() -> None:
    page = DOCS.read_text(encoding="utf-8")
    shapes = [load_schema(), *load_schema()["$defs"].values()]
    for shape in shapes:
        for name, rule in shape.get("properties", {}).items():
            assert f"`{name}`" in page, name
            if "description" in rule:
                assert rule["description"].replace("|", "\\|") in page, name
    assert SCHEMA_VERSION in page
