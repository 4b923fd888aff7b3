"""The month, in order. docs/odd.md lists the same names in the same order."""

from __future__ import annotations

from .accounting import accounting
from .amendment import amendment
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
from .plan import plan
from .production import production
from .recall import recall
from .second_economy import second_economy
from .vacancies import vacancies

SCHEDULE = (
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
