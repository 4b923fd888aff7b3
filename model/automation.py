"""16. Automation of accounts grows, unless those who lose rents by it vote it down (OGAS)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from ..agents.compiled import rule
from ..agents.offices import DELEGATE, HEAD, Office, OfficeCode
from ..agents.people import Person

if TYPE_CHECKING:
    from .society import Society


@rule
def rent_lost(
    offices: np.ndarray,
    office_codes: np.ndarray,
    office: int,
    coverage: float,
    head: float,
    centre: float,
    exceptions: float,
) -> float:
    """Return the monthly take a post would lose if the rest of accounts became automatic.

    Directors and heads lose what they take from hand-kept flows; planners and delegates lose that
    too but gain the exceptions of an automatic system, so their loss may be negative.
    """
    take = offices[Office.TAKE, office]
    tier = office_codes[OfficeCode.TIER, office]
    if tier <= HEAD:
        return take if coverage < 1.0 else 0.0
    by_hand = centre + head if tier == DELEGATE else centre
    now = by_hand * (1.0 - coverage) + exceptions * coverage
    return take * (1.0 - exceptions / now) if now > 0.0 else 0.0


@rule
def backing(
    offices: np.ndarray,
    office_codes: np.ndarray,
    people: np.ndarray,
    posts: int,
    council_power: float,
    room_head: float,
    room_centre: float,
    room_exceptions: float,
    honour: float,
    coverage: float,
) -> float:
    """Return the share (0..1) of power behind automation.

    A holder votes against it when the rents it would lose, weighed by greed, exceed the honour and
    vocation of serving; a delegate on favours votes as its patron would.
    """
    ministry = 0.0
    council = 0.0
    for o in range(offices.shape[1]):
        judge = office_codes[OfficeCode.PATRON, o] if offices[Office.CO_OPTED, o] > 0.0 else o
        holder = office_codes[OfficeCode.HOLDER, judge]
        if holder < 0:
            continue
        lost = rent_lost(
            offices, office_codes, judge, coverage, room_head, room_centre, room_exceptions
        )
        worth = honour + people[Person.VOCATION, holder]
        vote = 0.0 if people[Person.GREED, holder] * lost > worth else 1.0
        if o < posts:
            ministry += vote / posts
        else:
            council += vote / (offices.shape[1] - posts)
    return council_power * council + (1.0 - council_power) * ministry


def automation(society: Society) -> None:
    """Let coverage grow with the majority behind it; without a majority it stands still."""
    if society.private:
        return
    support = society.call(backing, society.automation)
    majority = min(max(2.0 * support - 1.0, 0.0), 1.0)
    growth = society.behaviour.automation_growth
    society.automation += growth * majority * (1.0 - society.automation)
