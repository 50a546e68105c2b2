"""What ``sayso stamp`` prints, and with which exit code it ends."""

from __future__ import annotations

import dataclasses
import datetime as dt
import json
from typing import TYPE_CHECKING, Final

import click

from sayso.cli import _stamp_rooms
from sayso.errors import BadRoots
from sayso.export.visible import show

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from sayso.ledger.stamps import CaseStamp

VIOLATION: Final = 3
SLACK: Final = dt.timedelta(minutes=5)
# A file with all roots that browsers trust takes a quarter of a megabyte.
MAX_ROOTS_BYTES: Final = 5_000_000
NONE_THERE: Final = "The case has no time stamps."


def ask(case: str | None, authority: str, *, roots: Sequence[Path], as_json: bool) -> int:
    """Ask an authority, keep its time stamp, print it, and return the exit code."""
    trusted = _read_roots(roots)
    with _stamp_rooms.open_stamp_rooms(case) as rooms:
        _print_stamp(rooms.stamp(authority, trusted), as_json=as_json)
    return 0


def print_list(case: str | None, *, as_json: bool) -> int:
    """Print the time stamps of a case and return the exit code."""
    with _stamp_rooms.open_stamp_rooms(case) as rooms:
        _print_all(rooms.list_stamps(), as_json=as_json)
    return 0


def check(case: str | None, *, roots: Sequence[Path], as_json: bool) -> int:
    """Print the time stamps of a case, each checked, and return the exit code: 3 if one does not hold."""
    trusted = _read_roots(roots)
    with _stamp_rooms.open_stamp_rooms(case) as rooms:
        return VIOLATION if _print_all(rooms.check_stamps(trusted), as_json=as_json) else 0


def _read_roots(paths: Sequence[Path]) -> list[bytes] | None:
    """Return what stands in the files; None where none was given."""
    found = []
    for path in paths:
        with path.open("rb") as file:
            found.append(file.read(MAX_ROOTS_BYTES + 1))
        if len(found[-1]) > MAX_ROOTS_BYTES:
            reason = f"{path}: larger than {MAX_ROOTS_BYTES:,} bytes"
            raise BadRoots(reason)
    return found or None


def _print_all(stamps: Iterable[CaseStamp], *, as_json: bool) -> int:
    """Print time stamps as they come and return how many do not hold."""
    n_bad = n_all = 0
    for kept in stamps:
        _print_stamp(kept, as_json=as_json)
        n_all += 1
        n_bad += kept.fault is not None
    if not n_all and not as_json:
        click.echo(NONE_THERE)
    return n_bad


def _print_stamp(kept: CaseStamp, *, as_json: bool) -> None:
    click.echo(_write_json(kept) if as_json else "\n  ".join(map(show, _write_lines(kept))))


def _write_json(kept: CaseStamp) -> str:
    said = None if kept.stamp is None else dataclasses.asdict(kept.stamp)
    fault = None if kept.fault is None else {"code": str(kept.fault.code), "reason": kept.fault.reason}
    whole = {"number": kept.number, "log_hash": kept.log_hash, "at": kept.at, "stamp": said, "fault": fault}
    return json.dumps(whole, ensure_ascii=False)


def _write_lines(kept: CaseStamp) -> list[str]:
    """Return the lines in which a time stamp is told, the first one being the head."""
    own = f"hash of the log {kept.log_hash}, kept {kept.at}"
    if kept.fault is not None:
        head = f"Log entry {kept.number}: this time stamp proves nothing ({kept.fault.code})."
        return [head, f"{kept.fault.reason}", own]
    if kept.stamp is None:
        return [f"Log entry {kept.number}: has a time stamp, not read: pip install 'sayso[timestamp]'.", own]
    said = kept.stamp
    whose = f"The authority was checked against the root {said.root}." if said.root else f"But {said.not_checked}."
    lines = [
        f"Log entry {kept.number}, and all before it, existed at {said.time}.",
        f"says {said.authority} (policy {said.policy}, serial {said.serial})",
        own,
        f"Signature and hash hold. {whose}",
    ]
    if _differ(said.time, kept.at):
        lines.append("By this machine's clock it was another time: one of the two clocks is wrong.")
    return lines


def _differ(time: str, other: str) -> bool:
    """Tell whether two times are further apart than an answer takes; what is no time differs from none."""
    try:
        return abs(dt.datetime.fromisoformat(time) - dt.datetime.fromisoformat(other)) > SLACK
    except (ValueError, TypeError):
        return False
