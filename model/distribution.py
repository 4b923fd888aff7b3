"""6. Distribution and pay: wages buy what was delivered; a cap binds money pay only."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from ..agents.compiled import inner, rule
from ..agents.offices import DELEGATE, Office, OfficeCode
from ..agents.people import Person
from ..agents.workplaces import Site, SiteCode
from .goods import Good
from .planner import unmet_score
from .world import NO_CAP, Law, State, World

if TYPE_CHECKING:
    from .parameters import Behaviour
    from .society import Society


DEDUCTION = 0.5  # share of pay kept back from those who owe fines


@rule
def post_pay(tier: int, ladder: float, cap: float) -> float:
    """Return pay of a post in mean wages: the administration's own ladder, under the cap.

    A director earns `ladder` mean wages where nothing binds, each tier above one step more, a
    delegate as much as a director.

    >>> post_pay(2, 2.0, 3.0)
    3.0
    """
    rank = 0 if tier == DELEGATE else tier
    return min(1.0 + (ladder - 1.0) * (rank + 1), cap)


@rule
def pay_out(
    people: np.ndarray,
    offices: np.ndarray,
    office_codes: np.ndarray,
    sites: np.ndarray,
    site_codes: np.ndarray,
    pay_ladder: float,
    promised: float,
    cap: float,
    allowances: bool,
) -> float:
    """Pay everybody; pay adds up to the goods promised. Return the mean wage, in baskets.

    Pay is written in baskets at plan prices. Under `allowances` pay per head of household, not per
    earner, follows the wage. Those who took part where officials retaliate lose part of theirs;
    those who owe fines get half pay until they are paid.
    """
    pay, wage, need = people[Person.PAY], people[Person.WAGE], people[Person.NEED]
    bench, owed, engaged = people[Person.BENCH], people[Person.OWED], people[Person.ENGAGED]
    for w in range(sites.shape[1]):
        lost = sites[Site.RETALIATION, w]
        for i in range(site_codes[SiteCode.START, w], site_codes[SiteCode.STOP, w]):
            pay[i] = wage[i] * (1.0 - lost * engaged[i])
    for o in range(offices.shape[1]):
        offices[Office.PAY, o] = post_pay(office_codes[OfficeCode.TIER, o], pay_ladder, cap)
        holder = office_codes[OfficeCode.HOLDER, o]
        if holder >= 0:
            pay[holder] = offices[Office.PAY, o]
    fund = 0.0
    for i in range(pay.size):
        kept = 1.0 - DEDUCTION if owed[i] > 0.0 else 1.0
        pay[i] *= kept * (need[i] if allowances else 1.0)
        fund += pay[i]
    rate = promised / max(fund, 1e-12)
    for i in range(pay.size):
        pay[i] *= rate
        bench[i] = wage[i] * rate
        owed[i] = max(0.0, owed[i] - pay[i] * DEDUCTION / (1.0 - DEDUCTION))
    for o in range(offices.shape[1]):
        offices[Office.PAY, o] *= rate
    return rate


@rule
def pilfer(goods: np.ndarray, people: np.ndarray, pilferage: float) -> None:
    """Let goods leak into the second economy in proportion to private work."""
    private = people[Person.PRIVATE_WORK].sum()
    lost = min(1.0, pilferage * private / people.shape[1])
    total = 0.0
    for g in range(goods.shape[1]):
        goods[Good.PILFERED, g] = lost * goods[Good.CONSUMPTION, g]
        goods[Good.CONSUMPTION, g] -= goods[Good.PILFERED, g]
        total += goods[Good.PILFERED, g]
    each = total / private if private > 0.0 else 0.0
    for i in range(people.shape[1]):
        people[Person.PRIVATE_GOODS, i] = each * people[Person.PRIVATE_WORK, i]


@rule
def known_share(told: float, exchange: float) -> float:
    """Return how much of what records miss at a place finds its way into what it gets, 0..1.

    What those who send are `told` counts first; of what is sent astray all the same the share
    `exchange` is passed on to where it is needed.

    >>> known_share(0.5, 0.5), known_share(0.0, 1.0)
    (0.75, 1.0)
    """
    return told + (1.0 - told) * exchange


@rule
def consign(
    need_level: np.ndarray, need_estimated: np.ndarray, consigned: np.ndarray, known: float
) -> None:
    """Write by which need goods are sent to each place: estimates, mended by what is known.

    All are (workplaces, goods), need per household unit; `known` is a share of what estimates miss.
    """
    for w in range(need_level.shape[0]):
        for g in range(need_level.shape[1]):
            estimated = need_estimated[w, g]
            consigned[w, g] = estimated + known * (need_level[w, g] - estimated)


@rule
def ration(
    people: np.ndarray, site_codes: np.ndarray, goods: np.ndarray, consigned: np.ndarray
) -> None:
    """Write each good's rationing ratio: what there is over needs, as consigned, weighed by pay."""
    size = goods.shape[1]
    goods[Good.WEIGHT, :] = 0.0
    for w in range(site_codes.shape[1]):
        start, stop = site_codes[SiteCode.START, w], site_codes[SiteCode.STOP, w]
        pay = 0.0
        for amount in people[Person.PAY, start:stop]:
            pay += amount
        for g in range(size):
            goods[Good.WEIGHT, g] += pay * consigned[w, g]
    for g in range(size):
        if goods[Good.WEIGHT, g] <= 0.0:  # nobody needs it: back to the stock it came from
            goods[Good.STOCK, g] += goods[Good.CONSUMPTION, g]
            goods[Good.CONSUMPTION, g] = 0.0
        goods[Good.RATIO, g] = goods[Good.CONSUMPTION, g] / max(goods[Good.WEIGHT, g], 1e-12)


@rule
def sell(
    people: np.ndarray,
    site_codes: np.ndarray,
    goods: np.ndarray,
    level: np.ndarray,
    consigned: np.ndarray,
    buffer: np.ndarray,
) -> float:
    """Ration each good in proportion to need and pay; book purchases, savings and fulfilment.

    Returns how well needs are met on the mean, 0..1.

    `level` (workplaces, goods) is need per household unit, `consigned` that by which goods were
    sent; what a place got beyond its needs is bought and of no use. A person's fulfilment is the
    harmony score of each good's supply, weighed by need (needs_met_score), private goods included;
    the shortfall is what stays unmet of needs, in baskets, private goods not counted. `buffer` (4,
    people) holds pay and private goods per need, score lost and shortfall per need; the loop over
    people is the inner one so that the machine can take several at a time.
    """
    size = goods.shape[1]
    met = 0.0
    for i in range(people.shape[1]):
        buffer[0, i] = people[Person.PAY, i] / people[Person.NEED, i]
        buffer[1, i] = people[Person.PRIVATE_GOODS, i] / people[Person.NEED, i]
        buffer[2, i] = 0.0
        buffer[3, i] = 0.0
    for w in range(site_codes.shape[1]):
        start, stop = site_codes[SiteCode.START, w], site_codes[SiteCode.STOP, w]
        count = stop - start
        pay, need = people[Person.PAY, start:stop], people[Person.NEED, start:stop]
        per_unit, extra = buffer[0, start:stop], buffer[1, start:stop]
        lost, short = buffer[2, start:stop], buffer[3, start:stop]
        basket = 0.0
        bought = 0.0
        for g in range(size):
            wanted, sent = level[w, g], goods[Good.RATIO, g] * consigned[w, g]
            ratio = sent / wanted if wanted > 0.0 else 0.0
            basket += wanted
            bought += sent
            for i in range(count):
                gap = 1.0 - ratio * per_unit[i]
                lost[i] += wanted * unmet_score(gap - extra[i])
                short[i] += wanted * max(0.0, gap)
        fulfilment = people[Person.FULFILMENT, start:stop]
        shortfall = people[Person.SHORTFALL, start:stop]
        consumption = people[Person.CONSUMPTION, start:stop]
        savings = people[Person.SAVINGS, start:stop]
        for i in range(count):
            fulfilment[i] = 1.0 - lost[i] / basket
            shortfall[i] = need[i] * short[i]
            consumption[i] = pay[i] * bought
            savings[i] += pay[i] * (1.0 - bought)
        for i in range(count):
            met += fulfilment[i]
    return met / people.shape[1]


@inner
def told_of_places(b: Behaviour, now: np.ndarray) -> float:
    """Return the share of what records miss at places that those who send goods are told.

    The council sends its part by what meetings tell, the ministry its own by records alone; under
    private property all is sent by prices.
    """
    if now[State.PRIVATE] > 0.0:
        return b.price_knowledge
    return now[State.COUNCIL_SHARE] * b.local_knowledge * now[State.INFORMED]


@inner
def pay_and_distribute(w: World, law: Law, b: Behaviour, now: np.ndarray) -> None:
    """Pay everybody, let some goods leak, send the others to places and sell them there."""
    private = now[State.PRIVATE] > 0.0
    now[State.MEAN_WAGE] = pay_out(
        w.people,
        w.offices,
        w.office_codes,
        w.sites,
        w.site_codes,
        b.pay_ladder,
        now[State.PROMISED],
        NO_CAP if private else law.wage_cap,
        not private,
    )
    pilfer(w.goods, w.people, b.pilferage)
    known = known_share(told_of_places(b, now), b.exchange)
    consign(w.need_level, w.need_estimated, w.consigned, known)
    ration(w.people, w.site_codes, w.goods, w.consigned)
    now[State.NEEDS_MET] = sell(
        w.people, w.site_codes, w.goods, w.need_level, w.consigned, w.buying
    )


def distribution(society: Society) -> None:
    """Pay wages and let them buy what there is."""
    society.carry_out(distribution)
