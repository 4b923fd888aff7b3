"""Where differences come from: a balanced table's variance, divided among factors and their mixes.

Components are estimated without bias from mean squares (Cornfield and Tukey 1956): what a mean over
a few seeds owes to chance is not booked as an effect of rules.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import chain, combinations

import numpy as np

Term = frozenset[str]


def components(
    table: np.ndarray, factors: Sequence[str], fixed: Sequence[str] = ()
) -> Mapping[Term, float]:
    """Return the variance that each set of factors accounts for, as a mix of exactly these.

    `table` has one axis a factor. Levels of `fixed` factors are all there are; those of the others
    are a sample. Estimates may come out slightly below zero where there is nothing. Raises
    ValueError where a factor has a single level.
    """
    if min(table.shape) < 2:
        raise ValueError("a factor with a single level explains nothing and cannot be divided off")
    axes = {name: axis for axis, name in enumerate(factors)}
    terms = [
        frozenset(t)
        for t in chain.from_iterable(
            combinations(factors, size) for size in range(1, len(factors) + 1)
        )
    ]
    found: dict[Term, float] = {}
    for term in sorted(terms, key=len, reverse=True):
        free = [table.shape[axes[name]] - 1 for name in term]
        left_out = [table.shape[axes[name]] for name in factors if name not in term]
        squares = float(np.square(_effect(table, axes, term)).sum() * np.prod(left_out))
        mean_square = squares / float(np.prod(free))
        for wider, value in found.items():
            if term < wider and not (wider - term) & set(fixed):
                mean_square -= value * _replicates(table, axes, wider)
        found[term] = mean_square / _replicates(table, axes, term)
    return {term: found[term] * _levels(table, axes, term, fixed) for term in terms}


def shares(parts: Mapping[Term, float], chance: str = "chance") -> dict[str, float]:
    """Return shares of the whole: each factor alone, their mixes, and what chance takes part in.

    Components below zero count as nothing. The keys are the factors, `mixes` and `chance`.
    """
    positive = {term: max(0.0, value) for term, value in parts.items()}
    whole = sum(positive.values()) or 1.0
    result: dict[str, float] = {}
    for term, value in positive.items():
        name = chance if chance in term else (next(iter(term)) if len(term) == 1 else "mixes")
        result[name] = result.get(name, 0.0) + value / whole
    return result


def _effect(table: np.ndarray, axes: Mapping[str, int], term: Term) -> np.ndarray:
    """Return what is left of a table's means over the other factors once lesser effects are off."""
    others = tuple(axis for name, axis in axes.items() if name not in term)
    effect = table.mean(axis=others, keepdims=True)
    for name in term:
        effect = effect - effect.mean(axis=axes[name], keepdims=True)
    return effect


def _replicates(table: np.ndarray, axes: Mapping[str, int], term: Term) -> float:
    """Return how many values stand behind each mean of a term."""
    return float(
        np.prod([n for name, n in zip(axes, table.shape, strict=True) if name not in term])
    )


def _levels(table: np.ndarray, axes: Mapping[str, int], term: Term, fixed: Sequence[str]) -> float:
    """Return the correction for levels that are all there are, (n - 1) / n a fixed factor."""
    sizes = [table.shape[axes[name]] for name in term if name in fixed]
    return float(np.prod([(n - 1) / n for n in sizes]))


def shares_with_errors(
    table: np.ndarray, factors: Sequence[str], fixed: Sequence[str], over: str
) -> dict[str, tuple[float, float]]:
    """Return every share with its standard error, by leaving out one level of `over` at a time."""
    whole = shares(components(table, factors, fixed))
    axis = list(factors).index(over)
    count = table.shape[axis]
    without = [
        shares(components(np.delete(table, level, axis), factors, fixed)) for level in range(count)
    ]
    errors = {}
    for name in whole:
        values = np.array([each[name] for each in without])
        errors[name] = float(np.sqrt((count - 1) * values.var()))
    return {name: (share, errors[name]) for name, share in whole.items()}
