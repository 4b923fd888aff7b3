"""7. Information: audits, published books, talk, scandals; attention rises and decays."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from ..agents.compiled import clamp, even, inner, rule, toward
from ..agents.offices import IN_POST, PLANNER, Office, OfficeCode
from ..agents.people import Person, PersonCode
from ..agents.worker_rules import attention_goal, believes, grievance, rumoured
from ..agents.workplaces import SiteCode
from .audit import audit, keep_books, publicity
from .tenure import alike
from .world import Law, State, World

if TYPE_CHECKING:
    from .parameters import Behaviour
    from .society import Society


@rule
def unpunished(offices: np.ndarray, office_codes: np.ndarray, office: int) -> bool:
    """Say whether last month's scandal in this office left its holder in post."""
    kept = office_codes[OfficeCode.REMOVED, office] == IN_POST
    return offices[Office.SCANDAL, office] > 0.0 and kept


@rule
def grow_cynical(
    people: np.ndarray,
    offices: np.ndarray,
    office_codes: np.ndarray,
    planners: int,
    gain: float,
    decay: float,
) -> None:
    """Let scandals without consequences teach the electorate concerned that nothing helps."""
    for i in range(people.shape[1]):
        people[Person.CYNICISM, i] *= 1.0 - decay
    for o in range(offices.shape[1]):
        if unpunished(offices, office_codes, o):
            part = gain / alike(office_codes, o, planners)
            for i in range(office_codes[OfficeCode.START, o], office_codes[OfficeCode.STOP, o]):
                people[Person.CYNICISM, i] = toward(people[Person.CYNICISM, i], 1.0, part)


@rule
def centre_misuse(offices: np.ndarray, posts: int, planners: int) -> tuple[float, float, bool]:
    """Return mean misuse and legibility at the centre, and whether a scandal there is public."""
    misuse = 0.0
    legible = 0.0
    scandal = False
    for o in range(posts - planners, posts):
        misuse += offices[Office.MISUSE, o] / planners
        legible += offices[Office.LEGIBLE, o] / planners
        scandal = scandal or offices[Office.NEWS, o] > 0.0
    return misuse, legible, scandal


@rule
def update_beliefs(
    people: np.ndarray,
    kind: int,
    start: int,
    stop: int,
    misuse: float,
    readable: float,
    scandal: bool,
    notice: float,
    hearsay: float,
    rumour: float,
    suspicion: float,
    blame: float,
) -> None:
    """Bring the beliefs of an electorate about one office up to date.

    Reading, hearsay and blame for want move belief; a scandal lifts it to the truth at once.
    """
    beliefs = people[Person.BELIEF_DIRECTOR + kind, start:stop]
    fulfilment = people[Person.FULFILMENT, start:stop]
    attention = people[Person.ATTENTION, start:stop]
    floor = misuse if scandal else 0.0
    said = rumoured(misuse, suspicion, rumour)
    for i in range(stop - start):
        anchor = min(1.0, suspicion + 1.0 - fulfilment[i])
        belief = believes(beliefs[i], misuse, readable, attention[i], notice, hearsay, said)
        beliefs[i] = max(toward(belief, anchor, blame), floor)


@rule
def inform(
    people: np.ndarray,
    offices: np.ndarray,
    office_codes: np.ndarray,
    posts: int,
    planners: int,
    openness: float,
    notice: float,
    hearsay: float,
    rumour: float,
    suspicion: float,
    blame: float,
) -> None:
    """Let every electorate learn about its office; planners are seen as one."""
    for o in range(offices.shape[1]):
        if o >= posts - planners and o < posts:
            continue
        kind = office_codes[OfficeCode.TIER, o]
        update_beliefs(
            people,
            kind,
            office_codes[OfficeCode.START, o],
            office_codes[OfficeCode.STOP, o],
            offices[Office.MISUSE, o],
            openness * offices[Office.LEGIBLE, o],
            offices[Office.NEWS, o] > 0.0,
            notice,
            hearsay,
            rumour,
            suspicion,
            blame,
        )
    misuse, legible, scandal = centre_misuse(offices, posts, planners)
    update_beliefs(
        people,
        PLANNER,
        0,
        people.shape[1],
        misuse,
        openness * legible,
        scandal,
        notice,
        hearsay,
        rumour,
        suspicion,
        blame,
    )


@rule
def attend(
    people: np.ndarray,
    offices: np.ndarray,
    office_codes: np.ndarray,
    planners: int,
    base: float,
    decay: float,
    boost: float,
    noise: float,
    draws: np.ndarray,
) -> None:
    """Move attention: scandals raise it, cause and efficacy hold it, else it decays to its base.

    The month's whim, one draw a person, shifts all four beliefs alike. A scandal of one planner
    counts for its part of the centre.
    """
    for o in range(offices.shape[1]):
        if offices[Office.NEWS, o] > 0.0:
            start, stop = office_codes[OfficeCode.START, o], office_codes[OfficeCode.STOP, o]
            aroused = people[Person.ATTENTION, start:stop]
            part = boost / alike(office_codes, o, planners)
            for i in range(stop - start):
                aroused[i] = toward(aroused[i], 1.0, part)
            offices[Office.NEWS, o] = 0.0
    for kind in range(4):
        beliefs = people[Person.BELIEF_DIRECTOR + kind]
        for i in range(people.shape[1]):
            beliefs[i] = clamp(beliefs[i] + noise * even(draws[i]), 0.0, 1.0)
    beliefs, fulfilment = people[Person.BELIEF_DIRECTOR], people[Person.FULFILMENT]
    attention, efficacy = people[Person.ATTENTION], people[Person.EFFICACY]
    for i in range(people.shape[1]):
        goal = attention_goal(base, efficacy[i], grievance(beliefs[i], fulfilment[i]))
        attention[i] = toward(attention[i], goal, decay)


@rule
def talk(
    people: np.ndarray,
    people_codes: np.ndarray,
    site_codes: np.ndarray,
    diffusion: float,
    heard: np.ndarray,
) -> None:
    """Let beliefs spread: among co-workers about all four offices, from strangers about the centre.

    `heard` is a buffer of the beliefs about the centre before anybody talked; order is no matter.
    """
    for i in range(people.shape[1]):
        heard[i] = people[Person.BELIEF_CENTRE, i]
    for w in range(site_codes.shape[1]):
        start, stop = site_codes[SiteCode.START, w], site_codes[SiteCode.STOP, w]
        director = head = centre = delegate = 0.0
        for i in range(start, stop):
            director += people[Person.BELIEF_DIRECTOR, i]
            head += people[Person.BELIEF_HEAD, i]
            centre += people[Person.BELIEF_CENTRE, i]
            delegate += people[Person.BELIEF_DELEGATE, i]
        for kind in range(4):
            total = (director, head, centre, delegate)[kind]
            beliefs = people[Person.BELIEF_DIRECTOR + kind, start:stop]
            mean = total / (stop - start)
            for i in range(stop - start):
                beliefs[i] = toward(beliefs[i], mean, diffusion)
    for tie in (PersonCode.STRANGER, PersonCode.SECOND_STRANGER):
        for i in range(people.shape[1]):
            friend = people_codes[tie, i]
            if friend >= 0:
                belief = people[Person.BELIEF_CENTRE, i]
                people[Person.BELIEF_CENTRE, i] = toward(
                    belief, float(heard[friend]), 0.5 * diffusion
                )


@inner
def learn_of_offices(
    w: World, law: Law, b: Behaviour, now: np.ndarray, chances: np.ndarray, draws: np.ndarray
) -> None:
    """Draw lessons from last month's scandals, audit this month's books; read, pay heed and talk.

    `chances` (3, offices) are the auditors' draws, `draws` (people,) everybody's own.
    """
    people, offices, office_codes, planners = w.people, w.offices, w.office_codes, w.planners
    grow_cynical(people, offices, office_codes, planners, b.cynicism_gain, b.cynicism_decay)
    keep_books(offices, office_codes, now[State.AUTOMATION], law.algorithm_open)
    audit(
        offices,
        office_codes,
        people,
        0.0 if now[State.PRIVATE] > 0.0 else law.audit_rate,
        b.audit_power,
        b.errors,
        law.sanction,
        law.restitution,
        publicity(law.openness, law.opposition, b.press),
        chances,
    )
    inform(
        people,
        offices,
        office_codes,
        w.posts,
        planners,
        law.openness,
        b.notice,
        b.hearsay,
        b.rumour,
        b.suspicion,
        b.blame,
    )
    attend(
        people,
        offices,
        office_codes,
        planners,
        b.attention,
        b.attention_decay,
        b.scandal_boost,
        b.opinion_noise,
        draws,
    )
    talk(people, w.people_codes, w.site_codes, b.diffusion, w.heard)


def information(society: Society) -> None:
    """Audit, publish, talk."""
    society.carry_out(information)
