"""What a calibration leaves: its state on disk, the ensemble to be shipped, a report."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from scipy.stats import kstest

from ...model.parameters import Behaviour
from ...texts import say
from ..identity import digest_of, model_fingerprint, model_name
from ..pool import ExperimentError
from . import together
from .calibration import Fit, Particle, distance, ends, prior
from .report import number, write
from .settle import GAIN, LEVELS, MOST, TIMES, Settled
from .split import CALIBRATION

STATE = "calibration.json"
SURE = 0.05  # chance that any field at all is called informed by accident
REPORT = """# Calibration

Written by `{command}`; model {model}.

{planned} behaviours were drawn from the prior (triangular: each field of `Behaviour` within its
plausible range, most likely at what its source suggests), put through the experiments
of the calibration patterns ({patterns}), {replicates} replicates an arm, and the {kept} nearest to
what was published were kept (rejection, the simplest approximate Bayesian computation; Pritchard et
al. 1999). The first {first} were drawn evenly from the prior; the others where an emulator of the
misses, fitted to the draws before, expected to come nearest (history matching in waves; Vernon,
Goldstein & Bower 2010). The distance is the mean over patterns of how far their checks are missed,
in sizes of the published ranges; 0 means that all checks are met. Nothing was fitted to test
patterns.

Distance in the middle of the draws from the whole prior: {before}; of those kept at most {after},
and {best} at best.

## Defaults

The middle of what was kept, field by field, need not fit: what fits are combinations. The defaults
were therefore sought from the sources' side ({settling} replicates an arm, twice as many for P3):
each of the {tried} fields that some pattern surely hangs on, or that are among the {most} it hangs
on most, was tried at {levels} levels of its range, one after the other and twice round. Where the
patterns that hang on it came nearest it was moved, if the distance over all patterns fell by more
than {gain}, and did so again in three sets of societies with other seeds. With every field as its
source suggests the distance is {sourced}, with the fields below moved {settled}. This command
touched no other default.

| field | plausible | its source suggests | default | ensemble: middle half |
|---|---|---|---|---|
{moved}

What remains missed, on the mean (0: met):

| pattern | whole prior | ensemble | sources alone | defaults |
|---|---|---|---|---|
{misses}

These figures are of {settling} replicates, and a miss counts by its size:
[validation.md](validation.md), with more, may find a check met that is missed here by luck, or
missed by little.

{together}

## What the patterns say of single fields

Of these, what was kept differs from the prior (Kolmogorov-Smirnov test; chance below {sure} that
any of the {fields_in_all} would be listed by accident). Of all others what was kept is as wide as
the prior: the patterns, as far as these draws can tell, say nothing of them alone, only of how they
may combine.

| field | plausible | its source suggests | kept: median | middle half |
|---|---|---|---|---|
{fields}
"""


def save_state(folder: Path, fit: Fit, replicates: int, seed: int) -> Path:
    """Keep the draws weighed so far."""
    draws = [{"quantiles": p.quantiles.tolist(), "misses": dict(p.misses)} for p in fit.draws]
    facts = {"stamp": _stamp(fit.planned, replicates, seed), "draws": draws}
    return write(folder / STATE, json.dumps(facts))


def load_state(folder: Path, planned: int, replicates: int, seed: int) -> Fit | None:
    """Return the draws kept in a folder; None where they are of another calibration.

    Raises ExperimentError where the file cannot be read: it may hold an hour's work.
    """
    path = folder / STATE
    if not path.exists():
        return None
    try:
        facts = json.loads(path.read_text(encoding="utf-8"))
        if facts["stamp"] != _stamp(planned, replicates, seed):
            return None
        particles = [
            Particle(np.array(each["quantiles"], dtype=float), each["misses"])
            for each in facts["draws"]
        ]
    except (ValueError, KeyError, TypeError):
        raise ExperimentError(
            f"{path} is damaged; move it away to begin the calibration anew"
        ) from None
    return Fit(prior(), tuple(particles), planned)


def _stamp(planned: int, replicates: int, seed: int) -> dict[str, Any]:
    """Return what draws depend on: the model, its plausible ranges, the experiments, the seed."""
    given, patterns = prior(), Path(__file__).parent.glob("patterns/*.py")
    return {
        "model": model_fingerprint(),
        "names": list(given.names),
        "prior": [column.tolist() for column in (given.low, given.mode, given.high)],
        "experiments": digest_of(sorted(patterns)),
        "planned": planned,
        "replicates": replicates,
        "seed": seed,
    }


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


def tried(name: str, value: float, language: str) -> str:
    """Say at which value a field was left after it was tried."""
    return say("evidence.tried", language, field=name, value=number(value))


def report(fit: Fit, settled: Settled, count: int, replicates: int, command: str) -> str:
    """Return docs/calibration.md."""
    kept, first = fit.nearest(count), fit.draws[: ends(fit.planned)[0]]
    misses = [
        f"| {name} | {_missed(first, name)} | {_missed(kept, name)} "
        f"| {number(settled.misses_of_sources[name])} | {number(settled.misses[name])} |"
        for name in CALIBRATION
    ]
    return REPORT.format(
        command=command,
        model=model_name(),
        patterns=", ".join(CALIBRATION),
        planned=fit.planned,
        kept=count,
        replicates=replicates,
        first=len(first),
        before=number(float(np.median([p.distance for p in first]))),
        after=number(kept[-1].distance),
        best=number(kept[0].distance),
        settling=TIMES * replicates,
        tried=len(settled.tried),
        gain=GAIN,
        most=MOST,
        levels=len(LEVELS),
        sourced=number(distance(settled.misses_of_sources)),
        settled=number(distance(settled.misses)),
        moved=_rows(_moved(fit, settled, count)),
        misses="\n".join(misses),
        together=together.section(fit.draws, len(first)),
        sure=SURE,
        fields_in_all=len(fit.given.names),
        fields=_rows(_informed(fit, count)),
    )


def _rows(rows: Iterable[tuple[str, ...]]) -> str:
    """Return rows of a table of five columns, one that says so where there are none."""
    return "\n".join(f"| {' | '.join(row)} |" for row in rows) or "| none | | | | |"


def _moved(fit: Fit, settled: Settled, count: int) -> Iterator[tuple[str, ...]]:
    for name, value in settled.moved.items():
        low, _, high = spread(fit, count, name)
        yield name, *_before(name), number(value), f"{number(low)} to {number(high)}"


def _informed(fit: Fit, count: int) -> Iterator[tuple[str, ...]]:
    for name in informed(fit, count):
        low, middle, high = spread(fit, count, name)
        yield name, *_before(name), number(middle), f"{number(low)} to {number(high)}"


def _before(name: str) -> tuple[str, str]:
    """Return the plausible range of a field, and what its source suggests."""
    facts = Behaviour.describe()[name]
    low, high = facts["sweep"]
    return f"{number(low)} to {number(high)}", number(facts["sourced"])


def _missed(draws: Sequence[Particle], name: str) -> str:
    return number(float(np.mean([particle.misses[name] for particle in draws])))
