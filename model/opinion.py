"""8. Opinion: trust, efficacy and effort follow from what people live through."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from ..agents.compiled import inner, rule, toward
from ..agents.people import Person
from ..agents.worker_rules import after_meeting, effort
from .goods import Good
from .world import Law, State, World

if TYPE_CHECKING:
    from .parameters import Behaviour
    from .society import Society

TRUST_SPEED = 0.1  # share of the distance trust moves in a month
VOICE_SPEED = 0.1
RESTING_EFFICACY = 0.3  # sense of efficacy where nothing is ever tried
FORGETTING = 0.02  # share by which efficacy returns to rest in a month


@rule
def delivered(goods: np.ndarray) -> float:
    """Return the share (0..1) of what was decided for households that has reached them."""
    return goods[Good.CONSUMPTION].sum() / goods[Good.PROMISED].sum()


@inner
def form_opinion(w: World, law: Law, b: Behaviour, now: np.ndarray) -> None:
    """Update trust, voice, efficacy, fatigue and effort of everyone.

    Only those who came to meetings where the council decided something have been asked
    (olken2010); they learn from what came before it, whoever in fact decided.
    """
    people, council = w.people, now[State.COUNCIL_SHARE]
    brought = 0.0 if now[State.PRIVATE] > 0.0 else law.council_power
    director, head = people[Person.BELIEF_DIRECTOR], people[Person.BELIEF_HEAD]
    centre, delegate = people[Person.BELIEF_CENTRE], people[Person.BELIEF_DELEGATE]
    trust, fulfilment = people[Person.TRUST], people[Person.FULFILMENT]
    for i in range(trust.size):
        suspected = 0.25 * director[i] + 0.25 * head[i] + 0.25 * centre[i] + 0.25 * delegate[i]
        trust[i] = toward(trust[i], (1.0 - suspected) * fulfilment[i], TRUST_SPEED)
    voice, meets = people[Person.VOICE], people[Person.MEETS]
    efficacy, fatigue = people[Person.EFFICACY], people[Person.FATIGUE]
    carried, learning = council * delivered(w.goods), b.meeting_lesson * b.efficacy_learning
    for i in range(trust.size):
        voice[i] = toward(voice[i], council * meets[i], VOICE_SPEED)
        felt = after_meeting(efficacy[i], brought, carried, learning * meets[i])
        efficacy[i] = toward(felt, RESTING_EFFICACY, FORGETTING)
        fatigue[i] *= 1.0 - b.fatigue_decay
    efforts, private_work = people[Person.EFFORT], people[Person.PRIVATE_WORK]
    for i in range(trust.size):
        legitimacy = 0.5 * (trust[i] + voice[i])
        efforts[i] = effort(b.legitimacy_premium, legitimacy, private_work[i])


def opinion(society: Society) -> None:
    """Let people form opinions and choose effort."""
    society.carry_out(opinion)
