"""textacy's ``direct_quotations`` on the same articles in the same run, for comparison.

It needs spaCy, which the package does not: it runs in a process of its own, with the interpreter that
``SAYSO_BENCH_PYTHON`` names, else the current one. Where textacy is not installed there, it is skipped and said to be.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sayso.bench.scorer import EMPTY_READING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from sayso.bench.corpora import Article

INTERPRETER_VARIABLE = "SAYSO_BENCH_PYTHON"
CHILD = Path(__file__).with_name("textacy_child.py")
LIMIT_S = 1800


@dataclass(frozen=True, slots=True, kw_only=True)
class RivalRun:
    """What came of running the rival.

    Attributes:
        readings: By article name; empty ones for refused articles.
        refused: Names of the articles that it refused, with the reason.
        articles_per_second: Reading only, models loaded, two cores.
        versions: Of the packages used.
        skipped: Why it was not run; None where it was.
    """

    readings: dict[str, dict[str, Any]]
    refused: dict[str, str]
    articles_per_second: float
    versions: dict[str, str]
    skipped: str | None = None


def run_rival(articles: Sequence[Article]) -> RivalRun:
    """Return the rival's readings of the articles."""
    interpreter = os.environ.get(INTERPRETER_VARIABLE) or sys.executable
    lines = "".join(json.dumps({"name": article.name, "text": article.text}) + "\n" for article in articles)
    try:
        done = subprocess.run(  # noqa: S603 (our own program, by the interpreter that the caller chose)
            [interpreter, str(CHILD)], input=lines.encode(), capture_output=True, timeout=LIMIT_S, check=False
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        return skip_rival(str(error))
    if done.returncode:
        said = done.stderr.decode("utf-8", "replace").strip().splitlines() or [f"exit code {done.returncode}"]
        return skip_rival(f"{interpreter}: {said[-1]}")
    return collect_answers(done.stdout.decode().splitlines(), len(articles))


def skip_rival(reason: str) -> RivalRun:
    """Return a run that did not happen."""
    return RivalRun(readings={}, refused={}, articles_per_second=0.0, versions={}, skipped=reason)


def collect_answers(lines: Iterable[str], count: int) -> RivalRun:
    """Return the run from the child's lines."""
    *answers, last = [json.loads(line) for line in lines]
    return RivalRun(
        readings={
            answer["name"]: to_reading(answer["rows"]) if "rows" in answer else EMPTY_READING for answer in answers
        },
        refused={answer["name"]: answer["refused"] for answer in answers if "refused" in answer},
        articles_per_second=count / last["seconds"] if last["seconds"] else 0.0,
        versions=last["versions"],
    )


def to_reading(rows: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """Return rows of spans in the shape that the scorer reads; they carry no labels and no joined sources."""
    return {
        **EMPTY_READING,
        "attributions": [{"id": f"t{number}", "source": None, **row} for number, row in enumerate(rows)],
    }
