"""Processes 1 to 4: needs, accounting, plan and production."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from ...agents.offices import DIRECTOR
from ...model.accounting import SURVEY_MONTHS
from ...model.plan import REALLOCATION_LIMIT, RESTOCKING, interval
from ...model.planner import MAX_PASSES, SETTLED, STEP
from .plain import clamp, council_access, even

if TYPE_CHECKING:
    from .society import TwinSociety


def needs(model: TwinSociety) -> None:
    """Let needs drift."""
    b = model.behaviour
    shock = b.need_drift**2 + b.local_drift**2
    model.need_variance = b.need_persistence**2 * model.need_variance + shock
    model.draw("needs", len(model.workplaces) + 1, len(model.sectors))
    for sector, draw in zip(model.sectors, model.draws[0], strict=True):
        sector.drift = b.need_persistence * sector.drift + b.need_drift * even(draw)
        sector.needs = sector.recorded = 0.0
    model.each(model.workplaces, "drift_needs")


def accounting(model: TwinSociety) -> None:
    """Bring the planner's picture up to date."""
    coverage, noise = model.automation, model.behaviour.report_noise
    model.draw("accounting", len(model.sectors) + len(model.workplaces))
    for sector, draw in zip(model.sectors, model.draws[: len(model.sectors)], strict=True):
        if model.month % SURVEY_MONTHS == 0:
            sector.surveyed = sector.recorded * (1.0 + noise * even(draw))
        sector.estimated = coverage * sector.recorded + (1.0 - coverage) * sector.surveyed
        sector.known_capacity = sector.phantom = 0.0
    if model.month % SURVEY_MONTHS == 0:
        model.each(model.workplaces, "survey_needs")
    model.each(model.workplaces, "report")
    for sector in model.sectors:
        sector.known_stock = sector.stock + sector.phantom


def plan(model: TwinSociety) -> None:
    """Draw up a plan when one is due, and decide it."""
    if not model.private:
        model.council_share, model.deciders = share_decisions(model)
    if model.private or model.month % interval(model.automation) == 0:
        decide(model)
    model.plan_fidelity = fidelity(model)


def share_decisions(model: TwinSociety) -> tuple[float, float]:
    """Return the share of decisions that delegates in fact take, and how many decide in all."""
    coverage, deference = model.automation, model.behaviour.deference
    unseen = 0.0 if model.rules.algorithm_open else coverage
    whole = model.rules.council_power * (1.0 - unseen) / len(model.delegates)
    parts = [
        whole * (1.0 - deference * (1.0 - seat.holder.experience))
        for seat in model.delegates
        if seat.holder is not None and not seat.co_opted
    ]
    planners = len(model.planners)
    heads = len(model.officials) - planners - len(model.workplaces)
    ministry = 1.0 - sum(parts)
    each_head = ministry * (1.0 - coverage) / (heads + planners)
    each_planner = each_head + ministry * coverage / planners
    squares = sum(part**2 for part in parts)
    squares += heads * each_head**2 + planners * each_planner**2
    return sum(parts), 1.0 / squares


def decide(model: TwinSociety) -> None:
    """Decide final demand, find feasible targets and break them down."""
    b = model.behaviour
    if model.private:
        projects = 0.0
        for sector in model.sectors:
            sector.estimated += b.price_knowledge * (sector.needs - sector.estimated)
    else:
        projects = b.projects * bending(model)
    decide_demand(model, model.council_share, b.local_knowledge * model.informed, projects)
    allocate(model)
    move_equipment(model, b.capacity_mobility * (1.0 - model.council_share * b.parochialism))
    set_targets(model)


def bending(model: TwinSociety) -> float:
    """Return how far heads and planners bend the plan to their own ends, unseen by delegates."""
    access = council_access(model.rules.openness, model.rules.council_power)
    bent = [
        post.diversion * (1.0 - access * post.legible)
        for post in model.officials
        if post.tier != DIRECTOR
    ]
    return sum(bent) / len(bent)


def decide_demand(model: TwinSociety, council: float, knowledge: float, projects: float) -> None:
    """Write final demand as decided: households, apparatus's projects, claims and restocking."""
    bias = model.behaviour.parochialism
    total = sum(s.estimated for s in model.sectors)
    claims = sum(s.claim for s in model.sectors)
    for sector in model.sectors:
        heard = sector.estimated + knowledge * (sector.needs - sector.estimated)
        asked = (1.0 - bias) * heard + bias * sector.voice * total
        ministry = (1.0 - council) * sector.estimated
        spread = sector.claim / claims if claims > 0.0 else sector.need_share
        sector.promised = council * asked + (1.0 - projects) * ministry
        sector.apparatus = projects * (1.0 - council) * total * max(spread, 0.0)
    for sector, row in zip(model.sectors, model.coefficients, strict=True):
        use = sector.promised + sector.claim
        use += sum(a * s.output for a, s in zip(row, model.sectors, strict=True))
        gap = model.settings.economy.stock_months * use - sector.known_stock
        decided = sector.promised + sector.apparatus + sector.claim
        sector.demand = max(0.0, decided + RESTOCKING * gap)


def allocate(model: TwinSociety) -> None:
    """Let the chosen planner turn demand into targets within known capacity."""
    demand = np.array([s.demand for s in model.sectors])
    capacity = np.array([s.known_capacity for s in model.sectors])
    if model.optimal_planner is not None:
        targets, _ = model.optimal_planner.solve(demand, capacity)
    else:
        targets = ration_plan(model.leontief, demand, capacity)
    for sector, target in zip(model.sectors, targets.tolist(), strict=True):
        sector.target = target


def ration_plan(leontief: np.ndarray, demand: np.ndarray, capacity: np.ndarray) -> np.ndarray:
    """Plan by rationing what is scarce, as the proportional planner does; return targets."""
    wanted = demand > 0.0
    own = np.where(wanted, leontief.diagonal() * demand, 1.0)
    met = np.ones(len(demand))
    targets = leontief @ demand
    passes, moved = 0, 1.0
    while passes < MAX_PASSES and moved > SETTLED:
        better = np.clip(met + STEP * (capacity - targets) / own, 0.0, 1.0)
        better = np.where(wanted, better, met)
        moved = np.abs(better - met).max()
        if moved > 0.0:
            met = better
            targets = leontief @ (met * demand)
            passes += 1
    over = targets > capacity
    scale = min(1.0, (capacity[over] / targets[over]).min(initial=1.0))
    return np.minimum(scale * targets, capacity)


def move_equipment(model: TwinSociety, speed: float) -> None:
    """Shift equipment toward sectors that the whole demand would overload; its total stays."""
    needed = (model.leontief @ [s.demand for s in model.sectors]).tolist()
    before = sum(s.labour * s.equipment for s in model.sectors)
    for sector, need in zip(model.sectors, needed, strict=True):
        short = need / max(sector.known_capacity, 1e-12) - 1.0
        sector.equipment *= 1.0 + speed * clamp(short, -REALLOCATION_LIMIT, REALLOCATION_LIMIT)
    after = sum(s.labour * s.equipment for s in model.sectors)
    for sector in model.sectors:
        sector.equipment *= before / after


def set_targets(model: TwinSociety) -> None:
    """Break each sector's target down to its workplaces by the capacity the planner knows of."""
    for sector in model.sectors:
        known = max(sector.known_capacity, 1e-12)
        for workplace in sector.workplaces:
            workplace.target = sector.target * workplace.known / known


def fidelity(model: TwinSociety) -> float:
    """Return how far the decided plan's shares follow those of true needs."""
    decided = sum(s.promised + s.apparatus for s in model.sectors)
    wanted = sum(s.needs for s in model.sectors)
    gap = sum(s.apparatus for s in model.sectors) / decided
    gap += sum(abs(s.promised / decided - s.needs / wanted) for s in model.sectors)
    return 1.0 - 0.5 * gap


def production(model: TwinSociety) -> None:
    """Make this month's goods and release what is for final use."""
    model.each(model.workplaces, "find_capacity", model.scarcity())
    produce(model)
    for sector, row in zip(model.sectors, model.coefficients, strict=True):
        reserve = sum(a * s.target for a, s in zip(row, model.sectors, strict=True))
        households = sector.promised
        others = max(0.0, sector.claim) + sector.apparatus
        free = max(0.0, sector.stock - reserve)
        share = min(1.0, free / max(households + others, 1e-12))
        sector.consumption = share * households
        sector.claims_served = share * others
        sector.stock -= share * (households + others)


def produce(model: TwinSociety) -> None:
    """Make goods up to target, capacity shown and inputs in stock; book inputs and waste."""
    for sector in model.sectors:
        for workplace in sector.workplaces:
            used = 1.0 - (1.0 - model.automation) * workplace.director.withheld
            workplace.output = used * min(workplace.shown, workplace.target)
        sector.output = sum(w.output for w in sector.workplaces)
    cover = []
    for sector, row in zip(model.sectors, model.coefficients, strict=True):
        wanted = sum(a * s.output for a, s in zip(row, model.sectors, strict=True))
        cover.append(sector.stock / wanted if wanted > sector.stock else 1.0)
    for j, sector in enumerate(model.sectors):
        inputs = [c for c, row in zip(cover, model.coefficients, strict=True) if row[j] > 0.0]
        scale = min(1.0, *inputs) if inputs else 1.0
        for workplace in sector.workplaces:
            workplace.output *= scale
        sector.output *= scale
    for sector, row in zip(model.sectors, model.coefficients, strict=True):
        used = sum(a * s.output for a, s in zip(row, model.sectors, strict=True))
        sector.intermediate = used
        sector.waste = model.behaviour.waste * max(sector.stock - used, 0.0)
        sector.stock += sector.output - used - sector.waste
