"""What auditing costs: errors are taken for theft, and who fears that hands out less."""

from __future__ import annotations

from typing import Any

import pytest
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


def test_who_sees_colleagues_fined_for_errors_hands_out_less() -> None:
    def withheld(rate: float, **behaviour: Any) -> float:
        offices = live_checked(audited(rate, **behaviour), 60).offices
        return float(offices["withheld"][offices["tier"] == 0].mean())

    assert withheld(0.0) == 0.0
    assert withheld(0.3, errors=0.0) == 0.0, "nobody honest is ever fined"
    assert withheld(0.3, caution=0.0) == 0.0
    assert 0.0 < withheld(0.05) < withheld(0.3) <= 0.2


def test_what_is_not_handed_out_stays_in_stock_and_needs_go_unmet() -> None:
    bold, cautious = (live_checked(audited(0.3, caution=c), 60) for c in (0.0, 0.5))
    assert cautious.history()["needs_met"].iloc[-12:].mean() < (
        bold.history()["needs_met"].iloc[-12:].mean()
    )
    assert cautious.sectors["stock"].sum() > bold.sectors["stock"].sum()


def test_fear_of_auditors_works_under_any_rules() -> None:
    for name in ("workers-democracy", "nomenklatura"):
        offices = live(audited(0.3, name), 60).offices
        assert offices["withheld"][offices["tier"] == 0].mean() > 0.0


def test_machines_release_what_they_record_whoever_is_afraid() -> None:
    rules = {"audit_rate": 0.3, "amendable": False, "automation": 1.0}
    bold, cautious = (
        live(small("audited-meritocracy", rules=rules, behaviour={**HONEST, "caution": c}), 36)
        for c in (0.0, 0.5)
    )
    assert cautious.history()["output"].to_numpy() == pytest.approx(
        bold.history()["output"].to_numpy()
    )
