"""The twin society: a Mesa model whose agents keep their own attributes."""

from __future__ import annotations

from typing import Any

import mesa
import numpy as np
import pandas as pd
from mesa.agent import AgentSet

from ...model.measures import Measure
from ...model.parameters import Rules
from ...model.scenario import Scenario
from ...model.society import Society
from ...model.world import NO_CAP
from .economy import accounting, needs, plan, production
from .founding import settle
from .households import distribution, diversion
from .office import News, TwinDelegate, TwinOffice, TwinOfficial
from .power import amendment, automation, ownership
from .public import (
    council,
    hierarchy,
    information,
    learning,
    opinion,
    participation,
    recall,
    second_economy,
    vacancies,
)
from .record import record
from .worker import TwinWorker
from .workplace import TwinSector, TwinWorkplace

SCHEDULE = (
    needs,
    accounting,
    plan,
    production,
    diversion,
    distribution,
    information,
    opinion,
    participation,
    recall,
    council,
    hierarchy,
    vacancies,
    learning,
    amendment,
    automation,
    ownership,
    second_economy,
    record,
)


class TwinSociety(mesa.Model):
    """The same society, month and draws as `Society`, one object per person, office, workplace.

    With `shuffled=False` agents act in order of their rows, and the history is that of `Society`;
    with `shuffled=True` they act in random order (`AgentSet.shuffle_do`), as is usual in Mesa.
    """

    sectors: list[TwinSector]
    planners: list[TwinOfficial]
    judged: list[TwinOfficial]
    circles: list[str | int]

    def __init__(self, scenario: Scenario, rng: int, shuffled: bool = False) -> None:
        super().__init__(rng=rng)
        founder = Society(scenario, rng=rng)
        self.settings = scenario
        self.shuffled = shuffled
        self.streams = founder.streams
        self.rules = founder.rules
        self.behaviour = founder.behaviour
        self.coefficients = founder.coefficients.tolist()
        self.leontief = founder.leontief
        self.optimal_planner = founder.optimal_planner
        self.base_output = founder.base_output
        self.tenfold = founder.tenfold
        self._start(founder)
        settle(self, founder)
        self.workers = self.agents_by_type[TwinWorker]
        self.workplaces = self.agents_by_type[TwinWorkplace]
        self.officials = self.agents_by_type[TwinOfficial]
        self.delegates = self.agents_by_type[TwinDelegate]
        self.seats = list(self.delegates)
        self.offices: AgentSet[TwinOffice] = AgentSet(
            [*self.officials, *self.delegates], random=self.random
        )

    def _start(self, founder: Society) -> None:
        """Set what processes pass on to one another."""
        self.month = 0
        self.private = founder.private
        self.automation = founder.automation
        self.council_share = founder.council_share
        self.informed = founder.informed
        self.deciders = founder.deciders
        self.mean_wage = founder.mean_wage
        self.need_variance = 0.0
        self.plan_fidelity = founder.plan_fidelity
        self.mood = founder.mood
        self.centre = News()
        self.channels = [0.0] * 6
        self.funnel: dict[str, int] = {}
        self.fates: dict[str | int, Any] = {}
        self.changed_hands = 0
        self.draws: list = []
        self.rows: list[tuple[dict[str, float], Rules]] = []

    def step(self) -> None:
        """Live through one month."""
        for process in SCHEDULE:
            process(self)
        self.month += 1

    def each(self, agents: AgentSet, method: str, *args: Any) -> None:
        """Let every agent of a set do something, in order or in random order."""
        if self.shuffled:
            agents.shuffle_do(method, *args)
        else:
            agents.do(method, *args)

    def each_office(self, method: str, *args: Any) -> None:
        """Let every post and then every seat do something."""
        self.each(self.officials, method, *args)
        self.each(self.delegates, method, *args)

    def draw(self, name: str, *shape: int) -> None:
        """Put this month's uniforms of one process within reach of the agents, by row."""
        self.draws = self.streams.uniforms(name, *shape).tolist()

    def scarcity(self) -> float:
        """Return the share of productivity lost to outside scarcity this month."""
        shock = self.settings.shocks
        on = shock.start_month <= self.month < shock.start_month + shock.months
        return shock.severity if on else 0.0

    def pay_cap(self) -> float:
        """Return the cap on pay in mean wages, a very large number where there is none."""
        cap = self.rules.wage_cap
        return NO_CAP if cap is None or self.private else cap

    def history(self) -> pd.DataFrame:
        """Return one row a month with the same columns as `Society.history`."""
        frame = pd.DataFrame({"month": np.arange(1, self.month + 1)})
        for measure in Measure:
            name = measure.name.lower()
            frame[name] = [float(row[name]) for row, _ in self.rows]
        for name, facts in Rules.describe().items():
            if isinstance(facts["default"], (int, float)) or facts["optional"]:
                values = [getattr(rules, name) for _, rules in self.rows]
                frame[f"rule_{name}"] = [np.nan if v is None else float(v) for v in values]
        return frame
