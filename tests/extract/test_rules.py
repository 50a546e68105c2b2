"""Every rule that is data can be read, names what exists, and takes its time only from the text's length."""

from __future__ import annotations

import re
import time
import tomllib
from importlib.resources import files
from typing import TYPE_CHECKING, Any

import pytest

from sayso.extract.labels import label_rules
from sayso.extract.rulebook import load_rules
from sayso.records import Certainty, Endorsement, Stance

if TYPE_CHECKING:
    from collections.abc import Iterator

FOLDER = files("sayso.extract") / "rules" / "en"
NAMES = sorted(path.name.removesuffix(".toml") for path in FOLDER.iterdir() if path.name.endswith(".toml"))
LABELS = {"stance": Stance, "certainty": Certainty, "endorsement": Endorsement}
# Repeated, each is what some pattern would rather not meet.
RUNS = (
    "a", "A", " ", "A ", "a ", "Aa ", "-", "a--- ", "the ", "A b ", "X. ", "in the ", "not ", "n't ", "a, ", "\n",
    "of the ", "A of ", "12 ", "A.", "could not ", "A’s ", "in a ", "told The ", "A and ", "citing   ", "x, A",
    "declined to comment ",
)  # fmt: skip


def iter_patterns(value: Any, name: str) -> Iterator[tuple[str, str]]:  # noqa: ANN401  a TOML value
    """Yield every pattern of a rule file with its name."""
    if isinstance(value, dict):
        own = value.get("name", "")
        for key, inner in value.items():
            if key == "pattern":
                yield f"{name}.{own}".rstrip("."), inner
            else:
                yield from iter_patterns(inner, f"{name}.{key}")
    elif isinstance(value, list):
        for inner in value:
            yield from iter_patterns(inner, name)
    elif "\\" in str(value):
        yield name, str(value)


PATTERNS = dict(
    found
    for name in NAMES
    for found in iter_patterns(tomllib.loads((FOLDER / f"{name}.toml").read_text("utf-8")), name)
)


@pytest.mark.parametrize("name", NAMES)
def test_a_rule_file_is_read_as_it_stands(name: str) -> None:
    assert load_rules("en", name) == tomllib.loads((FOLDER / f"{name}.toml").read_text("utf-8"))


@pytest.mark.parametrize("head", LABELS)
def test_a_label_rule_speaks_for_a_label_that_exists(head: str) -> None:
    rules = label_rules(head)
    assert rules
    assert {rule.label for rule in rules} <= {label.value for label in LABELS[head]}
    assert {rule.where for rule in rules} <= {"cue", "content"}
    assert len({rule.name for rule in rules}) == len(rules)
    assert all(rule.stances <= {stance.value for stance in Stance} for rule in rules)


def test_a_head_without_rules_has_none() -> None:
    assert label_rules("kind") == ()


@pytest.mark.parametrize("name", PATTERNS)
def test_no_text_makes_a_pattern_run_away(name: str) -> None:
    pattern = re.compile(PATTERNS[name], re.IGNORECASE)
    for run in RUNS:
        text = run * (600 // len(run)) + "!"
        began = time.process_time()
        pattern.search(text)
        assert time.process_time() - began < 0.3, run
