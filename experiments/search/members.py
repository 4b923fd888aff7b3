"""Whose societies a search is carried out in: members, each a behaviour and a seed.

Every point meets the same members, so that a difference is due to the rules; what is found meets
fresh ones.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy.stats import qmc

from ...model.parameters import Behaviour, ParameterError, nearest
from ...model.scenario import Scenario
from ...scenarios.ensemble import load_ensemble, own_behaviour
from ..evidence.points import PRIORS
from ..seeds import replicate_seeds

ENSEMBLE, OWN = "ensemble", "own"
SOURCES = (ENSEMBLE, OWN, *(name for name in PRIORS if name != "calibrated"))
FRESH = 1  # marks the streams of members that are kept for the check


@dataclass(frozen=True)
class Member:
    """Behaviour, as changes to a scenario's, and the seed of all chance events."""

    behaviour: dict[str, Any]
    seed: int


def members(
    source: str, base: Scenario, count: int, fresh: int, seed: int
) -> tuple[list[Member], list[Member]]:
    """Return members to search with and fresh ones to check with; more of them only add members.

    What the base itself says of its people stays as it says. Raises ParameterError for an unknown
    source.
    """
    if source not in SOURCES:
        raise ParameterError(f"{source} is no source of behaviour; {nearest(source, SOURCES)}")
    seeds = [replicate_seeds(seed, count), replicate_seeds(_derived(seed), fresh)]
    kinds = _behaviours(source, base, count, fresh, seed)
    own = own_behaviour(base)
    first, second = (
        [Member(each.model_dump() | own, s) for each, s in zip(kind, some, strict=True)]
        for kind, some in zip(kinds, seeds, strict=True)
    )
    return first, second


def _behaviours(
    source: str, base: Scenario, count: int, fresh: int, seed: int
) -> tuple[list[Behaviour], list[Behaviour]]:
    if source == OWN:
        return [base.behaviour] * count, [base.behaviour] * fresh
    if source == ENSEMBLE:
        every = load_ensemble()
        order = np.random.default_rng(seed).permutation(len(every))
        told = [every[order[k % len(every)]] for k in range(count + fresh)]
        return told[:count], told[count:]
    fields = len(Behaviour.model_fields)
    cubes = [
        qmc.LatinHypercube(d=fields, rng=np.random.default_rng([seed, stream])).random(size)
        for stream, size in enumerate((count, fresh))
    ]
    first, second = (list(PRIORS[source](cube)) for cube in cubes)
    return first, second


def _derived(seed: int) -> int:
    return int(np.random.SeedSequence(seed, spawn_key=(0, FRESH)).generate_state(1)[0])
