"""1. Needs drift: persistent shocks, some common to all, some known only where people live."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

from ..agents.compiled import even, rule
from .goods import Good

if TYPE_CHECKING:
    from .society import Society


@rule
def drift_needs(
    goods: np.ndarray,
    local: np.ndarray,
    level: np.ndarray,
    household: np.ndarray,
    persistence: float,
    common_sd: float,
    local_sd: float,
    tacit: float,
    variance: float,
    draws: np.ndarray,
) -> None:
    """Move log needs one month on and add them up.

    `local` and `level` are (workplaces, goods): log change and resulting need per household unit;
    `household` is the sum of household sizes per workplace. Of every change the share `tacit`
    never enters records (objection 1: knowledge). `variance` of log need keeps its mean in place.
    """
    sites, size = local.shape
    for g in range(size):
        goods[Good.DRIFT, g] = persistence * goods[Good.DRIFT, g] + common_sd * even(draws[0, g])
        needs = 0.0
        recorded = 0.0
        for w in range(sites):
            local[w, g] = persistence * local[w, g] + local_sd * even(draws[w + 1, g])
            base = goods[Good.NEED_SHARE, g]
            change = goods[Good.DRIFT, g] + local[w, g]
            level[w, g] = base * math.exp(change - 0.5 * variance)
            needs += household[w] * level[w, g]
            entered = (1.0 - tacit) * change - 0.5 * (1.0 - tacit) ** 2 * variance
            recorded += household[w] * base * math.exp(entered)
        goods[Good.NEEDS, g] = needs
        goods[Good.RECORDED, g] = recorded


def needs(society: Society) -> None:
    """Let needs drift."""
    b = society.behaviour
    sites, goods = society.need_level.shape
    shock = b.need_drift**2 + b.local_drift**2
    society.need_variance = b.need_persistence**2 * society.need_variance + shock
    drift_needs(
        society.sectors.values,
        society.local_drift,
        society.need_level,
        society.household,
        b.need_persistence,
        b.need_drift,
        b.local_drift,
        b.tacit_share,
        society.need_variance,
        society.streams.uniforms("needs", sites + 1, goods),
    )
