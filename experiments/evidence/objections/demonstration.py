"""Try an objection: draw fresh societies in its region and live through all of its arms."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from ...pool import in_processes, run_seconds
from ...seeds import replicate_seeds
from . import objection as find_objection
from .objection import Means, gaps, live_all, society_of
from .regions import Region, Share
from .search import won
from .space import Box, draw, factors


@dataclass(frozen=True)
class Trial:
    """One society to try an objection on."""

    number: int
    point: dict[str, Any]
    seed: int


@dataclass(frozen=True)
class Tried:
    """What became of one trial: readings by arm, and each claim's surplus."""

    number: int
    means: Means
    surplus: tuple[float, ...]


@dataclass(frozen=True)
class Demonstration:
    """An objection tried on several societies."""

    number: int
    tried: Sequence[Tried]

    @property
    def share(self) -> Share:
        """In how many of them it won."""
        surplus = np.array([each.surplus for each in self.tried])
        return Share(int(won(surplus).sum()), len(self.tried))

    def holding(self) -> list[int]:
        """Return in how many societies each claim held."""
        return (np.array([each.surplus for each in self.tried]) >= 0.0).sum(axis=0).tolist()

    def mean_gaps(self) -> list[float]:
        """Return the mean gap of each claim; societies in which there is none are left out."""
        surplus = np.array([each.surplus for each in self.tried])
        claims = find_objection(self.number).claims
        counted = np.isfinite(surplus)
        total = np.where(counted, surplus, 0.0).sum(axis=0) / np.maximum(counted.sum(axis=0), 1)
        return [float(mean) + claim.by for mean, claim in zip(total, claims, strict=True)]

    def mean(self, arm: str, reading: str) -> float:
        """Return the mean of a reading; societies in which there is none are left out."""
        values = np.array([each.means[arm][reading] for each in self.tried])
        return float(values[np.isfinite(values)].mean()) if np.isfinite(values).any() else np.nan


def trials(number: int, box: Box, count: int, seed: int) -> list[Trial]:
    """Return fresh societies in a box, different from those of any search."""
    among = factors(find_objection(number))
    points = draw(among, box, count, [seed, number, *b"trial"])
    seeds = replicate_seeds(seed, count)
    return [Trial(number, point, each) for point, each in zip(points, seeds, strict=True)]


def attempt(trial: Trial) -> Tried:
    """Live through one trial."""
    objection = find_objection(trial.number)
    means = live_all(objection, trial.point, trial.seed)
    return Tried(trial.number, means, tuple(gaps(objection, means)))


def demonstrate(
    number: int,
    region: Region | None,
    count: int,
    seed: int,
    processes: int,
    progress: Callable[[int, int], object] = lambda done, total: None,
) -> Iterator[Tried]:
    """Yield what becomes of `count` fresh societies in a region (None: in the whole space)."""
    planned = trials(number, region.limits if region else {}, count, seed)
    chunks = (
        ([attempt(trial)] for trial in planned)
        if processes == 1
        else in_processes(attempt, iter(planned), processes, _seconds)
    )
    done = 0
    for chunk in chunks:
        for tried in chunk:
            done += 1
            progress(done, count)
            yield tried


def _seconds(trial: Trial) -> float:
    arms = len(find_objection(trial.number).arms)
    return arms * run_seconds(society_of(trial.point))
