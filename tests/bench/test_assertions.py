"""Clauses judged by hand, on an invented sentence."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner

from sayso.bench.assertions import Judged, assertions_command, judge_clause, load_judged, measure_assertions
from sayso.bench.corpora import SHARED_VARIABLE
from sayso.records import Assertion, Span

if TYPE_CHECKING:
    from pathlib import Path

TEXT = "The crew moored the old ferry at noon."


def span(exact: str) -> Span:
    start = TEXT.index(exact)
    return Span(start=start, end=start + len(exact), exact=exact)


def place(exact: str) -> tuple[int, int]:
    found = span(exact)
    return found.start, found.end


def found(actor: str | None = "crew", target: str | None = "the old ferry") -> Assertion:
    return Assertion(
        id="a",
        attribution=None,
        span=span(TEXT),
        actor=span(actor) if actor else None,
        action=span("moored"),
        target=span(target) if target else None,
    )


JUDGED = Judged(
    corpus="c",
    name="n",
    verb=place("moored"),
    actor=(place("The crew"),),
    action=(place("moored"),),
    target=(place("the old ferry"), place("the old ferry at noon")),
    polarity=("positive",),
)


def test_an_article_before_a_noun_makes_no_difference() -> None:
    assert all(judge_clause(JUDGED, TEXT, [found()]).values())


@pytest.mark.parametrize("target", ["the old", None])
def test_another_target_is_wrong(target: str | None) -> None:
    assert judge_clause(JUDGED, TEXT, [found(target=target)]) == {
        "actor": True,
        "action": True,
        "target": False,
        "polarity": True,
    }


def test_a_clause_that_is_not_found_is_all_wrong() -> None:
    assert not any(judge_clause(JUDGED, TEXT, []).values())


def test_what_makes_no_clause_is_right_where_none_is_found() -> None:
    none = Judged(corpus="c", name="n", verb=place("moored"))
    assert all(judge_clause(none, TEXT, []).values())
    assert not any(judge_clause(none, TEXT, [found()]).values())


def test_the_shares_count_each_part_and_all_together() -> None:
    shares = measure_assertions([JUDGED], {("c", "n"): TEXT}, {("c", "n"): [found(actor=None)]})
    assert [(share.of, share.right, share.n) for share in shares] == [
        ("actor right", 0, 1),
        ("action right", 1, 1),
        ("target right", 1, 1),
        ("polarity right", 1, 1),
        ("all right", 0, 1),
    ]


def test_the_judgements_hold_places_and_labels_only() -> None:
    judged = load_judged()
    assert len(judged) >= 100
    assert all(0 <= one.verb[0] < one.verb[1] for one in judged)


def test_a_file_of_judgements_is_read(tmp_path: Path) -> None:
    path = tmp_path / "judged.json"
    path.write_text(json.dumps([{"corpus": "c", "name": "n", "verb": [1, 2], "actor": [None, [3, 4]]}]), "utf-8")
    assert load_judged(path) == [Judged(corpus="c", name="n", verb=(1, 2), actor=(None, (3, 4)))]


def test_without_the_corpora_the_command_says_so(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv(SHARED_VARIABLE, str(tmp_path))
    result = CliRunner().invoke(assertions_command)
    assert result.exit_code == 0
    assert "SKIPPED" in result.output
