"""17. Property: in a crisis officials may turn control into ownership. There is no way back."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from ..agents.compiled import clamp, rule
from ..agents.offices import Office, OfficeCode
from ..agents.people import Person
from .council import stake_in_office

if TYPE_CHECKING:
    from .society import Society

CRISIS_SPEED = 1.0 / 12.0  # crises are felt over a year


@rule
def chance_of_conversion(people: np.ndarray, resistance: float) -> float:
    """Return how likely (0..1) an attempt succeeds: not at all where `resistance` defend the order.

    A share of people does: whoever took part and thinks that acting helps, as far as the order is
    its own (trust, and the experience of having been asked).
    """
    total = 0.0
    for i in range(people.shape[1]):
        if people[Person.ENGAGED, i] > 0.0:
            own = 0.5 * (people[Person.TRUST, i] + people[Person.VOICE, i])
            total += own * people[Person.EFFICACY, i] * (1.0 - people[Person.CYNICISM, i])
    return 1.0 - clamp(total / people.shape[1] / max(resistance, 1e-9), 0.0, 1.0)


@rule
def for_conversion(
    offices: np.ndarray,
    office_codes: np.ndarray,
    people: np.ndarray,
    posts: int,
    council_power: float,
    prize: float,
    success: float,
) -> float:
    """Return the share (0..1) of power behind conversion.

    Each holder compares the property it could expect (`prize` baskets a month, weighed by greed,
    with chance `success`) with what it has and would give up. Delegates have no posts to turn into
    property; those on favours go with their patrons.
    """
    ministry = 0.0
    council = 0.0
    for o in range(offices.shape[1]):
        judge = office_codes[OfficeCode.PATRON, o] if offices[Office.CO_OPTED, o] > 0.0 else o
        holder = office_codes[OfficeCode.HOLDER, judge]
        if holder < 0:
            continue
        rent = people[Person.GREED, holder] * offices[Office.GAIN, judge]
        has = stake_in_office(offices, people, judge, holder) + rent
        owns = people[Person.GREED, holder] * prize if judge < posts else 0.0
        if success * owns > has:
            if o < posts:
                ministry += 1.0 / posts
            else:
                council += 1.0 / (offices.shape[1] - posts)
    return council_power * council + (1.0 - council_power) * ministry


def ownership(society: Society) -> None:
    """Attempt conversion when needs go unmet for long and most of power is for it."""
    b = society.behaviour
    draw = society.streams.uniforms("ownership", 1)[0]
    society.mood += CRISIS_SPEED * (society.needs_met - society.mood)
    if society.private or society.mood >= b.crisis:
        return
    success = society.call(chance_of_conversion)
    if draw >= success:
        return
    prize = b.ownership * society.final_goods() / society.offices.posts
    if society.call(for_conversion, prize, success) > 0.5:
        society.become_private()
