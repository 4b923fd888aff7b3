"""Goods are sent to places by what is known of their needs: circumstances of time and place."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from invariants import live, live_checked, small

from thermidor.model.society import Society

STILL = {"automation_growth": 0.0, "exchange": 0.0}
MONTHS = 18  # half a year after the last survey


def society(name: str = "workers-democracy", **behaviour: Any) -> Society:
    """A society where nothing sent astray is passed on, unless told otherwise."""
    return live(small(name, behaviour={**STILL, **behaviour}), MONTHS)


def astray(lived: Society) -> float:
    """How far goods were sent by other than true needs, mean of relative gaps."""
    return float(np.abs(lived.consigned / lived.need_level - 1.0).mean())


def test_where_everything_sent_astray_is_passed_on_goods_go_by_true_need() -> None:
    lived = society(exchange=1.0, tacit_share=0.8, local_drift=0.1)
    np.testing.assert_allclose(lived.consigned, lived.need_level)


def test_where_records_show_no_change_at_all_the_ministry_sends_goods_as_in_the_first_year() -> (
    None
):
    lived = society("nomenklatura", tacit_share=1.0)
    np.testing.assert_allclose(
        lived.consigned, np.tile(lived.sectors["need_share"], (len(lived.workplaces), 1))
    )
    assert astray(lived) > 0.02


def test_between_yearly_surveys_only_automatic_records_follow_what_changes_in_a_place() -> None:
    frozen = {"behaviour": {**STILL, "tacit_share": 0.0}}
    by_hand, by_machine = (
        live(small("nomenklatura", **frozen, rules={"automation": coverage}), MONTHS)
        for coverage in (0.0, 1.0)
    )
    assert astray(by_machine) < 1e-12
    assert astray(by_hand) > 0.02


def test_the_more_passed_on_the_less_is_astray() -> None:
    gaps = [astray(society("nomenklatura", exchange=share)) for share in (0.0, 0.5, 1.0)]
    assert gaps[1] == pytest.approx(0.5 * gaps[0])
    assert gaps[2] == pytest.approx(0.0)


def test_a_council_learns_of_places_only_where_people_come_to_meetings() -> None:
    gaps = []
    for informed in (0.0, 1.0):
        lived = live(small(behaviour={**STILL, "local_knowledge": 1.0}), MONTHS)
        lived.informed = informed
        lived.step()
        gaps.append(astray(lived))
    assert gaps[1] == pytest.approx((1.0 - lived.council_share) * gaps[0])
    assert gaps[1] < 0.7 * gaps[0]


def test_what_meetings_know_helps_no_ministry() -> None:
    deaf, hearing = (society("nomenklatura", local_knowledge=share) for share in (0.0, 1.0))
    np.testing.assert_array_equal(deaf.consigned, hearing.consigned)


def test_prices_tell_producers_of_places_as_much_as_they_carry() -> None:
    gaps = [astray(society("market-benchmark", price_knowledge=share)) for share in (0.0, 0.7)]
    assert gaps[1] == pytest.approx(0.3 * gaps[0])


@pytest.mark.parametrize("name", ["workers-democracy", "market-benchmark"])
def test_however_much_goes_astray_goods_and_pay_balance(name: str) -> None:
    wild = {"local_drift": 0.3, "tacit_share": 1.0, "exchange": 0.0}
    live_checked(small(name, behaviour=wild), 48)


def test_not_knowing_places_costs_needs_met_where_nobody_takes_anything() -> None:
    selfless = {"greed": 0.0, "greed_spread": 0.0, "local_drift": 0.1, "tacit_share": 0.8}
    astray_for_good, found = (
        live(small("nomenklatura", 1000, behaviour={**selfless, "exchange": share}), 60).history()
        for share in (0.0, 1.0)
    )
    assert astray_for_good["needs_met"].mean() < found["needs_met"].mean() - 0.01
