"""18. Second economy: shortage drives people to work and trade on their own account."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from ..agents.compiled import rule, toward
from ..agents.people import Person
from ..agents.worker_rules import private_work_goal

if TYPE_CHECKING:
    from .society import Society

HABIT = 0.15  # share of the distance private work moves in a month


@rule
def work_privately(people: np.ndarray, informal_limit: float, shortage_response: float) -> None:
    """Move everyone's share of private work toward what shortage suggests."""
    fulfilment, private_work = people[Person.FULFILMENT], people[Person.PRIVATE_WORK]
    for i in range(people.shape[1]):
        goal = private_work_goal(informal_limit, fulfilment[i], shortage_response)
        private_work[i] = toward(private_work[i], goal, HABIT)


def second_economy(society: Society) -> None:
    """Let people adapt their private work."""
    society.call(work_privately)
