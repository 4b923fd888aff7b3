"""Leaving and taking office: the one place where a holder changes.

Every process that removes or seats a person calls these two functions, so that nobody ever holds
two offices and no office two holders.
"""

from __future__ import annotations

import numpy as np

from ..agents.compiled import clamp, rule, toward
from ..agents.offices import BY_LOT, IN_POST, NOBODY, PLANNER, Office, OfficeCode
from ..agents.people import Person, PersonCode


@rule
def vacate(
    offices: np.ndarray,
    office_codes: np.ndarray,
    people: np.ndarray,
    people_codes: np.ndarray,
    office: int,
    channel: int,
) -> None:
    """Send the holder of `office` back to the bench; `channel` says who ended the tenure.

    What officials learn from this month's removals is read from REMOVED and LAST_MISUSE later.
    """
    holder = office_codes[OfficeCode.HOLDER, office]
    if holder < 0:
        return
    people_codes[PersonCode.OFFICE, holder] = -1
    office_codes[OfficeCode.LAST_HOLDER, office] = holder
    office_codes[OfficeCode.HOLDER, office] = -1
    office_codes[OfficeCode.REMOVED, office] = channel
    offices[Office.LAST_DIVERSION, office] = offices[Office.DIVERSION, office]
    offices[Office.LAST_MISUSE, office] = offices[Office.MISUSE, office]
    close_petition(offices, office_codes, office)
    offices[Office.CO_OPTED, office] = 0.0
    offices[Office.SHIELDED, office] = 0.0
    offices[Office.CASE, office] = 0.0
    offices[Office.TRIAL, office] = 0.0
    offices[Office.DIVERSION, office] = 0.0
    if offices[Office.SCANDAL, office] > 0.0:
        record = people[Person.RECORD, holder] + offices[Office.MISUSE, office]
        people[Person.RECORD, holder] = clamp(record, 0.0, 1.0)


@rule
def seat(
    offices: np.ndarray,
    office_codes: np.ndarray,
    people: np.ndarray,
    people_codes: np.ndarray,
    office: int,
    person: int,
    runner_up: int,
    term_months: int,
    loser_hope: float,
) -> None:
    """Put `person` into a vacant `office` for a mandate of `term_months`."""
    people_codes[PersonCode.OFFICE, person] = office
    office_codes[OfficeCode.HOLDER, office] = person
    name_rival(offices, office_codes, office, runner_up, loser_hope)
    office_codes[OfficeCode.PATRON, office] = -1
    office_codes[OfficeCode.INSPECTED, office] = -1
    office_codes[OfficeCode.SETTLED, office] = 0
    offices[Office.COMPETENCE, office] = competence(
        people[Person.SKILL, person], people[Person.EXPERIENCE, person]
    )
    for row in (
        Office.PADDING,
        Office.HIDING,
        Office.HIDDEN_CAPACITY,
        Office.WITHHELD,
        Office.NEWS,
        Office.TAKEN,
    ):
        offices[row, office] = 0.0
    offices[Office.TENURE, office] = 0.0
    offices[Office.END, office] = 0.0
    offices[Office.TERMS, office] = 1.0
    offices[Office.TERM_LEFT, office] = term_months
    offices[Office.MANDATE, office] = term_months


@rule
def may_stay(offices: np.ndarray, office_codes: np.ndarray, office: int, limit: int) -> bool:
    """Say whether the holder may be confirmed when its mandate ends: drawn by lot it may not be."""
    drawn = office_codes[OfficeCode.ELECTED, office] == BY_LOT
    return not drawn and offices[Office.TERMS, office] < limit


@rule
def name_rival(
    offices: np.ndarray, office_codes: np.ndarray, office: int, runner_up: int, hope: float
) -> None:
    """Note who lost the election; a new loser hopes for a removal and tried nothing yet."""
    if runner_up != office_codes[OfficeCode.RUNNER_UP, office]:
        offices[Office.PROSPECT, office] = hope
    office_codes[OfficeCode.RUNNER_UP, office] = runner_up
    if runner_up < 0:
        offices[Office.RIVALS, office] = 0.0


@rule
def forget_predecessor(
    people: np.ndarray, row: int, start: int, stop: int, suspicion: float, share: float
) -> None:
    """Let an electorate believe of a newcomer what it believes of anybody (`suspicion`).

    `row` is the belief concerned, `share` the newcomers' part of what is seen as one.
    """
    beliefs = people[row, start:stop]
    for i in range(stop - start):
        beliefs[i] = toward(beliefs[i], suspicion, share)


@rule
def alike(office_codes: np.ndarray, office: int, planners: int) -> int:
    """Return how many offices the electorate sees as one: all planners, else the office alone."""
    return planners if office_codes[OfficeCode.TIER, office] == PLANNER else 1


@rule
def close_petition(offices: np.ndarray, office_codes: np.ndarray, office: int) -> None:
    """End a petition, whatever came of it."""
    offices[Office.PETITION, office] = 0.0
    offices[Office.SIGNED, office] = 0.0
    office_codes[OfficeCode.INITIATOR, office] = NOBODY


@rule
def keep_bargains(offices: np.ndarray, office_codes: np.ndarray, posts: int) -> None:
    """End favours and shields that newcomers never agreed to, or that nobody is left to give."""
    for o in range(offices.shape[1]):
        other = office_codes[OfficeCode.SUPERIOR if o < posts else OfficeCode.PATRON, o]
        if other < 0:
            continue
        gone = office_codes[OfficeCode.HOLDER, other] < 0
        if gone or offices[Office.TENURE, other] == 0.0 or offices[Office.TENURE, o] == 0.0:
            offices[Office.SHIELDED, o] = 0.0
            offices[Office.CO_OPTED, o] = 0.0
            office_codes[OfficeCode.PATRON, o] = -1


@rule
def competence(skill: float, experience: float) -> float:
    """Return competence in office, 0..1: half from skill (mean 1), half learnt on the job.

    >>> competence(1.0, 1.0)
    0.75
    """
    return clamp(0.25 * skill + 0.5 * experience, 0.0, 1.0)


@rule
def start_month(office_codes: np.ndarray) -> None:
    """Forget how last month's holders left and which ballots were held."""
    for o in range(office_codes.shape[1]):
        office_codes[OfficeCode.REMOVED, o] = IN_POST
        office_codes[OfficeCode.BEGUN, o] = 0
        office_codes[OfficeCode.BALLOT, o] = 0
