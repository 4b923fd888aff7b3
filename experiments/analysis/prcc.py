"""Partial rank correlation: whether the outcome rises or falls with a factor, others held still."""

from __future__ import annotations

import numpy as np
import pandas as pd
from scipy.stats import rankdata

from .material import Material, coded, is_ordered
from .resampling import around, redrawn

RESAMPLES = 500


def partial_rank_correlations(material: Material, outcome: str) -> pd.DataFrame:
    """Return each ordered factor's partial rank correlation with the mean outcome of points.

    Columns: `factor`, `prcc`, `low`, `high` (95 %, bootstrap over points, those of a trajectory or
    row of a Saltelli sample together); the strongest first. Factors with three names or more have
    no order and are left out.
    """
    factors = [f for f in material.varied if is_ordered(material.points[f])]
    columns = [rankdata(coded(material.points[f])) for f in factors]
    ranks = np.column_stack([*columns, rankdata(material.matrix(outcome).mean(axis=1))])
    drawn = np.array([_partial(ranks[rows]) for rows in redrawn(material.blocks(), RESAMPLES)])
    found = _partial(ranks)
    low, high = (np.clip(bound, -1.0, 1.0) for bound in around(found, drawn))
    table = pd.DataFrame({"factor": factors, "prcc": found, "low": low, "high": high})
    return table.sort_values("prcc", key=lambda x: -x.abs(), ignore_index=True)


def _partial(ranks: np.ndarray) -> np.ndarray:
    """Return the partial correlation of every column with the last, all others held still."""
    spread = ranks.std(axis=0)
    if (spread == 0.0).any():
        return np.full(ranks.shape[1] - 1, np.nan)
    inverse = np.linalg.pinv(np.corrcoef(ranks, rowvar=False))
    scale = np.sqrt(np.abs(np.diag(inverse)))
    return -inverse[:-1, -1] / (scale[:-1] * scale[-1])
