"""10. Recall: petition, ballot, removal, each step counted, with who began it.

A petition is begun by the aggrieved, by the loser of the last election, or by a superior who wants
an elected subordinate gone. Electors who take part this month sign if they believe enough of it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from ..agents.compiled import rule, toward
from ..agents.offices import (
    AGGRIEVED,
    BY_RECALL,
    CENTRE,
    LOSER,
    NOBODY,
    PLANNER,
    Office,
    OfficeCode,
)
from ..agents.official_rules import post_value
from ..agents.people import Person, PersonCode
from ..agents.worker_rules import wants_removal
from .tenure import alike, close_petition, start_month, vacate

if TYPE_CHECKING:
    from .society import Society

CAMPAIGN_COST = 1.0  # baskets a month of prospective gain at which a campaign is an even bet
BY_ELECTION_CHANCE = 0.3  # what a loser expects of an open by-election
CAME, AGAINST, ACTING = range(3)  # shares of an electorate
KEEP, GAIN, WEARY = range(3)  # efficacy = KEEP x efficacy + GAIN; fatigue += WEARY
ATTEMPTED, BALLOTED, REMOVED, HONEST = range(4)  # columns of the funnel
HONEST_BELOW = 0.1  # misuse below which a removed holder counts as honest


@rule
def alleged(offices: np.ndarray, office: int) -> float:
    """Return what a running petition alleges beyond belief; nothing where none runs."""
    return offices[Office.SLANDER, office] if offices[Office.PETITION, office] > 0.0 else 0.0


@rule
def take_stock(
    people: np.ndarray, offices: np.ndarray, office_codes: np.ndarray, stock: np.ndarray
) -> None:
    """Write per office three shares of its electorate (rows of `stock`).

    Who takes part (CAME), who wants removal (AGAINST), and who does both (ACTING). Belief counts
    together with what a running petition alleges.
    """
    counted = -1
    for o in range(offices.shape[1]):
        row = Person.BELIEF_DIRECTOR + office_codes[OfficeCode.TIER, o]
        start, stop = office_codes[OfficeCode.START, o], office_codes[OfficeCode.STOP, o]
        allegation = alleged(offices, o)
        offices[Office.ALLEGED, o] = allegation
        if office_codes[OfficeCode.TIER, o] == PLANNER:
            # planners have one electorate: count again only where the allegation differs
            if counted >= 0 and offices[Office.ALLEGED, counted] == allegation:
                stock[:, o] = stock[:, counted]
                continue
            counted = o
        beliefs, engaged = people[row, start:stop], people[Person.ENGAGED, start:stop]
        tolerance = people[Person.TOLERANCE, start:stop]
        came = 0
        against = 0
        acting = 0
        for i in range(stop - start):
            here = engaged[i] > 0.0
            wants = wants_removal(beliefs[i], allegation, tolerance[i])
            came += 1 if here else 0
            against += 1 if wants else 0
            acting += 1 if here and wants else 0
        stock[CAME, o] = came / (stop - start)
        stock[AGAINST, o] = against / (stop - start)
        stock[ACTING, o] = acting / (stop - start)


@rule
def newly_signing(signed: float, against: float, acting: float) -> float:
    """Return the share of an electorate that signs this month.

    Of those against who have not signed yet, as many as take part; nobody signs twice.

    >>> newly_signing(0.25, 0.5, 0.25)
    0.125
    """
    return max(0.0, against - signed) * acting / against if against > 0.0 else 0.0


@rule
def who_begins(
    offices: np.ndarray,
    office_codes: np.ndarray,
    people: np.ndarray,
    people_codes: np.ndarray,
    office: int,
    angry: float,
    organisers: float,
    ambition: float,
    runner_up_succeeds: bool,
    visible: bool,
    draws: np.ndarray,
) -> int:
    """Return who begins a petition against `office` this month (NOBODY if none).

    A loser weighs what the office would bring against the cost of a campaign; a superior who takes
    more than the elected subordinate would rather have somebody else, and dares to campaign only
    where it can read who signed.
    """
    if angry >= organisers and angry > 0.0:
        return AGGRIEVED
    rival = office_codes[OfficeCode.RUNNER_UP, office]
    if rival >= 0 and people_codes[PersonCode.OFFICE, rival] < 0:
        chance = 1.0 if runner_up_succeeds else BY_ELECTION_CHANCE
        rent = people[Person.GREED, rival] * offices[Office.TAKE, office]
        bench = people[Person.BENCH, rival]
        vocation = people[Person.VOCATION, rival]
        gain = chance * post_value(offices[Office.PAY, office], bench, vocation, rent)
        if gain > 0.0 and draws[0] < 0.1 * ambition * gain / (gain + CAMPAIGN_COST):
            return LOSER
    chief = office_codes[OfficeCode.SUPERIOR, office]
    if visible and chief >= 0 and office_codes[OfficeCode.ELECTED, office] == 1:
        distance = offices[Office.DIVERSION, chief] - offices[Office.DIVERSION, office]
        if draws[1] < 0.1 * ambition * distance:
            return CENTRE
    return NOBODY


@rule
def feel_result(
    people: np.ndarray,
    office_codes: np.ndarray,
    office: int,
    planners: int,
    success: bool,
    learning: float,
    fatigue: float,
    centre: np.ndarray,
) -> None:
    """Let those who took part in a petition or ballot learn whether it helped, and tire.

    Planners share one electorate: each result counts for its part and is kept in `centre` (KEEP,
    GAIN, WEARY), for everybody to feel at once.
    """
    goal = 1.0 if success else 0.0
    part = 1.0 / alike(office_codes, office, planners)
    if part < 1.0:
        centre[KEEP] *= 1.0 - part * learning
        centre[GAIN] = toward(centre[GAIN], goal, part * learning)
        centre[WEARY] += part * fatigue
        return
    start, stop = office_codes[OfficeCode.START, office], office_codes[OfficeCode.STOP, office]
    engaged = people[Person.ENGAGED, start:stop]
    efficacy, weary = people[Person.EFFICACY, start:stop], people[Person.FATIGUE, start:stop]
    for i in range(stop - start):
        efficacy[i] = toward(efficacy[i], goal, learning if engaged[i] > 0.0 else 0.0)
        weary[i] += fatigue if engaged[i] > 0.0 else 0.0


@rule
def feel_centre(people: np.ndarray, centre: np.ndarray) -> None:
    """Let those who took part feel at once what all planners' petitions and ballots came to."""
    if centre[KEEP] == 1.0:
        return
    efficacy, fatigue = people[Person.EFFICACY], people[Person.FATIGUE]
    engaged = people[Person.ENGAGED]
    keep, gain, weary = centre[KEEP], centre[GAIN], centre[WEARY]
    for i in range(people.shape[1]):
        felt = keep * efficacy[i] + gain
        efficacy[i] = felt if engaged[i] > 0.0 else efficacy[i]
        fatigue[i] += weary if engaged[i] > 0.0 else 0.0


@rule
def begin_petition(
    offices: np.ndarray, office_codes: np.ndarray, office: int, initiator: int, slander: float
) -> None:
    """Open a petition; any but the aggrieved allege more than people believe."""
    office_codes[OfficeCode.INITIATOR, office] = initiator
    office_codes[OfficeCode.LAST_INITIATOR, office] = initiator
    office_codes[OfficeCode.BEGUN, office] = 1
    offices[Office.SLANDER, office] = slander if initiator != AGGRIEVED else 0.0


@rule
def hold_recalls(
    offices: np.ndarray,
    office_codes: np.ndarray,
    people: np.ndarray,
    people_codes: np.ndarray,
    posts: int,
    planners: int,
    recall_threshold: float,
    runner_up_succeeds: bool,
    participants_visible: bool,
    organisers: float,
    petition_months: float,
    slander: float,
    ambition: float,
    efficacy_learning: float,
    fatigue_gain: float,
    stock: np.ndarray,
    funnel: np.ndarray,
    posts_in_reach: bool,
    seats_in_reach: bool,
    draws: np.ndarray,
) -> None:
    """Move every petition one month on; hold ballots where enough have signed; remove who loses.

    Signatures come in from the month a petition is announced in. `funnel` (4,) receives attempts,
    ballots, removals and removals of the honest.
    """
    take_stock(people, offices, office_codes, stock)
    learning, fatigue = efficacy_learning, fatigue_gain
    centre = np.array([1.0, 0.0, 0.0])
    for o in range(offices.shape[1]):
        if o == posts:
            feel_centre(people, centre)
        in_reach = posts_in_reach if o < posts else seats_in_reach
        if not in_reach or office_codes[OfficeCode.HOLDER, o] < 0:
            continue
        if offices[Office.PETITION, o] == 0.0:
            initiator = who_begins(
                offices,
                office_codes,
                people,
                people_codes,
                o,
                stock[ACTING, o],
                organisers,
                ambition,
                runner_up_succeeds,
                participants_visible,
                draws[:, o],
            )
            if initiator == NOBODY:
                continue
            funnel[ATTEMPTED] += 1.0
            begin_petition(offices, office_codes, o, initiator, slander)
        offices[Office.PETITION, o] += 1.0
        offices[Office.SIGNED, o] += newly_signing(
            offices[Office.SIGNED, o], stock[AGAINST, o], stock[ACTING, o]
        )
        if offices[Office.SIGNED, o] >= recall_threshold:
            funnel[BALLOTED] += 1.0
            office_codes[OfficeCode.BALLOT, o] = 1
            offices[Office.TURNOUT, o] = stock[CAME, o]
            removed = stock[ACTING, o] > 0.5 * stock[CAME, o]
            feel_result(people, office_codes, o, planners, removed, learning, fatigue, centre)
            if removed:
                funnel[REMOVED] += 1.0
                if offices[Office.MISUSE, o] < HONEST_BELOW:
                    funnel[HONEST] += 1.0
                vacate(offices, office_codes, people, people_codes, o, BY_RECALL)
            else:
                close_petition(offices, office_codes, o)
        elif offices[Office.PETITION, o] >= petition_months:
            half = 0.5 * fatigue
            feel_result(people, office_codes, o, planners, False, learning, half, centre)
            close_petition(offices, office_codes, o)


def recall(society: Society) -> None:
    """Run the petitions and ballots of the month."""
    rules = society.rules
    society.call(start_month)
    draws = society.streams.uniforms("recall", 2, len(society.offices))
    society.funnel[:] = 0.0
    if rules.recall_threshold is None or society.private:
        return
    posts, seats = rules.recall_reach != "delegates", rules.recall_reach != "officials"
    society.call(hold_recalls, posts, seats, draws)
