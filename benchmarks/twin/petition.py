"""How an office is petitioned against and its holder recalled."""

from __future__ import annotations

from ...agents.offices import AGGRIEVED, BY_RECALL, CENTRE, LOSER, NOBODY
from ...model.recall import BY_ELECTION_CHANCE, CAMPAIGN_COST, HONEST_BELOW
from .plain import newly_signing, post_value


class Recalled:
    """An office whose electorate may petition against its holder and remove it."""

    def open_count(self) -> None:
        """Start counting who comes and who wants the holder gone."""
        self.came = self.against = self.acting = 0.0
        self.alleged = self.slander if self.petition > 0.0 else 0.0

    def close_count(self) -> None:
        """Turn the counts into shares of the electorate."""
        self.came /= len(self.electorate)
        self.against /= len(self.electorate)
        self.acting /= len(self.electorate)

    def who_begins(self) -> int:
        """Return who begins a petition against the holder this month."""
        b, rules, draws = self.model.behaviour, self.model.rules, self.model.draws
        if self.acting >= b.organisers and self.acting > 0.0:
            return AGGRIEVED
        rival = self.runner_up
        if rival is not None and rival.office is None:
            chance = 1.0 if rules.runner_up_succeeds else BY_ELECTION_CHANCE
            value = post_value(self.pay, rival.bench, rival.vocation, rival.greed * self.take)
            gain = chance * value
            odds = 0.1 * b.ambition * gain / (gain + CAMPAIGN_COST) if gain > 0.0 else 0.0
            if draws[0][self.row] < odds:
                return LOSER
        if rules.participants_visible and self.superior is not None and self.elected == 1:
            distance = self.superior.diversion - self.diversion
            if draws[1][self.row] < 0.1 * b.ambition * distance:
                return CENTRE
        return NOBODY

    def run_petition(self) -> None:
        """Begin a petition or move a running one a month on; hold the ballot if enough signed."""
        b = self.model.behaviour
        if self.holder is None:
            return
        if self.petition == 0.0:
            initiator = self.who_begins()
            if initiator == NOBODY:
                return
            self.model.funnel["attempted"] += 1
            self.initiator = initiator
            self.slander = b.slander if initiator != AGGRIEVED else 0.0
        self.petition += 1.0
        self.signed += newly_signing(self.signed, self.against, self.acting)
        if self.signed >= self.model.rules.recall_threshold:
            self.hold_ballot()
        elif self.petition >= b.petition_months:
            self.tell_electorate(False, 0.5 * b.fatigue_gain)
            self.close_petition()

    def hold_ballot(self) -> None:
        """Let those who came decide whether the holder stays."""
        funnel = self.model.funnel
        funnel["balloted"] += 1
        self.ballot = True
        removed = self.acting > 0.5 * self.came
        self.tell_electorate(removed, self.model.behaviour.fatigue_gain)
        if not removed:
            self.close_petition()
            return
        funnel["removed"] += 1
        funnel["honest"] += self.misuse < HONEST_BELOW
        self.vacate(BY_RECALL)

    def tell_electorate(self, success: bool, fatigue: float) -> None:
        """Let those who took part feel the result."""
        learning = self.part * self.model.behaviour.efficacy_learning
        for worker in self.electorate:
            worker.feel(success, learning, self.part * fatigue)
