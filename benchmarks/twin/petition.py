"""How an office is petitioned against and its holder recalled."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ...agents.offices import AGGRIEVED, APPOINTED, BY_RECALL, LOSER, NOBODY, OFFICIAL
from ...model.petition import BY_ELECTION_CHANCE
from ...model.recall import HONEST_BELOW
from .plain import newly_signing, pauses, post_value, readiness, toward

if TYPE_CHECKING:
    from .office import TwinOfficial


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

    def count_rivals(self) -> None:
        """Add to those against the holder the loser's voters, as far as its prospects go."""
        self.hostile = 0.0
        if self.runner_up is not None and self.runner_up.office is None:
            sure = self.model.rules.runner_up_succeeds
            self.hostile = self.rivals * (1.0 if sure else BY_ELECTION_CHANCE)
        self.all_against = toward(self.against, 1.0, self.hostile)
        self.all_acting = toward(self.acting, self.came, self.hostile)

    @property
    def loser_gains(self) -> float:
        """Return what the holder's removal would be worth a month to who lost the last election."""
        loser = self.runner_up
        if loser is None or loser.office is not None:
            return 0.0
        chance = 1.0 if self.model.rules.runner_up_succeeds else BY_ELECTION_CHANCE
        rent = loser.greed * self.take
        return chance * post_value(self.pay, loser.bench, loser.vocation, rent)

    @property
    def favours_forgone(self) -> float:
        """Return what another holder would be worth a month to the superior of this office."""
        chief = self.superior if self.is_post else None
        if chief is None or chief.holder is None or self.elected == APPOINTED:
            return 0.0
        untaken = max(chief.diversion - self.diversion, 0.0)
        return chief.holder.greed * self.model.behaviour.favour_share * self.room * untaken

    @property
    def watched(self) -> list[TwinOfficial]:
        """Return the posts this office looks into: a superior all below it."""
        return [post for post in self.model.officials if post.superior is self]

    def fear_of(self, post: TwinOfficial) -> float:
        """Return what another holder would be worth a month to who is watched by this one."""
        favour = self.model.behaviour.favour_share * post.take
        if post.holder is None or self.keeps_silent(post, favour):
            return 0.0
        return post.holder.greed * post.exposure

    def who_begins(self) -> int:
        """Return who begins a petition against the holder this month."""
        b, draws, row = self.model.behaviour, self.model.draws, self.row
        if draws[0][row] < b.initiative * self.acting:
            return AGGRIEVED
        if draws[1][row] < b.initiative * readiness(self.prospect * self.loser_gains):
            return LOSER
        most = max([self.favours_forgone, *(self.fear_of(post) for post in self.watched)])
        if draws[2][row] < b.initiative * b.intrigue * readiness(self.prospect * most):
            return OFFICIAL
        return NOBODY

    def run_petition(self) -> None:
        """Begin a petition or move a running one a month on; hold the ballot if enough signed."""
        b = self.model.behaviour
        if self.holder is None:
            return
        self.count_rivals()
        if self.petition == 0.0:
            if pauses(self.mandate, self.term_left, self.model.rules.recall_pause_months):
                return
            initiator = self.who_begins()
            if initiator == NOBODY:
                return
            self.model.funnel["attempted"] += 1
            self.initiator = initiator
            self.slander = b.slander if initiator != AGGRIEVED else 0.0
        self.petition += 1.0
        self.signed += newly_signing(self.signed, self.all_against, self.all_acting, b.canvass)
        if self.signed >= self.model.rules.recall_threshold:
            self.hold_ballot()
        elif self.petition >= b.petition_months:
            self.tell_electorate(False, 0.5 * b.fatigue_gain)
            self.tell_loser(self.signed / self.model.rules.recall_threshold)
            self.close_petition()

    def hold_ballot(self) -> None:
        """Let those who came decide whether the holder stays."""
        funnel = self.model.funnel
        funnel["balloted"] += 1
        self.ballot = True
        removed = self.voted_out()
        self.tell_electorate(removed, self.model.behaviour.fatigue_gain)
        self.tell_loser(float(removed))
        if not removed:
            self.close_petition()
            return
        funnel["removed"] += 1
        funnel["honest"] += self.misuse < HONEST_BELOW
        self.vacate(BY_RECALL)

    def voted_out(self) -> bool:
        """Say whether most of those who come want the holder gone, by belief or slander."""
        came = [worker for worker in self.electorate if worker.engaged]
        against = sum(
            worker.beliefs[self.tier] + self.still_alleged(worker.attention) > worker.tolerance
            for worker in came
        )
        return toward(against, len(came), self.hostile) > 0.5 * len(came)

    def still_alleged(self, attention: float) -> float:
        """Return what of the slander stands with a voter who may have read the books since."""
        b = self.model.behaviour
        reading = min(1.0, b.notice * attention * self.model.rules.openness * self.legible)
        return b.doubt * self.slander * (1.0 - reading) ** self.petition

    def tell_loser(self, came_to: float) -> None:
        """Let those who would campaign learn how near the petition came."""
        learning = self.model.behaviour.loser_learning
        self.prospect = toward(self.prospect, came_to, learning)

    def tell_electorate(self, success: bool, fatigue: float) -> None:
        """Let those who took part feel the result."""
        learning = self.part * self.model.behaviour.efficacy_learning
        for worker in self.electorate:
            worker.feel(success, learning, self.part * fatigue)
