"""How the model behaves as a whole: regimes over scenarios, over behaviour and over chance.

`python -m thermidor.experiments.survey` prints every figure quoted in docs/decisions.md.
"""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Iterable, Sequence
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from typing import Any

import numpy as np
import pandas as pd
from scipy.stats import qmc

from ..model.parameters import Behaviour
from ..model.scenario import Scenario
from ..model.society import Society
from ..model.verdict import Thresholds, final_regime, verdict
from ..scenarios import load_scenario, names

RIVALS = (
    "workers-democracy",
    "nomenklatura",
    "audited-meritocracy",
    "recall-only",
    "cap-only",
    "openness-only",
    "councils-only",
)
SHIFTS = (0.8, 1.2)  # factors by which each threshold is moved, one at a time
JUDGED = (
    "plan_fidelity",
    "irremovability",
    "co_optation",
    "power_concentration",
    "needs_met",
    "capture",
    "privilege",
    "automation",
    "inspected",
)
WATCHED = ("needs_met", "capture", "privilege", "irremovability", "plan_fidelity")


def sample_behaviour(count: int, seed: int = 0) -> list[Behaviour]:
    """Return `count` behaviours spread over the plausible ranges by a Latin hypercube."""
    ranges = {name: facts["sweep"] for name, facts in Behaviour.describe().items()}
    unit = qmc.LatinHypercube(d=len(ranges), rng=np.random.default_rng(seed)).random(count)
    low, high = np.array(list(ranges.values()), dtype=float).T
    points = qmc.scale(unit, low, high)
    return [Behaviour(**dict(zip(ranges, point.tolist(), strict=True))) for point in points]


def live(job: tuple[str, Scenario, int]) -> dict[str, Any]:
    """Run one society and return its verdict and last year's means."""
    label, scenario, seed = job
    society = Society(scenario, rng=seed)
    society.live(scenario.months)
    history = society.history()
    judged = verdict(history)
    means = {name: float(history[name].tail(12).mean()) for name in WATCHED}
    finite = bool(np.isfinite(history.drop(columns=_may_be_none(history)).to_numpy()).all())
    facts = {"regime": judged.regime, "controlled": judged.controlled, "finite": finite}
    return {"label": label, "seed": seed, **facts, **means, **_shifted(history, judged.regime)}


def _shifted(history: pd.DataFrame, regime: str) -> dict[str, bool]:
    """Return whether the regime would be another if a threshold were moved, for each threshold.

    Thresholds of shares near one are moved by their distance to one, as a fifth of 0.93 is no
    threshold at all.
    """
    changed = {}
    for name in JUDGED:
        limit = getattr(Thresholds(), name)
        scale = 1.0 - limit if 0.5 < limit < 1.0 else limit
        moved = [limit + (factor - 1.0) * scale for factor in SHIFTS]
        changed[f"moved_{name}"] = any(
            final_regime(history, Thresholds(**{name: value})) != regime for value in moved
        )
    return changed


def _may_be_none(history: pd.DataFrame) -> list[str]:
    return [str(name) for name in history if str(name).startswith("rule_")]


def survey(jobs: Iterable[tuple[str, Scenario, int]], processes: int) -> pd.DataFrame:
    """Run all jobs and return one row each, in order."""
    with ProcessPoolExecutor(processes, mp_context=get_context("spawn")) as pool:
        return pd.DataFrame(list(pool.map(live, jobs, chunksize=8)))


def shares(frame: pd.DataFrame) -> pd.DataFrame:
    """Return percentages of regimes per label, with mean needs met and capture."""
    table = pd.crosstab(frame["label"], frame["regime"], normalize="index").mul(100).round(0)
    means = frame.groupby("label")[["needs_met", "capture", "privilege"]].mean().round(3)
    return table.join(means)


def decompose(frame: pd.DataFrame, by: Sequence[str], measure: str) -> dict[str, float]:
    """Return the share of a measure's variance that each factor explains alone."""
    total = frame[measure].var(ddof=0)
    alone = {factor: frame.groupby(factor)[measure].mean() for factor in by}
    return {factor: float(frame[factor].map(alone[factor]).var(ddof=0) / total) for factor in by}


def _default_jobs(replicates: int) -> list[tuple[str, Scenario, int]]:
    return [(n, load_scenario(n), s) for n in names() for s in range(1, replicates + 1)]


def _space_jobs(points: Sequence[Behaviour]) -> list[tuple[str, Scenario, int]]:
    return [
        (name, load_scenario(name).replace(behaviour=behaviour), seed)
        for name in RIVALS
        for seed, behaviour in enumerate(points, start=1)
    ]


def _print_space(frame: pd.DataFrame) -> None:
    """Print how the essay's package fares over behaviour against each rival, pair by pair."""
    package = frame[frame["label"] == "workers-democracy"].set_index("seed")
    held = float(package["controlled"].mean())
    print(
        f"workers-democracy stays under control at {held:.0%} of points; it fails at {1 - held:.0%}"
    )
    for rival in RIVALS[1:]:
        other = frame[frame["label"] == rival].set_index("seed")
        better = {
            "needs met": (package["needs_met"] > other["needs_met"]).mean(),
            "less captured": (package["capture"] < other["capture"]).mean(),
            "both": (
                (package["needs_met"] > other["needs_met"])
                & (package["capture"] < other["capture"])
            ).mean(),
            "neither": (
                (package["needs_met"] <= other["needs_met"])
                & (package["capture"] >= other["capture"])
            ).mean(),
        }
        words = ", ".join(f"{what} {share:.0%}" for what, share in better.items())
        print(f"  package better than {rival}: {words}")
        print(f"    {rival} controlled at {other['controlled'].mean():.0%}")


def _print_parts(frame: pd.DataFrame, by: str) -> None:
    """Print what share of variance scenario and seed explain alone."""
    for measure in ("capture", "needs_met"):
        part = decompose(frame, ["label", "seed"], measure)
        print(f"variance of {measure}: scenario {part['label']:.0%}, {by} {part['seed']:.0%}")


def main() -> None:
    """Print the survey."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--replicates", type=int, default=20)
    parser.add_argument("--points", type=int, default=200)
    parser.add_argument("--processes", type=int, default=2)
    options = parser.parse_args()
    with pd.option_context("display.width", 250, "display.max_columns", 30):
        print(f"# Default behaviour, {options.replicates} seeds a scenario: % of regimes, means")
        default = survey(_default_jobs(options.replicates), options.processes)
        print(shares(default).to_string())
        _print_parts(default, "seed")
        moved = default[[f"moved_{name}" for name in JUDGED]].mean()
        words = ", ".join(f"{name} {moved[f'moved_{name}']:.0%}" for name in JUDGED)
        print(f"runs whose regime changes if one threshold moves by a fifth: {words}")
        print(f"# Behaviour drawn from its ranges, {options.points} points, common random numbers")
        space = survey(_space_jobs(sample_behaviour(options.points)), options.processes)
        print(shares(space).to_string())
        _print_space(space)
        _print_parts(space, "behaviour and chance")
        everything = pd.concat([default, space])
        print("all values finite:", bool(everything["finite"].all()), "runs:", len(everything))
        print("extremes:", everything[list(WATCHED)].agg(["min", "max"]).round(3).to_dict())
        print("regimes in all:", dict(Counter(everything["regime"])))


if __name__ == "__main__":
    main()
