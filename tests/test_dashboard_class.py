"""A class at once, without connections: processes that die, visitors who ask for too much."""

import gc
import os
import signal
import weakref
from concurrent.futures import Future
from threading import Thread, Timer
from typing import Any

import pytest
from numba import njit
from numba.core import caching

from thermidor.agents.compiled import rule
from thermidor.dashboard import stage as stages
from thermidor.dashboard.compute import TRIES, Computer, ComputerError
from thermidor.dashboard.frames import RunKey
from thermidor.dashboard.line import MOST_KEPT, Line
from thermidor.dashboard.pace import Pending
from thermidor.dashboard.runs import compute
from thermidor.dashboard.session import Session
from thermidor.dashboard.stage import Stage, told
from thermidor.experiments.process_pool import Lost
from thermidor.model.declaration import ParameterError
from thermidor.scenarios import load_scenario
from thermidor.texts import say


def small_key() -> RunKey:
    small = {"workers": 200}
    return RunKey(load_scenario("workers-democracy").replace(population=small, months=60), 1)


def broken() -> Future[Any]:
    future: Future[Any] = Future()
    future.set_exception(Lost())
    return future


# --- a process dies


def test_what_a_killed_process_was_computing_is_computed_by_another() -> None:
    computer = Computer(processes=1)
    try:
        computer.frames(small_key(), 0, 2).result(timeout=300)
        first = {process.pid for process in computer._workers[0].processes}
        waiting = [computer.frames(small_key(), start, 10) for start in range(2, 60, 10)]
        for pid in first:
            os.kill(pid, signal.SIGKILL)
        values = b"".join(future.result(timeout=300).values for future in waiting)
        computer.frames(small_key(), 0, 1).result(timeout=300)  # all may have been answered before
        assert values == compute(small_key(), 2, 60).values
        assert not first & {process.pid for process in computer._workers[0].processes}
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
    left.set_exception(Lost())
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


# --- a connection is lost


class Browser:
    """The other end of a line, written here a second time: hears only what comes in turn."""

    def __init__(self) -> None:
        self.line = Line(self.hear)
        self.connected = True
        self.heard: list[int] = []
        self.resumed: list[dict[str, Any]] = []

    def hear(self, message: dict[str, Any], buffers: Any) -> None:
        if not self.connected:
            return
        if message["kind"] == "resumed":
            self.resumed.append(message)
        elif message["number"] == len(self.heard) + 1:
            self.heard.append(message["number"])

    def resume(self, first: int = 1) -> None:
        self.connected = True
        self.line.hear({"kind": "resume", "heard": len(self.heard), "number": first})


def test_what_was_lost_with_a_connection_is_said_again_in_order() -> None:
    browser = Browser()
    for part in ("a", "b"):
        browser.line.say({"kind": part})
    browser.connected = False
    browser.line.say({"kind": "lost"})
    browser.connected = True
    browser.line.say({"kind": "too early"})  # said before the browser could say that it is back
    assert browser.heard == [1, 2]
    browser.resume()
    assert browser.heard == [1, 2, 3, 4]
    browser.line.say({"kind": "after"})
    assert browser.heard == [1, 2, 3, 4, 5]


def test_what_a_browser_says_twice_or_out_of_turn_is_answered_once() -> None:
    browser = Browser()
    line = browser.line
    assert line.hear({"kind": "x", "number": 1})
    assert not line.hear({"kind": "x", "number": 1})
    assert not line.hear({"kind": "queued", "number": 3})  # 2 was lost on the way
    browser.resume(first=2)
    assert browser.resumed[-1]["heard"] == 1
    assert line.hear({"kind": "again", "number": 2})
    assert line.hear({"kind": "again", "number": 3})
    browser.resume(first=10)  # the browser has forgotten what it said from 4 to 9
    assert line.hear({"kind": "on", "number": 10})
    assert line.hear({"kind": "of a page without a line"})


def test_what_is_kept_for_one_who_is_away_is_bounded_and_forgotten_when_heard() -> None:
    browser = Browser()
    browser.connected = False
    for _ in range(100):
        browser.line.say({"kind": "frames"}, [bytes(100_000)])
    assert len(browser.line._kept) == MOST_KEPT // 100_000
    browser.resume()
    assert browser.resumed[-1]["first"] == 61
    browser.line.hear({"kind": "x", "number": 1, "heard": 100})
    assert len(browser.line._kept) == 0


def test_nothing_is_kept_of_a_visitor_who_has_gone() -> None:
    stage = Stage(Session(), Endless())
    ask(stage, 0)
    gone = weakref.ref(stage), weakref.ref(stage.session)
    stage.close()
    del stage
    gc.collect()
    assert [one() for one in gone] == [None, None]


# --- a computer where nothing may be written


def test_rules_are_compiled_where_nothing_may_be_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(caching.CacheImpl, "_locator_classes", [])
    with pytest.raises(RuntimeError, match="no locator"):
        njit(cache=True)(lambda x: x)
    assert rule(lambda x: 2.0 * x)(1.5) == 3.0
