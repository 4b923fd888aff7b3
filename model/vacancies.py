"""13. Vacancies: mandates end; electors, superiors or the lot fill offices with the willing.

Who wants an office and whom electors and superiors prefer stands in candidates.py.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from ..agents.compiled import inner, rule, toward
from ..agents.offices import (
    APPOINTED,
    BY_ELECTION,
    BY_LOT,
    BY_RECALL,
    BY_SUPERIOR,
    BY_TERM,
    BY_VOTE,
    DELEGATE,
    PLANNER,
    Office,
    OfficeCode,
)
from ..agents.people import Person, PersonCode
from .candidates import (
    BELIEF,
    EVERYBODY_ALIKE,
    KEPT,
    TIRED,
    TURNOUT,
    appoint,
    come_forward,
    draw_lot,
    elect,
    mean_belief,
)
from .tenure import forget_predecessor, keep_bargains, may_stay, name_rival, seat, vacate
from .world import Law, State, World

if TYPE_CHECKING:
    from .parameters import Behaviour
    from .society import Society

DRAWS = 6  # per office: one for the incumbent, the others for newcomers who are asked
NOT_ASKED = -1.0  # turnout of the planners' electorate before the first of them is up


@rule
def how_filled(priority: float, tier: int, elected_posts: float, sortition: float) -> int:
    """Return how an office is filled: APPOINTED, BY_VOTE or BY_LOT.

    `priority` (0..1) orders offices: those with the lowest are the first to be elected (posts) or
    drawn by lot (seats).
    """
    if tier == DELEGATE:
        return BY_LOT if priority < sortition else BY_VOTE
    return BY_VOTE if priority < elected_posts else APPOINTED


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
    if not may_stay(offices, office_codes, office, limit):
        vacate(offices, office_codes, people, people_codes, office, BY_TERM)
        return True, -1
    return True, holder


@rule
def tire_electors(people: np.ndarray, start: int, stop: int, fatigue: float) -> None:
    """Let those who took part in an election tire of it."""
    engaged, weary = people[Person.ENGAGED, start:stop], people[Person.FATIGUE, start:stop]
    for i in range(stop - start):
        weary[i] += fatigue if engaged[i] > 0.0 else 0.0


@rule
def choose(
    offices: np.ndarray,
    office_codes: np.ndarray,
    people: np.ndarray,
    people_codes: np.ndarray,
    site_codes: np.ndarray,
    office: int,
    incumbent: int,
    way: int,
    runner_up_succeeds: bool,
    challengers: int,
    suspicion: float,
    noise: float,
    readers: float,
    obscurity: float,
    loyalty_weight: float,
    patience: float,
    sanction: float,
    restitution: float,
    favour_share: float,
    self_selection: float,
    fatigue: float,
    planners: int,
    centre: np.ndarray,
    draws: np.ndarray,
) -> tuple[int, int]:
    """Return who is to hold an office and the runner-up, by whichever way it is filled."""
    rival = office_codes[OfficeCode.RUNNER_UP, office]
    recalled = office_codes[OfficeCode.REMOVED, office] == BY_RECALL
    succeeds = way == BY_VOTE and recalled and runner_up_succeeds and rival >= 0
    if succeeds and people_codes[PersonCode.OFFICE, rival] < 0:
        return rival, -1
    willing = come_forward(
        offices,
        office_codes,
        people,
        people_codes,
        office,
        way == APPOINTED,
        patience,
        sanction,
        restitution,
        favour_share,
        EVERYBODY_ALIKE if way == BY_LOT else self_selection,
        challengers if way == BY_VOTE else draws.shape[0] - 1,
        draws,
    )
    if way == APPOINTED:
        person = appoint(
            offices,
            office_codes,
            people,
            office,
            incumbent,
            willing,
            loyalty_weight,
            noise,
            draws,
        )
        return person, -1
    if way == BY_LOT:
        return draw_lot(willing), -1
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
        site_codes,
        office,
        incumbent,
        willing,
        suspicion,
        noise,
        readers,
        obscurity,
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


@inner
def fill_offices(w: World, law: Law, b: Behaviour, now: np.ndarray, draws: np.ndarray) -> None:
    """End mandates that are up and fill every vacancy that somebody wants.

    Counts the offices that got a new holder.
    """
    now[State.CHANGED_HANDS] = 0.0
    if now[State.PRIVATE] > 0.0:
        return
    offices, office_codes, posts, planners = w.offices, w.office_codes, w.posts, w.planners
    people, people_codes, site_codes = w.people, w.people_codes, w.site_codes
    seated = 0
    challengers = draws.shape[1] - 1 if law.opposition else 1
    readers = b.press if law.opposition else 0.0
    centre = np.zeros(4)  # planners share one electorate: it is asked once and feels once
    centre[TURNOUT] = NOT_ASKED
    centre[KEPT] = 1.0
    for o in range(offices.shape[1]):
        tier = office_codes[OfficeCode.TIER, o]
        if o == posts:
            settle_centre(people, b.suspicion, centre)
        way = how_filled(offices[Office.PRIORITY, o], tier, law.elected_posts, law.sortition)
        incumbent = -1
        if office_codes[OfficeCode.HOLDER, o] >= 0:
            due, incumbent = end_mandates(
                offices, office_codes, people, people_codes, o, law.term_limit
            )
            if not due:
                continue
        if tier == PLANNER and centre[TURNOUT] == NOT_ASKED:
            centre[BELIEF], centre[TURNOUT] = mean_belief(people, PLANNER, 0, people.shape[1])
        office_codes[OfficeCode.ELECTED, o] = way
        person, second = choose(
            offices,
            office_codes,
            people,
            people_codes,
            site_codes,
            o,
            incumbent,
            way,
            law.runner_up_succeeds,
            challengers,
            b.suspicion,
            b.choice_noise,
            readers,
            b.obscurity,
            b.loyalty_weight,
            b.patience,
            law.sanction,
            law.restitution,
            b.favour_share,
            b.self_selection,
            b.fatigue_gain,
            planners,
            centre,
            draws[o],
        )
        if incumbent >= 0 and person == incumbent:
            offices[Office.TERMS, o] += 1.0
            offices[Office.TERM_LEFT, o] = law.term_months
            offices[Office.MANDATE, o] = law.term_months
            name_rival(offices, office_codes, o, second, b.loser_hope)
            continue
        if incumbent >= 0:
            ended = BY_ELECTION if way == BY_VOTE else BY_SUPERIOR
            vacate(offices, office_codes, people, people_codes, o, ended)
        if person >= 0:
            seat(
                offices,
                office_codes,
                people,
                people_codes,
                o,
                person,
                second,
                law.term_months,
                b.loser_hope,
            )
            welcome(people, office_codes, o, b.suspicion, planners, centre)
            seated += 1
    keep_bargains(offices, office_codes, posts)
    forget_office(people, people_codes, b.learning_months)
    now[State.CHANGED_HANDS] = seated


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
    society.carry_out(vacancies)
