"""How well copies are found, and who copied whom: composed copies, labelled pairs, rivals, growth. ``python -m sayso.bench copies``."""

from __future__ import annotations

import click

from sayso.bench.composed_copies import compose_copies, load_originals
from sayso.bench.copies_composed import ask_rivals, print_found, search
from sayso.bench.copies_gold import judge_pairs, load_documents, load_texts, print_gold, read_names
from sayso.bench.copies_growth import print_growth
from sayso.bench.corpora import require_shared
from sayso.bench.shares import Share

PARTS = ("composed", "gold", "growth")
# Published with the corpus recipe; it needs Spark and is not run here.
PASSIM = "passim 2.0.1 candidates, as published: recall .98 / 1 / 1 / 1 at 10 % edited, .74 / .95 / 1 / 1 at 30 %; precision .946"


@click.command(name="copies")
@click.option("--only", "only", type=click.Choice(PARTS), help="Measure this part alone.")
@click.option("--articles", default=100_000, show_default=True, help="To how many articles growth is measured.")
def copies_command(*, only: str | None, articles: int) -> None:
    """Measure how well copies are found, against rensa and datasketch, and who copied whom."""
    shared = require_shared()
    parts = (only,) if only else PARTS
    originals, hosts = load_originals(shared)
    module = load_texts(shared)
    if "composed" in parts:
        copies = compose_copies(originals, hosts)
        click.echo(f"composed copies: {len(originals)} articles, {len(copies)} copies")
        candidates, edges, fit = search(originals, copies)
        for found in (candidates, edges, *ask_rivals(originals, copies)):
            print_found(found, originals, copies, module.shared)
        click.echo(f"\n{PASSIM}")
        click.echo(Share(of="stretches: characters that were copied", right=fit.right, n=fit.found))
        click.echo(Share(of="stretches: copied characters that are in one", right=fit.right, n=fit.wanted))
    if "gold" in parts:
        gold = module.gold()
        documents = load_documents(shared, module, gold)
        print_gold(judge_pairs(gold, documents, read_names(documents.values())))
    if "growth" in parts:
        print_growth([*originals, *hosts], articles)
