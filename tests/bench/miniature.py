"""One invented article with its labels: what the bench is tested on."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests.readings import Builder

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from sayso.records import Document, Reading

TEXT = """Tarn bridge shut

Mayor Ilse Varn said the Tarn bridge is closed. She told the Lowmere Post that engineers found two cracks.

The harbour board denied that ships were at risk. The ministry declined to comment on the cost.
"""
NAME = "lowmere-post_2031-04-02_tarn-bridge-shut"
ROWS: tuple[tuple[str, str | None, str, str, dict[str, Any]], ...] = (
    ("E1", "Mayor Ilse Varn", "said", "the Tarn bridge is closed", {"source": "s1"}),
    (
        "E2",
        "She",
        "told",
        "that engineers found two cracks",
        {"source": "s1", "via": ["s2"]},
    ),
    (
        "N1",
        "engineers",
        "found",
        "two cracks",
        {"source": "s3", "within": "E2", "endorsement": "endorsed"},
    ),
    ("E3", "The harbour board", "denied", "that ships were at risk", {"source": "s4", "stance": "denies"}),
    (
        "E4",
        "The ministry",
        "declined to comment on",
        "the cost",
        {"source": "s5", "stance": "declines", "certainty": "possible", "via": ["s2"]},
    ),
)
STANDOFF = """T1\tSource 18 33\tMayor Ilse Varn
T2\tCue 34 38\tsaid
T3\tContent 39 64\tthe Tarn bridge is closed
T4\tAttribution 34 38\tsaid
E1\tAttribution:T4 Content:T3 Cue:T2 Source:T1
this line is broken
"""


def find_span(words: str) -> list[int]:
    """Return where the words first stand in the text."""
    start = TEXT.index(words)
    return [start, start + len(words)]


def make_labels() -> dict[str, Any]:
    """Return the labels of the article in miniature."""
    rows = []
    for name, source, cue, content, labels in ROWS:
        row: dict[str, Any] = {
            "id": name,
            "source_spans": [find_span(source)] if source else [],
            "cue_spans": [find_span(cue)],
            "content_spans": [find_span(content)],
            "within": None,
            "via": [],
            "stance": "asserts",
            "certainty": "certain",
            "endorsement": "neutral",
        }
        rows.append(row | labels)
    return {
        "sources": {
            "s1": {"name": "Ilse Varn", "kind": "person", "naming": "named"},
            "s2": {"name": "Lowmere Post", "kind": "outlet", "naming": "named"},
            "s3": {"name": "engineers", "kind": "group", "naming": "vague"},
            "s4": {"name": "harbour board", "kind": "organisation", "naming": "named"},
            "s5": {"name": "ministry", "kind": "state", "naming": "described"},
        },
        "attributions": rows,
        "relations": [{"from": "E3", "to": "E2", "type": "disputes"}],
        "headline": {"support": "full", "why": "the mayor says so"},
        "origins": ["s1", "s3"],
        "unsourced": 0,
    }


def make_reading(**changes: Any) -> dict[str, Any]:  # noqa: ANN401 (any field of a reading)
    """Return a reading that agrees with the labels in all, with confidences, except for the changes."""
    labels = make_labels()
    sources = [{"id": key, **source, "mentions": [], "confidence": 0.9} for key, source in labels["sources"].items()]
    rows = [
        {
            **row,
            "confidence": 0.8,
            "label_confidence": {"stance": 0.95, "certainty": 0.85, "endorsement": 0.75},
            "made_by": ["head:roles"],
        }
        for row in labels["attributions"]
    ]
    return {
        "document": {"text": TEXT, "name": NAME},
        "sources": sources,
        "attributions": rows,
        "relations": labels["relations"],
        "headline": {"support": "full", "why": "", "rows": []},
        "origins": labels["origins"],
        "unsourced": [],
        "problems": [],
        **changes,
    }


class SilentReader:
    """Finds nothing in any document."""

    def read_many(self, documents: Iterable[Document]) -> Iterator[Reading]:
        """Yield an empty reading for each document."""
        for doc in documents:
            yield Builder(doc.text, name=doc.name).build()
