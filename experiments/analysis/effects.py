"""Main effects and interactions of a full factorial design, beside chance.

The variance of runs is split without rest: what each factor does alone, what each pair does beyond
the two alone, what larger groups do, luck common to all points, luck that depends on the point.
"""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pandas as pd

from ..intervals import mean_intervals
from .chance import split_variance
from .material import Material, level_key, levels_of
from .resampling import jackknife

HIGHER, COMMON, MIXED = "higher", "luck", "luck_by_point"


def variance_shares(material: Material, outcome: str) -> pd.DataFrame:
    """Return the share of variance of every source, the largest effect first, chance last.

    Columns: `source` (factors joined by ` × `, `higher`, `luck`, `luck_by_point`), `share`, `low`,
    `high` (95 %, jackknife over seeds; NaN with fewer than three). Estimated shares are freed from
    chance, so one that is nothing scatters around zero, below it too. With one replicate chance
    cannot be told and the shares are those of the points' outcomes.
    """
    cells = cell_order(material)
    values = material.matrix(outcome)[cells.ravel()]
    shape = cells.shape
    names = [*_groups(material.varied), HIGHER, COMMON, MIXED]
    share = _shares(values, shape)
    low, high = jackknife(values, lambda some: _shares(some, shape))
    table = pd.DataFrame({"source": names, "share": share, "low": low, "high": high})
    effects = table.iloc[:-3].sort_values("share", ascending=False)
    rest = table.iloc[-3:]
    if len(material.varied) < 3:
        rest = rest[rest["source"] != HIGHER]
    if values.shape[1] < 2:
        rest = rest[rest["source"] == HIGHER]
    return pd.concat([effects, rest], ignore_index=True)


def level_means(material: Material, outcome: str) -> pd.DataFrame:
    """Return the mean outcome by level of each factor, over all levels of the others.

    Columns: `factor`, `level`, `mean`, `low`, `high` (95 %, Student's t over seeds), `runs`.
    """
    values = material.matrix(outcome)
    rows = []
    for factor in material.varied:
        kinds = material.points[factor].map(level_key).to_numpy()
        for level in levels_of(material.points[factor]):
            by_seed = values[kinds == level_key(level)].mean(axis=0)
            mean, low, high = (float(x[0]) for x in mean_intervals(by_seed[:, None]))
            runs = int((kinds == level_key(level)).sum()) * values.shape[1]
            rows.append((factor, level, mean, low, high, runs))
    table = pd.DataFrame(rows, columns=["factor", "level", "mean", "low", "high", "runs"])
    table["level"] = pd.Series([row[1] for row in rows], dtype=object)  # none stays None
    return table


def cell_order(material: Material) -> np.ndarray:
    """Return the whole points of a full factorial design as an array with an axis a factor."""
    places = []
    for factor in material.varied:
        order = {level_key(level): k for k, level in enumerate(levels_of(material.points[factor]))}
        places.append(material.points[factor].map(lambda v, o=order: o[level_key(v)]).to_numpy(int))
    shape = tuple(int(place.max()) + 1 for place in places)
    cells = np.full(shape, -1)
    cells[tuple(places)] = np.arange(len(material.points))
    return cells


def _groups(factors: tuple[str, ...]) -> list[str]:
    return [*factors, *(f"{a} × {b}" for a, b in combinations(factors, 2))]


def _shares(values: np.ndarray, shape: tuple[int, ...]) -> np.ndarray:
    """Return the share of every factor, every pair, all larger groups, and both kinds of luck."""
    cells, replicates = values.shape
    variance = split_variance(values)
    noise = 0.0 if np.isnan(variance.mixed) else variance.mixed / (cells * replicates)
    means = values.mean(axis=1).reshape(shape)
    alone, pairs = _effects(means)
    freedom = np.array(shape, dtype=float) - 1.0
    pair_freedom = np.array([a * b for a, b in combinations(freedom, 2)])
    parts = np.concatenate([alone - noise * freedom, pairs - noise * pair_freedom])
    all_points = float(means.var()) - noise * (cells - 1)
    luck = [variance.seeds, variance.mixed]
    parts = np.concatenate([parts, [all_points - parts.sum()], np.nan_to_num(luck)])
    total = parts.sum()
    return parts / total if total > 0.0 else np.full_like(parts, np.nan)


def _effects(means: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return the variance of every factor's own effect and of every pair's beyond the two."""
    axes = range(means.ndim)
    centred = means - means.mean()
    own = [centred.mean(axis=tuple(a for a in axes if a != k)) for k in axes]
    pairs = []
    for a, b in combinations(axes, 2):
        both = centred.mean(axis=tuple(k for k in axes if k not in (a, b)))
        pairs.append((both - own[a][:, None] - own[b][None, :]).var())
    return np.array([effect.var() for effect in own]), np.array(pairs)
