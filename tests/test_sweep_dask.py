"""Sweeps on a Dask cluster: scheduler and workers as processes of their own, one of them killed."""

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from distributed import Client, LocalCluster
from sweeps import as_bytes, parts, small, wait_until

from thermidor.experiments import ExperimentError, sweep
from thermidor.experiments.sweeps import dask_runner
from thermidor.experiments.sweeps import work as works

Process = subprocess.Popen[bytes]


@pytest.fixture
def scheduler(tmp_path: Path) -> Iterator[str]:
    """The address of a scheduler in a process of its own."""
    file = tmp_path / "scheduler.json"
    words = ["--host", "127.0.0.1", "--port", "0", "--no-dashboard", "--scheduler-file", str(file)]
    process = start("scheduler", *words)
    try:
        wait_until(lambda: file.exists() and file.read_text().rstrip().endswith("}"))  # all of it
        yield json.loads(file.read_text())["address"]
    finally:
        process.kill()
        process.wait()


def start(kind: str, *words: str) -> Process:
    """Start a scheduler or a worker of Dask's."""
    command = [sys.executable, "-m", f"distributed.cli.dask_{kind}", *words]
    return subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def start_worker(scheduler: str, folder: Path) -> Process:
    words = ["--nthreads", "1", "--no-nanny", "--no-dashboard", "--local-directory", str(folder)]
    return start("worker", scheduler, *words)


def test_a_killed_worker_costs_no_run(
    scheduler: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The first worker is killed when the first runs are in; the second takes over its chunks."""
    monkeypatch.setattr(works, "SHORTEST", 0.01)
    design = small(replicates=20)
    workers = [start_worker(scheduler, tmp_path) for _ in range(2)]
    told: list[int] = []

    def kill_one(done: int, _: int) -> None:
        if not told:
            workers[0].kill()
        told.append(done)

    try:
        with Client(scheduler, set_as_default=False) as client:
            client.wait_for_workers(2, timeout=180)
        results = sweep(design, tmp_path / "out", cluster=scheduler, progress=kill_one)
    finally:
        for worker in workers:
            worker.kill()
            worker.wait()
    assert told[0] < design.runs
    assert (told[-1], results.missing) == (design.runs, 0)
    alone = sweep(design, tmp_path / "alone", processes=1)
    assert as_bytes(results) == as_bytes(alone)


@pytest.fixture(scope="module")
def cluster() -> Iterator[LocalCluster]:
    """A cluster object with one worker, a thread of this process."""
    with LocalCluster(
        n_workers=1, threads_per_worker=1, processes=False, dashboard_address="127.0.0.1:0"
    ) as cluster:
        yield cluster


def test_any_cluster_object_will_do_and_so_will_a_client(
    cluster: LocalCluster, tmp_path: Path
) -> None:
    wanted = as_bytes(sweep(small(), tmp_path / "alone", processes=1))
    assert as_bytes(sweep(small(), tmp_path / "cluster", cluster=cluster)) == wanted
    with Client(cluster, set_as_default=False) as client:
        assert as_bytes(sweep(small(), tmp_path / "client", cluster=client)) == wanted
        assert client.status == "running"


def test_what_a_cluster_leaves_undone_is_done_here(
    cluster: LocalCluster, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(works, "SHORTEST", 1e-9)
    monkeypatch.setattr(works, "SHARES", 1e9)

    def stop(done: int, _: int) -> None:
        if done == 4:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        sweep(small(), tmp_path / "out", cluster=cluster, progress=stop)
    assert len(parts(tmp_path / "out")) == 4
    finished = sweep(small(), tmp_path / "out", processes=1)
    assert as_bytes(finished) == as_bytes(sweep(small(), tmp_path / "alone", processes=1))


def test_a_scheduler_that_does_not_answer_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(dask_runner, "PATIENCE", 1)
    for address in ("tcp://127.0.0.1:9", "nonsense://there"):
        with pytest.raises(ExperimentError, match="no Dask scheduler answers at"):
            sweep(small(), tmp_path, cluster=address)


def test_a_cluster_without_workers_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dask_runner, "PATIENCE", 1)
    with (
        LocalCluster(n_workers=0, processes=False, dashboard_address="127.0.0.1:0") as empty,
        pytest.raises(ExperimentError, match="no worker has joined"),
    ):
        sweep(small(), tmp_path, cluster=empty)
