"""Who did what to whom, against clauses judged by hand: names, offsets and labels, of articles that stand elsewhere.

The clauses were drawn by chance from what a reader found, over articles that nobody had looked at for mistakes; a
clause it missed altogether is not among them. The first hundred are an early reader's; the second draw, over other
articles, is of the reader after its mistakes in the first were looked at. Judged is what the sentence says.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import click

from sayso.bench.corpora import CORPORA, Article, require_shared
from sayso.bench.marked_times import read_marked
from sayso.bench.shares import Share
from sayso.ingest import from_text
from sayso.ledger import Reader

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from sayso.records import Assertion, Span

JUDGED = Path(__file__).with_name("assertions.json")
MEANTIME = Path("data") / "meantime" / "intra_cross-doc_annotation"
# What makes no difference to whom a phrase names.
EDGES = re.compile(r"^(?:\W+|(?:the|an?)\b)+|\W+$", re.IGNORECASE)
PARTS = ("actor", "action", "target")

Places = tuple[tuple[int, int] | None, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """One clause as judged by hand.

    Attributes:
        corpus: The corpus of its article.
        name: The article's name.
        drawn: In which draw.
        verb: Where the deed's main word stands.
        actor: Where who does it stands, each way that is right; None among them where nobody need be named.
        action: The same of the deed; empty for a word that makes no clause at all.
        target: The same of to whom or what.
        polarity: The polarities that are right.
    """

    corpus: str
    name: str
    verb: tuple[int, int]
    drawn: str = "first"
    actor: Places = ()
    action: Places = ()
    target: Places = ()
    polarity: tuple[str, ...] = ()


def load_judged(path: Path = JUDGED) -> list[Judged]:
    """Return the judged clauses."""
    return [
        Judged(
            corpus=one["corpus"],
            name=one["name"],
            verb=(one["verb"][0], one["verb"][1]),
            drawn=one.get("drawn", "first"),
            polarity=tuple(one.get("polarity", ())),
            **{part: tuple(tuple(at) if at else None for at in one.get(part, ())) for part in PARTS},
        )
        for one in json.loads(path.read_text("utf-8"))
    ]


def judge_clause(judged: Judged, text: str, assertions: Sequence[Assertion]) -> dict[str, bool]:
    """Return for each part of a clause whether it is read right; all wrong where no assertion has its verb."""
    start, end = judged.verb
    having = [a for a in assertions if a.action and a.action.start < end and start < a.action.end]
    if not judged.action:
        return dict.fromkeys((*PARTS, "polarity"), not having)
    if not having:
        return dict.fromkeys((*PARTS, "polarity"), False)
    best = min(having, key=lambda a: (a.action.end - a.action.start if a.action else 0, a.span.end - a.span.start))
    found: dict[str, Span | None] = {"actor": best.actor, "action": best.action, "target": best.target}
    right = {
        part: any(_is_same(text, place, found[part]) for place in places)
        for part, places in (("actor", judged.actor), ("action", judged.action), ("target", judged.target))
    }
    return {**right, "polarity": best.polarity.value in judged.polarity}


def _is_same(text: str, place: tuple[int, int] | None, found: Span | None) -> bool:
    """Return whether a span is a judged place, but for articles and marks at its ends."""
    if place is None or found is None:
        return place is None and found is None
    bare = EDGES.sub("", text[slice(*place)])
    return bare == EDGES.sub("", found.exact) and place[0] < found.end and found.start < place[1]


def measure_assertions(
    judged: Iterable[Judged], texts: Mapping[tuple[str, str], str], read: Mapping[tuple[str, str], Sequence[Assertion]]
) -> list[Share]:
    """Return the shares of clauses whose parts are read right, one by one and all together."""
    results = [
        judge_clause(one, texts[one.corpus, one.name], read[one.corpus, one.name])
        for one in judged
        if (one.corpus, one.name) in texts
    ]
    shares = [
        Share(of=f"{part} right", right=sum(result[part] for result in results), n=len(results))
        for part in (*PARTS, "polarity")
    ]
    return [*shares, Share(of="all right", right=sum(all(r.values()) for r in results), n=len(results))]


def load_articles(shared: Path, corpus: str) -> list[Article]:
    """Return the articles of a corpus, MEANTIME's among them."""
    if corpus != "meantime":
        return CORPORA[corpus](shared)
    read = [(path.stem, read_marked(path.read_bytes())) for path in sorted((shared / MEANTIME).glob("*/*.xml"))]
    return [Article(name=name, text=marked.text) for name, marked in read if marked is not None]


@click.command("assertions")
def assertions_command() -> None:
    """Who did what to whom, against clauses judged by hand."""
    shared = require_shared()
    judged = load_judged()
    wanted = {(one.corpus, one.name) for one in judged}
    texts = {
        (corpus, article.name): article.text
        for corpus in sorted({corpus for corpus, _ in wanted})
        for article in load_articles(shared, corpus)
        if (corpus, article.name) in wanted
    }
    reader = Reader()
    read = {key: reader.read(from_text(text, name=key[1])).assertions for key, text in texts.items()}
    for drawn in dict.fromkeys(one.drawn for one in judged):
        click.echo(f"{drawn} draw")
        for share in measure_assertions([one for one in judged if one.drawn == drawn], texts, read):
            click.echo(f"  {share}")
