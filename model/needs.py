"""1. Needs drift: persistent shocks, some common to all, some known only where people live."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

from ..agents.compiled import even, inner
from .goods import Good
from .world import State, World

if TYPE_CHECKING:
    from .parameters import Behaviour
    from .society import Society


@inner
def drift_needs(w: World, b: Behaviour, now: np.ndarray, draws: np.ndarray) -> None:
    """Move log needs one month on and add them up.

    `local_change`, `need_level` and `need_recorded` are (workplaces, goods): log change, resulting
    need per household unit, and what perfect records would show of it; `household` is the sum of
    household sizes per workplace. Of every change `tacit_share` never enters records (objection 1:
    knowledge). The variance of log need keeps its mean in place.
    """
    goods, household = w.goods, w.household
    local_change, need_level, need_recorded = w.local_change, w.need_level, w.need_recorded
    variance = w.persistence_squared * now[State.NEED_VARIANCE] + w.shock_variance
    now[State.NEED_VARIANCE] = variance
    sites, size = local_change.shape
    for g in range(size):
        goods[Good.DRIFT, g] = b.need_persistence * goods[Good.DRIFT, g]
        goods[Good.DRIFT, g] += b.need_drift * even(draws[0, g])
        needs = 0.0
        recorded = 0.0
        for k in range(sites):
            local_change[k, g] = b.need_persistence * local_change[k, g]
            local_change[k, g] += b.local_drift * even(draws[k + 1, g])
            base = goods[Good.NEED_SHARE, g]
            change = goods[Good.DRIFT, g] + local_change[k, g]
            need_level[k, g] = base * math.exp(change - 0.5 * variance)
            needs += household[k] * need_level[k, g]
            entered = (1.0 - b.tacit_share) * change - 0.5 * (1.0 - b.tacit_share) ** 2 * variance
            need_recorded[k, g] = base * math.exp(entered)
            recorded += household[k] * need_recorded[k, g]
        goods[Good.NEEDS, g] = needs
        goods[Good.RECORDED, g] = recorded


def needs(society: Society) -> None:
    """Let needs drift."""
    society.carry_out(needs)
