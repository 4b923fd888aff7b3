"""Workplaces: where goods are made; one director each."""

from __future__ import annotations

from enum import IntEnum, auto

from .columns import Table


class Site(IntEnum):
    """Float columns, in baskets a month of the sector's good unless it is said otherwise."""

    TECHNIQUE = 0  # lasting productivity beside the sector's mean of 1
    CAPACITY = auto()  # what labour, skill, effort and equipment could make
    NORM = auto()  # capacity the planner ascribes to it from past reports
    TARGET = auto()  # what the plan asks
    OUTPUT = auto()
    ENGAGED = auto()  # share of workers who took part last month
    RETALIATION = auto()  # share of pay that those who took part lose next payday


class SiteCode(IntEnum):
    """Integer columns."""

    SECTOR = 0
    BRANCH = auto()
    START = auto()
    STOP = auto()


class Workplaces(Table):
    """Columns of all workplaces."""

    Values = Site
    Codes = SiteCode
