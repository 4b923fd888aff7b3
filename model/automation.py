"""16. Automation of accounts grows as far as those who would lose rents by it let it (OGAS)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from ..agents.compiled import inner, rule
from ..agents.offices import DELEGATE, HEAD, Office, OfficeCode
from ..agents.people import Person
from .world import Law, State, World

if TYPE_CHECKING:
    from .parameters import Behaviour
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


@inner
def backing(w: World, law: Law, b: Behaviour, coverage: float) -> float:
    """Return the share (0..1) of power behind automation.

    A holder votes against it when the rents it would lose, weighed by greed, exceed its honour; a
    delegate on favours votes as its patron would.
    """
    offices, office_codes, posts = w.offices, w.office_codes, w.posts
    ministry = 0.0
    council = 0.0
    for o in range(offices.shape[1]):
        judge = office_codes[OfficeCode.PATRON, o] if offices[Office.CO_OPTED, o] > 0.0 else o
        holder = office_codes[OfficeCode.HOLDER, judge]
        if holder < 0:
            continue
        lost = rent_lost(
            offices, office_codes, judge, coverage, b.room_head, b.room_centre, b.room_exceptions
        )
        vote = 0.0 if w.people[Person.GREED, holder] * lost > b.honour else 1.0
        if o < posts:
            ministry += vote / posts
        else:
            council += vote / (offices.shape[1] - posts)
    return law.council_power * council + (1.0 - law.council_power) * ministry


@inner
def automate(w: World, law: Law, b: Behaviour, now: np.ndarray) -> None:
    """Let coverage grow everywhere if most of power is for it, else where it is (peters2016)."""
    if now[State.PRIVATE] > 0.0:
        return
    support = backing(w, law, b, now[State.AUTOMATION])
    reach = 1.0 if support > 0.5 else support
    missing = max(reach - now[State.AUTOMATION], 0.0)
    now[State.AUTOMATION] += b.automation_growth * missing


def automation(society: Society) -> None:
    """Let automatic accounts grow as far as power lets them."""
    society.carry_out(automation)
