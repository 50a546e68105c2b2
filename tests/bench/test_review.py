"""What a review finds first."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sayso.bench.commands import bench
from sayso.bench.review import find_wrong, measure_order, measure_review
from sayso.bench.scorer import score_reading
from tests.readings import Builder

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from sayso.bench.corpora import Article
    from sayso.bench.scorer import Scorer
    from sayso.records import Document, Reading


class SureReader:
    """Reads two rows, both of them wrong."""

    def read_many(self, documents: Iterable[Document]) -> Iterator[Reading]:
        """Yield a reading of each."""
        for doc in documents:
            make = Builder(doc.text, name=doc.name)
            make.source("board", "The harbour board", "person", "vague")
            make.row("a", "board", "denied", "ships", stance="denies")
            make.row("b", "board", "said", "the Tarn bridge", confidence=0.3)
            yield make.build()


def test_a_row_is_wrong_where_it_or_one_of_its_labels_is(
    scorer: Scorer, article: Article, reading: dict[str, Any]
) -> None:
    assert not any(find_wrong(article, reading, score_reading(scorer, article, reading, flat=False)).values())
    reading["attributions"][0]["certainty"] = "possible"
    reading["attributions"][3]["content_spans"] = [[0, 4]]
    reading["attributions"][4]["stance"] = "other"
    wrong = find_wrong(article, reading, score_reading(scorer, article, reading, flat=False))
    assert [name for name, is_wrong in wrong.items() if is_wrong] == [
        str(reading["attributions"][number]["id"]) for number in (0, 3)
    ]
    assert str(reading["attributions"][4]["id"]) not in wrong


def test_what_comes_first_is_counted() -> None:
    rows = [f"r{n}" for n in range(10)]
    found = measure_order("by hand", rows, {row: row in {"r0", "r4", "r9"} for row in rows}, frozenset({"r9"}))
    assert [share.right for share in found.wrong] == [1, 1, 1, 2]
    assert [share.n for share in found.wrong_refusals] == [1, 1, 1, 1]


def test_every_order_is_measured(scorer: Scorer, article: Article) -> None:
    found = measure_review(SureReader(), scorer, [article])
    assert len(found) == 4
    assert {share.n for one in found for share in one.wrong} == {2}


def test_the_command_is_there() -> None:
    assert "review" in bench.commands
