"""4. Production: labour, skill and effort turn inputs from stock into goods."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from ..agents.compiled import inner, rule
from ..agents.offices import Office, OfficeCode
from ..agents.people import Person, PersonCode
from ..agents.workplaces import Site, SiteCode
from .accounting import shown
from .goods import Good, GoodCode
from .world import State, World

if TYPE_CHECKING:
    from .parameters import Behaviour
    from .society import Society


@rule
def directed(offices: np.ndarray, office_codes: np.ndarray, office: int, effect: float) -> float:
    """Return the share of output left under the holder of a post: all of it if fully competent.

    A holder without any competence costs the share `effect`, and so does a vacancy.
    """
    held = office_codes[OfficeCode.HOLDER, office] >= 0
    competence = offices[Office.COMPETENCE, office] if held else 0.0
    return 1.0 - effect * (1.0 - competence)


@rule
def find_capacity(
    sites: np.ndarray,
    site_codes: np.ndarray,
    goods: np.ndarray,
    people: np.ndarray,
    people_codes: np.ndarray,
    offices: np.ndarray,
    office_codes: np.ndarray,
    posts: int,
    competence_effect: float,
    branch_competence: float,
    scarcity: float,
) -> None:
    """Write each workplace's capacity: the labour at its benches times equipment and direction.

    Officials are away from the bench. A director without competence costs the share
    `competence_effect` of output, the head and the planner above it `branch_competence` each;
    external scarcity costs the share `scarcity`.
    """
    for w in range(sites.shape[1]):
        labour = 0.0
        start, stop = site_codes[SiteCode.START, w], site_codes[SiteCode.STOP, w]
        skill, effort = people[Person.SKILL, start:stop], people[Person.EFFORT, start:stop]
        office = people_codes[PersonCode.OFFICE, start:stop]
        for i in range(stop - start):
            at_bench = office[i] < 0 or office[i] >= posts
            labour += skill[i] * effort[i] if at_bench else 0.0
        g = site_codes[SiteCode.SECTOR, w]
        head = office_codes[OfficeCode.SUPERIOR, w]
        planner = office_codes[OfficeCode.SUPERIOR, head]
        direction = directed(offices, office_codes, w, competence_effect)
        direction *= directed(offices, office_codes, head, branch_competence)
        direction *= directed(offices, office_codes, planner, branch_competence)
        technique = sites[Site.TECHNIQUE, w] * goods[Good.PRODUCTIVITY, g]
        technique *= goods[Good.EQUIPMENT, g]
        sites[Site.CAPACITY, w] = labour * technique * direction * (1.0 - scarcity)


@rule
def produce(
    goods: np.ndarray,
    good_codes: np.ndarray,
    sites: np.ndarray,
    offices: np.ndarray,
    coefficients: np.ndarray,
    coverage: float,
    waste: float,
) -> None:
    """Make goods up to target, capacity shown and inputs in stock; book inputs, output and waste.

    A scarce input is shared among its users in proportion to what they planned to use. Directors
    who fear auditors draw less of what is due to them; what machines record is used all the same.
    """
    size = goods.shape[1]
    meant = np.zeros(size)
    for g in range(size):
        for w in range(good_codes[GoodCode.FIRST_SITE, g], good_codes[GoodCode.STOP_SITE, g]):
            usable = sites[Site.CAPACITY, w] * shown(offices, w, coverage)
            used = 1.0 - (1.0 - coverage) * offices[Office.WITHHELD, w]
            sites[Site.OUTPUT, w] = used * min(usable, sites[Site.TARGET, w])
            meant[g] += sites[Site.OUTPUT, w]
    cover = np.ones(size)
    for i in range(size):
        wanted = 0.0
        for j in range(size):
            wanted += coefficients[i, j] * meant[j]
        if wanted > goods[Good.STOCK, i]:
            cover[i] = goods[Good.STOCK, i] / wanted
    for j in range(size):
        scale = 1.0
        for i in range(size):
            if coefficients[i, j] > 0.0:
                scale = min(scale, cover[i])
        for w in range(good_codes[GoodCode.FIRST_SITE, j], good_codes[GoodCode.STOP_SITE, j]):
            sites[Site.OUTPUT, w] *= scale
        meant[j] *= scale
    for i in range(size):
        used = 0.0
        for j in range(size):
            used += coefficients[i, j] * meant[j]
        opening = goods[Good.STOCK, i]
        goods[Good.OPENING, i] = opening
        goods[Good.INTERMEDIATE, i] = used
        goods[Good.OUTPUT, i] = meant[i]
        goods[Good.WASTE, i] = waste * max(opening - used, 0.0)
        goods[Good.STOCK, i] = opening - used + meant[i] - goods[Good.WASTE, i]


@rule
def deliver(goods: np.ndarray, coefficients: np.ndarray) -> None:
    """Release final goods from stock, keeping back next month's inputs; all uses alike.

    Writes consumption (before diversion) and claims served, in proportion to what was decided.
    """
    size = goods.shape[1]
    for g in range(size):
        reserve = 0.0
        for j in range(size):
            reserve += coefficients[g, j] * goods[Good.TARGET, j]
        households = goods[Good.PROMISED, g]
        others = max(0.0, goods[Good.CLAIM, g]) + goods[Good.APPARATUS, g]
        free = max(0.0, goods[Good.STOCK, g] - reserve)
        share = min(1.0, free / max(households + others, 1e-12))
        goods[Good.CONSUMPTION, g] = share * households
        goods[Good.CLAIMS_SERVED, g] = share * others
        goods[Good.STOCK, g] -= share * (households + others)


@inner
def scarcity(w: World, now: np.ndarray) -> float:
    """Return the share (0..1) of productivity lost to outside scarcity this month."""
    return w.severity if w.scarce_from <= now[State.MONTH] < w.scarce_until else 0.0


@inner
def make_and_deliver(w: World, b: Behaviour, now: np.ndarray) -> None:
    """Find capacity, make goods and release final goods."""
    find_capacity(
        w.sites,
        w.site_codes,
        w.goods,
        w.people,
        w.people_codes,
        w.offices,
        w.office_codes,
        w.posts,
        b.competence_effect,
        b.branch_competence,
        scarcity(w, now),
    )
    coverage = now[State.AUTOMATION]
    produce(w.goods, w.good_codes, w.sites, w.offices, w.coefficients, coverage, b.waste)
    deliver(w.goods, w.coefficients)


def production(society: Society) -> None:
    """Make this month's goods and release what is for final use."""
    society.carry_out(production)
