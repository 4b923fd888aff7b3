"""12. Hierarchy: superiors watch those below them, and dismiss or shield them; courts try cases.

The same collusion condition as in the council: silence is bought, or it is not.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from ..agents.compiled import inner, rule
from ..agents.offices import APPOINTED, BY_SUPERIOR, Office, OfficeCode
from ..agents.official_rules import recognisable
from .audit import CASE_MONTHS
from .council import hear_denunciation, silence_pays
from .courts import try_cases
from .tenure import vacate
from .world import Law, State, World

if TYPE_CHECKING:
    from .parameters import Behaviour
    from .society import Society


@rule
def supervise(
    offices: np.ndarray,
    office_codes: np.ndarray,
    people: np.ndarray,
    people_codes: np.ndarray,
    posts: int,
    supervision: float,
    favour_share: float,
    fellowship: float,
    honour: float,
    denunciation: float,
    patience: float,
    coverage: float,
    mean_wage: float,
    draws: np.ndarray,
) -> None:
    """Let superiors look at their subordinates' books, which are always open upward.

    A superior dismisses appointed holders only; an elected one it can merely put on record, for the
    council to judge.
    """
    for o in range(posts):
        chief = office_codes[OfficeCode.SUPERIOR, o]
        if chief < 0 or office_codes[OfficeCode.HOLDER, o] < 0:
            continue
        boss = office_codes[OfficeCode.HOLDER, chief]
        if boss < 0:
            offices[Office.SHIELDED, o] = 0.0
            continue
        readable = coverage + (1.0 - coverage) * (1.0 - offices[Office.HIDING, o])
        found = recognisable(offices[Office.MISUSE, o]) * readable
        noticed = draws[0, o] < supervision * found
        if not noticed and offices[Office.CASE, o] == 0.0:
            continue
        favour = favour_share * offices[Office.TAKE, o]
        if silence_pays(
            offices,
            office_codes,
            people,
            chief,
            o,
            favour,
            fellowship,
            honour,
            denunciation,
            patience,
            mean_wage,
        ):
            offices[Office.SHIELDED, o] = 1.0
            continue
        offices[Office.SHIELDED, o] = 0.0
        hear_denunciation(offices, chief, denunciation, draws[1, o])
        offices[Office.CASE, o] = CASE_MONTHS
        if office_codes[OfficeCode.ELECTED, o] == APPOINTED:
            vacate(offices, office_codes, people, people_codes, o, BY_SUPERIOR)


@inner
def judge(
    w: World, law: Law, b: Behaviour, now: np.ndarray, draws: np.ndarray, luck: np.ndarray
) -> None:
    """Let superiors look at their subordinates' books, then courts try who is on record."""
    if now[State.PRIVATE] > 0.0:
        return
    supervise(
        w.offices,
        w.office_codes,
        w.people,
        w.people_codes,
        w.posts,
        b.supervision,
        b.favour_share,
        b.fellowship,
        b.honour,
        b.denunciation,
        b.patience,
        now[State.AUTOMATION],
        now[State.MEAN_WAGE],
        draws,
    )
    tables = (w.offices, w.office_codes, w.people, w.people_codes)
    try_cases(*tables, law.courts, b.errors, luck)


def hierarchy(society: Society) -> None:
    """Let superiors watch, shield and dismiss, then let courts try who is on record."""
    society.carry_out(hierarchy)
