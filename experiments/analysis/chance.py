"""How much of what differs between runs is chance: the runs as a table of points by seeds.

All points meet the same seeds, so chance has two parts: luck that is the same at every point, which
cancels when points are compared, and luck that depends on the point, which does not.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.special import expit, logit

from .resampling import jackknife


@dataclass(frozen=True)
class Variance:
    """Where the variance of single runs comes from, in squared units of the outcome.

    `points`: between points, freed from chance. `seeds`: luck common to all points. `mixed`: luck
    that depends on the point. Estimates; `points` may come out below zero where there is nothing.
    """

    points: float
    seeds: float
    mixed: float

    @property
    def total(self) -> float:
        """The variance of a run drawn at random from points and seeds."""
        return max(self.points, 0.0) + self.within

    @property
    def within(self) -> float:
        """The variance of runs at one point."""
        return max(self.seeds, 0.0) + self.mixed

    @property
    def chance(self) -> float:
        """The share of chance in the variance of single runs; NaN where nothing varies."""
        return self.within / self.total if self.total > 0.0 else float("nan")

    def left_in_means(self, replicates: int) -> float:
        """The share of chance that is left in differences between points' means."""
        left, points = self.mixed / replicates, max(self.points, 0.0)
        return left / (left + points) if left + points > 0.0 else float("nan")


def split_variance(values: np.ndarray) -> Variance:
    """Split the variance of an array (points, replicates) by a two-way analysis of variance.

    Needs two replicates and two points; with fewer the parts that cannot be told are NaN.
    """
    points, replicates = values.shape
    if replicates < 2 or points < 2:
        between = float(values.mean(axis=1).var()) if points > 1 else 0.0
        alone = float(values.var(ddof=1)) if replicates > 1 else float("nan")
        return Variance(between, alone if points == 1 else float("nan"), float("nan"))
    by_point, by_seed = values.mean(axis=1), values.mean(axis=0)
    rest = values - by_point[:, None] - by_seed[None, :] + values.mean()
    mixed = float((rest**2).sum()) / ((points - 1) * (replicates - 1))
    common = float(by_seed.var(ddof=1)) - mixed / points
    # a population of points as they are: a grid's, or a sample large enough not to tell apart
    between = float(by_point.var()) - mixed * (points - 1) / (points * replicates)
    return Variance(between, common, mixed)


def chance_interval(values: np.ndarray) -> tuple[float, float]:
    """Return a 95 % interval for the share of chance of (points, replicates), NaN if there is none.

    Jackknife over seeds on the scale of log odds, which keeps within 0..1.
    """
    with np.errstate(all="ignore"):
        low, high = jackknife(values, lambda some: _log_odds(split_variance(some).chance))
    return float(expit(low[0])), float(expit(high[0]))


def _log_odds(share: float) -> np.ndarray:
    return logit(np.clip(np.array([share]), 1e-6, 1.0 - 1e-6))
