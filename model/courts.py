"""Courts: whoever is on record is tried within the year, whatever superiors and council think.

Part of process 12; judges are neither appointed nor bribed by those they judge.
"""

from __future__ import annotations

import numpy as np

from ..agents.compiled import rule
from ..agents.offices import BY_COURT, Office
from ..agents.official_rules import apparent_misuse, recognisable
from .tenure import vacate

TRIAL_MONTHS = 12.0


@rule
def try_cases(
    offices: np.ndarray,
    office_codes: np.ndarray,
    people: np.ndarray,
    people_codes: np.ndarray,
    courts: float,
    errors: float,
    draws: np.ndarray,
) -> None:
    """Open trials for cases on record and dismiss those who are convicted, delegates too.

    A trial lasts a year, in which plain misuse ends in dismissal with probability `courts` (0..1),
    every month alike; judges convict as far as they recognise misuse, and take errors for it as
    auditors do. New evidence opens no second trial; whoever leaves office is tried no more.
    """
    conviction = 1.0 - (1.0 - courts) ** (1.0 / TRIAL_MONTHS)
    for o in range(offices.shape[1]):
        if offices[Office.TRIAL, o] == 0.0 and offices[Office.CASE, o] > 0.0:
            offices[Office.TRIAL, o] = TRIAL_MONTHS
        if offices[Office.TRIAL, o] > 0.0:
            offices[Office.TRIAL, o] -= 1.0
            misuse = apparent_misuse(
                offices[Office.MISUSE, o],
                errors,
                offices[Office.COMPETENCE, o],
                offices[Office.WITHHELD, o],
            )
            if draws[o] < conviction * recognisable(misuse):
                vacate(offices, office_codes, people, people_codes, o, BY_COURT)
