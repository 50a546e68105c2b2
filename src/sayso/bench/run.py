"""One run of the bench: from readings to figures. What is measured is here; how it is shown is in `report`."""

from __future__ import annotations

from collections import Counter
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from sayso.bench.breakdown import count_headlines, count_makers, count_vias, judge_confidences
from sayso.bench.calibration import Calibration, measure_calibration
from sayso.bench.corpora import digest_corpus, load_gold, load_polnear
from sayso.bench.figures import Figure, draw_weights, measure_all, measure_counts
from sayso.bench.scorer import ArticleScore, Scorer, score_reading, split_sources

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from sayso.bench.corpora import Article
    from sayso.bench.cost import Cost
    from sayso.bench.rival import RivalRun

POLNEAR, GOLD = "polnear-dev", "gold-dev"
BY_SPANS = (
    "content.token",
    "content.exact",
    "source.token",
    "source.exact",
    "cue.token",
    "linked",
    "linked_loose",
    "ledger",
    "other_cues",
)
Readings = dict[str, dict[str, Any]]
Figures = dict[str, dict[str, Figure]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Material:
    """The labelled corpora of a run.

    Attributes:
        polnear: PolNeAR dev, one layer of rows and no labels.
        gold: The part of it that has the full labels; the same texts, so that each is read once.
    """

    polnear: list[Article]
    gold: list[Article]

    @property
    def digest(self) -> str:
        """A hash that changes when anything that a score rests on does."""
        return digest_corpus([*self.polnear, *self.gold])

    @property
    def sizes(self) -> dict[str, int]:
        """How many articles each corpus has."""
        return {POLNEAR: len(self.polnear), GOLD: len(self.gold)}


@dataclass(frozen=True, slots=True, kw_only=True)
class Breakdown:
    """Where the reader is right and wrong on the gold.

    Attributes:
        headlines: (gold, predicted) support of the headline, counted.
        makers: (head or rule, was the row right), counted.
        vias: Route figures for vias introduced and carried on.
        calibrations: Of rows, their labels, and kind and naming of sources.
    """

    headlines: Counter[tuple[str, str]]
    makers: Counter[tuple[str, bool]]
    vias: dict[str, Figure]
    calibrations: list[Calibration]


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """All figures of a run; parts that were not run are None.

    Attributes:
        digest: Of the corpora.
        articles: How many articles each corpus has.
        figures: By corpus and measure.
        breakdown: Over the gold.
        refused: Articles that the reader refused, with the reason; they count as empty.
        cost: What reading costs.
        rival: textacy on PolNeAR dev.
        rival_figures: Its figures there.
        fp32: Figures of the fp32 model.
    """

    digest: str
    articles: dict[str, int]
    figures: Figures
    breakdown: Breakdown
    refused: dict[str, str]
    cost: Cost | None = None
    rival: RivalRun | None = None
    rival_figures: dict[str, Figure] | None = None
    fp32: Figures | None = None


def load_material(shared: Path) -> Material:
    """Return the labelled corpora."""
    return Material(polnear=load_polnear(shared, "dev"), gold=load_gold(shared, "dev"))


def score_polnear(scorer: Scorer, material: Material, readings: Mapping[str, dict[str, Any]]) -> list[ArticleScore]:
    """Return the scores on PolNeAR dev: flat, and by spans (one source per row on both sides)."""
    return [
        score_reading(scorer, article, split_sources(readings[article.name]), flat=True) for article in material.polnear
    ]


def score_gold(scorer: Scorer, material: Material, readings: Mapping[str, dict[str, Any]]) -> list[ArticleScore]:
    """Return the scores on the gold."""
    return [score_reading(scorer, article, readings[article.name], flat=False) for article in material.gold]


def measure_quality(scorer: Scorer, material: Material, readings: Mapping[str, dict[str, Any]]) -> Figures:
    """Return every figure on both corpora."""
    polnear = measure_all(score_polnear(scorer, material, readings), labels=False)
    return {
        POLNEAR: {measure: polnear[measure] for measure in BY_SPANS if measure in polnear},
        GOLD: measure_all(score_gold(scorer, material, readings), labels=True),
    }


def measure_breakdown(scorer: Scorer, material: Material, readings: Mapping[str, dict[str, Any]]) -> Breakdown:
    """Return where the reader is right and wrong on the gold."""
    scores = score_gold(scorer, material, readings)
    triples = [(article, readings[article.name], score) for article, score in zip(material.gold, scores, strict=True)]
    vias = [count_vias(scorer, *triple) for triple in triples]
    judged = [judge_confidences(*triple) for triple in triples]
    weights = draw_weights(len(triples))
    makers: Counter[tuple[str, bool]] = Counter()
    for _, reading, score in triples:
        makers += count_makers(reading, score)
    return Breakdown(
        headlines=count_headlines((article, reading) for article, reading, _ in triples),
        makers=makers,
        vias={
            way: measure_counts(way, [counts[way] for counts in vias], weights)
            for way in ("via.introduced", "via.carried")
        },
        calibrations=[
            measure_calibration(of, [article[of] for article in judged]) for of in (judged[0] if judged else {})
        ],
    )


def find_differences(int8: Figures, fp32: Figures) -> dict[tuple[str, str], float]:
    """Return int8 minus fp32 for every measure that rests on some gold, in points."""
    return {
        (corpus, measure): figure.value - fp32[corpus][measure].value
        for corpus, found in int8.items()
        for measure, figure in found.items()
        if figure.n and measure in fp32.get(corpus, {})
    }


def to_json(result: Result) -> dict[str, Any]:
    """Return all figures of a run as what `json` can write."""
    cost = None if result.cost is None else asdict(result.cost)
    rival = None
    if result.rival is not None:
        rival = {key: value for key, value in asdict(result.rival).items() if key != "readings"}
        rival["figures"] = _figures(result.rival_figures or {})
    return {
        "digest": result.digest,
        "articles": result.articles,
        "figures": {corpus: _figures(found) for corpus, found in result.figures.items()},
        "headlines": [
            {"gold": gold, "read": read, "n": n} for (gold, read), n in sorted(result.breakdown.headlines.items())
        ],
        "made_by": [
            {"name": name, "right": right, "n": n} for (name, right), n in sorted(result.breakdown.makers.items())
        ],
        "vias": _figures(result.breakdown.vias),
        "calibrations": [asdict(calibration) for calibration in result.breakdown.calibrations],
        "refused": result.refused,
        "cost": cost,
        "rival": rival,
        "fp32": None if result.fp32 is None else {corpus: _figures(found) for corpus, found in result.fp32.items()},
    }


def _figures(found: Mapping[str, Figure]) -> dict[str, dict[str, Any]]:
    """Return figures as dictionaries."""
    return {
        measure: {name: value for name, value in asdict(figure).items() if name != "drawn"}
        for measure, figure in found.items()
    }
