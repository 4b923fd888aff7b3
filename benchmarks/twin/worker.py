"""One inhabitant as a Mesa agent with plain attributes."""

from __future__ import annotations

from math import exp
from typing import TYPE_CHECKING

import mesa

from ...model.distribution import DEDUCTION
from ...model.opinion import FORGETTING, RESTING_EFFICACY, TRUST_SPEED, VOICE_SPEED
from ...model.participation import FEAR_SPEED
from ...model.second_economy import HABIT
from .plain import (
    after_meeting,
    attention_goal,
    believes,
    cause,
    clamp,
    comes,
    effort,
    even,
    grievance,
    logistic,
    participation_odds,
    private_work_goal,
    rumoured,
    unmet_score,
    wants_removal,
)

if TYPE_CHECKING:
    from .office import News, TwinDelegate, TwinOffice
    from .society import TwinSociety
    from .workplace import TwinWorkplace

DIRECTOR, HEAD, CENTRE, DELEGATE = range(4)  # the offices above a person, in order of `beliefs`


class TwinWorker(mesa.Agent):
    """A person; amounts are baskets a month, shares 0..1, as in the columns of People."""

    model: TwinSociety
    skill: float
    wage: float
    need: float
    greed: float
    vocation: float
    tolerance: float
    loyalty: float
    experience: float
    record: float
    risk: float
    fine_risk: float
    unjust_risk: float
    recovery: float
    churn: float
    attention: float
    trust: float
    efficacy: float
    cynicism: float
    fatigue: float
    fear: float
    voice: float
    effort: float
    private_work: float
    bench: float
    pay: float
    owed: float
    consumption: float
    private_goods: float
    in_kind: float
    fulfilment: float
    shortfall: float
    savings: float
    workplace: TwinWorkplace
    delegate: TwinDelegate
    sources: tuple[TwinOffice | News, ...]

    def __init__(self, model: TwinSociety, row: int, traits: dict[str, float]) -> None:
        super().__init__(model)
        vars(self).update(traits)
        self.row = row
        self.engaged = bool(traits["engaged"])
        self.meets = bool(traits["meets"])
        self.beliefs = [
            traits["belief_director"],
            traits["belief_head"],
            traits["belief_centre"],
            traits["belief_delegate"],
        ]
        self.heard = 0.0
        self.office: TwinOffice | None = None
        self.friends: list[TwinWorker] = []

    # --- pay and purchases ----------------------------------------------------------------------

    def earn(self) -> None:
        """Earn the wage of the bench, less what taking part is made to cost."""
        lost = self.workplace.retaliation
        self.pay = self.wage * (1.0 - lost * self.engaged)

    def claim(self, allowances: bool) -> None:
        """Weigh pay by head of household where allowances are paid; fines owed take half."""
        kept = 1.0 - DEDUCTION if self.owed > 0.0 else 1.0
        self.pay *= kept * (self.need if allowances else 1.0)

    def receive(self, rate: float) -> None:
        """Turn relative pay into baskets and pay off what is owed."""
        self.pay *= rate
        self.bench = self.wage * rate
        self.owed = max(0.0, self.owed - self.pay * DEDUCTION / (1.0 - DEDUCTION))

    def trade(self, each: float) -> None:
        """Get goods from the second economy in proportion to private work."""
        self.private_goods = each * self.private_work

    def buy(self) -> None:
        """Buy each good in proportion to need and pay; book fulfilment, shortfall and savings."""
        per_unit = self.pay / self.need
        extra = self.private_goods / self.need
        lost = short = 0.0
        for ratio, level in zip(self.workplace.ratios, self.workplace.level, strict=True):
            gap = 1.0 - ratio * per_unit
            lost += level * unmet_score(gap - extra)
            short += level * max(0.0, gap)
        self.fulfilment = 1.0 - lost / self.workplace.basket
        self.shortfall = self.need * short
        self.consumption = self.pay * self.workplace.bought
        self.savings += self.pay * (1.0 - self.workplace.bought)

    # --- beliefs --------------------------------------------------------------------------------

    def calm(self, decay: float) -> None:
        """Let cynicism fade."""
        self.cynicism *= 1.0 - decay

    def read(self) -> None:
        """Learn about the four offices above: reading, hearsay, blame for want, scandals."""
        b, attention = self.model.behaviour, self.attention
        anchor = min(1.0, b.suspicion + 1.0 - self.fulfilment)
        whim = b.opinion_noise * even(self.model.draws[self.row])
        for kind, source in enumerate(self.sources):
            truth = source.misuse
            said = rumoured(truth, b.suspicion, b.rumour)
            belief = believes(
                self.beliefs[kind], truth, source.readable, attention, b.notice, b.hearsay, said
            )
            belief += b.blame * (anchor - belief)
            if source.news:
                belief = max(belief, truth)
            self.beliefs[kind] = clamp(belief + whim, 0.0, 1.0)

    def attend(self) -> None:
        """Move attention: scandals raise it, cause and efficacy hold it."""
        b, attention = self.model.behaviour, self.attention
        for source in self.sources:
            for _ in range(source.news):
                attention += b.scandal_boost * source.part * (1.0 - attention)
        reason = grievance(self.beliefs[DIRECTOR], self.fulfilment)
        goal = attention_goal(b.attention, self.efficacy, reason)
        self.attention = attention + b.attention_decay * (goal - attention)

    def speak(self) -> None:
        """Keep what one thinks of the centre for friends to hear."""
        self.heard = self.beliefs[CENTRE]

    def listen(self, diffusion: float) -> None:
        """Hear from friends elsewhere what they think of the centre."""
        for friend in self.friends:
            belief = self.beliefs[CENTRE]
            self.beliefs[CENTRE] = belief + 0.5 * diffusion * (friend.heard - belief)

    def form_opinion(self, council: float, brought: float, delivered: float) -> None:
        """Update trust, voice, efficacy, fatigue and effort."""
        b = self.model.behaviour
        suspected = 0.25 * sum(self.beliefs)
        self.trust += TRUST_SPEED * ((1.0 - suspected) * self.fulfilment - self.trust)
        self.voice += VOICE_SPEED * (council * self.meets - self.voice)
        if self.meets:
            lesson = b.meeting_lesson * b.efficacy_learning
            self.efficacy = after_meeting(self.efficacy, brought, council * delivered, lesson)
        self.efficacy += FORGETTING * (RESTING_EFFICACY - self.efficacy)
        self.fatigue *= 1.0 - b.fatigue_decay
        legitimacy = 0.5 * (self.trust + self.voice)
        self.effort = effort(b.legitimacy_premium, legitimacy, self.private_work)

    # --- action ---------------------------------------------------------------------------------

    def take_part(self) -> None:
        """Decide whether to vote this month, and whether to come to meetings too."""
        b = self.model.behaviour
        reason = cause(
            b.stake,
            grievance(max(self.beliefs), self.fulfilment),
            self.efficacy,
            self.cynicism,
        )
        pull = b.mobilisation * self.workplace.engaged
        scale = b.scale_cost * self.model.tenfold
        fear = b.fear * self.fear
        odds = participation_odds(b.duty, reason, pull, self.fatigue, fear, scale)
        chance = logistic(odds)
        draw = self.model.draws[self.row]
        self.engaged = draw < chance
        self.meets = comes(draw, chance, exp(b.meeting_cost))

    def dread(self, lost: float) -> None:
        """Learn to fear what taking part has cost here."""
        self.fear += FEAR_SPEED * (lost - self.fear)

    def judge(self) -> None:
        """Be counted for or against every office above, and whether one takes part."""
        director, head, _, delegate = self.sources
        for office in (director, head, delegate, *self.model.judged):
            wants = wants_removal(self.beliefs[office.tier], office.alleged, self.tolerance)
            office.came += self.engaged
            office.against += wants
            office.acting += self.engaged and wants

    def feel(self, success: bool, learning: float, fatigue: float) -> None:
        """If one took part in a petition or ballot, learn whether it helped, and tire."""
        if self.engaged:
            goal = 1.0 if success else 0.0
            self.efficacy += learning * (goal - self.efficacy)
            self.fatigue += fatigue

    def adapt_private_work(self) -> None:
        """Move private work toward what shortage suggests."""
        b = self.model.behaviour
        goal = private_work_goal(b.informal_limit, self.fulfilment, b.shortage_response)
        self.private_work += HABIT * (goal - self.private_work)

    def forget_office(self, months: float) -> None:
        """Let experience of office fade while one holds none."""
        if self.experience > 0.0 and self.office is None:
            self.experience += (0.0 - self.experience) / (5.0 * months)

    # --- what others ask ------------------------------------------------------------------------

    @property
    def leads(self) -> bool:
        """Whether the person holds a post of the administration, away from the bench."""
        return self.office is not None and self.office.is_post
