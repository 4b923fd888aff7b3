"""Morris's elementary effects: a cheap ranking of many factors, from steps of one at a time."""

from __future__ import annotations

import numpy as np
import pandas as pd

from .material import SEED, Material
from .resampling import around, redrawn
from .sobol import whole_blocks

RESAMPLES = 500
COLUMNS = ("mu_star", "mu", "sigma")


def elementary_effects(material: Material, outcome: str) -> pd.DataFrame:
    """Return the mean size, mean and spread of each factor's effect, the largest size first.

    An effect is the change of the outcome's mean over replicates when one factor goes through its
    whole range, by the slope of a step. Columns: `factor`, and `mu_star`, `mu`, `sigma` each with
    `_low` and `_high` (95 %, bootstrap over trajectories). Needs a Morris design; trajectories of
    which a point is missing are left out.
    """
    rows = whole_blocks(material)
    means = material.matrix(outcome)[rows].mean(axis=1)
    inputs = material.drawn[rows]
    whole = _statistics(material, inputs, means)
    draws = redrawn(material.blocks()[rows], RESAMPLES)
    drawn = np.array([_statistics(material, inputs[some], means[some]) for some in draws])
    low, high = around(whole, drawn)
    table = pd.DataFrame({"factor": list(material.factors)})
    for k, column in enumerate(COLUMNS):
        table[column] = whole[k]
        table[f"{column}_low"], table[f"{column}_high"] = low[k], high[k]
    return table.sort_values("mu_star", ascending=False, ignore_index=True)


def _statistics(material: Material, inputs: np.ndarray, means: np.ndarray) -> np.ndarray:
    """Return mu*, mu and sigma by SALib (three rows, a column a factor)."""
    from SALib.analyze import morris

    found = morris.analyze(
        dict(material.problem or {}),
        inputs,
        means,
        num_resamples=2,  # its own interval is for mu* only, and not used
        num_levels=material.levels,
        seed=SEED,
    )
    return np.array([np.asarray(found[name], dtype=float) for name in COLUMNS])
