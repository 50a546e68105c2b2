"""What ``sayso reread`` does once it is understood."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import asdict
from typing import TYPE_CHECKING, Any, Final

from rich.text import Text

from sayso.cli._change_page import print_changes, say_counts
from sayso.cli._page import make_console
from sayso.cli._print import print_bytes, print_error
from sayso.cli._progress import Progress
from sayso.cli._review_page import STATES, ReviewPage
from sayso.export.visible import show
from sayso.ledger.rereading import ChangeKind

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sayso.cli._review_rooms import RereadRooms
    from sayso.ledger.reread import Reread

SCHEMA_VERSION: Final = "sayso.reread/1"


class Total:
    """What changed in all articles together."""

    def __init__(self) -> None:
        """Begin at nothing."""
        self.counts: Counter[ChangeKind] = Counter()
        self.n_read = self.n_bad = self.n_same = self.n_rows = self.n_held = self.n_orphaned = 0

    def add(self, done: Reread) -> None:
        """Count one article."""
        if done.compared is None or done.kept is None:
            self.n_bad += 1
            return
        self.n_read += 1
        self.n_rows += done.compared.n_new
        self.n_same += done.compared.n_same
        self.counts.update(done.compared.count())
        self.n_held += len(done.kept.held)
        self.n_orphaned += len(done.kept.orphaned)

    def say(self) -> list[str]:
        """Return it in sentences."""
        counts = {kind: self.counts[kind] for kind in ChangeKind if self.counts[kind]}
        articles = "1 article was" if self.n_read == 1 else f"{self.n_read:,} articles were"
        said = [f"{articles} read again: {self.n_same:,} of {self.n_rows:,} rows as before."]
        if counts:
            said.append(f"Rows that changed: {say_counts(counts)}.")
        if self.n_held or self.n_orphaned:
            said.append(f"Judgements: {self.n_held:,} hold, {self.n_orphaned:,} are orphaned and kept.")
        return said


def reread_case(
    rooms: RereadRooms, documents: Sequence[str] | None, *, is_verbose: bool, as_json: bool, no_color: bool
) -> int:
    """Read the outdated documents again, print what changed, and return the exit code."""
    page = None if as_json else ReviewPage(make_console(no_color=no_color))
    outdated = rooms.find_outdated(documents)
    if not outdated:
        if page is not None:
            page.say("Nothing to read again: this version and model made every reading.")
        return 0
    total = Total()
    with Progress(len(outdated), no_color=no_color) as bar:
        for done in rooms.reread(outdated):
            total.add(done)
            if done.problem:
                bar.above(print_error)(done.problem)
            elif page is None:
                bar.above(print_bytes)(_write(done))
            elif is_verbose or (done.kept is not None and done.kept.orphaned):
                bar.above(_print)(page, done, is_verbose=is_verbose)
            bar.advance(1)
    if page is not None:
        page.console.print()
        for sentence in total.say():
            page.say(sentence, "")
    return 1 if total.n_bad else 0


def _print(page: ReviewPage, done: Reread, *, is_verbose: bool) -> None:
    compared, kept = done.compared, done.kept
    if compared is None or kept is None or not (compared.changes or kept.orphaned):
        return
    page.console.print()
    page.say(done.title, "bold")
    page.say(f"{done.document}: {say_counts(compared.count()) or 'no row changed'}")
    if is_verbose:
        print_changes(page, compared)
    for judgement in kept.orphaned:
        words = f"orphaned: {STATES[judgement.kind]} by {show(judgement.by)}"
        page.print_entry(judgement.id[:12], Text(words, "bold"), Text(f"“{show(judgement.exact)}”", "dim"))


def _write(done: Reread) -> bytes:
    compared, kept = done.compared, done.kept
    made: dict[str, Any] = {"schema": SCHEMA_VERSION, "document": done.document, "title": done.title}
    made["old_run"] = None if done.old_run is None else asdict(done.old_run)
    if compared is not None and kept is not None:
        made |= {"n_old": compared.n_old, "n_new": compared.n_new, "n_same": compared.n_same}
        made["changes"] = [asdict(change) for change in compared.changes]
        made |= {"held": [one.id for one in kept.held], "orphaned": [one.id for one in kept.orphaned]}
    return json.dumps(made, ensure_ascii=True).encode() + b"\n"
