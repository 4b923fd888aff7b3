"""Candidates: who wants an office, and whom electors and superiors prefer among the willing.

Everyone asked compares what the office is worth (pay, vocation, what it could take there) with the
bench. Electors rank by what they can see; superiors by competence and, as far as they have
something to hide, by loyalty.
"""

from __future__ import annotations

import numpy as np

from ..agents.compiled import even, logistic, rule
from ..agents.offices import IN_POST, PLANNER, Office, OfficeCode
from ..agents.official_rules import (
    appointment_score,
    detection_learnt,
    horizon,
    intended_diversion,
    kept_of_take,
    post_value,
)
from ..agents.people import Person, PersonCode
from ..agents.worker_rules import challenger_score, known_share, voter_score
from ..agents.workplaces import SiteCode
from .tenure import competence

EVERYBODY_ALIKE = 0.0  # the lot asks one person at a time, however little the office is worth to it
INCUMBENT = 0  # row of an office's draws that belongs to the incumbent
MEAN_SKILL, NEW = 1.0, 0.0  # of whom nothing is known: anybody's skill and no experience
BELIEF, TURNOUT, TIRED, KEPT = range(4)  # what is kept of the planners' common electorate


@rule
def worth_of_office(
    offices: np.ndarray,
    people: np.ndarray,
    office: int,
    person: int,
    patience: float,
    sanction: float,
    restitution: float,
    favour_share: float,
) -> float:
    """Return what an office is worth to a person beyond the bench, in baskets a month."""
    greed = people[Person.GREED, person]
    detection = detection_learnt(people[Person.RISK, person], people[Person.CHURN, person])
    wage = people[Person.BENCH, person]
    vocation = people[Person.VOCATION, person]
    pay = offices[Office.PAY, office]
    ahead = horizon(patience, people[Person.CHURN, person], 0.0)
    fine = people[Person.FINE_RISK, person] * sanction * pay
    kept = kept_of_take(favour_share, restitution, people[Person.RECOVERY, person])
    room = kept * offices[Office.ROOM, office]
    surplus = pay - wage + vocation
    share = intended_diversion(greed, room, surplus, ahead, detection, fine, 0.0, 0.0)
    return post_value(pay, wage, vocation, share * (room - fine))


@rule
def drawn(office_codes: np.ndarray, office: int, appointed: bool, u: float) -> tuple[int, float]:
    """Return a person drawn from the electorate or a superior's domain, and a fresh draw in 0..1.

    What is left of a draw once it has picked one of many is as even as the draw itself.
    """
    pool = office
    if appointed:
        chief = office_codes[OfficeCode.SUPERIOR, office]
        pool = chief if chief >= 0 else office
    start, stop = office_codes[OfficeCode.START, pool], office_codes[OfficeCode.STOP, pool]
    place = u * (stop - start)
    return start + int(place), place - int(place)


@rule
def eligible(office_codes: np.ndarray, people_codes: np.ndarray, office: int, person: int) -> bool:
    """Say whether a person may be considered: holds nothing, and has not just lost this office."""
    if people_codes[PersonCode.OFFICE, person] >= 0:
        return False
    just_left = office_codes[OfficeCode.REMOVED, office] != IN_POST
    return not (just_left and office_codes[OfficeCode.LAST_HOLDER, office] == person)


@rule
def comes_forward(
    offices: np.ndarray,
    office_codes: np.ndarray,
    people: np.ndarray,
    people_codes: np.ndarray,
    office: int,
    appointed: bool,
    patience: float,
    sanction: float,
    restitution: float,
    favour_share: float,
    self_selection: float,
    u: float,
) -> int:
    """Return a person who is free and willing to hold an office (-1 if who is asked is not).

    With chance `self_selection` two are asked, and it is the one to whom the office is worth more.
    """
    person, rest = drawn(office_codes, office, appointed, u)
    other, chance = drawn(office_codes, office, appointed, rest)
    best, most = -1, 0.0
    for k in range(2 if chance < self_selection else 1):
        asked = other if k == 1 else person
        if eligible(office_codes, people_codes, office, asked):
            worth = worth_of_office(
                offices, people, office, asked, patience, sanction, restitution, favour_share
            )
            if worth > most:
                best, most = asked, worth
    return best


@rule
def come_forward(
    offices: np.ndarray,
    office_codes: np.ndarray,
    people: np.ndarray,
    people_codes: np.ndarray,
    office: int,
    appointed: bool,
    patience: float,
    sanction: float,
    restitution: float,
    favour_share: float,
    self_selection: float,
    asked: int,
    draws: np.ndarray,
) -> np.ndarray:
    """Return who comes forward (-1 nobody) each of the times that somebody is `asked`."""
    willing = np.empty(asked, dtype=np.int64)
    for k in range(asked):
        willing[k] = comes_forward(
            offices,
            office_codes,
            people,
            people_codes,
            office,
            appointed,
            patience,
            sanction,
            restitution,
            favour_share,
            self_selection,
            draws[INCUMBENT + 1 + k, 0],
        )
    return willing


@rule
def standing(people: np.ndarray, person: int, noise: float, whim: float) -> float:
    """Return how electors rank a person: visible skill, experience and record."""
    ability = competence(people[Person.SKILL, person], people[Person.EXPERIENCE, person])
    return voter_score(ability, people[Person.RECORD, person], noise * whim)


@rule
def acquainted(
    office_codes: np.ndarray,
    people_codes: np.ndarray,
    site_codes: np.ndarray,
    office: int,
    person: int,
) -> float:
    """Return the share of an office's electorate that a person knows from work and from ties."""
    start, stop = office_codes[OfficeCode.START, office], office_codes[OfficeCode.STOP, office]
    site = people_codes[PersonCode.WORKPLACE, person]
    first, last = site_codes[SiteCode.START, site], site_codes[SiteCode.STOP, site]
    near = max(0, min(stop, last) - max(start, first))
    for tie in (PersonCode.STRANGER, PersonCode.SECOND_STRANGER):
        friend = people_codes[tie, person]
        if start <= friend < stop and not first <= friend < last:
            near += 1
    return min(1.0, near / (stop - start))


@rule
def mean_belief(people: np.ndarray, tier: int, start: int, stop: int) -> tuple[float, float]:
    """Return mean believed misuse among those who take part, and their share of the electorate."""
    engaged = people[Person.ENGAGED, start:stop]
    beliefs = people[Person.BELIEF_DIRECTOR + tier, start:stop]
    total = 0.0
    came = 0
    for i in range(stop - start):
        here = engaged[i] > 0.0
        came += 1 if here else 0
        total += beliefs[i] if here else 0.0
    return (total / came if came > 0 else 0.0), came / (stop - start)


@rule
def elect(
    offices: np.ndarray,
    office_codes: np.ndarray,
    people: np.ndarray,
    people_codes: np.ndarray,
    site_codes: np.ndarray,
    office: int,
    incumbent: int,
    willing: np.ndarray,
    suspicion: float,
    noise: float,
    readers: float,
    obscurity: float,
    centre: np.ndarray,
    draws: np.ndarray,
) -> tuple[int, int]:
    """Return winner and runner-up (-1 none) of an election among the willing.

    Of the incumbent all electors know what they believe of it; of newcomers only that nobody is
    above suspicion, and what they are worth as far as they are known (`readers`: the share that
    reads rival lists). Without organised opposition fewer newcomers come forward (`willing`).
    Electors differ as much as their common whim does: how many preferred the runner-up is kept.
    """
    anybody = competence(MEAN_SKILL, NEW)
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
        top = standing(people, incumbent, noise, even(draws[INCUMBENT, 0])) + suspicion - belief
    for k in range(willing.size):
        person = willing[k]
        if person < 0 or person in (best, second):
            continue
        met = acquainted(office_codes, people_codes, site_codes, office, person)
        score = challenger_score(
            known_share(met, readers, obscurity),
            standing(people, person, noise, even(draws[k + 1, 1])),
            anybody,
        )
        if score > top:
            best, second, top, next_top = person, best, score, top
        elif score > next_top:
            second, next_top = person, score
    beaten = logistic((next_top - top) / max(noise, 1e-9)) if second >= 0 else 0.0
    offices[Office.RIVALS, office] = beaten
    return best, second


@rule
def appoint(
    offices: np.ndarray,
    office_codes: np.ndarray,
    people: np.ndarray,
    office: int,
    incumbent: int,
    willing: np.ndarray,
    loyalty_weight: float,
    noise: float,
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
    for k in range(willing.size):
        person = willing[k]
        if person < 0 or person == best:
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
def draw_lot(willing: np.ndarray) -> int:
    """Return the first person drawn that is free and willing (-1 if none)."""
    for k in range(willing.size):
        if willing[k] >= 0:
            return willing[k]
    return -1
