"""How well names of places are taken to places: toponyms of two corpora that carry coordinates.

Right is what lies within 161 km of the point that the corpus gives, as in the literature; a name without a candidate is
wrong. Beside it stands what the most populous place of that name would reach over the same gazetteer. Nothing is fitted
on these corpora: the weights are set by hand, and one half of the articles (by a hash of the text) has been looked at.

Source: Lieberman, Samet and Sankaranarayanan, Geotagging with local lexicons (2010), for LGL; Kamalloo and Rafiei, A
coherent unsupervised model for toponym resolution (2018), for TR-News; Gritta et al., What's missing in geographical
parsing? (2018), for the measure.
"""

from __future__ import annotations

import re
import time
import tracemalloc
from dataclasses import dataclass
from typing import TYPE_CHECKING

import click
import numpy as np
from lxml import etree

from sayso.bench.corpora import require_shared
from sayso.bench.figures import BOUNDS, draw_weights
from sayso.bench.shares import is_seen
from sayso.extract.place_mentions import find_mentions
from sayso.extract.place_ranking import great_circle_km
from sayso.extract.places import resolve_places
from sayso.gazetteer import load_gazetteer

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from sayso.gazetteer import Gazetteer
    from sayso.records import GeoName

CORPORA = ("lgl.xml", "TR-News.xml")
NEAR_KM = 161.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Toponym:
    """A name that the corpus places.

    Attributes:
        start: Where it begins in the text.
        end: Where it ends.
        point: Degrees north and east.
        id: Its GeoNames id; 0 where the corpus gives none.
    """

    start: int
    end: int
    point: tuple[float, float]
    id: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """An article of such a corpus.

    Attributes:
        text: Its text.
        toponyms: The names that have coordinates.
        others: The names that have none; they are read too, and not measured.
    """

    text: str
    toponyms: tuple[Toponym, ...]
    others: tuple[tuple[int, int], ...]

    @property
    def is_looked_at(self) -> bool:
        """Whether it belongs to the half that may be looked at."""
        return is_seen(self.text)


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What came of one name.

    Attributes:
        toponym: What the corpus says.
        found: The first candidate; None where there is none.
        confidence: The machine's.
        km: How far it is off; None where there is none.
    """

    toponym: Toponym
    found: GeoName | None
    confidence: float
    km: float | None

    @property
    def is_right(self) -> bool:
        """Whether it lies near enough."""
        return self.km is not None and self.km <= NEAR_KM


def load_corpus(path: Path) -> list[Article]:
    """Return the articles of a corpus file."""
    root = etree.parse(path, etree.XMLParser(resolve_entities=False, no_network=True)).getroot()
    return [_read_article(node) for node in root.iter("article")]


def _read_article(node: etree._Element) -> Article:
    text = node.findtext("text") or ""
    placed, others = [], []
    for top in node.iter("toponym"):
        start, end = place_phrase(
            text, top.findtext("phrase") or "", int(top.findtext("start") or 0), int(top.findtext("end") or 0)
        )
        gaz = top.find("gaztag")
        lat, lon = (gaz.findtext("lat"), gaz.findtext("lon")) if gaz is not None else (None, None)
        if gaz is None or not lat or not lon:
            others.append((start, end))
        else:
            number = int(gaz.get("geonameid") or 0)
            placed.append(Toponym(start=start, end=end, point=(float(lat), float(lon)), id=number))
    return Article(text=text, toponyms=tuple(placed), others=tuple(others))


def place_phrase(text: str, phrase: str, start: int, end: int) -> tuple[int, int]:
    """Return where a name stands: as given, or the nearest place that has it (some articles count blanks otherwise)."""
    if not phrase or text[start:end] == phrase:
        return start, end
    found = [match.start() for match in re.finditer(re.escape(phrase), text)]
    nearest = min(found, key=lambda at: abs(at - start), default=None)
    return (start, end) if nearest is None else (nearest, nearest + len(phrase))


def resolve_article(article: Article, gazetteer: Gazetteer, *, keep_adjectives: bool = True) -> list[Outcome]:
    """Return what the resolver makes of an article's names; the corpora count "Russian" as a name of Russia."""
    spans = sorted({*((t.start, t.end) for t in article.toponyms), *article.others})
    found = {
        (p.span.start, p.span.end): p
        for p in resolve_places(article.text, spans, gazetteer, keep_adjectives=keep_adjectives)
    }
    outcomes = []
    for top in article.toponyms:
        place = found.get((top.start, top.end))
        first = place.candidates[0] if place and place.candidates else None
        outcomes.append(make_outcome(top, first, place.confidence if place else 0.0))
    return outcomes


def resolve_by_population(article: Article, gazetteer: Gazetteer) -> list[Outcome]:
    """Return what comes of taking the most populous place of each name."""
    outcomes = []
    for top in article.toponyms:
        named = gazetteer.find(article.text[top.start : top.end])
        outcomes.append(make_outcome(top, max(named, key=lambda place: place.population, default=None), 0.0))
    return outcomes


def make_outcome(toponym: Toponym, found: GeoName | None, confidence: float) -> Outcome:
    """Return how far off a place is."""
    km = great_circle_km(toponym.point, (found.latitude, found.longitude)) if found else None
    return Outcome(toponym=toponym, found=found, confidence=confidence, km=km)


def measure_share(
    articles: Sequence[Sequence[Outcome]], is_hit: Callable[[Outcome], bool]
) -> tuple[float, float, float, int]:
    """Return the share of hits in per cent, the ends of its 95 % interval over articles, and n."""
    table = np.array([[sum(map(is_hit, outcomes)), len(outcomes)] for outcomes in articles], dtype=float).reshape(-1, 2)
    right, total = table.sum(0)
    if not total:
        return 0.0, 0.0, 0.0, 0
    sums = draw_weights(len(table)) @ table
    low, high = np.percentile(100 * sums[:, 0] / np.maximum(sums[:, 1], 1), BOUNDS)
    return 100 * float(right / total), float(low), float(high), int(total)


def measure_cost(articles: Sequence[Article], gazetteer: Gazetteer) -> tuple[float, float]:
    """Return milliseconds per article and per 600 words, with the gazetteer loaded."""
    began = time.perf_counter()
    for article in articles:
        resolve_article(article, gazetteer)
    spent = 1000 * (time.perf_counter() - began)
    words = sum(len(article.text.split()) for article in articles)
    return spent / max(len(articles), 1), 600 * spent / max(words, 1)


def measure_finding(articles: Sequence[Article], gazetteer: Gazetteer) -> str:
    """Return what is found and placed where no names are given, as a line."""
    named, touched, right, total = 0, 0, 0, 0
    for article in articles:
        places = resolve_places(article.text, find_mentions(article.text, gazetteer), gazetteer)
        gold = [(t.start, t.end) for t in article.toponyms] + list(article.others)
        total += len(article.toponyms)
        named += len(places)
        touched += sum(any(p.span.start < end and start < p.span.end for start, end in gold) for p in places)
        for top in article.toponyms:
            over = [p for p in places if p.span.start < top.end and top.start < p.span.end and p.candidates]
            right += bool(over) and make_outcome(top, over[0].candidates[0], 0.0).is_right
    return (
        f"by the gazetteer alone: {100 * touched / max(named, 1):.1f} % of {named} found are names of the corpus; "
        f"{100 * right / max(total, 1):.1f} % of its {total} are found and placed"
    )


def measure_loading() -> tuple[float, float]:
    """Return the milliseconds that loading takes, and the megabytes that it leaves behind."""
    load_gazetteer.cache_clear()
    began = time.perf_counter()
    load_gazetteer()
    spent = 1000 * (time.perf_counter() - began)
    load_gazetteer.cache_clear()
    tracemalloc.start()
    kept = load_gazetteer()
    size = tracemalloc.get_traced_memory()[0] / 1e6
    tracemalloc.stop()
    return spent, size if len(kept) else 0.0


def measure_calibration(outcomes: Sequence[Outcome]) -> list[tuple[float, float, float, int]]:
    """Return for each fifth of confidence its lower end, the mean confidence, the share right in per cent, and n."""
    rows = []
    for low in (0.0, 0.2, 0.4, 0.6, 0.8, 0.9):
        high = {0.8: 0.9, 0.9: 1.01}.get(low, low + 0.2)
        group = [o for o in outcomes if low <= o.confidence < high]
        if group:
            mean = sum(o.confidence for o in group) / len(group)
            rows.append((low, mean, 100 * sum(o.is_right for o in group) / len(group), len(group)))
    return rows


def report(path: Path, gazetteer: Gazetteer) -> list[str]:
    """Return the lines that say what was measured on one corpus."""
    articles = [article for article in load_corpus(path) if article.toponyms]
    lines = [f"{path.name}: {len(articles)} articles with placed names; within {NEAR_KM:.0f} km, in per cent"]
    everything: list[Outcome] = []
    for label, part in (
        ("looked at", [a for a in articles if a.is_looked_at]),
        ("unseen", [a for a in articles if not a.is_looked_at]),
        ("all", articles),
    ):
        ours = [resolve_article(article, gazetteer) for article in part]
        plain = [resolve_article(article, gazetteer, keep_adjectives=False) for article in part]
        base = [resolve_by_population(article, gazetteer) for article in part]
        if label == "all":
            everything = [outcome for outcomes in ours for outcome in outcomes]
        for name, rows, is_hit in (
            ("sayso", ours, lambda o: o.is_right),
            ("most populous", base, lambda o: o.is_right),
            ("sayso, adjectives left out", plain, lambda o: o.is_right),
            ("sayso, or the same GeoNames id", ours, lambda o: o.is_right or _is_same(o)),
        ):
            share, low, high, n = measure_share(rows, is_hit)
            lines.append(f"  {label:9}  {name:31} {share:5.1f}  [{low:.1f}, {high:.1f}]  n={n}")
    lines.append(
        "  confidence: " + ", ".join(f"{m:.2f} -> {s:.0f} % (n={n})" for _, m, s, n in measure_calibration(everything))
    )
    lines.append("  " + measure_finding(articles, gazetteer))
    each, per_words = measure_cost(articles, gazetteer)
    lines.append(f"  {each:.2f} ms an article, {per_words:.2f} ms for 600 words")
    return lines


def _is_same(outcome: Outcome) -> bool:
    return outcome.found is not None and outcome.found.id == outcome.toponym.id


@click.command("places")
def places_command() -> None:
    """Measure where names of places are taken to, on LGL and TR-News."""
    folder = require_shared() / "data" / "places"
    spent, size = measure_loading()
    gazetteer = load_gazetteer()
    click.echo(f"gazetteer: {len(gazetteer)} places, loaded in {spent:.0f} ms, {size:.0f} MB kept")
    for name in CORPORA:
        if not (folder / name).exists():
            click.echo(f"SKIPPED: {folder / name} is not there")
            continue
        for line in report(folder / name, gazetteer):
            click.echo(line)
