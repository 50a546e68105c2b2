"""An id says what a record is, and nothing of when, where or how surely it was made."""

from __future__ import annotations

import re
import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.ids import attribution_id, document_id, make_id, source_id

PARTS = st.lists(st.one_of(st.none(), st.integers(), st.text(st.characters(exclude_characters="\x1f"))), max_size=4)


@given(PARTS)
def test_same_parts_make_the_same_id(parts: list[object]) -> None:
    assert make_id("doc", parts) == make_id("doc", list(parts))
    assert re.fullmatch(r"doc-[0-9a-f]{16}", make_id("doc", parts))


def test_nothing_stated_is_like_an_empty_part() -> None:
    assert make_id("doc", ["a", None]) == make_id("doc", ["a", ""])


@pytest.mark.parametrize("other", [["ab", "c"], ["a", "b", "c"], ["bc", "a"], ["a"], []])
def test_other_parts_make_another_id(other: list[str]) -> None:
    assert make_id("doc", ["a", "bc"]) != make_id("doc", other)


def test_lone_surrogates_have_an_id() -> None:
    assert make_id("doc", ["\ud800"]) != make_id("doc", ["\udfff"])


def test_document_is_its_text_its_outlet_and_its_time() -> None:
    given_ = {"text": "The gate is shut.", "outlet": "The Courier", "published": "2024-03-14"}
    whole = document_id(**given_)
    assert whole == document_id(**given_)
    for field in given_:
        assert document_id(**given_ | {field: "other"}) != whole


def test_source_is_its_document_first_mention_and_name() -> None:
    whole = source_id(document="doc-1", first_start=4, name="Brenn")
    assert whole.startswith("src-")
    assert len({whole, *(source_id(document=d, first_start=f, name=n) for d, f, n in
                         [("doc-2", 4, "Brenn"), ("doc-1", 5, "Brenn"), ("doc-1", 4, "Oud")])}) == 4  # fmt: skip


def test_attribution_is_its_document_cue_and_content() -> None:
    whole = attribution_id(document="doc-1", cue=[(4, 8)], content=[(10, 20), (30, 40)])
    assert whole == attribution_id(document="doc-1", cue=iter([(4, 8)]), content=iter([(10, 20), (30, 40)]))
    others = [
        attribution_id(document="doc-2", cue=[(4, 8)], content=[(10, 20), (30, 40)]),
        attribution_id(document="doc-1", cue=[(4, 9)], content=[(10, 20), (30, 40)]),
        attribution_id(document="doc-1", cue=[(4, 8)], content=[(10, 40)]),
        attribution_id(document="doc-1", cue=[(4, 8), (10, 20)], content=[(30, 40)]),
    ]
    assert len({whole, *others}) == 5


def test_another_process_makes_the_same_id() -> None:
    code = "from sayso.ids import document_id; print(document_id(text='a', outlet=None, published=None))"
    ids = {
        subprocess.run(
            [sys.executable, "-c", code], env={"PYTHONHASHSEED": seed}, capture_output=True, text=True, check=True
        ).stdout.strip()
        for seed in ("1", "2")
    }
    assert ids == {document_id(text="a", outlet=None, published=None)}
