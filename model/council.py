"""11. Council: delegates inspect officials, are offered favours, and vote on dismissals."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from ..agents.compiled import inner, rule
from ..agents.offices import BY_COUNCIL, DELEGATE, DIRECTOR, PLANNER, Office, OfficeCode
from ..agents.official_rules import (
    condones,
    detection_learnt,
    glass_house,
    horizon,
    misuse_of,
    place_value,
    post_value,
    recognisable,
)
from ..agents.people import Person, PersonCode
from .audit import CASE_MONTHS, break_scandal, council_access, publicity
from .diversion import count_clients
from .tenure import vacate
from .world import Law, State, World

if TYPE_CHECKING:
    from .parameters import Behaviour
    from .society import Society


@rule
def stake_in_office(offices: np.ndarray, people: np.ndarray, office: int, person: int) -> float:
    """Return what losing `office` would cost its holder a month, in baskets; never negative."""
    vocation = people[Person.VOCATION, person]
    value = post_value(offices[Office.PAY, office], people[Person.BENCH, person], vocation, 0.0)
    return max(value, 0.0)


@rule
def looks_ahead(
    offices: np.ndarray, people: np.ndarray, office: int, holder: int, patience: float
) -> float:
    """Return how much next month in `office` counts for its holder beside this one, 0..1."""
    return horizon(patience, people[Person.CHURN, holder], offices[Office.END, office])


@rule
def place_at_stake(
    offices: np.ndarray, people: np.ndarray, office: int, holder: int, patience: float
) -> float:
    """Return what losing `office` with all it brings would cost its holder in all, in baskets."""
    stake = stake_in_office(offices, people, office, holder) + offices[Office.GAIN, office]
    return place_value(stake, looks_ahead(offices, people, office, holder, patience))


@rule
def exposure(
    offices: np.ndarray, people: np.ndarray, office: int, holder: int, patience: float
) -> float:
    """Return what a holder expects to lose a month by being found out, in baskets.

    Its place, at the risk it has learnt, as far as its misuse would be recognised.
    """
    risk = detection_learnt(people[Person.RISK, holder], people[Person.CHURN, holder])
    place = place_at_stake(offices, people, office, holder, patience)
    return risk * recognisable(offices[Office.MISUSE, office]) * place


@rule
def silence_pays(
    offices: np.ndarray,
    office_codes: np.ndarray,
    people: np.ndarray,
    judge: int,
    accused: int,
    favour: float,
    fellowship: float,
    honour: float,
    denunciation: float,
    patience: float,
    mean_wage: float,
) -> bool:
    """Say whether the holder of office `judge` keeps silent about the holder of `accused`.

    Favours are misuse too: the risk is what the judge has learnt of removals, as far as the favour
    would be recognised; at stake is the judge's own place, for as long as it looks ahead.
    """
    holder = office_codes[OfficeCode.HOLDER, judge]
    feeling = fellowship * people[Person.LOYALTY, holder]
    feeling *= stake_in_office(offices, people, accused, office_codes[OfficeCode.HOLDER, accused])
    risk = detection_learnt(people[Person.RISK, holder], people[Person.CHURN, holder])
    risk *= recognisable(misuse_of(favour, mean_wage))
    stake = stake_in_office(offices, people, judge, holder)
    feeling += glass_house(denunciation, offices[Office.MISUSE, judge], stake)
    loss = place_value(stake, looks_ahead(offices, people, judge, holder, patience))
    return condones(favour, people[Person.GREED, holder], feeling, honour, risk, loss)


@rule
def hear_denunciation(offices: np.ndarray, judge: int, denunciation: float, draw: float) -> None:
    """Open a case against the exposer, if the exposed knew of misuse there and tell."""
    if draw < denunciation * recognisable(offices[Office.MISUSE, judge]):
        offices[Office.CASE, judge] = CASE_MONTHS


@rule
def pick_subject(
    office_codes: np.ndarray, people_codes: np.ndarray, posts: int, planners: int, o: int, u: float
) -> int:
    """Return whom a delegate looks into: a director of its district, a head, a planner, a delegate.

    Each tier is looked into with equal chance.
    """
    start, stop = office_codes[OfficeCode.START, o], office_codes[OfficeCode.STOP, o]
    tier = int(4.0 * u)
    within = 4.0 * u - tier
    if tier == DELEGATE:
        return posts + int(within * (office_codes.shape[1] - posts))
    if tier == PLANNER:
        return posts - planners + int(within * planners)
    person = start + int(within * (stop - start))
    site = people_codes[PersonCode.WORKPLACE, person]
    return site if tier == DIRECTOR else office_codes[OfficeCode.SUPERIOR, site]


@rule
def independent_share(offices: np.ndarray, office_codes: np.ndarray, posts: int) -> float:
    """Return the share of held seats whose holders live on nobody's favours."""
    held = 0.0
    free = 0.0
    for o in range(posts, offices.shape[1]):
        if office_codes[OfficeCode.HOLDER, o] >= 0:
            held += 1.0
            free += 1.0 - offices[Office.CO_OPTED, o]
    return free / held if held > 0.0 else 0.0


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
    denunciation: float,
    patience: float,
    mean_wage: float,
    draws: np.ndarray,
) -> None:
    """Let delegates inspect; one who finds misuse takes the favour or exposes.

    The choice is that of `silence_pays`. A fellow delegate has no favours to give.
    """
    clients = count_clients(offices, office_codes, posts)
    for o in range(posts, offices.shape[1]):
        offices[Office.OFFER, o] = 0.0
        office_codes[OfficeCode.INSPECTED, o] = -1
        holder = office_codes[OfficeCode.HOLDER, o]
        if holder < 0 or draws[0, o] >= inspection * access:
            continue
        post = pick_subject(office_codes, people_codes, posts, planners, o, draws[1, o])
        office_codes[OfficeCode.INSPECTED, o] = post
        misuse = offices[Office.MISUSE, post]
        if draws[2, o] >= offices[Office.LEGIBLE, post] * recognisable(misuse):
            continue
        if office_codes[OfficeCode.HOLDER, post] < 0 or post == o:
            continue
        favour = 0.0
        if post < posts:
            others = clients[post] - (1.0 if office_codes[OfficeCode.PATRON, o] == post else 0.0)
            favour = favour_share * offices[Office.TAKE, post] / (1.0 + others)
        offices[Office.OFFER, o] = favour
        if silence_pays(
            offices,
            office_codes,
            people,
            o,
            post,
            favour,
            fellowship,
            honour,
            denunciation,
            patience,
            mean_wage,
        ):
            if post < posts:
                offices[Office.CO_OPTED, o] = 1.0
                office_codes[OfficeCode.PATRON, o] = post
        else:
            offices[Office.CO_OPTED, o] = 0.0
            office_codes[OfficeCode.PATRON, o] = -1
            offices[Office.CASE, post] = CASE_MONTHS
            hear_denunciation(offices, o, denunciation, draws[5, o])
            if draws[3, o] < public:
                break_scandal(offices, post)


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

    Fellow delegates it cannot dismiss; their electors can.

    `power` (0..1) is the chance that the case falls to the council rather than to the ministry.
    """
    if independent_share(offices, office_codes, posts) <= 0.5:
        return
    for o in range(posts):
        if offices[Office.CASE, o] > 0.0 and draws[4, o] < power:
            vacate(offices, office_codes, people, people_codes, o, BY_COUNCIL)


@inner
def sit(w: World, law: Law, b: Behaviour, now: np.ndarray, draws: np.ndarray) -> None:
    """Let delegates inspect what they have access to, then vote on who is on record."""
    if now[State.PRIVATE] > 0.0:
        return
    inspect(
        w.offices,
        w.office_codes,
        w.people,
        w.people_codes,
        w.posts,
        w.planners,
        b.inspection,
        council_access(law.openness, law.council_power),
        b.favour_share,
        b.fellowship,
        b.honour,
        publicity(law.openness, law.opposition, b.press),
        b.denunciation,
        b.patience,
        now[State.MEAN_WAGE],
        draws,
    )
    tables = (w.offices, w.office_codes, w.people, w.people_codes)
    vote_dismissals(*tables, w.posts, law.council_power, draws)


def council(society: Society) -> None:
    """Let delegates inspect, bargain and vote."""
    society.carry_out(council)
