"""Where to draw next: what the draws so far say of how far patterns are missed elsewhere.

History matching in waves (vernon2010): a cheap emulator of the misses is fitted to the draws made,
many fresh points of the prior are put to it, and only those that it expects nearest are lived
through. The emulator sees a field only where a pattern's miss surely hangs on it, so that fields
that no pattern touches stay as wide as the prior.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from scipy.stats import kruskal, qmc, spearmanr
from sklearn.ensemble import ExtraTreesRegressor

CANDIDATES = 20  # fresh points looked at for each that is kept
SURE = 0.05  # chance that any field at all is let in by accident
TREES = 200
PARTS = 5  # equal parts of a field's draws compared in looking for bends


def promising(points: np.ndarray, misses: np.ndarray, count: int, seed: int) -> np.ndarray:
    """Return `count` fresh points of the unit cube where the least is expected to be missed.

    `points` (draws, fields) are quantiles, `misses` (draws, patterns) what was found there. Where
    no field surely matters to any pattern, the points are any points.

    >>> spread = np.linspace(0.0, 1.0, 50)[:, None]
    >>> float(promising(spread, spread, 5, seed=1).max()) < 0.2
    True
    """
    draws, fields = points.shape
    cube = qmc.LatinHypercube(d=fields, rng=np.random.default_rng([seed, draws]))
    fresh = cube.random(CANDIDATES * count)
    expected = np.zeros(len(fresh))
    for pattern, mattering in enumerate(influences(points, misses)):
        if mattering.any():
            trees = ExtraTreesRegressor(TREES, min_samples_leaf=5, random_state=seed)
            trees.fit(points[:, mattering], misses[:, pattern])
            expected += trees.predict(fresh[:, mattering])
    order = np.argsort(expected, kind="stable")[:count]
    return fresh[np.sort(order)]


def influences(points: np.ndarray, misses: np.ndarray) -> np.ndarray:
    """Say for each pattern and field whether the pattern's miss surely rises or falls with it.

    By rank correlation; the chance that any field at all is named by accident is `SURE`.
    """
    return _sure(_chances(points, misses, _by_rank))


def bends(points: np.ndarray, misses: np.ndarray) -> np.ndarray:
    """Say for each pattern and field whether the pattern's miss surely differs along its range.

    It may be least in the middle, where what is wanted is neither little nor much. By the test of
    Kruskal and Wallis between parts; `SURE` as in `influences`.
    """
    return _sure(_chances(points, misses, _between_parts))


def strongest(points: np.ndarray, misses: np.ndarray, count: int) -> np.ndarray:
    """Say for each pattern and field whether it is among the `count` that matter most to it.

    Where draws are mostly chance no field may surely matter, and some do all the same.
    """
    chances = np.minimum(*(_chances(points, misses, way) for way in (_by_rank, _between_parts)))
    rank = np.argsort(np.argsort(chances, kind="stable"), kind="stable")
    return (rank < count) & (chances < 1.0)


def _by_rank(field: np.ndarray, missed: np.ndarray) -> float:
    _, chance = spearmanr(field, missed)
    return float(chance)


def _between_parts(field: np.ndarray, missed: np.ndarray) -> float:
    parts = np.array_split(missed[np.argsort(field, kind="stable")], PARTS)
    return float(kruskal(*parts).pvalue)


def _chances(
    points: np.ndarray, misses: np.ndarray, chance: Callable[[np.ndarray, np.ndarray], float]
) -> np.ndarray:
    """Return (patterns, fields) chances that accident does as much, 1 where nothing differs."""
    found = np.ones((misses.shape[1], points.shape[1]))
    for pattern, missed in enumerate(misses.T):
        if np.ptp(missed) > 0.0:
            found[pattern] = [chance(field, missed) for field in points.T]
    return found


def _sure(chances: np.ndarray) -> np.ndarray:
    """Say where chance alone would hardly do as much, however many places are looked at."""
    return chances < SURE / chances.size
