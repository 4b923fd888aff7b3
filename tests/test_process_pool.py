"""Processes that are killed, that answer much, that raise; and none is left behind."""

import multiprocessing
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import wait
from pathlib import Path
from typing import Any

import pytest
from errands import (
    LARGE,
    answer,
    be_killed,
    be_killed_while_answering,
    fail,
    fail_in_two_parts,
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


def begun(pool: ProcessPool, count: int) -> list[Any]:
    """Return the pool's processes once there are so many."""
    ends = time.monotonic() + 60.0
    while len(pool.processes) < count and time.monotonic() < ends:
        time.sleep(0.01)
    assert len(pool.processes) == count
    return list(pool.processes)


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
    (process,) = begun(pool, 1)
    pool.end()
    with pytest.raises(Lost):
        endless.result(60)
    assert next_one.cancelled()
    assert wait([next_one], timeout=60).done, "whoever waits for it is told"
    process.join(60)
    assert process.exitcode is not None


def test_as_many_tasks_as_processes_are_done_at_once(pool: ProcessPool, tmp_path: Path) -> None:
    both = [pool.submit(wait_for, tmp_path / "now") for _ in range(2)]
    begun(pool, 2)
    (tmp_path / "now").touch()
    assert len({one.result(60) for one in both}) == 2


def test_a_fault_says_where_it_was_raised(pool: ProcessPool) -> None:
    with pytest.raises(ZeroDivisionError) as fault:
        pool.submit(fail, "by nothing").result(60)
    assert any("in fail" in note for note in fault.value.__notes__)


def test_a_fault_that_cannot_be_put_together_again_is_told_in_words(pool: ProcessPool) -> None:
    with pytest.raises(RuntimeError, match="Of two parts: here and there"):
        pool.submit(fail_in_two_parts).result(60)


ENDS = """
import sys
from thermidor.experiments.process_pool import ProcessPool
from thermidor.experiments.processes import context
import time
if __name__ == "__main__":
    pool = ProcessPool(1, context())
    for _ in range(5):
        pool.submit(time.sleep, 30.0)
    while not pool.processes:
        time.sleep(0.01)
"""


def test_a_program_that_ends_does_not_wait_for_what_nobody_waits_for(tmp_path: Path) -> None:
    script = tmp_path / "ends.py"
    script.write_text(ENDS)
    subprocess.run([sys.executable, str(script)], check=True, timeout=25)


STARTED = """
import re, signal
from multiprocessing import forkserver
from pathlib import Path
from thermidor.experiments.processes import start_server
start_server()
status = Path(f"/proc/{forkserver._forkserver._forkserver_pid}/status").read_text()
blocked = int(re.search(r"SigBlk:\\s*(\\w+)", status)[1], 16)
print(bool(blocked >> (signal.SIGINT - 1) & 1))
"""


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="nothing tells of signals")
@pytest.mark.skipif(
    "forkserver" not in multiprocessing.get_all_start_methods(), reason="there is no such server"
)
def test_the_server_that_loads_the_model_leaves_ctrl_c_to_this_process() -> None:
    done = subprocess.run(
        [sys.executable, "-c", STARTED], capture_output=True, text=True, check=True, timeout=60
    )
    assert done.stdout.strip() == "True"
