"""Where to draw next: what the draws so far say of how far patterns are missed elsewhere.

History matching in waves (vernon2010): a cheap emulator of the misses is fitted to the draws made,
many fresh points of the prior are put to it, and only those that it expects nearest are lived
through. The emulator sees a field only where a pattern's miss surely hangs on it, so that fields
that no pattern touches stay as wide as the prior.
"""

from __future__ import annotations

import numpy as np
from scipy.stats import qmc, spearmanr
from sklearn.ensemble import ExtraTreesRegressor

CANDIDATES = 20  # fresh points looked at for each that is kept
SURE = 0.05  # chance that any field at all is let in by accident
TREES = 200


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
    fields, patterns = points.shape[1], misses.shape[1]
    found = np.zeros((patterns, fields), dtype=bool)
    for pattern in range(patterns):
        if np.ptp(misses[:, pattern]) == 0.0:
            continue  # the same wherever one looks
        for field in range(fields):
            chance = spearmanr(points[:, field], misses[:, pattern]).pvalue
            found[pattern, field] = chance < SURE / (fields * patterns)
    return found
