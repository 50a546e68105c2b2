"""Reading in processes: the same readings, and one that dies takes nothing with it."""

from __future__ import annotations

import gc
import os
import pickle
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from sayso.config import Settings
from sayso.errors import (
    EmptyInput,
    InputError,
    ModelError,
    NoReadingProcess,
    SettingsError,
    UnreadableFile,
    UnsupportedLanguage,
)
from sayso.export.reading_json import write_line
from sayso.ingest import from_text
from sayso.ledger import Reader, lanes, worker
from sayso.ledger import pool as pools
from sayso.ledger.pool import FEW_DOCUMENTS, ReaderPool
from sayso.records import Document, Reading
from tests.extract.dice import throw_dice, write_folder

if TYPE_CHECKING:
    from collections.abc import Iterator

DYING = "tests.ledger.dying_child"
TEXT = "The harbour will stay closed until May, Mayor Ilva Brenn said. The pilots said that nobody had asked them."
GERMAN = "Der Hafen bleibt bis Mai geschlossen, sagte die Bürgermeisterin am Montag. Niemand habe die Lotsen gefragt."
POSIX_ONLY = pytest.mark.skipif(sys.platform == "win32", reason="signals of POSIX")
LONG_S = 60


@pytest.fixture(scope="module")
def dice(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_folder(tmp_path_factory.mktemp("dice"))


@pytest.fixture(scope="module")
def pool(dice: Path) -> Iterator[ReaderPool]:
    with make_pool(dice) as pool:
        yield pool


def make_pool(folder: Path, *, processes: int = 2, limit_s: float | None = 30.0) -> ReaderPool:
    """Return a pool whose processes throw dice, and die where a text says so."""
    return ReaderPool(Settings(), model_dir=folder, processes=processes, limit_s=limit_s, module=DYING)


def make_texts(count: int) -> list[str]:
    """Return texts that can be told apart."""
    return [f"{TEXT} It was the {n}th of May." for n in range(count)]


def with_order(order: str, *, count: int = 10, at: int = 3) -> list[str]:
    """Return texts of which one kills who reads it."""
    texts = make_texts(count)
    texts[at] += f"\n{order}"
    return texts


def is_gone(pid: int) -> bool:
    """Tell whether a process has ended."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return True
    status = Path(f"/proc/{pid}/stat")
    return status.exists() and status.read_text().rpartition(")")[2].split()[0] == "Z"


def wait_until_gone(pids: list[int], *, within_s: float = 10.0) -> None:
    """Wait until processes have ended."""
    end = time.monotonic() + within_s
    while not all(map(is_gone, pids)):
        assert time.monotonic() < end
        time.sleep(0.05)


def test_readings_are_those_of_this_process(dice: Path, pool: ReaderPool, monkeypatch: pytest.MonkeyPatch) -> None:
    throw_dice(monkeypatch)
    given: list[str | Document] = [
        *make_texts(10),
        from_text(TEXT, title="Harbour to stay closed", outlet="The Harbour Post"),
    ]
    alone = [Reader(Settings(threads=1), model_dir=dice).read(one) for one in given]
    found = list(pool.read_many(given))
    assert found == alone
    assert [write_line(reading) for reading in found] == [write_line(reading) for reading in alone]
    assert list(pool.read_many(reversed(given), batch_size=9)) == alone[::-1]


def test_once_they_are_there_processes_read_few_documents_too(pool: ReaderPool) -> None:
    assert len(list(pool.read_many(make_texts(10)))) == 10
    assert len(list(pool.read_many(make_texts(1)))) == 1
    assert "_reader" not in vars(pool)


def test_few_documents_start_no_process(dice: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    throw_dice(monkeypatch)
    pool = make_pool(dice)
    found = list(pool.try_many([*make_texts(FEW_DOCUMENTS - 2), " "]))
    assert [type(one) for one in found] == [Reading] * (FEW_DOCUMENTS - 2) + [EmptyInput]
    assert not pool._lanes.has_started


def test_few_long_documents_start_them(dice: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pools, "FEW_CHARACTERS", 3 * len(TEXT))
    with make_pool(dice) as pool:
        list(pool.try_many(make_texts(3)))
        assert pool._lanes.has_started


def test_more_processes_only_for_more_documents(dice: Path) -> None:
    with make_pool(dice, processes=50) as pool:
        assert len(list(pool.read_many(make_texts(9)))) == 9
        assert len(pool.process_ids) <= 3


def test_documents_are_taken_as_there_is_room(pool: ReaderPool) -> None:
    taken = 0

    def give() -> Iterator[str]:
        nonlocal taken
        for text in make_texts(200):
            taken += 1
            yield text

    found = pool.read_many(give(), batch_size=10)
    assert taken == 0
    for n in range(1, 30):
        next(found)
        assert taken <= n + 10
    del found


@pytest.mark.parametrize("given", [" ", 5, None, GERMAN])
def test_what_cannot_be_read_is_said_in_its_place(pool: ReaderPool, given: str) -> None:
    texts = make_texts(9)
    texts[4] = given
    found = list(pool.try_many(texts))
    assert [type(one) is Reading for one in found] == [n != 4 for n in range(9)]
    assert isinstance(found[4], InputError)
    with pytest.raises(InputError):
        list(pool.read_many(texts))


def test_an_error_crosses_with_what_it_carries() -> None:
    crossed = pickle.loads(pickle.dumps(UnsupportedLanguage("a.txt", "de", ("en",))))  # noqa: S301  our own
    assert (crossed.name, crossed.language, crossed.supported) == ("a.txt", "de", ("en",))
    assert str(crossed) == str(UnsupportedLanguage("a.txt", "de", ("en",)))


@pytest.mark.parametrize(
    ("order", "reason"),
    [
        pytest.param("SIGNAL SIGKILL", "SIGKILL", marks=POSIX_ONLY),
        pytest.param("SIGNAL SIGSEGV", "SIGSEGV", marks=POSIX_ONLY),
        ("MEMORY", "MemoryError"),
        ("FAULT list \x07index", "IndexError: list index"),
        ("FAULT ", "IndexError"),
    ],
)
def test_a_document_that_kills_is_an_error_and_the_others_are_read(pool: ReaderPool, order: str, reason: str) -> None:
    found = list(pool.try_many(with_order(order)))
    assert [type(one) is Reading for one in found] == [n != 3 for n in range(10)]
    death = found[3]
    assert isinstance(death, UnreadableFile)
    assert death.reason == f"the process that read it died, twice ({reason})"


def test_a_document_over_which_a_process_died_once_is_read(pool: ReaderPool, tmp_path: Path) -> None:
    found = list(pool.try_many(with_order(f"ONCE {tmp_path / 'once'}")))
    assert all(type(one) is Reading for one in found)
    assert (tmp_path / "once").exists()


def test_all_documents_may_kill(dice: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pools, "FEW_DOCUMENTS", 2)
    with make_pool(dice) as pool:
        found = list(pool.try_many([f"{text}\nFAULT" for text in make_texts(3)]))
    assert [type(one) for one in found] == [UnreadableFile] * 3


@pytest.mark.parametrize("order", ["SLEEP 60", "HOLD"])
def test_a_document_that_takes_too_long_is_an_error(dice: Path, order: str) -> None:
    with make_pool(dice, limit_s=4.0) as pool:
        found = list(pool.try_many(with_order(order)))
    assert [type(one) is Reading for one in found] == [n != 3 for n in range(10)]
    assert isinstance(found[3], UnreadableFile)
    assert found[3].reason == "reading it takes longer than 4 s"


def test_without_a_limit_it_may_take_any_time(dice: Path) -> None:
    with make_pool(dice, limit_s=None) as pool:
        assert all(type(one) is Reading for one in pool.try_many(with_order("SLEEP 0.1")))


def test_what_is_printed_there_does_no_harm(pool: ReaderPool) -> None:
    assert all(type(one) is Reading for one in pool.try_many(with_order("PRINT what a library says")))


@POSIX_ONLY
def test_a_process_that_was_killed_in_between_is_replaced(pool: ReaderPool) -> None:
    list(pool.read_many(make_texts(10)))
    for pid in pool.process_ids:
        os.kill(pid, signal.SIGKILL)
    assert len(list(pool.read_many(make_texts(10)))) == 10


def test_a_damaged_model_is_said(tmp_path: Path) -> None:
    with ReaderPool(Settings(), model_dir=tmp_path, processes=2) as pool, pytest.raises(ModelError):
        list(pool.try_many(make_texts(9)))


def test_a_process_that_cannot_begin_is_said(dice: Path) -> None:
    dying = Settings(max_bytes=1)
    with ReaderPool(dying, model_dir=dice, processes=2, module=DYING) as pool:
        with pytest.raises(NoReadingProcess, match="exit code 9"):
            list(pool.try_many(make_texts(20)))
        with pytest.raises(NoReadingProcess):
            list(pool.try_many(make_texts(20)))


def test_no_process_is_said(dice: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "executable", str(dice / "none"))
    with make_pool(dice) as pool, pytest.raises(NoReadingProcess):
        list(pool.try_many(make_texts(9)))


def test_without_an_interpreter_to_start_this_process_reads(dice: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    throw_dice(monkeypatch)
    monkeypatch.setattr(sys, "executable", "")
    with make_pool(dice) as pool:
        assert len(list(pool.read_many(make_texts(10)))) == 10
        assert not pool._lanes.has_started


def test_when_one_of_two_is_not_to_be_had_the_other_reads(dice: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with make_pool(dice) as pool:
        list(pool.read_many(make_texts(8)[:8]))
        started = []

        class Scarce(worker.Worker):
            def __init__(self, *args: object, **options: object) -> None:
                started.append((args, options))
                reason = "no memory"
                raise NoReadingProcess(reason)

        monkeypatch.setattr(lanes, "Worker", Scarce)
        found = list(pool.try_many(with_order("MEMORY", count=12)))
        assert started
    assert [type(one) is Reading for one in found] == [n != 3 for n in range(12)]


@pytest.mark.parametrize("size", [0, -1])
def test_a_batch_of_nothing_is_refused(pool: ReaderPool, size: int) -> None:
    with pytest.raises(SettingsError):
        pool.read_many([TEXT], batch_size=size)


@POSIX_ONLY
def test_closing_ends_what_is_read(dice: Path) -> None:
    pool = make_pool(dice)
    found = pool.try_many([*make_texts(8), *(f"{TEXT}\nSLEEP {LONG_S}" for _ in range(8))])
    next(found)
    pids = pool.process_ids
    began = time.monotonic()
    pool.close()
    wait_until_gone(pids)
    with pytest.raises(NoReadingProcess):
        list(found)
    assert time.monotonic() - began < LONG_S / 2


@POSIX_ONLY
def test_a_forgotten_pool_ends_its_processes(dice: Path) -> None:
    pool = make_pool(dice)
    list(pool.read_many(make_texts(9)))
    pids = pool.process_ids
    assert pids
    del pool
    gc.collect()
    wait_until_gone(pids)


def start_reading(folder: Path, *, how: str = "file") -> tuple[subprocess.Popen[str], list[int]]:
    """Start a program that reads slowly, and return it with its processes; it has no guard around its main part."""
    program = f"""
import signal
import sys
signal.signal(signal.SIGINT, signal.default_int_handler)  # whoever runs the tests may have had it ignored
from pathlib import Path
from sayso.config import Settings
from sayso.ledger.pool import ReaderPool
pool = ReaderPool(Settings(), model_dir=Path({str(folder)!r}), processes=2, module={DYING!r})
texts = [{TEXT!r}] * 4 + [{TEXT + chr(10)!r} + "SLEEP {LONG_S}"] * 12
found = pool.try_many(texts)
next(found), next(found)
print(*pool.process_ids, flush=True)
list(found)
"""
    path = folder / "program.py"
    path.write_text(program, encoding="utf-8")
    command = [sys.executable, "-c", program] if how == "text" else [sys.executable, str(path)]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
    started = subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=environment, start_new_session=True
    )
    assert started.stdout is not None
    pids = [int(pid) for pid in started.stdout.readline().split()]
    assert pids
    return started, pids


@POSIX_ONLY
@pytest.mark.parametrize("how", ["file", "text"])
def test_processes_do_not_outlive_one_that_is_killed(dice: Path, how: str) -> None:
    started, pids = start_reading(dice, how=how)
    with started:
        started.kill()
        started.wait()
        wait_until_gone(pids)


@POSIX_ONLY
@pytest.mark.parametrize("whole_group", [True, False])
def test_an_interruption_ends_all_at_once_and_quietly(dice: Path, *, whole_group: bool) -> None:
    started, pids = start_reading(dice)
    began = time.monotonic()
    with started:
        if whole_group:
            os.killpg(started.pid, signal.SIGINT)
        else:
            started.send_signal(signal.SIGINT)
        try:
            _, said = started.communicate(timeout=LONG_S)
        finally:
            started.kill()
    wait_until_gone(pids)
    assert time.monotonic() - began < LONG_S / 2
    assert started.returncode in (1, 130, -signal.SIGINT)
    assert said.count("Traceback") == 1
    assert said.strip().endswith("KeyboardInterrupt")


@pytest.mark.slow
def test_a_dozen_varied_texts_are_read_as_in_this_process() -> None:
    texts = [
        TEXT,
        "Harbour to stay closed\n\n" + TEXT,
        TEXT.upper(),
        "“We were not told,” said Ilva Brenn, the mayor of Ostrava. “Not once.”\n\nShe denied that 1,200 ships wait.",
        "BRENN: We were not told.\n\nREPORTER: By whom?\n\nBRENN: By the port authority, on Tuesday.",
        "According to Northwire, citing two officials, at least 40 people were hurt in Lisbon on 3 May 2021.",
        "The ministry said the strike, which began on Monday, cost €3.5 million. The union said it was less.",
        "\n\n".join(f"Item {n}: the pilots told The Harbour Post that berth {n} is shut." for n in range(60)),
        "He said she said they said. " * 40,
        "No one says anything here; the sea was calm and grey, and the gulls slept.",
        "It is claimed — by whom? — that “nothing ‘really’ happened”… (Reporting by A. Nemo; editing by B. Nemo)",
        "Der Hafen " + TEXT,
        "😀 " + TEXT + " \u202e…",
    ]
    reader = Reader(Settings(threads=1))
    alone = [write_line(reader.read(text)) for text in texts]
    with ReaderPool(Settings(), processes=2) as pool:
        assert [write_line(reading) for reading in pool.read_many(texts)] == alone
