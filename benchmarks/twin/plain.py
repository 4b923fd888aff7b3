"""The rules of behaviour as plain Python, nested rules included.

Calling a compiled rule from Python costs more than the rule itself, which would slow the twin
artificially; so every rule is called as the Python function it was written as.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from functools import cache
from types import FunctionType
from typing import Any, cast

from ...agents import compiled as small
from ...agents import official_rules, worker_rules
from ...model import audit, distribution, petition, planner, recall, tenure, vacancies


@cache
def _plain(rule: Any) -> FunctionType:
    """Return the Python function behind a rule, with every rule it calls made plain as well."""
    function = getattr(rule, "py_func", rule)
    names = {
        name: _plain(value) if hasattr(value, "py_func") else value
        for name, value in function.__globals__.items()
        if name in function.__code__.co_names
    }
    names["__builtins__"] = __builtins__
    return FunctionType(function.__code__, names, function.__name__, function.__defaults__)


def plain[F: Callable[..., Any]](rule: F) -> F:
    """Return a rule as plain Python; the type checker sees the same signature."""
    return cast(F, _plain(rule))


def logistic(x: float) -> float:
    """Return the probability whose log odds are x, by the library's exponential."""
    return 1.0 / (1.0 + math.exp(-clamp(x, -60.0, 60.0)))


clamp = plain(small.clamp)
even = plain(small.even)
toward = plain(small.toward)

appointment_score = plain(official_rules.appointment_score)
concealed_capacity = plain(official_rules.concealed_capacity)
apparent_misuse = plain(official_rules.apparent_misuse)
damages = plain(official_rules.damages)
held_back = plain(official_rules.held_back)
kept_of_take = plain(official_rules.kept_of_take)
condones = plain(official_rules.condones)
detection_learnt = plain(official_rules.detection_learnt)
end_in_sight = plain(official_rules.end_in_sight)
horizon = plain(official_rules.horizon)
effective_bonus = plain(official_rules.effective_bonus)
glass_house = plain(official_rules.glass_house)
hiding = plain(official_rules.hiding)
intended_diversion = plain(official_rules.intended_diversion)
learnt_rate = plain(official_rules.learnt_rate)
newly_signing = plain(recall.newly_signing)
pauses = plain(recall.pauses)
misuse_of = plain(official_rules.misuse_of)
padding = plain(official_rules.padding)
place_value = plain(official_rules.place_value)
readiness = plain(petition.readiness)
post_value = plain(official_rules.post_value)

after_meeting = plain(worker_rules.after_meeting)
attention_goal = plain(worker_rules.attention_goal)
believes = plain(worker_rules.believes)
cause = plain(worker_rules.cause)
challenger_score = plain(worker_rules.challenger_score)
comes = plain(worker_rules.comes)
effort = plain(worker_rules.effort)
grievance = plain(worker_rules.grievance)
known_share = plain(worker_rules.known_share)
participation_odds = plain(worker_rules.participation_odds)
private_work_goal = plain(worker_rules.private_work_goal)
rumoured = plain(worker_rules.rumoured)
told = plain(worker_rules.told)
voter_score = plain(worker_rules.voter_score)
wants_removal = plain(worker_rules.wants_removal)

competence = plain(tenure.competence)
council_access = plain(audit.council_access)
how_filled = plain(vacancies.how_filled)
post_pay = plain(distribution.post_pay)
publicity = plain(audit.publicity)
recognisable = plain(official_rules.recognisable)
unmet_score = plain(planner.unmet_score)
