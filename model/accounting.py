"""2. Accounting of needs and capacity: automated records where they reach, reports elsewhere."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from ..agents.compiled import even, rule
from ..agents.offices import Office
from ..agents.workplaces import Site
from .goods import Good, GoodCode

if TYPE_CHECKING:
    from .society import Society

SURVEY_MONTHS = 12  # needs are surveyed by hand once a year


@rule
def account(
    goods: np.ndarray,
    good_codes: np.ndarray,
    sites: np.ndarray,
    offices: np.ndarray,
    coverage: float,
    noise: float,
    survey: bool,
    draws: np.ndarray,
) -> None:
    """Form the planner's picture of needs, capacity and stocks, in baskets a month.

    `coverage` (0..1) of the picture is recorded automatically and true up to tacit needs; the rest
    is what directors report: capacity less what they conceal, output plus what they pad.
    """
    size = goods.shape[1]
    for g in range(size):
        if survey:
            error = 1.0 + noise * even(draws[g])
            goods[Good.SURVEYED, g] = goods[Good.RECORDED, g] * error
        by_hand = goods[Good.SURVEYED, g]
        goods[Good.ESTIMATED, g] = coverage * goods[Good.RECORDED, g] + (1.0 - coverage) * by_hand
        known = 0.0
        phantom = 0.0
        for w in range(good_codes[GoodCode.FIRST_SITE, g], good_codes[GoodCode.STOP_SITE, g]):
            shown = 1.0 - offices[Office.HIDDEN_CAPACITY, w]
            reported = shown * (1.0 + noise * even(draws[size + w]))
            known += sites[Site.CAPACITY, w] * (coverage + (1.0 - coverage) * reported)
            padded = (1.0 - coverage) * offices[Office.PADDING, w] * sites[Site.OUTPUT, w]
            sites[Site.REPORTED, w] = sites[Site.OUTPUT, w] + padded
            phantom += padded
        goods[Good.KNOWN_CAPACITY, g] = known
        goods[Good.KNOWN_STOCK, g] = goods[Good.STOCK, g] + phantom


def accounting(society: Society) -> None:
    """Bring the planner's picture up to date."""
    account(
        society.sectors.values,
        society.sectors.codes,
        society.workplaces.values,
        society.offices.values,
        society.automation,
        society.behaviour.report_noise,
        society.month % SURVEY_MONTHS == 0,
        society.streams.uniforms("accounting", len(society.sectors) + len(society.workplaces)),
    )
