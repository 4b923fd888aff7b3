"""13. Vacancies: mandates end; electors, superiors or the lot fill offices with the willing.

Everyone asked compares what the office is worth (pay, vocation, what it could take there) with the
bench. Electors rank by what they can see; superiors by competence and, as far as they have
something to hide, by loyalty.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from ..agents.compiled import even, rule, toward
from ..agents.offices import (
    BY_ELECTION,
    BY_RECALL,
    BY_SUPERIOR,
    BY_TERM,
    DELEGATE,
    IN_POST,
    PLANNER,
    Office,
    OfficeCode,
)
from ..agents.official_rules import (
    appointment_score,
    detection_learnt,
    intended_diversion,
    post_value,
)
from ..agents.people import Person, PersonCode
from ..agents.worker_rules import voter_score
from .tenure import competence, forget_predecessor, keep_bargains, seat, vacate

if TYPE_CHECKING:
    from .society import Society

DRAWS = 6  # per office: one for the incumbent, the others for newcomers who are asked
NO_TERM_LIMIT = 1_000_000
BELIEF, TURNOUT, TIRED, KEPT = range(4)  # what is kept of the planners' common electorate
INCUMBENT = 0  # row of the draws that belongs to the incumbent


@rule
def how_filled(
    priority: float, tier: int, elected_posts: float, sortition: float, private: bool
) -> int:
    """Return how an office is filled: 0 appointed, 1 elected, 2 by lot.

    `priority` (0..1) orders offices: those with the lowest are the first to be elected (posts) or
    drawn by lot (seats).
    """
    if private:
        return 0
    if tier == DELEGATE:
        return 2 if priority < sortition else 1
    return 1 if priority < elected_posts else 0


@rule
def wants_office(
    offices: np.ndarray,
    people: np.ndarray,
    office: int,
    person: int,
    patience: float,
    sanction: float,
    kept: float,
) -> bool:
    """Say whether a person would take an office: is it worth more to it than the bench?"""
    greed = people[Person.GREED, person]
    detection = detection_learnt(people[Person.RISK, person], people[Person.CHURN, person])
    wage = people[Person.BENCH, person]
    vocation = people[Person.VOCATION, person]
    pay = offices[Office.PAY, office]
    horizon = patience * (1.0 - people[Person.CHURN, person])
    fine = people[Person.FINE_RISK, person] * sanction * pay
    room = kept * offices[Office.ROOM, office]
    surplus = pay - wage + vocation
    share = intended_diversion(greed, room, surplus, horizon, detection, fine, 0.0, 0.0)
    return post_value(pay, wage, vocation, share * (room - fine)) > 0.0


@rule
def candidate(office_codes: np.ndarray, office: int, appointed: bool, u: float) -> int:
    """Return a person drawn from those who may stand: the electorate, or a superior's domain."""
    pool = office
    if appointed:
        chief = office_codes[OfficeCode.SUPERIOR, office]
        pool = chief if chief >= 0 else office
    start, stop = office_codes[OfficeCode.START, pool], office_codes[OfficeCode.STOP, pool]
    return start + int(u * (stop - start))


@rule
def eligible(office_codes: np.ndarray, people_codes: np.ndarray, office: int, person: int) -> bool:
    """Say whether a person may be considered: holds nothing, and has not just lost this office."""
    if people_codes[PersonCode.OFFICE, person] >= 0:
        return False
    just_left = office_codes[OfficeCode.REMOVED, office] != IN_POST
    return not (just_left and office_codes[OfficeCode.LAST_HOLDER, office] == person)


@rule
def standing(
    people: np.ndarray, people_codes: np.ndarray, person: int, noise: float, whim: float
) -> float:
    """Return how electors rank a newcomer: visible skill, experience and record."""
    ability = competence(people[Person.SKILL, person], people[Person.EXPERIENCE, person])
    return voter_score(ability, people[Person.RECORD, person], noise * whim)


@rule
def mean_belief(people: np.ndarray, tier: int, start: int, stop: int) -> tuple[float, float]:
    """Return mean believed misuse among those who take part, and their share of the electorate."""
    total = 0.0
    came = 0.0
    for i in range(start, stop):
        if people[Person.ENGAGED, i] > 0.0:
            came += 1.0
            total += people[Person.BELIEF_DIRECTOR + tier, i]
    return (total / came if came > 0.0 else 0.0), came / (stop - start)


@rule
def elect(
    offices: np.ndarray,
    office_codes: np.ndarray,
    people: np.ndarray,
    people_codes: np.ndarray,
    office: int,
    incumbent: int,
    challengers: int,
    suspicion: float,
    noise: float,
    patience: float,
    sanction: float,
    kept: float,
    centre: np.ndarray,
    draws: np.ndarray,
) -> tuple[int, int]:
    """Return winner and runner-up (-1 none) of an election among the willing.

    Of the incumbent electors know what they believe of it; of newcomers only that nobody is above
    suspicion. Without organised opposition fewer newcomers come forward (`challengers`).
    """
    tier = office_codes[OfficeCode.TIER, office]
    start, stop = office_codes[OfficeCode.START, office], office_codes[OfficeCode.STOP, office]
    best, second = -1, -1
    top, next_top = -1e9, -1e9
    if incumbent >= 0:
        belief, turnout = centre[BELIEF], centre[TURNOUT]
        if tier != PLANNER:
            belief, turnout = mean_belief(people, tier, start, stop)
        offices[Office.TURNOUT, office] = turnout
        best = incumbent
        top = (
            standing(people, people_codes, incumbent, noise, even(draws[INCUMBENT, 0]))
            + suspicion
            - belief
        )
    for k in range(challengers):
        person = candidate(office_codes, office, False, draws[k + 1, 0])
        if person in (best, second):
            continue
        if not eligible(office_codes, people_codes, office, person):
            continue
        if not wants_office(offices, people, office, person, patience, sanction, kept):
            continue
        score = standing(people, people_codes, person, noise, even(draws[k + 1, 1]))
        if score > top:
            best, second, top, next_top = person, best, score, top
        elif score > next_top:
            second, next_top = person, score
    return best, second


@rule
def appoint(
    offices: np.ndarray,
    office_codes: np.ndarray,
    people: np.ndarray,
    people_codes: np.ndarray,
    office: int,
    incumbent: int,
    loyalty_weight: float,
    noise: float,
    patience: float,
    sanction: float,
    kept: float,
    draws: np.ndarray,
) -> int:
    """Return whom the superior puts into an office (-1 if nobody is willing)."""
    chief = office_codes[OfficeCode.SUPERIOR, office]
    hidden = offices[Office.DIVERSION, chief] if chief >= 0 else 0.0
    best = -1
    top = -1e9
    if incumbent >= 0:
        best = incumbent
        top = appointment_score(
            competence(people[Person.SKILL, incumbent], people[Person.EXPERIENCE, incumbent]),
            people[Person.LOYALTY, incumbent],
            hidden,
            loyalty_weight,
        )
    for k in range(draws.shape[0] - 1):
        person = candidate(office_codes, office, True, draws[k + 1, 0])
        if person == best or not eligible(office_codes, people_codes, office, person):
            continue
        if not wants_office(offices, people, office, person, patience, sanction, kept):
            continue
        score = noise * even(draws[k + 1, 1]) + appointment_score(
            competence(people[Person.SKILL, person], people[Person.EXPERIENCE, person]),
            people[Person.LOYALTY, person],
            hidden,
            loyalty_weight,
        )
        if score > top:
            best, top = person, score
    return best


@rule
def draw_lot(
    offices: np.ndarray,
    office_codes: np.ndarray,
    people: np.ndarray,
    people_codes: np.ndarray,
    office: int,
    patience: float,
    sanction: float,
    kept: float,
    draws: np.ndarray,
) -> int:
    """Return the first person drawn that is free and willing (-1 if none)."""
    for k in range(1, draws.shape[0]):
        person = candidate(office_codes, office, False, draws[k, 0])
        if eligible(office_codes, people_codes, office, person) and wants_office(
            offices, people, office, person, patience, sanction, kept
        ):
            return person
    return -1


@rule
def end_mandates(
    offices: np.ndarray,
    office_codes: np.ndarray,
    people: np.ndarray,
    people_codes: np.ndarray,
    office: int,
    limit: int,
) -> tuple[bool, int]:
    """Say whether a mandate ends this month, and who may be confirmed (-1 none)."""
    holder = office_codes[OfficeCode.HOLDER, office]
    offices[Office.TERM_LEFT, office] -= 1.0
    offices[Office.TENURE, office] += 1.0
    if offices[Office.TERM_LEFT, office] > 0.0:
        return False, holder
    drawn = office_codes[OfficeCode.ELECTED, office] == 2
    barred = offices[Office.TERMS, office] >= limit
    if drawn or barred:
        vacate(offices, office_codes, people, people_codes, office, BY_TERM)
        return True, -1
    return True, holder


@rule
def tire_electors(people: np.ndarray, start: int, stop: int, fatigue: float) -> None:
    """Let those who took part in an election tire of it."""
    for i in range(start, stop):
        if people[Person.ENGAGED, i] > 0.0:
            people[Person.FATIGUE, i] += fatigue


@rule
def choose(
    offices: np.ndarray,
    office_codes: np.ndarray,
    people: np.ndarray,
    people_codes: np.ndarray,
    office: int,
    incumbent: int,
    way: int,
    runner_up_succeeds: bool,
    challengers: int,
    suspicion: float,
    noise: float,
    loyalty_weight: float,
    patience: float,
    sanction: float,
    kept: float,
    fatigue: float,
    planners: int,
    centre: np.ndarray,
    draws: np.ndarray,
) -> tuple[int, int]:
    """Return who is to hold an office and the runner-up, by whichever way it is filled."""
    if way == 0:
        person = appoint(
            offices,
            office_codes,
            people,
            people_codes,
            office,
            incumbent,
            loyalty_weight,
            noise,
            patience,
            sanction,
            kept,
            draws,
        )
        return person, -1
    if way == 2:
        person = draw_lot(
            offices, office_codes, people, people_codes, office, patience, sanction, kept, draws
        )
        return person, -1
    rival = office_codes[OfficeCode.RUNNER_UP, office]
    recalled = office_codes[OfficeCode.REMOVED, office] == BY_RECALL
    succeeds = recalled and runner_up_succeeds and rival >= 0
    if succeeds and people_codes[PersonCode.OFFICE, rival] < 0:
        return rival, -1
    start, stop = office_codes[OfficeCode.START, office], office_codes[OfficeCode.STOP, office]
    if office_codes[OfficeCode.TIER, office] == PLANNER:
        centre[TIRED] += fatigue / planners
    else:
        tire_electors(people, start, stop, fatigue)
    return elect(
        offices,
        office_codes,
        people,
        people_codes,
        office,
        incumbent,
        challengers,
        suspicion,
        noise,
        patience,
        sanction,
        kept,
        centre,
        draws,
    )


@rule
def welcome(
    people: np.ndarray,
    office_codes: np.ndarray,
    office: int,
    suspicion: float,
    planners: int,
    centre: np.ndarray,
) -> None:
    """Let a newcomer's electorate forget the predecessor; planners' are kept in `centre`."""
    if office_codes[OfficeCode.TIER, office] == PLANNER:
        centre[BELIEF] = toward(centre[BELIEF], suspicion, 1.0 / planners)
        centre[KEPT] *= 1.0 - 1.0 / planners
        return
    row = Person.BELIEF_DIRECTOR + office_codes[OfficeCode.TIER, office]
    start, stop = office_codes[OfficeCode.START, office], office_codes[OfficeCode.STOP, office]
    forget_predecessor(people, row, start, stop, suspicion, 1.0)


@rule
def settle_centre(people: np.ndarray, suspicion: float, centre: np.ndarray) -> None:
    """Let everybody feel at once what all planners' elections and newcomers came to."""
    if centre[TIRED] > 0.0:
        tire_electors(people, 0, people.shape[1], centre[TIRED])
    if centre[KEPT] < 1.0:
        share = 1.0 - centre[KEPT]
        forget_predecessor(people, Person.BELIEF_CENTRE, 0, people.shape[1], suspicion, share)


@rule
def fill_offices(
    offices: np.ndarray,
    office_codes: np.ndarray,
    people: np.ndarray,
    people_codes: np.ndarray,
    planners: int,
    elected_posts: float,
    sortition: float,
    runner_up_succeeds: bool,
    opposition: bool,
    term_months: int,
    term_limit: int,
    suspicion: float,
    noise: float,
    loyalty_weight: float,
    patience: float,
    sanction: float,
    kept: float,
    fatigue: float,
    draws: np.ndarray,
    filled: np.ndarray,
) -> None:
    """End mandates that are up and fill every vacancy that somebody wants.

    `filled` (2,) receives this month's elections held and offices that changed hands.
    """
    filled[:] = 0.0
    challengers = draws.shape[1] - 1 if opposition else 1
    centre = np.zeros(4)  # planners share one electorate: it is asked once and feels once
    centre[BELIEF], centre[TURNOUT] = mean_belief(people, PLANNER, 0, people.shape[1])
    centre[KEPT] = 1.0
    for o in range(offices.shape[1]):
        tier = office_codes[OfficeCode.TIER, o]
        if o > 0 and tier == DELEGATE and office_codes[OfficeCode.TIER, o - 1] == PLANNER:
            settle_centre(people, suspicion, centre)
        way = how_filled(offices[Office.PRIORITY, o], tier, elected_posts, sortition, False)
        incumbent = -1
        if office_codes[OfficeCode.HOLDER, o] >= 0:
            due, incumbent = end_mandates(
                offices, office_codes, people, people_codes, o, term_limit
            )
            if not due:
                continue
        office_codes[OfficeCode.ELECTED, o] = way
        filled[0] += 1.0 if way == 1 else 0.0
        person, second = choose(
            offices,
            office_codes,
            people,
            people_codes,
            o,
            incumbent,
            way,
            runner_up_succeeds,
            challengers,
            suspicion,
            noise,
            loyalty_weight,
            patience,
            sanction,
            kept,
            fatigue,
            planners,
            centre,
            draws[o],
        )
        if incumbent >= 0 and person == incumbent:
            offices[Office.TERMS, o] += 1.0
            offices[Office.TERM_LEFT, o] = term_months
            offices[Office.MANDATE, o] = term_months
            office_codes[OfficeCode.RUNNER_UP, o] = second
            continue
        if incumbent >= 0:
            ended = BY_ELECTION if way == 1 else BY_SUPERIOR
            vacate(offices, office_codes, people, people_codes, o, ended)
        if person >= 0:
            seat(offices, office_codes, people, people_codes, o, person, second, term_months)
            welcome(people, office_codes, o, suspicion, planners, centre)
            filled[1] += 1.0


@rule
def forget_office(people: np.ndarray, people_codes: np.ndarray, months: float) -> None:
    """Let experience of office fade in those who hold none, five times slower than it is learnt."""
    for i in range(people.shape[1]):
        if people[Person.EXPERIENCE, i] > 0.0 and people_codes[PersonCode.OFFICE, i] < 0:
            people[Person.EXPERIENCE, i] = toward(
                people[Person.EXPERIENCE, i], 0.0, 1.0 / (5.0 * months)
            )


def vacancies(society: Society) -> None:
    """Hold elections, make appointments, draw lots."""
    rules, b = society.rules, society.behaviour
    people, offices = society.people, society.offices
    draws = society.streams.uniforms("vacancies", len(offices), DRAWS, 2)
    society.filled[:] = 0.0
    if society.private:
        return
    fill_offices(
        offices.values,
        offices.codes,
        people.values,
        people.codes,
        society.planners,
        rules.elected_posts,
        rules.sortition,
        rules.runner_up_succeeds,
        rules.opposition,
        rules.term_months,
        NO_TERM_LIMIT if rules.term_limit is None else rules.term_limit,
        b.suspicion,
        b.choice_noise,
        b.loyalty_weight,
        b.patience,
        rules.sanction,
        1.0 - b.favour_share,
        b.fatigue_gain,
        draws,
        society.filled,
    )
    keep_bargains(offices.values, offices.codes, offices.posts)
    forget_office(people.values, people.codes, b.learning_months)
