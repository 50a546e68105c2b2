"""The labelled and unlabelled corpora that the bench reads, each by a small loader.

The corpora stand beside the checkout (``../shared``, or the folder that ``SAYSO_SHARED`` names) and are never part of
the package. Where they are absent, `find_shared` returns None, and a command ends with `require_shared`, which says so.
"""

from __future__ import annotations

import hashlib
import json
import os
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from sayso.bench.brat import parse_standoff
from sayso.bench.tokens import join_tokens

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

SHARED_VARIABLE = "SAYSO_SHARED"


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """One article of a corpus.

    Attributes:
        name: The file's name without its ending; unique within the corpus.
        text: What the reader is given, unchanged.
        gold: The labels in the shape that the scorer reads; None where the corpus has none.
    """

    name: str
    text: str
    gold: dict[str, Any] | None = None


def find_shared() -> Path | None:
    """Return the folder of the corpora and the scorer, or None where there is none."""
    given = os.environ.get(SHARED_VARIABLE)
    beside = [Path(__file__).resolve().parents[3].parent / "shared", Path.cwd().parent / "shared"]
    for folder in [Path(given)] if given else beside:
        if (folder / "score" / "score_reading.py").is_file():
            return folder
    return None


def require_shared() -> Path:
    """Return the folder of the corpora; where there is none, say so and end with exit code 0."""
    shared = find_shared()
    if shared is None:
        click.secho(
            f"SKIPPED: nothing was measured. The corpora are not beside the checkout (../shared) and "
            f"{SHARED_VARIABLE} names no folder that has them.",
            fg="yellow",
            bold=True,
        )
        sys.exit(0)
    return shared


def load_polnear(shared: Path, part: str) -> list[Article]:
    """Return PolNeAR's articles of a part, in order of name, labelled by the first annotator file of each."""
    folder = shared / "data" / "polnear" / part
    annotations: dict[str, Path] = {}
    for path in sorted((folder / "attributions").glob("*.ann")):
        annotations.setdefault(path.stem.rpartition("_")[0], path)
    articles = []
    for path in sorted((folder / "text").glob("*.txt")):
        text = path.read_bytes().decode("utf-8")
        standoff = annotations.get(path.stem)
        gold = parse_standoff(standoff.read_bytes().decode("utf-8"), text) if standoff else None
        articles.append(Article(name=path.stem, text=text, gold=gold))
    return articles


def load_polnear_texts(shared: Path, part: str) -> list[Article]:
    """Return PolNeAR's articles of a part without their labels, in order of name."""
    return _load_texts(shared / "data" / "polnear" / part / "text", "*.txt")


def load_gold(shared: Path, part: str) -> list[Article]:
    """Return the articles of a part that carry the full labels, in order of name."""
    articles = []
    for path in sorted((shared / "gold" / part).glob("*.json")):
        gold = json.loads(path.read_text("utf-8"))
        text = (shared / "data" / "polnear" / part / "text" / f"{path.stem}.txt").read_bytes().decode("utf-8")
        articles.append(Article(name=path.stem, text=text, gold=gold))
    return articles


def load_muc(shared: Path) -> list[Article]:
    """Return MUC's wires, their dateline above them as printed; all in capitals."""
    articles = []
    for line in (shared / "data" / "muc" / "doc_dev").read_text("utf-8").splitlines():
        wire = json.loads(line)
        head = f"{wire['dateline']} -- " if wire.get("dateline") else ""
        articles.append(Article(name=wire["docid"], text=head + wire["text"]))
    return articles


def load_newswcl50(shared: Path) -> list[Article]:
    """Return the web articles of NewsWCL50, in order of event and outlet."""
    return _load_texts(shared / "data" / "newswcl50", "event_*/*.txt")


def load_seed(shared: Path) -> list[Article]:
    """Return the news report from which the product was thought out."""
    return _load_texts(shared / "seed", "*.txt")


def load_gum_news(shared: Path) -> list[Article]:
    """Return the news and interviews of GUM as running text, rebuilt from its tokens."""
    folder = shared / "data" / "gum_news"
    return [Article(name=path.stem, text=join_tokens(path.read_text("utf-8"))) for path in sorted(folder.glob("*.xml"))]


def _load_texts(folder: Path, pattern: str) -> list[Article]:
    """Return the text files under a folder, in order of path."""
    paths = sorted(folder.glob(pattern))
    return [Article(name=path.name.split(".")[0], text=path.read_bytes().decode("utf-8", "replace")) for path in paths]


CORPORA: dict[str, Callable[[Path], list[Article]]] = {
    "muc": load_muc,
    "newswcl50": load_newswcl50,
    "gum_news": load_gum_news,
    "seed": load_seed,
    "polnear-dev": lambda shared: load_polnear(shared, "dev"),
    "gold-dev": lambda shared: load_gold(shared, "dev"),
}


def digest_corpus(articles: Iterable[Article]) -> str:
    """Return a SHA-256 over names, texts and labels: it changes when anything that a score rests on does."""
    digest = hashlib.sha256()
    for article in sorted(articles, key=lambda article: article.name):
        labels = json.dumps(article.gold, sort_keys=True, ensure_ascii=True)
        for part in (article.name, article.text, labels):
            digest.update(hashlib.sha256(part.encode("utf-8", "surrogatepass")).digest())
    return digest.hexdigest()


def cycle_texts(articles: Sequence[Article], count: int) -> Iterable[Article]:
    """Yield that many articles, from the start again when they run out."""
    for turn in range(count if articles else 0):
        yield articles[turn % len(articles)]
