"""Intervals for what replicates show: shares of runs, means over runs, splits of pairs."""

from __future__ import annotations

import numpy as np

QUANTILE = 1.959963984540054  # of the standard normal distribution, for 95 %


def share_interval(count: float, total: float) -> tuple[float, float]:
    """Return Wilson's 95 % interval for a share of `count` in `total` runs, within 0..1.

    >>> [round(bound, 3) for bound in share_interval(17, 20)]
    [0.64, 0.948]
    """
    share = count / total
    shrink = 1.0 + QUANTILE**2 / total
    centre = (share + QUANTILE**2 / (2 * total)) / shrink
    spread = np.sqrt(share * (1.0 - share) / total + (QUANTILE / (2 * total)) ** 2)
    half = QUANTILE * float(spread) / shrink
    low = 0.0 if count == 0 else max(0.0, centre - half)
    return low, 1.0 if count == total else min(1.0, centre + half)


def mean_intervals(values: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return mean, low and high of every column of `values` (runs, columns), 95 % by Student's t.

    With a single run there is no telling: low and high are NaN.

    >>> [round(float(x[0]), 3) for x in mean_intervals(np.array([[1.0], [2.0], [3.0]]))]
    [2.0, -0.484, 4.484]
    """
    from scipy.special import stdtrit

    runs = len(values)
    mean = values.mean(axis=0)
    if runs < 2:
        return mean, np.full_like(mean, np.nan), np.full_like(mean, np.nan)
    half = stdtrit(runs - 1, 0.975) * values.std(axis=0, ddof=1) / np.sqrt(runs)
    return mean, mean - half, mean + half


def chance_of_split(first: int, second: int) -> float:
    """Return the chance that pairs split at least so unevenly if neither side were better.

    The exact two-sided sign test over the pairs that differ; 1.0 where none does.

    >>> round(chance_of_split(15, 1), 5), chance_of_split(0, 0)
    (0.00052, 1.0)
    """
    from scipy.special import bdtr

    pairs = first + second
    return min(1.0, 2.0 * float(bdtr(min(first, second), pairs, 0.5))) if pairs else 1.0
