"""2. Accounting of needs and capacity: automated records where they reach, reports elsewhere."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from ..agents.compiled import even, inner, rule, toward
from ..agents.offices import Office
from ..agents.workplaces import Site
from .goods import Good, GoodCode
from .world import State, World

if TYPE_CHECKING:
    from .parameters import Behaviour
    from .society import Society

SURVEY_MONTHS = 12  # needs are surveyed by hand once a year


@rule
def survey_needs(
    goods: np.ndarray,
    need_recorded: np.ndarray,
    need_surveyed: np.ndarray,
    need_estimated: np.ndarray,
    coverage: float,
    noise: float,
    survey: bool,
    draws: np.ndarray,
) -> None:
    """Estimate needs: recorded ones where records are automatic, else those last surveyed.

    The same place by place in `need_recorded`, `need_surveyed` and `need_estimated` (workplaces,
    goods), but without the survey's error, which is common to all places and moves totals only.
    """
    if survey:
        need_surveyed[:] = need_recorded
    for w in range(need_recorded.shape[0]):
        for g in range(goods.shape[1]):
            found = need_surveyed[w, g]
            need_estimated[w, g] = coverage * need_recorded[w, g] + (1.0 - coverage) * found
    for g in range(goods.shape[1]):
        if survey:
            goods[Good.SURVEYED, g] = goods[Good.RECORDED, g] * (1.0 + noise * even(draws[g]))
        by_hand = goods[Good.SURVEYED, g]
        goods[Good.ESTIMATED, g] = coverage * goods[Good.RECORDED, g] + (1.0 - coverage) * by_hand


@rule
def shown(offices: np.ndarray, site: int, coverage: float) -> float:
    """Return the share of capacity a director does not conceal; machines conceal nothing."""
    return 1.0 - (1.0 - coverage) * offices[Office.HIDDEN_CAPACITY, site]


@rule
def take_reports(
    goods: np.ndarray,
    good_codes: np.ndarray,
    sites: np.ndarray,
    offices: np.ndarray,
    ratchet: float,
    noise: float,
    coverage: float,
    draws: np.ndarray,
) -> None:
    """Form the planner's picture of capacity and stocks, in baskets a month.

    The norm of each workplace follows what it shows by the share `ratchet` a month (weitzman1980).
    Reports add padding to output, so that the books hold stocks that do not exist.
    """
    for g in range(goods.shape[1]):
        known = 0.0
        phantom = 0.0
        for w in range(good_codes[GoodCode.FIRST_SITE, g], good_codes[GoodCode.STOP_SITE, g]):
            capacity = sites[Site.CAPACITY, w]
            report = shown(offices, w, coverage) * capacity * (1.0 + noise * even(draws[w]))
            sites[Site.NORM, w] = toward(sites[Site.NORM, w], report, ratchet)
            known += coverage * capacity + (1.0 - coverage) * sites[Site.NORM, w]
            phantom += (1.0 - coverage) * offices[Office.PADDING, w] * sites[Site.OUTPUT, w]
        goods[Good.KNOWN_CAPACITY, g] = known
        goods[Good.KNOWN_STOCK, g] = goods[Good.STOCK, g] + phantom


@inner
def keep_accounts(w: World, b: Behaviour, now: np.ndarray, draws: np.ndarray) -> None:
    """Bring up to date what the planner believes of needs and workplaces; draws in that order."""
    size, coverage, noise = w.goods.shape[1], now[State.AUTOMATION], b.report_noise
    survey = int(now[State.MONTH]) % SURVEY_MONTHS == 0
    places = (w.need_recorded, w.need_surveyed, w.need_estimated)
    survey_needs(w.goods, *places, coverage, noise, survey, draws[:size])
    goods = (w.goods, w.good_codes)
    take_reports(*goods, w.sites, w.offices, b.ratchet, noise, coverage, draws[size:])


def accounting(society: Society) -> None:
    """Bring the planner's picture up to date."""
    society.carry_out(accounting)
