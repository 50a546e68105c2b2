"""The agreement of two persons, for the terminal and as JSON."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import TYPE_CHECKING, Final

from rich.text import Text

from sayso.export.list_words import count
from sayso.export.visible import show

if TYPE_CHECKING:
    from sayso.cli._review_page import ReviewPage
    from sayso.ledger.agreement import Agreed, Agreement, Disagreement, Interval

SCHEMA_VERSION: Final = "sayso.agreement/1"
LONGEST_CHARS: Final = 100
SHOWN_MAX: Final = 50
NAMES: Final = {"source_name": "who", "source_spans": "words: source", "cue_spans": "words: cue"} | {
    "content_spans": "words: content"
}


def write_agreement(found: Agreement) -> bytes:
    """Return the agreement as one line of JSON."""
    return json.dumps({"schema": SCHEMA_VERSION, **asdict(found)}, ensure_ascii=True).encode() + b"\n"


def print_agreement(page: ReviewPage, found: Agreement, names: tuple[str, str], *, is_read_known: bool) -> None:
    """Print how far two persons agree, and on what they do not."""
    one, other = map(show, names)
    page.console.print()
    page.say(f"{one} judged {count(found.n_one, 'row')}, {other} {found.n_other:,}; both judged {found.n_both:,}.", "")
    if found.n_unsure:
        page.say(f"Of these {found.n_unsure:,} are left out below, because one or both were unsure.")
    page.console.print()
    if not found.n_both and not any(figure.n for figure in found.figures):
        page.say("There is nothing that both judged, so there is no agreement to measure.")
        return
    header = Text(f"{'':<16}{'both':>6}{'agreed':>9}{'95 %':>12}{'kappa':>9}{'95 %':>16}", "dim")
    page.print_plain(header)
    for figure in found.figures:
        page.print_plain(_say_figure(figure))
    page.console.print()
    counted = [figure for figure in found.figures if figure.counts and figure.n_same < figure.n]
    if counted:
        page.say(f"How often which answers came; where there are two, {one} / {other}:")
    for figure in counted:
        page.say(f"{NAMES.get(figure.of, figure.of)}: " + ", ".join(_say_pair(pair) for pair in figure.counts), "")
    if counted:
        page.console.print()
    page.say(
        "Agreement says nothing of who is right. Rows of one article are alike, so the intervals are rather narrow."
    )
    if not is_read_known:
        page.say("Without a case it is not known what the machine read: what both left alone counts as one answer.")
    _print_disagreements(page, found.disagreements, (one, other))


def _say_figure(figure: Agreed) -> Text:
    name = NAMES.get(figure.of, figure.of)
    share, kappa = figure.share, figure.kappa
    text = Text(f"{name:<16}{figure.n:>6,}")
    text.append(f"{_percent(share.value) if share else '':>9}", "bold")
    text.append(f"{_bounds(share) if share else '':>12}", "dim")
    if kappa is None:
        return text.append(f"   {figure.why_no_kappa}", "dim")
    text.append(f"{kappa.value:>9.2f}", "bold")
    return text.append(f"{f'{kappa.low:.2f} to {kappa.high:.2f}':>16}", "dim")


def _percent(share: float) -> str:
    return f"{100 * share:.0f} %"


def _bounds(interval: Interval) -> str:
    return f"{100 * interval.low:.0f} to {100 * interval.high:.0f}"


def _say_pair(pair: tuple[str, str, int]) -> str:
    one, other, n = pair
    return f"{one} {n:,}" if one == other else f"{one} / {other} {n:,}"


def _print_disagreements(page: ReviewPage, disagreements: tuple[Disagreement, ...], names: tuple[str, str]) -> None:
    if not disagreements:
        return
    page.console.print()
    page.say("Where they do not agree", page.style.accent)
    for one in disagreements[:SHOWN_MAX]:
        text = Text().append(f"{NAMES.get(one.of, one.of)}: ", "dim")
        text.append(f"{names[0]} {show(one.one) or 'nothing'}, {names[1]} {show(one.other_answer) or 'nothing'}")
        where = f"“{_cut(one.exact).strip('“”')}”" if one.exact else f"{one.subject} and {one.other}"
        page.print_entry(one.subject[:12], text, Text(f"{where}", "dim"))
    if len(disagreements) > SHOWN_MAX:
        page.say(f"and {len(disagreements) - SHOWN_MAX:,} more; --json has all.")


def _cut(words: str) -> str:
    plain = show(words)
    return plain if len(plain) <= LONGEST_CHARS else f"{plain[:LONGEST_CHARS]}…"
