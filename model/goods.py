"""Sectors: one good each, with its needs, plan, stocks and flows, in baskets a month."""

from __future__ import annotations

from enum import IntEnum, auto

import numpy as np

from ..agents.columns import Table
from ..agents.compiled import rule

LANES, LONGEST = 8, 128  # numbers NumPy adds up side by side, and before it halves an array


class Good(IntEnum):
    """Float columns. A basket is what one worker's household needs in a month, at base prices."""

    NEED_SHARE = 0  # of one basket, in the base year
    CLAIM = auto()  # public use, investment and exports of the base year
    PRODUCTIVITY = auto()  # output of one unit of skilled labour with base equipment
    EQUIPMENT = auto()  # relative to the base year
    DRIFT = auto()  # log change of needs common to all
    NEEDS = auto()  # true needs this month
    RECORDED = auto()  # what perfect records would show of them
    SURVEYED = auto()  # what the last yearly survey found
    ESTIMATED = auto()  # what the planner believes
    KNOWN_CAPACITY = auto()  # what the planner believes can be made
    KNOWN_STOCK = auto()
    DEMAND = auto()  # final demand the plan was asked for
    PROMISED = auto()  # of that, for households, as decided
    APPARATUS = auto()  # of that, for the apparatus's own projects, as decided
    TARGET = auto()  # planned gross output
    FULFILLABLE = auto()  # share of final demand the plan can meet
    # flows of the month; they balance exactly
    OPENING = auto()
    OUTPUT = auto()
    INTERMEDIATE = auto()
    CONSUMPTION = auto()
    CLAIMS_SERVED = auto()
    DIVERTED = auto()
    PILFERED = auto()
    WASTE = auto()
    STOCK = auto()
    # households
    WEIGHT = auto()  # needs by which goods are sent to places, weighed by pay
    RATIO = auto()  # goods bought over these at mean pay


class GoodCode(IntEnum):
    """Integer columns."""

    FIRST_SITE = 0
    STOP_SITE = auto()


class Sectors(Table):
    """Columns of all sectors."""

    Values = Good
    Codes = GoodCode


@rule
def added_up(values: np.ndarray) -> float:
    """Return the sum of a column as NumPy adds it up: from eight numbers on in eight sums at once.

    >>> added_up(np.arange(20.0))
    190.0
    """
    size = values.size
    total = 0.0
    if size > LONGEST:
        half = size // 2 - size // 2 % LANES
        return added_up(values[:half]) + added_up(values[half:])
    whole = size - size % LANES if size >= LANES else 0
    if whole > 0:
        lanes = values[:LANES].copy()
        for first in range(LANES, whole, LANES):
            for k in range(LANES):
                lanes[k] += values[first + k]
        total = (lanes[0] + lanes[1]) + (lanes[2] + lanes[3])
        total += (lanes[4] + lanes[5]) + (lanes[6] + lanes[7])
    for k in range(whole, size):
        total += values[k]
    return total
