"""9. Participation: who votes and who comes to meetings this month, and who pays for it.

One decision serves two acts of unequal cost: whoever comes to meetings would also vote and sign.
Ballots and petitions are decided by who votes; what delegates hear, and who has been asked, by who
meets.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

from ..agents.compiled import inner, logistic, rule, toward
from ..agents.offices import Office, OfficeCode
from ..agents.people import Person, PersonCode
from ..agents.worker_rules import (
    cause,
    comes,
    grievance,
    participation_odds,
    told,
)
from ..agents.workplaces import Site, SiteCode
from .world import Law, State, World

if TYPE_CHECKING:
    from .parameters import Behaviour
    from .society import Society

FEAR_SPEED = 0.2  # share of the distance fear moves toward what was suffered


@rule
def take_part(
    people: np.ndarray,
    people_codes: np.ndarray,
    sites: np.ndarray,
    duty: float,
    stake: float,
    mobilisation: float,
    fear: float,
    scale_cost: float,
    tenfold: float,
    meeting_cost: float,
    draws: np.ndarray,
) -> None:
    """Let everyone decide whether to vote this month, and whether to come to meetings too.

    Several short loops instead of one: with few columns each, the machine can take several people
    at a time.
    """
    scale, dear = scale_cost * tenfold, math.exp(meeting_cost)
    director, head = people[Person.BELIEF_DIRECTOR], people[Person.BELIEF_HEAD]
    centre, delegate = people[Person.BELIEF_CENTRE], people[Person.BELIEF_DELEGATE]
    fulfilment, efficacy = people[Person.FULFILMENT], people[Person.EFFICACY]
    cynicism, fatigue = people[Person.CYNICISM], people[Person.FATIGUE]
    causes, pulls, odds = people[Person.CAUSE], people[Person.PULL], people[Person.ODDS]
    workplace, came = people_codes[PersonCode.WORKPLACE], sites[Site.ENGAGED]
    for i in range(odds.size):
        belief = max(max(director[i], head[i]), max(centre[i], delegate[i]))
        causes[i] = cause(stake, grievance(belief, fulfilment[i]), efficacy[i], cynicism[i])
    for i in range(odds.size):
        pulls[i] = mobilisation * came[workplace[i]]
    fears, tiredness = people[Person.FEAR], people[Person.TIREDNESS]
    engaged, meets = people[Person.ENGAGED], people[Person.MEETS]
    for i in range(odds.size):
        afraid = fear * fears[i]
        odds[i] = participation_odds(duty, causes[i], pulls[i], fatigue[i], afraid, scale)
    for i in range(odds.size):
        tiredness[i] = fatigue[i]
        chance = logistic(odds[i])
        engaged[i] = 1.0 if draws[i] < chance else 0.0
        meets[i] = 1.0 if comes(draws[i], chance, dear) else 0.0


@rule
def centre_diversion(
    offices: np.ndarray, office_codes: np.ndarray, posts: int, planners: int
) -> float:
    """Return the share (0..1) of what is within the centre's reach that it means to divert."""
    total = 0.0
    for o in range(posts - planners, posts):
        total += offices[Office.DIVERSION, o] if office_codes[OfficeCode.HOLDER, o] >= 0 else 0.0
    return total / planners


@rule
def retaliate(
    people: np.ndarray,
    sites: np.ndarray,
    site_codes: np.ndarray,
    offices: np.ndarray,
    office_codes: np.ndarray,
    visible: bool,
    reprisal: float,
    recorded: float,
    at_stake: float,
) -> None:
    """Count heads; who learns the names of those who voted and has something to lose punishes.

    Directors learn them where they are visible, the centre as far as machines have `recorded` them
    for it alone. Retaliation is a share of pay: the most anybody dares, `reprisal`, times what it
    diverts (`at_stake` at the centre). Everyone in the workplace sees it, and fears it next time
    (hsieh2011, beraja2023).
    """
    by_centre = recorded * at_stake
    for w in range(sites.shape[1]):
        start, stop = site_codes[SiteCode.START, w], site_codes[SiteCode.STOP, w]
        engaged, fear = people[Person.ENGAGED, start:stop], people[Person.FEAR, start:stop]
        came = 0
        for i in range(stop - start):
            came += 1 if engaged[i] > 0.0 else 0
        sites[Site.ENGAGED, w] = came / (stop - start)
        lost = reprisal * by_centre
        if visible and office_codes[OfficeCode.HOLDER, w] >= 0:
            lost = reprisal * max(by_centre, offices[Office.DIVERSION, w])
        sites[Site.RETALIATION, w] = lost
        for i in range(stop - start):
            fear[i] = toward(fear[i], lost, FEAR_SPEED)


@rule
def hear(people: np.ndarray, office_codes: np.ndarray, posts: int, voices_needed: float) -> float:
    """Return what share (0..1) of their districts' affairs delegates are told, mean over seats."""
    meets = people[Person.MEETS]
    seats = office_codes.shape[1] - posts
    total = 0.0
    for o in range(posts, posts + seats):
        start, stop = office_codes[OfficeCode.START, o], office_codes[OfficeCode.STOP, o]
        came = 0
        for i in range(start, stop):
            came += 1 if meets[i] > 0.0 else 0
        total += told(came, stop - start, voices_needed)
    return total / seats


@inner
def names_recorded(law: Law, b: Behaviour, now: np.ndarray) -> float:
    """Return the share (0..1) of those who took part whom the centre's own machines know.

    Where anybody may inspect what they record, nothing is known that all do not know.
    """
    if law.algorithm_open or now[State.PRIVATE] > 0.0:
        return 0.0
    return b.recognition * now[State.AUTOMATION]


@inner
def meet(w: World, law: Law, b: Behaviour, now: np.ndarray, draws: np.ndarray) -> None:
    """Let people come or stay away, officials take note where they learn names, delegates hear."""
    take_part(
        w.people,
        w.people_codes,
        w.sites,
        b.duty,
        b.stake,
        b.mobilisation,
        b.fear,
        b.scale_cost,
        w.tenfold,
        b.meeting_cost,
        draws,
    )
    retaliate(
        w.people,
        w.sites,
        w.site_codes,
        w.offices,
        w.office_codes,
        law.participants_visible and now[State.PRIVATE] == 0.0,
        b.reprisal,
        names_recorded(law, b, now),
        centre_diversion(w.offices, w.office_codes, w.posts, w.planners),
    )
    now[State.INFORMED] = hear(w.people, w.office_codes, w.posts, b.voices_needed)


def participation(society: Society) -> None:
    """Let people vote and meet, officials react, and delegates hear."""
    society.carry_out(participation)
