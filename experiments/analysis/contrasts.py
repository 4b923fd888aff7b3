"""Paired contrasts: what changes between runs that share their chance and all factors but one."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from ..intervals import chance_of_split, mean_intervals
from .effects import cell_order
from .material import Material, levels_of

COLUMNS = ["factor", "reference", "level"]
NUMBERS = ["difference", "low", "high", "higher", "lower", "equal", "chance"]


def factor_contrasts(material: Material, outcome: str) -> pd.DataFrame:
    """Return, for a full factorial design, each level against the first level of its factor.

    One row a level. A pair has the same seed and the same levels of all other factors; differences
    are averaged over pairs of a seed, so that seeds are the units. Columns: `factor`, `reference`,
    `level`, `difference`, `low`, `high` (95 %, Student's t over seeds), `higher`, `lower`, `equal`
    (numbers of seeds), `chance` (of so uneven a split of seeds if the levels were alike).
    """
    cells, values = cell_order(material), material.matrix(outcome)
    rows = []
    for axis, factor in enumerate(material.varied):
        levels = levels_of(material.points[factor])
        by_level = np.moveaxis(values[cells], axis, 0)
        by_level = by_level.reshape(len(levels), -1, values.shape[1]).mean(axis=1)
        for place in range(1, len(levels)):
            gaps = by_level[place] - by_level[0]
            rows.append([factor, levels[0], levels[place], *_told(gaps)])
    return _table(rows)


def point_contrasts(material: Material, outcome: str) -> pd.DataFrame:
    """Return, for a list of points, each against the first one, seed by seed; columns as above.

    `factor` is `point`; `reference` and `level` are numbers of points.
    """
    values, points = material.matrix(outcome), material.points.index
    rows: list[list[Any]] = [
        ["point", points[0], points[place], *_told(values[place] - values[0])]
        for place in range(1, len(points))
    ]
    return _table(rows)


def _told(gaps: np.ndarray) -> list[float]:
    """Return the numbers on differences seed by seed; those within rounding count as none."""
    gaps = np.where(np.abs(gaps) < 1e-12, 0.0, gaps)
    mean, low, high = (float(bound[0]) for bound in mean_intervals(gaps[:, None]))
    higher, lower = int((gaps > 0.0).sum()), int((gaps < 0.0).sum())
    equal = len(gaps) - higher - lower
    return [mean, low, high, higher, lower, equal, chance_of_split(higher, lower)]


def _table(rows: list[list[Any]]) -> pd.DataFrame:
    table = pd.DataFrame(rows, columns=[*COLUMNS, *NUMBERS])
    for place, name in ((1, "reference"), (2, "level")):
        table[name] = pd.Series([row[place] for row in rows], dtype=object)  # none stays None
    return table
