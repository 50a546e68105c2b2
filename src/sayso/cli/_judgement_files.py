"""Judgements out of a case and into it, their list, and the agreement of two persons."""

from __future__ import annotations

import contextlib
import errno
import os
import sys
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from rich.text import Text

from sayso.cli._agreement_page import print_agreement, write_agreement
from sayso.cli._print import print_bytes, print_error
from sayso.cli._review_page import STATES
from sayso.errors import MissingCase, MissingFile, NotInCase, SeveralCases, UnwritableOutput
from sayso.export.head import say_date
from sayso.export.judgements_jsonl import merge_judgements, read_judgements, write_judgement
from sayso.export.list_words import count
from sayso.export.visible import show
from sayso.ledger.agreement import measure_agreement
from sayso.records import JudgementKind
from sayso.store.judged import find_in_force

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from contextlib import AbstractContextManager

    from sayso.cli._review_page import ReviewPage
    from sayso.cli._review_rooms import ReviewRooms
    from sayso.records import Judgement, Reading

LONGEST_CHARS = 120


def export_judgements(rooms: ReviewRooms, path: str) -> None:
    """Write the judgements that may leave the case, a line each, into a new file or to standard output.

    Raises:
        UnwritableOutput: If the file is there already or cannot be written.
    """
    n_out = 0
    with _open_out(path) as write:
        for judgement in rooms.iter_shared():
            write(write_judgement(judgement))
            n_out += 1
    n_kept = len(rooms.list_judgements()) - n_out
    if path != "-":
        print_error(f"{count(n_out, 'judgement')} {'is' if n_out == 1 else 'are'} in {path}.")
    if n_kept:
        print_error(
            f"{n_kept:,} stayed in the case: what says who an unnamed source is, or undoes that, is in no export."
        )


def import_judgements(rooms: ReviewRooms, path: str) -> int:
    """Take over the judgements of a file, all or none; say what became of them, and return the exit code.

    Raises:
        InputError: If the file is none, or a line of it is no judgement.
    """
    with _open_in(path) as stream:
        done = rooms.take_over(read_judgements(stream, path))
    print_error(f"{done.n_new:,} new, {done.n_known:,} known already, {done.n_orphaned:,} orphaned.")
    if done.n_orphaned:
        print_error("Orphaned: about rows that this case does not have. Add their articles and import again.")
    if done.n_unfit:
        print_error(f"{done.n_unfit:,} do not fit what they are about, and were not taken over. {done.first_unfit}")
    return 1 if done.n_unfit else 0


def list_judgements(rooms: ReviewRooms, page: ReviewPage | None) -> None:
    """Print the judgements of a case, the latest first; as JSON lines in their order without a page."""
    every = rooms.list_judgements()
    if page is None:
        for judgement in every:
            print_bytes(write_judgement(judgement))
        return
    in_force = {judgement.id for judgement in find_in_force(every)}
    if not every:
        page.say("Nobody has judged anything yet. sayso review begins.")
    for judgement in sorted(every, key=lambda one: (one.at, one.id), reverse=True):
        if judgement.kind is not JudgementKind.UNDO:
            _print_judgement(page, judgement, is_undone=judgement.id not in in_force)


def compare_persons(
    names: tuple[str, str], open_rooms: Callable[[], AbstractContextManager[ReviewRooms]], page: ReviewPage | None
) -> None:
    """Give out the agreement of two files of judgements, or of two persons of the case.

    Raises:
        InputError: If a file cannot be read.
        NotInCase: If a name is neither a file nor a person who judged in the case.
        CaseError: If there is no case, and a name is no file.
    """
    files = [Path(name).is_file() for name in names]
    with contextlib.ExitStack() as stack:
        rooms = None
        try:
            rooms = stack.enter_context(open_rooms())
        except (MissingCase, SeveralCases):
            # Two files can be compared without a case; what was accepted is then known by its row only.
            if not all(files):
                raise
        sides = [
            _read_file(name) if is_file else _find_person(rooms, name)
            for name, is_file in zip(names, files, strict=True)
        ]
        readings = [] if rooms is None else list(_find_readings(rooms, sides))
        found = measure_agreement(sides[0], sides[1], readings)
    if page is None:
        print_bytes(write_agreement(found))
    else:
        shown = tuple(_name_side(name, side) for name, side in zip(names, sides, strict=True))
        print_agreement(page, found, (shown[0], shown[1]), is_read_known=bool(readings))


def _name_side(name: str, side: list[Judgement]) -> str:
    """Return by whom a side's judgements are, where that is one person; else what was given."""
    persons = Counter(judgement.by for judgement in side)
    return next(iter(persons)) if len(persons) == 1 else name


def _read_file(path: str) -> list[Judgement]:
    with _open_in(path) as stream:
        return merge_judgements(read_judgements(stream, path))


def _find_person(rooms: ReviewRooms | None, name: str) -> list[Judgement]:
    every = [] if rooms is None else rooms.list_judgements()
    found = [judgement for judgement in every if judgement.by.casefold() == name.casefold()]
    if not found:
        what = "file or person who judged"
        persons = sorted({judgement.by for judgement in every})
        raise NotInCase(what, name, tuple(persons[:10]))
    return found


def _find_readings(rooms: ReviewRooms, sides: list[list[Judgement]]) -> Iterator[Reading]:
    documents = [{judgement.document for judgement in side if judgement.document} for side in sides]
    for document in sorted(documents[0] & documents[1]):
        with contextlib.suppress(NotInCase):
            yield rooms.get_reading(document)


def _print_judgement(page: ReviewPage, judgement: Judgement, *, is_undone: bool) -> None:
    day = say_date(judgement.at[:10]) or judgement.at[:10]
    text = Text(f"{page.pencil}{STATES[judgement.kind]} by {show(judgement.by)}, {day}", "dim" if is_undone else "")
    if is_undone:
        text.append(", undone", "bold")
    changes = ", ".join(f"{name} {value}" for name, value in judgement.changes)
    if changes:
        text.append(f": {show(changes)}")
    words = show(judgement.exact).strip("“”")
    where = f"“{words[:LONGEST_CHARS]}{'…' if len(words) > LONGEST_CHARS else ''}”" if words else ""
    where = where or (f"{judgement.subject} and {judgement.other}" if judgement.other else judgement.subject)
    reason = f" — {show(judgement.reason)}" if judgement.reason else ""
    page.print_entry(judgement.id[:12], text, Text(f"{where}{reason}", "dim"))


@contextlib.contextmanager
def _open_in(path: str) -> Iterator[BinaryIO]:
    if path == "-":
        yield sys.stdin.buffer
        return
    with contextlib.ExitStack() as stack:
        try:
            stream = stack.enter_context(Path(path).open("rb"))
        except OSError as error:
            raise MissingFile(path) from error
        yield stream


@contextlib.contextmanager
def _open_out(path: str) -> Iterator[Callable[[bytes], object]]:
    if path == "-":
        yield print_bytes
        return
    out = Path(path)
    temporary = out.with_name(f".sayso-{os.getpid()}.tmp")
    with contextlib.ExitStack() as stack:
        try:
            if out.exists():
                raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST))
            # Judgements may name sources: for their owner's eyes, as the case is.
            flags = os.O_CREAT | os.O_EXCL | os.O_WRONLY | getattr(os, "O_BINARY", 0)
            stream = stack.enter_context(os.fdopen(os.open(temporary, flags, 0o600), "wb"))
        except (OSError, ValueError) as error:
            raise UnwritableOutput(path, getattr(error, "strerror", None) or str(error)) from error
        try:
            yield stream.write
            stream.close()
            _put_in_place(temporary, out)
        except OSError as error:
            raise UnwritableOutput(path, error.strerror or str(error)) from error
        finally:
            stack.close()
            temporary.unlink(missing_ok=True)


def _put_in_place(temporary: Path, out: Path) -> None:
    """Give a whole file its name; never over what is there: another person's judgements may be in it."""
    try:
        os.link(temporary, out)
    except FileExistsError:
        raise
    except OSError:
        # Some file systems have no links.
        if out.exists():
            raise
        temporary.rename(out)
