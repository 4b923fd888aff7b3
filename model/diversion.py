"""5. Diversion: officials take from the final goods they handle, and share it for silence.

Hand-kept flows leave room at every desk. Automatic records close the room at the bottom; what is
left are the exceptions, granted by whoever decides at the top: planners, delegates, or both.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from ..agents.compiled import rule
from ..agents.offices import HEAD, Office, OfficeCode
from ..agents.official_rules import misuse_of
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
    room_director: float,
    room_head: float,
    room_centre: float,
    room_exceptions: float,
    coverage: float,
    ministry: float,
) -> None:
    """Write what each official could divert this month, in baskets.

    `ministry` (0..1) is the share of decisions the council does not take; the four `room_...` are
    shares of final goods within reach of each tier under hand-kept books, and of exceptions under
    automatic ones (charter, process 5). Whoever decides at the top has the room that goes with it:
    heads and planners for the ministry's part, delegates for the council's.
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
        offices[Office.ROOM, w] = room_director * by_hand * flow
        chief = office_codes[OfficeCode.SUPERIOR, w]
        offices[Office.ROOM, chief] += room_head * by_hand * ministry * flow
    decided = (room_centre * by_hand + room_exceptions * coverage) * final
    for o in range(posts - planners, posts):
        offices[Office.ROOM, o] = decided * ministry / planners
    decided += room_head * by_hand * final
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


@rule
def divert(
    offices: np.ndarray,
    office_codes: np.ndarray,
    goods: np.ndarray,
    people: np.ndarray,
    posts: int,
    favour_share: float,
    mean_wage: float,
    private: bool,
) -> None:
    """Let holders take from the room they have, share it out, and book what each gained."""
    take(offices, office_codes, goods, private)
    share_out(offices, office_codes, posts, favour_share)
    book_gains(offices, office_codes, people, mean_wage)


def open_room(society: Society) -> None:
    """Find what each office could divert of this month's final goods."""
    society.call(find_room, society.automation, 1.0 - society.council_share)


def diversion(society: Society) -> None:
    """Divert goods and share them out."""
    if society.private:
        society.call(owners_draw)
    else:
        open_room(society)
    society.call(divert, society.mean_wage, society.private)
