"""The society: how it is founded, and what others read of it. How it lives stands in living.py."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import numpy as np
import pandas as pd

from ..agents.views import Delegate, Official, Worker
from ..agents.worker_rules import told
from .distribution import pay_out
from .diversion import diversion
from .economy import Table
from .events import EventLog
from .founding import (
    found_offices,
    found_people,
    found_sectors,
    found_workplaces,
    lay_out,
)
from .learning import COUNTED
from .living import Living
from .measures import GINI_BINS, Measure
from .month import shapes_of_draws
from .ownership import become_private, final_goods
from .parameters import Rules
from .planner import OptimalPlanner
from .scenario import Scenario
from .streams import Streams
from .table_files import BUILTIN, load_table
from .vacancies import vacancies
from .world import NO_CAP, State, cap_as_number

MEASURES = tuple(measure.name.lower() for measure in Measure)
FOUNDING_EXPERIENCE = 0.5  # of those who hold office in the first month


def scaled_table(name: str, workers: int) -> Table:
    """Return an economy scaled to its people; tables that come with the package are read once."""
    if name in BUILTIN:
        return _read_once(name, workers)
    return load_table(name).scaled(workers)


@lru_cache(maxsize=32)
def _read_once(name: str, workers: int) -> Table:
    return load_table(name).scaled(workers)


@lru_cache(maxsize=1)
def numeric_rules() -> tuple[str, ...]:
    """Return the names of rules that are numbers, or none."""
    return tuple(
        name
        for name, facts in Rules.describe().items()
        if isinstance(facts["default"], (int, float)) or facts["optional"]
    )


def leanings(seats: np.ndarray, need_shares: np.ndarray) -> np.ndarray:
    """Return where delegates lean: shares of seats over goods that households need at all.

    >>> leanings(np.array([3, 1]), np.array([0.0, 1.0])).tolist()
    [0.0, 1.0]
    """
    useful = seats * (need_shares > 0.0)
    return useful / useful.sum() if useful.sum() > 0 else need_shares / need_shares.sum()


class Society(Living):
    """One history of one scenario under one seed.

    `people`, `offices` and `workplaces` are tables of columns; `rules` are the rules in force,
    which amendments replace; `month` counts completed months. Raises ParameterError for a scenario
    that cannot be laid out and TableError for a bad table.

    >>> society = Society(Scenario(months=2), rng=1)
    >>> society.run_for(2)
    >>> society.month
    2
    """

    def __init__(self, scenario: Scenario | None = None, rng: int | None = None) -> None:
        seed = int(np.random.default_rng().integers(2**32)) if rng is None else int(rng)
        super().__init__(rng=seed)
        self.settings = scenario or Scenario()
        self.seed = seed
        self.rules: Rules = self.settings.rules
        self.behaviour = self.settings.behaviour
        self.streams = Streams(seed)
        self._lay_out()
        self._prepare_state()
        self._found()

    # --- founding -------------------------------------------------------------------------------

    def _lay_out(self) -> None:
        """Place people, workplaces, offices and goods."""
        table = scaled_table(self.settings.economy.table, self.settings.population.workers)
        layout = lay_out(self.settings, table)
        self.sector_names = table.sectors
        self.coefficients = np.ascontiguousarray(table.coefficients)
        self.leontief = np.ascontiguousarray(table.leontief)
        self.sector_workers = layout.sector_workers
        self.base_output = float(table.output.sum())
        self.planners = layout.planners
        traits = self.streams.generator("founding.people")
        self.people = found_people(self.settings, layout, traits)
        techniques = self.streams.generator("founding.workplaces")
        self.workplaces = found_workplaces(self.settings, layout, techniques)
        posts = self.streams.generator("founding.offices")
        self.offices = found_offices(self.settings, layout, posts)
        self.sectors = found_sectors(table, layout, self.settings.economy.stock_months)
        middle = (self.offices["start"] + self.offices["stop"]) // 2
        seats = self.people["sector"][middle[self.offices.posts :]]
        self.voices = leanings(np.bincount(seats, minlength=table.size), table.needs_shares)
        optimal = self.settings.economy.planner == "optimal"
        self.optimal_planner = OptimalPlanner(self.coefficients) if optimal else None

    def _prepare_state(self) -> None:
        """Allocate what processes pass on to one another."""
        people, sites, size = len(self.people), len(self.workplaces), len(self.sectors)
        posts = self.offices.posts
        self._begin(shapes_of_draws(people, len(self.offices), sites, size), self.settings.months)
        self.local_change = np.zeros((sites, size))
        self.need_level = np.tile(self.sectors["need_share"], (sites, 1))
        self.need_recorded = self.need_level.copy()
        self.need_surveyed = self.need_level.copy()
        self.need_estimated = self.need_level.copy()
        self.consigned = self.need_level.copy()
        starts = self.workplaces["start"]
        self.household = np.add.reduceat(self.people["need"], starts)
        self.heard = np.zeros(people)
        self.buying = np.zeros((4, people))
        self.funnel = np.zeros(4)
        self.stock = np.zeros((3, len(self.offices)))
        branches = int(self.workplaces["branch"].max()) + 1
        self.fates = np.zeros((COUNTED + 1, branches + 3))
        self.channels = np.zeros(6)
        self.real = np.zeros(people)
        self.bins = np.zeros((2, GINI_BINS))
        self.past_diversion = np.zeros((12, posts))
        self.past_holder = np.full((12, posts), -1, dtype=np.int64)
        self.private = self.settings.economy.market
        self.automation = self.rules.automation
        self.council_share = 0.0 if self.private else self.rules.council_power
        self.deciders = 1.0
        self.mean_wage = 1.0
        self.promised = float(self.sectors["promised"].sum())
        self.plan_fidelity = 1.0
        self.needs_met = 1.0
        self.mood = 1.0
        self.tenfold = float(np.log10(people / 1000.0))
        self._rule_changes: list[tuple[int, Rules]] = [(0, self.rules)]
        self._log = EventLog(len(self.offices))
        self._views_made = False

    def _found(self) -> None:
        """Fill offices for the first time; set productivity so that the base year is feasible."""
        sites, offices, goods = self.workplaces, self.offices, self.sectors
        size = sites["stop"] - sites["start"]
        share = size / self.sector_workers[sites["sector"]]
        sites["output"] = share * sites["technique"] * goods["output"][sites["sector"]]
        market, self.private = self.private, False
        cap = NO_CAP if market else cap_as_number(self.rules.wage_cap)
        tables = (offices.values, offices.codes, sites.values, sites.codes)
        pay_out(self.people.values, *tables, self.behaviour.pay_ladder, self.promised, cap, True)
        self._draws.vacancies[0] = self.streams.uniforms("vacancies", *self._shapes["vacancies"])
        diversion(self)  # candidates are shown what offices handle
        vacancies(self)
        self.private = market
        self.now[State.DRAWN_FROM] = -1.0  # these draws are used up
        held = offices["holder"][offices["holder"] >= 0]
        self.people["experience"][held] = FOUNDING_EXPERIENCE
        stagger = self.streams.generator("founding.terms").random(len(offices))
        offices["term_left"] = np.ceil(stagger * self.rules.term_months)
        offices["removed"] = 0
        self._set_productivity()

    def _set_productivity(self) -> None:
        """Let the benches as manned make the base year's output and the scenario's slack."""
        people, sites, goods = self.people, self.workplaces, self.sectors
        office = people["office"]
        at_bench = (office < 0) | (office >= self.offices.posts)
        makes = people["skill"] * sites["technique"][people["workplace"]]
        everybody = np.bincount(people["sector"], makes, len(goods))
        labour = np.bincount(people["sector"], makes * at_bench, len(goods))
        # in a sector of a few people most may hold posts in the first month, not for ever
        labour = np.maximum(labour, 0.5 * everybody)
        b = self.behaviour
        directed = (1.0 - 0.5 * b.competence_effect) * (1.0 - 0.5 * b.branch_competence) ** 2
        room = 1.0 + self.settings.economy.slack
        goods["productivity"] = goods["output"] * room / (labour * directed)
        share = sites["output"] / goods["output"][sites["sector"]]
        sites["capacity"] = room * share * goods["output"][sites["sector"]]
        sites["norm"] = sites["capacity"]
        sites["target"] = sites["output"]
        duty, size = self.behaviour.duty, len(people) / self.offices.seats
        sites["engaged"] = 1.0 / (1.0 + np.exp(-duty))
        come = size / (1.0 + np.exp(self.behaviour.meeting_cost - duty))
        self.informed = float(told(come, size, self.behaviour.voices_needed))

    # --- property -------------------------------------------------------------------------------

    def become_private(self) -> None:
        """Turn control into property: councils and recall end for good, prices guide the plan."""
        become_private(self.offices.values, self.offices.codes, self.now)
        self.log("restoration")

    def final_goods(self) -> float:
        """Return final goods of the month, in baskets, before anything was taken from them."""
        return float(final_goods(self.sectors.values))

    # --- what others read -----------------------------------------------------------------------

    def replace_rules(self, **changes: Any) -> None:
        """Put changed rules into force from this month on, and log the change."""
        self.rules = self.rules.replace(**changes)
        self._rule_changes.append((self.month, self.rules))
        for name, value in changes.items():
            self.log("rule_changed", rule=name, value=value)

    def log(self, kind: str, **details: Any) -> None:
        """Log an event that concerns no single office."""
        self._log.add(self.month, kind, **details)

    @property
    def events(self) -> list[dict[str, Any]]:
        """All events so far: month (from 0), kind, and office, person, initiator or rule."""
        return self._log.all(int(self.now[State.EVENTS]))

    def history(self) -> pd.DataFrame:
        """Return one row a month: `month` (from 1), every measure, and the rules then in force."""
        return pd.DataFrame(self.columns())

    def columns(self) -> dict[str, np.ndarray]:
        """Return the columns of the history by their names."""
        months = {"month": np.arange(1, self.month + 1)}
        measures = zip(MEASURES, self._rows[: self.month].T.copy(), strict=True)
        rules = {f"rule_{name}": column for name, column in self._rule_columns().items()}
        return {**months, **dict(measures), **rules}

    def _rule_columns(self) -> dict[str, np.ndarray]:
        """Return each numeric rule month by month, none as NaN."""
        names = numeric_rules()
        columns = {name: np.empty(self.month) for name in names}
        for month, rules in self._rule_changes:
            for name in names:
                value = getattr(rules, name)
                columns[name][month:] = np.nan if value is None else float(value)
        return columns

    @property
    def scenario(self) -> Scenario:  # type: ignore[override]
        """The scenario this society was founded on (rules may have changed since)."""
        return self.settings

    @scenario.setter
    def scenario(self, scenario: object) -> None:
        """Ignore Mesa's own, empty scenario."""

    # --- Mesa's views ---------------------------------------------------------------------------

    def _make_views(self) -> None:
        """Make agents for every person, post and seat, once somebody asks for them."""
        if self._views_made:
            return
        self._views_made = True
        Worker.create_agents(self, len(self.people), row=np.arange(len(self.people)))
        posts = self.offices.posts
        Official.create_agents(self, posts, row=np.arange(posts))
        Delegate.create_agents(self, self.offices.seats, row=np.arange(posts, len(self.offices)))

    @property
    def agents(self) -> Any:  # pyright: ignore[reportIncompatibleMethodOverride]
        """All agents: workers, officials, delegates."""
        self._make_views()
        return self._all_agents

    @property
    def agents_by_type(self) -> Any:
        """Agents by class: Worker, Official, Delegate."""
        self._make_views()
        return self._agents_by_type
