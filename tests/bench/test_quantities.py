"""Measuring how figures are read, on miniature data made up for the purpose."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from click.testing import CliRunner

from sayso.bench import quantities
from sayso.bench.quantities import (
    is_case_right,
    load_article,
    load_cases,
    measure_articles,
    measure_cases,
    quantities_command,
)

if TYPE_CHECKING:
    from pathlib import Path

ARTICLE = """<Document><token t_id="1" sentence="0">Roe</token><token t_id="2" sentence="0">paid</token>
<token t_id="3" sentence="0">$</token><token t_id="4" sentence="0">5</token><token t_id="5" sentence="1">Never</token>
<Markables><VALUE m_id="1" type="MONEY"><token_anchor t_id="3"/><token_anchor t_id="4"/></VALUE>
<VALUE m_id="2" type="PERCENT"><token_anchor t_id="5"/></VALUE></Markables></Document>"""


def result(text: str, within: str, value: str, kind: str = "number") -> dict[str, Any]:
    start = within.index(text)
    return {
        "Text": text,
        "Start": start,
        "End": start + len(text) - 1,
        "TypeName": kind,
        "Resolution": {"value": value},
    }


def write(folder: Path, model: str, entries: list[tuple[str, list[tuple[str, str]]]], kind: str = "number") -> Path:
    path = folder / f"{model}.json"
    spec = [
        {"Input": text, "Results": [result(part, text, value, kind) for part, value in wanted]}
        for text, wanted in entries
    ]
    path.write_text(json.dumps(spec), "utf-8-sig")
    return path


@pytest.mark.parametrize(
    ("model", "text", "wanted", "right"),
    [
        ("NumberModel", "forty boats", [("forty", "40")], True),
        ("NumberModel", "forty boats", [("forty", "41")], False),
        ("NumberModel", "forty boats", [], False),
        ("NumberModel", "the 5kg bag", [], True),
        ("NumberModel", "10.0.0.1", [("10", "10"), ("0.", "0"), ("0.1", "0"), ("1", "1")], False),
        ("NumberRangeModel", "more than 40 boats", [("more than 40", "(40,)")], True),
        ("NumberRangeModel", "more than 40 boats", [("more than 40", "[40,)")], False),
        ("NumberRangeModel", "40 to 50 boats", [("40 to 50", "[40,50)")], True),
        ("NumberRangeModel", "equal to 40", [("equal to 40", "[40,40]")], True),
        ("NumberRangeModel", "40 boats", [], True),
        ("PercentModel", "5 percent", [("5 percent", "5%")], True),
        ("PercentModel", "a percentage", [("percentage", "null")], True),
        ("PercentModelPercentMode", "one in two", [("one in two", "50%")], True),
        ("OrdinalModel", "the third", [("third", "3")], True),
    ],
)
def test_a_sentence_is_right_when_all_of_it_and_no_more_was_read(
    tmp_path: Path, model: str, text: str, wanted: list[tuple[str, str]], *, right: bool
) -> None:
    (case,) = load_cases(write(tmp_path, model, [(text, wanted)]))
    assert is_case_right(case) is right


def test_places_counted_from_where_one_stands_are_counted_apart(tmp_path: Path) -> None:
    path = write(tmp_path, "OrdinalModel", [("the next boat", [("next", "current+1")])], kind="ordinal.relative")
    cases = load_cases(path)
    assert cases[0].relative == 1
    assert sum(share.n for share in measure_cases(cases)) == 0


def test_every_sentence_is_in_one_half(tmp_path: Path) -> None:
    cases = load_cases(write(tmp_path, "NumberModel", [(f"{n} boats", [(str(n), str(n))]) for n in range(2, 42)]))
    shares = [share for share in measure_cases(cases) if share.of.startswith("all files")]
    assert sum(share.n for share in shares) == 40
    assert all(share.n > 5 and share.right == share.n for share in shares)


def test_labelled_figures_are_counted(tmp_path: Path) -> None:
    path = tmp_path / "article.xml"
    path.write_text(ARTICLE, "utf-8")
    text, labelled = load_article(path)
    assert text == "Roe paid $ 5\nNever"
    assert [text[gold.start : gold.end] for gold in labelled] == ["$ 5", "Never"]
    shares = {share.of: (share.right, share.n) for share in measure_articles([(text, labelled)])}
    assert shares["MEANTIME MONEY found"] == (1, 1)
    assert shares["MEANTIME MONEY of the right kind"] == (1, 1)
    assert shares["MEANTIME PERCENT found"] == (0, 1)


def test_the_command_prints_shares_and_misses(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "data/numbers").mkdir(parents=True)
    (tmp_path / "data/meantime").mkdir(parents=True)
    write(tmp_path / "data/numbers", "NumberModel", [(f"{n} boats", [(str(n), "1")]) for n in range(2, 12)])
    (tmp_path / "data/meantime/a.xml").write_text(ARTICLE, "utf-8")
    monkeypatch.setattr(quantities, "require_shared", lambda: tmp_path)
    done = CliRunner().invoke(quantities_command, ["--misses"])
    assert done.exit_code == 0, done.output
    assert "all files, unseen" in done.output
    assert "wanted" in done.output
