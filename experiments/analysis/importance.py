"""Which factors to show first: the share of variance between points that each tells by itself."""

from __future__ import annotations

import numpy as np

from .material import Material
from .phase import cut


def strongest(material: Material, values: np.ndarray) -> list[str]:
    """Return the factors by how much the means of their levels (or ranges) differ, most first.

    `values` are the outcomes of runs (points, replicates). It serves to choose what to draw; it is
    no measure of sensitivity.
    """
    means = values.mean(axis=1)
    told = {}
    for factor in material.varied:
        place = cut(material, factor).place(material.points[factor])
        counts = np.bincount(place)
        groups = np.bincount(place, means)[counts > 0] / counts[counts > 0]
        spread = (counts[counts > 0] * (groups - means.mean()) ** 2).sum()
        told[factor] = float(spread) / len(means)
    return sorted(told, key=lambda factor: -told[factor])
