"""Sobol' indices: the share of variance each factor carries alone, and with all it joins in."""

from __future__ import annotations

import warnings
from functools import lru_cache
from itertools import combinations

import numpy as np
import pandas as pd

from .material import SEED, Material

RESAMPLES = 1000


def sobol_indices(material: Material, outcome: str) -> pd.DataFrame:
    """Return first-order and total indices of the mean outcome, largest total first.

    Means are over replicates. Columns: `factor`, `first`, `first_low`, `first_high`, `total`,
    `total_low`, `total_high` (95 %, bootstrap over rows of the sample, by SALib). Needs a Saltelli
    design; rows of the sample of which a point is missing are left out.
    """
    found = _analysed(material, outcome)
    table = pd.DataFrame({"factor": list(material.factors)})
    for column, name in (("first", "S1"), ("total", "ST")):
        value, half = np.asarray(found[name]), np.asarray(found[f"{name}_conf"])
        table[column] = value
        table[f"{column}_low"], table[f"{column}_high"] = value - half, value + half
    return table.sort_values("total", ascending=False, ignore_index=True)


def pair_indices(material: Material, outcome: str) -> pd.DataFrame:
    """Return second-order indices, largest first; the design must have been made for them.

    Columns: `source` (two factors), `share`, `low`, `high`.
    """
    found = _analysed(material, outcome)
    rows = []
    for (a, one), (b, other) in combinations(enumerate(material.factors), 2):
        value, half = float(found["S2"][a, b]), float(found["S2_conf"][a, b])
        rows.append((f"{one} × {other}", value, value - half, value + half))
    table = pd.DataFrame(rows, columns=["source", "share", "low", "high"])
    return table.sort_values("share", ascending=False, ignore_index=True)


def whole_blocks(material: Material) -> np.ndarray:
    """Return which whole points stand in a block that is whole too."""
    blocks = material.blocks()
    _, place, counts = np.unique(blocks, return_inverse=True, return_counts=True)
    return counts[place] == material.block


@lru_cache(maxsize=1)  # indices of factors and of pairs are told one after the other
def _analysed(material: Material, outcome: str) -> dict:
    """Return what SALib finds on the means over replicates."""
    from SALib.analyze import sobol

    rows = whole_blocks(material)
    means = material.matrix(outcome)[rows].mean(axis=1)
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", "Constant values encountered")
        return sobol.analyze(
            dict(material.problem or {}),
            means,
            calc_second_order=material.second_order,
            num_resamples=RESAMPLES,
            seed=SEED,
        )
