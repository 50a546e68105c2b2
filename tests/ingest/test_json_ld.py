"""JSON-LD of any shape."""

from __future__ import annotations

import pytest

from sayso.ingest.json_ld import find_article, get_names, get_string, get_strings, read_json_ld


def test_lists_graphs_and_references_are_followed() -> None:
    items, problems = read_json_ld(
        ['[{"@graph":[{"@type":"NewsArticle","headline":"A b","author":{"@id":"#1"}},{"@id":"#1","name":"Ann Ro"}]}]']
    )
    assert problems == ()
    article = find_article(items, titles=["A B!"])
    assert get_names(article, "author", items=items) == ["Ann Ro"]


def test_article_of_this_page_goes_before_others() -> None:
    items, _ = read_json_ld(
        [
            '{"@type":"NewsArticle","headline":"Another","author":"A","publisher":"B","datePublished":"2024"}',
            '{"@type":["Thing","NewsArticle"],"headline":"This one"}',
            '{"@type":"ItemList","itemListElement":[{"@type":"NewsArticle","headline":"This one","author":"Nobody"}]}',
        ]
    )
    assert find_article(items, titles=["This one"])["headline"] == "This one"
    assert "author" not in find_article(items, titles=["This one"])
    assert find_article(items, titles=[])["headline"] == "Another"
    assert find_article([], titles=[]) == {}


@pytest.mark.parametrize(
    ("script", "is_broken"),
    [
        ('{"@type":"NewsArticle","headline":"A bridge",}', False),
        ('<!-- {"@type":"NewsArticle","headline":"A bridge"} -->', False),
        ('//<![CDATA[\n{"@type":"NewsArticle","headline":"A bridge"};\n//]]>', False),
        ('{"@type":"NewsArticle","headline":"A\nbridge"}', False),
        ('{"@type":"NewsArticle","headline":"A bridge"}}', True),
        ('{"@type":"NewsArticle","headline":"A bridge","author":{"name":"Petra', True),
        ('{"@type":"NewsArticle","headline":"A bridge","n":' + "9" * 5000 + "}", True),
    ],
)
def test_broken_json_is_mended_or_salvaged_and_said_to_be_broken(script: str, is_broken: bool) -> None:  # noqa: FBT001
    items, problems = read_json_ld([script])
    assert get_string(find_article(items, titles=[]), "headline") == "A bridge"
    assert bool(problems) is is_broken


@pytest.mark.parametrize(
    "script",
    [
        "",
        "null",
        "3",
        '"x"',
        "[" * 100_000,
        '{"a":' * 100_000,
        "[" + ",".join(["{}"] * 200_000) + "]",
        '{"a":1' + ", " * 100_000,
    ],
)
def test_hostile_json_is_survived(script: str) -> None:
    read_json_ld([script])


def test_more_than_the_limit_is_not_read() -> None:
    _, problems = read_json_ld(['{"a":"' + "x" * 5_000_000 + '"}'])
    assert [problem.code for problem in problems] == ["large-json-ld"]


def test_values_of_wrong_types_are_passed_over() -> None:
    item: dict[str, object] = {
        "a": [1, None, {"name": [{}]}, [["x"]], {"name": "Petra"}, " Tom "],
        "b": {"@value": "x"},
        "c": 7,
    }
    assert get_names(item, "a", items=[item]) == ["Petra", "Tom"]
    assert get_strings(item, "b") == ["x"]
    assert get_string(item, "c") is None
    assert get_names(item, "none", items=[]) == []
