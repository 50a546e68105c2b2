"""The measure of ranges of origins, on an invented event of two articles."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner

from sayso.bench import range_labels
from sayso.bench.corpora import SHARED_VARIABLE
from sayso.bench.range_labels import (
    LabelledClaim,
    Place,
    Range,
    agree,
    compute_kappa,
    load_claims,
    measure_agreement,
)
from sayso.bench.ranges import Scored, load_days, ranges_command, tally

if TYPE_CHECKING:
    from pathlib import Path

TEXTS = {
    "1_L": "Ferry sinks\n\nHarbourmaster Ana Terric said the ferry Amsel sank off Orlby with 40 people aboard.\n",
    "1_R": "Forty aboard\n\nThe ferry Amsel sank off Orlby with 40 people aboard, harbourmaster Ana Terric said.\n",
    "2_L": "New budget\n\nMinister Mira Tannic said parliament in Norvane passed a budget of 30 million crowns.\n",
    "2_R": "Norvane budget\n\nParliament in Norvane passed a budget of 30 million crowns. The sea was calm.\n",
}


def between(least: int, most: int) -> Range:
    return Range(least=least, most=most)


def label(number: int, *places: Place, event: str = "1") -> LabelledClaim:
    pair = (between(1, 1), between(1, 2))
    return LabelledClaim(event=event, number=number, places=places, persons=pair, organisations=pair)


def test_ranges_that_overlap_or_touch_are_agreed_on_together() -> None:
    assert agree((between(1, 1), between(1, 3))) == between(1, 3)
    assert agree((between(1, 1), between(2, 2))) == between(1, 2)
    assert agree((between(2, 3), between(0, 0))) is None


def test_a_range_contains_what_it_allows() -> None:
    assert between(1, 3).contains(between(1, 2))
    assert not between(1, 3).contains(between(0, 2))
    assert str(between(1, 3)) == "1-3"


def test_agreement_of_two_readers() -> None:
    found = measure_agreement(
        [(between(1, 1), between(1, 1)), (between(1, 1), between(1, 2)), (between(0, 0), between(3, 3))]
    )
    assert (found.count, found.apart) == (3, 1)
    assert found.equal == pytest.approx(1 / 3)
    assert found.within_one == pytest.approx(2 / 3)
    assert compute_kappa([(1, 1), (2, 2)]) == 1
    assert compute_kappa([(1, 1)]) == 1


def test_the_labels_hold_no_text_and_are_of_two_readers() -> None:
    claims, looked_at = load_claims()
    assert len(claims) >= 48
    assert {claim.event for claim in claims} == {"1", "3", "4", "5", "6", "7", "8", "9"}
    assert looked_at == {"1", "3", "4", "9"}
    assert all(claim.places and len(claim.persons) == len(claim.organisations) == 2 for claim in claims)
    assert all(len(place.article) <= 4 for claim in claims for place in claim.places)


def test_what_is_not_found_holds_nothing_and_is_not_counted_as_wide() -> None:
    claim = label(1, Place(article="1_L", start=0, end=9), Place(article="1_R", start=0, end=9))
    scored = [Scored(claim=claim, label=between(1, 1), printed=None, n_held=0, found=None)] * 2
    found = tally(scored, [None, between(0, 3)])
    assert (found.n, found.n_missing, found.held, found.wider, found.off) == (2, 1, 50.0, 3.0, 3.0)
    assert scored[0].by_outlets == between(1, 2)
    assert scored[0].from_nothing == between(0, 2)
    assert not scored[0].is_held
    assert not scored[0].is_wide
    assert tally([], []).n == 0


@pytest.fixture
def shared(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "score").mkdir()
    (tmp_path / "score/score_reading.py").write_text("")
    for name, text in TEXTS.items():
        folder = tmp_path / "data/newswcl50" / f"event_{name[0]}"
        folder.mkdir(parents=True, exist_ok=True)
        (folder / f"{name}.txt").write_text(text, "utf-8")
    rows = ["Event ID\tOutlet\tURL", "1\tL\thttps://l.example/2024/05/07/ferry", "1\tR\thttps://r.example/ferry"]
    (tmp_path / "data/newswcl50/urls.tsv").write_text("\n".join(rows), "utf-8")
    monkeypatch.setenv(SHARED_VARIABLE, str(tmp_path))
    return tmp_path


def place(article: str, words: str) -> list[object]:
    start = TEXTS[article].index(words)
    return [article, start, start + len(words)]


@pytest.fixture
def labels(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    ferry, budget = "the ferry Amsel sank off Orlby with 40 people aboard", "passed a budget of 30 million crowns"
    claims = [
        {
            "event": "1",
            "claim": 1,
            "places": [place("1_L", ferry), place("1_R", ferry[4:])],
            "persons": [[1, 1], [1, 1]],
        },
        {"event": "1", "claim": 2, "places": [place("1_R", "Forty aboard")], "persons": [[5, 6], [5, 5]]},
        {"event": "2", "claim": 1, "places": [place("2_L", budget), place("2_R", budget)], "persons": [[1, 2], [1, 1]]},
        {"event": "2", "claim": 2, "places": [place("2_R", "The sea was calm.")], "persons": [[0, 0], [4, 4]]},
    ]
    kept = {"looked_at_events": ["1"], "claims": [row | {"organisations": row["persons"]} for row in claims]}
    (tmp_path / "labels.json").write_text(json.dumps(kept), "utf-8")
    monkeypatch.setattr(range_labels, "files", lambda _: tmp_path)
    monkeypatch.setattr(range_labels, "LABELS", "labels.json")


def test_the_day_is_that_of_the_address(shared: Path) -> None:
    assert load_days(shared) == {"1_L": "2024-05-07"}


@pytest.mark.usefixtures("shared", "labels")
def test_the_table_is_printed(monkeypatch: pytest.MonkeyPatch) -> None:
    printed = CliRunner().invoke(ranges_command, ["--misses", "--wide"], catch_exceptions=False).output
    assert "PERSONS\ntwo readers, 4 claims: same range 25.0 %" in printed
    assert "no agreed label 1" in printed
    assert "events only measured" in printed
    assert "event 1, claim 2: labelled 5-6" in printed
    assert "event 2, claim" not in printed
    assert "ORGANISATIONS" in printed
    monkeypatch.setenv(SHARED_VARIABLE, "nowhere")
    assert "SKIPPED" in CliRunner().invoke(ranges_command).output


@pytest.mark.slow
def test_the_ranges_of_the_events_are_measured(real_shared: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(SHARED_VARIABLE, str(real_shared))
    printed = CliRunner().invoke(ranges_command, ["--misses"], catch_exceptions=False).output
    assert "1 to number of outlets" in printed
    assert "least too high" in printed
