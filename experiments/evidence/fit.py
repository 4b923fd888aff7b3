"""What a calibration leaves: its state on disk, the ensemble to be shipped, a report."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from scipy.stats import kstest

from ...agents.compiled import sources
from ...model.parameters import Behaviour
from ...texts import say
from .calibration import Fit, Particle, ends, misses, prior
from .report import number, write
from .split import CALIBRATION
from .validate import chosen

STATE = "calibration.json"
SURE = 0.05  # chance that any field at all is called informed by accident
REPORT = """# Calibration

Written by `{command}`.

{planned} behaviours were drawn from the prior (triangular: each field of `Behaviour` within its
plausible range, most likely at what its source suggests), put through the experiments
of the calibration patterns ({patterns}), {replicates} replicates an arm, and the {kept} nearest to
what was published were kept (rejection, the simplest approximate Bayesian computation; Pritchard et
al. 1999). The first {first} were drawn evenly from the prior; the others where an emulator of the
misses, fitted to the draws before, expected to come nearest (history matching in waves; Vernon,
Goldstein & Bower 2010). The distance is the mean over patterns of how far their checks are missed,
in sizes of the published ranges; 0 means that all checks are met. Test patterns were not looked at.

Distance in the middle of the draws from the whole prior: {before}; of those kept at most {after},
and {best} at best. At the centre (medians of what was kept where the patterns say something,
defaults elsewhere): {centre}, with all fields as their sources suggest {sourced}.

What remains missed, on the mean (0: met):

| pattern | whole prior | kept | at the centre |
|---|---|---|---|
{misses}

Fields that the patterns say something about (Kolmogorov-Smirnov test of what was kept against the
prior; chance below {sure} that any of the {fields_in_all} would be listed by accident). Of all
others what was kept is as wide as the prior: the patterns, as far as these draws can tell, say
nothing of single fields, only of how they may combine. Their defaults are left alone; the fields
below have the median as their default.

| field | plausible | its source suggests | kept: median | middle half |
|---|---|---|---|---|
{fields}
"""


def save_state(folder: Path, fit: Fit, replicates: int) -> Path:
    """Keep the draws weighed so far."""
    draws = [{"quantiles": p.quantiles.tolist(), "misses": dict(p.misses)} for p in fit.draws]
    facts = {**_stamp(fit.planned, replicates), "draws": draws}
    return write(folder / STATE, json.dumps(facts))


def load_state(folder: Path, planned: int, replicates: int) -> Fit | None:
    """Return the draws kept in a folder; None where they are of another calibration."""
    path = folder / STATE
    if not path.exists():
        return None
    facts = json.loads(path.read_text(encoding="utf-8"))
    draws = facts.pop("draws")
    if facts != _stamp(planned, replicates):
        return None
    particles = [Particle(np.array(each["quantiles"]), each["misses"]) for each in draws]
    return Fit(prior(), tuple(particles), planned)


def _stamp(planned: int, replicates: int) -> dict[str, Any]:
    """Return what draws depend on."""
    names = list(prior().names)
    return {"model": sources(), "names": names, "planned": planned, "replicates": replicates}


def members(fit: Fit, count: int) -> list[Behaviour]:
    """Return the `count` nearest draws as they are shipped."""
    return [rounded(fit.given.behaviour(p.quantiles)) for p in fit.nearest(count)]


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


def informed(fit: Fit, count: int) -> dict[str, float]:
    """Return the fields the patterns inform, with the chance of such a shift if they did not."""
    points = np.array([particle.quantiles for particle in fit.nearest(count)])
    chances = {
        name: float(kstest(points[:, k], "uniform").pvalue)
        for k, name in enumerate(fit.given.names)
    }
    found = {name: chance for name, chance in chances.items() if chance < SURE / len(chances)}
    return dict(sorted(found.items(), key=lambda item: item[1]))


def centre(fit: Fit, count: int) -> Behaviour:
    """Return the middle of what was kept: medians where the patterns inform, sources elsewhere."""
    moved = {name: spread(fit, count, name)[1] for name in informed(fit, count)}
    return rounded(sourced().replace(**moved), 2)


def sourced() -> Behaviour:
    """Return behaviour as its sources suggest it, before anything is fitted."""
    return Behaviour(**{name: facts["sourced"] for name, facts in Behaviour.describe().items()})


def spread(fit: Fit, count: int, name: str) -> tuple[float, float, float]:
    """Return quartiles of a field over what was kept."""
    values = [getattr(fit.given.behaviour(p.quantiles), name) for p in fit.nearest(count)]
    low, middle, high = np.percentile(values, [25, 50, 75])
    return float(low), float(middle), float(high)


def told(fit: Fit, language: str) -> str:
    """Say how far a calibration has come."""
    distances = [particle.distance for particle in fit.draws]
    words = {"done": len(distances), "planned": fit.planned, "best": min(distances)}
    return say("evidence.round", language, **words, middle=float(np.median(distances)))


def report(fit: Fit, count: int, replicates: int, command: str) -> str:
    """Return docs/calibration.md."""
    facts, kept = Behaviour.describe(), fit.nearest(count)
    fields = []
    for name in informed(fit, count):
        low, middle, high = spread(fit, count, name)
        plausible = f"{number(facts[name]['sweep'][0])} to {number(facts[name]['sweep'][1])}"
        usual = number(facts[name]["sourced"])
        quartiles = f"{number(low)} to {number(high)}"
        fields.append(f"| {name} | {plausible} | {usual} | {number(middle)} | {quartiles} |")
    patterns, first = chosen(CALIBRATION), fit.draws[: ends(fit.planned)[0]]
    at_centre = misses(patterns, centre(fit, count), replicates)
    at_sourced = misses(patterns, sourced(), replicates)
    rows = [
        f"| {name} | {_missed(first, name)} | {_missed(kept, name)} | {number(at_centre[name])} |"
        for name in CALIBRATION
    ]
    return REPORT.format(
        command=command,
        patterns=", ".join(CALIBRATION),
        planned=fit.planned,
        kept=count,
        replicates=replicates,
        first=len(first),
        before=number(float(np.median([p.distance for p in first]))),
        after=number(kept[-1].distance),
        best=number(kept[0].distance),
        centre=number(float(np.mean(list(at_centre.values())))),
        sourced=number(float(np.mean(list(at_sourced.values())))),
        misses="\n".join(rows),
        sure=SURE,
        fields_in_all=len(facts),
        fields="\n".join(fields) or "| none | | | | |",
    )


def _missed(draws: Sequence[Particle], name: str) -> str:
    return number(float(np.mean([particle.misses[name] for particle in draws])))
