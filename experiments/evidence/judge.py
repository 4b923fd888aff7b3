"""Judge an experiment: statistics with intervals, checks met or missed, and what that makes."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from .laboratory import Readings
from .pattern import Check, Pattern

DRAWS = 400  # bootstrap samples of replicates
REPRODUCED, PARTLY, FAILED = "reproduced", "partly", "not"


@dataclass(frozen=True)
class Estimate:
    """A statistic with its 95 % interval (percentile bootstrap over replicates)."""

    value: float
    low: float
    high: float


@dataclass(frozen=True)
class Checked:
    """One check, its estimate, and whether it is met."""

    check: Check
    estimate: Estimate
    met: bool


@dataclass(frozen=True)
class Judgement:
    """What became of one pattern: `verdict` is reproduced, partly or not."""

    pattern: Pattern
    replicates: int
    checked: tuple[Checked, ...]

    @property
    def verdict(self) -> str:
        """Reproduced where all checks are met, partly where some are, else not."""
        met = sum(each.met for each in self.checked)
        if met == len(self.checked):
            return REPRODUCED
        return PARTLY if met else FAILED


def judge(pattern: Pattern, readings: Readings) -> Judgement:
    """Judge the readings of one pattern's arms."""
    found = estimates(pattern, readings)
    checked = tuple(
        Checked(check, found[check.statistic], meets(check, found[check.statistic]))
        for check in pattern.checks
    )
    return Judgement(pattern, replicates_of(readings), checked)


def replicates_of(readings: Readings) -> int:
    """Return how many replicates every arm has."""
    return len(next(iter(next(iter(readings.values())).values())))


def estimates(pattern: Pattern, readings: Readings) -> dict[str, Estimate]:
    """Return every statistic with its interval; replicates are drawn alike in all arms."""
    count = replicates_of(readings)
    values = pattern.statistics(means(readings, np.full(count, 1.0 / count)))
    weights = np.random.default_rng(0).multinomial(count, np.full(count, 1.0 / count), DRAWS)
    drawn = [pattern.statistics(means(readings, row / count)) for row in weights]
    found = {}
    for name, value in values.items():
        sample = np.array([draw[name] for draw in drawn])
        sample = sample[np.isfinite(sample)]
        spread = np.percentile(sample, [2.5, 97.5]) if len(sample) else (math.nan, math.nan)
        found[name] = Estimate(float(value), float(spread[0]), float(spread[1]))
    return found


def means(readings: Readings, weights: np.ndarray) -> Mapping[str, Mapping[str, float]]:
    """Return weighted means of readings over replicates."""
    return {
        arm: {name: float(weights @ values) for name, values in table.items()}
        for arm, table in readings.items()
    }


def meets(check: Check, estimate: Estimate) -> bool:
    """Say whether an estimate lies where it should; NaN never does, and nothing is no sign."""
    low = -math.inf if check.low is None else check.low
    high = math.inf if check.high is None else check.high
    if check.surely:
        return low < estimate.low and estimate.high < high
    return low <= estimate.value <= high


def shortfall(check: Check, value: float) -> float:
    """Return how far a value lies outside a check's range, in units of the range's own size.

    0 inside; NaN, which no range holds, counts as 3.

    >>> shortfall(Check("x", "", 1.0, 3.0), 4.0)
    0.5
    """
    if math.isnan(value):
        return 3.0
    low = -math.inf if check.low is None else check.low
    high = math.inf if check.high is None else check.high
    outside = max(low - value, value - high, 0.0)
    ends = [abs(end) for end in (check.low, check.high) if end]
    size = high - low if math.isfinite(high - low) else max([*ends, 0.01])
    return min(outside / size, 3.0)
