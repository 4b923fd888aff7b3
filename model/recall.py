"""10. Recall: petition, ballot, removal, each step counted, with who began it.

A petition is begun by somebody aggrieved, by the loser of the last election, or by an official in
whose way the holder stands. Electors who take part this month sign if they believe enough of
it; so do those who voted for the loser, as far as they may hope to see their candidate in office.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from ..agents.compiled import inner, rule, toward
from ..agents.offices import BY_RECALL, NOBODY, PLANNER, Office, OfficeCode
from ..agents.people import Person
from ..agents.worker_rules import wants_removal
from .ballot import feel_centre, feel_result, voted_out
from .petition import alleged, begin_petition, learn_prospect, newly_signing, rivals, who_begins
from .tenure import close_petition, start_month, vacate
from .world import NO_RECALL, Law, State, World

if TYPE_CHECKING:
    from .parameters import Behaviour
    from .society import Society

CAME, AGAINST, ACTING = range(3)  # shares of an electorate
ATTEMPTED, BALLOTED, REMOVED, HONEST = range(4)  # columns of the funnel
HONEST_BELOW = 0.1  # misuse below which a removed holder counts as honest


@rule
def take_stock(
    people: np.ndarray, offices: np.ndarray, office_codes: np.ndarray, stock: np.ndarray
) -> None:
    """Write per office three shares of its electorate (rows of `stock`).

    Who takes part (CAME), who wants removal (AGAINST), and who does both (ACTING). Belief counts
    together with what a running petition alleges.
    """
    counted = -1
    for o in range(offices.shape[1]):
        row = Person.BELIEF_DIRECTOR + office_codes[OfficeCode.TIER, o]
        start, stop = office_codes[OfficeCode.START, o], office_codes[OfficeCode.STOP, o]
        allegation = alleged(offices, o)
        offices[Office.ALLEGED, o] = allegation
        if office_codes[OfficeCode.TIER, o] == PLANNER:
            # planners have one electorate: count again only where the allegation differs
            if counted >= 0 and offices[Office.ALLEGED, counted] == allegation:
                stock[:, o] = stock[:, counted]
                continue
            counted = o
        beliefs, engaged = people[row, start:stop], people[Person.ENGAGED, start:stop]
        tolerance = people[Person.TOLERANCE, start:stop]
        came = 0
        against = 0
        acting = 0
        for i in range(stop - start):
            here = engaged[i] > 0.0
            wants = wants_removal(beliefs[i], allegation, tolerance[i])
            came += 1 if here else 0
            against += 1 if wants else 0
            acting += 1 if here and wants else 0
        stock[CAME, o] = came / (stop - start)
        stock[AGAINST, o] = against / (stop - start)
        stock[ACTING, o] = acting / (stop - start)


@rule
def pauses(mandate: float, left: float, months: float) -> bool:
    """Say whether a mandate is in its first or its last `months`, in which no petition begins.

    >>> [pauses(48.0, left, 12.0) for left in (37.0, 36.0, 13.0, 12.0)]
    [True, False, False, True]
    """
    return mandate - left < months or left <= months


@inner
def hold_recalls(w: World, law: Law, b: Behaviour, now: np.ndarray, draws: np.ndarray) -> None:
    """Move every petition one month on; hold ballots where enough have signed; remove who loses.

    Signatures come in from the month a petition is announced in. The funnel (4,) counts attempts,
    ballots, removals and removals of the honest.
    """
    offices, office_codes, posts, planners = w.offices, w.office_codes, w.posts, w.planners
    people, people_codes, stock, funnel = w.people, w.people_codes, w.stock, w.funnel
    start_month(office_codes)
    funnel[:] = 0.0
    if law.recall_threshold == NO_RECALL or now[State.PRIVATE] > 0.0:
        return
    take_stock(people, offices, office_codes, stock)
    learning, fatigue = b.efficacy_learning, b.fatigue_gain
    centre = np.array([1.0, 0.0, 0.0])
    for o in range(offices.shape[1]):
        if o == posts:
            feel_centre(people, centre)
        in_reach = law.posts_in_reach if o < posts else law.seats_in_reach
        if not in_reach or office_codes[OfficeCode.HOLDER, o] < 0:
            continue
        hostile = rivals(offices, office_codes, people_codes, o, law.runner_up_succeeds)
        against = toward(stock[AGAINST, o], 1.0, hostile)
        acting = toward(stock[ACTING, o], stock[CAME, o], hostile)
        if offices[Office.PETITION, o] == 0.0:
            mandate, left = offices[Office.MANDATE, o], offices[Office.TERM_LEFT, o]
            if pauses(mandate, left, law.recall_pause_months):
                continue
            initiator = who_begins(
                offices,
                office_codes,
                people,
                people_codes,
                o,
                posts,
                stock[ACTING, o],
                b.initiative,
                b.intrigue,
                law.runner_up_succeeds,
                b.favour_share,
                b.fellowship,
                b.honour,
                b.denunciation,
                b.patience,
                now[State.MEAN_WAGE],
                draws[:, o],
            )
            if initiator == NOBODY:
                continue
            funnel[ATTEMPTED] += 1.0
            begin_petition(offices, office_codes, o, initiator, b.slander)
        offices[Office.PETITION, o] += 1.0
        offices[Office.SIGNED, o] += newly_signing(
            offices[Office.SIGNED, o], against, acting, b.canvass
        )
        if offices[Office.SIGNED, o] >= law.recall_threshold:
            funnel[BALLOTED] += 1.0
            office_codes[OfficeCode.BALLOT, o] = 1
            offices[Office.TURNOUT, o] = stock[CAME, o]
            reading = (law.openness, b.notice, b.doubt)
            removed = voted_out(people, offices, office_codes, o, hostile, *reading)
            feel_result(people, office_codes, o, planners, removed, learning, fatigue, centre)
            learn_prospect(offices, o, 1.0 if removed else 0.0, b.loser_learning)
            if removed:
                funnel[REMOVED] += 1.0
                if offices[Office.MISUSE, o] < HONEST_BELOW:
                    funnel[HONEST] += 1.0
                vacate(offices, office_codes, people, people_codes, o, BY_RECALL)
            else:
                close_petition(offices, office_codes, o)
        elif offices[Office.PETITION, o] >= b.petition_months:
            half = 0.5 * fatigue
            near = offices[Office.SIGNED, o] / law.recall_threshold
            learn_prospect(offices, o, near, b.loser_learning)
            feel_result(people, office_codes, o, planners, False, learning, half, centre)
            close_petition(offices, office_codes, o)


def recall(society: Society) -> None:
    """Run the petitions and ballots of the month."""
    society.carry_out(recall)
