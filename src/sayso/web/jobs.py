"""What is being added: each lot in a thread of its own, one after the other, and what became of each thing so far.

Rule 1: what is told as added is kept: a lot that is broken off loses nothing that was told.
Rule 2: files that a browser sent lie in a folder of the lot's own, which is removed when it is done.
"""

from __future__ import annotations

import secrets
from collections import Counter
from dataclasses import dataclass, field
from threading import Lock, Thread
from typing import TYPE_CHECKING, Final

from sayso.errors import SaysoError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from tempfile import TemporaryDirectory

    from sayso.ledger.adding import Added, Outcome
    from sayso.web.joiner import Joiner

MOST_KEPT: Final = 30
MOST_SHOWN: Final = 1_000
BUG: Final = "An error of Sayso\u2019s own. The terminal in which it runs says more; please report it."
FOLDER: Final = "added"


@dataclass(slots=True)
class Job:
    """One lot.

    Attributes:
        id: In its address; nobody guesses it.
        events: What became of each thing, the latest last; of very many the latest.
        counts: How many there are of each outcome.
        n_expected: How many things there are, as far as it is known.
        state: ``waiting``, ``adding``, ``joining`` or ``done``.
        fault: What broke it off; empty if nothing did.
    """

    id: str = field(default_factory=lambda: secrets.token_hex(8))
    events: list[Added] = field(default_factory=list)
    counts: Counter[Outcome] = field(default_factory=Counter)
    n_expected: int = 0
    state: str = "waiting"
    fault: str = ""

    @property
    def n_done(self) -> int:
        """How many things are done."""
        return sum(self.counts.values())

    def expect(self, more: int) -> None:
        """Take how many more things are to come."""
        self.n_expected += more

    def tell(self, added: Added) -> None:
        """Take what became of one thing."""
        self.events = [*self.events[-MOST_SHOWN + 1 :], added]
        self.counts[added.outcome] += 1


class Jobs:
    """The lots of one app."""

    def __init__(self, joiner: Joiner) -> None:
        """Take what joins the case afterwards."""
        self._joiner = joiner
        self._jobs: dict[str, Job] = {}
        self._turn = Lock()

    def list_jobs(self) -> list[Job]:
        """Return the lots, the latest first."""
        return list(reversed(self._jobs.values()))

    def find(self, given: str) -> Job | None:
        """Return a lot; None where there is none of this id."""
        return self._jobs.get(given)

    def start(
        self, add: Callable[[Callable[[int], None]], Iterator[Added]], folder: TemporaryDirectory[str] | None = None
    ) -> Job:
        """Begin a lot, and return it at once.

        Args:
            add: Given what to tell how many things are to come; yields what became of each.
            folder: Removed when the lot is done.
        """
        job = Job()
        self._jobs[job.id] = job
        done = [one.id for one in self._jobs.values() if one.state == "done"]
        for old in done[: max(0, len(self._jobs) - MOST_KEPT)]:
            del self._jobs[old]
        Thread(target=self.run, args=(job, add, folder), daemon=True).start()
        return job

    def run(
        self,
        job: Job,
        add: Callable[[Callable[[int], None]], Iterator[Added]],
        folder: TemporaryDirectory[str] | None,
    ) -> None:
        """Add a lot when it is its turn, then join the case anew."""
        fault = BUG
        try:
            with self._turn:
                job.state = "adding"
                for added in add(job.expect):
                    job.tell(added)
                fault = ""
        except SaysoError as error:
            fault = str(error)
        finally:
            job.fault = fault
            if folder is not None:
                folder.cleanup()
            job.state = "joining"
            try:
                self._joiner.join()
            finally:
                job.state = "done"


def say_name(name: str) -> str:
    """Return what a person knows a thing by: of a file that a browser sent its name, not where it lay meanwhile."""
    before, mark, after = name.replace("\\", "/").rpartition(f"/{FOLDER}/")
    return after if mark and before else name.removeprefix(f"{FOLDER}/")
