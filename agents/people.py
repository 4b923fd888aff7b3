"""People: every inhabitant keeps one row for life, on the bench or in office.

Rows are ordered by sector, then workplace, so that a workplace, a branch and a district are each a
contiguous range of people.
"""

from __future__ import annotations

from enum import IntEnum, auto

from .columns import Table


class Person(IntEnum):
    """Float columns. Amounts are baskets a month (one worker's household needs), shares 0..1."""

    # who they are
    SKILL = 0  # productivity, mean 1
    WAGE = auto()  # bench pay by skill, mean 1
    NEED = auto()  # household size, mean 1
    GREED = auto()  # share of what is within reach that tempts, weight of favours; 0..1
    VOCATION = auto()  # worth of serving in office, baskets a month
    TOLERANCE = auto()  # believed misuse that a person puts up with
    LOYALTY = auto()  # readiness to keep others' secrets, 0..1
    EXPERIENCE = auto()  # competence in office learnt so far, 0..1
    RECORD = auto()  # public record of misuse, 0..1
    # what officials among them have learnt: monthly hazards and their evidence
    RISK = auto()  # removal through misuse at full diversion, per month
    FINE_RISK = auto()  # fine through misuse at full diversion, per month
    RECOVERY = auto()  # share of what is taken that has to be paid back sooner or later
    UNJUST_RISK = auto()  # fine whatever one does, per month
    CHURN = auto()  # removal whatever one does, per month; the last of these five
    # what they know and think
    ATTENTION = auto()
    BELIEF_DIRECTOR = auto()  # believed misuse (0..1) by the own director,
    BELIEF_HEAD = auto()  # the head of the own branch,
    BELIEF_CENTRE = auto()  # the planners,
    BELIEF_DELEGATE = auto()  # the own delegate
    TRUST = auto()
    EFFICACY = auto()  # experience that acting helps
    CYNICISM = auto()
    FATIGUE = auto()  # log odds lost to past elections, ballots and petitions
    FEAR = auto()  # share of pay expected to be lost by taking part
    VOICE = auto()  # experience of having been asked, 0..1
    # what they weighed this month when they decided whether to take part, in log odds
    CAUSE = auto()
    PULL = auto()  # of neighbours
    TIREDNESS = auto()
    ODDS = auto()  # all together
    # what they do
    ENGAGED = auto()  # 1 in a month of taking part in ballots and petitions
    MEETS = auto()  # 1 in a month of coming to meetings as well
    EFFORT = auto()
    PRIVATE_WORK = auto()  # share of working time in the second economy
    # what they get this month
    BENCH = auto()  # pay at the bench per household unit, in baskets
    PAY = auto()  # money, in baskets at plan prices
    OWED = auto()  # fines not yet paid
    CONSUMPTION = auto()  # goods bought
    PRIVATE_GOODS = auto()  # goods from the second economy
    IN_KIND = auto()  # diverted goods, favours
    FULFILMENT = auto()  # harmony score of goods had against needs, 0..1
    SHORTFALL = auto()  # needs the shops left unmet, in baskets
    SAVINGS = auto()  # unspent pay, cumulative


class PersonCode(IntEnum):
    """Integer columns; -1 means none."""

    WORKPLACE = 0
    SECTOR = auto()
    BRANCH = auto()
    DISTRICT = auto()
    OFFICE = auto()
    STRANGER = auto()  # row of one tie outside the workplace
    SECOND_STRANGER = auto()


class People(Table):
    """Columns of all people."""

    Values = Person
    Codes = PersonCode
