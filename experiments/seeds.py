"""Seeds of replicates: one number given, the others derived from it."""

from __future__ import annotations

from ..model.declaration import ParameterError

LIMIT = 2**63  # what a table's column of whole numbers can hold


def check_seed(seed: int) -> int:
    """Return the seed if it is one. Raises ParameterError.

    >>> check_seed(3)
    3
    """
    if not 0 <= seed < LIMIT:
        raise ParameterError(f"the seed must be zero or more and below 2^63, not {seed}")
    return seed


def replicate_seeds(seed: int, replicates: int) -> list[int]:
    """Return one seed a replicate: `seed` itself, then different ones derived from it.

    More replicates only add seeds, so that a longer experiment contains a shorter one.

    >>> replicate_seeds(1, 3)[0], replicate_seeds(1, 3) == replicate_seeds(1, 9)[:3]
    (1, True)

    Raises ParameterError for a negative seed or fewer than one replicate.
    """
    import numpy as np  # not before it is needed: the command line checks seeds at its start

    check_seed(seed)
    if replicates < 1:
        raise ParameterError(f"an experiment needs at least one replicate, not {replicates}")
    seeds = {int(seed): None}  # a dictionary keeps the order and drops the rare double
    child = 0
    while len(seeds) < replicates:
        child += 1
        words = np.random.SeedSequence(seed, spawn_key=(child,)).generate_state(1)
        seeds[int(words[0])] = None
    return list(seeds)
