"""Processes that read side by side, each asked by a thread of its own, and what becomes of a document that ends one."""

from __future__ import annotations

from concurrent.futures import Future
from contextlib import contextmanager
from queue import SimpleQueue
from threading import Condition, Lock, Thread
from typing import TYPE_CHECKING

from sayso.errors import NoReadingProcess, SaysoError, UnreadableFile
from sayso.ledger.ahead import size_of
from sayso.ledger.worker import CHILD, Died, Worker
from sayso.records import Document

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sayso.ledger.frames import Opening
    from sayso.records import Reading

# One process more for so many documents: starting one costs as much as reading a few.
DOCUMENTS_PER_LANE = 4
# A process that cannot even begin to read is tried so often.
STARTS = 2
# On top of the time limit, so that it is for the machine and not for the text: ten times what reading takes.
CHARACTERS_PER_S = 1000

Task = tuple["Document | str", "Future[Reading]"]


class Gate:
    """Lets many pass side by side, or one alone."""

    def __init__(self) -> None:
        """Begin with nobody inside."""
        self._changed = Condition()
        self._inside = 0
        self._is_alone = False

    @contextmanager
    def among_others(self) -> Iterator[None]:
        """Pass when nobody is alone inside."""
        with self._changed:
            self._changed.wait_for(lambda: not self._is_alone)
            self._inside += 1
        try:
            yield
        finally:
            with self._changed:
                self._inside -= 1
                self._changed.notify_all()

    @contextmanager
    def alone(self) -> Iterator[None]:
        """Pass when nobody else is inside, and let nobody in."""
        with self._changed:
            self._changed.wait_for(lambda: not self._is_alone)
            self._is_alone = True
            self._changed.wait_for(lambda: self._inside == 0)
        try:
            yield
        finally:
            with self._changed:
                self._is_alone = False
                self._changed.notify_all()


class Lanes:
    """Up to so many lanes; each is a thread and the process that it asks, started when there is work for it.

    The threads are daemons: they never hold up the end of this process, and theirs see that it has ended.
    """

    def __init__(self, opening: Opening, *, count: int, limit_s: float | None, module: str = CHILD) -> None:
        """Start nothing yet.

        Args:
            opening: What the processes read with.
            count: How many at most.
            limit_s: How many seconds a document may take, and one more for each `CHARACTERS_PER_S`; None for any.
            module: What the processes run.
        """
        self._opening = opening
        self._count = count
        self._limit_s = limit_s
        self._module = module
        self._tasks: SimpleQueue[Task | None] = SimpleQueue()
        self._gate = Gate()
        self._lock = Lock()
        self._workers: set[Worker] = set()
        self._n_lanes = self._n_given = 0
        self._lost: NoReadingProcess | None = None

    @property
    def has_started(self) -> bool:
        """Tell whether processes are there already."""
        return self._n_lanes > 0

    @property
    def process_ids(self) -> list[int]:
        """Return the ids of the processes that are there."""
        with self._lock:
            return sorted(worker.pid for worker in self._workers)

    def submit(self, given: Document | str) -> Future[Reading]:
        """Begin to read one document.

        Raises:
            NoReadingProcess: If the last process was lost, or all were ended.
        """
        future: Future[Reading] = Future()
        with self._lock:
            if self._lost is not None:
                raise self._lost
            self._tasks.put((given, future))
            if self._n_lanes < self._count and self._n_given >= self._n_lanes * DOCUMENTS_PER_LANE:
                Thread(target=self._run, daemon=True, name="sayso-lane").start()
                self._n_lanes += 1
            self._n_given += 1
        return future

    def close(self) -> None:
        """End all processes at once, whatever they are reading."""
        with self._lock:
            self._lost = self._lost or NoReadingProcess("all were ended")
            workers, self._workers = self._workers, set()
            for _ in range(self._n_lanes):
                self._tasks.put(None)
        for worker in workers:
            worker.end()

    def _run(self) -> None:
        """Read one document after the other, until there is an end, or no process to be had."""
        worker: Worker | None = None
        while (task := self._tasks.get()) is not None:
            given, future = task
            try:
                worker = worker or self._start()
            except NoReadingProcess as error:
                self._leave(task, error)
                return
            except SaysoError as error:
                _fail(future, error)
                continue
            except OSError as error:
                # No room for what a process says, no more handles: a lane that died of it would leave its task waiting.
                self._leave(task, NoReadingProcess(str(error)))
                return
            if future.set_running_or_notify_cancel():
                worker = self._read(worker, given, future)

    def _read(self, worker: Worker, given: Document | str, future: Future[Reading]) -> Worker | None:
        """Read a document, once more and alone if the process dies over it; return the process, if it lives."""
        limit_s = None if self._limit_s is None else self._limit_s + size_of(given) / CHARACTERS_PER_S
        try:
            with self._gate.among_others():
                future.set_result(worker.read(given, limit_s=limit_s))
        except SaysoError as error:
            future.set_exception(error)
        except Died as death:
            self._end(worker)
            if self._lost is not None:
                future.set_exception(self._lost)
            elif death.is_late:
                future.set_exception(UnreadableFile(_name_of(given), f"reading it takes longer than {limit_s:.0f} s"))
            else:
                return self._read_again(given, future, limit_s)
            return None
        return worker

    def _read_again(self, given: Document | str, future: Future[Reading], limit_s: float | None) -> Worker | None:
        """Read a document over which a process died while no other reads: it may have been the memory."""
        worker: Worker | None = None
        with self._gate.alone():
            try:
                worker = self._start()
                future.set_result(worker.read(given, limit_s=limit_s))
            except NoReadingProcess as error:
                future.set_exception(UnreadableFile(_name_of(given), f"the process that read it died ({error.reason})"))
            except SaysoError as error:
                future.set_exception(error)
            except Died as death:
                reason = f"the process that read it died, twice ({death.reason})"
                future.set_exception(UnreadableFile(_name_of(given), reason))
                if worker is not None:
                    self._end(worker)
                return None
        return worker

    def _start(self) -> Worker:
        """Return a process that can read.

        Raises:
            NoReadingProcess: If there is none to be had, or all were ended meanwhile.
            SaysoError: What `Reader` raises there.
        """
        death: Died | None = None
        for _ in range(STARTS):
            try:
                worker = Worker(self._opening, module=self._module)
            except Died as error:
                death = error
                continue
            with self._lock:
                if self._lost is None:
                    self._workers.add(worker)
                    return worker
            worker.end()
            raise self._lost
        raise NoReadingProcess(death.reason if death else "none was started")

    def _end(self, worker: Worker) -> None:
        """End a process and forget it."""
        with self._lock:
            self._workers.discard(worker)
        worker.end()

    def _leave(self, task: Task, error: NoReadingProcess) -> None:
        """Close one lane and leave its task to the others; with the last one all that waits has failed."""
        with self._lock:
            self._n_lanes -= 1
            if self._n_lanes and self._lost is None:
                self._count = self._n_lanes
                self._tasks.put(task)
                return
            self._lost = self._lost or error
        _fail(task[1], self._lost)
        while not self._tasks.empty():
            if (waiting := self._tasks.get()) is not None:
                _fail(waiting[1], self._lost)


def _fail(future: Future[Reading], error: SaysoError) -> None:
    """Set what went wrong, unless nobody wants to know."""
    if future.set_running_or_notify_cancel():
        future.set_exception(error)


def _name_of(given: Document | str) -> str:
    """Return what the caller knows a document by."""
    return given.name if isinstance(given, Document) else "text"
