"""Identities that hold in every month of every scenario: goods, pay, posts, ranges."""

import time

import numpy as np
import pytest
from invariants import live_checked, small

from thermidor.model.invariants import InvariantError, assert_invariants, opening
from thermidor.model.society import Society
from thermidor.scenarios import load_scenario, names


@pytest.mark.parametrize("name", names())
def test_twenty_years_of_every_scenario_keep_their_accounts(name: str) -> None:
    society = live_checked(small(name), 240)
    assert society.month == 240
    assert len(society.history()) == 240


@pytest.mark.parametrize("name", ["workers-democracy", "nomenklatura"])
def test_a_society_of_full_size_keeps_its_accounts(name: str) -> None:
    society = live_checked(load_scenario(name), 240, rng=7)
    assert len(society.people) == 1000


def test_the_exact_planner_keeps_the_same_accounts() -> None:
    live_checked(small(economy={"planner": "optimal"}), 60)


@pytest.mark.parametrize("severity", [0.3, 0.9])
def test_a_shock_keeps_the_accounts(severity: float) -> None:
    shock = {"severity": severity, "start_month": 12, "months": 24}
    live_checked(small("nomenklatura", shocks=shock), 72)


def test_when_control_becomes_property_the_accounts_still_balance() -> None:
    shock = {"severity": 0.6, "start_month": 6, "months": 60}
    people = {"crisis": 0.9, "greed": 0.9, "ownership": 0.5, "resistance": 1.0}
    society = live_checked(small("nomenklatura", shocks=shock, behaviour=people), 72)
    assert society.private, "this scenario is meant to end in private property"


@pytest.mark.parametrize("table", ["generated:1:3", "generated:12:1", "generated:30:2"])
def test_other_economies_keep_the_same_accounts(table: str) -> None:
    live_checked(small(workers=300, economy={"table": table}), 36)


def test_checking_costs_less_than_two_milliseconds() -> None:
    society = Society(small(), rng=1)
    before = opening(society)
    society.step()
    costs = []
    for _ in range(20):
        start = time.perf_counter()
        assert_invariants(society, before)
        costs.append(time.perf_counter() - start)
    assert min(costs) < 0.002


def _fresh() -> Society:
    society = Society(small(), rng=1)
    society.run_for(3)
    return society


def _lose_a_basket(society: Society) -> None:
    society.sectors["stock"][2] += 1.0


def _overpay(society: Society) -> None:
    society.people["pay"][5] += 1.0


def _hold_two_offices(society: Society) -> None:
    society.offices["holder"][0] = society.offices["holder"][1]


def _forget_a_holder(society: Society) -> None:
    society.people["office"][society.offices["holder"][0]] = -1


def _claim_an_office(society: Society) -> None:
    at_bench = int(np.flatnonzero(society.people["office"] < 0)[0])
    society.people["office"][at_bench] = 0


def _believe_too_much(society: Society) -> None:
    society.people["belief_head"][0] = 1.5


def _become_infinite(society: Society) -> None:
    society.people["savings"][0] = np.inf


def _negative_stock(society: Society) -> None:
    society.sectors["stock"][0] = -1.0


def _shift_an_electorate(society: Society) -> None:
    society.offices["stop"][0] += 1


def _buy_with_nothing(society: Society) -> None:
    society.people["in_kind"][0] += 2.0


@pytest.mark.parametrize(
    "fault",
    [
        _lose_a_basket,
        _overpay,
        _hold_two_offices,
        _forget_a_holder,
        _claim_an_office,
        _believe_too_much,
        _become_infinite,
        _negative_stock,
        _shift_an_electorate,
        _buy_with_nothing,
    ],
    ids=lambda fault: fault.__name__.strip("_"),
)
def test_every_kind_of_fault_is_noticed_and_told_in_one_sentence(fault) -> None:
    society = _fresh()
    assert_invariants(society)
    fault(society)
    with pytest.raises(InvariantError) as told:
        assert_invariants(society)
    assert str(told.value).endswith(".")
    assert "\n" not in str(told.value)


def test_savings_that_appear_from_nowhere_are_noticed() -> None:
    society = _fresh()
    before = opening(society)
    society.step()
    assert_invariants(society, before)
    society.people["savings"][3] += 0.5
    with pytest.raises(InvariantError, match="person 3"):
        assert_invariants(society, before)


def test_stocks_that_change_between_months_are_noticed() -> None:
    society = _fresh()
    before = opening(society)
    society.sectors["stock"][1] *= 1.01
    society.step()
    with pytest.raises(InvariantError, match="stocks"):
        assert_invariants(society, before)
