"""14. Officials learn what befell those who took much and those who took little."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from ..agents.compiled import inner, rule, toward
from ..agents.offices import DELEGATE, DIRECTOR, IN_POST, PLANNER, Office, OfficeCode
from ..agents.official_rules import (
    concealed_capacity,
    detection_learnt,
    effective_bonus,
    end_in_sight,
    held_back,
    hiding,
    intended_diversion,
    kept_of_take,
    learnt_rate,
    padding,
    recognisable,
)
from ..agents.people import Person
from .council import looks_ahead, place_at_stake
from .tenure import competence, may_stay
from .world import Law, State, World

if TYPE_CHECKING:
    from .parameters import Behaviour
    from .society import Society

TAKEN, LOST_TAKING, FINED_TAKING, SPARED, LOST_SPARING, FINED_SPARING = range(6)
DIVERTED, GAINED, RECOVERED, SETTLED, KNOWN = range(6, 11)
EXPECTED = Person.CHURN - Person.RISK + 1  # what holders expect: rows of `fates` from KNOWN on
COUNTED = KNOWN + EXPECTED


@rule
def circle(office_codes: np.ndarray, office: int, columns: int) -> int:
    """Return the column of `fates` a holder looks at: own branch, planners or council."""
    tier = office_codes[OfficeCode.TIER, office]
    if tier == PLANNER:
        return columns - 3
    return columns - 2 if tier == DELEGATE else office_codes[OfficeCode.BRANCH, office]


@rule
def count_fates(
    offices: np.ndarray, office_codes: np.ndarray, people: np.ndarray, fates: np.ndarray
) -> None:
    """Write what could be seen this month per branch, at the centre and in all: means per office.

    Rows: recognisable misuse, of it in offices lost, of it fined; restraint, of it in offices lost,
    of it fined; extent of diversion; baskets taken; baskets to be paid back; holders
    settled in office and, summed over them, each of the things they expect; offices counted. Last
    three columns: planners, council, everybody.
    """
    fates[:, :] = 0.0
    everyone = fates.shape[1] - 1
    for o in range(offices.shape[1]):
        lost = office_codes[OfficeCode.REMOVED, o] != IN_POST
        holder = office_codes[OfficeCode.HOLDER, o]
        if holder < 0 and not lost:
            continue
        misuse = offices[Office.LAST_MISUSE, o] if lost else offices[Office.MISUSE, o]
        diversion = offices[Office.LAST_DIVERSION, o] if lost else offices[Office.DIVERSION, o]
        taken = recognisable(misuse)
        fined = offices[Office.FINE, o] > 0.0
        near = circle(office_codes, o, fates.shape[1])
        for column in (near, everyone):
            fates[TAKEN, column] += taken
            fates[SPARED, column] += 1.0 - taken
            fates[COUNTED, column] += 1.0
            fates[DIVERTED, column] += diversion
            fates[GAINED, column] += offices[Office.TAKE, o] + offices[Office.FAVOUR, o]
            fates[RECOVERED, column] += offices[Office.RECOVERED, o]
            if lost:
                fates[LOST_TAKING, column] += taken
                fates[LOST_SPARING, column] += 1.0 - taken
            if fined:
                fates[FINED_TAKING, column] += taken
                fates[FINED_SPARING, column] += 1.0 - taken
            if office_codes[OfficeCode.SETTLED, o] == 1 and not lost:
                fates[SETTLED, column] += 1.0
                for k in range(EXPECTED):
                    fates[KNOWN + k, column] += people[Person.RISK + k, holder]
    for column in range(fates.shape[1]):
        counted = max(fates[COUNTED, column], 1.0)
        for row in range(COUNTED):
            fates[row, column] /= counted


@rule
def seen(fates: np.ndarray, row: int, near: int, own_weight: float) -> float:
    """Return what one official makes of the fates in its circle and everywhere."""
    return toward(fates[row, fates.shape[1] - 1], fates[row, near], own_weight)


@rule
def be_told(
    people: np.ndarray, holder: int, near: int, fates: np.ndarray, own_weight: float, told: float
) -> None:
    """Let a newcomer take over the share `told` of what colleagues have learnt to expect."""
    colleagues = seen(fates, SETTLED, near, own_weight)
    if colleagues <= 0.0:
        return
    for k in range(EXPECTED):
        known = seen(fates, KNOWN + k, near, own_weight) / colleagues
        people[Person.RISK + k, holder] = toward(people[Person.RISK + k, holder], known, told)


@rule
def watch(
    people: np.ndarray,
    holder: int,
    near: int,
    fates: np.ndarray,
    own_weight: float,
    memory: float,
) -> None:
    """Let one official update what it believes in from its circle and from all.

    These are four hazards, and the share of what is taken that has to be paid back.
    """
    taken = seen(fates, TAKEN, near, own_weight)
    lost = seen(fates, LOST_TAKING, near, own_weight)
    fined = seen(fates, FINED_TAKING, near, own_weight)
    spared = seen(fates, SPARED, near, own_weight)
    thrown_out = seen(fates, LOST_SPARING, near, own_weight)
    risk, fine_risk = people[Person.RISK, holder], people[Person.FINE_RISK, holder]
    people[Person.RISK, holder] = learnt_rate(risk, lost, taken, memory)
    people[Person.FINE_RISK, holder] = learnt_rate(fine_risk, fined, taken, memory)
    gained = seen(fates, GAINED, near, own_weight)
    recovered = seen(fates, RECOVERED, near, own_weight) / max(gained, 1e-12)
    recovery = people[Person.RECOVERY, holder]
    people[Person.RECOVERY, holder] = learnt_rate(recovery, taken * recovered, taken, memory)
    unjustly = seen(fates, FINED_SPARING, near, own_weight)
    unjust_risk = people[Person.UNJUST_RISK, holder]
    people[Person.UNJUST_RISK, holder] = learnt_rate(unjust_risk, unjustly, spared, memory)
    churn = people[Person.CHURN, holder]
    people[Person.CHURN, holder] = learnt_rate(churn, thrown_out, spared, memory)


@rule
def sees_coming(
    offices: np.ndarray,
    office_codes: np.ndarray,
    office: int,
    limit: int,
    foresight: float,
    petition_months: float,
) -> float:
    """Return the chance a month of an end that the holder of `office` sees coming."""
    running = offices[Office.PETITION, office] > 0.0
    removal = offices[Office.PROSPECT, office] if running else 0.0
    is_last = not may_stay(offices, office_codes, office, limit)
    months_left = offices[Office.TERM_LEFT, office]
    return end_in_sight(foresight, months_left, is_last, removal, petition_months)


@rule
def decide_conduct(
    offices: np.ndarray,
    people: np.ndarray,
    office: int,
    holder: int,
    peers: float,
    patience: float,
    conformity: float,
    adjustment: float,
    hide_cost: float,
    sanction: float,
    restitution: float,
    favour_share: float,
    settled: bool,
) -> None:
    """Let one official choose how much to take and how much to hide.

    Of a take it keeps what is left after favours and what has to be paid back. Newcomers start at
    what they intend.
    """
    greed = people[Person.GREED, holder]
    detection = detection_learnt(people[Person.RISK, holder], people[Person.CHURN, holder])
    pay = offices[Office.PAY, office]
    surplus = pay - people[Person.BENCH, holder] + people[Person.VOCATION, holder]
    horizon = looks_ahead(offices, people, office, holder, patience)
    fine = people[Person.FINE_RISK, holder] * sanction * pay
    kept = kept_of_take(favour_share, restitution, people[Person.RECOVERY, holder])
    room = kept * offices[Office.ROOM, office]
    intended = intended_diversion(greed, room, surplus, horizon, detection, fine, peers, conformity)
    speed = adjustment if settled else 1.0
    diversion = toward(offices[Office.DIVERSION, office], intended, speed)
    offices[Office.DIVERSION, office] = diversion
    stake = diversion * (max(surplus, 0.0) + greed * room)
    offices[Office.HIDING, office] = hiding(detection, stake, hide_cost)


@inner
def learn(w: World, law: Law, b: Behaviour, now: np.ndarray) -> None:
    """Let every holder learn from this month and set its conduct for the next."""
    if now[State.PRIVATE] > 0.0:
        return
    offices, office_codes, people, fates = w.offices, w.office_codes, w.people, w.fates
    count_fates(offices, office_codes, people, fates)
    interest = 1.0 / b.patience - 1.0
    spur = effective_bonus(b.bonus, b.ratchet, interest)
    for o in range(offices.shape[1]):
        holder = office_codes[OfficeCode.HOLDER, o]
        if holder < 0:
            continue
        near = circle(office_codes, o, fates.shape[1])
        if office_codes[OfficeCode.SETTLED, o] == 0:
            be_told(people, holder, near, fates, b.own_weight, b.told)
        watch(people, holder, near, fates, b.own_weight, b.risk_memory)
        experience = people[Person.EXPERIENCE, holder]
        people[Person.EXPERIENCE, holder] = toward(experience, 1.0, 1.0 / b.learning_months)
        offices[Office.COMPETENCE, o] = competence(
            people[Person.SKILL, holder], people[Person.EXPERIENCE, holder]
        )
        offices[Office.END, o] = sees_coming(
            offices, office_codes, o, law.term_limit, b.foresight, b.petition_months
        )
        peers = fates[DIVERTED, near]
        decide_conduct(
            offices,
            people,
            o,
            holder,
            peers,
            b.patience,
            b.conformity,
            b.adjustment,
            b.hide_cost,
            law.sanction,
            law.restitution,
            b.favour_share,
            office_codes[OfficeCode.SETTLED, o] == 1,
        )
        office_codes[OfficeCode.SETTLED, o] = 1
        if office_codes[OfficeCode.TIER, o] == DIRECTOR:
            greed = people[Person.GREED, holder]
            detection = detection_learnt(people[Person.RISK, holder], people[Person.CHURN, holder])
            pay = max(offices[Office.PAY, o], 0.0)
            loss = place_at_stake(offices, people, o, holder, b.patience)
            gain = b.bonus * pay
            offices[Office.PADDING, o] = padding(b.padding_limit, gain, detection, loss, greed)
            offices[Office.HIDDEN_CAPACITY, o] = concealed_capacity(
                spur, b.safety_slack, b.strain, greed
            )
            unjust_risk = people[Person.UNJUST_RISK, holder]
            offices[Office.WITHHELD, o] = held_back(b.caution, unjust_risk)


def learning(society: Society) -> None:
    """Let officials learn from the month's fates."""
    society.carry_out(learning)
