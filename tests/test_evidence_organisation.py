"""Patterns of organisation: their arms, their statistics on means made by hand."""

import math

import numpy as np
import pytest

from thermidor.experiments.evidence.judge import judge
from thermidor.experiments.evidence.laboratory import Readings, live, tasks
from thermidor.experiments.evidence.pattern import Means
from thermidor.experiments.evidence.patterns.organisation import (
    LARGE,
    P11,
    P12,
    P14,
    P22,
    SIZES,
    SMALL,
    attendance_at,
    slope,
)
from thermidor.model.parameters import Behaviour
from thermidor.model.society import Society


def sized(irremovability: dict[str, float]) -> Means:
    """Return readings of all arms of P11 with irremovability as given, 0.5 elsewhere."""
    return {
        arm: {
            "irremovability": irremovability.get(arm, 0.5),
            "entrenchment": 1.0,
            "power_concentration": 0.2,
        }
        for arm in P11.arms()
    }


def test_an_iron_law_planted_in_the_readings_is_found() -> None:
    grows = {f"equal_{size}": 0.1 * math.log10(size) for size in SIZES}
    assert P11.statistics(sized(grows))["irremovability"] == pytest.approx(0.1)
    assert P11.statistics(sized({}))["irremovability"] == pytest.approx(0.0)


def test_concentration_grows_where_a_smaller_share_decides() -> None:
    readings = {arm: dict(values) for arm, values in sized({}).items()}
    readings[f"equal_{LARGE}"]["power_concentration"] = 0.1
    assert P11.statistics(readings)["concentration"] > 0.0


def test_opposition_flattens_where_it_keeps_the_large_as_open_as_the_small() -> None:
    readings = sized({f"equal_{LARGE}": 0.9, f"opposed_{SMALL}": 0.5, f"opposed_{LARGE}": 0.5})
    found = P11.statistics(readings)
    assert found["opposition"] == pytest.approx(-0.4)
    assert found["opposition_flattens"] == pytest.approx(-0.4)


def test_large_and_small_societies_have_the_same_share_of_posts() -> None:
    societies = [Society(P11.arms()[f"equal_{size}"].scenario, rng=1) for size in SIZES]
    shares = [society.offices.posts / len(society.people) for society in societies]
    assert max(shares) < 1.5 * min(shares)


def test_a_slope_is_per_tenfold_size() -> None:
    assert slope((100, 1000), (0.2, 0.5)) == pytest.approx(0.3)


def test_what_being_asked_does_is_read_without_the_premium_too() -> None:
    rest = {"legitimacy": 0.3, "trust": 0.4, "plan_fidelity": 0.97}
    readings = {
        arm: {**rest, "effort": effort}
        for arm, effort in {
            "told": 0.90,
            "asked": 0.95,
            "told_unmoved": 0.90,
            "asked_unmoved": 0.91,
        }.items()
    }
    found = P12.statistics(readings)
    assert found["effort"] == pytest.approx(0.05)
    assert found["effort_unmoved"] == pytest.approx(0.01)
    assert found["plan"] == 0.0


def test_two_replicates_without_any_difference_show_no_sign() -> None:
    same: Readings = {
        arm: {
            name: np.array([0.5, 0.6])
            for name in ("legitimacy", "trust", "effort", "plan_fidelity")
        }
        for arm in P12.arms()
    }
    met = {each.check.statistic: each.met for each in judge(P12, same).checked}
    assert met == {
        "legitimacy": False,
        "trust": False,
        "effort": False,
        "plan": True,
        "effort_unmoved": True,
    }


def test_costs_are_what_is_lacking_in_competence() -> None:
    readings = {
        "elected": {"competence": 0.5, "output": 1.0},
        "appointed": {"competence": 0.6, "output": 1.1},
    }
    found = P14.statistics(readings)
    assert found["cost"] == pytest.approx(-0.2)
    assert found["output"] == pytest.approx(0.1)


def test_attendance_runs_on_in_log_odds() -> None:
    assert attendance_at(1000, {1000: 0.3, 20_000: 0.1}) == pytest.approx(0.3)
    assert attendance_at(1_300_000, {1000: 0.3, 20_000: 0.3}) == pytest.approx(0.3)
    assert 0.0 < attendance_at(1_300_000, {1000: 0.3, 20_000: 0.1}) < 0.1


def test_attendance_of_nobody_cannot_be_run_on() -> None:
    rest = {"plan_fidelity": 0.9, "needs_met": 0.9, "council_power": 0.1}
    readings = {arm: {**rest, "attendance": 0.0} for arm in P22.arms()}
    assert math.isnan(P22.statistics(readings)["attendance"])


def test_a_council_that_cannot_lose_its_power_has_it_at_the_end() -> None:
    short = [task for task in tasks([P22], 1, Behaviour()) if task.arm == "town"]
    assert live(short[0]).values["council_power"] == 0.12
