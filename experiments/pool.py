"""Carry out runs, in this process or in several, one scenario and one seed each.

A run is determined by its job alone, so the number of processes changes nothing but the time.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, wait
from dataclasses import dataclass, replace
from functools import partial
from itertools import chain, islice
from typing import Any

import numpy as np

from ..model.measures import measure
from ..model.scenario import Scenario
from ..model.verdict import Verdict, verdict
from .process_pool import Lost, ProcessPool
from .processes import context

Progress = Callable[[int, int], Any]  # months done, months in all

CHUNK_SECONDS = 0.2  # long beside the 0.5 ms that handing out a task takes
TICK = 12  # months between two looks at progress and at a wish to stop
ENDED = (
    "a process that was simulating has ended; it was killed, or there is too little memory, or, if "
    'a script of your own started it, the script lacks its guard if __name__ == "__main__"'
)


class ExperimentError(RuntimeError):
    """An experiment cannot be carried out; the message is one sentence.

    `result` holds what `run` or `compare` had done until then, None if nothing was.
    """

    result: Any = None


Changes = tuple[tuple[int, tuple[tuple[str, Any], ...]], ...]


@dataclass(frozen=True)
class Job:
    """One run to be made; `index` says where it belongs among the others.

    `changes` holds rules that are changed once so many months are over: (month, ((rule, value),)).
    """

    index: int
    scenario: Scenario
    seed: int
    changes: Changes = ()


@dataclass(frozen=True)
class Outcome:
    """One run made: the months as a matrix (months, columns), and their verdict."""

    index: int
    seed: int
    columns: tuple[str, ...]
    values: np.ndarray
    verdict: Verdict

    def moved(self, index: int) -> Outcome:
        """Return the same outcome in another place."""
        return replace(self, index=index)


def simulate(job: Job, tick: Callable[[int], Any] = lambda months: None) -> Outcome:
    """Make one run; `tick` is told at least every year how many months it took further."""
    from ..model.society import Society  # heavy: who only hands out runs never loads it

    society = Society(job.scenario, rng=job.seed)
    changes = {month: dict(rules) for month, rules in job.changes}
    while society.month < job.scenario.months:
        if rules := changes.pop(society.month, None):
            society.replace_rules(**rules)
        stops = [month for month in changes if month > society.month]
        months = min(TICK, *(stop - society.month for stop in (*stops, job.scenario.months)))
        society.live(months)
        tick(months)
    columns = society.columns()
    values = np.column_stack(list(columns.values())).astype(np.float64, copy=False)
    return Outcome(job.index, job.seed, tuple(columns), values, verdict(columns))


def live_a_year() -> None:
    """Let a society live, so that the model is compiled and loaded; in a year most rules act."""
    simulate(Job(0, Scenario(months=13), 0))


def is_compiled() -> bool:
    """Say whether the compiled model lies on disk, made of its sources as they are now."""
    if not hasattr(measure, "stats"):  # compilation is switched off
        return True
    cache_file = getattr(getattr(measure, "_cache", None), "_cache_file", None)
    try:  # Numba's own look at the index: empty if the stamp is not the one `rule` gave it
        return bool(cache_file and cache_file._load_index())
    except Exception:  # a damaged index fails in many ways; whatever is wrong, nothing can be used
        return False


def outcomes(
    jobs: Iterable[Job], processes: int = 1, progress: Callable[[int], Any] = lambda months: None
) -> Iterator[Outcome]:
    """Yield the outcomes of jobs as they come in; `progress` is told of months as they pass.

    With several processes the order is not that of the jobs, and a program that is a script needs
    the usual guard `if __name__ == "__main__":`. Raises ParameterError as Society does, and
    ExperimentError when a process is ended from outside.
    """
    if processes == 1:
        yield from (simulate(job, progress) for job in jobs)
        return
    for chunk in in_processes(simulate, iter(jobs), processes, _seconds):
        for outcome in chunk:
            progress(len(outcome.values))
            yield outcome


def in_processes[Task, Done](
    work: Callable[[Task], Done],
    tasks: Iterator[Task],
    processes: int,
    seconds: Callable[[Task], float],
) -> Iterator[list[Done]]:
    """Yield what `work` makes of chunks of tasks, as the chunks come in from several processes.

    `seconds` says roughly how long a task takes; chunks fill a fifth of a second or so, and never
    many more are handed out than there are processes to take them. `work` is a function of a
    module. Raises ExperimentError when a process is ended from outside, and what `work` raises;
    chunks that are done by then are yielded before.
    """
    pool = ProcessPool(processes, context())
    waiting: set[Future[list[Done]]] = set()
    try:
        first = list(islice(tasks, 1))
        if first and not is_compiled():  # so that not every process compiles it for itself
            pool.submit(live_a_year).result()
        tasks = chain(first, tasks)
        while True:
            while len(waiting) < 2 * processes and (chunk := _next_chunk(tasks, seconds)):
                waiting.add(pool.submit(_do_all, work, chunk))
            if not waiting:
                return
            done, waiting = wait(waiting, return_when=FIRST_COMPLETED)
            for future in sorted(done, key=_has_failed):
                yield future.result()
    except Lost:
        raise ExperimentError(ENDED) from None
    finally:
        pool.end()


def _has_failed(future: Future[Any]) -> bool:
    return future.exception() is not None


def in_order[Task, Done](
    work: Callable[[Task], Done],
    tasks: Iterable[Task],
    processes: int,
    seconds: Callable[[Task], float],
) -> list[Done]:
    """Return what `work` makes of tasks, in their order; all else as `in_processes`.

    >>> in_order(abs, [-2, 1], 1, float)
    [2, 1]
    """
    if processes == 1:
        return [work(task) for task in tasks]
    numbered = enumerate(tasks)
    chunks = in_processes(partial(_in_place, work), numbered, processes, lambda n: seconds(n[1]))
    found = dict(pair for chunk in chunks for pair in chunk)
    return [found[place] for place in sorted(found)]


def _in_place[Task, Done](
    work: Callable[[Task], Done], numbered: tuple[int, Task]
) -> tuple[int, Done]:
    place, task = numbered
    return place, work(task)


def _next_chunk[Task](tasks: Iterator[Task], seconds: Callable[[Task], float]) -> list[Task]:
    """Take as many tasks as fill a fifth of a second or so, as long as the first."""
    chunk = list(islice(tasks, 1))
    if chunk:
        chunk += islice(tasks, max(0, int(CHUNK_SECONDS / seconds(chunk[0])) - 1))
    return chunk


def run_seconds(scenario: Scenario) -> float:
    """Return roughly how many seconds a run of a scenario takes."""
    return scenario.months * (3e-5 + 5e-8 * scenario.population.workers)


def _seconds(job: Job) -> float:
    return run_seconds(job.scenario)


def _do_all[Task, Done](work: Callable[[Task], Done], tasks: list[Task]) -> list[Done]:
    return [work(task) for task in tasks]
