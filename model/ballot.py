"""Recall ballots, and what those who took part in a petition or ballot learn from its result."""

from __future__ import annotations

import numpy as np

from ..agents.compiled import rule, toward
from ..agents.offices import Office, OfficeCode
from ..agents.people import Person
from ..agents.worker_rules import reads, still_stands, wants_removal
from .tenure import alike

KEEP, GAIN, WEARY = range(3)  # efficacy = KEEP x efficacy + GAIN; fatigue += WEARY


@rule
def voted_out(
    people: np.ndarray,
    offices: np.ndarray,
    office_codes: np.ndarray,
    office: int,
    hostile: float,
    openness: float,
    notice: float,
    doubt: float,
) -> bool:
    """Say whether most of those who come to the ballot want the holder gone.

    What the petition alleged has been answered by then to those who read the books; with the others
    part of it still stands. Of those who would keep the holder the share `hostile` votes against it
    for the loser's sake.
    """
    row = Person.BELIEF_DIRECTOR + office_codes[OfficeCode.TIER, office]
    readable = openness * offices[Office.LEGIBLE, office]
    alleged, months = offices[Office.SLANDER, office], offices[Office.PETITION, office]
    came = 0.0
    against = 0.0
    for i in range(office_codes[OfficeCode.START, office], office_codes[OfficeCode.STOP, office]):
        if people[Person.ENGAGED, i] > 0.0:
            came += 1.0
            reading = reads(readable, people[Person.ATTENTION, i], notice)
            told = still_stands(alleged, doubt, reading, months)
            if wants_removal(people[row, i], told, people[Person.TOLERANCE, i]):
                against += 1.0
    return toward(against, came, hostile) > 0.5 * came


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
