"""Intervals from drawing again: over seeds by leaving one out, over points by drawing blocks."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from .material import CONFIDENCE, SEED


def jackknife(
    values: np.ndarray, measure: Callable[[np.ndarray], np.ndarray]
) -> tuple[np.ndarray, np.ndarray]:
    """Return 95 % intervals of numbers measured on (points, replicates), over replicates.

    Tukey's jackknife: every seed left out once, Student's t. Fewer than three seeds cannot tell.
    """
    from scipy.special import stdtrit

    count = values.shape[1]
    whole = measure(values)
    if count < 3:
        return np.full_like(whole, np.nan), np.full_like(whole, np.nan)
    without = np.array([measure(np.delete(values, k, axis=1)) for k in range(count)])
    pseudo = count * whole - (count - 1) * without
    half = stdtrit(count - 1, 0.5 + CONFIDENCE / 2) * pseudo.std(axis=0, ddof=1) / np.sqrt(count)
    return whole - half, whole + half


def redrawn(blocks: np.ndarray, times: int) -> list[np.ndarray]:
    """Return so many draws of rows, whole blocks with replacement, the same at every call."""
    generator = np.random.default_rng(SEED)
    names, place = np.unique(blocks, return_inverse=True)
    rows = [np.flatnonzero(place == k) for k in range(len(names))]
    size = len(names)
    return [
        np.concatenate([rows[k] for k in generator.integers(size, size=size)]) for _ in range(times)
    ]


def around(estimate: np.ndarray, drawn: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return 95 % intervals of estimates, by the standard deviation of what was drawn (draws, n).

    The same normal interval as SALib's; unlike percentiles it always holds the estimate.
    """
    from scipy.special import ndtri

    half = ndtri(0.5 + CONFIDENCE / 2) * np.nanstd(drawn, axis=0, ddof=1)
    return estimate - half, estimate + half
