"""Runs in several processes: what ends them, and what was done before is kept."""

import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from runs import MONTHS, small

import thermidor
from thermidor import Result, Scenario, compare, run
from thermidor.experiments import Interrupted, pool
from thermidor.experiments.process_pool import Lost
from thermidor.experiments.seeds import replicate_seeds

# --- ended from outside ---------------------------------------------------------------------------


def interrupt_after(months: int) -> Callable[[int, int], None]:
    def progress(done: int, total: int) -> None:
        if done >= months:
            raise KeyboardInterrupt

    return progress


def test_what_was_done_before_ctrl_c_is_kept(five: Result) -> None:
    with pytest.raises(Interrupted) as stop:
        run(small(), seed=3, replicates=5, progress=interrupt_after(2 * MONTHS + 1))
    kept = stop.value.result
    assert kept.seeds == five.seeds[:2]
    pd.testing.assert_frame_equal(kept.history, five.history[five.history["replicate"] < 2])


def test_ctrl_c_before_the_first_run_is_complete_keeps_nothing() -> None:
    with pytest.raises(Interrupted) as stop:
        run(small(), replicates=5, progress=interrupt_after(1))
    assert stop.value.result is None


def test_only_whole_pairs_are_kept_after_ctrl_c() -> None:
    with pytest.raises(Interrupted) as stop:
        compare(
            small(), small("nomenklatura"), replicates=4, progress=interrupt_after(3 * MONTHS + 1)
        )
    kept = stop.value.result
    assert kept.a.seeds == kept.b.seeds == tuple(replicate_seeds(1, 1))


def test_a_process_killed_from_outside_is_told_in_one_sentence(
    tmp_path: Path,
) -> None:
    script = tmp_path / "killed.py"
    script.write_text(
        "import multiprocessing, os, signal, threading, time\n"
        "from thermidor import ExperimentError, load_scenario, run\n"
        "def kill():\n"
        "    while not (children := multiprocessing.active_children()):\n"
        "        time.sleep(0.05)\n"
        "    os.kill(children[0].pid, signal.SIGKILL)\n"
        "if __name__ == '__main__':\n"
        "    threading.Thread(target=kill).start()\n"
        "    try:\n"
        "        run(load_scenario('nomenklatura'), replicates=500, processes=2)\n"
        "    except ExperimentError as error:\n"
        "        print('TOLD', error)\n"
    )
    done = subprocess.run([sys.executable, script], capture_output=True, text=True, timeout=300)
    assert "TOLD a process that was simulating has ended" in done.stdout


def ending_after(count: int) -> Callable[..., Iterator[pool.Outcome]]:
    """Stand in for `outcomes` whose processes end from outside after so many runs."""

    def ending(jobs: list[pool.Job], *_: object) -> Iterator[pool.Outcome]:
        yield from pool.outcomes(jobs[:count])
        raise thermidor.ExperimentError("a process that was simulating has ended")

    return ending


def test_what_was_done_before_a_process_was_killed_is_kept(
    five: Result, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("thermidor.experiments.runs.outcomes", ending_after(2))
    with pytest.raises(thermidor.ExperimentError, match="has ended") as stop:
        run(small(), seed=3, replicates=5)
    kept = stop.value.result
    assert kept.seeds == five.seeds[:2]
    pd.testing.assert_frame_equal(kept.history, five.history[five.history["replicate"] < 2])
    monkeypatch.setattr("thermidor.experiments.runs.outcomes", ending_after(0))
    with pytest.raises(thermidor.ExperimentError) as stop:
        run(small(), replicates=5)
    assert stop.value.result is None


def test_only_whole_pairs_are_kept_when_a_process_was_killed(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("thermidor.experiments.comparison.outcomes", ending_after(3))
    with pytest.raises(thermidor.ExperimentError) as stop:
        compare(small(), small("nomenklatura"), replicates=4)
    kept = stop.value.result
    assert kept.a.seeds == kept.b.seeds == tuple(replicate_seeds(1, 1))


class Prompt:
    """Stands in for the processes: does a task at once; after so many, one of them is killed."""

    broken_after = 100

    def __init__(self, *_: object) -> None:
        self.left = self.broken_after

    def submit(self, work: Callable[..., Any], *given: Any) -> Future[Any]:
        future: Future[Any] = Future()
        self.left -= 1
        if self.left < 0:
            future.set_exception(Lost())
            return future
        try:
            future.set_result(work(*given))
        except ArithmeticError as error:
            future.set_exception(error)
        return future

    def end(self) -> None: ...


def keep(chunks: Iterator[list[float]], made: list[float]) -> None:
    for chunk in chunks:
        made += chunk


def test_what_is_done_is_handed_on_before_a_fault_is_raised(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(pool, "ProcessPool", Prompt)
    monkeypatch.setattr(pool, "is_compiled", lambda: True)
    made: list[float] = []
    with pytest.raises(ZeroDivisionError):
        keep(pool.in_processes(lambda n: 1 / n, iter([1, 0, 2, 4]), 2, lambda n: 60.0), made)
    assert sorted(made) == [0.25, 0.5, 1.0]


def test_what_is_done_is_handed_on_when_a_process_was_killed(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(pool, "ProcessPool", Prompt)
    monkeypatch.setattr(pool, "is_compiled", lambda: True)
    monkeypatch.setattr(Prompt, "broken_after", 3)
    made: list[float] = []
    with pytest.raises(thermidor.ExperimentError, match="has ended"):
        keep(pool.in_processes(abs, iter([-1, -2, -3, -4]), 2, lambda n: 60.0), made)
    assert sorted(made) == [1, 2, 3]


def test_what_was_done_before_a_process_was_killed_is_told_and_written(tmp_path: Path) -> None:
    code = (
        "import multiprocessing, os, signal\n"
        "from thermidor.cli import main\n"
        "from thermidor.experiments import runs\n"
        "made = runs.outcomes\n"
        "def outcomes(*given):\n"
        "    for number, outcome in enumerate(made(*given)):\n"
        "        yield outcome\n"
        "        if number == 0:\n"
        "            os.kill(multiprocessing.active_children()[0].pid, signal.SIGKILL)\n"
        "runs.outcomes = outcomes\n"
        "main()\n"
    )
    words = ["run", "nomenklatura", "--replicates", "5000", "--processes", "2"]
    done = subprocess.run(
        [sys.executable, "-c", code, *words, "--out", str(tmp_path)],
        capture_output=True,
        text=True,
        timeout=300,
    )
    assert done.returncode == 2
    assert done.stderr.splitlines()[-1].startswith("Error: a process that was simulating has ended")
    assert "Traceback" not in done.stderr
    assert "Nomenklatura: 240 months" in done.stdout
    written = pd.read_csv(tmp_path / "runs.csv", comment="#")
    assert 0 < len(written) < 5000
    assert f"after {len(written)} of 5000 runs" in done.stderr


@pytest.mark.parametrize("processes", [1, 2])
def test_ctrl_c_in_a_terminal_ends_all_processes_quietly(processes: int) -> None:
    """The signal goes to the whole group, as from a terminal.

    A shell that runs the tests in its background has told them to ignore it; a terminal has not.
    """
    code = (
        "import signal\n"
        "signal.signal(signal.SIGINT, signal.default_int_handler)\n"
        "from thermidor.cli import main\n"
        "from thermidor.experiments import runs\n"
        "made = runs.outcomes\n"
        "def outcomes(*given):\n"
        "    for outcome in made(*given):\n"
        "        yield outcome\n"
        "        print('STARTED', flush=True)\n"
        "runs.outcomes = outcomes\n"
        "main()\n"
    )
    options = ["run", "nomenklatura", "--replicates", "5000", "--processes", str(processes)]
    started = subprocess.Popen(
        [sys.executable, "-c", code, *options],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    assert started.stdout
    assert started.stdout.readline() == "STARTED\n"
    os.killpg(started.pid, signal.SIGINT)
    output, faults = started.communicate(timeout=120)
    assert started.returncode == 130
    assert "Traceback" not in output + faults
    assert "Interrupted after" in faults
    assert "Nomenklatura: 240 months" in output


# --- before the model is compiled -----------------------------------------------------------------


def test_a_cold_cache_is_noticed(tmp_path: Path) -> None:
    code = "from thermidor.experiments.pool import is_compiled; print(is_compiled())"
    cold = {**os.environ, "NUMBA_CACHE_DIR": str(tmp_path)}
    off = {**os.environ, "NUMBA_DISABLE_JIT": "1", "NUMBA_CACHE_DIR": str(tmp_path)}
    for environment, answer in ((cold, "False"), (off, "True")):
        done = subprocess.run(
            [sys.executable, "-c", code],
            env=environment,
            capture_output=True,
            text=True,
            check=True,
        )
        assert done.stdout.strip() == answer


@pytest.mark.skipif(not hasattr(pool.measure, "_cache"), reason="nothing is compiled")
def test_the_model_is_compiled_where_its_sources_are_those_of_the_cache_however_old(
    five: Result, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = pool.measure._cache._cache_file
    index = tmp_path / "measure.nbi"
    index.write_bytes(Path(file._index_path).read_bytes())
    os.utime(index, (0, 0))  # as if every source had been touched since
    monkeypatch.setattr(file, "_index_path", str(index))
    assert pool.is_compiled()
    with monkeypatch.context() as other:
        other.setattr(file, "_source_stamp", "other sources")
        assert not pool.is_compiled()
    for damaged in (b"", b"no index", index.read_bytes()[:-20]):
        index.write_bytes(damaged)
        assert not pool.is_compiled()
    index.unlink()
    assert not pool.is_compiled()


def test_chunks_are_long_enough_to_be_worth_handing_out() -> None:
    jobs = iter([pool.Job(i, Scenario(months=12), i) for i in range(100)])
    assert len(pool._next_chunk(jobs, pool._seconds)) > 10
    large = Scenario().replace(population={"workers": 100_000})
    two = iter([pool.Job(0, large, 0), pool.Job(1, large, 1)])
    assert len(pool._next_chunk(two, pool._seconds)) == 1


PARTNERS = '''
import sys
import time
from pathlib import Path

from thermidor.experiments import pool


def meet(task):
    """Say that a task has begun, and wait until its partner has."""
    name, partner = task
    Path(name).touch()
    for _ in range(600):
        if Path(partner).exists():
            return True
        time.sleep(0.1)
    return False


if __name__ == "__main__":
    pool.is_compiled = lambda: False
    tasks = iter([("a", "b"), ("b", "a")])
    print(sum(pool.in_processes(meet, tasks, 2, lambda task: 60.0), []))
'''


@pytest.mark.slow
def test_before_the_model_is_compiled_no_long_task_keeps_the_others_waiting(
    tmp_path: Path,
) -> None:
    script = tmp_path / "partners.py"
    script.write_text(PARTNERS)
    done = subprocess.run(
        [sys.executable, str(script)], cwd=tmp_path, capture_output=True, text=True, check=True
    )
    assert done.stdout.split("\n")[0] == "[True, True]"
