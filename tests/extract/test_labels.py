"""Stances that hang on a word, and on the word before it."""

from __future__ import annotations

import numpy as np
import pytest

from sayso.extract.labels import choose_label, cue_context
from sayso.records import Certainty, Stance

STANCES = [stance.value for stance in Stance]
FLAT = np.zeros(len(STANCES), np.float32)


def stance_of(text: str, cue: str, content: str = "") -> str:
    at = text.index(cue)
    words = cue_context(text, [(at, at + len(cue))])
    return choose_label("stance", FLAT, STANCES, cue=words, content=content).label


@pytest.mark.parametrize(
    ("text", "cue", "stance"),
    [
        ("The ministry would not confirm the figure.", "confirm", "declines"),
        ("The ministry confirmed the figure.", "confirmed", "confirms"),
        ("Roe denied it.", "denied", "denies"),
        ("The army has yet to verify the claim.", "verify", "doubts"),
        ("Oud hasn’t said whether he will go.", "said whether", "declines"),
        ("Police wouldn't comment.", "comment", "declines"),
    ],
)
def test_a_negation_in_front_of_a_cue_turns_it(text: str, cue: str, stance: str) -> None:
    assert stance_of(text, cue) == stance


@pytest.mark.parametrize(
    "text", ["Oud did not deny that he was there.", "He never denied it.", "She hasn’t denied it."]
)
def test_not_denying_is_no_denial(text: str) -> None:
    cue = "deny" if "deny" in text else "denied"
    assert stance_of(text, cue) != "denies"


def test_pleading_not_guilty_is_a_denial() -> None:
    assert stance_of("Oud pleaded not guilty.", "pleaded", "not guilty") == "denies"


def test_what_is_denied_flatly_is_denied_for_certain() -> None:
    names = [value.value for value in Certainty]
    scores = np.zeros(len(names), np.float32)
    scores[names.index("possible")] = 2.0
    chosen = choose_label("certainty", scores, names, cue="denied", content="that he took it", stance="denies")
    assert (chosen.label, chosen.rule) == ("certain", "denied-flatly")
