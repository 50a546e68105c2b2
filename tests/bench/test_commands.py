"""``python -m sayso.bench`` over a corpus in miniature and a saved reading."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from click.testing import CliRunner, Result

from sayso.bench import commands
from sayso.bench.commands import FLOORS
from sayso.bench.corpora import SHARED_VARIABLE
from sayso.bench.cost import Cost
from sayso.bench.rival import RivalRun, skip_rival
from sayso.errors import ModelError
from tests.bench.miniature import NAME, make_reading

if TYPE_CHECKING:
    from pathlib import Path

COST = Cost(
    machine="a made-up machine",
    articles_per_second=12.5,
    first_output_s=1.5,
    first_output_runs_s=(1.4, 1.5, 1.6),
    peak_memory_mb=900.0,
    memory_articles=1000,
    memory_articles_per_second=11.0,
)


def run(*arguments: object) -> Result:
    return CliRunner().invoke(commands.bench, [str(argument) for argument in arguments])


@pytest.fixture
def faked(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing heavy: a reader that answers from memory, costs and a rival that are made up."""
    readings: dict[str, dict[str, Any]] = {NAME: make_reading(), "first": make_reading(attributions=[], origins=[])}
    monkeypatch.setattr(commands, "open_reader", lambda model: model)
    monkeypatch.setattr(
        commands, "read_articles", lambda _, articles: ({a.name: readings[a.name] for a in articles}, {})
    )
    monkeypatch.setattr(commands, "measure_cost", lambda _: COST)
    rival = RivalRun(
        readings={NAME: make_reading(attributions=[])}, refused={NAME: "odd"}, articles_per_second=5.0, versions={}
    )
    monkeypatch.setattr(commands, "run_rival", lambda _: rival)


@pytest.mark.usefixtures("mini_shared", "faked")
def test_the_full_run_prints_every_table_and_writes_its_figures(tmp_path: Path) -> None:
    done = run("--json", tmp_path / "out.json", "--fp32", tmp_path)
    assert done.exit_code == 0, done.output
    for words in (
        "PolNeAR dev",
        "gold/dev",
        "via.carried",
        "head:roles",
        "expected calibration error",
        "a made-up machine",
    ):
        assert words in done.output
    assert "UNDER" in done.output
    written = json.loads((tmp_path / "out.json").read_text("utf-8"))
    assert written["figures"]["gold-dev"]["ledger"]["value"] == 100.0
    assert written["figures"]["gold-dev"]["ledger"]["n"] == 5
    assert written["cost"]["articles_per_second"] == 12.5
    assert written["rival"]["figures"]["linked"]["value"] == 0.0
    assert written["fp32"]["gold-dev"]["ledger"]["value"] == 100.0
    assert len(list((tmp_path / "runs").glob("bench-*.json"))) == 1
    assert len(list((tmp_path / "runs").glob("readings-*/*.json"))) == 1


@pytest.mark.usefixtures("mini_shared", "faked")
def test_a_rival_that_is_not_there_is_said_to_be_skipped(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(commands, "run_rival", lambda _: skip_rival("textacy is not installed"))
    done = run()
    assert "SKIPPED: textacy" in done.output
    assert done.exit_code == 0


@pytest.mark.usefixtures("mini_shared")
def test_saved_readings_are_scored_without_a_reader(saved: Path) -> None:
    done = run("--pred", saved, "--quality-only")
    assert done.exit_code == 0, done.output
    assert "side by side" not in done.output


# What is measured on invented articles needs no corpora.
INVENTED = {"adding", "case", "encrypted", "full-disk", "kills", "origins", "parties", "writers"}
MEASURES = [(name,) for name in commands.bench.commands if name not in {"gate", "errors", "look", *INVENTED}]


@pytest.mark.parametrize("arguments", [(), ("gate",), ("gate", "--update"), ("errors",), ("look", "seed"), *MEASURES])
def test_without_the_corpora_every_command_says_skipped(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, arguments: tuple[str, ...]
) -> None:
    monkeypatch.setenv(SHARED_VARIABLE, str(tmp_path))
    monkeypatch.chdir(tmp_path)
    done = run(*arguments)
    assert done.exit_code == 0
    assert "SKIPPED" in done.output
    assert list(tmp_path.iterdir()) == []


@pytest.mark.usefixtures("mini_shared")
def test_the_gate_is_closed_until_floors_are_pinned(saved: Path, tmp_path: Path) -> None:
    floors = tmp_path / "floors.json"
    assert run("gate", "--pred", saved, "--floors", floors).exit_code == 3
    assert run("gate", "--pred", saved, "--floors", floors, "--update").exit_code == 0
    done = run("gate", "--pred", saved, "--floors", floors)
    assert done.exit_code == 0
    assert "gate: open" in done.output


@pytest.mark.usefixtures("mini_shared")
def test_the_gate_fails_on_a_worse_reading_and_update_does_not_help(saved: Path, tmp_path: Path) -> None:
    floors = tmp_path / "floors.json"
    run("gate", "--pred", saved, "--floors", floors, "--update")
    pinned = floors.read_text("utf-8")
    (saved / f"{NAME}.json").write_text(json.dumps(make_reading(attributions=[])), "utf-8")
    assert run("gate", "--pred", saved, "--floors", floors).exit_code == 3
    refused = run("gate", "--pred", saved, "--floors", floors, "--update")
    assert refused.exit_code == 3
    assert "REFUSED" in refused.output
    assert floors.read_text("utf-8") == pinned
    assert run("gate", "--pred", saved, "--floors", floors, "--update", "--lower").exit_code == 0
    assert run("gate", "--pred", saved, "--floors", floors).exit_code == 0


def test_the_gate_fails_on_a_changed_corpus_until_it_is_pinned_again(
    mini_shared: Path, saved: Path, tmp_path: Path
) -> None:
    floors = tmp_path / "floors.json"
    run("gate", "--pred", saved, "--floors", floors, "--update")
    path = mini_shared / "gold" / "dev" / f"{NAME}.json"
    path.write_text(path.read_text("utf-8").replace('"unsourced": 0', '"unsourced": 1'), "utf-8")
    assert run("gate", "--pred", saved, "--floors", floors).exit_code == 3
    assert run("gate", "--pred", saved, "--floors", floors, "--update").exit_code == 0
    assert run("gate", "--pred", saved, "--floors", floors).exit_code == 0


@pytest.mark.usefixtures("mini_shared")
def test_lowering_without_updating_is_a_usage_error() -> None:
    assert run("gate", "--lower").exit_code == 2


@pytest.mark.usefixtures("mini_shared")
def test_damaged_floors_are_an_error(saved: Path, tmp_path: Path) -> None:
    floors = tmp_path / "floors.json"
    floors.write_text("{}", "utf-8")
    assert run("gate", "--pred", saved, "--floors", floors).exit_code == 1


@pytest.mark.usefixtures("mini_shared")
def test_a_model_that_cannot_be_loaded_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(_model: Path | None) -> None:
        raise ModelError(path=str(FLOORS), reason="it is missing")

    monkeypatch.setattr(commands, "open_reader", fail)
    done = run("gate")
    assert done.exit_code == 1
    assert FLOORS.name in done.output


@pytest.mark.usefixtures("mini_shared")
def test_errors_are_printed_with_their_sentences(saved: Path) -> None:
    (saved / f"{NAME}.json").write_text(json.dumps(make_reading(attributions=[])), "utf-8")
    done = run("errors", "--pred", saved, "--flaw", "miss", "--cue", "denied")
    assert "Q«denied»" in done.output
    assert "Q«told»" not in done.output
    assert "MISS   1" in done.output
    assert "MISS   1" in run("errors", "--pred", saved, "--polnear").output
    assert "Q«" not in run("errors", "--pred", saved, "--summary").output.split("\n", 1)[1]
    assert "MISS   0" in run("errors", "--pred", saved, "--article", "no such name").output


@pytest.mark.usefixtures("mini_shared", "faked")
def test_looking_prints_readings() -> None:
    done = run("look", "gold-dev", "--text", "-n", "3")
    assert done.exit_code == 0, done.output
    assert "Lowmere Post" in done.output
    assert "within 2" in done.output
    assert "disputes" in done.output
    assert "(nothing)" in run("look", "seed").output


@pytest.mark.usefixtures("mini_shared")
def test_refused_articles_are_shown_as_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(commands, "open_reader", lambda model: model)
    monkeypatch.setattr(commands, "read_articles", lambda *_: ({}, {"first": "no language"}))
    assert "refused: no language" in run("look", "seed").output
