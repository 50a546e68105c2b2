"""``python -m sayso.bench``: the full run, and its parts as subcommands.

Exit codes: 0 fine, 1 error, 2 usage, 3 a score under its floor or a changed corpus. Without the corpora beside the
checkout every command says SKIPPED and exits 0.
"""

from __future__ import annotations

import datetime as dt
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
from rich.console import Console

from sayso.bench import gate as gates
from sayso.bench import mistake_pages, mistakes
from sayso.bench.assertions import assertions_command
from sayso.bench.case import case_command
from sayso.bench.claimed_cost import share_command
from sayso.bench.claims import claims_command
from sayso.bench.copies import copies_command
from sayso.bench.corpora import CORPORA, require_shared
from sayso.bench.cost import ChildFailed, measure_cost
from sayso.bench.encrypted import encrypted_command
from sayso.bench.factuality import factuality_command
from sayso.bench.figures import measure_all
from sayso.bench.look import look_at, pick_articles
from sayso.bench.names import names_command
from sayso.bench.origins import origins_command
from sayso.bench.parties import parties_command
from sayso.bench.places import places_command
from sayso.bench.pool import pool_command
from sayso.bench.quantities import quantities_command
from sayso.bench.ranges import ranges_command
from sayso.bench.readings import load_readings, open_reader, read_articles, save_readings
from sayso.bench.reliability import adding_command, full_disk_command, kills_command, writers_command
from sayso.bench.report import show_figures, show_result
from sayso.bench.review import review_command
from sayso.bench.rival import run_rival
from sayso.bench.run import (
    Result,
    load_material,
    measure_breakdown,
    measure_quality,
    score_gold,
    score_polnear,
    to_json,
)
from sayso.bench.scorer import load_scorer
from sayso.bench.shelves import shelves_command
from sayso.bench.stories import stories_command
from sayso.bench.targets import load_targets
from sayso.bench.times import times_command
from sayso.errors import SaysoError

if TYPE_CHECKING:
    from sayso.bench.run import Material, Readings

FLOORS = Path(__file__).with_name("floors.json")
RUNS = Path("runs")
WIDTH = 150
EXIT_ERROR, EXIT_VIOLATION = 1, 3

folder_option = click.Path(path_type=Path, exists=True, file_okay=False)
model_option = click.option("--model", type=folder_option, help="Read with the model in this folder.")
pred_option = click.option(
    "--pred", type=folder_option, help="Do not read: take the readings saved as NAME.json in this folder."
)


class BenchGroup(click.Group):
    """A group whose commands end with exit code 1 and a message on an error of Sayso's own."""

    def invoke(self, ctx: click.Context) -> Any:  # noqa: ANN401 (click's own signature)
        """Run the command."""
        try:
            return super().invoke(ctx)
        except (SaysoError, ChildFailed, gates.FloorsDamaged) as error:
            raise click.ClickException(str(error)) from error


@click.group(cls=BenchGroup, invoke_without_command=True)
@click.option("--json", "json_path", type=click.Path(path_type=Path, dir_okay=False), help="Write all figures there.")
@click.option("--fp32", type=folder_option, help="Read with the fp32 model in this folder too, and show differences.")
@click.option("--quality-only", is_flag=True, help="Leave out cost and textacy (minutes).")
@model_option
@pred_option
@click.pass_context
def bench(
    ctx: click.Context,
    *,
    json_path: Path | None,
    fp32: Path | None,
    quality_only: bool,
    model: Path | None,
    pred: Path | None,
) -> None:
    """Measure the reader: quality, calibration, cost, beside textacy, and int8 against fp32.

    Without a subcommand all of it is run. Figures and readings are also written under runs/.
    """
    if ctx.invoked_subcommand is not None:
        return
    shared = require_shared()
    scorer, material = load_scorer(shared), load_material(shared)
    readings, refused = get_readings(material, model=model, pred=pred)
    rival = None if quality_only else run_rival(material.polnear)
    rival_figures = None
    if rival and rival.skipped is None:
        rival_figures = measure_all(score_polnear(scorer, material, rival.readings), labels=False)
    result = Result(
        digest=material.digest,
        articles=material.sizes,
        figures=measure_quality(scorer, material, readings),
        breakdown=measure_breakdown(scorer, material, readings),
        refused=refused,
        cost=None if quality_only or pred else measure_cost(material.polnear),
        rival=rival,
        rival_figures=rival_figures,
        fp32=measure_quality(scorer, material, get_readings(material, model=fp32, pred=None)[0]) if fp32 else None,
    )
    screen = make_console()
    for part in show_result(result, load_targets()):
        screen.print(part)
        screen.print()
    written = write_run(result, None if pred else readings, json_path)
    screen.print(f"figures: {', '.join(map(str, written))}")


@bench.command()
@click.option("--update", is_flag=True, help="Pin the corpora and raise floors to better scores.")
@click.option("--lower", is_flag=True, help="With --update: lower floors too. Say why in the commit.")
@click.option("--floors", "path", type=click.Path(path_type=Path, dir_okay=False), default=FLOORS, hidden=True)
@model_option
@pred_option
def gate(*, update: bool, lower: bool, path: Path, model: Path | None, pred: Path | None) -> None:
    """Fail (exit code 3) when a score is under its pinned floor or the corpora changed."""
    if lower and not update:
        message = "--lower only goes with --update"
        raise click.UsageError(message)
    shared = require_shared()
    floors = gates.load_floors(path)
    material = load_material(shared)
    readings, _ = get_readings(material, model=model, pred=pred)
    quality = measure_quality(load_scorer(shared), material, readings)
    figures = gates.pinned_figures(quality)
    screen = make_console()
    for corpus, found in quality.items():
        screen.print(show_figures(corpus, found, load_targets(), material.sizes[corpus]))
        screen.print()
    if update:
        pinned, lowered = gates.pin_scores(floors, figures, material.digest, may_lower=lower)
        word = "lowered" if lower else "REFUSED to lower (give --lower to do it on purpose)"
        for name in lowered:
            click.echo(f"{word}: {name}, pinned at {floors.floors[name].score:.1f}")
        gates.save_floors(path, pinned)
        click.echo(f"pinned {len(pinned.floors)} floors in {path}")
        sys.exit(EXIT_VIOLATION if lowered and not lower else 0)
    breaches = gates.find_breaches(floors, figures, material.digest)
    for breach in breaches:
        click.secho(f"GATE: {breach}", fg="red", err=True)
    click.echo("gate: closed" if breaches else f"gate: open, {len(floors.floors)} floors held")
    sys.exit(EXIT_VIOLATION if breaches else 0)


@bench.command()
@click.option("--gold/--polnear", "is_gold", default=True, help="Against gold/dev (default) or PolNeAR dev.")
@click.option("--article", "part", default="", help="Only articles whose name contains this.")
@click.option("--flaw", "flaws", multiple=True, type=click.Choice([flaw.value for flaw in mistakes.Flaw]))
@click.option("--cue", default="", help="Only mistakes whose cue contains this.")
@click.option("--limit", type=click.IntRange(min=0), help="Show that many articles only; 0 for nothing but the counts.")
@model_option
@pred_option
def errors(
    *,
    is_gold: bool,
    part: str,
    flaws: tuple[str, ...],
    cue: str,
    limit: int | None,
    model: Path | None,
    pred: Path | None,
) -> None:
    """Print what was missed, read too much, given to the wrong party or mislabelled, with its sentences."""
    shared = require_shared()
    scorer, material = load_scorer(shared), load_material(shared)
    readings, _ = get_readings(material, model=model, pred=pred)
    articles = material.gold if is_gold else material.polnear
    scores = (score_gold if is_gold else score_polnear)(scorer, material, readings)
    done = []
    shown = 0
    click.echo(mistake_pages.LEGEND)
    for article, score in zip(articles, scores, strict=True):
        if part not in article.name:
            continue
        sides = mistakes.index_sides(scorer, article, readings[article.name], flat=not is_gold)
        found = [
            mistake
            for mistake in mistakes.find_mistakes(scorer, article, sides, score)
            if (not flaws or mistake.flaw in flaws)
            and cue.casefold() in mistakes.cue_of(article.text, mistake.gold or mistake.read)
        ]
        done.append((article, found, len(score.right)))
        if found and (limit is None or shown < limit):
            shown += 1
            click.echo("\n".join(mistake_pages.page(article, sides, found, rights=len(score.right))))
    click.echo("\n".join(mistake_pages.summary(done)))


@bench.command()
@click.argument("corpus", type=click.Choice(sorted(CORPORA)))
@click.option("--count", "-n", default=5, show_default=True, help="How many readings.")
@click.option("--seed", default=0, show_default=True, help="Which ones are drawn.")
@click.option("--article", "part", default="", help="Only articles whose name contains this.")
@click.option("--text", "with_text", is_flag=True, help="Print the article's text too.")
@model_option
def look(*, corpus: str, count: int, seed: int, part: str, with_text: bool, model: Path | None) -> None:
    """Print readings of a corpus, to be read by eye."""
    articles = [article for article in CORPORA[corpus](require_shared()) if part in article.name]
    chosen = pick_articles(articles, count, seed=seed)
    readings, refused = read_articles(open_reader(model), chosen)
    click.echo(mistake_pages.LEGEND)
    for article in chosen:
        if article.name in refused:
            click.secho(f"\n=== {article.name}: refused: {refused[article.name]}", fg="red")
        else:
            click.echo("\n".join(look_at(article, readings[article.name], with_text=with_text)))


def get_readings(material: Material, *, model: Path | None, pred: Path | None) -> tuple[Readings, dict[str, str]]:
    """Return the readings of all labelled articles and the refusals: loaded, or made with a progress note."""
    if pred:
        return load_readings(pred, material.polnear), {}
    click.echo(f"reading {len(material.polnear)} articles …", err=True)
    return read_articles(open_reader(model), material.polnear)


def make_console() -> Console:
    """Return a console that does not fold tables when its output is piped."""
    screen = Console()
    return screen if screen.is_terminal and screen.width >= WIDTH else Console(width=WIDTH)


def write_run(result: Result, readings: Readings | None, json_path: Path | None) -> list[Path]:
    """Write the figures (and the readings, for `errors --pred`) under ``runs/`` and return the paths of the figures."""
    stamp = dt.datetime.now(dt.UTC).strftime("%Y%m%dT%H%M%SZ")
    RUNS.mkdir(exist_ok=True)
    paths = [RUNS / f"bench-{stamp}.json", *([json_path] if json_path else [])]
    text = json.dumps({"at": stamp, **to_json(result)}, indent=1, ensure_ascii=False)
    for path in paths:
        path.write_text(text + "\n", "utf-8")
    if readings is not None:
        save_readings(RUNS / f"readings-{stamp}", readings)
    return paths


for command in (
    adding_command,
    assertions_command,
    case_command,
    encrypted_command,
    copies_command,
    claims_command,
    factuality_command,
    full_disk_command,
    kills_command,
    origins_command,
    names_command,
    parties_command,
    places_command,
    pool_command,
    quantities_command,
    ranges_command,
    review_command,
    share_command,
    shelves_command,
    stories_command,
    times_command,
    writers_command,
):
    bench.add_command(command)
