"""Processes 5 and 6: diversion and distribution."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ...agents.offices import HEAD
from .plain import post_pay

if TYPE_CHECKING:
    from .society import TwinSociety


def diversion(model: TwinSociety) -> None:
    """Divert goods and share them out."""
    for office in model.offices:
        office.room = office.favour = 0.0
    if model.private:
        final = sum(s.final for s in model.sectors)
        for post in model.officials:
            post.room = model.behaviour.ownership * final / len(model.officials)
    else:
        find_room(model)
    take(model)
    share_out(model)
    for worker in model.workers:
        worker.in_kind = 0.0
    model.each_office("book_gain", model.mean_wage)


def find_room(model: TwinSociety) -> None:
    """Write what each holder could divert."""
    b, by_hand = model.behaviour, 1.0 - model.automation
    ministry = 1.0 - model.council_share
    final = sum(s.final for s in model.sectors)
    for workplace in model.workplaces:
        sector, director = workplace.sector, workplace.director
        flow = sector.final * workplace.output / max(sector.output, 1e-12)
        director.room = b.room_director * by_hand * flow
        director.superior.room += b.room_head * by_hand * ministry * flow
    decided = (b.room_centre * by_hand + b.room_exceptions * model.automation) * final
    for planner in model.planners:
        planner.room = decided * ministry / len(model.planners)
    decided += b.room_head * by_hand * final
    for seat in model.delegates:
        seat.room = decided * (1.0 - ministry) / len(model.delegates)


def take(model: TwinSociety) -> None:
    """Let every holder take its share of its room, out of the goods it handles."""
    final = sum(s.final for s in model.sectors)
    for sector in model.sectors:
        sector.diverted = 0.0
    for office in model.offices:
        share = 1.0 if model.private else office.diversion
        office.take = share * office.room if office.holder is not None else 0.0
        if office.tier <= HEAD and not model.private:
            office.sector.diverted += office.take
        elif final > 0.0:
            for sector in model.sectors:
                sector.diverted += office.take * sector.final / final
    for sector in model.sectors:
        left = 1.0 - sector.diverted / sector.final if sector.final > 0.0 else 1.0
        sector.consumption *= left
        sector.claims_served *= left


def share_out(model: TwinSociety) -> None:
    """Pass favours on to silent superiors and delegates."""
    share = model.behaviour.favour_share
    for office in model.offices:
        office.gain = office.take
    count_clients(model)
    model.each(model.officials, "pay_tribute", share)
    model.each(model.delegates, "accept_favour", share)


def count_clients(model: TwinSociety) -> None:
    """Count the delegates who live on the favours of each post."""
    for post in model.officials:
        post.clients = 0
    for seat in model.delegates:
        if seat.co_opted:
            seat.patron.clients += 1


def distribution(model: TwinSociety) -> None:
    """Pay wages and let them buy what there is."""
    pay_out(model)
    pilfer(model)
    for sector in model.sectors:
        sector.weight = 0.0
    b = model.behaviour
    heard = b.local_knowledge * model.informed * model.council_share
    unknown = 1.0 - (b.price_knowledge if model.private else heard)
    model.each(model.workplaces, "order_goods", 1.0 - unknown * (1.0 - b.exchange))
    for sector in model.sectors:
        if sector.weight <= 0.0:  # nobody needs it: back to the stock it came from
            sector.stock += sector.consumption
            sector.consumption = 0.0
        sector.ratio = sector.consumption / max(sector.weight, 1e-12)
    ratios = [s.ratio for s in model.sectors]
    model.each(model.workplaces, "open_shop", ratios)
    model.each(model.workers, "buy")


def pay_out(model: TwinSociety) -> None:
    """Pay everybody; pay adds up to the goods promised."""
    ladder, cap = model.behaviour.pay_ladder, model.pay_cap()
    model.each(model.workers, "earn")
    for office in model.offices:
        office.set_pay(post_pay(office.tier, ladder, cap))
    model.each(model.workers, "claim", not model.private)
    fund = sum(w.pay for w in model.workers)
    rate = sum(s.promised for s in model.sectors) / max(fund, 1e-12)
    model.each(model.workers, "receive", rate)
    for office in model.offices:
        office.pay *= rate
    model.mean_wage = rate


def pilfer(model: TwinSociety) -> None:
    """Let goods leak into the second economy and share them there."""
    private = sum(w.private_work for w in model.workers)
    lost = min(1.0, model.behaviour.pilferage * private / len(model.workers))
    for sector in model.sectors:
        sector.pilfered = lost * sector.consumption
        sector.consumption -= sector.pilfered
    total = sum(s.pilfered for s in model.sectors)
    model.each(model.workers, "trade", total / private if private > 0.0 else 0.0)
