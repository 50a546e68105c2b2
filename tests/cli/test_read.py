"""``sayso read``, called in this process, without the model."""

from __future__ import annotations

import json
import os
import stat
from pathlib import Path
from typing import TYPE_CHECKING

import jsonschema
import pytest

from sayso.export.reading_json import load_schema

if TYPE_CHECKING:
    from collections.abc import Callable

    from click.testing import Result

    Sayso = Callable[..., Result]


def test_a_page_has_the_head_and_every_row(sayso: Sayso, articles: Path) -> None:
    result = sayso("read", str(articles / "a.txt"))
    assert result.exit_code == 0
    assert "Harbour to stay closed" in result.stdout
    assert "1 named official, 1 unnamed" in result.stdout
    assert "nobody had asked the pilots" in result.stdout
    assert result.stderr == ""


def test_json_is_one_line_for_each_article_in_the_order_of_input(sayso: Sayso, articles: Path) -> None:
    result = sayso("read", "--json", str(articles / "b.txt"), str(articles))
    found = [json.loads(line) for line in result.stdout.splitlines()]
    names = [Path(one["document"]["name"]).relative_to(articles).as_posix() for one in found]
    assert names == ["b.txt", "a.txt", "deep/b.txt"]
    for one in found:
        jsonschema.Draft202012Validator(load_schema()).validate(one)


def test_standard_input_is_read_and_its_text_is_not_changed(sayso: Sayso, articles: Path) -> None:
    text = (articles / "a.txt").read_text(encoding="utf-8")
    found = json.loads(sayso("read", "--json", "-", stdin=text).stdout)
    assert (found["document"]["name"], found["document"]["text"]) == ("-", text)


def test_a_bad_file_is_reported_and_the_rest_go_on(sayso: Sayso, articles: Path) -> None:
    (articles / "a2.txt").write_bytes(b"\x00\x01\x02" * 100)
    (articles / "a3.txt").write_text("", encoding="utf-8")
    result = sayso("read", "--json", str(articles / "missing.txt"), str(articles))
    assert result.exit_code == 1
    assert len(result.stdout.splitlines()) == 3
    for name in ("missing.txt", "a2.txt", "a3.txt"):
        assert name in result.stderr
    assert "Traceback" not in result.stderr


def test_a_document_that_the_reader_refuses_stops_only_itself(sayso: Sayso, tmp_path: Path, articles: Path) -> None:
    text = (articles / "a.txt").read_text(encoding="utf-8")
    for n in range(12):
        bad = "UNREADABLE " if n in {3, 4, 11} else ""
        (tmp_path / f"{n:02}.txt").write_text(text + bad, encoding="utf-8")
    result = sayso("read", "--json", *(str(tmp_path / f"{n:02}.txt") for n in range(12)))
    names = [Path(json.loads(line)["document"]["name"]).stem for line in result.stdout.splitlines()]
    assert names == [f"{n:02}" for n in range(12) if n not in {3, 4, 11}]
    assert result.exit_code == 1
    assert len(result.stderr.splitlines()) == 3


@pytest.mark.parametrize(
    "content",
    [b"", b" \n\t", b"%PDF-1.7 " + b"\x00" * 50, b"\x89PNG\r\n\x1a\n" + bytes(range(256)), b"\xff\xfe\x00"],
    ids=["empty", "blank", "pdf", "png", "stub of UTF-16"],
)
def test_bad_input_is_one_clear_line_and_exit_code_1(sayso: Sayso, tmp_path: Path, content: bytes) -> None:
    (tmp_path / "odd.txt").write_bytes(content)
    result = sayso("read", "--json", "--out", str(tmp_path / "out"), str(tmp_path / "odd.txt"))
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr.count("\n") == 1
    assert "odd.txt" in result.stderr
    assert list((tmp_path / "out").iterdir()) == []


def test_another_language_is_refused_by_name(sayso: Sayso) -> None:
    text = "Der Hafen bleibt bis Montag geschlossen, sagte die Bürgermeisterin. Niemand habe die Lotsen gefragt. " * 4
    result = sayso("read", "-", stdin=text)
    assert (result.exit_code, result.stdout) == (1, "")
    assert "'de'" in result.stderr


def test_an_address_is_refused_with_a_word_on_what_to_do(sayso: Sayso) -> None:
    result = sayso("read", "--no-network", "https://courier.example/harbour")
    assert (result.exit_code, result.stdout) == (1, "")
    assert "--no-network" in result.stderr


def test_a_folder_without_articles_is_an_error(sayso: Sayso, tmp_path: Path) -> None:
    result = sayso("read", str(tmp_path))
    assert (result.exit_code, result.stdout) == (1, "")


def test_a_file_over_the_limit_is_refused_by_name(sayso: Sayso, articles: Path) -> None:
    result = sayso("read", "--max-bytes", "10", str(articles / "a.txt"))
    assert result.exit_code == 1
    assert "a.txt" in result.stderr
    assert "--max-bytes" in result.stderr


def test_a_setting_with_an_impossible_value_is_an_error(sayso: Sayso, articles: Path) -> None:
    assert sayso("read", "--max-bytes", "-3", str(articles / "a.txt")).exit_code == 1


@pytest.mark.parametrize(
    "args",
    [
        ["read"],
        ["read", "--out", "DIR", "a.txt"],
        ["read", "--json", "--html", "a.txt"],
        ["read", "--published", "last Tuesday", "a.txt"],
        ["read", "--published", "2024-02-31", "a.txt"],
        ["read", "--published", "2024-03-14T25:00", "a.txt"],
        ["read", "--unknown", "a.txt"],
        ["write"],
    ],
)
def test_wrong_usage_is_exit_code_2(sayso: Sayso, args: list[str]) -> None:
    result = sayso(*args)
    assert (result.exit_code, result.stdout) == (2, "")


def test_what_is_true_of_one_input_is_refused_for_several(sayso: Sayso, articles: Path) -> None:
    assert sayso("read", "--title", "Harbour", str(articles)).exit_code == 2


def test_title_outlet_and_time_of_a_plain_text_can_be_given(sayso: Sayso, articles: Path) -> None:
    given = ("--title", "Harbour to stay closed", "--outlet", "The Courier", "--published", "2024-03-14")
    result = sayso("read", "--json", *given, str(articles / "a.txt"))
    doc = json.loads(result.stdout)["document"]
    assert doc["text"] == (articles / "a.txt").read_text(encoding="utf-8")
    assert (doc["title_text"], doc["outlet"]) == ("Harbour to stay closed", "The Courier")
    assert doc["published"] == {"value": "2024-03-14", "precision": "day", "stated_in": "given"}
    page = sayso("read", *given, str(articles / "a.txt")).stdout
    assert "The Courier · 14 March 2024" in page


def test_a_page_speaks_for_itself(sayso: Sayso, articles: Path) -> None:
    (articles / "a.md").write_text("# Harbour\n\n" + (articles / "a.txt").read_text(encoding="utf-8"), encoding="utf-8")
    result = sayso("read", "--outlet", "The Courier", str(articles / "a.md"))
    assert result.exit_code == 1
    assert "plain text" in result.stderr


def test_files_are_written_whole_under_names_that_do_not_collide(sayso: Sayso, articles: Path, tmp_path: Path) -> None:
    out = tmp_path / "out" / "deep"
    result = sayso("read", "--json", "--out", str(out), str(articles))
    assert (result.exit_code, result.stdout) == (0, "")
    assert sorted(path.name for path in out.iterdir()) == ["a.json", "b-2.json", "b.json"]
    assert "b-2.json" in result.stderr
    found = {path.name: json.loads(path.read_bytes())["document"]["name"] for path in out.iterdir()}
    assert {name: Path(source).relative_to(articles).as_posix() for name, source in found.items()} == {
        "a.json": "a.txt",
        "b.json": "b.txt",
        "b-2.json": "deep/b.txt",
    }


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such bits")
def test_files_are_as_readable_as_other_new_files(sayso: Sayso, articles: Path, tmp_path: Path) -> None:
    sayso("read", "--json", "--out", str(tmp_path / "out"), str(articles / "a.txt"))
    (tmp_path / "plain").touch()
    modes = [stat.S_IMODE(path.stat().st_mode) for path in (tmp_path / "out" / "a.json", tmp_path / "plain")]
    assert modes[0] == modes[1]


def test_a_page_for_the_browser_is_printed_for_one_article(sayso: Sayso, articles: Path) -> None:
    result = sayso("read", "--html", str(articles / "a.txt"))
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout.startswith("<!DOCTYPE html>\n")
    assert result.stdout.endswith("</html>\n")
    assert "1 named official, 1 unnamed" in result.stdout


def test_several_pages_need_a_folder(sayso: Sayso, articles: Path, tmp_path: Path) -> None:
    result = sayso("read", "--html", str(articles))
    assert (result.exit_code, result.stdout) == (2, "")
    assert "--out" in result.stderr
    out = tmp_path / "out"
    result = sayso("read", "--html", "--out", str(out), str(articles))
    assert (result.exit_code, result.stdout) == (0, "")
    assert sorted(path.name for path in out.iterdir()) == ["a.html", "b-2.html", "b.html"]
    assert "b-2.html" in result.stderr
    assert all(path.read_text(encoding="utf-8").startswith("<!DOCTYPE html>") for path in out.iterdir())


def test_a_page_is_never_written_over_an_input(sayso: Sayso, articles: Path) -> None:
    page = articles / "saved.html"
    page.write_text("<html><body><article><p>Kept.</p></article></body></html>", encoding="utf-8")
    result = sayso("read", "--html", "--out", str(articles), str(page))
    assert (result.exit_code, result.stdout) == (1, "")
    assert "one of the inputs" in result.stderr
    assert "Kept." in page.read_text(encoding="utf-8")


def test_a_file_of_an_earlier_run_is_replaced(sayso: Sayso, articles: Path, tmp_path: Path) -> None:
    (tmp_path / "a.json").write_text("old", encoding="utf-8")
    sayso("read", "--json", "--out", str(tmp_path), str(articles / "a.txt"))
    assert json.loads((tmp_path / "a.json").read_bytes())["schema"]


def test_a_folder_that_cannot_be_made_is_an_error(sayso: Sayso, articles: Path, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    result = sayso("read", "--json", "--out", str(tmp_path / "file" / "out"), str(articles / "a.txt"))
    assert result.exit_code == 1
    assert "cannot be written" in result.stderr


def test_offsets_are_printed_on_demand(sayso: Sayso, articles: Path) -> None:
    text = (articles / "a.txt").read_text(encoding="utf-8")
    start = text.index("the harbour could")
    place = f"{start}-{start + len('the harbour could open on Tuesday')}"
    assert place in sayso("read", "--offsets", str(articles / "a.txt")).stdout
    assert place not in sayso("read", str(articles / "a.txt")).stdout


def test_there_is_no_colour_where_there_is_no_terminal(sayso: Sayso, articles: Path) -> None:
    assert "\x1b" not in sayso("read", str(articles)).stdout


@pytest.mark.parametrize("how", ["--no-color", "NO_COLOR"])
def test_colour_can_be_refused(sayso: Sayso, articles: Path, monkeypatch: pytest.MonkeyPatch, how: str) -> None:
    monkeypatch.setenv("FORCE_COLOR", "1")
    monkeypatch.setenv("TERM", "xterm-256color")
    coloured = sayso("read", str(articles / "a.txt")).stdout
    assert "\x1b[38;5;" in coloured
    if how == "NO_COLOR":
        monkeypatch.setenv("NO_COLOR", "1")
        plain = sayso("read", str(articles / "a.txt")).stdout
    else:
        plain = sayso("read", "--no-color", str(articles / "a.txt")).stdout
    assert "\x1b[38;5;" not in plain


def test_the_version_is_told(sayso: Sayso) -> None:
    result = sayso("--version")
    assert result.exit_code == 0
    assert result.stdout.startswith("sayso ")
