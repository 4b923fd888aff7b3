"""Seeds of replicates: one number given, the others derived from it."""

from __future__ import annotations

import numpy as np

from ..model.declaration import ParameterError


def replicate_seeds(seed: int, replicates: int) -> list[int]:
    """Return one seed a replicate: `seed` itself, then different ones derived from it.

    More replicates only add seeds, so that a longer experiment contains a shorter one.

    >>> replicate_seeds(1, 3)[0], replicate_seeds(1, 3) == replicate_seeds(1, 9)[:3]
    (1, True)

    Raises ParameterError for a negative seed or fewer than one replicate.
    """
    if not 0 <= seed < 2**63:
        raise ParameterError(f"the seed must be zero or more and below 2^63, not {seed}")
    if replicates < 1:
        raise ParameterError(f"an experiment needs at least one replicate, not {replicates}")
    seeds = {int(seed): None}  # a dictionary keeps the order and drops the rare double
    child = 0
    while len(seeds) < replicates:
        child += 1
        words = np.random.SeedSequence(seed, spawn_key=(child,)).generate_state(1)
        seeds[int(words[0])] = None
    return list(seeds)
