"""``sayso review``: a person judges the rows of a case, the most doubtful first."""

from __future__ import annotations

import click

from sayso.cli._list_options import (
    article_filter_options,
    claim_filter_options,
    make_filter,
    text_option,
)
from sayso.cli._open import case_option
from sayso.cli._sections import SectionedCommand

EPILOG = """\b
Examples:
  sayso review --as "Ana Terric"
      the rows most probably wrong, one at a time
  sayso review --stance denies --limit 20  twenty denials
  sayso review --judged unsure             what somebody was unsure of
  sayso review --list
      what was decided, by whom, when and why
  sayso review --undo jdg-4f2a             take one decision back
  sayso review --export mine.jsonl         to send to somebody
  sayso review --import theirs.jsonl       to take over from somebody
  sayso review --agreement "Ana Terric" "Vera Lund"
  sayso review --agreement mine.jsonl theirs.jsonl

\b
Two people who review apart, to see how far they agree, each say --blind: then
what the other judged is asked, too, and not shown. No export says who an
unnamed source is. Keys need no Enter on a terminal. Where standard input is
no terminal, each answer is a line, the person's name first unless --as or
SAYSO_REVIEWER says it."""


@click.command(cls=SectionedCommand, epilog=EPILOG)
@article_filter_options
@claim_filter_options
@text_option('Words that all stand in the claim; "in quotation marks" as they follow one another.')
@click.option("--as", "name", metavar="NAME", envvar="SAYSO_REVIEWER", show_envvar=True, help="Who judges.")
@click.option("--blind", is_flag=True, help="Ask what others judged, too, and do not show what they decided.")
@click.option("--limit", type=click.IntRange(min=1), metavar="N", help="Ask about so many rows at most.")
@click.option("--list", "is_list", is_flag=True, help="Print what was decided, the latest first.")
@click.option("--undo", metavar="ID", help="Take back one decision; the beginning of its id will do.")
@click.option("--export", "out", metavar="FILE", help="Write all judgements as JSON lines; - for standard output.")
@click.option("--import", "given", metavar="FILE", help="Take over judgements; - for standard input.")
@click.option("--agreement", nargs=2, metavar="A B", help="How far two persons, or files of judgements, agree.")
@click.option("--json", "as_json", is_flag=True, help="With --list and --agreement: print JSON.")
@click.option("--no-color", is_flag=True, help="Print without colour. NO_COLOR does the same.")
@case_option
@click.pass_context
def review(ctx: click.Context, /, *, case: str | None, as_json: bool, no_color: bool, **options: object) -> None:
    """Judge rows, the most doubtful first.

    Accept, correct or reject a row, give it to another source, merge sources. Asked first is what the machine is
    least sure of, and what would do most harm if it were wrong. Each decision is kept with your name and the time as
    soon as it is made, is shown apart from what the machine read, can be undone, and holds when the articles are read
    again.
    """
    from sayso.cli import _review_rooms  # noqa: PLC0415  loads what prints, which --help does not need
    from sayso.cli._judgement_files import compare_persons, export_judgements, import_judgements  # noqa: PLC0415  same
    from sayso.cli._judgement_files import list_judgements as print_judgements  # noqa: PLC0415  the same
    from sayso.cli._page import make_console  # noqa: PLC0415  the same
    from sayso.cli._review_page import ReviewPage  # noqa: PLC0415  the same
    from sayso.cli._review_run import hold_sitting, undo_judgement  # noqa: PLC0415  the same

    deeds = [name for name in ("is_list", "undo", "out", "given", "agreement") if options[name]]
    if len(deeds) > 1:
        message = "--list, --undo, --export, --import and --agreement are different things: give one of them."
        raise click.UsageError(message)
    if as_json and deeds not in (["is_list"], ["agreement"]):
        message = "--json goes with --list and --agreement; --export writes JSON lines."
        raise click.UsageError(message)
    page = None if as_json else ReviewPage(make_console(no_color=no_color))
    agreement, n_bad = options["agreement"], 0
    if isinstance(agreement, tuple) and agreement:
        compare_persons(agreement, lambda: _review_rooms.open_review_rooms(case), page)
        return
    with _review_rooms.open_review_rooms(case) as rooms:
        if options["is_list"]:
            print_judgements(rooms, page)
        elif options["out"]:
            export_judgements(rooms, str(options["out"]))
        elif options["given"]:
            n_bad = import_judgements(rooms, str(options["given"]))
        elif page is not None and options["undo"]:
            undo_judgement(rooms, page, str(options["undo"]), options["name"])
        elif page is not None:
            hold_sitting(rooms, page, make_filter(options, rooms), options)
    ctx.exit(n_bad)
