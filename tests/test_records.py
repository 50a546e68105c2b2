"""The nouns are values: frozen, compared by what they hold, told apart by name."""

from __future__ import annotations

import inspect
from dataclasses import FrozenInstanceError, fields, is_dataclass
from enum import StrEnum

import pytest

from sayso import records
from sayso.records import Document, Reading, Run, Source, Span, Stance
from tests.readings import demo_reading, small_reading

NOUNS = [made for _, made in inspect.getmembers(records, is_dataclass)]
LABELS = [
    made
    for _, made in inspect.getmembers(records, inspect.isclass)
    if issubclass(made, StrEnum) and made is not StrEnum
]


@pytest.mark.parametrize("noun", NOUNS, ids=lambda noun: noun.__name__)
def test_every_field_is_told_in_the_docstring(noun: type) -> None:
    assert all(f"    {field.name}: " in (noun.__doc__ or "") for field in fields(noun))


@pytest.mark.parametrize("noun", NOUNS, ids=lambda noun: noun.__name__)
def test_a_record_is_frozen_and_takes_names_only(noun: type) -> None:
    assert noun.__dataclass_params__.frozen  # type: ignore[attr-defined]
    assert all(field.kw_only for field in fields(noun))
    assert "__slots__" in vars(noun)


def test_what_a_record_holds_makes_it_equal() -> None:
    assert Span(start=0, end=1, exact="a") == Span(start=0, end=1, exact="a")
    assert small_reading() == small_reading()
    assert hash(demo_reading()) == hash(demo_reading())


def test_a_record_cannot_be_changed() -> None:
    span = Span(start=0, end=1, exact="a")
    with pytest.raises(FrozenInstanceError):
        span.start = 5  # type: ignore[misc]


@pytest.mark.parametrize("label", LABELS, ids=lambda label: label.__name__)
def test_a_label_is_its_word(label: type[StrEnum]) -> None:
    assert [label(value.value) for value in label] == list(label)
    assert len({value.casefold() for value in label}) == len(label)


def test_what_nobody_stated_is_none_or_empty() -> None:
    doc = Document(id="doc-1", name="a.txt", text="The gate is shut.")
    assert (doc.title, doc.outlet, doc.byline, doc.dateline, doc.published, doc.modified) == (None,) * 6
    assert (doc.credits, doc.not_prose, doc.problems) == ((), (), ())
    assert (doc.urls.asked, doc.urls.final, doc.urls.canonical) == (None, None, None)


def test_a_reading_of_nothing_is_a_reading() -> None:
    doc = Document(id="doc-1", name="a.txt", text="x")
    run = Run(engine="sayso 0", model="none", model_sha256="0" * 64)
    nothing = dict.fromkeys(("sources", "attributions", "relations", "origins", "unsourced", "problems"), ())
    reading = Reading(document=doc, headline=None, run=run, **nothing)
    assert reading.run.settings == ()
    assert Stance.ASSERTS.value == "asserts"
    assert Source(id="src-1", name="x", kind=records.Kind.UNKNOWN, naming=records.Naming.VAGUE).unresolved is None
