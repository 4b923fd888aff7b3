"""Are there enough replicates? How sure the mean of a point is, and how many make it surer."""

from __future__ import annotations

import numpy as np
import pandas as pd
from scipy.special import ndtri, stdtrit

from ..intervals import share_interval
from .material import CONFIDENCE, Material, is_share_of_runs

MOST = 100_000  # replicates, beyond which nobody will go
FRACTIONS = (0.1, 0.05, 0.02, 0.01)  # half widths wanted, relative to the mean
SHARES = (0.2, 0.1, 0.05, 0.02)  # half widths wanted, of shares of runs


def mean_half_width(deviation: float, replicates: int) -> float:
    """Return half the 95 % interval of a mean over so many replicates, by Student's t.

    >>> round(mean_half_width(1.0, 20), 3)
    0.468
    """
    if replicates < 2:
        return float("inf") if deviation > 0.0 else 0.0
    quantile = float(stdtrit(replicates - 1, 0.5 + CONFIDENCE / 2))
    return quantile * deviation / float(np.sqrt(replicates))


def share_half_width(share: float, replicates: int) -> float:
    """Return half of Wilson's 95 % interval of a share of so many replicates.

    >>> round(share_half_width(0.5, 20), 3)
    0.201
    """
    low, high = share_interval(share * replicates, replicates)
    return (high - low) / 2


def replicates_for_mean(deviation: float, half_width: float) -> int:
    """Return how many replicates bring half the interval of a mean down to a width.

    >>> replicates_for_mean(1.0, 0.5), replicates_for_mean(0.0, 0.1)
    (18, 2)
    """
    if half_width <= 0.0:
        return 2 if deviation == 0.0 else MOST
    least = (ndtri(0.5 + CONFIDENCE / 2) * deviation / half_width) ** 2
    count = int(max(2, min(least, MOST)))
    while count < MOST and mean_half_width(deviation, count) > half_width:
        count += 1
    return count


def replicates_for_share(share: float, half_width: float) -> int:
    """Return how many replicates bring half the interval of a share down to a width.

    >>> replicates_for_share(0.5, 0.1)
    93
    """
    low, high = 1, MOST
    while low < high:
        middle = (low + high) // 2
        low, high = (
            (low, middle) if share_half_width(share, middle) <= half_width else (middle + 1, high)
        )
    return low


def sufficiency(material: Material, outcome: str) -> pd.DataFrame:
    """Return, for several half widths, how many replicates a point needs.

    Columns: `half_width` (in units of the outcome), `typical` (replicates at a point of pooled
    standard deviation, or of the share that is the root mean variance's), `worst` (at nine of ten
    points no more are needed). Needs two replicates.
    """
    typical, worst = spreads(material, outcome)
    if is_share_of_runs(outcome):
        rows = [(w, *(replicates_for_share(s, w) for s in (typical, worst))) for w in SHARES]
    else:
        mean = abs(float(material.matrix(outcome).mean()))
        widths = [float(f"{fraction * mean:.2g}") for fraction in FRACTIONS]
        rows = [(w, *(replicates_for_mean(s, w) for s in (typical, worst))) for w in widths]
    return pd.DataFrame(rows, columns=["half_width", "typical", "worst"])


def spreads(material: Material, outcome: str) -> tuple[float, float]:
    """Return the pooled standard deviation within points, and that of nine points in ten at most.

    For shares of runs, the shares (up to one half) with these standard deviations instead.
    """
    variances = material.matrix(outcome).var(axis=1, ddof=1)
    both = float(variances.mean()), float(np.quantile(variances, 0.9))
    if is_share_of_runs(outcome):
        return _share_of(both[0]), _share_of(both[1])
    return float(np.sqrt(both[0])), float(np.sqrt(both[1]))


def widths_now(material: Material, outcome: str) -> tuple[float, float]:
    """Return the half widths with the replicates there are, at a typical point and at the worst."""
    width = share_half_width if is_share_of_runs(outcome) else mean_half_width
    typical, worst = spreads(material, outcome)
    return width(typical, material.replicates), width(worst, material.replicates)


def _share_of(variance: float) -> float:
    """Return the share up to one half whose single runs have a variance.

    >>> _share_of(0.25), round(_share_of(0.09), 3)
    (0.5, 0.1)
    """
    return 0.5 - float(np.sqrt(max(0.0, 0.25 - variance)))
