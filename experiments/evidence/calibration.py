"""Fit behaviour to the calibration patterns by rejection: approximate Bayesian computation.

Behaviours are drawn from the prior, each is put through the experiments of the calibration
patterns, and the share that comes nearest to what was published is kept (pritchard1999). After the
first wave of draws the others are made where `emulator` expects to come nearer. Nothing is copied:
a sequential scheme that copies and moves the better half was tried and left some thirty ancestors
of eighty, with narrow ranges for parameters that no pattern touches.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from itertools import pairwise

import numpy as np
from scipy.stats import qmc, triang

from ...model.parameters import Behaviour
from ..pool import in_order
from .emulator import promising
from .judge import means, shortfall
from .laboratory import gather, live, tasks
from .pattern import Pattern
from .split import CALIBRATION
from .validate import chosen

BATCH = 40  # draws between two times of keeping what is done
WAVES = (0.5, 0.75, 1.0)  # shares of all draws made when a wave ends
SEED = 7_000  # of the societies lived through here: not those that `validate` judges by
SECONDS = 1.0  # what one draw takes, roughly


@dataclass(frozen=True)
class Prior:
    """What is held possible before fitting.

    Every field lies in its declared plausible range, most likely at its default, less so toward the
    ends (triangular); where a calibration has moved the default, at what its source suggests.
    """

    names: tuple[str, ...]
    low: np.ndarray = field(repr=False)
    mode: np.ndarray = field(repr=False)
    high: np.ndarray = field(repr=False)

    def behaviour(self, quantiles: np.ndarray) -> Behaviour:
        """Return the behaviour at these quantiles (0..1, one a field)."""
        span = self.high - self.low
        values = triang.ppf(quantiles, (self.mode - self.low) / span, self.low, span)
        return Behaviour(**dict(zip(self.names, values.tolist(), strict=True)))


def prior() -> Prior:
    """Return the prior over all fields of Behaviour."""
    facts = Behaviour.describe()
    low, high = np.array([entry["sweep"] for entry in facts.values()], dtype=float).T
    mode = np.array([entry["sourced"] for entry in facts.values()], dtype=float)
    return Prior(tuple(facts), low, np.clip(mode, low, high), high)


@dataclass(frozen=True)
class Particle:
    """A point of the unit cube, and by pattern how far its society is from what is known."""

    quantiles: np.ndarray
    misses: Mapping[str, float]

    @property
    def distance(self) -> float:
        """The mean over patterns of how far they are missed."""
        return distance(self.misses)


def distance(misses: Mapping[str, float]) -> float:
    """Return the mean over patterns of how far they are missed."""
    return float(np.mean(list(misses.values())))


def misses(
    patterns: Sequence[Pattern], behaviour: Behaviour, replicates: int, seed: int = SEED
) -> dict[str, float]:
    """Return by pattern how far its checks are missed on the mean, in sizes of published ranges."""
    found = {}
    for pattern in patterns:
        times = replicates * pattern.repeats
        runs = tasks([pattern], times, behaviour, seed=seed)
        readings = gather([live(run) for run in runs])
        even = np.full(times, 1.0 / times)
        values = pattern.statistics(means(readings, even))
        gaps = [shortfall(check, values[check.statistic]) for check in pattern.checks]
        found[pattern.id] = float(np.mean(gaps))
    return found


@dataclass(frozen=True)
class Fit:
    """The draws weighed so far, in the order of the sample, and how many are planned."""

    given: Prior
    draws: tuple[Particle, ...]
    planned: int

    def nearest(self, count: int) -> list[Particle]:
        """Return the `count` draws that come nearest to what is known, nearest first."""
        return sorted(self.draws, key=lambda particle: particle.distance)[:count]


def calibrate(
    planned: int,
    replicates: int,
    processes: int,
    seed: int = 1,
    start: Fit | None = None,
    ids: Sequence[str] = CALIBRATION,
) -> Iterator[Fit]:
    """Yield the fit after each batch of draws; `start` goes on from an earlier one.

    A draw costs one run of every arm of the patterns `ids` times `replicates`. The first wave
    fills the prior evenly (a Latin hypercube over its quantiles).
    """
    given = prior()
    done = list(start.draws) if start else []
    for begin, end in pairwise([0, *ends(planned)]):
        if len(done) >= end:
            continue
        ahead = wave(given, done[:begin], end - begin, seed)[len(done) - begin :]
        while len(done) < end:
            batch, ahead = ahead[:BATCH], ahead[BATCH:]
            done += weigh_all(batch, given, replicates, processes, ids)
            yield Fit(given, tuple(done), planned)


def ends(planned: int) -> list[int]:
    """Return how many draws are made when each wave ends.

    >>> ends(600)
    [300, 450, 600]
    """
    return [round(share * planned) for share in WAVES]


def wave(given: Prior, before: Sequence[Particle], count: int, seed: int) -> list[np.ndarray]:
    """Return the points of the next wave, as the draws made in earlier ones suggest."""
    if not before:
        cube = qmc.LatinHypercube(d=len(given.names), rng=np.random.default_rng(seed))
        return list(cube.random(count))
    points = np.array([particle.quantiles for particle in before])
    misses = np.array([list(particle.misses.values()) for particle in before])
    return list(promising(points, misses, count, seed))


def weigh_all(
    points: Sequence[np.ndarray], given: Prior, replicates: int, processes: int, ids: Sequence[str]
) -> list[Particle]:
    """Return the particles at these quantiles, in order."""
    work = partial(_weigh, given=given, replicates=replicates, ids=ids)
    return in_order(work, points, processes, lambda point: SECONDS)


def _weigh(quantiles: np.ndarray, given: Prior, replicates: int, ids: Sequence[str]) -> Particle:
    behaviour = given.behaviour(quantiles)
    return Particle(quantiles, misses(chosen(ids), behaviour, replicates))
