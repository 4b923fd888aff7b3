"""Patterns of openness and audits: the town that is audited once, and what is made of it."""

import numpy as np
import pytest

from thermidor.experiments.evidence.pattern import Means
from thermidor.experiments.evidence.patterns.accountability import (
    ONSET,
    P3,
    TOWNS,
    AuditTown,
    taken_by_town,
)
from thermidor.model.society import Society


def test_an_audited_town_is_audited_whole_and_once_and_others_as_ever() -> None:
    scenario = P3.arms()["all_left_alone"].scenario
    alone, audited = (Society(scenario, rng=1) for _ in range(2))
    alone.run_for(7)
    audited.run_for(6)
    AuditTown(3)(audited)
    audited.run_for(1)
    town = audited.offices["branch"] == 3
    held = town & (audited.offices["holder"] >= 0)
    assert (audited.offices["audited"][held] == 1).all()
    elsewhere = [society.offices["audited"][~town] for society in (alone, audited)]
    np.testing.assert_array_equal(*elsewhere)
    audited.run_for(1)
    assert audited.offices["audited"].mean() < 0.5


def test_every_branch_is_a_town_and_each_is_audited_in_an_arm_of_its_own() -> None:
    society = Society(P3.arms()["all_0"].scenario, rng=1)
    assert set(society.offices["branch"]) - {-1} == set(TOWNS)
    acts = [arm.acts for name, arm in P3.arms().items() if not name.endswith("alone")]
    assert acts == 2 * [((ONSET, AuditTown(town)),) for town in TOWNS]
    society.offices["take"][:] = 1.0
    assert sum(taken_by_town(society).values()) == (society.offices["branch"] >= 0).sum()


def test_an_audit_is_judged_by_the_town_it_came_to() -> None:
    readings: Means = {
        arm: {f"taken_{town}": 1.0 if arm.endswith("alone") else 5.0 for town in TOWNS}
        for arm in P3.arms()
    }
    for town in TOWNS:
        readings[f"all_{town}"][f"taken_{town}"] = 0.9
        readings[f"voters_{town}"][f"taken_{town}"] = 0.98
    found = P3.statistics(readings)
    assert found["effect"] == pytest.approx(-0.1)
    assert found["beyond_elections"] == pytest.approx(0.8)
