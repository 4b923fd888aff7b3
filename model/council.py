"""11. Council: delegates inspect officials, are offered favours, and vote on dismissals."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from ..agents.compiled import rule
from ..agents.offices import BY_COUNCIL, Office, OfficeCode
from ..agents.official_rules import condones, detection_learnt, post_value
from ..agents.people import Person, PersonCode
from .information import publicity, recognisable
from .tenure import vacate

if TYPE_CHECKING:
    from .society import Society


@rule
def council_access(openness: float, council_power: float) -> float:
    """Return the share of accounts a delegate can read: published ones and those it decides on."""
    return 1.0 - (1.0 - openness) * (1.0 - council_power)


@rule
def bench(people: np.ndarray, person: int) -> float:
    """Return what a person would earn at the bench per household unit, in baskets."""
    return people[Person.WAGE, person]


@rule
def stake_in_office(offices: np.ndarray, people: np.ndarray, office: int, person: int) -> float:
    """Return what losing `office` would cost its holder a month, in baskets; never negative."""
    vocation = people[Person.VOCATION, person]
    value = post_value(offices[Office.PAY, office], bench(people, person), vocation, 0.0)
    return max(value, 0.0)


@rule
def pick_subject(
    office_codes: np.ndarray, people_codes: np.ndarray, posts: int, planners: int, o: int, u: float
) -> int:
    """Return the post a delegate looks into: one of its district's directors, its head, a planner.

    Each tier is looked into with equal chance.
    """
    start, stop = office_codes[OfficeCode.START, o], office_codes[OfficeCode.STOP, o]
    tier = int(3.0 * u)
    within = 3.0 * u - tier
    if tier == 2:
        return posts - planners + int(within * planners)
    person = start + int(within * (stop - start))
    site = people_codes[PersonCode.WORKPLACE, person]
    return site if tier == 0 else office_codes[OfficeCode.SUPERIOR, site]


@rule
def independent_share(offices: np.ndarray, office_codes: np.ndarray, posts: int) -> float:
    """Return the share of seats whose holders live on nobody's favours; vacant seats do not vote."""
    held = 0.0
    free = 0.0
    for o in range(posts, offices.shape[1]):
        if office_codes[OfficeCode.HOLDER, o] >= 0:
            held += 1.0
            free += 1.0 - offices[Office.CO_OPTED, o]
    return free / held if held > 0.0 else 0.0


@rule
def keep_bargains(offices: np.ndarray, office_codes: np.ndarray, posts: int) -> None:
    """End favours whose giver has left office or has nothing left to give."""
    for o in range(posts, offices.shape[1]):
        patron = office_codes[OfficeCode.PATRON, o]
        if patron >= 0:
            gone = office_codes[OfficeCode.HOLDER, patron] < 0
            if gone or offices[Office.TAKE, patron] <= 0.0:
                offices[Office.CO_OPTED, o] = 0.0
                office_codes[OfficeCode.PATRON, o] = -1


@rule
def inspect(
    offices: np.ndarray,
    office_codes: np.ndarray,
    people: np.ndarray,
    people_codes: np.ndarray,
    posts: int,
    planners: int,
    inspection: float,
    access: float,
    favour_share: float,
    fellowship: float,
    honour: float,
    public: float,
    draws: np.ndarray,
) -> int:
    """Let delegates inspect; one who finds misuse takes the favour or exposes. Return inspections.

    The choice is Tirole's (1986) condition alone: favour against honour and the risk of one's seat.
    """
    made = 0
    for o in range(posts, offices.shape[1]):
        offices[Office.OFFER, o] = 0.0
        office_codes[OfficeCode.INSPECTED, o] = -1
        holder = office_codes[OfficeCode.HOLDER, o]
        if holder < 0 or draws[0, o] >= inspection * access:
            continue
        made += 1
        post = pick_subject(office_codes, people_codes, posts, planners, o, draws[1, o])
        office_codes[OfficeCode.INSPECTED, o] = post
        misuse = offices[Office.DIVERSION, post]
        if draws[2, o] >= offices[Office.LEGIBLE, post] * recognisable(misuse):
            continue
        risk = detection_learnt(people[Person.RISK, holder], people[Person.CHURN, holder])
        favour = favour_share * offices[Office.TAKE, post]
        offices[Office.OFFER, o] = favour
        loss = stake_in_office(offices, people, o, holder)
        accused = office_codes[OfficeCode.HOLDER, post]
        if accused < 0:
            continue
        feeling = fellowship * people[Person.LOYALTY, holder]
        feeling *= stake_in_office(offices, people, post, accused)
        if condones(favour, people[Person.GREED, holder], feeling, honour, risk, loss):
            offices[Office.CO_OPTED, o] = 1.0
            office_codes[OfficeCode.PATRON, o] = post
        else:
            offices[Office.CO_OPTED, o] = 0.0
            office_codes[OfficeCode.PATRON, o] = -1
            offices[Office.SEEN, post] = 1.0
            if draws[3, o] < public:
                offices[Office.SCANDAL, post] = 1.0
    return made


@rule
def vote_dismissals(
    offices: np.ndarray,
    office_codes: np.ndarray,
    people: np.ndarray,
    people_codes: np.ndarray,
    posts: int,
    power: float,
    draws: np.ndarray,
) -> None:
    """Dismiss officials whose misuse is on record, where the council may and a majority is free.

    `power` (0..1) is the chance that the case falls to the council rather than to the ministry.
    """
    if independent_share(offices, office_codes, posts) <= 0.5:
        return
    for o in range(posts):
        if offices[Office.SEEN, o] > 0.0 and draws[4, o] < power:
            vacate(offices, office_codes, people, people_codes, o, BY_COUNCIL)


def council(society: Society) -> None:
    """Let delegates inspect, bargain and vote."""
    rules, b = society.rules, society.behaviour
    people, offices = society.people, society.offices
    draws = society.streams.uniforms("council", 5, len(offices))
    society.inspections = 0
    if society.private:
        return
    access = council_access(rules.openness, rules.council_power)
    keep_bargains(offices.values, offices.codes, offices.posts)
    society.inspections = inspect(
        offices.values,
        offices.codes,
        people.values,
        people.codes,
        offices.posts,
        society.planners,
        b.inspection,
        access,
        b.favour_share,
        b.fellowship,
        b.honour,
        publicity(rules.openness, rules.opposition, b.press),
        draws,
    )
    vote_dismissals(
        offices.values,
        offices.codes,
        people.values,
        people.codes,
        offices.posts,
        rules.council_power,
        draws,
    )
