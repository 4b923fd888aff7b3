"""5. Diversion: officials take from the final goods they handle, and share it for silence.

Hand-kept flows leave room at every desk. Automatic records close the room at the bottom; what is
left are the exceptions, granted by whoever decides at the top: planners, delegates, or both.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from ..agents.compiled import inner, rule
from ..agents.offices import HEAD, Office, OfficeCode
from ..agents.official_rules import misuse_of
from ..agents.people import Person
from ..agents.workplaces import Site, SiteCode
from .goods import Good
from .world import State, World

if TYPE_CHECKING:
    from .parameters import Behaviour
    from .society import Society


@inner
def find_room(w: World, b: Behaviour, now: np.ndarray) -> None:
    """Write what each official could divert this month, in baskets.

    The four `room_...` are shares of final goods within reach of each tier under hand-kept books,
    and of exceptions under automatic ones (charter, process 5). Whoever decides at the top has the
    room that goes with it: heads and planners for the ministry's part, delegates for the council's.
    """
    offices, office_codes, posts, planners = w.offices, w.office_codes, w.posts, w.planners
    sites, site_codes, goods = w.sites, w.site_codes, w.goods
    coverage, ministry = now[State.AUTOMATION], 1.0 - now[State.COUNCIL_SHARE]
    by_hand = 1.0 - coverage
    offices[Office.ROOM, :] = 0.0
    final = 0.0
    for g in range(goods.shape[1]):
        final += goods[Good.CONSUMPTION, g] + goods[Good.CLAIMS_SERVED, g]
    for k in range(sites.shape[1]):
        g = site_codes[SiteCode.SECTOR, k]
        here = goods[Good.CONSUMPTION, g] + goods[Good.CLAIMS_SERVED, g]
        flow = here * sites[Site.OUTPUT, k] / max(goods[Good.OUTPUT, g], 1e-12)
        offices[Office.ROOM, k] = b.room_director * by_hand * flow
        chief = office_codes[OfficeCode.SUPERIOR, k]
        offices[Office.ROOM, chief] += b.room_head * by_hand * ministry * flow
    decided = (b.room_centre * by_hand + b.room_exceptions * coverage) * final
    for o in range(posts - planners, posts):
        offices[Office.ROOM, o] = decided * ministry / planners
    decided += b.room_head * by_hand * final
    for o in range(posts, offices.shape[1]):
        offices[Office.ROOM, o] = decided * (1.0 - ministry) / (offices.shape[1] - posts)


@rule
def owners_draw(offices: np.ndarray, goods: np.ndarray, posts: int, ownership: float) -> None:
    """Let those who turned posts into property draw equal parts of `ownership`, a share of final
    goods."""
    final = goods[Good.CONSUMPTION].sum() + goods[Good.CLAIMS_SERVED].sum()
    offices[Office.ROOM, :] = 0.0
    offices[Office.ROOM, :posts] = ownership * final / posts


@rule
def take(
    offices: np.ndarray,
    office_codes: np.ndarray,
    goods: np.ndarray,
    private: bool,
) -> None:
    """Let every holder take its share of its room, out of the goods it handles."""
    size = goods.shape[1]
    final = goods[Good.CONSUMPTION].sum() + goods[Good.CLAIMS_SERVED].sum()
    goods[Good.DIVERTED, :] = 0.0
    for o in range(offices.shape[1]):
        held = office_codes[OfficeCode.HOLDER, o] >= 0
        share = 1.0 if private else offices[Office.DIVERSION, o]
        offices[Office.TAKE, o] = share * offices[Office.ROOM, o] if held else 0.0
        tier = office_codes[OfficeCode.TIER, o]
        if not private and tier <= HEAD:
            goods[Good.DIVERTED, office_codes[OfficeCode.SECTOR, o]] += offices[Office.TAKE, o]
        elif final > 0.0:
            for g in range(size):
                here = goods[Good.CONSUMPTION, g] + goods[Good.CLAIMS_SERVED, g]
                goods[Good.DIVERTED, g] += offices[Office.TAKE, o] * here / final
    for g in range(size):
        here = goods[Good.CONSUMPTION, g] + goods[Good.CLAIMS_SERVED, g]
        left = 1.0 - goods[Good.DIVERTED, g] / here if here > 0.0 else 1.0
        goods[Good.CONSUMPTION, g] *= left
        goods[Good.CLAIMS_SERVED, g] *= left


@rule
def share_out(
    offices: np.ndarray, office_codes: np.ndarray, posts: int, favour_share: float
) -> None:
    """Pass favours on: to superiors who keep silent and to delegates who do; book what each keeps.

    A post pays `favour_share` of its take to a silent superior, and as much again divided among the
    delegates on its favours.
    """
    clients = count_clients(offices, office_codes, posts)
    for o in range(offices.shape[1]):
        offices[Office.GAIN, o] = offices[Office.TAKE, o]
        offices[Office.FAVOUR, o] = 0.0
    for o in range(offices.shape[1]):
        giver, taker, favour = o, -1, 0.0
        if o < posts and offices[Office.SHIELDED, o] > 0.0:
            taker = office_codes[OfficeCode.SUPERIOR, o]
            favour = favour_share * offices[Office.TAKE, o]
        elif o >= posts and offices[Office.CO_OPTED, o] > 0.0:
            giver, taker = office_codes[OfficeCode.PATRON, o], o
            favour = favour_share * offices[Office.TAKE, giver] / clients[giver]
        if taker >= 0:
            offices[Office.GAIN, giver] -= favour
            offices[Office.GAIN, taker] += favour
            offices[Office.FAVOUR, taker] += favour


@rule
def count_clients(offices: np.ndarray, office_codes: np.ndarray, posts: int) -> np.ndarray:
    """Return (posts,) how many delegates live on the favours of each post."""
    clients = np.zeros(posts)
    for o in range(posts, offices.shape[1]):
        if offices[Office.CO_OPTED, o] > 0.0:
            clients[office_codes[OfficeCode.PATRON, o]] += 1.0
    return clients


@rule
def book_gains(
    offices: np.ndarray, office_codes: np.ndarray, people: np.ndarray, mean_wage: float
) -> None:
    """Write what each holder gained, so far and this month, and how large the misuse looks."""
    people[Person.IN_KIND, :] = 0.0
    for o in range(offices.shape[1]):
        unlawful = offices[Office.TAKE, o] + offices[Office.FAVOUR, o]
        offices[Office.MISUSE, o] = misuse_of(unlawful, mean_wage)
        offices[Office.TAKEN, o] += unlawful
        holder = office_codes[OfficeCode.HOLDER, o]
        if holder >= 0:
            people[Person.IN_KIND, holder] = offices[Office.GAIN, o]


@inner
def divert(w: World, b: Behaviour, now: np.ndarray) -> None:
    """Let holders take from the room they have, share it out, and book what each gained."""
    offices, office_codes, goods = w.offices, w.office_codes, w.goods
    private = now[State.PRIVATE] > 0.0
    if private:
        owners_draw(offices, goods, w.posts, b.ownership)
    else:
        find_room(w, b, now)
    take(offices, office_codes, goods, private)
    share_out(offices, office_codes, w.posts, b.favour_share)
    book_gains(offices, office_codes, w.people, now[State.MEAN_WAGE])


def diversion(society: Society) -> None:
    """Divert goods and share them out."""
    society.carry_out(diversion)
