"""A time stamp is kept for the entry of the log that was stamped, or not at all."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import pytest

from sayso.errors import BadStamp, BusyCase, FetchRefused, MissingExtra, StampRefused
from sayso.ledger import stamping, stamps
from sayso.ledger.stamp_fault import StampFault
from sayso.records import LogKind
from tests.stamped import AT, LogOnly, as_store

if TYPE_CHECKING:
    from sayso.store.base import View

pytest.importorskip("rfc3161_client", reason="sayso[timestamp] is not installed")

from tests import authority
from tests.authority import Authority, Lies

URL = "https://stamps.example/tsr"


class Desk:
    """An authority, with what it was asked."""

    def __init__(self) -> None:
        """Tell the truth."""
        self.own = Authority()
        self.lies = Lies()
        self.asked: list[tuple[str, bytes]] = []

    def post(self, url: str, body: bytes, *, media: str, timeout_s: float, limit_bytes: int) -> bytes:
        assert (media, timeout_s > 0, limit_bytes > 0) == ("application/timestamp-query", True, True)
        self.asked.append((url, body))
        return self.own.answer(*authority.read_request(body), self.lies)


@pytest.fixture
def desk() -> Desk:
    return Desk()


@pytest.fixture
def log() -> LogOnly:
    return LogOnly()


@pytest.fixture
def without_packages(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "rfc3161_client", None)
    monkeypatch.setattr(stamping, "find_spec", lambda _: None)


def stamp(log: LogOnly, desk: Desk, *, roots: list[bytes] | None = None) -> stamps.CaseStamp:
    return stamps.stamp(as_store(log), URL, clock=lambda: AT, roots=roots, post=desk.post)


def as_store_view(log: LogOnly) -> View:
    with as_store(log).view() as view:
        return view


def test_the_last_entry_is_stamped_and_the_token_kept(log: LogOnly, desk: Desk) -> None:
    head = log.log[-1]
    kept = stamp(log, desk, roots=[desk.own.root.pem])
    assert (kept.number, kept.log_hash, kept.at, kept.fault) == (head.number, head.hash, AT, None)
    assert kept.stamp is not None
    assert kept.stamp.root
    (entry, token), *_ = log.tokens
    assert (entry.kind, entry.previous, entry.number) == (LogKind.TIMESTAMP, head.hash, head.number + 1)
    assert stamping.check_token(token, log_hash=head.hash).time == kept.stamp.time
    assert [url for url, _ in desk.asked] == [URL]


def test_a_case_that_grew_meanwhile_is_stamped_anew(log: LogOnly, desk: Desk) -> None:
    more = ["doc-a", "doc-b"]
    log.meanwhile = lambda: [log.add(LogKind.DOCUMENT, more.pop()) for _ in range(len(more))]
    kept = stamp(log, desk)
    assert kept.number == 5
    assert len(desk.asked) == 2
    assert [kept.fault for kept in stamps.iter_stamps(as_store_view(log))] == [None]


def test_a_case_that_never_rests_is_not_stamped(log: LogOnly, desk: Desk) -> None:
    log.meanwhile = lambda: log.add(LogKind.DOCUMENT, "doc-more")
    with pytest.raises(BusyCase):
        stamp(log, desk)
    assert not log.tokens
    assert len(desk.asked) == stamps.TRIES


def test_an_answer_that_lies_is_not_kept(log: LogOnly, desk: Desk) -> None:
    desk.lies = Lies(nonce=1)
    with pytest.raises(BadStamp):
        stamp(log, desk)
    assert not log.tokens


def test_an_authority_that_leads_to_no_root_is_not_kept(log: LogOnly, desk: Desk) -> None:
    with pytest.raises(BadStamp):
        stamp(log, desk, roots=[Authority().root.pem])
    assert not log.tokens


def test_refusals_come_through_and_keep_nothing(log: LogOnly) -> None:
    def refuse(*_: object, **__: object) -> bytes:
        return authority.refuse(2, "not today")

    def fail(*_: object, **__: object) -> bytes:
        raise FetchRefused(URL, "timeout", "too slow.", "Later.")

    with pytest.raises(StampRefused):
        stamps.stamp(as_store(log), URL, clock=lambda: AT, post=refuse)
    with pytest.raises(FetchRefused):
        stamps.stamp(as_store(log), URL, clock=lambda: AT, post=fail)
    assert not log.tokens


@pytest.mark.usefixtures("without_packages")
def test_without_the_packages_nobody_is_asked(log: LogOnly, desk: Desk) -> None:
    with pytest.raises(MissingExtra):
        stamp(log, desk)
    assert not desk.asked


def test_each_stamp_is_checked_for_its_own_entry(log: LogOnly, desk: Desk) -> None:
    for _ in range(2):
        stamp(log, desk)
        log.add(LogKind.DOCUMENT, "doc-more")
    (first, token), (second, other) = log.tokens
    log.tokens = [(first, other), (second, token), (first, token)]
    faults = [kept.fault and kept.fault.code for kept in stamps.iter_stamps(as_store_view(log))]
    assert faults == [StampFault.ANOTHER_HASH, StampFault.ANOTHER_HASH, None]


def test_faults_are_given_with_their_place(log: LogOnly, desk: Desk) -> None:
    stamp(log, desk)
    assert list(stamps.find_stamp_faults(as_store_view(log))) == []
    entry, token = log.tokens[0]
    log.tokens.append((entry, token[:-1]))
    ((place, what),) = stamps.find_stamp_faults(as_store_view(log))
    assert "3" in place
    assert what
    assert stamps.count_unchecked_stamps(as_store_view(log)) == 0


def test_without_the_packages_stamps_are_counted_and_listed(
    log: LogOnly, desk: Desk, request: pytest.FixtureRequest
) -> None:
    stamp(log, desk)
    assert [kept.stamp is not None for kept in stamps.list_stamps(as_store_view(log))] == [True]
    request.getfixturevalue("without_packages")
    view = as_store_view(log)
    assert list(stamps.find_stamp_faults(view)) == []
    assert stamps.count_unchecked_stamps(view) == 1
    assert [(kept.number, kept.stamp, kept.fault) for kept in stamps.list_stamps(view)] == [(3, None, None)]
