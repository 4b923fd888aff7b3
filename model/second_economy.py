"""18. Second economy: shortage drives people to work and trade on their own account."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..agents.compiled import inner, toward
from ..agents.people import Person
from ..agents.worker_rules import private_work_goal
from .world import World

if TYPE_CHECKING:
    from .parameters import Behaviour
    from .society import Society

HABIT = 0.15  # share of the distance private work moves in a month


@inner
def work_privately(w: World, b: Behaviour) -> None:
    """Move everyone's share of private work toward what shortage suggests."""
    people = w.people
    fulfilment, private_work = people[Person.FULFILMENT], people[Person.PRIVATE_WORK]
    for i in range(people.shape[1]):
        goal = private_work_goal(b.informal_limit, fulfilment[i], b.shortage_response)
        private_work[i] = toward(private_work[i], goal, HABIT)


def second_economy(society: Society) -> None:
    """Let people adapt their private work."""
    society.carry_out(second_economy)
