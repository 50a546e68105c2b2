"""A case with nothing but a log, for tests of its time stamps."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING, cast

from sayso.ids import log_hash
from sayso.records import CaseInfo, LogEntry, LogKind

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from sayso.store.base import Store, Writer

AT = "2024-11-03T10:16:00Z"


class LogOnly:
    """A store that keeps a log and time stamps; what tests do to it between two blocks is `meanwhile`."""

    def __init__(self, *, n_entries: int = 3) -> None:
        """Begin with some entries."""
        self.log: list[LogEntry] = []
        self.tokens: list[tuple[LogEntry, bytes]] = []
        self.meanwhile: Callable[[], object] = lambda: None
        for number in range(n_entries):
            self.add(LogKind.DOCUMENT if number else LogKind.CASE, f"doc-{number}")

    def add(self, kind: LogKind, subject: str) -> LogEntry:
        previous = self.log[-1].hash if self.log else "0" * 64
        number = len(self.log) + 1
        made = log_hash(number=number, at=AT, kind=kind, subject=subject, digest="d" * 64, previous=previous)
        self.log.append(
            LogEntry(number=number, at=AT, kind=kind, subject=subject, digest="d" * 64, previous=previous, hash=made)
        )
        return self.log[-1]

    def get_info(self) -> CaseInfo:
        return CaseInfo(
            name="harbour",
            created_at=AT,
            schema=1,
            is_encrypted=False,
            n_documents=0,
            n_captures=0,
            n_refused=0,
            n_claims=0,
            n_sources=0,
            n_judgements=0,
            n_feeds=0,
            n_purged=0,
            outlets=(),
            first=None,
            last=None,
            models=(),
            log_length=len(self.log),
            log_head=self.log[-1].hash,
        )

    def iter_timestamps(self) -> Iterator[tuple[LogEntry, bytes]]:
        yield from self.tokens

    def add_timestamp(self, token: bytes, *, at: str) -> None:
        assert at == AT
        self.tokens.append((self.add(LogKind.TIMESTAMP, self.log[-1].hash), token))

    @contextlib.contextmanager
    def view(self) -> Iterator[Writer]:
        yield cast("Writer", self)

    @contextlib.contextmanager
    def write(self) -> Iterator[Writer]:
        self.meanwhile()
        yield cast("Writer", self)

    def close(self) -> None:
        """Nothing is open."""


def as_store(log: LogOnly) -> Store:
    return cast("Store", log)
