"""8. Opinion: trust, efficacy and effort follow from what people live through."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from ..agents.compiled import rule, toward
from ..agents.people import Person
from ..agents.worker_rules import effort

if TYPE_CHECKING:
    from .society import Society

TRUST_SPEED = 0.1  # share of the distance trust moves in a month
VOICE_SPEED = 0.1
RESTING_EFFICACY = 0.3  # sense of efficacy where nothing is ever tried
FORGETTING = 0.02  # share by which efficacy returns to rest in a month


@rule
def form_opinion(
    people: np.ndarray, fatigue_decay: float, legitimacy_premium: float, council: float
) -> None:
    """Update trust, voice, efficacy, fatigue and effort of everyone.

    `council` (0..1) is the share of plan decisions the council took: only those who took part where
    something was decided have been asked (olken2010).
    """
    for i in range(people.shape[1]):
        suspected = 0.0
        for kind in range(4):
            suspected += 0.25 * people[Person.BELIEF_DIRECTOR + kind, i]
        goal = (1.0 - suspected) * people[Person.FULFILMENT, i]
        people[Person.TRUST, i] = toward(people[Person.TRUST, i], goal, TRUST_SPEED)
        asked = council * people[Person.ENGAGED, i]
        people[Person.VOICE, i] = toward(people[Person.VOICE, i], asked, VOICE_SPEED)
        people[Person.EFFICACY, i] = toward(
            people[Person.EFFICACY, i], RESTING_EFFICACY, FORGETTING
        )
        people[Person.FATIGUE, i] *= 1.0 - fatigue_decay
        legitimacy = 0.5 * (people[Person.TRUST, i] + people[Person.VOICE, i])
        people[Person.EFFORT, i] = effort(
            legitimacy_premium, legitimacy, people[Person.PRIVATE_WORK, i]
        )


def opinion(society: Society) -> None:
    """Let people form opinions and choose effort."""
    society.call(form_opinion, society.council_share)
