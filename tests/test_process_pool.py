"""Processes that are killed, that answer much, that raise; and none is left behind."""

import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from errands import (
    LARGE,
    answer,
    be_killed,
    be_killed_while_answering,
    fail,
    fail_unsendably,
    wait_for,
)

from thermidor.experiments.process_pool import Lost, ProcessPool
from thermidor.experiments.processes import context


@pytest.fixture
def pool() -> Iterator[ProcessPool]:
    pool = ProcessPool(2, context())
    yield pool
    pool.end()


def test_what_is_returned_and_raised_comes_back(pool: ProcessPool) -> None:
    assert pool.submit(answer, LARGE).result(60) == bytes(LARGE)
    with pytest.raises(ZeroDivisionError, match="by nothing"):
        pool.submit(fail, "by nothing").result(60)


def test_what_cannot_travel_is_told_in_words(pool: ProcessPool) -> None:
    with pytest.raises(RuntimeError, match="Unsendable: for reasons of its own"):
        pool.submit(fail_unsendably).result(60)
    with pytest.raises(Exception, match="lambda"):
        pool.submit(lambda: None).result(60)
    assert pool.submit(answer, 1).result(60) == bytes(1)


def test_whoever_waits_learns_that_a_process_was_killed(pool: ProcessPool) -> None:
    with pytest.raises(Lost):
        pool.submit(be_killed).result(60)


@pytest.mark.skipif(sys.platform == "win32", reason="a message is written in one piece there")
def test_half_an_answer_of_a_killed_process_keeps_nobody_waiting(
    pool: ProcessPool, tmp_path: Path
) -> None:
    other = pool.submit(wait_for, tmp_path / "now")
    with pytest.raises(Lost):
        pool.submit(be_killed_while_answering).result(60)
    (tmp_path / "now").touch()
    assert other.result(60) > 0


def test_the_next_task_after_a_death_has_a_process(pool: ProcessPool) -> None:
    for _ in range(3):
        with pytest.raises(Lost):
            pool.submit(be_killed).result(60)
    assert pool.submit(answer, LARGE).result(60) == bytes(LARGE)


def test_a_process_killed_while_it_has_nothing_to_do_is_replaced(tmp_path: Path) -> None:
    (tmp_path / "now").touch()
    pool = ProcessPool(1, context())
    first = pool.submit(wait_for, tmp_path / "now").result(60)
    (process,) = pool.processes
    process.kill()
    process.join(60)
    assert pool.submit(wait_for, tmp_path / "now").result(60) != first
    pool.end()


def test_ending_kills_what_is_at_work_and_cancels_what_waits(tmp_path: Path) -> None:
    pool = ProcessPool(1, context())
    endless, next_one = (pool.submit(wait_for, tmp_path / "never") for _ in range(2))
    while not pool.processes:
        time.sleep(0.01)
    (process,) = pool.processes
    pool.end()
    with pytest.raises(Lost):
        endless.result(60)
    assert next_one.cancelled()
    process.join(60)
    assert process.exitcode is not None


def test_as_many_tasks_as_processes_are_done_at_once(pool: ProcessPool, tmp_path: Path) -> None:
    both = [pool.submit(wait_for, tmp_path / "now") for _ in range(2)]
    while len(pool.processes) < 2:
        time.sleep(0.01)
    (tmp_path / "now").touch()
    assert len({one.result(60) for one in both}) == 2
