"""What ``sayso judge`` does once it is understood."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from rich.text import Text

from sayso.cli._finding_page import DIM, WARN, FindingPage
from sayso.cli._joining import join_rest
from sayso.cli._keys import find_answers
from sayso.cli._layout import Block
from sayso.cli._open import open_ledger
from sayso.cli._page import make_console
from sayso.cli._print import print_bytes
from sayso.cli._review_run import find_name
from sayso.export.finding_json import write_record
from sayso.export.list_words import shorten_id
from sayso.export.visible import show
from sayso.ledger import judging
from sayso.ledger.judging import Act
from sayso.records import JudgementKind

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sayso.records import Judgement

SAID = {JudgementKind.SAME: "the same", JudgementKind.DIFFERENT: "different", JudgementKind.UNSURE: "left open"}


def judge_pair(kind: JudgementKind, given: tuple[str, str], *, case: str | None, name: str | None, reason: str) -> None:
    """Keep what a person says of two, join the case anew, and say what was kept.

    Raises:
        NotInCase: One of them is not in the case.
        BadJudgement: It does not fit.
    """
    with open_ledger(case) as ledger:
        join_rest(ledger)
        pairs, review = ledger.pairs(), ledger.review()
        pair = pairs.find(*given)
        made = pairs.judge(kind, pair, Act(by=find_name(find_answers(), name), at=review.now(), reason=reason))
        join_rest(ledger)
        every = review.list_judgements()
        page = FindingPage(make_console(no_color=False))
        one, other = (show(meant.says) for meant in pair)
        page.lines((0, [Block(Text(f"{SAID[kind]}: {one}", "bold")), Block(Text(f"  and {other}", "bold"))]))
        page.lines((0, [Block(Text(f"{shorten_id(made.id)} by {show(made.by)}; sayso judge undo takes it back", DIM))]))
        for against in find_contradicting(find_held(every), made):
            words = (
                f"{show(against.by)} judged otherwise ({shorten_id(against.id)}): neither is applied, both are kept."
            )
            page.lines((0, [Block(Text(words, WARN))]))


def undo_judgement(given: str, *, case: str | None, name: str | None) -> None:
    """Take one judgement back, and join the case anew.

    Raises:
        NotInCase: The case has no such judgement.
    """
    with open_ledger(case) as ledger:
        review = ledger.review()
        judgement = review.get_judgement(given)
        review.judge(judging.undo(judgement, Act(by=find_name(find_answers(), name), at=review.now())))
        join_rest(ledger)
        page = FindingPage(make_console(no_color=False))
        page.lines((0, [Block(Text(f"undone: {shorten_id(judgement.id)} by {show(judgement.by)}"))]))


def list_pairs(*, case: str | None, as_json: bool) -> None:
    """Print what was judged of two, the latest first."""
    with open_ledger(case) as ledger:
        every = ledger.review().list_judgements()
        of_two = [one for one in every if one.other is not None]
        if as_json:
            for judgement in of_two:
                print_bytes(write_record(judgement))
            return
        held = find_held(every)
        stands = {one.id for one in held}
        pairs: dict[tuple[str, str | None], list[Judgement]] = defaultdict(list)
        for one in held:
            pairs[one.subject, one.other].append(one)
        page = FindingPage(make_console(no_color=False))
        page.console.print()
        if not of_two:
            page.lines((0, [Block(Text("Nothing was judged of two claims or parties yet: sayso judge same C3 C7."))]))
        for judgement in reversed(of_two):
            is_undone = judgement.id not in stands
            text = Text(SAID[judgement.kind], "strike" if is_undone else "bold")
            text.append(f"  {judgement.subject} and {judgement.other}", DIM)
            about = Text(
                f"{show(judgement.by)}, {judgement.at[:16].replace('T', ' ')} UTC  {show(judgement.reason)}", DIM
            )
            blocks = [Block(text), Block(about)]
            if is_undone:
                blocks.append(Block(Text("taken back", WARN)))
            elif find_contradicting(pairs[judgement.subject, judgement.other], judgement):
                blocks.append(Block(Text("contradicted by another person: neither is applied", WARN)))
            page.lines((12, [Block(Text(shorten_id(judgement.id), DIM))]), (0, blocks))
        page.console.print()


def find_undoings(every: list[Judgement]) -> list[Judgement]:
    """Return the undoings that hold: those that no later one took back."""
    undone: set[str] = set()
    held = []
    for judgement in reversed(every):
        if judgement.kind is JudgementKind.UNDO and judgement.id not in undone:
            undone.add(judgement.subject)
            held.append(judgement)
    return held


def find_held(every: list[Judgement]) -> list[Judgement]:
    """Return the judgements of two that nobody took back."""
    undone = {one.subject for one in find_undoings(every)}
    return [one for one in every if one.other is not None and one.id not in undone]


def find_contradicting(held: Iterable[Judgement], made: Judgement) -> list[Judgement]:
    """Return what other persons say otherwise of the same two, of judgements that hold."""
    return [
        one
        for one in held
        if (one.subject, one.other) == (made.subject, made.other) and one.kind is not made.kind and one.by != made.by
    ]
