"""How costs are measured; not what they are."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import pytest

from sayso.bench import child, cost
from sayso.bench.child import limit_cores, peak_memory_mb
from sayso.bench.corpora import SHARED_VARIABLE, Article
from sayso.bench.cost import ChildFailed, describe_machine, measure_cost, measure_first_output, pick_median, run_child
from tests.bench.miniature import SilentReader

if TYPE_CHECKING:
    from pathlib import Path


def test_the_median_article_is_the_one_of_median_length() -> None:
    articles = [Article(name=str(size), text="x" * size) for size in (5, 1, 9)]
    assert pick_median(articles).name == "5"


def test_peak_memory_is_that_of_this_process() -> None:
    peak = peak_memory_mb()
    assert peak is None or 5 < peak < 100_000


def test_the_machine_is_named_with_its_cores() -> None:
    assert "2 of" in describe_machine(2)


def test_a_child_that_fails_says_why() -> None:
    with pytest.raises(ChildFailed) as caught:
        cost._time_first_byte([sys.executable, "-c", "import sys; sys.exit('no model')"])
    assert caught.value.code == 1


def test_a_child_without_output_has_failed() -> None:
    with pytest.raises(ChildFailed):
        cost._time_first_byte([sys.executable, "-c", ""])


def test_the_first_byte_is_waited_for() -> None:
    late = "import sys, time; time.sleep(0.2); print('x', flush=True)"
    assert cost._time_first_byte([sys.executable, "-c", late]) > 0.2


def test_the_parts_are_put_together(monkeypatch: pytest.MonkeyPatch) -> None:
    answers = {"cores": 2, "articles": 84, "seconds": 7.0, "peak_memory_mb": 300.0}
    monkeypatch.setattr(cost, "run_child", lambda *_: answers)
    monkeypatch.setattr(cost, "measure_first_output", lambda *_, **__: [3.0, 1.0, 2.0])
    found = measure_cost([Article(name="a", text="a")])
    assert (found.articles_per_second, found.first_output_s, found.peak_memory_mb) == (12.0, 2.0, 300.0)


def test_cores_are_limited_in_the_child_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    kept: list[set[int]] = []
    monkeypatch.setattr("os.sched_getaffinity", lambda _: {0, 1, 2, 3} if not kept else kept[0], raising=False)
    monkeypatch.setattr("os.sched_setaffinity", lambda _, cores: kept.append(cores), raising=False)
    assert limit_cores() == 2
    assert kept == [{0, 1}]


def test_a_task_reads_as_many_articles_as_it_is_told(mini_shared: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sayso.bench.readings.open_reader", SilentReader)
    monkeypatch.setattr(child, "limit_cores", lambda: 2)
    assert child.run_task(None)["articles"] == 1
    answer = child.run_task(3)
    assert answer["articles"] == 3
    assert int(answer["json_bytes"] or 0) > 0
    (mini_shared / "score" / "score_reading.py").unlink()
    assert child.run_task(3) == {"cores": 2}


def test_a_measuring_process_answers_or_fails(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv(SHARED_VARIABLE, str(tmp_path))
    assert set(run_child("throughput")) == {"cores"}
    with pytest.raises(ChildFailed):
        run_child("memory", "many")  # type: ignore[arg-type]  # no number


def test_first_output_is_that_of_reading_a_file(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cost, "START", "import sys; print(open(sys.argv[-1], encoding='utf-8').read())")
    assert len(measure_first_output(Article(name="a", text="Tarn"), runs=2)) == 2
