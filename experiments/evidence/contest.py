"""Two systems at the same points with the same chance events: who does better, and how often."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import permutations

import numpy as np

from ...model.verdict import Thresholds
from ..intervals import share_interval

Table = Mapping[str, np.ndarray]  # reading -> (points,)

MARGINS = {"controlled": 0.0, "accountable": 0.0, "needs_met": 0.01, "capture": 0.005}
LESS_IS_BETTER = ("capture",)
CLAIMED = ("controlled", "needs_met")  # what the essay claims its package is better at
JUDGED = (*CLAIMED, "capture")
BY_DEEDS = ("accountable", "needs_met", "capture")  # the same without counting who decides


@dataclass(frozen=True)
class Share:
    """A share of points with its 95 % interval (Wilson)."""

    value: float
    low: float
    high: float

    @staticmethod
    def of(holds: np.ndarray) -> Share:
        """Return the share of points at which something holds."""
        return Share(float(holds.mean()), *share_interval(int(holds.sum()), len(holds)))


@dataclass(frozen=True)
class Score:
    """How two systems compare on one measure: shares of points, and quantiles of the difference.

    `better`, `equal` and `worse` are the first system's; differences smaller than the measure's
    margin are equal. `quantiles` (10, 50, 90 %) are of first minus second.
    """

    better: Share
    equal: Share
    worse: Share
    quantiles: tuple[float, float, float]


@dataclass(frozen=True)
class Contest:
    """How the first of two systems fares against the second.

    `ahead`: under control where the second is not, and needs better met, which is what the essay
    claims; `behind` the reverse. `wins`: nowhere worse and somewhere better on control, needs met
    and capture; `loses` the reverse; the rest is `mixed` or a draw. `wins_by_deeds` and
    `loses_by_deeds` are the same with control judged without counting who decides.
    """

    scores: Mapping[str, Score]
    ahead: Share
    behind: Share
    wins: Share
    loses: Share
    mixed: Share
    draw: Share
    wins_by_deeds: Share
    loses_by_deeds: Share


def contest(first: Table, second: Table) -> Contest:
    """Compare two systems point by point."""
    signs = {name: _signs(first, second, name) for name in MARGINS}
    wins, loses = _outright(signs, JUDGED)
    claimed = np.array([signs[name] for name in CLAIMED])
    deeds, misdeeds = _outright(signs, BY_DEEDS)
    same = np.all([signs[name] == 0 for name in JUDGED], axis=0)
    return Contest(
        scores={name: _score(first, second, name, signs[name]) for name in MARGINS},
        ahead=Share.of((claimed > 0).all(axis=0)),
        behind=Share.of((claimed < 0).all(axis=0)),
        wins=Share.of(wins),
        loses=Share.of(loses),
        mixed=Share.of(~(wins | loses | same)),
        draw=Share.of(same),
        wins_by_deeds=Share.of(deeds),
        loses_by_deeds=Share.of(misdeeds),
    )


def luck(table: Table) -> Contest:
    """Compare every run with its like under another seed: what a contest shows if rules are equal.

    Readings are (..., seeds); every pair of seeds meets twice, so that better and worse are even.
    """
    pairs = list(permutations(range(next(iter(table.values())).shape[-1]), 2))

    def side(k: int) -> dict[str, np.ndarray]:
        chosen = [pair[k] for pair in pairs]
        return {name: table[name][..., chosen].ravel() for name in MARGINS}

    return contest(side(0), side(1))


def _signs(first: Table, second: Table, name: str) -> np.ndarray:
    """Return 1 where the first is better, -1 where the second is, 0 where they are equal."""
    gap = first[name] - second[name]
    sign = np.where(np.abs(gap) > MARGINS[name], np.sign(gap), 0.0)
    return (-sign if name in LESS_IS_BETTER else sign).astype(int)


def _outright(
    signs: Mapping[str, np.ndarray], names: tuple[str, ...]
) -> tuple[np.ndarray, np.ndarray]:
    """Return where the first is nowhere worse and somewhere better, and the reverse."""
    table = np.array([signs[name] for name in names])
    some, none = (table > 0).any(axis=0), (table < 0).any(axis=0)
    return some & ~none, none & ~some


def _score(first: Table, second: Table, name: str, sign: np.ndarray) -> Score:
    low, middle, high = np.percentile(first[name] - second[name], [10, 50, 90])
    quantiles = (float(low), float(middle), float(high))
    return Score(Share.of(sign > 0), Share.of(sign == 0), Share.of(sign < 0), quantiles)


def serves(table: Table) -> np.ndarray:
    """Say where people are served: needs met, little taken, no privilege, by last year's means."""
    limits = Thresholds()
    return (
        (table["needs_met"] >= limits.needs_met)
        & (table["capture"] <= limits.capture)
        & (table["privilege"] <= limits.privilege)
    )
