"""Where the claim is put to the test: points of the space of what nobody knows.

A point is what people are like, what hits them from outside and which chance events come. All
systems of rules meet at the same points. A prior says which behaviour is how likely; its argument
is a matrix of quantiles (points, fields of Behaviour), spread evenly by a Latin hypercube.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from scipy.stats import qmc

from ...model.parameters import Behaviour, Shocks
from ...scenarios.ensemble import load_ensemble
from ..seeds import replicate_seeds
from .calibration import prior

Prior = Callable[[np.ndarray], Sequence[Behaviour]]

NO_IDEALS = {"vocation": 0.0, "legitimacy_premium": 0.0}
WAR_SHARE = 0.5  # of points at which there is a war
WAR = {"severity": (0.2, 0.6), "start_month": (12, 96), "months": (12, 48)}  # over before the end


@dataclass(frozen=True)
class Point:
    """What people are like, what comes from outside, and the seed of all chance events."""

    behaviour: Behaviour
    shocks: Shocks
    seed: int


def uniform(quantiles: np.ndarray) -> list[Behaviour]:
    """Return behaviours of which any within the plausible ranges is as likely as any other."""
    facts = Behaviour.describe()
    low, high = np.array([entry["sweep"] for entry in facts.values()], dtype=float).T
    rows = (low + quantiles * (high - low)).tolist()
    return [Behaviour(**dict(zip(facts, row, strict=True))) for row in rows]


def concentrated(quantiles: np.ndarray) -> list[Behaviour]:
    """Return behaviours most likely near the defaults (triangular over the same ranges)."""
    given = prior()
    return [given.behaviour(row) for row in quantiles]


def without_ideals(quantiles: np.ndarray) -> list[Behaviour]:
    """Return behaviours as of `uniform` in which nobody serves or works for an ideal."""
    return [behaviour.replace(**NO_IDEALS) for behaviour in uniform(quantiles)]


def calibrated(quantiles: np.ndarray) -> list[Behaviour]:
    """Return members of the calibrated ensemble, as evenly as the number of points allows.

    Raises FileNotFoundError where none comes with the package.
    """
    members = load_ensemble()
    places = np.minimum((quantiles[:, 0] * len(members)).astype(int), len(members) - 1)
    return [members[place] for place in places]


PRIORS: Mapping[str, Prior] = {
    "uniform": uniform,
    "concentrated": concentrated,
    "without_ideals": without_ideals,
    "calibrated": calibrated,
}


def draw_points(draw: Prior, count: int, seed: int) -> tuple[Point, ...]:
    """Return `count` points under a prior, half of them with a war of their own, each with a seed.

    Equal counts and seeds give equal shocks and chance events under every prior. Raises
    ParameterError for a negative seed.
    """
    seeds = replicate_seeds(seed, count)
    fields = len(Behaviour.model_fields)
    outside = len(WAR) + 1
    cube = qmc.LatinHypercube(d=fields + outside, rng=np.random.default_rng(seed))
    quantiles = cube.random(count)
    shocks = [_shock(row) for row in quantiles[:, fields:]]
    return tuple(map(Point, draw(quantiles[:, :fields]), shocks, seeds))


def _shock(quantiles: np.ndarray) -> Shocks:
    """Return no shock or a war, by four quantiles."""
    if quantiles[0] >= WAR_SHARE:
        return Shocks()
    drawn = (
        low + q * (high - low) for q, (low, high) in zip(quantiles[1:], WAR.values(), strict=True)
    )
    severity, start, months = drawn
    return Shocks(severity=severity, start_month=round(start), months=round(months))


def features(points: Sequence[Point]) -> tuple[tuple[str, ...], np.ndarray]:
    """Return the names and values (points, names) of all that tells points apart but chance."""
    rows = [[*vars(p.behaviour).values(), _lost(p.shocks)] for p in points]
    return (*Behaviour.model_fields, "war"), np.array(rows, dtype=float)


def _lost(shocks: Shocks) -> float:
    """Return how many months of production a shock costs."""
    return shocks.severity * shocks.months
