"""Which calibration patterns can be had together, as the draws of a fit tell."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations

import numpy as np
from scipy.stats import binomtest, hypergeom

from .calibration import Particle

SURE = 0.05  # chance that any pair at all is named by accident
SECTION = """## Which patterns can be had together

A draw meets a pattern where the means over its replicates lie in all ranges wanted. In brackets
stands in how much of the prior that may be so (95 %, Clopper and Pearson).

| pattern | met, of {even} draws from the whole prior | met, of all {all} draws |
|---|---|---|
{rows}

{most} {never}

{apart}"""


def met(draws: Sequence[Particle]) -> np.ndarray:
    """Return (draws, patterns) whether a draw misses nothing of a pattern."""
    return np.array([[miss == 0.0 for miss in draw.misses.values()] for draw in draws])


def apart(found: np.ndarray) -> Iterator[tuple[int, int]]:
    """Yield pairs of patterns that are surely met together less often than by chance.

    `found` is (draws, patterns), of draws that were made evenly: draws that were chosen for
    missing little tie patterns together by being chosen.
    """
    pairs = list(combinations(range(found.shape[1]), 2))
    for a, b in pairs:
        one, other = found[:, a], found[:, b]
        both = np.sum(one & other)
        chance = float(hypergeom.cdf(both, len(found), one.sum(), other.sum()))  # Fisher's test
        if chance < SURE / len(pairs):
            yield a, b


def section(draws: Sequence[Particle], even: int) -> str:
    """Say which patterns draws meet together; the first `even` draws are of the whole prior."""
    names, found = list(draws[0].misses), met(draws)
    first = found[:even]
    rows = [
        f"| {name} | {_share(first[:, k])} | {int(found[:, k].sum())} |"
        for k, name in enumerate(names)
    ]
    return SECTION.format(
        even=even,
        all=len(draws),
        rows="\n".join(rows),
        most=_most(names, found),
        never=_never(names, found),
        apart=_apart(names, first),
    )


def _share(found: np.ndarray) -> str:
    count = int(found.sum())
    bounds = binomtest(count, len(found)).proportion_ci()
    return f"{count} ({100 * bounds.low:.1f} to {100 * bounds.high:.1f} %)"


def _most(names: Sequence[str], found: np.ndarray) -> str:
    """Say how many patterns are met at once by whatever draw meets most, and what it misses."""
    counts = found.sum(axis=1)
    best = found[counts == counts.max()]
    counted = zip(names, (~best).sum(axis=0), strict=True)
    missed = [name if len(best) == 1 else f"{name} by {n}" for name, n in counted if n]
    words = f"At most {counts.max()} of {len(names)} are met at once, by {_draws(len(best))}"
    return f"{words}; missed there: {', '.join(missed)}." if missed else f"{words}."


def _never(names: Sequence[str], found: np.ndarray) -> str:
    missed = [name for name, some in zip(names, found.any(axis=0), strict=True) if not some]
    return f"Met by no draw: {', '.join(missed)}." if missed else "Each is met by some draw."


def _apart(names: Sequence[str], found: np.ndarray) -> str:
    test = f"than by chance (Fisher's exact test; chance below {SURE} that any pair is named)"
    pairs = [
        f"{names[a]} and {names[b]} (both in {int((found[:, a] & found[:, b]).sum())} of "
        f"{int(found[:, a].sum())} and {int(found[:, b].sum())})"
        for a, b in apart(found)
    ]
    if not pairs:
        return f"No two are surely met together less often in the whole prior {test}."
    return f"Met together less often in the whole prior {test}: {', '.join(pairs)}."


def _draws(count: int) -> str:
    return "1 draw" if count == 1 else f"{count} draws"
