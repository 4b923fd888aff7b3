"""Phase diagrams: an outcome, or the regime that prevails, over any two factors."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from ...model.declaration import ParameterError, nearest
from ..intervals import mean_intervals
from .material import FEW, SAMPLED, Material, is_ordered, level_key, levels_of, outcome_values

BINS = 6  # of a factor drawn from a range
FEWEST = 3  # runs below which a cell is left empty
REGIME = "regime"


@dataclass(frozen=True)
class Cells:
    """How a factor is cut: its levels, or ranges between `edges`."""

    factor: str
    levels: tuple[Any, ...] = ()
    edges: tuple[float, ...] = ()

    @property
    def size(self) -> int:
        """How many there are; where a range can be none, that is one more."""
        return len(self.levels) + max(0, len(self.edges) - 1)

    def place(self, values: pd.Series) -> np.ndarray:
        """Return in which cell every value lies."""
        keys = [level_key(value) for value in values]
        ranges = max(0, len(self.edges) - 1)
        order = {level_key(level): ranges + k for k, level in enumerate(self.levels)}
        inner = np.array(self.edges[1:-1])
        return np.array(
            [order[k] if k in order else int(np.searchsorted(inner, k, "right")) for k in keys]
        )


def cut(material: Material, factor: str, bins: int = BINS, few: int = FEW) -> Cells:
    """Cut a factor into its levels if they are few, else into ranges of equal width.

    Raises ParameterError when the sweep does not vary the factor.
    """
    if factor not in material.varied:
        raise ParameterError(
            f"{factor} does not vary in this sweep; {nearest(factor, material.varied)}"
        )
    levels = levels_of(material.points[factor])
    if len(levels) <= few or not is_ordered(material.points[factor]):
        return Cells(factor, tuple(levels))
    numbers = [float(level) for level in levels if level is not None]
    return Cells(factor, (None,) if None in levels else (), _edges(numbers[0], numbers[-1], bins))


def _edges(low: float, high: float, bins: int) -> tuple[float, ...]:
    """Return round numbers that cut a range into so many parts at most.

    >>> _edges(0.03, 0.98, 6), _edges(6.2, 95.0, 3)
    ((0.0, 0.2, 0.4, 0.6, 0.8, 1.0), (0.0, 50.0, 100.0))
    """
    power = 10.0 ** np.floor(np.log10((high - low) / bins))
    for step in (power * multiple for multiple in (1.0, 2.0, 2.5, 5.0, 10.0, 20.0)):
        first, last = np.floor(low / step + 1e-9), np.ceil(high / step - 1e-9)
        if last - first <= bins:
            return tuple(float(f"{k * step:.6g}") for k in np.arange(first, last + 1))
    return (low, high)


def phase_table(material: Material, outcome: str, across: Cells, up: Cells) -> pd.DataFrame:
    """Return one row a cell, over all other factors and seeds.

    Columns: `x`, `y` (places of cells), `runs`, `points`; and for an outcome `mean`, `low`, `high`
    (95 %, Student's t: over points of a sampled design, over seeds of another), for `regime` the
    commonest regime and its `share`. Cells with fewer than three runs are left out.
    """
    runs = material.runs
    cells = pd.DataFrame({"x": across.place(runs[across.factor]), "y": up.place(runs[up.factor])})
    cells[["point", "replicate"]] = runs[["point", "replicate"]].to_numpy()
    if outcome == REGIME:
        cells["value"] = runs["regime"].to_numpy()
    else:
        cells["value"] = outcome_values(runs, outcome)
    rows = []
    for (x, y), group in cells.groupby(["x", "y"]):
        if len(group) >= FEWEST:
            row = {"x": x, "y": y, "runs": len(group), "points": group["point"].nunique()}
            units = "point" if material.kind in SAMPLED and row["points"] > 1 else "replicate"
            rows.append(row | (_prevailing(group) if outcome == REGIME else _mean(group, units)))
    return pd.DataFrame(rows)


def _prevailing(group: pd.DataFrame) -> dict[str, Any]:
    counts = group["value"].value_counts()
    return {"regime": str(counts.index[0]), "share": float(counts.iloc[0] / len(group))}


def _mean(group: pd.DataFrame, units: str) -> dict[str, float]:
    values = group.groupby(units)["value"].mean().to_numpy(dtype=float)
    mean, low, high = mean_intervals(values[:, None])
    return {"mean": float(mean[0]), "low": float(low[0]), "high": float(high[0])}
