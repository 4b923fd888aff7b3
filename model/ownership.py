"""17. Property: in a crisis officials may turn control into ownership. There is no way back."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from ..agents.compiled import clamp, inner, rule
from ..agents.offices import Office, OfficeCode
from ..agents.people import Person
from .council import stake_in_office
from .goods import Good, added_up
from .world import Law, State, World

if TYPE_CHECKING:
    from .parameters import Behaviour
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
def final_goods(goods: np.ndarray) -> float:
    """Return final goods of the month, in baskets, before anything was taken from them."""
    total = 0.0
    for flow in (Good.CONSUMPTION, Good.CLAIMS_SERVED, Good.DIVERTED, Good.PILFERED):
        total += added_up(goods[flow])
    return total


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


@rule
def become_private(offices: np.ndarray, office_codes: np.ndarray, now: np.ndarray) -> None:
    """Turn control into property: councils and recall end for good, prices guide the plan."""
    now[State.PRIVATE], now[State.CONVERTED] = 1.0, now[State.MONTH]
    now[State.COUNCIL_SHARE] = 0.0
    for column in (Office.CO_OPTED, Office.SHIELDED, Office.WITHHELD):
        offices[column, :] = 0.0
    office_codes[OfficeCode.PATRON, :] = -1


@inner
def convert(w: World, law: Law, b: Behaviour, now: np.ndarray, draw: float) -> None:
    """Attempt conversion when needs go unmet for long and most of power is for it."""
    now[State.MOOD] += CRISIS_SPEED * (now[State.NEEDS_MET] - now[State.MOOD])
    if now[State.PRIVATE] > 0.0 or now[State.MOOD] >= b.crisis:
        return
    success = chance_of_conversion(w.people, b.resistance)
    if draw >= success:
        return
    prize = b.ownership * final_goods(w.goods) / w.posts
    tables = (w.offices, w.office_codes, w.people)
    if for_conversion(*tables, w.posts, law.council_power, prize, success) > 0.5:
        become_private(w.offices, w.office_codes, now)


def ownership(society: Society) -> None:
    """Let officials try to turn their posts into property."""
    society.carry_out(ownership)
