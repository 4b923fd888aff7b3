"""Who begins a petition against a holder, what it alleges, and who signs it."""

from __future__ import annotations

import numpy as np

from ..agents.compiled import rule, toward
from ..agents.offices import (
    AGGRIEVED,
    APPOINTED,
    DIRECTOR,
    LOSER,
    NOBODY,
    OFFICIAL,
    Office,
    OfficeCode,
)
from ..agents.official_rules import post_value
from ..agents.people import Person, PersonCode
from .council import exposure, silence_pays

CAMPAIGN_COST = 1.0  # baskets a month of prospective gain at which a campaign is an even bet
BY_ELECTION_CHANCE = 0.3  # what a loser and its voters expect of an open by-election


@rule
def alleged(offices: np.ndarray, office: int) -> float:
    """Return what a running petition alleges beyond belief; nothing where none runs."""
    return offices[Office.SLANDER, office] if offices[Office.PETITION, office] > 0.0 else 0.0


@rule
def loser_and_chance(
    office_codes: np.ndarray, people_codes: np.ndarray, office: int, runner_up_succeeds: bool
) -> tuple[int, float]:
    """Return who lost the last election (-1 nobody), and its chance of the office if it falls free.

    The chance (0..1) is nought where the loser holds an office by now (welp2016).
    """
    loser = office_codes[OfficeCode.RUNNER_UP, office]
    if loser < 0 or people_codes[PersonCode.OFFICE, loser] >= 0:
        return loser, 0.0
    return loser, 1.0 if runner_up_succeeds else BY_ELECTION_CHANCE


@rule
def rivals(
    offices: np.ndarray,
    office_codes: np.ndarray,
    people_codes: np.ndarray,
    office: int,
    runner_up_succeeds: bool,
) -> float:
    """Return the share (0..1) of an electorate that would remove the holder for the loser's sake.

    The loser's voters, as far as its prospects go.
    """
    _, chance = loser_and_chance(office_codes, people_codes, office, runner_up_succeeds)
    return offices[Office.RIVALS, office] * chance


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
def readiness(gain: float) -> float:
    """Return how ready (0..1) one is to campaign to whom another holder is worth `gain`.

    gain / (gain + CAMPAIGN_COST), in baskets a month, for whoever it is.

    >>> readiness(1.0), readiness(-1.0)
    (0.5, 0.0)
    """
    return gain / (gain + CAMPAIGN_COST) if gain > 0.0 else 0.0


@rule
def loser_gains(
    offices: np.ndarray,
    office_codes: np.ndarray,
    people: np.ndarray,
    people_codes: np.ndarray,
    office: int,
    runner_up_succeeds: bool,
) -> float:
    """Return what the holder's removal would be worth to the loser of the last election.

    What the office brings, in baskets a month, as far as the loser may hope to hold it.
    """
    loser, chance = loser_and_chance(office_codes, people_codes, office, runner_up_succeeds)
    if chance == 0.0:
        return 0.0
    rent = people[Person.GREED, loser] * offices[Office.TAKE, office]
    bench, vocation = people[Person.BENCH, loser], people[Person.VOCATION, loser]
    return chance * post_value(offices[Office.PAY, office], bench, vocation, rent)


@rule
def favours_forgone(
    offices: np.ndarray,
    office_codes: np.ndarray,
    people: np.ndarray,
    office: int,
    favour_share: float,
) -> float:
    """Return what another holder of `office` would be worth to its superior, baskets a month.

    The favours that an elected subordinate who took as the superior does would pass on, weighed by
    the superior's greed (philstar2008).
    """
    chief = office_codes[OfficeCode.SUPERIOR, office]
    if chief < 0 or office_codes[OfficeCode.ELECTED, office] == APPOINTED:
        return 0.0
    superior = office_codes[OfficeCode.HOLDER, chief]
    if superior < 0:
        return 0.0
    untaken = offices[Office.DIVERSION, chief] - offices[Office.DIVERSION, office]
    favours = favour_share * offices[Office.ROOM, office] * max(untaken, 0.0)
    return people[Person.GREED, superior] * favours


@rule
def fear_of_watch(
    offices: np.ndarray,
    office_codes: np.ndarray,
    people: np.ndarray,
    office: int,
    posts: int,
    favour_share: float,
    fellowship: float,
    honour: float,
    denunciation: float,
    patience: float,
    mean_wage: float,
) -> float:
    """Return what another holder of `office` would be worth to whom its watch costs most.

    A superior watches all below it, a delegate the post it looked into last. Who is watched by one
    whose silence cannot be bought fears for its place: what it expects to lose by being found out,
    in baskets a month, weighed by greed.
    """
    most = 0.0
    seen = office_codes[OfficeCode.INSPECTED, office]
    first, last = (0, posts) if office < posts else (max(seen, 0), min(seen + 1, posts))
    for post in range(first, last):
        if office < posts and office_codes[OfficeCode.SUPERIOR, post] != office:
            continue
        official = office_codes[OfficeCode.HOLDER, post]
        if official < 0:
            continue
        if not silence_pays(
            offices,
            office_codes,
            people,
            office,
            post,
            favour_share * offices[Office.TAKE, post],
            fellowship,
            honour,
            denunciation,
            patience,
            mean_wage,
        ):
            loss = exposure(offices, people, post, official, patience)
            most = max(most, people[Person.GREED, official] * loss)
    return most


@rule
def who_begins(
    offices: np.ndarray,
    office_codes: np.ndarray,
    people: np.ndarray,
    people_codes: np.ndarray,
    office: int,
    posts: int,
    acting: float,
    initiative: float,
    intrigue: float,
    runner_up_succeeds: bool,
    favour_share: float,
    fellowship: float,
    honour: float,
    denunciation: float,
    patience: float,
    mean_wage: float,
    draws: np.ndarray,
) -> int:
    """Return who begins a petition against `office` this month (NOBODY if none).

    The more are angry and active (`acting`), the likelier one of them begins. The loser of the last
    election and the official whom the holder costs most weigh what they would gain, as far as they
    believe in a removal, against the cost of a campaign. Officials need not show themselves:
    whether anybody can read who signed is nothing to them.
    """
    if draws[0] < initiative * acting:
        return AGGRIEVED
    hope = offices[Office.PROSPECT, office]
    gain = loser_gains(offices, office_codes, people, people_codes, office, runner_up_succeeds)
    if draws[1] < initiative * readiness(hope * gain):
        return LOSER
    ready = initiative * intrigue
    if draws[2] >= ready:  # nobody's gain could be large enough: spare the search
        return NOBODY
    most = favours_forgone(offices, office_codes, people, office, favour_share)
    if office_codes[OfficeCode.TIER, office] != DIRECTOR:  # directors watch nobody
        fear = fear_of_watch(
            offices,
            office_codes,
            people,
            office,
            posts,
            favour_share,
            fellowship,
            honour,
            denunciation,
            patience,
            mean_wage,
        )
        most = max(most, fear)
    if draws[2] < ready * readiness(hope * most):
        return OFFICIAL
    return NOBODY


@rule
def learn_prospect(offices: np.ndarray, office: int, came_to: float, learning: float) -> None:
    """Let those who would campaign believe more or less in a removal.

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
