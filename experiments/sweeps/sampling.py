"""The points of a design as numbers between 0 and 1, one row a point, one column a factor."""

from __future__ import annotations

from functools import lru_cache

import numpy as np

from ...model.declaration import ParameterError

SAMPLED = ("lhs", "sobol", "saltelli", "morris")
POWERS = ("sobol", "saltelli")  # the kinds that need a power of two
MOST = 100_000_000  # numbers drawn for a design, all at once: 0.8 GB


def size(kind: str, samples: int, factors: int, second_order: bool = True) -> int:
    """Return how many points a sampled design has.

    >>> size("lhs", 100, 3), size("saltelli", 128, 3), size("morris", 10, 3)
    (100, 1024, 40)

    Raises ParameterError when `samples` does not suit the design.
    """
    if kind in POWERS and samples & (samples - 1):
        power = 2 ** round(np.log2(samples))
        raise ParameterError(
            f"a {kind} design needs a power of two as samples, not {samples}; "
            f"the nearest is {power}"
        )
    rows = {"saltelli": 2 * factors + 2 if second_order else factors + 2, "morris": factors + 1}
    each = rows.get(kind, 1)
    if samples * each * factors > MOST:
        most = max(1, MOST // (each * factors))
        most = 2 ** (most.bit_length() - 1) if kind in POWERS else most
        raise ParameterError(
            f"{samples:,} samples of {factors} factors do not fit into memory; the most is {most:,}"
        )
    return samples * each


@lru_cache(maxsize=1)
def draw(
    kind: str, samples: int, factors: int, seed: int, second_order: bool = True, levels: int = 4
) -> np.ndarray:
    """Return the points (points, factors) of a sampled design, the same for the same seed.

    The last array asked for is kept; nobody may write to it.
    """
    generator = np.random.default_rng(np.random.SeedSequence(seed, spawn_key=(0,)))
    if kind in ("lhs", "sobol"):
        from scipy.stats import qmc

        engine = qmc.LatinHypercube if kind == "lhs" else qmc.Sobol
        return engine(factors, rng=generator).random(samples)
    problem = {
        "names": [f"x{i}" for i in range(factors)],
        "bounds": [[0.0, 1.0]] * factors,
        "num_vars": factors,
    }
    if kind == "saltelli":
        from SALib.sample import sobol

        return sobol.sample(problem, samples, calc_second_order=second_order, seed=generator)
    from SALib.sample import morris

    return morris.sample(problem, samples, num_levels=levels, seed=generator)
