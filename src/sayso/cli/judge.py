"""``sayso judge``: what persons say of two claims or two parties."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

import click

from sayso.cli._open import case_option
from sayso.records import JudgementKind

if TYPE_CHECKING:
    from collections.abc import Callable

F = TypeVar("F", bound="Callable[..., Any]")

EPILOG = """\b
Examples:
  sayso judge same C3 C7 --reason "both about the second blast"
  sayso judge split C3 att-4f2a91c0
      this row does not tell C3
  sayso judge same Khestin Hestin
  sayso judge different src-91c04f2a src-0b77aa12
  sayso judge list
  sayso judge undo jdg-4f2a

\b
A claim is meant by its number, a row or a source by its id, a party by its
name. Your judgement goes before the machine’s, is kept with your name, and
can be undone. Where two people contradict each other, both judgements are
kept and shown, and neither is applied. To say who an unnamed source is takes
a reason, and no export carries it. Rows are judged with sayso review."""


def pair_options(command: F) -> F:
    """Add what judgements of two share."""
    command = click.option("--reason", metavar="TEXT", default="", help="Why, in your words.")(command)
    command = click.option(
        "--as", "name", metavar="NAME", envvar="SAYSO_REVIEWER", show_envvar=True, help="Who judges."
    )(command)
    return case_option(command)


@click.group(epilog=EPILOG, short_help="Say that two claims or parties are the same, or not.")
def judge() -> None:
    """Say that two claims, or two parties, are the same or different; take it back."""


def _judge(kind: JudgementKind, one: str, other: str, case: str | None, name: str | None, reason: str) -> None:
    from sayso.cli._judge_run import judge_pair  # noqa: PLC0415  loads what keeps and prints: not for --help

    judge_pair(kind, (one, other), case=case, name=name, reason=reason)


@judge.command()
@click.argument("one", metavar="A")
@click.argument("other", metavar="B")
@pair_options
def same(*, one: str, other: str, case: str | None, name: str | None, reason: str) -> None:
    """Say that A and B are one claim, or one party."""
    _judge(JudgementKind.SAME, one, other, case, name, reason)


@judge.command()
@click.argument("one", metavar="A")
@click.argument("other", metavar="B")
@pair_options
def different(*, one: str, other: str, case: str | None, name: str | None, reason: str) -> None:
    """Say that A and B are two claims, or two parties."""
    _judge(JudgementKind.DIFFERENT, one, other, case, name, reason)


@judge.command()
@click.argument("one", metavar="A")
@click.argument("other", metavar="B")
@pair_options
def unsure(*, one: str, other: str, case: str | None, name: str | None, reason: str) -> None:
    """Leave open whether A and B are the same: the machine then does not say so either."""
    _judge(JudgementKind.UNSURE, one, other, case, name, reason)


@judge.command()
@click.argument("claim", metavar="CLAIM")
@click.argument("row", metavar="ROW")
@pair_options
def split(*, claim: str, row: str, case: str | None, name: str | None, reason: str) -> None:
    """Say that ROW does not tell CLAIM: it becomes a claim of its own, or goes to another."""
    _judge(JudgementKind.DIFFERENT, row, claim, case, name, reason)


@judge.command()
@click.argument("judgement", metavar="ID")
@click.option("--as", "name", metavar="NAME", envvar="SAYSO_REVIEWER", show_envvar=True, help="Who takes it back.")
@case_option
def undo(*, judgement: str, case: str | None, name: str | None) -> None:
    """Take a judgement back; of an undoing, let the judgement hold again."""
    from sayso.cli._judge_run import undo_judgement  # noqa: PLC0415  the same

    undo_judgement(judgement, case=case, name=name)


@judge.command("list")
@click.option("--json", "as_json", is_flag=True, help="Print JSON instead, one object a line.")
@case_option
def list_(*, case: str | None, as_json: bool) -> None:
    """List what was judged of two, by whom, and where judgements contradict each other."""
    from sayso.cli._judge_run import list_pairs  # noqa: PLC0415  the same

    list_pairs(case=case, as_json=as_json)
