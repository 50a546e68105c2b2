"""The commands that show what articles have in common, on the invented case as a user has it."""

from __future__ import annotations

import json
from importlib import resources
from typing import TYPE_CHECKING, Any

import pytest
from click.testing import CliRunner

from sayso.cli import main
from sayso.ledger.case import Ledger

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from click.testing import Result

    Sayso = Callable[..., Result]


@pytest.fixture(scope="module")
def case(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The invented case in a file, read by the model and joined."""
    path = tmp_path_factory.mktemp("demo") / "demo.sayso"
    folder = resources.files("sayso.cli").joinpath("demo_case")
    with resources.as_file(folder) as pages, Ledger.create(str(path)) as ledger:
        assert not any(added.is_bad for added in ledger.add([str(pages)]))
        assert sum(ledger.join()) > 0
    return path


@pytest.fixture
def sayso(case: Path, monkeypatch: pytest.MonkeyPatch) -> Sayso:
    """Call the command line on that case."""
    monkeypatch.setenv("SAYSO_CASE", str(case))
    monkeypatch.setenv("COLUMNS", "100")
    return lambda *args: CliRunner().invoke(main, list(args), prog_name="sayso")


def read(result: Result) -> list[dict[str, Any]]:
    """Return the objects that a command printed."""
    assert (result.exit_code, result.stderr) == (0, "")
    return [json.loads(line) for line in result.stdout.splitlines()]


def find_number(sayso: Sayso, words: str) -> str:
    """Return the number of the claim that most outlets tell of those in which these words stand."""
    row = read(sayso("claims", "--text", words, "--json", "--limit", "1"))[0]
    return f"C{row['claim']['number']}"


def test_each_claim_is_listed_once_with_its_range_outlets_and_figures(sayso: Sayso) -> None:
    rows = read(sayso("claims", "--json"))
    numbers = [row["claim"]["number"] for row in rows if row["claim"]]
    assert len(numbers) == len(set(numbers))
    first = rows[0]["claim"]
    assert len(first["outlets"]) >= 5
    assert (
        0
        <= first["origins_least" if "origins_least" in first else "least"]
        <= first["origins_most" if "origins_most" in first else "most"]
    )
    every = read(sayso("claims", "--rows", "--json"))
    assert len(every) > len(rows)
    page = sayso("claims").stdout
    assert f"C{first['number']} " in page
    assert "origin" in page
    assert "figures:" in page


def test_claims_are_found_by_how_they_stand(sayso: Sayso) -> None:
    disputed = read(sayso("claims", "--disputed", "--json"))
    assert disputed
    assert all(row["claim"]["disputed" if "disputed" in row["claim"] else "is_disputed"] for row in disputed)
    number = find_number(sayso, "trained abroad")
    rows = read(sayso("claims", "--claim", number, "--rows", "--json"))
    assert len(rows) > 5
    assert {row["claim"]["number"] for row in rows} == {int(number[1:])}
    wide = read(sayso("claims", "--outlets", "4", "--json"))
    assert 0 < len(wide) < len(read(sayso("claims", "--json")))
    story = read(sayso("claims", "--story", number, "--json"))
    assert number in {f"C{row['claim']['number']}" for row in story if row["claim"]}


def test_a_trace_shows_lanes_sentences_and_what_was_dropped(sayso: Sayso) -> None:
    number = find_number(sayso, "trained abroad")
    page = sayso("trace", number).stdout
    assert "Ilva Marenko" in page
    assert "copies Northwire" in page
    assert "hedge dropped" in page
    (trace,) = read(sayso("trace", number, "--json"))
    tellings = {telling["id"]: telling for telling in trace["tellings"]}
    placed = [one for lane in trace["lanes"] for one in lane["tellings"]]
    assert len(placed) == len(set(placed))
    assert set(placed) <= set(tellings)
    assert {step["telling"] for step in trace["steps"]} <= set(tellings)
    for telling in tellings.values():
        if telling["is_in_case"]:
            assert telling["words"]["exact"] in telling["sentence"]["exact"]
    why = sayso("trace", number.lower(), "--why").stdout
    assert len(why) > len(page)
    assert "independent" in why


def test_a_trace_of_nothing_is_an_error(sayso: Sayso) -> None:
    result = sayso("trace", "C99999")
    assert result.exit_code == 1
    assert "C99999" in result.stderr


def test_stories_are_listed_and_shown(sayso: Sayso) -> None:
    stories = read(sayso("story", "--json"))
    assert len(stories) >= 1
    page = sayso("story", "Marenko").stdout
    assert "Articles" in page
    assert "Who has text in common" in page
    assert "Northwire" in page
    (whole,) = read(sayso("story", stories[0]["id"][:12], "--json"))
    assert whole["claims"]
    assert whole["copies"]
    assert "No story" in sayso("story", "zebra").stdout
    assert sayso("story", "C99999").exit_code == 1


def test_disputes_show_both_sides(sayso: Sayso) -> None:
    found = read(sayso("disputes", "--json"))
    kinds = {one["kind"] for one in found}
    assert "denial" in kinds
    assert "correction" in kinds
    page = sayso("disputes").stdout
    assert "denied" in page
    assert "still carried by" in page
    assert sayso("disputes", "C99999").exit_code == 1


def test_drift_tells_of_the_dropped_hedge(sayso: Sayso) -> None:
    found = read(sayso("drift", find_number(sayso, "trained abroad"), "--json"))
    assert "hedge-dropped" in {one["kind"] for one in found}
    assert "hedge dropped" in sayso("drift").stdout


def test_a_timeline_is_in_order(sayso: Sayso) -> None:
    events = read(sayso("timeline", find_number(sayso, "trained abroad"), "--json"))
    times = [event["at"] for event in events if event["at"]]
    assert [time[:10] for time in times] == sorted(time[:10] for time in times)
    assert events[0]["kind"] == "told"
    assert "told first" in sayso("timeline").stdout


def test_who_joins_spellings_and_never_two_unnamed_sources(sayso: Sayso) -> None:
    (party,) = read(sayso("who", "Khestin", "--json"))
    assert {spelling["name"] for spelling in party["spellings"]} >= {"Yaromir Khestin", "Jaromir Hestin"}
    officials = read(sayso("who", "security official", "--json"))
    assert len(officials) > 1
    assert all(len(official["outlets"]) <= 1 for official in officials)
    page = sayso("who", "Khestin").stdout
    assert "Why they are one" in page
    assert "Nobody whose name contains" in sayso("who", "zebra").stdout


def test_judgements_of_two_are_kept_listed_and_undone(sayso: Sayso, case: Path) -> None:
    before = read(sayso("claims", "--json"))
    one, other = (f"C{row['claim']['number']}" for row in before[:2])
    result = sayso("judge", "same", one, other, "--as", "Ana Terric", "--reason", "the same thing")
    assert (result.exit_code, result.stderr) == (0, "")
    assert "the same" in result.stdout
    (judgement,) = read(sayso("judge", "list", "--json"))
    assert "the same thing" in sayso("judge", "list").stdout
    assert sayso("judge", "same", one, "Khestin", "--as", "Ana Terric").exit_code == 1
    assert sayso("judge", "undo", judgement["id"][:12], "--as", "Ana Terric").exit_code == 0
    assert "taken back" in sayso("judge", "list").stdout
    after = read(sayso("claims", "--json"))
    assert {row["claim"]["number"] for row in after if row["claim"]} == {
        row["claim"]["number"] for row in before if row["claim"]
    }
    assert sayso("verify", "--case", str(case)).exit_code == 0
