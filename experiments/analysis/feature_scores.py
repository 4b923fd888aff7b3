"""Feature scores: how much a forest of decision trees uses each factor to foretell the outcome."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from .material import SEED, Material, coded
from .resampling import around, redrawn
from .workbench import fit_extra_trees

TREES, REFITS = 250, 20


@dataclass(frozen=True, eq=False)
class Scores:
    """`table`: columns `factor`, `score` (they add up to one), `low`, `high`, the largest first.

    `foretold` is the share of variance between points that the forest foretells for points it has
    not seen (R², out of bag); near zero or below, the scores mean nothing.
    """

    table: pd.DataFrame
    foretold: float


def feature_scores(material: Material, outcome: str) -> Scores:
    """Score factors by extra trees on the mean outcome of points; 95 % by refits on redrawn points.

    Points that belong together (a trajectory, a row of a Saltelli sample) are redrawn together; the
    out-of-bag share is then somewhat too good.
    """
    inputs = pd.DataFrame({f: coded(material.points[f]) for f in material.varied})
    means = material.matrix(outcome).mean(axis=1)
    scores, foretold = fit_extra_trees(inputs, means, TREES, SEED)
    draws = redrawn(material.blocks(), REFITS)
    drawn = [fit_extra_trees(inputs.iloc[r], means[r], TREES // 5, SEED)[0] for r in draws]
    low, high = around(scores, np.array(drawn))
    table = pd.DataFrame({"factor": list(inputs), "score": scores, "low": low, "high": high})
    table = table.sort_values("score", ascending=False, ignore_index=True)
    return Scores(table, foretold)
