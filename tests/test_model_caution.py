"""What auditing costs: errors are taken for theft, and who fears that spends less."""

from __future__ import annotations

from typing import Any

import numpy as np
from invariants import live, live_checked, small

from thermidor.model.scenario import Scenario
from thermidor.model.society import Society

HONEST = {"greed": 0.0, "greed_spread": 0.0}


def audited(rate: float, name: str = "audited-meritocracy", **behaviour: Any) -> Scenario:
    rules = {"audit_rate": rate, "amendable": False}
    return small(name, rules=rules, behaviour={**HONEST, "automation_growth": 0.0, **behaviour})


def cases(scenario: Scenario) -> int:
    """Audits in five years that put an honest holder on record."""
    society = Society(scenario, rng=1)
    found = 0
    for _ in range(60):
        society.step()
        found += int((society.offices["fine"] > 0.0).sum())
    return found


def test_honest_people_are_fined_for_errors_but_not_if_auditors_can_tell_them_from_theft() -> None:
    assert cases(audited(0.3, errors=0.0)) == 0
    assert 0 < cases(audited(0.3, errors=0.05)) < cases(audited(0.3, errors=0.2))


def test_the_unpractised_are_fined_more_often_than_the_practised() -> None:
    assert cases(audited(0.3, learning_months=36.0)) > cases(audited(0.3, learning_months=1.0))


def test_who_sees_colleagues_fined_for_errors_spends_less() -> None:
    def withheld(rate: float, **behaviour: Any) -> float:
        offices = live_checked(audited(rate, **behaviour), 60).offices
        return float(offices["withheld"][offices["tier"] == 0].mean())

    assert withheld(0.0) == 0.0
    assert withheld(0.3, errors=0.0) == 0.0, "nobody honest is ever fined"
    assert withheld(0.3, caution=0.0) == 0.0
    assert 0.0 < withheld(0.05) < withheld(0.3) <= 0.2


def test_where_directors_are_afraid_less_is_made_and_needs_go_unmet() -> None:
    bold, cautious = (live_checked(audited(0.3, caution=c), 60).history() for c in (0.0, 0.5))
    for measure in ("output", "needs_met"):
        assert cautious[measure].iloc[-24:].mean() < bold[measure].iloc[-24:].mean(), measure


def test_fear_of_auditors_works_under_any_rules() -> None:
    for name in ("workers-democracy", "nomenklatura"):
        offices = live(audited(0.3, name), 60).offices
        assert offices["withheld"][offices["tier"] == 0].mean() > 0.0


def test_machines_use_what_they_record_whoever_is_afraid() -> None:
    rules = {"audit_rate": 0.3, "amendable": False, "automation": 1.0, "courts": 0.0}
    society = Society(small("audited-meritocracy", rules=rules, behaviour=HONEST), rng=1)
    for _ in range(24):
        society.offices["withheld"] = 0.5
        society.step()
        sites = society.workplaces
        assert (sites["output"] > 0.9 * np.minimum(sites["capacity"], sites["target"])).any()
        assert society.history()["output"].iloc[-1] > 0.9
