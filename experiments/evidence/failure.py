"""What tells points at which something fails from those at which it does not."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy.stats import rankdata

from ..analysis.workbench import find_box
from ..intervals import share_interval

SHUFFLES = 1000
IN_BOX = 6  # features a box may be cut by at most
LEAST_MASS = 0.1  # of points that a box holds at least


@dataclass(frozen=True)
class Predictor:
    """A feature, its rank correlation with failing, and whether chance would hardly do as much."""

    name: str
    correlation: float
    beyond_chance: bool


@dataclass(frozen=True)
class Box:
    """A corner of the space: limits by feature (None: open), and failures inside and elsewhere.

    Found on one half of the points, counted on the other: `inside` and `outside` are shares with
    95 % intervals, `mass` the share of points inside.
    """

    limits: dict[str, tuple[float | None, float | None]]
    mass: float
    inside: tuple[float, float, float]
    outside: tuple[float, float, float]


def predictors(
    names: Sequence[str], values: np.ndarray, failed: np.ndarray, seed: int = 0
) -> list[Predictor]:
    """Return every feature of `values` (points, features), the strongest first.

    Beyond chance is what exceeds, in 95 of 100 shufflings of the failures, the strongest of all
    features. Empty where everything fails or nothing.
    """
    if failed.all() or not failed.any():
        return []
    ranks = _standard(np.apply_along_axis(rankdata, 0, values))
    outcome = _standard(failed.astype(float))
    found = outcome @ ranks / len(failed)
    rng = np.random.default_rng(seed)
    shuffled = np.array([rng.permutation(outcome) for _ in range(SHUFFLES)])
    limit = np.percentile(np.abs(shuffled @ ranks / len(failed)).max(axis=1), 95)
    order = np.argsort(-np.abs(found))
    return [Predictor(str(names[k]), float(found[k]), bool(abs(found[k]) > limit)) for k in order]


def _standard(values: np.ndarray) -> np.ndarray:
    spread = values.std(axis=0)
    return (values - values.mean(axis=0)) / np.where(spread > 0.0, spread, 1.0)


def box(names: Sequence[str], values: np.ndarray, failed: np.ndarray) -> Box | None:
    """Return the corner in which failures are densest; None where there is none to find.

    Patient rule induction (Friedman and Fisher 1999), cut only by features that predict beyond
    chance.
    """
    half, other = slice(0, None, 2), slice(1, None, 2)
    found = predictors(names, values[half], failed[half])
    strong = [p.name for p in found if p.beyond_chance][:IN_BOX]
    if not strong or failed[half].sum() < 10:
        return None
    frame = pd.DataFrame(values, columns=pd.Index(names))[strong]
    limits = _peeled(frame.iloc[half], failed[half])
    inside = np.ones(len(frame), dtype=bool)
    for name, (low, high) in limits.items():
        inside &= (frame[name] >= low) if low is not None else True
        inside &= (frame[name] <= high) if high is not None else True
    held, fails = inside[other], failed[other]
    if not held.any() or held.all():
        return None
    return Box(limits, float(held.mean()), _share(fails[held]), _share(fails[~held]))


def _peeled(
    frame: pd.DataFrame, failed: np.ndarray
) -> dict[str, tuple[float | None, float | None]]:
    """Return the limits of the densest box that holds enough points."""
    found = find_box(frame.reset_index(drop=True), failed)
    if found is None:
        return {}
    course = found.peeling_trajectory
    dense = np.where(course["mass"] >= LEAST_MASS, course["density"], -1.0)
    best = found.box_lims[int(dense.argmax())]
    limits = {}
    for name in frame:
        low, high = (float(end) for end in best[name])
        least, most = frame[name].min(), frame[name].max()
        if low > least or high < most:
            limits[str(name)] = (low if low > least else None, high if high < most else None)
    return limits


def _share(fails: np.ndarray) -> tuple[float, float, float]:
    return float(fails.mean()), *share_interval(int(fails.sum()), len(fails))
