"""The compiled society and its twin, written twice, live the same history draw by draw.

The twin (benchmarks/twin) writes every process a second time, with objects instead of columns.
Where agents act in order of their rows both must agree in every measure of every month; where they
act in random order only distributions can.
"""

from typing import Any

import numpy as np
import pandas as pd
import pytest

from thermidor.benchmarks.twin import TwinSociety
from thermidor.model.measures import Measure
from thermidor.model.scenario import Scenario
from thermidor.model.society import Society
from thermidor.scenarios import load_scenario

MEASURES = [measure.name.lower() for measure in Measure]

MANY_AUDITS = "visible petitions, heirs at hand, many audits, courts, closed code"
CASES: dict[str, tuple[str, int, int, dict[str, Any]]] = {
    "workers' democracy": (
        "workers-democracy",
        150,
        36,
        {"behaviour": {"initiative": 0.6, "self_selection": 0.5}},
    ),
    "nomenklatura": ("nomenklatura", 150, 36, {}),
    "many planners seen as one": (
        "recall-only",
        120,
        30,
        {"population": {"workers_per_planner": 30, "workers_per_head": 40}},
    ),
    "soviets under blockade": (
        "soviet-1918",
        120,
        36,
        {"shocks": {"severity": 0.5, "start_month": 6, "months": 18}},
    ),
    "a famine that ends in property": (
        "nomenklatura",
        100,
        36,
        {
            "shocks": {"severity": 0.5, "start_month": 2, "months": 30},
            "behaviour": {"resistance": 0.9, "crisis": 0.8, "ownership": 0.5},
        },
    ),
    "private property from the start": ("market-benchmark", 100, 24, {}),
    "lots, short terms, one term only, delegates alone recalled": (
        "workers-democracy",
        100,
        24,
        {
            "rules": {
                "sortition": 0.5,
                "term_months": 6,
                "term_limit": 1,
                "recall_reach": "delegates",
                "elected_posts": 0.5,
            }
        },
    ),
    MANY_AUDITS: (
        "recall-only",
        100,
        24,
        {
            "rules": {
                "runner_up_succeeds": True,
                "recall_pause_months": 3,
                "participants_visible": True,
                "opposition": False,
                "audit_rate": 0.3,
                "courts": 0.8,
                "automation": 0.8,
                "algorithm_open": False,
            }
        },
    ),
    "the optimal planner, short of capacity": (
        "workers-democracy",
        100,
        18,
        {"economy": {"planner": "optimal", "slack": -0.2}},
    ),
}


def staged(name: str, workers: int, months: int, changes: dict[str, Any]) -> Scenario:
    scenario = load_scenario(name).replace(**changes)
    return scenario.replace(population={"workers": workers}, months=months)


def history(society: Society | TwinSociety, months: int) -> pd.DataFrame:
    society.run_for(months)
    return society.history()


@pytest.mark.parametrize("case", CASES)
def test_given_the_same_draws_the_twin_lives_the_same_history(case: str) -> None:
    scenario = staged(*CASES[case])
    compiled = history(Society(scenario, rng=7), scenario.months)
    twin = history(TwinSociety(scenario, rng=7), scenario.months)
    pd.testing.assert_frame_equal(compiled, twin, rtol=1e-9, atol=1e-12, check_dtype=False)


def test_the_histories_compared_hold_what_they_are_named_for() -> None:
    ends = {case: history(Society(staged(*CASES[case]), rng=7), CASES[case][2]) for case in CASES}
    assert ends["workers' democracy"]["recalls_removed"].sum() > 0
    assert ends["soviets under blockade"]["shortage"].max() > 0.1
    assert ends["a famine that ends in property"]["restored"].iloc[[0, -1]].tolist() == [0.0, 1.0]
    tried = Society(staged(*CASES[MANY_AUDITS]), rng=7)
    tried.run_for(CASES[MANY_AUDITS][2])
    assert "dismissed_by_court" in {event["kind"] for event in tried.events}
    rules = [name for name in ends["nomenklatura"] if name.startswith("rule_")]
    changed = [case for case, frame in ends.items() if frame[rules].nunique(dropna=False).max() > 1]
    assert changed, "no case has an amendment"


def test_acting_in_random_order_changes_histories_but_not_their_distribution() -> None:
    scenario = load_scenario("workers-democracy").replace(population={"workers": 100}, months=18)
    gaps = []
    for seed in range(20):
        ordered, shuffled = (
            history(TwinSociety(scenario, rng=seed, shuffled=shuffled), scenario.months)
            for shuffled in (False, True)
        )
        gaps.append((shuffled[MEASURES] - ordered[MEASURES]).tail(12).mean())
    gap = pd.DataFrame(gaps)
    assert (gap.abs() > 1e-6).any().any(), "the order of acting makes no difference at all"
    standard_error = gap.std() / np.sqrt(len(gap))
    biased = gap.mean().abs() > 4.0 * standard_error + 1e-9
    assert not biased.any(), f"random order shifts {list(gap.columns[biased])}"
