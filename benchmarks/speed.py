"""How long a month takes: the compiled society against its twin, and what starting costs.

`uv run python benchmarks/speed.py [--quick] [--all]`. Every number is the smallest of several
repetitions, since whatever else a computer does only adds time; peak memory is that of a process of
its own. With `--quick` only up to 10,000 workers and few repetitions; with `--all` the twin is run
at 100,000 and 1,000,000 workers too (minutes and gigabytes), where it is else an estimate.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

# workers: months of the society, months of the twin, repetitions
SIZES = {
    300: (240, 24, 5),
    1_000: (240, 12, 5),
    10_000: (120, 3, 3),
    100_000: (36, 1, 2),
    1_000_000: (12, 1, 1),
}
ESTIMATED_FROM = 10_000  # twins of larger societies are estimated from this many workers
QUICK = 10_000  # largest society under --quick
RUN_WORKERS, RUN_MONTHS = 1_000, 240


def seconds(action: Callable[[], Any]) -> float:
    """Return how long an action takes."""
    start = time.perf_counter()
    action()
    return time.perf_counter() - start


def peak_memory() -> float:
    """Return the most memory this process has held so far, in MiB."""
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / 1024 if sys.platform != "darwin" else peak / 1024**2


# --- one society, in a process of its own -------------------------------------------------------


def measure(workers: int, months: int, twin_months: int, repetitions: int) -> dict[str, float]:
    """Return times (seconds) and peak memory (MiB) of societies and twins of one size."""
    from thermidor.model.scenario import Scenario
    from thermidor.model.society import Society

    Society(Scenario(months=13), rng=1).run_for(13)  # load whatever is compiled
    scenario = Scenario().replace(population={"workers": workers}, months=max(months, twin_months))
    found, month = [], []
    for seed in range(1, repetitions + 1):
        start = time.perf_counter()
        society = Society(scenario, rng=seed)
        found.append(time.perf_counter() - start)
        month.append(seconds(lambda living=society: living.live(months)) / months)
        del society
    result = {"founding": min(found), "month": min(month), "memory": peak_memory()}
    if twin_months:
        result |= measure_twin(scenario, twin_months, repetitions)
    return result


def measure_twin(scenario: Any, months: int, repetitions: int) -> dict[str, float]:
    """Return the time (seconds) of a month of the twin, in random order and in order of rows."""
    from thermidor.benchmarks.twin import TwinSociety

    times = {}
    for name, shuffled in (("twin", True), ("ordered", False)):
        best = float("inf")
        for seed in range(1, repetitions + 1):
            twin = TwinSociety(scenario, rng=seed, shuffled=shuffled)
            twin.run_for(1)  # the first month draws up a plan, most others do not
            best = min(best, seconds(lambda live=twin: live.run_for(months)) / months)
        times[name] = best
    return times


def measure_run(repetitions: int) -> dict[str, float]:
    """Return the time (seconds) of one whole run, founding, history and verdict included."""
    from thermidor.experiments.pool import Job, simulate
    from thermidor.model.scenario import Scenario

    scenario = Scenario().replace(population={"workers": RUN_WORKERS}, months=RUN_MONTHS)

    def live(seed: int) -> None:
        simulate(Job(seed, scenario, seed))

    live(0)
    times = [seconds(lambda s=seed: live(s)) for seed in range(1, repetitions + 1)]
    return {"run": min(times)}


# --- starting -----------------------------------------------------------------------------------


def in_process(*arguments: str) -> dict[str, float]:
    """Run this script again in a fresh process and return what it measured."""
    command = [sys.executable, __file__, *arguments]
    output = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    return json.loads(output.splitlines()[-1])


def command_time(arguments: list[str], repetitions: int, **environment: str) -> float:
    """Return the shortest time (seconds) of a command line, from start to end."""
    run = {"check": True, "stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    settings: Mapping[str, str] = {**os.environ, **environment}
    return min(
        seconds(lambda: subprocess.run(arguments, env=settings, **run)) for _ in range(repetitions)
    )


def starting(repetitions: int) -> dict[str, float]:
    """Return times (seconds) of a first run ever, of help, and of a short run."""
    beside = Path(sys.executable).with_name("thermidor")
    thermidor = str(beside) if beside.exists() else shutil.which("thermidor")
    if thermidor is None:
        raise SystemExit("The command `thermidor` is not installed; run this with `uv run`.")
    short = [thermidor, "run", "workers-democracy", "--months", "13"]
    with tempfile.TemporaryDirectory() as cache:
        cold = command_time(short, 1, NUMBA_CACHE_DIR=cache)
    command_time(short, 1)
    return {
        "cold": cold,
        "help": command_time([thermidor, "--help"], repetitions),
        "short run": command_time(short, repetitions),
    }


# --- the report ---------------------------------------------------------------------------------


def report_sizes(quick: bool, everything: bool) -> None:
    """Print the table of months, ratios and memory."""
    print(f"{'workers':>10} {'founding':>11} {'month':>11} {'twin':>12} {'ratio':>7}", end=" ")
    print(f"{'twin, ordered':>14} {'ratio':>7} {'memory':>10}")
    per_worker: dict[str, float] = {}
    for workers, (months, twin_months, repetitions) in SIZES.items():
        if quick and workers > QUICK:
            break
        estimated = workers > ESTIMATED_FROM and not everything
        plan = (workers, months, 0 if estimated else twin_months, 1 if quick else repetitions)
        result = in_process("--measure", *map(str, plan))
        if not estimated:
            per_worker = {name: result[name] / workers for name in ("twin", "ordered")}
        result |= {name: share * workers for name, share in per_worker.items()}
        print(table_row(workers, result, estimated), flush=True)
    if not (quick or everything):
        print(f"~ estimated from {ESTIMATED_FROM:,} workers, in proportion; --all measures it")


def table_row(workers: int, result: dict[str, float], estimated: bool) -> str:
    """Return one line of the table."""
    about = "~" if estimated else ""
    month = result["month"]
    cells = [f"{workers:>10,}", f"{1e3 * result['founding']:>8.1f} ms", f"{1e6 * month:>8,.0f} us"]
    for name, width in (("twin", 9), ("ordered", 11)):
        cells.append(f"{about + format(1e6 * result[name], ',.0f'):>{width}} us")
        cells.append(f"{about + format(result[name] / month, '.0f'):>7}")
    return " ".join([*cells, f"{result['memory']:>6.0f} MiB"])


def report_runs(quick: bool) -> None:
    """Print what a whole run and what starting costs."""
    repetitions = 2 if quick else 5
    run = in_process("--whole", str(2 * repetitions))["run"]
    print(f"\none warm run of {RUN_WORKERS:,} workers x {RUN_MONTHS} months: {1e3 * run:.1f} ms")
    times = starting(repetitions)
    print(f"first run ever (everything is compiled): {times['cold']:.1f} s")
    print(f"warm `thermidor --help`: {times['help']:.2f} s")
    print(f"warm `thermidor run workers-democracy --months 13`: {times['short run']:.2f} s")


def main() -> None:
    """Measure and print, or measure one thing for the process that asked."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--quick", action="store_true", help="up to 10,000 workers, one repetition")
    parser.add_argument("--all", action="store_true", help="run the twin at every size")
    parser.add_argument("--measure", nargs=4, type=int, help=argparse.SUPPRESS)
    parser.add_argument("--whole", type=int, help=argparse.SUPPRESS)
    chosen = parser.parse_args()
    if chosen.measure:
        print(json.dumps(measure(*chosen.measure)))
    elif chosen.whole:
        print(json.dumps(measure_run(chosen.whole)))
    else:
        print("times are the smallest of several repetitions; a month in microseconds\n")
        report_sizes(chosen.quick, chosen.all)
        report_runs(chosen.quick)


if __name__ == "__main__":
    main()
