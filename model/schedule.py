"""The month, in order. docs/odd.md lists the same names in the same order.

A process lives through its part of the month as compiled code (month.py). Where there is more to do
than columns can tell, an afterthought in Python follows it.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from .accounting import accounting
from .amendment import amend, amendment, until_amendment
from .automation import automation
from .council import council
from .distribution import distribution
from .diversion import diversion
from .hierarchy import hierarchy
from .information import information
from .learning import learning
from .measures import record
from .needs import needs
from .opinion import opinion
from .ownership import ownership
from .participation import participation
from .plan import optimise, plan, until_optimum
from .production import production
from .recall import recall
from .second_economy import second_economy
from .vacancies import vacancies

type Process = Callable[..., None]  # its argument is a society

SCHEDULE: tuple[Process, ...] = (
    needs,
    accounting,
    plan,
    production,
    diversion,
    distribution,
    information,
    opinion,
    participation,
    recall,
    council,
    hierarchy,
    vacancies,
    learning,
    amendment,
    automation,
    ownership,
    second_economy,
    record,
)


class Afterthought(NamedTuple):
    """What follows process number `after` in Python: in how many months (0: now), and how."""

    after: int
    until: Callable[..., int]
    act: Callable[..., None]


PLACES: dict[Process, int] = {process: place for place, process in enumerate(SCHEDULE, start=1)}
AFTERTHOUGHTS = (
    Afterthought(PLACES[plan], until_optimum, optimise),
    Afterthought(PLACES[amendment], until_amendment, amend),
)
