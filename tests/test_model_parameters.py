"""Every parameter bites: moving any of them across its range moves some measure somewhere.

Most do so in the first scenario tried. Where a parameter acts only in a context, CONTEXT names it.
"""

from __future__ import annotations

import itertools
import typing
from functools import cache
from typing import Any

import pandas as pd
import pytest
from invariants import live, moved, small

from thermidor.model.parameters import GROUPS
from thermidor.model.scenario import Scenario

MONTHS = 60
SCARCITY = {"severity": 0.3, "start_month": 6, "months": 60}
CRISIS = {"greed": 0.9, "vocation": 0.0, "ownership": 0.4, "crisis": 0.9, "resistance": 0.5}

# Where and why a parameter acts, when it does nothing in a workers' democracy.
CONTEXT: dict[str, tuple[str, dict[str, Any]]] = {
    # the difference between a high cap and none needs a ladder that reaches above the cap
    "rules.wage_cap": ("nomenklatura", {"behaviour": {"pay_ladder": 3.0}}),
    # five terms must fit into the run
    "rules.term_limit": ("workers-democracy", {"rules": {"term_months": 3}}),
    # only prices know
    "behaviour.price_knowledge": ("market-benchmark", {}),
    # rival lists only add to what is not published anyway
    "behaviour.press": ("soviet-1918", {"rules": {"opposition": True, "openness": 0.2}}),
    # somebody must want a rule changed
    "rules.amendable": ("open-automation", {}),
    # pay must not be capped
    "behaviour.pay_ladder": ("nomenklatura", {}),
    # offices must be filled from above, and often
    "behaviour.loyalty_weight": ("nomenklatura", {"rules": {"term_months": 12}}),
    # losers must have time to try more than once
    "behaviour.loser_learning": (
        "peru-recall",
        {"behaviour": {"initiative": 0.3, "petition_months": 1.0, "loser_hope": 1.0}},
    ),
    # what was alleged must come to a ballot
    "behaviour.doubt": ("peru-recall", {"behaviour": {"initiative": 0.3}}),
    # officials must see who takes part
    "behaviour.reprisal": ("nomenklatura", {}),
    "behaviour.fear": ("nomenklatura", {}),
    # machines must record, and for the centre alone
    "behaviour.recognition": ("nomenklatura", {"rules": {"automation": 0.8}}),
    # order must be in question
    "behaviour.resistance": ("soviet-1918", {"shocks": SCARCITY, "behaviour": CRISIS}),
    "behaviour.ownership": ("soviet-1918", {"shocks": SCARCITY, "behaviour": CRISIS}),
    "behaviour.crisis": ("soviet-1918", {"shocks": SCARCITY, "behaviour": CRISIS}),
    # the shock must be felt, and within the months of this test
    "shocks.severity": ("workers-democracy", {"shocks": {"start_month": 12}}),
    "shocks.start_month": ("workers-democracy", {"shocks": {"severity": 0.3}}),
    "shocks.months": ("workers-democracy", {"shocks": {"severity": 0.3, "start_month": 12}}),
}
TABLES = ["germany-1995", "generated:10:1"]
SIZES = {
    "workers": (200, 400),
    "workplace_size": (10, 25),
    "workers_per_delegate": (20, 50),
    "workers_per_head": (20, 100),
    "workers_per_planner": (50, 200),
    "strangers": (0, 1, 2),
}


def _fields() -> list[tuple[str, str]]:
    return [(group, name) for group, kind in GROUPS.items() for name in kind.model_fields]


def sweep(group: str, name: str) -> list[Any]:
    """The values to compare: both ends of the plausible range, none, or every choice."""
    if group == "population":
        return list(SIZES[name])
    if name == "table":
        return TABLES
    kind = GROUPS[group]
    annotation, facts = kind.model_fields[name].annotation, kind.describe()[name]
    if annotation is bool:
        return [False, True]
    if typing.get_origin(annotation) is typing.Literal:
        return list(typing.get_args(annotation))
    low, high = facts["sweep"]
    ends = [int(low), int(high)] if annotation in (int, int | None) else [low, high]
    return [*ends, None] if facts["optional"] else ends


@cache
def _scenario(path: str) -> Scenario:
    name, changes = CONTEXT.get(path, ("workers-democracy", {}))
    return small(name, **changes)


@cache
def _history(group: str, name: str, value: Any) -> pd.DataFrame:
    scenario = _scenario(f"{group}.{name}").replace(**{group: {name: value}})
    return live(scenario, MONTHS).history()


def test_every_named_context_belongs_to_a_parameter() -> None:
    assert set(CONTEXT) <= {f"{group}.{name}" for group, name in _fields()}
    assert set(SIZES) == set(GROUPS["population"].model_fields)


@pytest.mark.parametrize(("group", "name"), _fields(), ids=lambda part: part)
def test_every_parameter_bites(group: str, name: str) -> None:
    for left, right in itertools.combinations(sweep(group, name), 2):
        assert moved(_history(group, name, left), _history(group, name, right)), (
            f"{group}.{name}: {left!r} and {right!r} give the same history"
        )


@pytest.mark.parametrize("group", GROUPS)
def test_the_default_of_every_parameter_lies_within_what_is_plausible(group: str) -> None:
    for name, facts in GROUPS[group].describe().items():
        if facts.get("sweep") is None or facts["default"] is None:
            continue
        low, high = facts["sweep"]
        assert facts["low"] <= low <= high <= facts["high"], name
        if group in ("rules", "behaviour"):
            assert low <= facts["default"] <= high, name
