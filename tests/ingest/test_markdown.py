"""Markdown: which blocks are no prose."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.ingest.conftest import Read

ARTICLE = """---
title: "Mayor of Ardenna resigns"
author: Petra Oud
date: 2024-11-03
updated: whenever
publisher: The Harbour Star
source: Northwire
---

![The mayor](mayor.jpg)
*Photo: Jo Vance/Northwire*

**ARDENNA (Northwire) —** The mayor of Ardenna resigned on Monday after the council said that it had lost trust in her.

## What happened

> “I did nothing wrong,” she said.

- [More about Ardenna](https://star.example/a)
- [More about Lisk](https://star.example/b)

- The council said that it would vote again.
- See [the minutes](https://star.example/c) that she signed.

| a | b |
|---|---|
| 1 | 2 |

```
code
```

<iframe src="x"></iframe>

    An indented paragraph is a paragraph in news, the printer said.

*Source: Northwire*
"""


def test_front_matter_is_read(read: Read) -> None:
    document = read(ARTICLE, "article.md")
    assert document.title is not None
    assert document.title.exact == "Mayor of Ardenna resigns"
    assert (document.outlet, document.byline, document.dateline) == ("The Harbour Star", "Petra Oud", "ARDENNA")
    assert document.published is not None
    assert (document.published.value, document.published.stated_in) == ("2024-11-03", "front matter")
    assert [problem.code for problem in document.problems] == ["unreadable-date"]
    assert document.text[document.body_start :].startswith("![The mayor]")
    assert ("source-line", "Northwire") in [(credit.kind.value, credit.name) for credit in document.credits]


def test_blocks_that_are_no_prose_are_marked_and_prose_is_not(read: Read) -> None:
    document = read(ARTICLE, "article.md")
    marked = "\n".join(span.exact for span in document.not_prose)
    for piece in (
        "![The mayor]",
        "Photo: Jo",
        "## What",
        "More about Lisk",
        "| 1 | 2 |",
        "code",
        "<iframe",
        "Source: North",
    ):
        assert piece in marked
    for piece in ("resigned on", "“I did nothing", "would vote again", "the minutes", "indented paragraph"):
        assert piece not in marked
    assert document.text == ARTICLE


def test_first_heading_is_the_headline(read: Read) -> None:
    document = read(
        "# Mayor of *Ardenna* resigns #\n\nThe mayor of Ardenna resigned on Monday, she said.\n\n# And then\n", "a.md"
    )
    assert document.title is not None
    assert document.title.exact == "Mayor of *Ardenna* resigns"
    underlined = read("Mayor resigns\n=============\n\nThe mayor of Ardenna resigned on Monday, she said.\n", "a.md")
    assert underlined.title is not None
    assert underlined.title.exact == "Mayor resigns"


def test_heading_after_much_prose_is_no_headline(read: Read) -> None:
    document = read(
        "The mayor of Ardenna resigned on Monday, she said. " * 5 + "\n\n## What happened\n\nThe council said no.\n",
        "a.md",
    )
    assert document.title is None


@pytest.mark.parametrize("fence", ["---", "+++"])
def test_broken_front_matter_is_text(read: Read, fence: str) -> None:
    assert read(f"{fence}\nThe mayor of Ardenna resigned on Monday, she said.\n", "a.md").title is None
    assert read(f"{fence}\n= [\n{fence}\n\nThe mayor of Ardenna resigned on Monday, she said.\n", "a.md").outlet is None


def test_toml_front_matter_is_read(read: Read) -> None:
    document = read(
        '+++\ntitle = "Mayor resigns"\ndate = 2024-11-03\n+++\n\nThe mayor resigned on Monday, she said.\n', "a.md"
    )
    assert document.title is not None
    assert document.title.exact == "Mayor resigns"
    assert document.published is not None
    assert document.published.value == "2024-11-03"
