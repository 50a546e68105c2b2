"""PolNeAR's standoff annotation into the shape of the gold labels.

Only what the corpus says is taken over: spans of source, cue and content, one source per row. PolNeAR has no labels, so
stance, certainty and endorsement are None. Lines that do not parse are skipped: the corpus has a few.
"""

from __future__ import annotations

import re
from typing import Any

TEXT_BOUND = re.compile(r"(T\d+)\t(?:Source|Cue|Content) (\d+ \d+(?:;\d+ \d+)*)(?:\t|$)")
EVENT = re.compile(r"(E\d+)\t(Attribution(?:-no-source)?:T\d+(?: \S+)*) *$")
ARGUMENT = re.compile(r"(Source|Cue|Content)\d*:(T\d+)")


def parse_standoff(standoff: str, text: str) -> dict[str, Any]:
    r"""Return gold labels with one row per attribution event, in order of appearance.

    Example: ``T1\tSource 0 4\tAnna``, ``T2\tCue 5 9\tsaid``, ``T3\tContent 10 15\thello`` and
    ``E1\tAttribution:T2 Source:T1 Cue:T2 Content:T3`` make one row whose source is named Anna.
    """
    lines = standoff.split("\n")
    bounds = {m[1]: _read_fragments(m[2], len(text)) for line in lines if (m := TEXT_BOUND.match(line))}
    sources: dict[str, dict[str, Any]] = {}
    rows: list[dict[str, Any]] = []
    for line in lines:
        event = EVENT.match(line.rstrip("\r"))
        if not event:
            continue
        spans: dict[str, list[list[int]]] = {"Source": [], "Cue": [], "Content": []}
        for role, bound in ARGUMENT.findall(event[2]):
            spans[role] += bounds.get(bound, [])
        source = f"source-of-{event[1]}" if spans["Source"] else None
        if source:
            sources[source] = {"name": " ".join(text[s:e] for s, e in sorted(spans["Source"]))}
        rows.append(
            {
                "id": event[1],
                "source": source,
                "source_spans": sorted(spans["Source"]),
                "cue_spans": sorted(spans["Cue"]),
                "content_spans": sorted(spans["Content"]),
                "within": None,
                "via": [],
                "stance": None,
                "certainty": None,
                "endorsement": None,
            }
        )
    rows.sort(key=lambda row: min((span[0] for span in row["cue_spans"] + row["content_spans"]), default=0))
    return {"sources": sources, "attributions": rows, "relations": [], "origins": []}


def _read_fragments(given: str, size: int) -> list[list[int]]:
    """Return the fragments of ``3 9;12 20`` that lie within a text of that size."""
    pairs = [[int(number) for number in fragment.split(" ")] for fragment in given.split(";")]
    return [pair for pair in pairs if 0 <= pair[0] < pair[1] <= size]
