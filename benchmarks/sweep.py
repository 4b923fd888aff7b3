"""How many runs a second a sweep makes, beside Mesa's own `batch_run` of the per-agent twin.

`uv run python benchmarks/sweep.py [--runs 5000] [--processes 2] [--twin 4]`. The sweep is the
command itself, from its start until its results are on disk: 1,000 workers, 240 months. A short one
goes before it, so that the model is compiled and Python's bytecode kept, as after any first use.
The twin's runs are cut to two years and reckoned in proportion. What the sweep adds to the runs
themselves is measured apart, in one process, as processor time.
"""

from __future__ import annotations

import argparse
import os
import resource
import subprocess
import sys
import tempfile
import time
import warnings
from pathlib import Path
from typing import Any

from mesa import DataCollector, batch_run

from thermidor.benchmarks.twin import TwinSociety
from thermidor.experiments import Design
from thermidor.experiments.pool import Job, simulate
from thermidor.experiments.sweeps.jobs import make
from thermidor.experiments.sweeps.recording import MEASURES
from thermidor.experiments.sweeps.store import begin
from thermidor.experiments.sweeps.work import Work
from thermidor.model.scenario import Scenario

MONTHS, TWIN_MONTHS = 240, 24
REPEATED = 10  # chunks made to see what the sweep adds
DESIGN = """
base = "nomenklatura"
design = "lhs"
samples = {points}
replicates = 10
months = {months}
[factors]
rules.openness = {{low = 0.0, high = 1.0}}
rules.council_power = {{low = 0.0, high = 1.0}}
behaviour.greed = {{low = 0.1, high = 0.9}}
"""


class Recorded(TwinSociety):
    """The twin as a Mesa user would sweep it: every measure in a DataCollector."""

    def __init__(self, rng: int, openness: float) -> None:
        scenario = Scenario().replace(rules={"openness": openness}, months=TWIN_MONTHS)
        super().__init__(scenario, rng, shuffled=True)
        reporters = {name: lambda model, n=name: model.rows[-1][0][n] for name in MEASURES}
        self.datacollector = DataCollector(model_reporters=reporters)

    def step(self) -> None:
        """Live through one month and collect."""
        super().step()
        self.datacollector.collect(self)


def sweep_seconds(runs: int, processes: int) -> tuple[float, float, int]:
    """Return how long the command takes (s), its peak memory (MiB) and what it writes (bytes).

    Python may keep bytecode, also where the environment forbids it: else every start would compile
    all libraries from their sources.
    """
    environment = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}
    with tempfile.TemporaryDirectory() as folder:
        file, out = Path(folder) / "design.toml", Path(folder) / "out"
        file.write_text(DESIGN.format(points=runs // 10, months=MONTHS))
        words = [str(file), "--out", str(out), "--processes", str(processes)]
        start = time.perf_counter()
        code = "from thermidor.cli import main; main()"
        command = [sys.executable, "-c", code, "sweep", *words, "--batch"]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL, env=environment)
        took = time.perf_counter() - start
        size = sum(part.stat().st_size for part in (out / "parts").iterdir())
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    return took, peak / (1024 if sys.platform != "darwin" else 1024**2), size


def twin_seconds(runs: int, processes: int) -> float:
    """Return how long `batch_run` takes for so many whole runs of the twin, in proportion (s)."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        start = time.perf_counter()
        batch_run(
            Recorded,
            {"openness": [0.1, 0.9], "rng": list(range(max(1, runs // 2)))},
            number_processes=processes,
            max_steps=TWIN_MONTHS,
            display_progress=False,
        )
    return (time.perf_counter() - start) * MONTHS / TWIN_MONTHS


def added_share(runs: int, processes: int) -> float:
    """Return what a sweep adds to its runs, as a share of the processor time they take.

    Its first chunks are made and kept as the sweep would, and the same runs without it.
    """
    ranges: dict[str, Any] = {"rules.openness": {"low": 0.0, "high": 1.0}}
    design = Design(
        base="nomenklatura", design="lhs", samples=runs // 10, factors=ranges, months=MONTHS
    )
    bare, whole = [], []
    with tempfile.TemporaryDirectory() as folder:
        store, new = begin(folder, design)
        work = Work(design, store, new=new)
        work.workers = processes
        chunks = work.chunks()
        work.keep(make(work.recipe, next(chunks)))  # the first one loads the compiled model
        for _ in range(REPEATED):
            start = time.process_time()
            chunk = next(chunks)
            work.keep(make(work.recipe, chunk))
            whole.append((time.process_time() - start) / len(chunk.runs))
            jobs = [_job(design, run.number) for run in chunk.runs]
            start = time.process_time()
            for job in jobs:
                simulate(job)
            bare.append((time.process_time() - start) / len(jobs))
    return min(whole) / min(bare) - 1.0


def _job(design: Design, number: int) -> Job:
    point, replicate = divmod(number, design.replicates)
    return Job(number, design.scenario(point), design.seed_of(point, replicate))


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--runs", type=int, default=5000)
    parser.add_argument("--processes", type=int, default=2)
    parser.add_argument("--twin", type=int, default=4, help="runs of the twin")
    chosen = parser.parse_args()
    print(
        f"what the sweep adds to its runs: {added_share(chosen.runs, chosen.processes):.1%}",
        flush=True,
    )
    sweep_seconds(10 * chosen.processes, chosen.processes)
    took, peak, size = sweep_seconds(chosen.runs, chosen.processes)
    rate = chosen.runs / took
    print(
        f"thermidor sweep, {chosen.runs} runs, {chosen.processes} processes: {took:.1f} s,", end=" "
    )
    print(f"{rate:.1f} runs a second; {peak:.0f} MiB at most, {size / chosen.runs:.0f} bytes a run")
    twin = chosen.twin / twin_seconds(chosen.twin, chosen.processes)
    print(f"Mesa's batch_run of the twin: {twin:.3f} runs a second; {rate / twin:.0f} times slower")


if __name__ == "__main__":
    main()
