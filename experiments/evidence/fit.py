"""What a calibration leaves: its state on disk, the ensemble to be shipped, a report."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import numpy as np
from scipy.stats import kstest

from ...agents.compiled import sources
from ...model.parameters import Behaviour
from ...texts import say
from .calibration import Fit, Particle, prior
from .report import number, write
from .split import CALIBRATION

STATE = "calibration.json"
SURE = 0.01  # chance below which a field counts as informed by the patterns
REPORT = """# Calibration

Written by `{command}`.

The fields of `Behaviour` were fitted to the calibration patterns ({patterns}) by replenishment
approximate Bayesian computation (Drovandi and Pettitt 2011) with differential-evolution steps (ter
Braak 2006): {size} particles from the prior (triangular: each field within its plausible range,
most likely at its default), then {rounds} rounds in each of which the worse half is replaced by
copies of the better half that are moved within the distance reached. The distance is the mean over
patterns of how far their checks are missed, in sizes of the published ranges; 0 means that all
checks are met. Test patterns were not looked at.

Distance in the middle of the prior's particles: {before}; after the last round {after}, and {best}
at best.

What remains missed, on the mean over the ensemble (0: met):

| pattern | prior | ensemble |
|---|---|---|
{misses}

Fields that the patterns say something about (Kolmogorov-Smirnov test of the ensemble against the
prior, chance below {sure}); of all others the ensemble is as wide as the prior: nothing is known.

| field | plausible | default when fitted | ensemble: median | middle half |
|---|---|---|---|---|
{fields}
"""


def save_state(folder: Path, fit: Fit) -> Path:
    """Keep a calibration after a round."""
    state = {
        "model": sources(),
        "names": fit.given.names,
        "round": fit.round,
        "start": fit.start,
        "particles": [
            {"quantiles": p.quantiles.tolist(), "misses": dict(p.misses)} for p in fit.particles
        ],
    }
    return write(folder / STATE, json.dumps(state))


def load_state(folder: Path, size: int) -> Fit | None:
    """Return the calibration kept in a folder; None where none is of this model and this size."""
    path = folder / STATE
    if not path.exists():
        return None
    state = json.loads(path.read_text(encoding="utf-8"))
    given = prior()
    if state["model"] != sources() or tuple(state["names"]) != given.names:
        return None
    particles = [Particle(np.array(p["quantiles"]), p["misses"]) for p in state["particles"]]
    if len(particles) != size:
        return None
    return Fit(given, particles, state["round"], state["start"])


def members(fit: Fit, count: int, seed: int = 1) -> list[Behaviour]:
    """Return `count` members drawn from the particles, each particle at most once if possible."""
    points = {p.quantiles.tobytes(): p for p in fit.particles}
    distinct = list(points.values())
    order = np.random.default_rng(seed).permutation(len(distinct))[:count]
    return [rounded(fit.given.behaviour(distinct[int(k)].quantiles)) for k in order]


def rounded(behaviour: Behaviour, digits: int = 4) -> Behaviour:
    """Return a behaviour with numbers of so many significant digits, as they are shipped."""
    values = behaviour.model_dump().items()
    return Behaviour(**{name: float(f"{value:.{digits}g}") for name, value in values})


def ensemble_csv(chosen: list[Behaviour], command: str) -> str:
    """Return the ensemble as a table, one member a row."""
    names = list(Behaviour.model_fields)
    lines = io.StringIO()
    lines.write(f"# {len(chosen)} members, equally likely; written by: {command}\n")
    table = csv.writer(lines, lineterminator="\n")
    table.writerow(names)
    for member in chosen:
        table.writerow([f"{getattr(member, name):g}" for name in names])
    return lines.getvalue()


def informed(fit: Fit) -> dict[str, float]:
    """Return the fields the patterns inform, with the chance of such a shift if they did not."""
    points = np.unique([p.quantiles for p in fit.particles], axis=0)
    chances = {
        name: float(kstest(points[:, k], "uniform").pvalue)
        for k, name in enumerate(fit.given.names)
    }
    found = {name: chance for name, chance in chances.items() if chance < SURE}
    return dict(sorted(found.items(), key=lambda item: item[1]))


def told(fit: Fit, rounds: int, language: str) -> str:
    """Say how far a calibration has come."""
    distances = [particle.distance for particle in fit.particles]
    words = {"round": fit.round, "rounds": rounds, "best": min(distances)}
    return say("evidence.round", language, **words, middle=float(np.median(distances)))


def report(fit: Fit, command: str) -> str:
    """Return docs/calibration.md."""
    spread = {name: _spread(fit, name) for name in informed(fit)}
    facts = Behaviour.describe()
    fields = [
        f"| {name} | {number(facts[name]['sweep'][0])} to {number(facts[name]['sweep'][1])} "
        f"| {number(facts[name]['default'])} | {number(middle)} | {number(low)} to {number(high)} |"
        for name, (low, middle, high) in spread.items()
    ]
    after = {name: np.mean([p.misses[name] for p in fit.particles]) for name in CALIBRATION}
    distances = [p.distance for p in fit.particles]
    return REPORT.format(
        command=command,
        patterns=", ".join(CALIBRATION),
        size=len(fit.particles),
        rounds=fit.round,
        before=number(fit.start["distance"]),
        after=number(float(np.median(distances))),
        best=number(min(distances)),
        misses="\n".join(
            f"| {name} | {number(fit.start[name])} | {number(float(after[name]))} |"
            for name in CALIBRATION
        ),
        sure=SURE,
        fields="\n".join(fields),
    )


def _spread(fit: Fit, name: str) -> tuple[float, float, float]:
    """Return quartiles of a field over the particles."""
    values = [getattr(fit.given.behaviour(p.quantiles), name) for p in fit.particles]
    low, middle, high = np.percentile(values, [25, 50, 75])
    return float(low), float(middle), float(high)
