"""Lists of addresses."""

from __future__ import annotations

import pytest
from hypothesis import given

from sayso.ingest import url_list
from sayso.ingest.addresses import find_address
from sayso.ingest.url_list import is_url_list, read_url_list
from tests.growth import grows_no_faster_than_its_input
from tests.hostile import texts

ONE, TWO = "https://northwire.example/1", "http://lisk.example/2?a=1,2"


def test_addresses_come_in_order_each_once() -> None:
    text = f"\ufeff# for Monday\r\n{ONE}\r\n\r\n  <{TWO}>  \r\n{ONE}\r\n  # more\r\n"
    found = read_url_list(text)
    assert found.urls == (ONE, TWO)
    assert not found.problems
    assert is_url_list(text)


def test_an_address_without_its_beginning_is_one() -> None:
    assert read_url_list("www.lisk.example/a\n").urls == ("https://www.lisk.example/a",)


def test_a_short_list_with_slips_is_a_list_and_prose_with_links_is_none() -> None:
    assert is_url_list(f"{ONE}\nnot a url\n")
    assert not is_url_list(f"{ONE}\nThe ferry stays in port until Monday, the harbour master said.\n")
    assert not is_url_list(f"{ONE}\none\ntwo\n")


def test_what_is_no_address_is_a_problem_with_its_line() -> None:
    found = read_url_list(f"{ONE}\nlisk.example\n\nftp://lisk.example/a\n<>\n{TWO}\n")
    assert found.urls == (ONE, TWO)
    assert [problem.code for problem in found.problems] == ["no-address"] * 3
    assert [number in problem.message for number, problem in zip("245", found.problems, strict=True)] == [True] * 3


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        (f"{ONE},Ferry stays in port,2024-11-03", ONE),
        (f'"{ONE}","Ferry"', ONE),
        (f'"{TWO}";Ferry', TWO),
        (f"{ONE}\tFerry", ONE),
        (f"{ONE} Ferry", ONE),
        (f"{ONE},", ONE),
        (TWO, TWO),
        (f"{ONE},123.html", f"{ONE},123.html"),
        ("HTTPS://Northwire.example/1", "HTTPS://Northwire.example/1"),
    ],
)
def test_address_stands_first_in_a_line_of_a_table(line: str, expected: str) -> None:
    assert read_url_list(line).urls == (expected,)
    assert is_url_list(line)


def test_heading_names_what_parts_the_columns() -> None:
    text = f"URL;outlet\n{ONE};Northwire\nhttps://lisk.example/a,b;Lisk\n"
    found = read_url_list(text)
    assert found.urls == (ONE, "https://lisk.example/a,b")
    assert not found.problems
    assert is_url_list(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "# nothing\n",
        "url\n",
        "The mayor said so.\n",
        f"The mayor said so, see\n{ONE}\n",
        f"{ONE}\n\nThe ferry stays in port.\n\nThe mayor said so.\n",
        "northwire.example\n",
    ],
)
def test_prose_and_empty_texts_are_no_lists(text: str) -> None:
    assert not is_url_list(text)


def test_a_few_slips_make_a_list_no_prose() -> None:
    assert is_url_list(f"{ONE}\n" * 9 + "oops\n")
    assert is_url_list(f"{ONE}\n" * 9_000)


def test_limits_are_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(url_list, "MAX_URLS", 2)
    monkeypatch.setattr(url_list, "MAX_PROBLEMS", 2)
    found = read_url_list("oops\n" * 5 + "".join(f"{ONE}{i}\n" for i in range(4)))
    assert len(found.urls) == 2
    assert [problem.code for problem in found.problems] == ["no-address"] * 2 + ["too-many-addresses", "no-address"]


@given(texts(lone_surrogates=True))
def test_any_text_gives_addresses_and_problems(text: str) -> None:
    is_url_list(text)
    for url in read_url_list(text).urls:
        assert find_address(url) == url


@pytest.mark.parametrize("run", ["<", '"', "https://", ",", "http://a.example/,", "a\n", "# \n"])
def test_time_grows_with_the_text(run: str) -> None:
    assert grows_no_faster_than_its_input(read_url_list, run)
    assert grows_no_faster_than_its_input(is_url_list, run)


@pytest.mark.parametrize(
    ("written", "base", "expected"),
    [
        (" https://lisk.example/a b ", None, "https://lisk.example/a%20b"),
        ("a", "https://lisk.example/x/y", "https://lisk.example/x/a"),
        ("//lisk.example/a", "https://northwire.example/", "https://lisk.example/a"),
        ("a", None, None),
        ("//lisk.example/a", None, None),
        ("https:///a", None, None),
        ("https://[::1", None, None),
        ("https://lisk.example:99999/", None, None),
        ("https://lisk.example:0/", None, None),
        ("https://lisk.example/\u202f\x00", None, None),
        ("https://lisk.example/\ud800", None, None),
        ("javascript:alert(1)", "https://lisk.example/", None),
        ("https://lisk.example/" + "a" * 5000, None, None),
        ("http://[", "https://lisk.example/", None),
        ("https://lisk.example/ä", None, "https://lisk.example/ä"),
        ("", "https://lisk.example/", None),
    ],
)
def test_addresses_as_written(written: str, base: str | None, expected: str | None) -> None:
    assert find_address(written, base=base) == expected
