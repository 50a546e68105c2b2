"""Several processes at one case: nobody is turned away, and what was acknowledged is kept whatever is killed."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from sayso.bench.synthetic_case import make_captured, make_reading
from sayso.records import ArticleOrder, ClaimOrder, Filter
from sayso.store.sqlite import create_case, open_case
from tests.cases import AT

WRITERS, WRITES = 4, 12
WRITE = f"""
import sys
from pathlib import Path
from sayso.bench.synthetic_case import make_captured, make_reading
from sayso.config import get_passphrase
from sayso.store.sqlite import open_case
store = open_case(Path(sys.argv[1]), passphrase=get_passphrase())
for number in range(int(sys.argv[2]), int(sys.argv[3])):
    reading = make_reading(number)
    captured = make_captured(reading)
    with store.write() as writer:
        writer.add_capture(captured, at={AT!r})
        writer.add_document(reading.document, captured.capture.id, at={AT!r})
        writer.add_reading(reading, at={AT!r})
    print(number, flush=True)
store.close()
"""


@pytest.fixture(params=["plain", "encrypted"])
def passphrase(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str | None:
    """What a case is encrypted with; the processes that are started have it, too."""
    monkeypatch.delenv("SAYSO_PASSPHRASE", raising=False)
    if request.param == "plain":
        return None
    pytest.importorskip("sqlcipher3", reason="sayso[encrypt] is not installed")
    monkeypatch.setenv("SAYSO_PASSPHRASE", "nine blue herons")
    return "nine blue herons"


def start(path: Path, first: int, last: int) -> subprocess.Popen[str]:
    source = Path(__file__).parents[3] / "src"
    return subprocess.Popen(
        [sys.executable, "-c", WRITE, str(path), str(first), str(last)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": str(source)},
    )


def check(path: Path, acknowledged: set[int], passphrase: str | None) -> None:
    """Find all that was acknowledged, whole, and nothing torn."""
    store = open_case(path, passphrase=passphrase)
    with store.view() as view:
        assert not list(view.iter_damage())
        documents = {doc.id: doc for doc in view.iter_documents()}
        for number in acknowledged:
            reading = make_reading(number)
            assert view.get_reading(reading.document.id).reading == reading
            assert view.get_warc(make_captured(reading).capture.id)
        rows = sum(len(view.get_reading(document).reading.attributions) for document in documents)
        assert view.list_claims(Filter(), ClaimOrder.PUBLISHED, limit=1).total == rows
        entries = list(view.iter_log())
        assert [entry.previous for entry in entries[1:]] == [entry.hash for entry in entries[:-1]]
    store.close()


@pytest.mark.slow
def test_four_writers_and_a_reader_at_once(tmp_path: Path, passphrase: str | None) -> None:
    path = tmp_path / "case.sayso"
    store = create_case(path, name="crowd", at=AT, passphrase=passphrase)
    writers = [start(path, number * WRITES, (number + 1) * WRITES) for number in range(WRITERS)]
    seen = [0]
    while any(writer.poll() is None for writer in writers):
        with store.view() as view:
            articles = view.list_articles(Filter(), ArticleOrder.ADDED, limit=1)
            claims = view.list_claims(Filter(), ClaimOrder.CONFIDENCE, limit=5)
            assert (articles.total == 0) == (claims.total == 0)
            seen.append(articles.total)
        time.sleep(0.02)
    errors = [writer.communicate()[1] for writer in writers]
    store.close()
    assert not any(writer.returncode for writer in writers), errors
    assert seen == sorted(seen)
    check(path, set(range(WRITERS * WRITES)), passphrase)


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="SIGKILL")
@pytest.mark.parametrize("after", [1, 3, 7])
def test_what_was_acknowledged_outlives_a_kill(tmp_path: Path, after: int, passphrase: str | None) -> None:
    path = tmp_path / "case.sayso"
    create_case(path, name="killed", at=AT, passphrase=passphrase).close()
    writer = start(path, 0, 10_000)
    assert writer.stdout is not None
    acknowledged = {int(writer.stdout.readline()) for _ in range(after)}
    time.sleep(0.003 * after)
    writer.send_signal(signal.SIGKILL)
    rest, _ = writer.communicate()
    check(path, acknowledged | {int(line) for line in rest.split()}, passphrase)
