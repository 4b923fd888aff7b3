"""3. The plan: an algorithm over the input-output table, then the decision of council and ministry.

The council decides its share as far as its delegates are independent and able to judge what they
are shown; the ministry decides the rest, and may put part of it into projects of its own.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from ..agents.compiled import clamp, inner, rule
from ..agents.offices import DELEGATE, HEAD, PLANNER, Office, OfficeCode
from ..agents.people import Person
from ..agents.workplaces import Site
from .audit import council_access
from .goods import Good, GoodCode, added_up
from .planner import proportional_plan
from .world import NEVER, Law, State, World

if TYPE_CHECKING:
    from .parameters import Behaviour
    from .society import Society

HAND_INTERVAL = 12  # months between plans drawn up by hand
RESTOCKING = 0.2  # share of a gap in stocks the plan closes in a month
REALLOCATION_LIMIT = 0.2  # largest shortfall or surplus of capacity that moves equipment at once


@inner
def share_decisions(w: World, law: Law, b: Behaviour, now: np.ndarray) -> None:
    """Find the share (0..1) of decisions that delegates in fact take, and how many decide in all.

    A delegate on favours votes with the ministry; one without experience defers to its experts; and
    nobody decides what cannot be inspected (decisions taken by closed code). The second number is
    the effective number of deciders, 1 / sum of squared shares: each delegate by its weight, heads
    and planners the hand-made rest, planners alone what machines decide.
    """
    offices, office_codes, posts, planners = w.offices, w.office_codes, w.posts, w.planners
    coverage = now[State.AUTOMATION]
    unseen = 0.0 if law.algorithm_open else coverage
    seats = offices.shape[1] - posts
    council = 0.0
    squares = 0.0
    heads = 0
    for o in range(offices.shape[1]):
        holder = office_codes[OfficeCode.HOLDER, o]
        tier = office_codes[OfficeCode.TIER, o]
        heads += 1 if tier == HEAD else 0
        if tier == DELEGATE and holder >= 0 and offices[Office.CO_OPTED, o] == 0.0:
            judgement = 1.0 - b.deference * (1.0 - w.people[Person.EXPERIENCE, holder])
            part = law.council_power * (1.0 - unseen) * judgement / seats
            council += part
            squares += part**2
    ministry = 1.0 - council
    each_head = ministry * (1.0 - coverage) / (heads + planners)
    each_planner = each_head + ministry * coverage / planners
    squares += heads * each_head**2 + planners * each_planner**2
    now[State.COUNCIL_SHARE] = council
    now[State.DECIDERS] = 1.0 / squares


@rule
def bending(offices: np.ndarray, office_codes: np.ndarray, access: float) -> float:
    """Return how far heads and planners bend the plan to their own ends, 0..1.

    Each as far as it serves itself otherwise (its diversion) and as nobody entitled would see:
    `access` (0..1) is the share of accounts open to delegates, of which books show what is legible.
    """
    total = 0.0
    count = 0
    for o in range(offices.shape[1]):
        tier = office_codes[OfficeCode.TIER, o]
        if HEAD <= tier <= PLANNER:
            seen = access * offices[Office.LEGIBLE, o]
            total += offices[Office.DIVERSION, o] * (1.0 - seen)
            count += 1
    return total / count


@rule
def decide_demand(
    goods: np.ndarray,
    voices: np.ndarray,
    coefficients: np.ndarray,
    stock_months: float,
    parochialism: float,
    council: float,
    knowledge: float,
    projects: float,
) -> None:
    """Write final demand as decided: households, apparatus's projects, claims and restocking.

    `voices` (G,) is where delegates lean (leanings): delegates hear the more of what records
    miss the more people come to meetings (`knowledge`, 0..1) and lean to their own sectors
    (`parochialism`); `projects` is the share of the ministry's part it puts into projects of its
    own, spread like public claims.
    """
    size = goods.shape[1]
    total = goods[Good.ESTIMATED].sum()
    claims = goods[Good.CLAIM].sum()
    for g in range(size):
        estimated = goods[Good.ESTIMATED, g]
        heard = estimated + knowledge * (goods[Good.NEEDS, g] - estimated)
        asked = (1.0 - parochialism) * heard + parochialism * voices[g] * total
        ministry = (1.0 - council) * estimated
        spread = goods[Good.CLAIM, g] / claims if claims > 0.0 else goods[Good.NEED_SHARE, g]
        goods[Good.PROMISED, g] = council * asked + (1.0 - projects) * ministry
        goods[Good.APPARATUS, g] = projects * (1.0 - council) * total * max(spread, 0.0)
    for g in range(size):
        use = goods[Good.PROMISED, g] + goods[Good.CLAIM, g]
        for j in range(size):
            use += coefficients[g, j] * goods[Good.OUTPUT, j]
        gap = stock_months * use - goods[Good.KNOWN_STOCK, g]
        goods[Good.DEMAND, g] = max(
            0.0,
            goods[Good.PROMISED, g]
            + goods[Good.APPARATUS, g]
            + goods[Good.CLAIM, g]
            + RESTOCKING * gap,
        )


@rule
def set_targets(
    goods: np.ndarray, good_codes: np.ndarray, sites: np.ndarray, coverage: float
) -> None:
    """Break each sector's target down to its workplaces by the capacity the planner knows of."""
    for g in range(goods.shape[1]):
        known = max(goods[Good.KNOWN_CAPACITY, g], 1e-12)
        for w in range(good_codes[GoodCode.FIRST_SITE, g], good_codes[GoodCode.STOP_SITE, g]):
            part = coverage * sites[Site.CAPACITY, w] + (1.0 - coverage) * sites[Site.NORM, w]
            sites[Site.TARGET, w] = goods[Good.TARGET, g] * part / known


@rule
def move_equipment(
    goods: np.ndarray, leontief: np.ndarray, sector_workers: np.ndarray, speed: float
) -> None:
    """Shift equipment toward sectors that the whole demand would overload; its total stays.

    `sector_workers` (G,) is by what equipment is weighed.
    """
    size = goods.shape[1]
    before = 0.0
    after = 0.0
    for g in range(size):
        needed = 0.0
        for j in range(size):
            needed += leontief[g, j] * goods[Good.DEMAND, j]
        short = needed / max(goods[Good.KNOWN_CAPACITY, g], 1e-12) - 1.0
        before += sector_workers[g] * goods[Good.EQUIPMENT, g]
        goods[Good.EQUIPMENT, g] *= 1.0 + speed * clamp(
            short, -REALLOCATION_LIMIT, REALLOCATION_LIMIT
        )
        after += sector_workers[g] * goods[Good.EQUIPMENT, g]
    for g in range(size):
        goods[Good.EQUIPMENT, g] *= before / after


@rule
def fidelity(goods: np.ndarray) -> float:
    """Return 1 - total variation between the decided plan's shares and those of true needs.

    What the plan sets aside for the apparatus's own projects serves no need and counts as such.
    """
    size = goods.shape[1]
    decided = goods[Good.PROMISED].sum() + goods[Good.APPARATUS].sum()
    wanted = goods[Good.NEEDS].sum()
    gap = goods[Good.APPARATUS].sum() / decided
    for g in range(size):
        gap += abs(goods[Good.PROMISED, g] / decided - goods[Good.NEEDS, g] / wanted)
    return 1.0 - 0.5 * gap


@rule
def interval(coverage: float) -> int:
    """Return months between plans: twelve by hand, one when all accounts are automatic.

    >>> interval(0.0), interval(1.0)
    (12, 1)
    """
    return max(1, int(np.rint(HAND_INTERVAL * (1.0 - coverage) + coverage)))


@rule
def is_due(now: np.ndarray) -> bool:
    """Say whether a plan is drawn up this month; prices draw it up anew every month."""
    return now[State.PRIVATE] > 0.0 or int(now[State.MONTH]) % interval(now[State.AUTOMATION]) == 0


@inner
def decide(w: World, law: Law, b: Behaviour, now: np.ndarray) -> None:
    """Decide final demand and, unless another planner does, find feasible targets."""
    goods, council, projects = w.goods, now[State.COUNCIL_SHARE], 0.0
    if now[State.PRIVATE] > 0.0:  # prices carry part of what records miss
        for g in range(goods.shape[1]):
            missed = goods[Good.NEEDS, g] - goods[Good.ESTIMATED, g]
            goods[Good.ESTIMATED, g] += b.price_knowledge * missed
    else:
        access = council_access(law.openness, law.council_power)
        projects = b.projects * bending(w.offices, w.office_codes, access)
    decide_demand(
        goods,
        w.voices,
        w.coefficients,
        w.stock_months,
        b.parochialism,
        council,
        b.local_knowledge * now[State.INFORMED],
        projects,
    )
    now[State.PROMISED] = added_up(goods[Good.PROMISED])
    moves = b.capacity_mobility * (1.0 - council * b.parochialism)
    move_equipment(goods, w.leontief, w.sector_workers, moves)
    if not w.optimal:
        demand, capacity = goods[Good.DEMAND], goods[Good.KNOWN_CAPACITY]
        targets, met = goods[Good.TARGET], goods[Good.FULFILLABLE]
        proportional_plan(w.leontief, demand, capacity, targets, met)
        set_targets(goods, w.good_codes, w.sites, now[State.AUTOMATION])


@inner
def draw_up(w: World, law: Law, b: Behaviour, now: np.ndarray) -> None:
    """Draw up a plan when one is due, and decide it."""
    if now[State.PRIVATE] == 0.0:
        share_decisions(w, law, b, now)
    if is_due(now):
        decide(w, law, b, now)
    now[State.PLAN_FIDELITY] = fidelity(w.goods)


def plan(society: Society) -> None:
    """Draw up a plan when one is due, and decide it."""
    society.carry_out(plan)


def until_optimum(society: Society) -> int:
    """Return in how many months the planner that is no compiled code may be asked: 0 for now."""
    if society.optimal_planner is None:
        return NEVER
    return 0 if is_due(society.now) else 1


def optimise(society: Society) -> None:
    """Let the optimal planner turn demand into targets within known capacity."""
    sectors, sites, planner = society.sectors, society.workplaces, society.optimal_planner
    assert planner is not None  # else the afterthought is never due
    found = planner.solve(sectors["demand"].copy(), sectors["known_capacity"].copy())
    sectors["target"], sectors["fulfillable"] = found
    set_targets(sectors.values, sectors.codes, sites.values, society.automation)
