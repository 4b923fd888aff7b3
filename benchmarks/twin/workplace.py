"""One workplace and one sector: where goods are made."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import mesa

from .plain import even

if TYPE_CHECKING:
    from .office import TwinOfficial
    from .society import TwinSociety
    from .worker import TwinWorker


class TwinWorkplace(mesa.Agent):
    """A workplace; amounts are baskets a month of its sector's good."""

    model: TwinSociety
    technique: float
    capacity: float
    norm: float
    target: float
    output: float
    engaged: float
    retaliation: float
    sector: TwinSector
    director: TwinOfficial

    def __init__(self, model: TwinSociety, row: int, state: dict[str, float]) -> None:
        super().__init__(model)
        vars(self).update(state)
        self.row = row
        self.workers: list[TwinWorker] = []
        self.level: list[float] = []  # need per household unit, by good
        self.recorded: list[float] = []  # what perfect records would show of it
        self.surveyed: list[float] = []  # what the last yearly survey found of it
        self.consigned: list[float] = []  # by what goods were sent here
        self.drift: list[float] = []  # its log change known only here
        self.household = 0.0
        self.basket = 0.0
        self.bought = 0.0
        self.ratios: list[float] = []  # goods bought over needs at mean pay, here

    @property
    def shown(self) -> float:
        """Capacity that its director does not conceal; machines conceal nothing."""
        hidden = (1.0 - self.model.automation) * self.director.hidden_capacity
        return self.capacity * (1.0 - hidden)

    @property
    def known(self) -> float:
        """Capacity the planner knows of: recorded where books are automatic, else the norm."""
        coverage = self.model.automation
        return coverage * self.capacity + (1.0 - coverage) * self.norm

    def drift_needs(self) -> None:
        """Move local needs one month on and add them to those of all."""
        b, draws = self.model.behaviour, self.model.draws[self.row + 1]
        variance, entering = self.model.need_variance, 1.0 - b.tacit_share
        for g, sector in enumerate(self.model.sectors):
            drift = b.need_persistence * self.drift[g] + b.local_drift * even(draws[g])
            change = sector.drift + drift
            self.drift[g] = drift
            self.level[g] = sector.need_share * math.exp(change - 0.5 * variance)
            known = sector.need_share * math.exp(entering * change - 0.5 * entering**2 * variance)
            sector.needs += self.household * self.level[g]
            self.recorded[g] = known
            sector.recorded += self.household * known

    def report(self) -> None:
        """Tell the planner capacity and output, as far as records do not; the norm follows."""
        b = self.model.behaviour
        draw = self.model.draws[len(self.model.sectors) + self.row]
        reported = self.shown * (1.0 + b.report_noise * even(draw))
        self.norm += b.ratchet * (reported - self.norm)
        self.sector.known_capacity += self.known
        padded = (1.0 - self.model.automation) * self.director.padding
        self.sector.phantom += padded * self.output

    def find_capacity(self, scarcity: float) -> None:
        """Find what the labour at the benches can make under this direction."""
        labour = sum(w.skill * w.effort for w in self.workers if not w.leads)
        b, head = self.model.behaviour, self.director.superior
        direction = self.director.directed(b.competence_effect)
        direction *= head.directed(b.branch_competence)
        direction *= head.superior.directed(b.branch_competence)
        technique = self.technique * self.sector.productivity * self.sector.equipment
        self.capacity = labour * technique * direction * (1.0 - scarcity)

    def survey_needs(self) -> None:
        """Write down what records show of needs here."""
        self.surveyed = self.recorded.copy()

    def order_goods(self, known: float) -> None:
        """Find by which needs goods are sent here; add these, weighed by pay, to each good's."""
        coverage, pay = self.model.automation, sum(w.pay for w in self.workers)
        for g, sector in enumerate(self.model.sectors):
            believed = coverage * self.recorded[g] + (1.0 - coverage) * self.surveyed[g]
            self.consigned[g] = known * self.level[g] + (1.0 - known) * believed
            sector.weight += pay * self.consigned[g]

    def open_shop(self, ratios: list[float]) -> None:
        """Work out what a unit of pay buys here."""
        self.basket = sum(self.level)
        self.bought = sum(r * sent for r, sent in zip(ratios, self.consigned, strict=True))
        self.ratios = [
            ratio * sent / level if level > 0.0 else 0.0
            for ratio, sent, level in zip(ratios, self.consigned, self.level, strict=True)
        ]

    def talk(self, diffusion: float) -> None:
        """Let co-workers' beliefs move toward their mean."""
        for kind in range(4):
            mean = sum(w.beliefs[kind] for w in self.workers) / len(self.workers)
            for worker in self.workers:
                worker.beliefs[kind] += diffusion * (mean - worker.beliefs[kind])

    def count_heads(self, visible: bool, reprisal: float, by_centre: float) -> None:
        """Count who came; who learns names and has something to lose punishes."""
        self.engaged = sum(w.engaged for w in self.workers) / len(self.workers)
        self.retaliation = reprisal * by_centre
        if visible and self.director.holder is not None:
            self.retaliation = reprisal * max(by_centre, self.director.diversion)
        for worker in self.workers:
            worker.dread(self.retaliation)


class TwinSector:
    """One sector and its good; amounts are baskets a month, names as in the columns of Sectors."""

    need_share: float
    claim: float
    productivity: float
    equipment: float
    drift: float
    needs: float
    recorded: float
    surveyed: float
    estimated: float
    known_capacity: float
    known_stock: float
    demand: float
    promised: float
    apparatus: float
    target: float
    output: float
    intermediate: float
    consumption: float
    claims_served: float
    diverted: float
    pilfered: float
    waste: float
    stock: float
    weight: float
    ratio: float

    def __init__(self, state: dict[str, float], labour: float, voice: float) -> None:
        vars(self).update(state)
        self.labour = labour
        self.voice = voice
        self.phantom = 0.0
        self.workplaces: list[TwinWorkplace] = []

    @property
    def final(self) -> float:
        """Goods for final use that nobody has taken yet."""
        return self.consumption + self.claims_served
