"""What each player of a game adds given the others: exact Shapley values and relatives.

A game is a matrix of values (points, sets), where set number k holds player i if bit i of k is one.
Everything here is linear in the values, so it comes point by point, as weights on sets.
"""

from __future__ import annotations

from itertools import combinations
from math import comb

import numpy as np

RESAMPLES = 1000


def shapley_weights(players: int) -> np.ndarray:
    """Return weights (players, sets) whose product with a game's values are Shapley values.

    They sum to what all players gain together (Shapley 1953).

    >>> values = np.array([0.0, 1.0, 2.0, 3.0])  # the second player is worth two, the first one
    >>> (shapley_weights(2) @ values).tolist()
    [1.0, 2.0]
    """
    sizes, has = _sets(players)
    weights = np.empty((players, 1 << players))
    for i in range(players):
        others = sizes - has[i]
        share = np.array([1.0 / (players * comb(players - 1, k)) for k in range(players)])
        weights[i] = np.where(has[i], 1.0, -1.0) * share[others]
    return weights


def interaction_weights(players: int) -> tuple[list[tuple[int, int]], np.ndarray]:
    """Return pairs and weights (pairs, sets) of Shapley interactions (Grabisch and Roubens 1999).

    Positive where two players are worth more together than apart, over all sets of the others.

    >>> pairs, weights = interaction_weights(2)
    >>> (weights @ np.array([0.0, 0.0, 0.0, 1.0])).tolist()
    [1.0]
    """
    sizes, has = _sets(players)
    pairs = list(combinations(range(players), 2))
    weights = np.empty((len(pairs), 1 << players))
    for row, (i, j) in enumerate(pairs):
        others = sizes - has[i] - has[j]
        share = np.array([1.0 / ((players - 1) * comb(players - 2, k)) for k in range(players - 1)])
        weights[row] = np.where(has[i] == has[j], 1.0, -1.0) * share[others]
    return pairs, weights


def alone_weights(players: int) -> np.ndarray:
    """Return weights (players, sets) of what each adds first, to the empty set."""
    weights = np.zeros((players, 1 << players))
    weights[:, 0] = -1.0
    weights[np.arange(players), 1 << np.arange(players)] = 1.0
    return weights


def last_weights(players: int) -> np.ndarray:
    """Return weights (players, sets) of what each adds last, to all the others."""
    everybody = (1 << players) - 1
    weights = np.zeros((players, 1 << players))
    weights[:, everybody] = 1.0
    weights[np.arange(players), everybody ^ (1 << np.arange(players))] = -1.0
    return weights


def _sets(players: int) -> tuple[np.ndarray, np.ndarray]:
    """Return the size of every set, and whether (players, sets) it holds each player."""
    numbers = np.arange(1 << players)
    has = (numbers >> np.arange(players)[:, None]) & 1
    return has.sum(axis=0), has


def intervals(values: np.ndarray, seed: int = 0) -> np.ndarray:
    """Return mean, low and high (3, columns) of values (points, columns), resampling points.

    95 %, percentile bootstrap; the same points are drawn for every column.
    """
    count = len(values)
    drawn = np.random.default_rng(seed).multinomial(count, np.full(count, 1 / count), RESAMPLES)
    means = drawn @ values / count
    low, high = np.percentile(means, [2.5, 97.5], axis=0)
    return np.array([values.mean(axis=0), low, high])
