"""Inputs that are made to take long or much, and were found to, or might."""

from __future__ import annotations

import contextlib
import time

import pytest

from sayso import ingest
from sayso.config import Settings
from sayso.errors import InputError, NoArticleInPage, UnreadableFile
from sayso.ingest.page_bounds import find_excess
from tests.growth import grows_no_faster_than_its_input

BODY = "The owner of the ferry denied on Sunday that anyone had cut corners, and the harbour master asked for letters. "
MOST_S = 10.0  # of the processor; the fuzzer's own limit is half of it, and what measures coverage takes as much again


def read(text: str, name: str) -> None:
    began = time.process_time()
    try:
        ingest.read_all_bytes(text.encode(), name=name, settings=Settings())
    finally:
        assert time.process_time() - began < MOST_S


@pytest.mark.parametrize("tags", ["<div>", "<b>", "<p><b><table><tr><td><ul><li>", "<blockquote>"])
@pytest.mark.parametrize("is_closed", [True, False])
def test_ten_thousand_nested_tags_are_an_error_or_a_reading(tags: str, is_closed: bool) -> None:  # noqa: FBT001
    end = "".join(f"</{tag.strip('<>')}>" for tag in reversed(tags.split("><"))) if is_closed else ""
    with contextlib.suppress(NoArticleInPage):
        read(f"<html><body>{tags * 10_000}{BODY * 9}{end * 10_000}", "a.html")


@pytest.mark.parametrize("quote", ["> " * 10_000, "- " * 10_000, "[" * 100_000, "*a " * 100_000])
def test_markdown_that_is_nested_without_end_is_read(quote: str) -> None:
    read(f"{quote}{BODY}\n\n{BODY}", "a.md")


def test_elements_without_number_are_no_page() -> None:
    with pytest.raises(NoArticleInPage):
        read("<html><body><p>" + "<span>word said</span> " * 150_000, "a.html")


ATTRIBUTES = [f"a{i}" for i in range(100_000)]


@pytest.mark.parametrize(
    "tag",
    [
        " ".join(ATTRIBUTES),
        "/".join(ATTRIBUTES),
        " ".join(f'{name}=">"' for name in ATTRIBUTES),
        "".join(f"{name}='<'" for name in ATTRIBUTES),
        "x=it's " + " ".join(ATTRIBUTES) + " y=it's",
        "x = it's " + "= ".join(ATTRIBUTES),
    ],
)
@pytest.mark.parametrize("before", ["", "<title><script></title>", "<!-- <script> --><b>", "<script>'<!--'</script>"])
def test_a_tag_of_attributes_without_number_is_no_page(tag: str, before: str) -> None:
    with pytest.raises(NoArticleInPage):
        read(f"<html><body>{before}<p {tag}>{BODY * 9}</p>", "a.html")


@pytest.mark.parametrize("start", ["<script>", "<!-- ", "<style>", "<textarea>", '<p a="', "<p a='"])
def test_what_is_no_tag_may_look_like_one(start: str) -> None:
    assert find_excess(start + "for (i=0;i<n;i++) { a b } " * 5_000) is None


@pytest.mark.parametrize("start", ["<script>", "<!-- ", "<style>", "<textarea>", "<p a=b>"])
def test_openings_one_after_the_other_are_no_excess(start: str) -> None:
    assert find_excess("<html>" + start * 20_000) is None


@pytest.mark.parametrize(
    "run", ["<script>", "<!--", '<a b="', "<a b='", "<a ", "<", "<a b=c/", "</script>", "<title>x"]
)
def test_time_to_tell_grows_with_the_page(run: str) -> None:
    assert grows_no_faster_than_its_input(find_excess, run)


def test_openings_without_number_are_no_page() -> None:
    with pytest.raises(NoArticleInPage):
        read("<html><body>" + "<" * 600_000 + BODY, "a.html")


@pytest.mark.parametrize("name", ["a.txt", "a.md"])
@pytest.mark.parametrize("line", ["a said b\n", "a\r", "a\u2028"])
def test_lines_without_number_are_no_article(name: str, line: str) -> None:
    with pytest.raises(UnreadableFile):
        read(BODY + line * 150_000, name)
    with pytest.raises(UnreadableFile):
        ingest.from_text(BODY + line * 150_000)


@pytest.mark.parametrize("charset", ["utf-16", "utf-7", "hz", "iso-2022-jp", "shift_jis", "nonsense", "", "x" * 5_000])
@pytest.mark.parametrize("name", ["a.html", "a.txt"])
def test_wrong_charsets_give_the_text_or_an_error(charset: str, name: str) -> None:
    media = f"text/{'html' if name == 'a.html' else 'plain'}; charset={charset}"
    for data in (f"<p>{BODY}</p><p>{BODY}café</p>".encode(), f"<p>{BODY}caf\xe9</p>".encode("latin-1"), b"\xff\xfea"):
        try:
            (doc,) = ingest.read_all_bytes(data, name=name, settings=Settings(), media=media)
        except InputError:
            continue
        assert "denied on Sunday" in doc.text
