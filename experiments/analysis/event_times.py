"""Event times: in how many runs a regime has set in for good by each month (Kaplan and Meier)."""

from __future__ import annotations

import warnings
from dataclasses import dataclass

import numpy as np
import pandas as pd

from ..intervals import share_interval
from .material import CONFIDENCE, Material
from .phase import Cells, cut

GROUPS = 4  # ranges, at most, into which a factor of many levels is cut
SHOWN = 5  # curves that a figure can bear


@dataclass(frozen=True, eq=False)
class Curve:
    """The share of runs in which the event has happened by each month, with its 95 % interval.

    `median` is the month by which it has in half the runs (NaN if not reached).
    """

    months: np.ndarray
    share: np.ndarray
    low: np.ndarray
    high: np.ndarray
    runs: int
    events: int
    median: float


def event_curve(times: np.ndarray, happened: np.ndarray) -> Curve:
    """Estimate a curve from the month of each run's event, or of its end if it had none by then.

    By Kaplan and Meier; intervals by Greenwood's formula on the scale of log(-log).
    """
    from scipy.stats import CensoredData, ecdf

    sample = CensoredData(uncensored=times[happened], right=times[~happened])
    left = ecdf(sample).sf
    with warnings.catch_warnings(), np.errstate(all="ignore"):
        warnings.simplefilter("ignore", RuntimeWarning)
        bounds = left.confidence_interval(CONFIDENCE, method="log-log")
    months = np.concatenate([[0.0], left.quantiles])
    share = np.concatenate([[0.0], 1.0 - left.probabilities])
    # where nothing or everything has happened Greenwood's formula gives no number, Wilson's does
    plain = np.array([share_interval(part * len(times), len(times)) for part in share[1:]])
    low = np.concatenate([[0.0], _filled(1.0 - bounds.high.probabilities, plain[:, 0])])
    high = np.concatenate([[0.0], _filled(1.0 - bounds.low.probabilities, plain[:, 1])])
    reached = months[share >= 0.5]
    median = float(reached[0]) if reached.size else float("nan")
    return Curve(months, share, low, high, len(times), int(happened.sum()), median)


def months_to(material: Material, regime: str) -> tuple[np.ndarray, np.ndarray]:
    """Return of every run the month in which the regime it ended in set in, and whether it did.

    Runs that ended otherwise are counted until their end: they had not come to it by then.
    """
    onset = material.runs["onset"].to_numpy(dtype=float)
    return onset_times(material.runs["regime"].to_numpy(), onset, material.months, regime)


def onset_times(
    regimes: np.ndarray, onset: np.ndarray, months: int, regime: str
) -> tuple[np.ndarray, np.ndarray]:
    """Return `months_to` from the regime each run ended in and the month since which it held."""
    happened = regimes == regime
    return np.where(happened, np.nan_to_num(onset, nan=months), months), happened


def curves_by(material: Material, regime: str, factor: str) -> tuple[Cells, list[Curve | None]]:
    """Return how a factor is cut, and a curve for each part (None where no run lies in it)."""
    times, happened = months_to(material, regime)
    cells = cut(material, factor, GROUPS, SHOWN)
    place = cells.place(material.runs[factor])
    parts = [place == k for k in range(cells.size)]
    return cells, [event_curve(times[p], happened[p]) if p.any() else None for p in parts]


def curve_table(curves: list[Curve | None], names: list[str]) -> pd.DataFrame:
    """Return one row a curve: runs, events, share at the end with its interval, median month."""
    rows = [
        (name, c.runs, c.events, c.share[-1], c.low[-1], c.high[-1], c.median)
        for name, c in zip(names, curves, strict=True)
        if c is not None
    ]
    columns = ["group", "runs", "events", "share", "low", "high", "median_month"]
    return pd.DataFrame(rows, columns=columns)


def _filled(bound: np.ndarray, plain: np.ndarray) -> np.ndarray:
    return np.where(np.isnan(bound), plain, bound)
