"""The smallest set of rules that keeps control in a wanted share of the space."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ..intervals import share_interval

WANTED = 0.9


@dataclass(frozen=True)
class Holding:
    """How often a set of players holds: of `points`, the share with its 95 % interval."""

    players: tuple[str, ...]
    share: float
    low: float
    high: float
    points: int


@dataclass(frozen=True)
class Coverage:
    """Which sets hold where.

    `smallest` are the sets of least size that hold often enough, best first (none if no set does);
    `by_size` is the best set of each size. `best_unseen` is the share at which the set that is best
    on one half of the points holds on the other half, averaged both ways: the best of many is
    partly luck.
    """

    smallest: tuple[Holding, ...]
    by_size: tuple[Holding, ...]
    best: Holding
    best_unseen: float


def coverage(held: np.ndarray, players: tuple[str, ...], wanted: float = WANTED) -> Coverage:
    """Return the coverage of `held` (points, sets), in which set k holds player i by bit i."""
    holdings = [_holding(column, k, players) for k, column in enumerate(held.T)]
    ranked = sorted(holdings, key=lambda each: (-each.share, len(each.players)))
    enough = [each for each in ranked if each.share >= wanted]
    least = min((len(each.players) for each in enough), default=0)
    sizes = range(len(players) + 1)
    return Coverage(
        smallest=tuple(each for each in enough if len(each.players) == least),
        by_size=tuple(next(h for h in ranked if len(h.players) == size) for size in sizes),
        best=ranked[0],
        best_unseen=_unseen(held),
    )


def _holding(column: np.ndarray, number: int, players: tuple[str, ...]) -> Holding:
    members = tuple(name for i, name in enumerate(players) if number >> i & 1)
    low, high = share_interval(int(column.sum()), len(column))
    return Holding(members, float(column.mean()), low, high, len(column))


def _unseen(held: np.ndarray) -> float:
    """Return how often the best set of one half of the points holds on the other, both ways."""
    halves = held[::2], held[1::2]
    shares = [
        other[:, int(np.argmax(one.mean(axis=0)))].mean()
        for one, other in (halves, halves[::-1])
        if len(one) and len(other)
    ]
    return float(np.mean(shares)) if shares else float("nan")
