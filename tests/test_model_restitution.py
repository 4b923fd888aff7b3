"""Paying back: what an audit finds is owed so many times over, as far as anybody can pay."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from invariants import live, live_checked, small

from thermidor.agents.official_rules import PAYABLE, intended_diversion, kept_of_take
from thermidor.model.scenario import Scenario
from thermidor.model.society import Society

AUDITED: dict[str, Any] = {"sanction": 0.0, "courts": 0.0, "audit_rate": 0.15, "amendable": False}


def audited(restitution: float, **rules: Any) -> Scenario:
    return small("nomenklatura", rules={**AUDITED, "restitution": restitution, **rules})


def test_whoever_is_found_out_owes_what_it_took_since_its_last_audit_so_many_times_over() -> None:
    society = live(audited(2.0), 12)
    society.replace_rules(audit_rate=0.0)
    society.run_for(6)
    before = society.offices["taken"].copy()
    society.replace_rules(audit_rate=1.0)
    society.step()
    offices = society.offices
    found = offices["fine"] > 0.0
    assert found.any()
    taken = before + offices["take"] + offices["favour"]
    due = np.minimum(2.0 * taken, PAYABLE * offices["pay"])
    np.testing.assert_allclose(offices["fine"][found], due[found])
    assert (offices["taken"] == 0.0)[offices["audited"] == 1].all(), "audited twice for one theft"


def test_without_restitution_and_fine_an_audit_costs_no_money() -> None:
    society = live_checked(audited(0.0), 36)
    assert (society.people["owed"] == 0.0).all()
    assert society.history()["audits"].sum() > 0


def test_nobody_owes_more_than_half_of_five_years_pay_for_one_audit() -> None:
    society = Society(audited(10.0, audit_rate=0.02), rng=1)
    for _ in range(48):
        society.step()
        offices = society.offices
        assert (offices["fine"] <= PAYABLE * offices["pay"] * (1.0 + 1e-12)).all()


def test_officials_take_less_the_more_often_they_pay_it_back() -> None:
    taken = [live(audited(r), 120).history()["capture"][60:].mean() for r in (0.0, 1.0, 3.0)]
    assert taken[0] > taken[1] > taken[2]


def test_officials_learn_about_what_share_of_takings_comes_back() -> None:
    society = Society(audited(1.0, audit_rate=0.3), rng=1)
    gained = back = 0.0
    for _ in range(120):
        society.step()
        gained += float((society.offices["take"] + society.offices["favour"]).sum())
        back += float(society.offices["recovered"].sum())
    offices = society.offices
    long_there = (offices["holder"] >= 0) & (offices["tenure"] > 60.0)
    assert long_there.sum() > 5
    believed = society.people["recovery"][offices["holder"][long_there]].mean()
    assert believed == pytest.approx(back / gained, abs=0.25)
    assert believed > 0.2


def test_what_has_surely_to_be_paid_back_tempts_nobody() -> None:
    assert kept_of_take(0.0, 1.0, 1.0) == 0.0
    room = kept_of_take(0.0, 1.0, 1.0) * 2.0
    assert intended_diversion(1.0, room, 0.0, 0.98, 0.0, 0.0, 0.5, 0.25) == 0.0
