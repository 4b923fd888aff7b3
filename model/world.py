"""What a month works on: tables and buffers, rules, behaviour, numbers of the whole, draws.

Compiled processes take these five by name: `w` (World), `law` (Law), `b` (Behaviour's numbers),
`now` (an array by State) and `draws` (Draws), and hand on to pure rules what these ask for.
"""

from __future__ import annotations

from collections import namedtuple
from enum import IntEnum, auto
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from .parameters import Behaviour, Rules

if TYPE_CHECKING:
    from .society import Society

NO_CAP = 1e9  # mean wages: binds nobody
NO_TERM_LIMIT = 1_000_000
NEVER = 1_000_000  # months
NO_RECALL = np.inf  # share of an electorate that can never sign


class State(IntEnum):
    """Numbers of a society as a whole that change from month to month, by their place in `now`."""

    MONTH = 0  # completed months
    DRAWN_FROM = auto()  # month that the first of the draws at hand are for
    NEED_VARIANCE = auto()  # of log need, over places
    AUTOMATION = auto()  # realised share of flows
    COUNCIL_SHARE = auto()  # of plan decisions that the council in fact takes
    DECIDERS = auto()  # effective number
    PROMISED = auto()  # to households, baskets
    PLAN_FIDELITY = auto()
    MEAN_WAGE = auto()  # baskets
    NEEDS_MET = auto()
    INFORMED = auto()  # share of districts' affairs that delegates are told
    CHANGED_HANDS = auto()  # offices
    MOOD = auto()  # needs met as felt over a year
    PRIVATE = auto()  # 1 once control has become property
    CONVERTED = auto()  # month in which that happened
    EVENTS = auto()  # rows of the log in use


class World(NamedTuple):
    """Tables, technology and buffers of one society; arrays by reference."""

    people: np.ndarray
    people_codes: np.ndarray
    offices: np.ndarray
    office_codes: np.ndarray
    sites: np.ndarray
    site_codes: np.ndarray
    goods: np.ndarray
    good_codes: np.ndarray
    coefficients: np.ndarray
    leontief: np.ndarray
    sector_workers: np.ndarray
    voices: np.ndarray
    local_change: np.ndarray
    need_level: np.ndarray
    need_recorded: np.ndarray
    need_surveyed: np.ndarray
    need_estimated: np.ndarray
    consigned: np.ndarray
    household: np.ndarray
    heard: np.ndarray
    buying: np.ndarray
    funnel: np.ndarray
    stock: np.ndarray
    fates: np.ndarray
    channels: np.ndarray
    real: np.ndarray
    bins: np.ndarray
    past_diversion: np.ndarray
    past_holder: np.ndarray
    posts: int
    planners: int
    optimal: bool  # whether targets are set by the planner that cannot be compiled
    tenfold: float
    base_output: float
    stock_months: float
    shock_variance: float  # of a month's change of log need
    persistence_squared: float
    severity: float  # share of productivity lost to outside scarcity
    scarce_from: int  # month
    scarce_until: int


class Law(NamedTuple):
    """Rules in force as numbers; what is absent is a number that binds nobody."""

    recall_threshold: float
    posts_in_reach: bool
    seats_in_reach: bool
    runner_up_succeeds: bool
    recall_pause_months: int
    wage_cap: float
    openness: float
    participants_visible: bool
    elected_posts: float
    term_months: int
    term_limit: int
    council_power: float
    audit_rate: float
    sanction: float
    restitution: float
    courts: float
    algorithm_open: bool
    sortition: float
    opposition: bool


SAME_IN_LAW = tuple(name for name in Law._fields if name in Rules.model_fields)
Nature: Any = namedtuple("Nature", tuple(Behaviour.model_fields), module=__name__)


class Draws(NamedTuple):
    """Uniforms by stream: of one month, or of several, a row each."""

    needs: np.ndarray
    accounting: np.ndarray
    audits: np.ndarray
    information: np.ndarray
    participation: np.ndarray
    recall: np.ndarray
    council: np.ndarray
    hierarchy: np.ndarray
    courts: np.ndarray
    vacancies: np.ndarray
    amendment: np.ndarray
    ownership: np.ndarray


class Number:
    """Descriptor: a society's attribute that is kept in `now`."""

    def __init__(self, state: State, kind: type = float) -> None:
        self.state, self.kind = state, kind

    def __get__(self, society: Any, owner: type | None = None) -> Any:
        return self if society is None else self.kind(society.now[self.state])

    def __set__(self, society: Any, value: float) -> None:
        society.now[self.state] = value


def world_of(society: Society) -> World:
    """Return the world of a society; whoever writes into its arrays writes into the society."""
    b, shocks = society.behaviour, society.settings.shocks
    arrays = {
        name: value
        for name in World._fields
        if isinstance(value := getattr(society, name, None), np.ndarray)
    }
    return World(
        people=society.people.values,
        people_codes=society.people.codes,
        offices=society.offices.values,
        office_codes=society.offices.codes,
        sites=society.workplaces.values,
        site_codes=society.workplaces.codes,
        goods=society.sectors.values,
        good_codes=society.sectors.codes,
        posts=society.offices.posts,
        planners=society.planners,
        optimal=society.optimal_planner is not None,
        tenfold=society.tenfold,
        base_output=society.base_output,
        stock_months=society.settings.economy.stock_months,
        shock_variance=b.need_drift**2 + b.local_drift**2,
        persistence_squared=b.need_persistence**2,
        severity=shocks.severity,
        scarce_from=shocks.start_month,
        scarce_until=shocks.start_month + shocks.months,
        **arrays,
    )


def cap_as_number(cap: float | None) -> float:
    """Return a cap on pay in mean wages, a very large number where there is none."""
    return NO_CAP if cap is None else cap


def law_of(rules: Rules) -> Law:
    """Return rules as numbers.

    >>> law_of(Rules(wage_cap=None)).wage_cap == NO_CAP
    True
    """
    numbers = {name: getattr(rules, name) for name in SAME_IN_LAW}
    numbers["wage_cap"] = cap_as_number(rules.wage_cap)
    if rules.recall_threshold is None:
        numbers["recall_threshold"] = NO_RECALL
    if rules.term_limit is None:
        numbers["term_limit"] = NO_TERM_LIMIT
    posts, seats = rules.recall_reach != "delegates", rules.recall_reach != "officials"
    return Law(**numbers, posts_in_reach=posts, seats_in_reach=seats)


def nature_of(behaviour: Behaviour) -> Any:
    """Return behaviour as numbers, by the same names."""
    return Nature(**behaviour.__dict__)
