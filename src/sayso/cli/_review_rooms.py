"""The case, as the commands see it by which persons judge."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Protocol

from sayso.cli._case import FindsIds
from sayso.cli._joining import join_rest
from sayso.cli._open import open_ledger

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from sayso.ledger.queue import Question
    from sayso.ledger.reread import Reread
    from sayso.ledger.review import FoundSource, TakenOver
    from sayso.records import Filter, Judgement, Reading


class ReviewRooms(FindsIds, Protocol):
    """What a review needs from below."""

    def now(self) -> str:
        """Return the time in UTC to the microsecond, later than any that was returned before."""
        ...

    def ask(self, wanted: Filter, *, limit: int | None = None, blind_to: str | None = None) -> list[Question]:
        """Return the rows to ask a person about, the most doubtful first."""
        ...

    def get_reading(self, document_id: str) -> Reading:
        """Return the machine's current reading of a document.

        Raises:
            NotInCase: There is none.
        """
        ...

    def list_judgements(self, document_id: str | None = None) -> list[Judgement]:
        """Return the judgements, or those about one document, in the order in which they came into the case."""
        ...

    def get_judgement(self, given: str) -> Judgement:
        """Return a judgement by its id or the beginning of it.

        Raises:
            NotInCase: None or several begin so.
        """
        ...

    def find_sources(self, name: str) -> list[FoundSource]:
        """Return some sources of the case whose name contains this."""
        ...

    def judge(self, judgement: Judgement) -> bool:
        """Keep a judgement, for good once this returns, and return whether it is new.

        Raises:
            NotInCase: It is about what the case does not have.
            BadJudgement: It does not fit what it is about.
        """
        ...

    def take_over(self, judgements: Iterable[Judgement]) -> TakenOver:
        """Keep judgements from outside, all in one step."""
        ...

    def iter_shared(self) -> Iterator[Judgement]:
        """Yield the judgements that may leave the case."""
        ...


class RereadRooms(FindsIds, Protocol):
    """What reading again needs from below."""

    def find_outdated(self, documents: Iterable[str] | None = None) -> list[str]:
        """Return the ids of the documents, of those given or of all, that another run read last."""
        ...

    def reread(self, documents: Iterable[str]) -> Iterator[Reread]:
        """Yield each document once its new reading is kept."""
        ...


@contextmanager
def open_review_rooms(case: str | None) -> Iterator[ReviewRooms]:
    """Open a case for judging: the one named, else the one in this folder. What was judged is joined at the end.

    Raises:
        CaseError: There is none, several, or none that can be read and written.
    """
    with open_ledger(case) as ledger:
        n_before = ledger.count_waiting()
        yield ledger.review()
        # Who only looked at judgements does not wait for what others added.
        if ledger.count_waiting() > n_before:
            join_rest(ledger)


@contextmanager
def open_reread_rooms(case: str | None) -> Iterator[RereadRooms]:
    """Open a case for reading again. What was read is joined at the end.

    Raises:
        CaseError: As for `open_review_rooms`.
        ModelError: The model is missing or damaged.
    """
    with open_ledger(case) as ledger:
        yield ledger.rereading()
        join_rest(ledger)
