"""Fit behaviour to the calibration patterns: sequential Monte Carlo without a likelihood.

Replenishment ABC (drovandi_pettitt2011): particles drawn from the prior; the worse half is dropped,
replaced by copies of the better half, and moved by Markov steps that keep the prior and never
leave the distance the better half has reached. Steps are differences of two other particles
(ter_braak2006) in a few coordinates. Coordinates are the prior's own quantiles, so that every
parameter is uniform on 0..1 before anything is known. What is left is a posterior-like ensemble.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial

import numpy as np
from scipy.stats import qmc, triang

from ...model.parameters import Behaviour
from ..pool import in_processes
from .judge import means, shortfall
from .laboratory import gather, live, tasks
from .pattern import Pattern
from .split import CALIBRATION
from .validate import chosen

TOUCHED = 12  # coordinates a step changes at most
STEP = 0.6  # share of the difference of two other particles
JITTER = 0.02  # sd of what is added, in quantiles
MOVES = 2  # steps of every copy a round
SEED = 7_000  # of the societies lived through here: not those that `validate` judges by
SECONDS = 1.0  # what one particle takes, roughly


@dataclass(frozen=True)
class Prior:
    """What is held possible before fitting.

    Every field lies in its declared plausible range, most likely at its default, less so toward the
    ends (triangular).
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
    mode = np.array([entry["default"] for entry in facts.values()], dtype=float)
    return Prior(tuple(facts), low, np.clip(mode, low, high), high)


@dataclass(frozen=True)
class Particle:
    """A point of the unit cube, and by pattern how far its society is from what is known."""

    quantiles: np.ndarray
    misses: Mapping[str, float]

    @property
    def distance(self) -> float:
        """The mean over patterns of how far they are missed."""
        return float(np.mean(list(self.misses.values())))


def misses(patterns: Sequence[Pattern], behaviour: Behaviour, replicates: int) -> dict[str, float]:
    """Return by pattern how far its checks are missed on the mean, in sizes of published ranges."""
    found = {}
    for pattern in patterns:
        readings = gather(
            [live(task) for task in tasks([pattern], replicates, behaviour, seed=SEED)]
        )
        even = np.full(replicates, 1.0 / replicates)
        values = pattern.statistics(means(readings, even))
        gaps = [shortfall(check, values[check.statistic]) for check in pattern.checks]
        found[pattern.id] = float(np.mean(gaps))
    return found


def weigh(quantiles: np.ndarray, given: Prior, replicates: int, ids: Sequence[str]) -> Particle:
    """Return the particle at these quantiles."""
    behaviour = given.behaviour(quantiles)
    return Particle(quantiles, misses(chosen(ids), behaviour, replicates))


def weigh_all(
    points: Sequence[np.ndarray], given: Prior, replicates: int, processes: int, ids: Sequence[str]
) -> Iterator[tuple[int, Particle]]:
    """Yield places and particles as they come in."""
    work = partial(_weigh_one, given=given, replicates=replicates, ids=ids)
    numbered = list(enumerate(points))
    if processes == 1:
        yield from map(work, numbered)
        return
    for chunk in in_processes(work, iter(numbered), processes, lambda task: SECONDS):
        yield from chunk


def _weigh_one(
    numbered: tuple[int, np.ndarray], given: Prior, replicates: int, ids: Sequence[str]
) -> tuple[int, Particle]:
    place, point = numbered
    return place, weigh(point, given, replicates, ids)


def proposal(
    own: np.ndarray, others: Sequence[np.ndarray], rng: np.random.Generator
) -> np.ndarray | None:
    """Return a step from `own` along the difference of two others; None if it leaves the prior."""
    first, second = rng.choice(len(others), size=2, replace=False)
    touched = rng.permutation(len(own))[: rng.integers(1, TOUCHED + 1)]
    step = STEP * (others[first][touched] - others[second][touched])
    moved = own.copy()
    moved[touched] += step + rng.normal(0.0, JITTER, len(touched))
    return moved if np.all((moved > 0.0) & (moved < 1.0)) else None


@dataclass
class Fit:
    """The state of a calibration: the particles after so many rounds."""

    given: Prior
    particles: list[Particle]
    round: int
    start: Mapping[str, float]  # of the prior: median distance, and mean misses by pattern


def calibrate(
    size: int,
    rounds: int,
    replicates: int,
    processes: int,
    seed: int = 1,
    start: Fit | None = None,
    ids: Sequence[str] = CALIBRATION,
) -> Iterator[Fit]:
    """Yield the fit after each round; `start` goes on from an earlier one.

    A particle costs one run of every arm of the patterns `ids` times `replicates`.
    """
    fit = start
    if fit is None:
        given = prior()
        cube = qmc.LatinHypercube(d=len(given.names), rng=np.random.default_rng(seed))
        drawn = dict(weigh_all(list(cube.random(size)), given, replicates, processes, ids))
        particles = [drawn[place] for place in sorted(drawn)]
        fit = Fit(given, particles, 0, _standing(particles))
        yield fit
    while fit.round < rounds:
        rng = np.random.default_rng([seed, fit.round + 1])
        fit = _next_round(fit, replicates, processes, rng, ids)
        yield fit


def _next_round(
    fit: Fit, replicates: int, processes: int, rng: np.random.Generator, ids: Sequence[str]
) -> Fit:
    """Drop the worse half, copy and move the better one."""
    ranked = sorted(fit.particles, key=lambda particle: particle.distance)
    better = ranked[: len(ranked) // 2]
    limit = better[-1].distance
    points = [particle.quantiles for particle in better]
    copies = [better[int(k)] for k in rng.integers(len(better), size=len(ranked) - len(better))]
    for _ in range(MOVES):
        steps = {
            place: step
            for place, parent in enumerate(copies)
            if (step := proposal(parent.quantiles, points, rng)) is not None
        }
        places = list(steps)
        for k, moved in weigh_all(list(steps.values()), fit.given, replicates, processes, ids):
            if moved.distance <= limit:
                copies[places[k]] = moved
    return Fit(fit.given, [*better, *copies], fit.round + 1, fit.start)


def _standing(particles: Sequence[Particle]) -> dict[str, float]:
    """Return the median distance of particles and, by pattern, how far they miss it on the mean."""
    names = particles[0].misses
    missed = {name: float(np.mean([p.misses[name] for p in particles])) for name in names}
    return {"distance": float(np.median([p.distance for p in particles])), **missed}
