"""Replicates: the same society with other chance events, run by run, and what they come to.

Runs, pairs, statistics and sentences are those of `thermidor run` and `thermidor compare`. This
module loads the compiled model; the server itself never imports it.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd

from ..experiments.analysis.event_times import event_curve, onset_times
from ..experiments.comparison import Comparison
from ..experiments.intervals import share_interval
from ..experiments.pool import Job, Outcome, simulate
from ..experiments.runs import Result, behaving, result_of
from ..experiments.seeds import replicate_seeds
from ..experiments.sparklines import MAIN
from ..model.scenario import Scenario
from ..model.verdict import Verdict
from ..texts import languages
from .frames import RunKey, plain
from .short import End, Replicate, course_months

LAST = 12  # months over which the end of a run is averaged


def one(key: RunKey, index: int, ensemble: bool = False) -> Replicate:
    """Make replicate `index` (from 0), as `thermidor run` does."""
    scenario = key.opening()
    seed = replicate_seeds(key.seed, index + 1)[index]
    later = tuple((month, changes) for month, changes in key.schedule if month > 0)
    outcome = simulate(Job(index, behaving(scenario, index, ensemble), seed, later))
    return _in_short(scenario, outcome)


def pair(left: RunKey, right: RunKey, index: int) -> tuple[Replicate, Replicate]:
    """Make pair `index`: two societies with the same chance events, as `thermidor compare` does."""
    return one(left, index), one(right, index)


def sum_up_pairs(
    left: RunKey, right: RunKey, pairs: Sequence[tuple[Replicate, Replicate]]
) -> dict[str, Any]:
    """Say of pairs what `thermidor compare` says: control, differences, chance, a sentence."""
    sides = [_result(key, [p[side] for p in pairs]) for side, key in enumerate((left, right))]
    comparison = Comparison(*sides, last=LAST)
    table = comparison.differences.loc[list(MAIN)].reset_index()
    held = [comparison.control[side] for side in ("a", "b")]
    return {
        "pairs": len(pairs),
        "control": plain(comparison.control),
        "held": [share_interval(count, len(pairs)) for count in held],
        "chance": comparison.chance,
        "differences": plain(table.to_dict("records")),
        "sentence": {lang: comparison.how_control_fared(lang) for lang in languages()},
    }


def ended(key: RunKey, index: int, ensemble: bool) -> End:
    """Make replicate `index` and say how it ended."""
    made = one(key, index, ensemble)
    return made.seed, made.regime, made.onset


def sum_up_runs(key: RunKey, ends: Sequence[End]) -> dict[str, Any]:
    """Say of runs what `thermidor run` says, and how soon each regime had set in for good."""
    result = _result(key, [Replicate(*end, (float("nan"),) * len(MAIN), b"") for end in ends])
    shares = result.probabilities()
    held = sum(verdict.controlled for verdict in result.verdicts)
    low, high = share_interval(held, len(ends))
    there = [str(regime) for regime in shares.index[shares["runs"] > 0]]
    return {
        "runs": len(ends),
        "regimes": plain(shares.reset_index().to_dict("records")),
        "held": {"runs": held, "low": low, "high": high},
        "curves": {regime: _curve(key, ends, regime) for regime in there},
    }


def _curve(key: RunKey, ends: Sequence[End], regime: str) -> dict[str, Any]:
    """Return by month in what share of runs a regime had set in for good."""
    regimes = np.array([end[1] for end in ends])
    onset = np.array([end[2] for end in ends], dtype=float)
    curve = event_curve(*onset_times(regimes, onset, key.scenario.months, regime))
    columns = {name: getattr(curve, name).tolist() for name in ("months", "share", "low", "high")}
    return plain({**columns, "median": curve.median})


def _in_short(scenario: Scenario, outcome: Outcome) -> Replicate:
    names = list(MAIN)
    whole = result_of(scenario, [outcome])
    rows = [month - 1 for month in course_months(scenario.months)]
    course = whole.history[names].to_numpy()[rows]
    return Replicate(
        outcome.seed,
        outcome.verdict.regime,
        outcome.verdict.onset,
        tuple(whole.last_means(LAST)[names].to_numpy()[0].tolist()),
        np.ascontiguousarray(course, dtype="<f4").tobytes(),
    )


def _result(key: RunKey, replicates: Sequence[Replicate]) -> Result:
    """Return a result of which only the last year's means are kept, as one month each."""
    frame = pd.DataFrame([one.means for one in replicates], columns=pd.Index(MAIN))
    frame.insert(0, "replicate", np.arange(len(replicates)))
    frame.insert(1, "seed", [one.seed for one in replicates])
    frame.insert(2, "month", key.scenario.months)
    seeds = tuple(one.seed for one in replicates)
    return Result(key.opening(), seeds, frame, [_verdict(one) for one in replicates])


def _verdict(one: Replicate) -> Verdict:
    """Return of a verdict what a replicate keeps of it."""
    return Verdict(one.regime, one.onset, (), {}, None, (), {})
