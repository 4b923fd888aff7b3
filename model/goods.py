"""Sectors: one good each, with its needs, plan, stocks and flows, in baskets a month."""

from __future__ import annotations

from enum import IntEnum, auto

from ..agents.columns import Table


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
