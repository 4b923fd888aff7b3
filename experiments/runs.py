"""Run a scenario over replicates and sum up what came of it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from ..model.declaration import ParameterError
from ..model.scenario import Scenario
from ..model.verdict import REGIMES, Verdict
from ..scenarios import load_scenario
from ..scenarios.ensemble import member_of
from .intervals import mean_intervals, share_interval
from .pool import Changes, ExperimentError, Job, Outcome, Progress, outcomes
from .seeds import replicate_seeds

KEYS = ("replicate", "seed", "month")
MOST_MONTHS = 5_000_000  # of all runs together, some 2 GB


@dataclass(frozen=True, eq=False)
class Result:
    """What a scenario came to, run by run.

    `seeds` and `verdicts` hold one entry a run, `history` one row a run and month: `replicate`
    (from 0), `seed`, `month` (from 1), every measure and every rule then in force.
    """

    scenario: Scenario
    seeds: tuple[int, ...]
    history: pd.DataFrame = field(repr=False)
    verdicts: list[Verdict] = field(repr=False)

    def probabilities(self) -> pd.DataFrame:
        """Return, by regime, in how many runs it came out, the share and its 95 % interval."""
        total = len(self.verdicts)
        counts = [sum(v.regime == regime for v in self.verdicts) for regime in REGIMES]
        bounds = [share_interval(count, total) for count in counts]
        columns = {
            "runs": counts,
            "share": [count / total for count in counts],
            "low": [low for low, _ in bounds],
            "high": [high for _, high in bounds],
        }
        return pd.DataFrame(columns, index=pd.Index(REGIMES, name="regime"))

    def last_means(self, last: int = 12) -> pd.DataFrame:
        """Return one row a run with the mean of each measure over the `last` months.

        A run shorter than that counts whole. Raises ParameterError when `last` is below one.
        """
        if last < 1:
            raise ParameterError(f"a mean needs at least one month, not {last}")
        months = self.history["month"]
        rows = self.history[months > months.max() - last]
        return rows.groupby("replicate")[measures(self.history)].mean()

    def summary(self, last: int = 12) -> pd.DataFrame:
        """Return, by measure, the mean over runs of the last months, and its 95 % interval.

        Columns `mean`, `low`, `high` (Student's t over runs; NaN for a single run).
        """
        means = self.last_means(last)
        mean, low, high = mean_intervals(means.to_numpy())
        columns = {"mean": mean, "low": low, "high": high}
        return pd.DataFrame(columns, index=pd.Index(means.columns, name="measure"))


class Interrupted(KeyboardInterrupt):
    """Ctrl-C during an experiment; `result` holds what was done until then, None if nothing was."""

    def __init__(self, result: Any) -> None:
        super().__init__()
        self.result = result


def kept_seeds(seed: int, replicates: int, months: int) -> list[int]:
    """Return the seeds of replicates that are all kept in memory, `months` rows of each.

    Raises ParameterError for a negative seed, no replicate, or more of them than fit.
    """
    most = max(1, MOST_MONTHS // max(1, months))
    if replicates > most:
        raise ParameterError(
            f"{replicates:,} replicates do not fit into memory; the most is {most:,}, and a sweep "
            "keeps more on disk"
        )
    return replicate_seeds(seed, replicates)


def run(
    scenario: Scenario | str | Path,
    seed: int = 1,
    replicates: int = 1,
    processes: int = 1,
    months: int | None = None,
    progress: Progress | None = None,
    ensemble: bool = False,
    changes: Changes = (),
) -> Result:
    """Run a scenario (or its name, or the path of its file) once or several times.

    The first run has the seed given, the others seeds derived from it; the result is the same for
    any number of processes. With `ensemble`, replicate k behaves as member k of the behaviour
    ensemble does (round and round) instead of as the defaults say. `months` replaces the scenario's
    own; `progress` is called with the months done and those in all; `changes` holds rules that
    change on the way, as (month, ((rule, value), ...)): in force once so many months are over.
    Raises ParameterError, TableError, ExperimentError when a process is ended from outside, and
    Interrupted on Ctrl-C; the `result` of the last two holds the runs that were done.
    """
    chosen = resolve(scenario, months)
    seeds = kept_seeds(seed, replicates, chosen.months)
    jobs = [Job(k, behaving(chosen, k, ensemble), each, changes) for k, each in enumerate(seeds)]
    done: list[Outcome] = []
    try:
        for outcome in outcomes(jobs, workers_for(processes, jobs), counter(jobs, progress)):
            done.append(outcome)
    except KeyboardInterrupt:
        raise Interrupted(result_of(chosen, done) if done else None) from None
    except ExperimentError as fault:
        fault.result = result_of(chosen, done) if done else None
        raise
    return result_of(chosen, done)


def resolve(scenario: Scenario | str | Path, months: int | None = None) -> Scenario:
    """Return the scenario meant, with its number of months replaced if one is given."""
    chosen = scenario if isinstance(scenario, Scenario) else load_scenario(scenario)
    return chosen if months is None else chosen.replace(months=months)


def behaving(scenario: Scenario, replicate: int, ensemble: bool) -> Scenario:
    """Return the scenario of one replicate: as it is, or behaving as a member of the ensemble."""
    return member_of(scenario, replicate) if ensemble else scenario


def measures(history: pd.DataFrame) -> list[str]:
    """Return the names of the measures among the columns of a history."""
    names = (str(name) for name in history)
    return [name for name in names if name not in KEYS and not name.startswith("rule_")]


def workers_for(processes: int, jobs: Sequence[Job]) -> int:
    """Return how many processes to use: as many as asked for, no more than there are runs."""
    if processes < 1:
        raise ParameterError(f"a run needs at least one process, not {processes}")
    return min(processes, len(jobs))


def counter(jobs: Sequence[Job], progress: Progress | None) -> Callable[[int], None]:
    """Turn months that have passed into months done and months in all."""
    total = sum(job.scenario.months for job in jobs)
    done = 0

    def count(months: int) -> None:
        nonlocal done
        done += months
        if progress is not None:
            progress(done, total)

    return count


def result_of(scenario: Scenario, done: list[Outcome]) -> Result:
    """Put outcomes into the order of their replicates."""
    ordered = sorted(done, key=lambda outcome: outcome.index)
    return Result(
        scenario,
        tuple(outcome.seed for outcome in ordered),
        _tidy(ordered),
        [outcome.verdict for outcome in ordered],
    )


def _tidy(ordered: list[Outcome]) -> pd.DataFrame:
    """Stack histories into one frame."""
    values = np.concatenate([outcome.values for outcome in ordered])
    frame = pd.DataFrame(values, columns=list(ordered[0].columns))
    frame["month"] = frame["month"].astype(np.int64)
    lengths = [len(outcome.values) for outcome in ordered]
    frame.insert(0, "replicate", np.repeat([outcome.index for outcome in ordered], lengths))
    frame.insert(1, "seed", np.repeat([outcome.seed for outcome in ordered], lengths))
    return frame
