"""A run as tables to read in a terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.table import Table
from rich.text import Text

from sayso.bench.figures import find_interval_between
from sayso.bench.run import GOLD, POLNEAR, find_differences
from sayso.bench.targets import QualityTarget, judge_value

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rich.console import RenderableType

    from sayso.bench.calibration import Calibration
    from sayso.bench.cost import Cost
    from sayso.bench.figures import Figure
    from sayso.bench.run import Breakdown, Figures, Result
    from sayso.bench.targets import Targets

TITLES = {POLNEAR: "PolNeAR dev (--flat; ledger by spans)", GOLD: "gold/dev"}
STYLES = {"aim": "green", "enough": "yellow", "UNDER": "bold red", "": ""}
SUPPORTS = ("full", "partial", "none", "absent")
BAR = 30
DASH = "-"


def show_result(result: Result, targets: Targets) -> Iterator[RenderableType]:
    """Yield the tables of a run, in the order in which they are to be read."""
    for corpus, found in result.figures.items():
        yield show_figures(corpus, found, targets, result.articles[corpus])
    if result.refused:
        yield Text(f"refused, counted as empty: {', '.join(sorted(result.refused))}", style="red")
    yield from show_breakdown(result.breakdown)
    if result.cost:
        yield show_cost(result.cost, targets)
    yield from show_rival(result)
    if result.fp32:
        yield show_rounding(result.figures, result.fp32, targets)


def show_figures(corpus: str, found: dict[str, Figure], targets: Targets, articles: int) -> Table:
    """Return the table of one corpus, with what others reach and what must be reached."""
    table = _table(f"{TITLES.get(corpus, corpus)}: {articles} articles; 95 % bootstrap interval over articles")
    for column in ("measure", "statistic"):
        table.add_column(column)
    for column in ("value", "interval", "P", "R", "n", "plain tagger", "people", "at least", "aim", ""):
        table.add_column(column, justify="right")
    for measure, figure in found.items():
        target = targets.quality.get((corpus, measure), QualityTarget())
        verdict = judge_value(figure.value, limit=target.at_least, aim=target.aim)
        table.add_row(
            measure,
            figure.statistic,
            f"{figure.value:.1f}" if figure.n else DASH,
            f"{figure.low:.1f} … {figure.high:.1f}" if figure.n else DASH,
            _number(figure.precision),
            _number(figure.recall),
            f"{figure.n:,}",
            target.plain,
            target.people,
            _number(target.at_least, ".0f"),
            _number(target.aim, ".0f"),
            Text(verdict, style=STYLES[verdict]),
        )
    return table


def show_breakdown(breakdown: Breakdown) -> Iterator[RenderableType]:
    """Yield the tables of routes, heads and rules, headlines and confidences."""
    vias = _table("via on gold/dev: introduced in a row, or carried on from a row before it")
    for column in ("via", "F1", "interval", "P", "R", "n"):
        vias.add_column(column, justify="left" if column == "via" else "right")
    for figure in breakdown.vias.values():
        interval = f"{figure.low:.1f} … {figure.high:.1f}"
        values = (f"{figure.value:.1f}", interval, _number(figure.precision), _number(figure.recall), str(figure.n))
        vias.add_row(figure.measure, *values)
    yield vias

    makers = _table("rows by the heads and rules that had a part in them (gold/dev)")
    for column in ("head or rule", "rows", "right", "share right"):
        makers.add_column(column, justify="left" if column == "head or rule" else "right")
    names = {name for name, _ in breakdown.makers}
    for name in sorted(names, key=lambda name: (-sum(breakdown.makers[name, right] for right in (True, False)), name)):
        right, wrong = breakdown.makers[name, True], breakdown.makers[name, False]
        makers.add_row(name, str(right + wrong), str(right), f"{100 * right / (right + wrong):.0f} %")
    yield makers

    headlines = _table("does the body bear out the headline? (gold/dev, articles)")
    headlines.add_column("labelled")
    for support in SUPPORTS:
        headlines.add_column(f"read {support}", justify="right")
    for gold in SUPPORTS:
        counts = [breakdown.headlines[gold, read] for read in SUPPORTS]
        if any(counts):
            headlines.add_row(gold, *map(str, counts))
    yield headlines
    for calibration in [given for given in breakdown.calibrations if given.n]:
        yield show_calibration(calibration)


def show_calibration(calibration: Calibration) -> Table:
    """Return the reliability diagram of one confidence: a bar of how many are right, and where it should end."""
    table = _table(
        f"confidence of {calibration.of}: expected calibration error {calibration.error:.3f} "
        f"({calibration.low:.3f} … {calibration.high:.3f}), n {calibration.n:,}"
    )
    for column in ("confidence", "n", "mean", "right", "bar: share right; | is where the confidence says it ends"):
        table.add_column(column, justify="left" if column.startswith("bar") else "right")
    for part in calibration.bins:
        if part.n:
            bar = ["█" if place < round(part.right * BAR) else "·" for place in range(BAR + 1)]
            bar[round(part.confidence * BAR)] = "|"
            ends = f"{part.low:.1f} … {part.high:.1f}"
            table.add_row(ends, str(part.n), f"{part.confidence:.2f}", f"{part.right:.2f}", "".join(bar))
    return table


def show_cost(cost: Cost, targets: Targets) -> Table:
    """Return the table of costs."""
    table = _table(f"cost on {cost.machine}")
    table.add_column("measure")
    for column in ("value", "limit", "aim", ""):
        table.add_column(column, justify="right")
    for measure, target in targets.cost.items():
        value = getattr(cost, measure)
        if value is None:
            table.add_row(target.words, "not known on this system", f"{target.limit:g}", f"{target.aim:g}", "")
            continue
        better = target.is_higher_better
        verdict = judge_value(value, limit=target.limit, aim=target.aim, is_higher_better=better)
        shown = (f"{value:.1f}", f"{target.limit:g}", f"{target.aim:g}")
        table.add_row(target.words, *shown, Text(verdict, style=STYLES[verdict]))
    runs = ", ".join(f"{seconds:.2f}" for seconds in cost.first_output_runs_s)
    long_run = f"{cost.memory_articles:,} articles in one process: {cost.memory_articles_per_second:.1f} a second"
    table.caption = Text(f"first output, each run: {runs} s; {long_run}", no_wrap=True, overflow="ignore")
    return table


def show_rival(result: Result) -> Iterator[RenderableType]:
    """Yield the reader beside textacy, or the word that it was skipped."""
    rival = result.rival
    if rival is None:
        return
    if rival.skipped is not None:
        yield Text(f"SKIPPED: textacy beside sayso ({rival.skipped})", style="bold yellow")
        return
    versions = ", ".join(f"{name} {version}" for name, version in rival.versions.items())
    table = _table(f"side by side on PolNeAR dev ({versions})")
    table.add_column("measure")
    for column in ("sayso", "interval", "textacy", "interval"):
        table.add_column(column, justify="right")
    for measure, figure in result.figures[POLNEAR].items():
        other = (result.rival_figures or {})[measure]
        table.add_row(
            f"{measure} {figure.statistic}",
            f"{figure.value:.1f}",
            f"{figure.low:.1f} … {figure.high:.1f}",
            f"{other.value:.1f}",
            f"{other.low:.1f} … {other.high:.1f}",
        )
    speed = f"{result.cost.articles_per_second:.1f}" if result.cost else DASH
    table.add_row("articles a second, 2 cores", speed, "", f"{rival.articles_per_second:.1f}", "")
    table.add_row("articles refused", str(len(result.refused)), "", str(len(rival.refused)), "")
    yield table


def show_rounding(int8: Figures, fp32: Figures, targets: Targets) -> Table:
    """Return the difference that int8 makes, for every measure."""
    table = _table("int8 against fp32, in points")
    for column in ("corpus", "measure", "int8", "fp32", "difference", "interval", "at least", "aim", ""):
        table.add_column(column, justify="left" if column in {"corpus", "measure"} else "right")
    target = targets.rounding
    for (corpus, measure), difference in find_differences(int8, fp32).items():
        verdict = judge_value(difference, limit=target.limit, aim=target.aim)
        mine, full = int8[corpus][measure], fp32[corpus][measure]
        low, high = find_interval_between(mine, full)
        pair = (f"{mine.value:.1f}", f"{full.value:.1f}", f"{difference:+.2f}", f"{low:+.1f} … {high:+.1f}")
        limits = (f"{target.limit:g}", f"{target.aim:g}")
        table.add_row(corpus, measure, *pair, *limits, Text(verdict, style=STYLES[verdict]))
    return table


def _table(title: str) -> Table:
    """Return an empty table with its title to the left."""
    words = Text(title, style="bold", no_wrap=True, overflow="ignore")
    return Table(
        title=words, title_justify="left", header_style="dim", box=None, pad_edge=False, caption_justify="left"
    )


def _number(value: float | None, form: str = ".1f") -> str:
    """Return a number, blank for None."""
    return "" if value is None else format(value, form)
