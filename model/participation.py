"""9. Participation: who votes and who comes to meetings this month, and who pays for it.

One decision serves two acts of unequal cost: whoever comes to meetings would also vote and sign.
Ballots and petitions are decided by who votes; what delegates hear, and who has been asked, by who
meets.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

from ..agents.compiled import logistic, rule, toward
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

if TYPE_CHECKING:
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


@rule
def meet(
    people: np.ndarray,
    people_codes: np.ndarray,
    sites: np.ndarray,
    site_codes: np.ndarray,
    offices: np.ndarray,
    office_codes: np.ndarray,
    duty: float,
    stake: float,
    mobilisation: float,
    fear: float,
    scale_cost: float,
    tenfold: float,
    meeting_cost: float,
    voices_needed: float,
    posts: int,
    planners: int,
    reprisal: float,
    visible: bool,
    recorded: float,
    draws: np.ndarray,
) -> float:
    """Let people come or stay away, and officials take note where they learn names.

    Returns what share of their districts' affairs delegates are told, as `hear` does.
    """
    take_part(
        people,
        people_codes,
        sites,
        duty,
        stake,
        mobilisation,
        fear,
        scale_cost,
        tenfold,
        meeting_cost,
        draws,
    )
    at_stake = centre_diversion(offices, office_codes, posts, planners)
    retaliate(
        people,
        sites,
        site_codes,
        offices,
        office_codes,
        visible,
        reprisal,
        recorded,
        at_stake,
    )
    return hear(people, office_codes, posts, voices_needed)


def names_recorded(society: Society) -> float:
    """Return the share (0..1) of those who took part whom the centre's own machines know.

    Where anybody may inspect what they record, nothing is known that all do not know.
    """
    if society.rules.algorithm_open or society.private:
        return 0.0
    return society.behaviour.recognition * society.automation


def participation(society: Society) -> None:
    """Let people vote and meet, officials react, and delegates hear."""
    visible = society.rules.participants_visible and not society.private
    draws = society.streams.uniforms("participation", society.people.size)
    society.informed = society.call(meet, visible, names_recorded(society), draws)
