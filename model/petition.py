"""Who begins a petition against a holder, what it alleges, and who signs it."""

from __future__ import annotations

import numpy as np

from ..agents.compiled import rule, toward
from ..agents.offices import AGGRIEVED, CENTRE, LOSER, NOBODY, Office, OfficeCode
from ..agents.official_rules import post_value
from ..agents.people import Person, PersonCode

CAMPAIGN_COST = 1.0  # baskets a month of prospective gain at which a campaign is an even bet
BY_ELECTION_CHANCE = 0.3  # what a loser and its voters expect of an open by-election


@rule
def alleged(offices: np.ndarray, office: int) -> float:
    """Return what a running petition alleges beyond belief; nothing where none runs."""
    return offices[Office.SLANDER, office] if offices[Office.PETITION, office] > 0.0 else 0.0


@rule
def rivals(
    offices: np.ndarray,
    office_codes: np.ndarray,
    people_codes: np.ndarray,
    office: int,
    runner_up_succeeds: bool,
) -> float:
    """Return the share (0..1) of an electorate that would remove the holder for the loser's sake.

    The loser's voters, as far as its prospects go (welp2016); nobody where the loser holds office.
    """
    rival = office_codes[OfficeCode.RUNNER_UP, office]
    if rival < 0 or people_codes[PersonCode.OFFICE, rival] >= 0:
        return 0.0
    return offices[Office.RIVALS, office] * (1.0 if runner_up_succeeds else BY_ELECTION_CHANCE)


@rule
def newly_signing(signed: float, against: float, acting: float, canvass: float) -> float:
    """Return the share of an electorate that signs this month.

    Of those against who have not signed yet, as many as take part and are reached by those who
    collect (`canvass`, a share); nobody signs twice.

    >>> newly_signing(0.25, 0.5, 0.25, 0.4)
    0.05
    """
    return max(0.0, against - signed) * canvass * acting / against if against > 0.0 else 0.0


@rule
def adversary(office_codes: np.ndarray, office: int, posts: int, planners: int) -> int:
    """Return whose plans an elected holder may cross: a post's superior, a delegate's planner."""
    if office < posts:
        return office_codes[OfficeCode.SUPERIOR, office]
    return posts - planners + (office - posts) % planners


@rule
def who_begins(
    offices: np.ndarray,
    office_codes: np.ndarray,
    people: np.ndarray,
    people_codes: np.ndarray,
    office: int,
    posts: int,
    planners: int,
    acting: float,
    initiative: float,
    runner_up_succeeds: bool,
    visible: bool,
    draws: np.ndarray,
) -> int:
    """Return who begins a petition against `office` this month (NOBODY if none).

    The more are angry and active (`acting`), the likelier one of them begins. A loser weighs what
    the office would bring, as far as it believes in a removal, against the cost of a campaign; a
    superior who takes more than the elected subordinate would rather have somebody else, as would a
    planner who takes more than a delegate; they dare to campaign only where they can read who
    signed.
    """
    if draws[0] < initiative * acting:
        return AGGRIEVED
    rival = office_codes[OfficeCode.RUNNER_UP, office]
    if rival >= 0 and people_codes[PersonCode.OFFICE, rival] < 0:
        chance = 1.0 if runner_up_succeeds else BY_ELECTION_CHANCE
        rent = people[Person.GREED, rival] * offices[Office.TAKE, office]
        bench = people[Person.BENCH, rival]
        vocation = people[Person.VOCATION, rival]
        gain = chance * post_value(offices[Office.PAY, office], bench, vocation, rent)
        gain *= offices[Office.PROSPECT, office]
        if gain > 0.0 and draws[1] < initiative * gain / (gain + CAMPAIGN_COST):
            return LOSER
    chief = adversary(office_codes, office, posts, planners)
    if visible and chief >= 0 and office_codes[OfficeCode.ELECTED, office] == 1:
        distance = offices[Office.DIVERSION, chief] - offices[Office.DIVERSION, office]
        if draws[2] < initiative * distance:
            return CENTRE
    return NOBODY


@rule
def learn_prospect(offices: np.ndarray, office: int, came_to: float, learning: float) -> None:
    """Let the loser of the last election believe more or less in a removal.

    `came_to` (0..1) is how near the last petition came: the share of the signatures needed that it
    gathered, or what the ballot decided.
    """
    believed = offices[Office.PROSPECT, office]
    offices[Office.PROSPECT, office] = toward(believed, came_to, learning)


@rule
def begin_petition(
    offices: np.ndarray, office_codes: np.ndarray, office: int, initiator: int, slander: float
) -> None:
    """Open a petition; any but the aggrieved allege more than people believe."""
    office_codes[OfficeCode.INITIATOR, office] = initiator
    office_codes[OfficeCode.LAST_INITIATOR, office] = initiator
    office_codes[OfficeCode.BEGUN, office] = 1
    offices[Office.SLANDER, office] = slander if initiator != AGGRIEVED else 0.0
