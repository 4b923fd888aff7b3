"""Sweeps in processes: the same results whatever happens on the way, and a small memory."""

import multiprocessing
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from itertools import islice
from pathlib import Path

import pytest
from sweeps import as_bytes, design_file, imported, parts, small, started, wait_until

from thermidor.experiments import ExperimentError, Interrupted, Results, sweep
from thermidor.experiments.pool import in_processes
from thermidor.experiments.processes import LOADED
from thermidor.experiments.sweeps import work as works
from thermidor.experiments.sweeps.forecast import forecast
from thermidor.experiments.sweeps.store import begin
from thermidor.experiments.sweeps.work import Work
from thermidor.model.declaration import ParameterError


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """What the small sweep comes to in one process, undisturbed."""
    return as_bytes(sweep(small(), tmp_path_factory.mktemp("whole"), processes=1))


@pytest.fixture
def one_by_one(monkeypatch: pytest.MonkeyPatch) -> None:
    """Make every run a chunk of its own."""
    monkeypatch.setattr(works, "SHORTEST", 1e-9)
    monkeypatch.setattr(works, "SHARES", 1e9)


# --- the same results -----------------------------------------------------------------------------


@pytest.mark.usefixtures("one_by_one")
def test_four_processes_come_to_the_same_as_one(tmp_path: Path, whole: bytes) -> None:
    told: list[tuple[int, int]] = []
    results = sweep(small(), tmp_path, processes=4, progress=lambda *numbers: told.append(numbers))
    assert len(parts(tmp_path)) == 12
    assert as_bytes(results) == whole
    assert told == [(done, 12) for done in range(1, 13)]


@pytest.mark.usefixtures("one_by_one")
def test_ctrl_c_keeps_what_was_done_and_the_next_call_goes_on(tmp_path: Path, whole: bytes) -> None:
    def stop(done: int, _: int) -> None:
        if done == 5:
            raise KeyboardInterrupt

    with pytest.raises(Interrupted) as caught:
        sweep(small(), tmp_path, processes=1, progress=stop)
    assert caught.value.result.missing == 7
    made: list[int] = []
    again = sweep(small(), tmp_path, processes=1, progress=lambda done, _: made.append(done))
    assert made == list(range(6, 13))
    assert as_bytes(again) == whole


def test_nothing_is_made_twice(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from thermidor.experiments.sweeps import jobs

    sweep(small(), tmp_path, processes=1)
    monkeypatch.setattr(jobs, "simulate", lambda *_: pytest.fail("a run was made again"))
    assert sweep(small(), tmp_path, processes=1).missing == 0


def test_a_killed_sweep_goes_on_where_it_was(tmp_path: Path) -> None:
    """Kill -9 at three moments; its processes end too, and the results are those of a quiet run."""
    file, out = design_file(tmp_path, replicates=100, months=24), tmp_path / "out"
    words = ["sweep", file, "--out", out, "--processes", "2", "--batch"]
    for wanted in (1, 4):
        running = started(*words, start_new_session=True)
        wait_until(lambda wanted=wanted: len(parts(out)) >= wanted)
        assert running.poll() is None
        running.kill()
        running.communicate()  # returns once all processes that hold its output have ended
        kept = Results.load(out)
        assert 0 < kept.missing < 600
        assert set(parts(out)) == {out / "parts" / name for name in kept.files}
    finished = sweep(file, out, processes=1)
    assert finished.missing == 0
    quiet = sweep(file, tmp_path / "quiet", processes=1)
    assert as_bytes(finished) == as_bytes(quiet)


def test_two_sweeps_at_once_share_a_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Both finish, nothing is spoilt, and neither makes all the runs that the other makes."""
    file, out = design_file(tmp_path, replicates=40, months=24), tmp_path / "out"
    other = started("sweep", file, "--out", out, "--processes", "1", "--batch")
    wait_until(lambda: parts(out))
    monkeypatch.setattr(works, "GLANCE", 0.0)
    mine = sweep(file, out, processes=1)
    said = other.communicate()[0]
    assert other.returncode == 0, said
    assert mine.missing == 0
    assert not mine.damaged
    assert as_bytes(Results.load(out)) == as_bytes(sweep(file, tmp_path / "one", processes=1))
    made = sum(int(part.name.split("-")[1]) for part in parts(out))
    assert 240 <= made < 480  # how much is made twice hangs on what else the machine does


def test_threads_writing_the_same_parts_do_no_harm(tmp_path: Path, whole: bytes) -> None:
    with ThreadPoolExecutor(3) as threads:
        futures = [threads.submit(sweep, small(), tmp_path, 1) for _ in range(3)]
    assert [future.result().missing for future in futures] == [0, 0, 0]
    assert as_bytes(Results.load(tmp_path)) == whole


@pytest.mark.skipif(
    "forkserver" not in multiprocessing.get_all_start_methods(), reason="nobody to inherit from"
)
def test_processes_inherit_the_loaded_model() -> None:
    assert list(in_processes(imported, iter([LOADED]), 2, lambda task: 1.0)) == [[True]]


# --- chunks ---------------------------------------------------------------------------------------


def test_chunks_fill_a_tenth_of_a_second_at_least_and_five_at_most(tmp_path: Path) -> None:
    design = small(replicates=100_000, months=120)
    store, new = begin(tmp_path, design)
    work = Work(design, store, new=new)
    expected = [chunk.expected for chunk in islice(work.chunks(), 20)]
    assert all(4.9 < seconds < 5.1 for seconds in expected)
    work.workers = 10_000
    expected = [chunk.expected for chunk in islice(work.chunks(), 20)]
    assert all(0.09 < seconds < 0.11 for seconds in expected)


def test_chunks_follow_the_pace_that_runs_take(tmp_path: Path) -> None:
    design = small(replicates=100_000, months=120)
    store, new = begin(tmp_path, design)
    work = Work(design, store, new=new)
    work.pace = 4.0
    chunk = next(work.chunks())
    assert 1.2 < chunk.expected < 1.3


def test_loading_the_model_is_no_part_of_the_pace(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The first chunk of a process loads compiled code, or compiles it, for up to half a minute."""
    from thermidor.experiments.sweeps import jobs

    clock = iter([0.0, 30.0, 30.0, 31.0])
    monkeypatch.setattr(jobs, "perf_counter", lambda: next(clock))
    monkeypatch.setattr(jobs, "loaded", False)
    design = small()
    store, new = begin(tmp_path, design)
    work = Work(design, store, new=new)
    chunk = next(work.chunks())
    took = [jobs.make(work.recipe, chunk).seconds for _ in range(2)]
    assert took == [chunk.expected, 1.0]


def test_a_worker_with_another_model_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from thermidor.experiments.sweeps import jobs

    monkeypatch.setattr(jobs, "model_fingerprint", lambda: "another")
    with pytest.raises(ExperimentError, match="another version of the model"):
        sweep(small(), tmp_path, processes=1)


def test_no_processes_are_too_few(tmp_path: Path) -> None:
    with pytest.raises(ParameterError, match="at least one process"):
        sweep(small(), tmp_path, processes=0)
    with pytest.raises(ParameterError, match="not both"):
        sweep(small(), tmp_path, processes=2, cluster="tcp://127.0.0.1:1")
    assert not list(tmp_path.iterdir())


def test_a_cluster_that_is_not_there_leaves_the_folder_as_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("thermidor.experiments.sweeps.dask_runner.PATIENCE", 1)
    with pytest.raises(ExperimentError, match="no Dask scheduler answers"):
        sweep(small(), tmp_path, cluster="tcp://127.0.0.1:9")
    assert not list(tmp_path.iterdir())


# --- size -----------------------------------------------------------------------------------------

BOOKS = """
import resource, sys
import numpy as np
from thermidor.experiments import Design
from thermidor.experiments.sweeps.jobs import Made
from thermidor.experiments.sweeps import work
from thermidor.experiments.sweeps.store import Store, begin

Store.add = lambda *_: ""
ranges = {f"behaviour.{name}": {"low": 0.1, "high": 0.9} for name in ("greed", "conformity")}
design = Design(base="nomenklatura", design="lhs", samples=100_000, replicates=10,
                factors=ranges, months=6)
store, new = begin(sys.argv[1], design)
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
books = work.Work(design, store, new=new)
for chunk in books.chunks():
    numbers = np.array([run.number for run in chunk.runs])
    took, model = chunk.expected, work.model_fingerprint()
    books.keep(Made(numbers, numbers < 0, b"", took, took, model))
assert books.finished == design.runs
print(design.runs, (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024)
"""


@pytest.mark.slow
def test_the_books_of_a_million_runs_stay_small(tmp_path: Path) -> None:
    """Every run is handed out and booked, with nothing simulated: a few tens of bytes each."""
    words = [sys.executable, "-c", BOOKS, str(tmp_path)]
    ended = subprocess.run(words, capture_output=True, text=True, check=True)
    runs, megabytes = map(float, ended.stdout.split())
    assert runs == 1e6
    assert megabytes < 100


def test_a_forecast_counts_runs_and_tries_a_few() -> None:
    found = forecast(small(replicates=1000), workers=2)
    assert (found.points, found.runs, found.tried, found.errors) == (6, 6000, 4, ())
    assert 1 < found.seconds < 600
    assert 6000 * 100 < found.size < 6000 * 10_000


def test_a_forecast_of_a_shard_counts_its_runs_only() -> None:
    found = forecast(small(replicates=1000), workers=2, shard=(6000, 6000))
    assert (found.points, found.runs, found.tried) == (6, 1, 1)
    assert found.size < 6000 * 100
    assert forecast(small(), workers=1, shard=(13, 13)).runs == 0


def test_a_forecast_of_a_long_run_tries_a_short_one(monkeypatch: pytest.MonkeyPatch) -> None:
    from thermidor.experiments.sweeps import forecast as module

    monkeypatch.setattr(module, "LONG", 0.0)
    long, whole = small(months=2400), small(months=24)
    assert forecast(long, 1).seconds > 20 * forecast(whole, 1).seconds
    assert forecast(small(months=2400, period="every 60"), 1).errors == ()


def test_a_table_that_is_nowhere_is_refused_before_anything_is_run(tmp_path: Path) -> None:
    design = small(factors={"economy.table": ["germany-1995", "germny-1995"]})
    for begun in (lambda: forecast(design, 1), lambda: sweep(design, tmp_path / "out", 1)):
        with pytest.raises(ParameterError, match="Did you mean 'germany-1995'"):
            begun()
    assert not (tmp_path / "out").exists()
