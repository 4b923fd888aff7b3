"""Whose societies a search is carried out in: members, each a behaviour and a seed.

Every point meets the same members, so that a difference is due to the rules; what is found meets
fresh ones.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy.stats import qmc

from ...model.declaration import ParameterError, nearest
from ...model.parameters import Behaviour
from ...model.scenario import Scenario
from ...scenarios.ensemble import load_ensemble, own_behaviour
from ..evidence.points import PRIORS
from ..seeds import replicate_seeds

ENSEMBLE, OWN = "ensemble", "own"
SOURCES = (ENSEMBLE, OWN, *(name for name in PRIORS if name != "calibrated"))
FRESH = 1  # marks the streams of members that are kept for the check


@dataclass(frozen=True)
class Member:
    """Behaviour, as changes to a scenario's, and the seed of all chance events.

    Members of one `kind` behave alike: what they show is not as good as independent.
    """

    behaviour: dict[str, Any]
    seed: int
    kind: int


def members(
    source: str, base: Scenario, count: int, fresh: int, seed: int
) -> tuple[list[Member], list[Member]]:
    """Return members to search with and fresh ones to check with, none of them alike.

    What the base itself says of its people stays as it says. Raises ParameterError for an unknown
    source.
    """
    if source not in SOURCES:
        raise ParameterError(f"{source} is no source of behaviour; {nearest(source, SOURCES)}")
    seeds = replicate_seeds(seed, count), replicate_seeds(_derived(seed), fresh)
    drawn = _behaviours(source, base, count, fresh, seed)
    own = own_behaviour(base)
    first, second = (
        [
            Member(each.model_dump() | own, s, kind)
            for (kind, each), s in zip(some, their, strict=True)
        ]
        for some, their in zip(drawn, seeds, strict=True)
    )
    return first, second


Kinds = list[tuple[int, Behaviour]]


def _behaviours(
    source: str, base: Scenario, count: int, fresh: int, seed: int
) -> tuple[Kinds, Kinds]:
    """Return behaviours to search and to check with, each with the number of its kind."""
    if source == ENSEMBLE:
        return _of_ensemble(count, fresh, seed)
    if source == OWN:  # nothing but chance varies, so that every run tells something of its own
        return [(k, base.behaviour) for k in range(count)], [
            (k, base.behaviour) for k in range(fresh)
        ]
    cubes = (
        qmc.LatinHypercube(d=len(Behaviour.model_fields), rng=np.random.default_rng([seed, stream]))
        for stream in range(2)
    )
    draw = PRIORS[source]
    first, second = (
        list(enumerate(draw(cube.random(n)))) for cube, n in zip(cubes, (count, fresh), strict=True)
    )
    return first, second


def _of_ensemble(count: int, fresh: int, seed: int) -> tuple[Kinds, Kinds]:
    """Return members of the ensemble; those that were searched with are not met in the check.

    More than there are come round again, with other chance events. Raises ParameterError when
    fewer than two are left for the check, which then could not tell chance from behaviour.
    """
    every = load_ensemble()
    most = len(every) - 2
    if count > most:
        raise ParameterError(
            f"the ensemble has {len(every)} members and some must be left for the check; "
            f"the nearest valid value of --members is {most}, not {count}"
        )
    order = [int(k) for k in np.random.default_rng(seed).permutation(len(every))]
    left = order[count:]
    again = [left[k % len(left)] for k in range(fresh)]
    return [(k, every[k]) for k in order[:count]], [(k, every[k]) for k in again]


def _derived(seed: int) -> int:
    return int(np.random.SeedSequence(seed, spawn_key=(0, FRESH)).generate_state(1)[0])
