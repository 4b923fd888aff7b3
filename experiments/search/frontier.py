"""The frontier: what no other point beats on both counts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from .levers import Point


@dataclass(frozen=True)
class Trial:
    """A point tried: two values, less of both being better, and whether the wish came true often
    enough. `whole` is False for one given up early; `early` is its first value until then.
    """

    point: Point
    values: tuple[float, float]
    enough: bool
    whole: bool = True
    early: float = 0.0


def undominated(values: np.ndarray) -> np.ndarray:
    """Say of each row (points, values) that none is as good in all values and better in one.

    >>> undominated(np.array([[1.0, 2.0], [2.0, 1.0], [2.0, 2.0]])).tolist()
    [True, True, False]
    """
    as_good = (values[:, None, :] <= values[None, :, :]).all(axis=2)
    better = (values[:, None, :] < values[None, :, :]).any(axis=2)
    return ~(as_good & better).any(axis=0)


def frontier(trials: Sequence[Trial]) -> list[Trial]:
    """Return the trials that none beats, each point and each pair of values once, in order."""
    whole = list({t.point: t for t in trials if t.whole}.values())
    if not whole:
        return []
    best = undominated(np.array([t.values for t in whole]))
    once = {t.values: t for t, stays in zip(reversed(whole), best[::-1], strict=True) if stays}
    return sorted(once.values(), key=lambda t: t.values)


def answer(trials: Sequence[Trial]) -> Trial | None:
    """Return the trial with the least first value among those that come true often enough."""
    good = [t for t in trials if t.whole and t.enough]
    return min(good, key=lambda t: t.values, default=None)
