"""Transcripts and signed quotations: what a page sets out without a verb."""

from __future__ import annotations

import time

import numpy as np
import pytest
from hypothesis import given, settings

from sayso.extract.layouts import Laid, find_laid, lay_over
from sayso.extract.rows import RawRow
from tests.hostile import texts

TRANSCRIPT = """The wall will hold, says the mayor

Port Callan's mayor spoke on Northwire's “Harbour Hour” on Sunday. A part of the talk follows.

STROUD: Let us begin with the sea wall. Will it hold?

BRENN: It will hold. We have had it looked at by people who know walls.

We have also had it looked at by people who do not.

(LAUGHTER)

STROUD (voice-over): The pilots say something else.

BRENN: The pilots say so every spring.

The harbour opens again in May.
"""
SIGNED = """What the quay thinks of the wall

“It was never high enough, and everybody who ever stood on it knew that.” ― Ada Roe

“Nobody asked the pilots. Nobody ever does, and then the water comes.” — Jonas Oud, harbour master
“My boat is older than that wall.”
– Mira van der Tann

The council answers on Monday.
"""


def said(text: str, laid: Laid) -> tuple[str, list[str]]:
    return text[slice(*laid.source)], [text[slice(*place)] for place in laid.content]


def test_every_turn_of_a_transcript_is_its_speakers() -> None:
    found = [said(TRANSCRIPT, laid) for laid in find_laid(TRANSCRIPT)]
    assert [who for who, _ in found] == ["STROUD", "BRENN", "STROUD", "BRENN"]
    assert found[0][1] == ["Let us begin with the sea wall. Will it hold?"]
    assert found[2][1] == ["The pilots say something else."]


def test_a_turn_runs_over_paragraphs_and_leaves_out_what_happens_in_between() -> None:
    _, content = said(TRANSCRIPT, find_laid(TRANSCRIPT)[1])
    assert content == [
        "It will hold. We have had it looked at by people who know walls.",
        "We have also had it looked at by people who do not.",
    ]


def test_nobody_goes_on_after_the_last_turn() -> None:
    _, content = said(TRANSCRIPT, find_laid(TRANSCRIPT)[-1])
    assert content == ["The pilots say so every spring."]


def test_a_signature_names_who_is_quoted() -> None:
    found = [said(SIGNED, laid) for laid in find_laid(SIGNED)]
    assert [who for who, _ in found] == ["Ada Roe", "Jonas Oud", "Mira van der Tann"]
    assert found[2][1] == ["“My boat is older than that wall.”"]


@pytest.mark.parametrize(
    "text",
    [
        "Roe: 547.\n\nOud: 46.\n\nRoe: 2,316.\n\nOud: 1,547.",
        "Photo: The quay in spring.\n\nNote: The wall was built later.\n\nPhoto: The same quay.",
        "Roe: She wants a wall.\n\nOud: He wants none.\n\nTann: She has not said.",
        "“We will win” – Roe said so on Monday, and again on Tuesday",
        "The wall held – Ada Roe",
    ],
    ids=["counts", "labels of a page", "one remark each", "a sentence that goes on", "no quotation"],
)
def test_what_only_looks_like_speech_is_none(text: str) -> None:
    assert find_laid(text) == []


def test_narration_that_names_the_speaker_ends_the_turn() -> None:
    text = "ROE: It holds.\n\nRoe then showed a picture.\n\nOUD: It does not.\n\nROE: It does."
    assert [len(laid.content) for laid in find_laid(text)] == [1, 1, 1]


@given(texts())
@settings(max_examples=150, deadline=None)
def test_places_lie_in_the_text_in_order(text: str) -> None:
    for laid in find_laid(text + "\n\nROE: So.\n\nOUD: No.\n\nROE: Yes."):
        assert laid.source[0] < laid.source[1] <= len(text) + 32
        assert all(a[1] <= b[0] for a, b in zip(laid.content, laid.content[1:], strict=False))


def test_many_quotations_without_a_signature_are_read_in_linear_time() -> None:
    text = "\n".join(["“" + "the wall and the water " * 40] * 400)
    began = time.process_time()
    find_laid(text)
    assert time.process_time() - began < 5


def row(anchor: int, content: tuple[int, int], **parts: tuple[tuple[int, int], ...]) -> RawRow:
    return RawRow(anchor, 0.8, 0.8, parts.get("source", ()), ((anchor, anchor + 1),), (content,), (), 0.0)


LAID = RawRow(11, 0.9, 0.95, ((10, 11),), ((11, 12),), ((12, 30),), (), 0.0, "speaker-turn")


def test_a_row_that_says_the_same_gives_way() -> None:
    assert lay_over([row(11, (12, 30)), row(15, (13, 30))], [LAID]) == [LAID]


def test_a_row_within_a_turn_stays_within_it() -> None:
    kept = lay_over([row(20, (22, 40), source=((5, 9), (18, 19)))], [LAID])
    assert [(r.anchor, r.source, r.content) for r in kept if r.rule == ""] == [(20, ((18, 19),), ((22, 30),))]


def test_a_row_from_outside_keeps_out_of_what_is_laid_out() -> None:
    before = lay_over([row(3, (5, 30))], [LAID])
    assert [r.content for r in before if r.rule == ""] == [((5, 10),)]
    assert lay_over([row(3, (12, 20))], [LAID]) == [LAID]


def test_without_a_layout_the_rows_are_as_they_were() -> None:
    rows = [row(3, (5, 30))]
    assert lay_over(rows, []) == rows
    assert np.isclose(rows[0].score, 0.8)
