"""5. Diversion: officials take from the final goods they handle, and share it for silence.

Hand-kept flows leave room at every desk. Automatic records close the room at the bottom; what is
left are the exceptions, handled at the centre as far as no council decides them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from ..agents.compiled import rule
from ..agents.offices import DIRECTOR, HEAD, Office, OfficeCode
from ..agents.people import Person
from ..agents.workplaces import Site, SiteCode
from .goods import Good

if TYPE_CHECKING:
    from .society import Society


@rule
def find_room(
    offices: np.ndarray,
    office_codes: np.ndarray,
    sites: np.ndarray,
    site_codes: np.ndarray,
    goods: np.ndarray,
    posts: int,
    planners: int,
    coverage: float,
    ministry: float,
    director: float,
    head: float,
    centre: float,
    exceptions: float,
) -> None:
    """Write what each official could divert this month, in baskets.

    `ministry` (0..1) is the share of decisions the council does not take; the four last numbers are
    shares of final goods within reach of each tier under hand-kept books, and of exceptions under
    automatic ones (charter, process 5).
    """
    by_hand = 1.0 - coverage
    offices[Office.ROOM, :] = 0.0
    final = 0.0
    for g in range(goods.shape[1]):
        final += goods[Good.CONSUMPTION, g] + goods[Good.CLAIMS_SERVED, g]
    for w in range(sites.shape[1]):
        g = site_codes[SiteCode.SECTOR, w]
        here = goods[Good.CONSUMPTION, g] + goods[Good.CLAIMS_SERVED, g]
        flow = here * sites[Site.OUTPUT, w] / max(goods[Good.OUTPUT, g], 1e-12)
        offices[Office.ROOM, w] = director * by_hand * flow
        chief = office_codes[OfficeCode.SUPERIOR, w]
        offices[Office.ROOM, chief] += head * by_hand * ministry * flow
    for o in range(posts - planners, posts):
        room = (centre * by_hand + exceptions * coverage) * ministry
        offices[Office.ROOM, o] = room * final / planners


@rule
def owners_draw(
    offices: np.ndarray,
    sites: np.ndarray,
    site_codes: np.ndarray,
    goods: np.ndarray,
    share: float,
) -> None:
    """Under private property the head of each workplace draws `share` of its final goods."""
    offices[Office.ROOM, :] = 0.0
    for w in range(sites.shape[1]):
        g = site_codes[SiteCode.SECTOR, w]
        here = goods[Good.CONSUMPTION, g] + goods[Good.CLAIMS_SERVED, g]
        offices[Office.ROOM, w] = (
            share * here * sites[Site.OUTPUT, w] / max(goods[Good.OUTPUT, g], 1e-12)
        )


@rule
def take(
    offices: np.ndarray,
    office_codes: np.ndarray,
    goods: np.ndarray,
    posts: int,
    private: bool,
) -> None:
    """Let every official take its share of its room, out of the goods it handles."""
    size = goods.shape[1]
    final = goods[Good.CONSUMPTION].sum() + goods[Good.CLAIMS_SERVED].sum()
    goods[Good.DIVERTED, :] = 0.0
    for o in range(posts):
        held = office_codes[OfficeCode.HOLDER, o] >= 0
        share = 1.0 if private else offices[Office.DIVERSION, o]
        offices[Office.TAKE, o] = share * offices[Office.ROOM, o] if held else 0.0
        tier = office_codes[OfficeCode.TIER, o]
        if tier == DIRECTOR or tier == HEAD:
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
    offices: np.ndarray,
    office_codes: np.ndarray,
    people: np.ndarray,
    posts: int,
    favour_share: float,
) -> None:
    """Pass favours on: to superiors who keep silent and to delegates who do; book what each keeps.

    A post pays `favour_share` of its take to a silent superior, and as much again divided among the
    delegates on its favours.
    """
    count = offices.shape[1]
    clients = np.zeros(posts)
    for o in range(posts, count):
        if offices[Office.CO_OPTED, o] > 0.0:
            clients[office_codes[OfficeCode.PATRON, o]] += 1.0
    offices[Office.GAIN, :] = offices[Office.TAKE, :]
    for o in range(posts):
        chief = office_codes[OfficeCode.SUPERIOR, o]
        if offices[Office.SHIELDED, o] > 0.0 and chief >= 0:
            tribute = favour_share * offices[Office.TAKE, o]
            offices[Office.GAIN, o] -= tribute
            offices[Office.GAIN, chief] += tribute
    for o in range(posts, count):
        favour = 0.0
        if offices[Office.CO_OPTED, o] > 0.0:
            patron = office_codes[OfficeCode.PATRON, o]
            favour = favour_share * offices[Office.TAKE, patron] / clients[patron]
            offices[Office.GAIN, patron] -= favour
        offices[Office.FAVOUR, o] = favour
        offices[Office.GAIN, o] = favour
        offices[Office.DIVERSION, o] = favour / (favour + max(offices[Office.PAY, o], 1e-12))
    people[Person.IN_KIND, :] = 0.0
    for o in range(count):
        holder = office_codes[OfficeCode.HOLDER, o]
        if holder >= 0:
            people[Person.IN_KIND, holder] = offices[Office.GAIN, o]


def diversion(society: Society) -> None:
    """Divert goods and share them out."""
    offices, sites, goods = society.offices, society.workplaces, society.sectors.values
    b = society.behaviour
    if society.private:
        owners_draw(offices.values, sites.values, sites.codes, goods, b.ownership)
    else:
        find_room(
            offices.values,
            offices.codes,
            sites.values,
            sites.codes,
            goods,
            offices.posts,
            society.planners,
            society.automation,
            1.0 - society.council_share,
            b.room_director,
            b.room_head,
            b.room_centre,
            b.room_exceptions,
        )
    take(offices.values, offices.codes, goods, offices.posts, society.private)
    share_out(offices.values, offices.codes, society.people.values, offices.posts, b.favour_share)
