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
    local_change: np.ndarray,
    need_level: np.ndarray,
    need_recorded: np.ndarray,
    household: np.ndarray,
    need_persistence: float,
    need_drift: float,
    local_drift: float,
    tacit_share: float,
    variance: float,
    draws: np.ndarray,
) -> None:
    """Move log needs one month on and add them up.

    `local_change`, `need_level` and `need_recorded` are (workplaces, goods): log change, resulting
    need per household unit, and what perfect records would show of it; `household` is the sum of
    household sizes per workplace. Of every change `tacit_share` never enters records (objection 1:
    knowledge). `variance` of log need keeps its mean in place.
    """
    sites, size = local_change.shape
    for g in range(size):
        goods[Good.DRIFT, g] = need_persistence * goods[Good.DRIFT, g]
        goods[Good.DRIFT, g] += need_drift * even(draws[0, g])
        needs = 0.0
        recorded = 0.0
        for w in range(sites):
            local_change[w, g] = need_persistence * local_change[w, g]
            local_change[w, g] += local_drift * even(draws[w + 1, g])
            base = goods[Good.NEED_SHARE, g]
            change = goods[Good.DRIFT, g] + local_change[w, g]
            need_level[w, g] = base * math.exp(change - 0.5 * variance)
            needs += household[w] * need_level[w, g]
            entered = (1.0 - tacit_share) * change - 0.5 * (1.0 - tacit_share) ** 2 * variance
            need_recorded[w, g] = base * math.exp(entered)
            recorded += household[w] * need_recorded[w, g]
        goods[Good.NEEDS, g] = needs
        goods[Good.RECORDED, g] = recorded


def needs(society: Society) -> None:
    """Let needs drift."""
    b = society.behaviour
    sites, goods = society.need_level.shape
    shock = b.need_drift**2 + b.local_drift**2
    society.need_variance = b.need_persistence**2 * society.need_variance + shock
    draws = society.streams.uniforms("needs", sites + 1, goods)
    society.call(drift_needs, society.need_variance, draws)
