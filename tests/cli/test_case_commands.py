"""new, add, watch, verify, purge: what they print, and with which code they end."""

from __future__ import annotations

import io
import json
import re
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner, Result
from rich.console import Console
from rich.text import Text

from sayso.cli import main
from sayso.cli._adding import wrap_line
from sayso.errors import ModelError
from sayso.ledger import case as case_room
from sayso.records import RefusalCode
from sayso.store.sqlite import open_case
from tests.cases import AT, judge
from tests.ledger.hands import HandFetcher, HandReader, make_feed, make_page

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    Sayso = Callable[..., Result]

A, B = "https://a.example/1", "https://b.example/1"
FEED = "https://a.example/feed.xml"
TEXT = "Harbour to stay closed\n\nIda Marlow said the harbour would stay closed until Monday because of the storm.\n"


@pytest.fixture
def pages(monkeypatch: pytest.MonkeyPatch) -> dict[str, str | RefusalCode]:
    """What stands at which address."""
    found: dict[str, str | RefusalCode] = {A: make_page(A), B: make_page(B, title="Bridge to open"), FEED: make_feed(A)}
    monkeypatch.setattr("sayso.ledger.pool.ReaderPool", lambda _settings: HandReader())
    monkeypatch.setattr(case_room, "Fetcher", lambda _settings, **_how: HandFetcher(found))
    return found


@pytest.fixture
def sayso(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, pages: dict[str, str | RefusalCode]) -> Sayso:
    """Call the command line in an empty folder, without model and net."""
    del pages
    monkeypatch.chdir(tmp_path)
    for name in ("SAYSO_CASE", "SAYSO_PASSPHRASE"):
        monkeypatch.delenv(name, raising=False)

    def call(*args: str, stdin: str | bytes | None = None) -> Result:
        return CliRunner().invoke(main, list(args), input=stdin, prog_name="sayso")

    return call


@pytest.fixture
def case(sayso: Sayso) -> Sayso:
    """The same, with a case in the folder."""
    assert sayso("new", "harbour").exit_code == 0
    return sayso


def test_a_case_is_made_once(sayso: Sayso, tmp_path: Path) -> None:
    made = sayso("new", "harbour")
    assert (made.exit_code, (tmp_path / "harbour.sayso").exists()) == (0, True)
    again = sayso("new", "harbour.sayso")
    assert again.exit_code == 1
    assert "harbour.sayso" in again.stderr


def test_without_a_case_it_says_how_to_make_one(sayso: Sayso) -> None:
    result = sayso("add", A)
    assert result.exit_code == 1
    assert "sayso new" in result.stderr


def test_the_case_is_named_by_option_or_environment(
    sayso: Sayso, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("one", "two"):
        sayso("new", name)
    assert sayso("info").exit_code == 1
    (tmp_path / "a.txt").write_text(TEXT)
    assert sayso("add", "--case", "one.sayso", "a.txt").exit_code == 0
    monkeypatch.setenv("SAYSO_CASE", "one")
    assert len(sayso("articles", "--json").stdout.splitlines()) == 1


def test_what_is_added_is_told_and_listed(case: Sayso, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(TEXT)
    result = case("add", "a.txt")
    assert result.exit_code == 0
    assert "Harbour to stay closed" in result.stdout
    assert "1 added." in result.stdout
    assert "Ida Marlow" in case("claims").stdout


def test_a_refusal_is_told_with_what_to_do_and_the_rest_go_on(case: Sayso, pages: dict[str, str | RefusalCode]) -> None:
    pages[A] = RefusalCode.ROBOTS
    result = case("add", A, B)
    assert result.exit_code == 1
    assert "1 added, 1 refused." in result.stdout
    assert "browser" in result.stdout
    assert "robots" in case("articles", "--refused").stdout


def test_a_new_version_says_what_changed_in_claims(case: Sayso, pages: dict[str, str | RefusalCode]) -> None:
    case("add", A)
    pages[A] = make_page(A, said="Ida Marlow said nothing of the kind.")
    result = case("add", A)
    assert "1 new version." in result.stdout
    assert re.search(r"\d dropped|\d added|\d reworded", result.stdout)


def test_json_is_an_object_a_line(case: Sayso, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(TEXT)
    lines = case("add", "--json", "a.txt", "none.txt").stdout.splitlines()
    assert {json.loads(line)["outcome"] for line in lines} == {"added", "unreadable"}


def test_quiet_tells_what_went_wrong_and_the_sum(case: Sayso, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(TEXT)
    result = case("add", "--quiet", "a.txt", "none.txt")
    assert "Harbour to stay closed" not in result.stdout
    assert "none.txt" in result.stdout
    assert "1 added, 1 not read." in result.stdout


def test_text_is_pasted_in(case: Sayso) -> None:
    result = case("add", "--paste", "--outlet", "The Harbour Post", "--published", "2024-03-14", stdin=TEXT)
    assert result.exit_code == 0
    (row,) = map(json.loads, case("articles", "--json").stdout.splitlines())
    assert (row["outlet"], row["published"]) == ("The Harbour Post", "2024-03-14")


@pytest.mark.parametrize(
    "args",
    [
        ("add",),
        ("add", "--paste", "a.txt"),
        ("add", "a.txt", "b.txt", "--outlet", "x"),
        ("add", "--published", "soon", "a.txt"),
        ("add", "--url", "javascript:alert(1)", "a.txt"),
        ("add", "--url", "not an url", "a.txt"),
        ("watch", "--every", "soon"),
        ("watch", "--every", "5s"),
    ],
)
def test_what_does_not_go_together_is_wrong_usage(case: Sayso, args: tuple[str, ...]) -> None:
    assert case(*args).exit_code == 2


def let_time_pass(path: Path) -> None:
    """Make all feeds of a case due."""
    store = open_case(path)
    with store.write() as writer:
        for feed in list(writer.iter_feeds()):
            writer.set_feed(replace(feed, checked_at="2024-01-01T00:00:00Z", not_before=None), at=feed.added_at)
    store.close()


def test_a_feed_is_followed_listed_and_forgotten(
    case: Sayso, pages: dict[str, str | RefusalCode], tmp_path: Path
) -> None:
    assert case("watch", "--list").exit_code == 0
    assert case("watch", "--once").exit_code == 1
    assert case("watch").exit_code == 1
    case("add", FEED)
    assert "Harbour news" in case("watch", "--list").stdout
    assert json.loads(case("watch", "--list", "--json").stdout)["url"] == FEED
    pages[FEED] = make_feed(A, B)
    too_early = case("watch", "--once")
    assert (too_early.exit_code, "is due before" in too_early.stderr) == (0, True)
    let_time_pass(tmp_path / "harbour.sayso")
    result = case("watch", "--once")
    assert result.exit_code == 0
    assert "Bridge to open" in result.stdout
    pages[FEED] = RefusalCode.TIMEOUT
    let_time_pass(tmp_path / "harbour.sayso")
    broken = case("watch", "--once")
    assert broken.exit_code == 1
    assert FEED in broken.stderr
    assert re.search(r"Asked again after [0-9]{1,2} [A-Z][a-z]+ [0-9]{4}, [0-9:]{5} UTC\.", broken.stderr)
    listed = case("watch", "--list").stdout
    assert "failed in a row" in listed
    assert re.search(r"read [0-9]{1,2} [A-Z][a-z]+ [0-9]{4}, [0-9:]{5} UTC", listed)
    assert case("watch", "--forget", FEED).exit_code == 0
    assert case("watch", "--forget", FEED).exit_code == 1


def test_feeds_are_polled_until_interrupted(case: Sayso, monkeypatch: pytest.MonkeyPatch) -> None:
    case("add", FEED)
    pauses: list[float] = []

    def sleep(seconds: float) -> None:
        pauses.append(seconds)
        if len(pauses) > 1:
            raise KeyboardInterrupt

    monkeypatch.setattr("time.sleep", sleep)
    result = case("watch", "--every", "2h")
    assert result.exit_code == 130
    assert all(7_000 < pause <= 7_200 for pause in pauses)


def test_a_case_verifies_and_a_changed_one_ends_with_3(case: Sayso, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(TEXT)
    case("add", "a.txt")
    good = case("verify")
    assert good.exit_code == 0
    assert re.search(r"[0-9a-f]{64}", good.stdout)
    import sqlite3  # noqa: PLC0415  only to do what nobody should

    with sqlite3.connect(tmp_path / "harbour.sayso") as connection:
        connection.execute("UPDATE texts SET text = replace(text, 'Monday', 'Friday')")
    connection.close()
    bad = case("verify")
    assert bad.exit_code == 3
    assert "doc-" in bad.stderr
    assert json.loads(case("verify", "--json").stdout)["findings"]


def test_a_hash_that_was_told_is_found_in_the_log_or_not(case: Sayso, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(TEXT)
    case("add", "a.txt")
    head = re.findall(r"[0-9a-f]{64}", case("verify").stdout)[-1]
    (tmp_path / "b.txt").write_text(TEXT + "More of it.")
    case("add", "b.txt")
    told = case("verify", "--head", head)
    assert told.exit_code == 0
    assert "of the log" in told.stderr
    assert case("verify", "--head", "0" * 64).exit_code == 3


def test_standard_input_is_added_and_a_list_on_it_is_fetched(case: Sayso) -> None:
    assert "1 added." in case("add", "-", stdin=TEXT).stdout
    assert "2 added." in case("add", "-", stdin=f"{A}\n{B}\n").stdout


def test_a_list_with_slips_is_a_list(case: Sayso, tmp_path: Path) -> None:
    (tmp_path / "links.txt").write_text(f"# links\n{A}\n{B}\nnot a url\n")
    result = case("add", "links.txt")
    assert result.exit_code == 1
    assert "2 added, 1 not read." in result.stdout


def test_what_is_said_of_a_known_thing_is_said_to_change_nothing(case: Sayso, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(TEXT)
    case("add", "a.txt")
    assert "changes nothing" in case("add", "a.txt", "--outlet", "The Harbour Post").stdout


def test_a_name_that_is_no_text_does_no_harm(case: Sayso) -> None:
    assert case("new", "x\udcff").exit_code in {0, 1}


def test_a_document_is_purged_after_asking(case: Sayso, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(TEXT)
    case("add", "a.txt")
    doc = json.loads(case("articles", "--json").stdout)["id"]
    assert case("purge", doc[:10], stdin="n\n").exit_code == 130
    assert case("purge", "doc-0000").exit_code == 1
    result = case("purge", doc[:10], "--yes")
    assert result.exit_code == 0
    assert doc in result.stdout
    assert case("articles", "--json").stdout == ""
    assert case("verify").exit_code == 0
    with open_case(tmp_path / "harbour.sayso").view() as view:
        assert view.get_info().n_purged == 1


@pytest.mark.parametrize("command", ["new", "add", "watch", "verify", "purge", "stamp", "review", "reread"])
def test_help_says_what_to_type(sayso: Sayso, command: str) -> None:
    shown = sayso(command, "--help").stdout
    assert f"sayso {command}" in shown
    assert max(map(len, shown.splitlines())) <= 110


@pytest.mark.parametrize("width", [30, 60, 80])
def test_long_lines_are_wrapped_on_a_terminal_and_nothing_is_cut(width: int) -> None:
    words = "+ Foreign saboteurs blew up Callan fuel depot, governor confirms  31 claims  doc-452a8a69  a/" + "x" * 90
    terminal = Console(file=io.StringIO(), width=width, force_terminal=True, _environ={})
    lines = [line.plain for line in wrap_line(Text(words), terminal)]
    assert all(len(line) <= width for line in lines)
    assert lines[0].startswith("+ ")
    assert all(line.startswith("  ") and line[2] != " " for line in lines[1:])
    assert "".join("".join(lines).split()) == "".join(words.split())
    pipe = Console(file=io.StringIO(), width=width, _environ={})
    assert [line.plain for line in wrap_line(Text(words), pipe)] == [words]


def test_one_of_a_thing_is_said_to_be_one(case: Sayso, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(TEXT)
    case("add", "a.txt")
    checked = case("verify").stdout
    assert "1 capture, 1 document, 1 reading with" in checked


def test_where_no_case_can_be_made_none_is_said_to_be_kept(sayso: Sayso) -> None:
    result = sayso("new", "no/such/folder/harbour")
    assert result.exit_code == 1
    assert "No case was made" in result.stderr
    assert "acknowledged" not in result.stderr


def test_a_case_with_older_versions_and_a_dispute_is_as_it_was_written(
    case: Sayso, pages: dict[str, str | RefusalCode], tmp_path: Path
) -> None:
    case("add", A)
    pages[A] = make_page(A, said="Ida Marlow said the line would stay open.")
    assert "1 new version" in case("add", A).stdout
    rows = [json.loads(line) for line in case("claims", "--versions", "--json").stdout.splitlines()]
    older, newer = sorted(rows, key=lambda row: row["superseded_by"] is None)
    assert (older["superseded_by"], newer["superseded_by"]) == (newer["document"], None)
    with open_case(tmp_path / "harbour.sayso").write() as writer:
        for at, (kind, by) in enumerate([("accept", "Ana"), ("reject", "Vera")]):
            writer.add_judgement(judge(kind, older["id"], document=older["document"], by=by, at=at), at=AT)
    (told,) = case("claims", "--doc", older["document"], "--json").stdout.splitlines()
    assert json.loads(told)["disputed_judgement"] is True
    assert case("verify").exit_code == 0


def find_waiting(case: Sayso) -> int:
    """Return how many documents and stories wait to be joined."""
    waiting: int = json.loads(case("info", "--json").stdout)["waiting"]
    return waiting


def test_what_changes_the_case_joins_it_at_its_end(
    case: Sayso, pages: dict[str, str | RefusalCode], tmp_path: Path
) -> None:
    case("add", FEED)
    assert find_waiting(case) == 0
    pages[FEED] = make_feed(A, B)
    let_time_pass(tmp_path / "harbour.sayso")
    assert case("watch", "--once").exit_code == 0
    assert (find_waiting(case), json.loads(case("info", "--json").stdout)["documents"]) == (0, 2)
    judged = case("review", "--as", "Ana", "--limit", "1", stdin="a\n")
    assert judged.exit_code == 0
    assert find_waiting(case) == 0
    assert case("reread").exit_code == 0
    assert find_waiting(case) == 0
    (document, *_) = (json.loads(line)["id"] for line in case("articles", "--json").stdout.splitlines())
    assert case("purge", document, "--yes").exit_code == 0
    assert find_waiting(case) == 0


def test_what_cannot_be_joined_is_told_and_the_rows_are_shown(
    case: Sayso, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail() -> tuple[str, ...]:
        path, reason = "vocab.txt", "the model's vocabulary cannot be read"
        raise ModelError(path, reason)

    monkeypatch.setattr("sayso.ledger.engines.load_common_words", fail)
    (tmp_path / "a.txt").write_text(TEXT)
    added = case("add", "a.txt")
    assert (added.exit_code, "1 article or story is not joined" in added.stderr) == (0, True)
    assert find_waiting(case) == 1
    assert "waits to be joined" in case("info").stdout
    listed = case("claims")
    assert (listed.exit_code, "Ida Marlow" in listed.stdout) == (0, True)
    assert "vocab.txt" in listed.stderr
