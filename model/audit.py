"""Audits: what books show to whom, and what auditors who cannot be bribed find in them."""

from __future__ import annotations

import numpy as np

from ..agents.compiled import rule
from ..agents.offices import PLANNER, Office, OfficeCode
from ..agents.official_rules import apparent_misuse, damages, recognisable
from ..agents.people import Person

CASE_MONTHS = 2.0  # a case lies before superior and council this month and the next


@rule
def publicity(openness: float, opposition: bool, press: float) -> float:
    """Return the chance that misuse known to some becomes public: open books or a rival's paper."""
    return 1.0 - (1.0 - openness) * (1.0 - (press if opposition else 0.0))


@rule
def council_access(openness: float, council_power: float) -> float:
    """Return the share of accounts a delegate can read: published ones and those it decides on."""
    return 1.0 - (1.0 - openness) * (1.0 - council_power)


@rule
def keep_books(
    offices: np.ndarray, office_codes: np.ndarray, coverage: float, code_open: bool
) -> None:
    """Write how much of each office's misuse its books show to those who may read them.

    Automatic records cannot be hidden from their readers; at the top, with planners and delegates,
    they hold the exceptions, which only open code shows.
    """
    for o in range(offices.shape[1]):
        by_hand = (1.0 - coverage) * (1.0 - offices[Office.HIDING, o])
        automatic = coverage
        tier = office_codes[OfficeCode.TIER, o]
        if tier >= PLANNER and not code_open:
            automatic = 0.0
        offices[Office.LEGIBLE, o] = by_hand + automatic


@rule
def break_scandal(offices: np.ndarray, office: int) -> None:
    """Make an office's misuse public; its electorate hears of it at the next telling."""
    offices[Office.SCANDAL, office] = 1.0
    offices[Office.NEWS, office] = 1.0


@rule
def audit(
    offices: np.ndarray,
    office_codes: np.ndarray,
    people: np.ndarray,
    rate: float,
    power: float,
    errors: float,
    sanction: float,
    restitution: float,
    public: float,
    draws: np.ndarray,
) -> None:
    """Audit each office with probability `rate`; what is found is fined and may become public.

    The fine is `sanction` months of pay times the extent of misuse as it looks, and `restitution`
    times what the holder has taken since its last audit. Auditors cannot be bribed and dismiss
    nobody, but take errors for misuse.
    """
    for o in range(offices.shape[1]):
        offices[Office.CASE, o] = max(offices[Office.CASE, o] - 1.0, 0.0)
        offices[Office.SCANDAL, o] = 0.0
        offices[Office.FINE, o] = 0.0
        offices[Office.RECOVERED, o] = 0.0
        office_codes[OfficeCode.AUDITED, o] = 0
        holder = office_codes[OfficeCode.HOLDER, o]
        if draws[0, o] >= rate or holder < 0:
            continue
        office_codes[OfficeCode.AUDITED, o] = 1
        misuse = apparent_misuse(
            offices[Office.MISUSE, o],
            errors,
            offices[Office.COMPETENCE, o],
            offices[Office.WITHHELD, o],
        )
        if draws[1, o] < power * recognisable(misuse):
            offices[Office.CASE, o] = CASE_MONTHS
            pay = offices[Office.PAY, o]
            owed = damages(offices[Office.TAKEN, o], restitution, pay)
            offices[Office.RECOVERED, o] = owed / restitution if restitution > 0.0 else 0.0
            offices[Office.FINE, o] = sanction * pay * misuse + owed
            people[Person.OWED, holder] += offices[Office.FINE, o]
            if draws[2, o] < public:
                break_scandal(offices, o)
        offices[Office.TAKEN, o] = 0.0  # accounts up to here are closed, whatever was found
