"""The labelled articles that the reader is trained on, in one shape.

Reads ``data/polnear`` (brat standoff, one layer) and ``gold`` (our labels: nested rows, routes, stances). Where an
article has gold labels they replace PolNeAR's.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

Spans = list[tuple[int, int]]


@dataclass
class Row:
    """One labelled attribution; labels are None where the corpus does not give them."""

    id: str
    source_spans: Spans
    cue_spans: Spans
    content_spans: Spans
    source: str | None = None
    within: str | None = None
    via: list[str] = field(default_factory=list)
    stance: str | None = None
    certainty: str | None = None
    endorsement: str | None = None
    is_made: bool = False  # by `variants.nest`


@dataclass
class Article:
    """One labelled article."""

    name: str
    text: str
    rows: list[Row]
    sources: dict[str, dict[str, str | None]]
    relations: list[tuple[str, str, str]]
    origins: list[str]
    is_gold: bool
    entities: list[tuple[int, int, str]] = field(default_factory=list)


def read_brat(text: str, ann: str) -> list[Row]:
    """Return the rows of one brat file; malformed lines are skipped, as the corpus's users must."""
    spans: dict[str, Spans] = {}
    rows = []
    for line in ann.splitlines():
        parts = line.split("\t")
        if line.startswith("T") and len(parts) >= 2:
            _, _, places = parts[1].partition(" ")
            try:
                found = [tuple(map(int, p.split())) for p in places.split(";")]
            except ValueError:
                continue
            if all(len(p) == 2 and 0 <= p[0] < p[1] <= len(text) for p in found):
                spans[parts[0]] = [(a, b) for a, b in found]
        elif line.startswith("E") and len(parts) >= 2:
            roles: dict[str, Spans] = {"Source": [], "Cue": [], "Content": []}
            for argument in parts[1].split():
                role, _, key = argument.partition(":")
                role = role.rstrip("0123456789")
                if role in roles:
                    roles[role] += spans.get(key, [])
            if roles["Content"]:
                rows.append(Row(parts[0], sorted(roles["Source"]), sorted(roles["Cue"]), sorted(roles["Content"])))
    return rows


def read_gold(path: Path, text: str) -> Article:
    """Return one article with our labels."""
    raw = json.loads(path.read_text("utf8"))
    spans = lambda row, key: sorted((a, b) for a, b in row.get(key) or [] if a < b <= len(text))  # noqa: E731
    rows = [
        Row(
            r["id"],
            spans(r, "source_spans"),
            spans(r, "cue_spans"),
            spans(r, "content_spans"),
            r.get("source"),
            r.get("within"),
            r.get("via") or [],
            r["stance"],
            r["certainty"],
            r["endorsement"],
        )
        for r in raw["attributions"]
    ]
    relations = [(r["from"], r["to"], r["type"]) for r in raw["relations"]]
    return Article(path.stem, text, rows, raw["sources"], relations, raw["origins"], is_gold=True)


def load_articles(shared: Path, part: str) -> list[Article]:
    """Return the articles of ``train`` or ``dev``, in order of name."""
    folder = shared / "data" / "polnear" / part
    gold = {p.stem: p for p in (shared / "gold" / part).glob("*.json")}
    articles = []
    for path in sorted((folder / "text").glob("*.txt")):
        text = path.read_bytes().decode("utf8")
        if path.stem in gold:
            articles.append(read_gold(gold[path.stem], text))
            continue
        anns = sorted((folder / "attributions").glob(path.stem + "_*.ann"))
        if anns:
            rows = read_brat(text, anns[0].read_bytes().decode("utf8"))
            articles.append(Article(path.stem, text, rows, {}, [], [], is_gold=False))
    return articles
