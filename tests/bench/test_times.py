"""Measuring times on specs and articles in miniature."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from sayso.bench.marked_times import measure_marked, read_marked, read_value
from sayso.bench.shares import Share, is_held_back, is_seen
from sayso.bench.times import judge_cases, load_cases, measure_cases

if TYPE_CHECKING:
    from pathlib import Path

REFERENCE = {"ReferenceDateTime": "2024-11-06T00:00:00"}


def spec(text: str, words: str, kind: str, **value: str) -> dict[str, object]:
    values = [{"timex": value.pop("timex", ""), "type": kind, **value}]
    result = {
        "Text": words,
        "Start": text.index(words),
        "TypeName": f"datetimeV2.{kind}",
        "Resolution": {"values": values},
    }
    return {"Input": text, "Context": REFERENCE, "Results": [result]}


SPECS = [
    spec("The quay fell on May 3, 2019", "May 3, 2019", "date", value="2019-05-03"),
    spec("The quay fell in 2019", "2019", "daterange", start="2019-01-01", end="2020-01-01"),
    spec("The quay stood from 2014 to 2018", "from 2014 to 2018", "daterange", timex="(2014-01-01,2018-01-01,P4Y)",
         start="2014-01-01", end="2018-01-01"),
    spec("The quay fell after 2016", "after 2016", "daterange", start="2017-01-01", Mod="after"),
    spec("The quay fell two years ago", "two years ago", "date", value="2022-11-06"),
    spec("The quay fell yesterday evening", "yesterday evening", "datetimerange", timex="2024-11-05TEV",
         start="2024-11-05 16:00:00", end="2024-11-05 20:00:00"),
    spec("The quay fell on Tuesday at 3:15 p.m.", "Tuesday at 3:15 p.m.", "datetime", value="2024-11-05 15:15:00"),
    spec("The quay fell on the 15th", "15th", "date", timex="XXXX-XX-15", value="2024-10-15"),
    spec("It falls every day", "every day", "set", value="not resolved"),
    spec("The quay fell on May 3", "May 3", "date", value="1999-05-03"),
]  # fmt: skip
OLD = {
    "Input": "The quay fell last week", "Context": REFERENCE,
    "Results": [{"Text": "last week", "Start": 14, "Type": "daterange", "Value": {
        "Timex": "2024-W44", "PastResolution": {"startDate": "2024-10-28", "endDate": "2024-11-04"}}}],
}  # fmt: skip
ARTICLE = b"""<Document><token t_id="1" sentence="0">Quay</token><token t_id="2" sentence="0">fell</token>
<token t_id="3" sentence="0">Tuesday</token><token t_id="4" sentence="0">,</token>
<token t_id="5" sentence="1">In</token>
<token t_id="6" sentence="1">2016</token><token t_id="7" sentence="1">it</token>
<token t_id="8" sentence="9">1999</token>
<Markables><TIMEX3 type="DATE" value="2024-11-06" functionInDocument="CREATION_TIME"/>
<TIMEX3 type="DATE" value="2024-11-05"><token_anchor t_id="3"/></TIMEX3>
<TIMEX3 type="DATE" value="PAST_REF"><token_anchor t_id="7"/></TIMEX3>
<TIMEX3 type="DATE" value="2015"><token_anchor t_id="6"/></TIMEX3></Markables></Document>"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Specs in miniature; one file has a byte order mark, as the real ones do."""
    where = tmp_path / "data" / "dates"
    where.mkdir(parents=True)
    (where / "DateTimeModel.json").write_text(json.dumps(SPECS), "utf-8-sig")
    (where / "DatePeriodParser.json").write_text(json.dumps([OLD]), "utf-8")
    return where


def test_conventions_are_converted_and_scope_is_counted(folder: Path) -> None:
    cases, left_out = load_cases(folder)
    judged = {case.text: right for case, _, right, _ in judge_cases(cases)}
    assert judged.pop("The quay fell on May 3") is False
    assert len(judged) == 8
    assert all(judged.values())
    assert left_out == {"a day without a month": 1, "type set": 1}


def test_shares_add_up(folder: Path) -> None:
    shares = measure_cases(load_cases(folder)[0])
    assert sum(share.n for share in shares if ", all: value right" in share.of) == 9
    low, high = Share(of="x", right=8, n=10).interval
    assert 0 < low < 80 < high < 100
    assert Share(of="x", right=0, n=0).interval == (0.0, 0.0)


def test_marks_are_read_with_their_creation_time() -> None:
    article = read_marked(ARTICLE)
    assert article is not None
    assert article.created == "2024-11-06"
    assert article.text == "Quay fell Tuesday,\nIn 2016 it\n1999"
    shares = {share.of.partition(": ")[2]: share for share in measure_marked([article]) if share.n}
    assert (shares["dates found"].right, shares["dates found"].n) == (2, 2)
    assert shares["found dates placed right"].right == 1
    assert shares["found times that are marked"].n == 2


def test_an_article_without_a_creation_time_is_left_out() -> None:
    assert read_marked(b"<Document/>") is None


@pytest.mark.parametrize(
    ("value", "bounds"),
    [
        ("2024-11-05", ("2024-11-05", "2024-11-05")),
        ("2024-02", ("2024-02-01", "2024-02-29")),
        ("2024", ("2024-01-01", "2024-12-31")),
        ("199", ("1990-01-01", "1999-12-31")),
        ("2024-W45", ("2024-11-04", "2024-11-10")),
        ("2024-W45-WE", ("2024-11-09", "2024-11-10")),
        ("2024-Q3", ("2024-07-01", "2024-09-30")),
        ("2024-H1", ("2024-01-01", "2024-06-30")),
        ("2024-SU", ("2024-06-01", "2024-08-31")),
        ("PAST_REF", None),
    ],
)
def test_a_value_has_its_bounds(value: str, bounds: tuple[str, str] | None) -> None:
    assert read_value(value) == bounds


def test_a_quarter_is_held_back_and_always_the_same() -> None:
    held = [is_held_back(f"The council of Tarn met {number} times.") for number in range(400)]
    assert 60 < sum(held) < 140
    assert not any(is_seen(f"The council of Tarn met {number} times.") for number in range(400) if held[number])
