"""The process that reads, from within: what it answers, and when it ends."""

from __future__ import annotations

import contextlib
import io
import os
import threading
from typing import TYPE_CHECKING, BinaryIO

import pytest

from sayso.config import Settings
from sayso.errors import EmptyInput, ModelError
from sayso.ledger import child
from sayso.ledger.frames import Job, Opening, read_frame, write_frame
from sayso.ledger.reader import Reader
from sayso.records import Reading
from tests.extract.dice import throw_dice, write_folder

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

TEXT = "The harbour will stay closed until May, Mayor Ilva Brenn said."
JOB = Job(given=TEXT, limit_s=30.0)


def wait_for_threads() -> list[threading.Thread]:
    """Return the threads of this process, once one listens."""
    while not any(thread.name == "sayso-listen" for thread in threading.enumerate()):
        pass
    return threading.enumerate()


class Talk:
    """Both ends of a talk with `serve`, which runs in a thread of this process."""

    def __init__(self) -> None:
        """Begin to serve."""
        (given, say), (hear, answers) = os.pipe(), os.pipe()
        self.say: BinaryIO = os.fdopen(say, "wb")
        self.hear: BinaryIO = os.fdopen(hear, "rb")
        self.given: BinaryIO = os.fdopen(given, "rb", buffering=0)
        self.answers: BinaryIO = os.fdopen(answers, "wb")
        self.thread = threading.Thread(target=child.serve, args=(self.given, self.answers, child._open_reader))
        self.thread.start()
        self.listener = next(thread for thread in wait_for_threads() if thread.name == "sayso-listen")

    def ask(self, question: Opening | Job) -> object:
        """Return the answer."""
        write_frame(self.say, question)
        answer: object = read_frame(self.hear)
        return answer

    def close(self) -> None:
        """Go away, and wait until that was seen."""
        if not self.say.closed:
            self.say.close()
        for thread in (self.thread, self.listener):
            thread.join(10)
            assert not thread.is_alive()


@pytest.fixture
def exits(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    found: list[int] = []
    monkeypatch.setattr(os, "_exit", found.append)
    monkeypatch.setattr(child, "GRACE_S", 0.01)
    return found


@pytest.fixture
def talk(exits: list[int]) -> Iterator[Talk]:
    talk = Talk()
    yield talk
    talk.close()
    talk.hear.close()
    talk.given.close()
    with contextlib.suppress(BrokenPipeError):
        talk.answers.close()
    assert exits == [0]


def test_a_job_is_answered_with_its_reading(talk: Talk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    throw_dice(monkeypatch)
    opening = Opening(settings=Settings(threads=1), model_dir=write_folder(tmp_path))
    alone = Reader(opening.settings, model_dir=opening.model_dir).read(TEXT)
    assert talk.ask(opening) is None
    assert isinstance(alone, Reading)
    assert talk.ask(JOB) == talk.ask(Job(given=TEXT, limit_s=None)) == alone
    assert isinstance(talk.ask(Job(given=" ", limit_s=None)), EmptyInput)
    assert talk.ask(JOB) == alone


def test_a_damaged_model_is_an_answer(talk: Talk, tmp_path: Path) -> None:
    assert isinstance(talk.ask(Opening(settings=Settings(), model_dir=tmp_path)), ModelError)


def test_it_ends_when_the_other_end_is_closed(talk: Talk) -> None:
    talk.close()
    assert not talk.thread.is_alive()


def test_it_ends_when_nobody_takes_the_answer(talk: Talk, tmp_path: Path) -> None:
    talk.hear.close()
    write_frame(talk.say, Opening(settings=Settings(), model_dir=tmp_path))
    talk.thread.join(10)
    assert not talk.thread.is_alive()


@pytest.mark.parametrize("cut", [0, 3, 8, 12])
def test_a_frame_that_is_cut_off_is_an_end(cut: int) -> None:
    pipe = io.BytesIO()
    write_frame(pipe, "a whole sentence")
    with pytest.raises(EOFError):
        read_frame(io.BytesIO(pipe.getvalue()[:cut]))


def test_a_frame_comes_back_from_a_pipe_that_gives_little() -> None:
    class Slow(io.BytesIO):
        def read(self, size: int | None = -1, /) -> bytes:
            return super().read(min(size or 0, 3))

    pipe = io.BytesIO()
    write_frame(pipe, JOB)
    assert read_frame(Slow(pipe.getvalue())) == JOB
