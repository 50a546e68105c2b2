"""The time stamps of a case: ask for one, list them, check them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Protocol

from sayso.errors import BadStamp, BusyCase
from sayso.fetch.posting import post_query
from sayso.ledger import stamping

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from sayso.ledger.stamping import Stamp
    from sayso.records import LogEntry
    from sayso.store.base import Store, View

TIMEOUT_S: Final = 30.0
TRIES: Final = 3


class Post(Protocol):
    """What carries a request to an authority and brings the answer."""

    def __call__(self, url: str, body: bytes, *, media: str, timeout_s: float, limit_bytes: int) -> bytes:
        """Return the answer's body, or raise FetchRefused."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseStamp:
    """A time stamp as a case keeps it.

    Attributes:
        number: Of the log entry that it is over: that one and all before it existed then.
        log_hash: That entry's hash.
        at: UTC, by this machine's clock: when it was kept.
        stamp: What it says; None where it does not hold, or could not be checked for want of the packages.
        fault: What is wrong with it; None where nothing is.
    """

    number: int
    log_hash: str
    at: str
    stamp: Stamp | None
    fault: BadStamp | None


def stamp(
    store: Store,
    authority: str,
    *,
    clock: Callable[[], str],
    roots: Sequence[bytes] | None = None,
    post: Post = post_query,
) -> CaseStamp:
    """Ask an authority for a time stamp over the last entry of the log, keep it, and return it.

    Only a hash of that entry's hash, and a random number, are sent; only to this address.

    Args:
        store: The case.
        authority: The address at which it answers.
        clock: What says the time, UTC.
        roots: PEM files with the roots that are trusted; a stamp that leads to none of them is not kept.
        post: What carries the request.

    Raises:
        FetchRefused: The authority did not answer.
        StampRefused: It gave no time stamp.
        BadStamp: It gave none that holds. Nothing was kept.
        BadRoots: There are no roots in what was given as such.
        BusyCase: Others wrote to the case each time while the authority was asked.
        MissingExtra: The packages for it are not installed.
    """
    for _ in range(TRIES):
        with store.view() as view:
            info = view.get_info()
        request = stamping.make_request(info.log_head)
        answer = post(
            authority,
            request.body,
            media=stamping.QUERY_MEDIA,
            timeout_s=TIMEOUT_S,
            limit_bytes=stamping.MAX_ANSWER_BYTES,
        )
        token, made = stamping.read_token(answer, request=request, roots=roots)
        with store.write() as writer:
            # A token is kept as one over the last entry, so that must still be the one that was stamped.
            if writer.get_info().log_head == request.log_hash:
                at = clock()
                writer.add_timestamp(token, at=at)
                return CaseStamp(number=info.log_length, log_hash=request.log_hash, at=at, stamp=made, fault=None)
    raise BusyCase(info.name, TRIES * TIMEOUT_S)


def iter_stamps(view: View, *, roots: Sequence[bytes] | None = None) -> Iterator[CaseStamp]:
    """Yield the time stamps of a case, each checked, in the order in which they were kept.

    Raises:
        BadRoots: There are no roots in what was given as such.
        MissingExtra: The packages for it are not installed.
    """
    for entry, token in view.iter_timestamps():
        made, fault = None, None
        try:
            made = stamping.check_token(token, log_hash=entry.previous, roots=roots)
        except BadStamp as error:
            fault = error
        yield _keep(entry, made, fault)


def list_stamps(view: View) -> Iterator[CaseStamp]:
    """Yield the time stamps of a case, each checked; without the packages for it what the log says of each."""
    if stamping.has_packages():
        yield from iter_stamps(view)
    else:
        for entry, _ in view.iter_timestamps():
            yield _keep(entry, None, None)


def find_stamp_faults(view: View) -> Iterator[tuple[str, str]]:
    """Yield the place and what is wrong of each time stamp that does not hold; nothing where the packages are missing.

    That the entry it is over is still what it was is for the check of the chain to say.
    """
    if not stamping.has_packages():
        return
    for kept in iter_stamps(view):
        if kept.fault is not None:
            yield f"time stamp over log entry {kept.number}", kept.fault.reason


def count_unchecked_stamps(view: View) -> int:
    """Return how many time stamps `find_stamp_faults` cannot check, for want of the packages."""
    return 0 if stamping.has_packages() else sum(1 for _ in view.iter_timestamps())


def _keep(entry: LogEntry, made: Stamp | None, fault: BadStamp | None) -> CaseStamp:
    return CaseStamp(number=entry.number - 1, log_hash=entry.previous, at=entry.at, stamp=made, fault=fault)
