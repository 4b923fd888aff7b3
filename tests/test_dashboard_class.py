"""A class at once, without connections: processes that die, visitors who ask for too much."""

import os
import signal
from concurrent.futures import Future
from concurrent.futures.process import BrokenProcessPool
from threading import Thread, Timer
from typing import Any

import pytest

from thermidor.dashboard import stage as stages
from thermidor.dashboard.compute import TRIES, Computer, ComputerError
from thermidor.dashboard.frames import RunKey
from thermidor.dashboard.pace import Pending
from thermidor.dashboard.runs import compute
from thermidor.dashboard.session import Session
from thermidor.dashboard.stage import Stage, told
from thermidor.model.parameters import ParameterError
from thermidor.scenarios import load_scenario
from thermidor.texts import say


def small_key() -> RunKey:
    small = {"workers": 200}
    return RunKey(load_scenario("workers-democracy").replace(population=small, months=60), 1)


def broken() -> Future[Any]:
    future: Future[Any] = Future()
    future.set_exception(BrokenProcessPool())
    return future


# --- a process dies


def test_what_a_killed_process_was_computing_is_computed_by_another() -> None:
    computer = Computer(processes=1)
    try:
        computer.frames(small_key(), 0, 2).result(timeout=300)
        first = set(computer._workers[0]._processes)
        waiting = [computer.frames(small_key(), start, 10) for start in range(2, 60, 10)]
        for process in first:
            os.kill(process, signal.SIGKILL)
        values = b"".join(future.result(timeout=300).values for future in waiting)
        assert values == compute(small_key(), 2, 60).values
        assert not first & set(computer._workers[0]._processes)
    finally:
        computer.shut_down()


def test_what_kills_every_process_is_given_up_and_tried_anew_when_asked_for_again() -> None:
    computer, begun = Computer(processes=1), []

    def submit() -> Future[Any]:
        begun.append(1)
        return broken()

    future = computer._shared(computer._cache, 10, "x", submit)
    assert isinstance(future.exception(timeout=1), ComputerError)
    assert len(begun) == TRIES
    computer._shared(computer._cache, 10, "x", submit).exception(timeout=1)
    assert len(begun) == 2 * TRIES


def test_nothing_is_begun_again_once_everything_was_ended() -> None:
    computer, left = Computer(processes=1), Future()
    future = computer._shared(computer._cache, 10, "x", lambda: left)
    computer.shut_down()
    left.set_exception(BrokenProcessPool())
    assert future.cancelled()
    assert computer._workers == []


@pytest.mark.parametrize("language", ["en", "ru"])
def test_what_went_wrong_is_told_in_a_sentence_of_the_reader(language: str) -> None:
    lost = say("door.worker_lost", language)
    assert told(ComputerError("worker_lost"), language) == lost
    assert told(ParameterError("openness = 7 is too much."), language).startswith("openness")
    assert "ZeroDivisionError" in told(ZeroDivisionError("x"), language)
    assert told(ValueError(), language) != ""


# --- one visitor asks for too much


def test_a_visitor_waits_while_much_is_computed_for_them() -> None:
    pending = Pending(2)
    for _ in range(2):
        assert pending.wait(0)
        pending.begin()
    assert not pending.wait(0.01)
    Timer(0.05, pending.end).start()
    assert pending.wait(10)


class Endless(Computer):
    """A computer that never answers."""

    def __init__(self) -> None:
        super().__init__(processes=1)
        self.futures: list[Future[Any]] = []

    def frames(self, key: RunKey, start: int, count: int) -> Future[Any]:
        self.futures.append(Future())
        return self.futures[-1]


def ask(stage: Stage, start: int) -> None:
    stage._answer(stage, {"kind": "months", "generation": 0, "start": start, "count": 1}, [])


def test_a_runaway_page_has_a_bounded_number_of_computations(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    computer = Endless()
    stage, sent = Stage(Session(), computer), []
    monkeypatch.setattr(stage, "send", lambda content, buffers=None: sent.append(content))
    monkeypatch.setattr(stages, "PATIENCE", 0.01)
    for start in range(stages.MOST_AT_ONCE + 5):
        ask(stage, start)
    assert len(computer.futures) == stages.MOST_AT_ONCE
    assert [one["reason"] for one in sent] == [say("door.too_much")] * 5

    monkeypatch.setattr(stages, "PATIENCE", 10)
    waiting = Thread(target=ask, args=(stage, 0))
    waiting.start()
    computer.futures[0].cancel()
    waiting.join(10)
    assert len(computer.futures) == stages.MOST_AT_ONCE + 1
