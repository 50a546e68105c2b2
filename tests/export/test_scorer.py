"""The JSON as the public scorer reads it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from sayso.export.reading_json import write_line
from tests.readings import demo_reading

SHARED = Path(os.environ.get("SAYSO_SHARED", Path(__file__).parents[3] / "shared"))
SCORER = SHARED / "score" / "score_reading.py"


@pytest.mark.skipif(not SCORER.exists(), reason=f"the scorer is not at {SCORER}; SAYSO_SHARED says where it is")
def test_a_reading_scored_against_itself_is_right_throughout(tmp_path: Path) -> None:
    for folder in ("gold", "pred", "texts"):
        (tmp_path / folder).mkdir()
    reading = demo_reading()
    (tmp_path / "texts" / "demo.txt").write_bytes(reading.document.text.encode())
    for folder in ("gold", "pred"):
        (tmp_path / folder / "demo.json").write_bytes(write_line(reading))
    folders = [part for name in ("gold", "pred", "texts") for part in (f"--{name}", str(tmp_path / name))]
    done = subprocess.run([sys.executable, str(SCORER), *folders, "--json"], capture_output=True, check=True, text=True)
    scores = json.loads(done.stdout)
    assert scores["articles"] == {"n": 1}
    # Not 100: the scorer cannot tell "Dara Quill and Emil Stroud" from "Dara Quill", a mention of whom is in it.
    for measure in ("ledger", "routes", "same_party", "origins", "relations", "refusals"):
        assert scores[measure]["F1"] >= 80, measure
    for label in ("stance", "certainty", "endorsement", "kind", "naming"):
        assert scores[label]["accuracy"] == 100.0, label
