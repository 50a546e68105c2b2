"""How well copies are found, and who copied whom: composed copies, rivals, labelled pairs, growth."""

from __future__ import annotations

import click

from sayso.bench.composed_copies import compose_copies, load_originals
from sayso.bench.copies_alike import print_alike
from sayso.bench.copies_composed import ask_rivals, print_found, search
from sayso.bench.copies_gold import judge_pairs, load_documents, load_texts, print_gold, read_names
from sayso.bench.copies_growth import print_growth
from sayso.bench.corpora import require_shared
from sayso.bench.shares import Share

PARTS = ("composed", "gold", "growth")
# As measured on a like corpus.
PASSIM = (
    "passim 2.0.1 candidates, not run here (Spark): recall .98 / 1 / 1 / 1 at 10 / 25 / 50 / 100 % overlap, "
    "10 % edited, "
    ".74 / .95 / 1 / 1 at 30 %; precision .946"
)


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
        click.echo(Share(of="stretches cover nine tenths of what was copied", right=fit.covered, n=fit.copies))
        click.echo(Share(of="nine tenths of the stretches were copied", right=fit.tight, n=fit.copies))
    if "gold" in parts:
        gold = module.gold()
        documents = load_documents(shared, module, gold)
        print_gold(judge_pairs(gold, documents, read_names(documents.values())))
        print_alike(module.texts(str(shared)), gold)
    if "growth" in parts:
        print_growth([*originals, *hosts], articles)
