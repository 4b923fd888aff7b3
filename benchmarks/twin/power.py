"""Processes 15 to 17: amendment, automation and property, decided by those who hold power."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from ...agents.offices import BY_COUNCIL, BY_COURT, BY_ELECTION, BY_RECALL, PLANNER
from ...model.amendment import ITEMS, YEAR, loosen, tighten
from ...model.ownership import CRISIS_SPEED
from ...model.world import NO_CAP
from .plain import clamp, post_pay

if TYPE_CHECKING:
    from .office import TwinOffice
    from .society import TwinSociety


def share_of_power(model: TwinSociety, backs: Callable[[TwinOffice], bool]) -> float:
    """Return the share (0..1) of power, ministry's and council's, of those who back a cause."""
    ministry = sum(backs(post) for post in model.officials) / len(model.officials)
    council = sum(backs(seat) for seat in model.delegates) / len(model.delegates)
    return model.rules.council_power * council + (1.0 - model.rules.council_power) * ministry


def master(office: TwinOffice) -> TwinOffice:
    """Return whose interest an office votes by: a delegate on favours follows its patron."""
    return office.patron if office.co_opted else office


# --- amendment ----------------------------------------------------------------------------------


def remember_channels(model: TwinSociety) -> None:
    """Add this month's removals, fines and scandals to what is remembered of each control."""
    keep = 1.0 - 1.0 / model.behaviour.risk_memory
    removed = [office.removed for office in model.offices]
    seen = (
        0,
        removed.count(BY_RECALL),
        removed.count(BY_COUNCIL),
        removed.count(BY_ELECTION),
        sum(office.fine > 0.0 for office in model.offices) + removed.count(BY_COURT),
        sum(office.scandal for office in model.offices),
    )
    model.channels = [c * keep + s for c, s in zip(model.channels, seen, strict=True)]


def gains(model: TwinSociety) -> list[dict[TwinOffice, float]]:
    """Return, per item, what each holder would gain a month from loosening it."""
    known = sum(model.channels)
    parts = [c / known if known > 0.0 else 0.0 for c in model.channels]
    table: list[dict[TwinOffice, float]] = [{} for _ in ITEMS]
    for office in model.offices:
        if office.holder is None:
            continue
        table[0][office] = pay_step(model, office)
        expected = office.exposure
        expected += office.holder.fine_risk * model.rules.sanction * office.pay * office.misuse
        repaid = model.rules.restitution * office.holder.recovery
        expected += repaid * (office.take + office.favour)
        for item in range(1, len(ITEMS)):
            table[item][office] = parts[item] * expected
    return table


def pay_step(model: TwinSociety, office: TwinOffice) -> float:
    """Return what a cap one step looser would add to the pay of an office."""
    old, ladder = model.rules.wage_cap, model.behaviour.pay_ladder
    new = loosen(model.rules, "pay", model.behaviour.amendment_step).get("wage_cap", old)
    before = post_pay(office.tier, ladder, NO_CAP if old is None else old)
    return (
        post_pay(office.tier, ladder, NO_CAP if new is None else new) - before
    ) * model.mean_wage


def support(model: TwinSociety, gain: dict[TwinOffice, float], loosening: bool) -> float:
    """Return the share (0..1) of power behind loosening, or tightening, one item."""

    def backs(office: TwinOffice) -> bool:
        judge = master(office)
        if judge.holder is None:
            return False
        return (judge.holder.greed * gain[judge] > model.behaviour.honour) == loosening

    return share_of_power(model, backs)


def loosening(model: TwinSociety, table: list[dict[TwinOffice, float]]) -> dict[str, Any]:
    """Return the loosening that officials want most of those they can carry."""
    wish = [sum(g for office, g in row.items() if office.is_post) for row in table]
    for item in sorted(range(len(ITEMS)), key=lambda i: -wish[i]):
        if sum(table[item].values()) <= 0.0:
            return {}
        wanted = loosen(model.rules, ITEMS[item], model.behaviour.amendment_step)
        if wanted and support(model, table[item], True) > 0.5:
            return wanted
    return {}


def tightening(
    model: TwinSociety, table: list[dict[TwinOffice, float]], draws: list[float]
) -> dict[str, Any]:
    """Return the tightening that angry districts make delegates propose, if they can carry it."""
    if angry_share(model) < model.behaviour.resistance:
        return {}
    worth = [c + 1e-3 * draw for c, draw in zip(model.channels, draws, strict=True)]
    for item in sorted(range(len(ITEMS)), key=lambda i: -worth[i]):
        wanted = tighten(model.rules, ITEMS[item], model.behaviour.amendment_step)
        if wanted:
            return wanted if support(model, table[item], False) > 0.5 else {}
    return {}


def angry_share(model: TwinSociety) -> float:
    """Return the share of people who took part and distrust the centre."""
    angry = sum(w.engaged and w.beliefs[PLANNER] > w.tolerance for w in model.workers)
    return angry / len(model.workers)


def amendment(model: TwinSociety) -> None:
    """Once a year, change at most one rule."""
    model.draw("amendment", len(ITEMS))
    remember_channels(model)
    if not model.rules.amendable or model.private or (model.month + 1) % YEAR:
        return
    table = gains(model)
    change = loosening(model, table)
    if change and angry_share(model) >= model.behaviour.resistance:
        change = {}
    change = change or tightening(model, table, model.draws)
    if change:
        model.rules = model.rules.replace(**change)


# --- automation and property --------------------------------------------------------------------


def automation(model: TwinSociety) -> None:
    """Let coverage grow: everywhere if most of power is behind it, else where it is."""
    if model.private:
        return
    b, coverage = model.behaviour, model.automation

    def lost(judge: TwinOffice) -> float:
        if judge.tier < PLANNER:
            return judge.take if coverage < 1.0 else 0.0
        by_hand = b.room_centre if judge.tier == PLANNER else b.room_centre + b.room_head
        now = by_hand * (1.0 - coverage) + b.room_exceptions * coverage
        return judge.take * (1.0 - b.room_exceptions / now) if now > 0.0 else 0.0

    def backs(office: TwinOffice) -> bool:
        judge = master(office)
        if judge.holder is None:
            return False
        return judge.holder.greed * lost(judge) <= b.honour

    support = share_of_power(model, backs)
    reach = 1.0 if support > 0.5 else support
    model.automation += b.automation_growth * max(reach - coverage, 0.0)


def ownership(model: TwinSociety) -> None:
    """Attempt conversion when needs go unmet for long and most of power is for it."""
    b, workers = model.behaviour, model.workers
    model.draw("ownership", 1)
    fulfilment = sum(w.fulfilment for w in workers) / len(workers)
    model.mood += CRISIS_SPEED * (fulfilment - model.mood)
    if model.private or model.mood >= b.crisis:
        return
    loyal = [w for w in workers if w.engaged]
    defence = sum(0.5 * (w.trust + w.voice) * w.efficacy * (1.0 - w.cynicism) for w in loyal)
    resisting = defence / len(workers)
    success = 1.0 - clamp(resisting / max(b.resistance, 1e-9), 0.0, 1.0)
    final = sum(s.final + s.diverted + s.pilfered for s in model.sectors)
    prize = b.ownership * final / len(model.officials)

    def backs(office: TwinOffice) -> bool:
        judge = master(office)
        if judge.holder is None or not judge.is_post:
            return False
        greed = judge.holder.greed
        return success * greed * prize > judge.stake + greed * judge.gain

    if share_of_power(model, backs) > 0.5 and model.draws[0] < success:
        model.private = True
        model.council_share = 0.0
        for office in model.offices:
            office.co_opted = office.shielded = False
            office.withheld = 0.0
            office.patron = None
