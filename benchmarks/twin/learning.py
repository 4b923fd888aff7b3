"""What holders of office learn from others' fates, and what they do about it."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import TYPE_CHECKING

from ...agents.offices import DIRECTOR, IN_POST, PLANNER
from .plain import (
    competence,
    concealed_capacity,
    effective_bonus,
    end_in_sight,
    held_back,
    hiding,
    intended_diversion,
    kept_of_take,
    learnt_rate,
    padding,
    recognisable,
    toward,
)

if TYPE_CHECKING:
    from .worker import TwinWorker


EXPECTED = ("risk", "fine_risk", "recovery", "unjust_risk", "churn")


@dataclass
class Fates:
    """What could be seen this month in one circle of offices: means per office."""

    taken: float = 0.0
    lost_taking: float = 0.0
    fined_taking: float = 0.0
    spared: float = 0.0
    lost_sparing: float = 0.0
    fined_sparing: float = 0.0
    diverted: float = 0.0
    gained: float = 0.0
    recovered: float = 0.0
    settled: float = 0.0
    risk: float = 0.0
    fine_risk: float = 0.0
    recovery: float = 0.0
    unjust_risk: float = 0.0
    churn: float = 0.0
    counted: float = 0.0

    def add(self, office: Learner, lost: bool, fined: bool) -> None:
        """Count one office."""
        misuse = office.last_misuse if lost else office.misuse
        self.gained += office.take + office.favour
        self.recovered += office.recovered
        taken = recognisable(misuse)
        self.taken += taken
        self.spared += 1.0 - taken
        self.counted += 1.0
        self.diverted += office.last_diversion if lost else office.diversion
        if lost:
            self.lost_taking += taken
            self.lost_sparing += 1.0 - taken
        if office.settled and not lost:
            self.settled += 1.0
            for name in EXPECTED:
                setattr(self, name, getattr(self, name) + getattr(office.holder, name))
        if fined:
            self.fined_taking += taken
            self.fined_sparing += 1.0 - taken

    def average(self) -> None:
        """Turn sums into means per office."""
        counted = max(self.counted, 1.0)
        for field in fields(self):
            if field.name != "counted":
                setattr(self, field.name, getattr(self, field.name) / counted)


class Learner:
    """An office whose holder watches what befalls others and sets its conduct by it."""

    @property
    def circle(self) -> Fates:
        """What the holder looks at first: the own branch, the planners or the council."""
        return self.model.fates[self.tier if self.tier >= PLANNER else f"branch {self.branch}"]

    def show_fate(self) -> None:
        """Let others see what was taken here and what came of it."""
        lost = self.removed != IN_POST
        if self.holder is None and not lost:
            return
        fined = self.fine > 0.0
        self.circle.add(self, lost, fined)
        self.model.fates["all"].add(self, lost, fined)

    def be_told(self, holder: TwinWorker) -> None:
        """Take over, as a newcomer, part of what colleagues have learnt to expect."""
        b, near, everyone = self.model.behaviour, self.circle, self.model.fates["all"]
        colleagues = toward(everyone.settled, near.settled, b.own_weight)
        if colleagues <= 0.0:
            return
        for name in EXPECTED:
            known = toward(getattr(everyone, name), getattr(near, name), b.own_weight) / colleagues
            setattr(holder, name, toward(getattr(holder, name), known, b.told))

    def watch(self, holder: TwinWorker) -> None:
        """Update the four hazards the holder believes in, and the share to be paid back."""
        b, near, everyone = self.model.behaviour, self.circle, self.model.fates["all"]
        taken = toward(everyone.taken, near.taken, b.own_weight)
        spared = toward(everyone.spared, near.spared, b.own_weight)
        lost = toward(everyone.lost_taking, near.lost_taking, b.own_weight)
        fined = toward(everyone.fined_taking, near.fined_taking, b.own_weight)
        churned = toward(everyone.lost_sparing, near.lost_sparing, b.own_weight)
        gained = toward(everyone.gained, near.gained, b.own_weight)
        repaid = toward(everyone.recovered, near.recovered, b.own_weight) / max(gained, 1e-12)
        holder.recovery = learnt_rate(holder.recovery, taken * repaid, taken, b.risk_memory)
        unjustly = toward(everyone.fined_sparing, near.fined_sparing, b.own_weight)
        holder.unjust_risk = learnt_rate(holder.unjust_risk, unjustly, spared, b.risk_memory)
        holder.risk = learnt_rate(holder.risk, lost, taken, b.risk_memory)
        holder.fine_risk = learnt_rate(holder.fine_risk, fined, taken, b.risk_memory)
        holder.churn = learnt_rate(holder.churn, churned, spared, b.risk_memory)

    def decide_conduct(self, holder: TwinWorker) -> None:
        """Choose how much to take and how much to hide."""
        b, sanction = self.model.behaviour, self.model.rules.sanction
        surplus = self.pay - holder.bench + holder.vocation
        detection = self.detection
        restitution = self.model.rules.restitution
        room = kept_of_take(b.favour_share, restitution, holder.recovery) * self.room
        intended = intended_diversion(
            holder.greed,
            room,
            surplus,
            self.ahead,
            detection,
            holder.fine_risk * sanction * self.pay,
            self.circle.diverted,
            b.conformity,
        )
        speed = b.adjustment if self.settled else 1.0  # newcomers start at what they intend
        self.settled = True
        self.diversion = toward(self.diversion, intended, speed)
        stake = self.diversion * (max(surplus, 0.0) + holder.greed * room)
        self.hiding = hiding(detection, stake, b.hide_cost)

    def decide_reports(self, holder: TwinWorker) -> None:
        """Choose, as a director, how much to pad and how much capacity to keep back."""
        b, greed = self.model.behaviour, holder.greed
        spur = effective_bonus(b.bonus, b.ratchet, 1.0 / b.patience - 1.0)
        bonus = b.bonus * max(self.pay, 0.0)
        self.padding = padding(b.padding_limit, bonus, self.detection, self.place_at_stake, greed)
        self.hidden_capacity = concealed_capacity(spur, b.safety_slack, b.strain, greed)
        self.withheld = held_back(b.caution, holder.unjust_risk)

    def learn(self) -> None:
        """Let the holder learn from this month and set its conduct for the next."""
        holder = self.holder
        if holder is None:
            return
        if not self.settled:
            self.be_told(holder)
        self.watch(holder)
        holder.experience += (1.0 - holder.experience) / self.model.behaviour.learning_months
        self.competence = competence(holder.skill, holder.experience)
        removal = self.prospect if self.petition > 0.0 else 0.0
        last = not self.may_stay
        b = self.model.behaviour
        self.end = end_in_sight(b.foresight, self.term_left, last, removal, b.petition_months)
        self.decide_conduct(holder)
        if self.tier == DIRECTOR:
            self.decide_reports(holder)
