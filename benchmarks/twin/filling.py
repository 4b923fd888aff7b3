"""How an office is filled: elected, appointed or drawn by lot."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from ...agents.offices import (
    APPOINTED,
    BY_ELECTION,
    BY_LOT,
    BY_RECALL,
    BY_SUPERIOR,
    BY_TERM,
    BY_VOTE,
    IN_POST,
)
from .plain import (
    appointment_score,
    challenger_score,
    competence,
    detection_learnt,
    even,
    horizon,
    how_filled,
    intended_diversion,
    kept_of_take,
    known_share,
    logistic,
    post_value,
    voter_score,
)

if TYPE_CHECKING:
    from .worker import TwinWorker


class Filled:
    """An office that gets a new holder when a mandate ends or the office is vacant."""

    def worth(self, person: TwinWorker) -> float:
        """Return what the office is worth to a person beyond the bench, in baskets a month."""
        b, pay = self.model.behaviour, self.pay
        kept = kept_of_take(b.favour_share, self.model.rules.restitution, person.recovery)
        room = kept * self.room
        detection = detection_learnt(person.risk, person.churn)
        ahead = horizon(b.patience, person.churn, 0.0)
        fine = person.fine_risk * self.model.rules.sanction * pay
        surplus = pay - person.bench + person.vocation
        share = intended_diversion(person.greed, room, surplus, ahead, detection, fine, 0.0, 0.0)
        return post_value(pay, person.bench, person.vocation, share * (room - fine))

    def may_hold(self, person: TwinWorker) -> bool:
        """Say whether a person may be considered: holds nothing, and has not just lost this."""
        just_left = self.removed != IN_POST and self.last_holder is person
        return person.office is None and not just_left

    def standing(self, person: TwinWorker, whim: float) -> float:
        """Return how electors rank a person: visible skill, experience and record."""
        ability = competence(person.skill, person.experience)
        return voter_score(ability, person.record, self.model.behaviour.choice_noise * whim)

    def challenge(self, person: TwinWorker, whim: float) -> float:
        """Return how electors rank a newcomer, whom those know who work with it or read of it."""
        model, electorate = self.model, self.electorate
        friends = [f for f in person.friends if f.workplace is not person.workplace]
        met = sum(w.workplace is person.workplace for w in electorate)
        met += sum(friend in electorate for friend in friends)
        readers = model.behaviour.press if model.rules.opposition else 0.0
        share = min(1.0, met / len(electorate))
        known = known_share(share, readers, model.behaviour.obscurity)
        return challenger_score(known, self.standing(person, whim), competence(1.0, 0.0))

    def willing(
        self, pool: list[TwinWorker], draws: list[list[float]], self_selection: float
    ) -> Iterator[tuple[TwinWorker, float]]:
        """Yield those asked who are free and want the office, each with its whim."""
        for u, whim in draws:
            place = u * len(pool)
            second = (place - int(place)) * len(pool)
            asked = [pool[int(place)]]
            if second - int(second) < self_selection:
                asked.append(pool[int(second)])
            worth = {person: self.worth(person) for person in asked if self.may_hold(person)}
            keen = max(worth, key=worth.__getitem__, default=None)
            if keen is not None and worth[keen] > 0.0:
                yield keen, even(whim)

    def elect(
        self, incumbent: TwinWorker | None, draws: list[list[float]]
    ) -> tuple[TwinWorker | None, TwinWorker | None]:
        """Return winner and runner-up of an election among the willing."""
        best, second, top, next_top = incumbent, None, -1e9, -1e9
        if incumbent is not None:
            came = [w.beliefs[self.tier] for w in self.electorate if w.engaged]
            belief = sum(came) / len(came) if came else 0.0
            top = self.standing(incumbent, even(draws[0][0]))
            top += self.model.behaviour.suspicion - belief
        challengers = len(draws) - 1 if self.model.rules.opposition else 1
        keen = self.model.behaviour.self_selection
        for person, whim in self.willing(self.electorate, draws[1 : challengers + 1], keen):
            if person is best or person is second:
                continue
            score = self.challenge(person, whim)
            if score > top:
                best, second, top, next_top = person, best, score, top
            elif score > next_top:
                second, next_top = person, score
        noise = max(self.model.behaviour.choice_noise, 1e-9)
        self.rivals = logistic((next_top - top) / noise) if second is not None else 0.0
        return best, second

    def appoint(self, incumbent: TwinWorker | None, draws: list[list[float]]) -> TwinWorker | None:
        """Return whom the superior puts into the office."""
        b, chief = self.model.behaviour, self.superior
        hidden = chief.diversion if chief is not None else 0.0
        best, top = incumbent, -1e9

        def score(person: TwinWorker) -> float:
            ability = competence(person.skill, person.experience)
            return appointment_score(ability, person.loyalty, hidden, b.loyalty_weight)

        if incumbent is not None:
            top = score(incumbent)
        pool = self.electorate if chief is None else chief.electorate
        for person, whim in self.willing(pool, draws[1:], b.self_selection):
            if person is not best and (value := b.choice_noise * whim + score(person)) > top:
                best, top = person, value
        return best

    def draw_lot(self, draws: list[list[float]]) -> TwinWorker | None:
        """Return the first person drawn that is free and willing."""
        return next((person for person, _ in self.willing(self.electorate, draws[1:], 0.0)), None)

    def choose(
        self, way: int, incumbent: TwinWorker | None, draws: list[list[float]]
    ) -> tuple[TwinWorker | None, TwinWorker | None]:
        """Return who is to hold the office and the runner-up, by whichever way it is filled."""
        if way == APPOINTED:
            return self.appoint(incumbent, draws), None
        if way == BY_LOT:
            return self.draw_lot(draws), None
        rival = self.runner_up
        succeeds = self.removed == BY_RECALL and self.model.rules.runner_up_succeeds
        if succeeds and rival is not None and rival.office is None:
            return rival, None
        for worker in self.electorate:
            if worker.engaged:
                worker.fatigue += self.part * self.model.behaviour.fatigue_gain
        return self.elect(incumbent, draws)

    def end_mandate(self) -> bool:
        """Count a month of the mandate; say whether it has ended, sending home who may not stay."""
        self.term_left -= 1.0
        self.tenure += 1.0
        if self.term_left > 0.0:
            return False
        if not self.may_stay:
            self.vacate(BY_TERM)
        return True

    @property
    def may_stay(self) -> bool:
        """Whether the holder may be confirmed when its mandate ends."""
        limit = self.model.rules.term_limit
        return self.elected != BY_LOT and (limit is None or self.terms < limit)

    def fill(self) -> None:
        """End the mandate if it is up, and fill the office if it is vacant."""
        rules = self.model.rules
        if self.holder is not None and not self.end_mandate():
            return
        way = how_filled(self.priority, self.tier, rules.elected_posts, rules.sortition)
        self.elected = way
        incumbent = self.holder
        person, second = self.choose(way, incumbent, self.model.draws[self.row])
        if incumbent is not None and person is incumbent:
            self.terms += 1.0
            self.term_left = self.mandate = rules.term_months
            self.name_rival(second)
            return
        if incumbent is not None:
            self.vacate(BY_ELECTION if way == BY_VOTE else BY_SUPERIOR)
        if person is not None:
            self.seat(person, second)
            self.model.changed_hands += 1
