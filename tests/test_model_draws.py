"""Chance: common random numbers across rules, one seed one history, societies that do not touch."""

from __future__ import annotations

import copy
import hashlib
import os
import pickle
import subprocess
import sys
from typing import Any

import numpy as np
import pytest
from invariants import live, measures, moved, same_history, small

from thermidor.model.scenario import Scenario
from thermidor.model.society import Society
from thermidor.scenarios import names

OFF: list[dict[str, Any]] = [
    {"rules": {"recall_threshold": None}},
    {"rules": {"audit_rate": 0.0}},
    {"rules": {"courts": 1.0}},
    {"rules": {"council_power": 0.0}},
    {"rules": {"amendable": False}},
    {"rules": {"elected_posts": 0.0}},
    {"rules": {"sortition": 1.0}},
    {"rules": {"opposition": False}},
    {"rules": {"openness": 0.0}},
    {"rules": {"automation": 1.0, "algorithm_open": False}},
    {"rules": {"wage_cap": None}},
    {"rules": {"term_months": 6}},
    {"rules": {"runner_up_succeeds": True}},
    {"rules": {"recall_pause_months": 24}},
    {"rules": {"participants_visible": True}},
    {"behaviour": {"greed": 0.0}},
    {"behaviour": {"informal_limit": 0.0}},
    {"behaviour": {"diffusion": 0.0}},
    {"economy": {"planner": "optimal"}},
    {"economy": {"market": True}},
    {"shocks": {"severity": 0.6, "start_month": 3}},
]


def _states(society: Society) -> dict[str, Any]:
    """Where every stream of draws stands."""
    return {
        name: generator.bit_generator.state
        for name, generator in sorted(society.streams._generators.items())
    }


def _named(change: dict[str, Any]) -> str:
    return ",".join(f"{k}={v}" for group in change.values() for k, v in group.items())


@pytest.mark.parametrize("change", OFF, ids=_named)
def test_switching_an_institution_leaves_the_draws_of_all_processes_alone(change: dict) -> None:
    with_it = live(small(), 30, rng=5)
    without = live(small(**change), 30, rng=5)
    assert _states(with_it) == _states(without)
    for name, buffer in with_it.streams._buffers.items():
        np.testing.assert_array_equal(buffer, without.streams._buffers[name], err_msg=name)


def test_conversion_into_property_leaves_the_draws_alone() -> None:
    people = {"crisis": 0.9, "greed": 0.9, "ownership": 0.5, "resistance": 1.0}
    shock = {"severity": 0.6, "start_month": 6, "months": 60}
    converted = live(small("nomenklatura", shocks=shock, behaviour=people), 72)
    assert converted.private
    assert _states(converted) == _states(live(small("nomenklatura"), 72))


def test_all_scenarios_share_people_and_first_draws_under_one_seed() -> None:
    first = Society(small("workers-democracy"), rng=3)
    for name in names():
        other = Society(small(name), rng=3)
        if other.behaviour.skill_spread == first.behaviour.skill_spread:
            np.testing.assert_array_equal(first.people["skill"], other.people["skill"])
        np.testing.assert_array_equal(first.people["need"], other.people["need"])
        np.testing.assert_array_equal(first.people["loyalty"], other.people["loyalty"])


def test_different_seeds_give_different_histories() -> None:
    assert moved(live(small(), 24, rng=1).history(), live(small(), 24, rng=2).history())


def test_no_draw_depends_on_global_random_state() -> None:
    np.random.seed(1)  # noqa: NPY002
    first = live(small(), 12).history()
    np.random.seed(2)  # noqa: NPY002
    assert same_history(first, live(small(), 12).history())


# --- one seed, one history ----------------------------------------------------------------------

SCENARIO = "nomenklatura"
PROGRAM = """
import hashlib
import numpy as np
from thermidor.model.society import Society
from thermidor.scenarios import load_scenario
scenario = load_scenario({name!r}).replace(
    population={{"workers": {workers}, "workplace_size": 20}}, months={months}
)
society = Society(scenario, rng=11)
society.run_for({months})
rows = np.ascontiguousarray(society.history().to_numpy(dtype=float))
print(hashlib.sha256(rows.tobytes()).hexdigest())
np.save({path!r}, rows)
"""


def _scenario(workers: int, months: int) -> Scenario:
    return small(SCENARIO, workers, population={"workplace_size": 20}, months=months)


def _elsewhere(path: str, workers: int, months: int, **environment: str) -> tuple[str, np.ndarray]:
    """Run the same society in another process; return the digest and rows of its history."""
    program = PROGRAM.format(name=SCENARIO, workers=workers, months=months, path=path)
    told = subprocess.run(
        [sys.executable, "-c", program],
        capture_output=True,
        text=True,
        check=True,
        env={**os.environ, **environment},
    )
    return told.stdout.strip(), np.load(path)


def _rows(society: Society) -> np.ndarray:
    return np.ascontiguousarray(society.history().to_numpy(dtype=float))


def test_another_process_lives_through_the_same_history_to_the_byte(tmp_path) -> None:
    here = _rows(live(_scenario(200, 120), 120, rng=11))
    digest, _ = _elsewhere(str(tmp_path / "rows.npy"), 200, 120)
    assert digest == hashlib.sha256(here.tobytes()).hexdigest()


def test_plain_python_lives_through_the_same_history_as_compiled_code(tmp_path) -> None:
    here = _rows(live(_scenario(200, 8), 8, rng=11))
    _, there = _elsewhere(str(tmp_path / "rows.npy"), 200, 8, NUMBA_DISABLE_JIT="1")
    # the last digits may differ where NumPy and Numba add up in another order
    np.testing.assert_allclose(there, here, rtol=1e-9, atol=1e-12)


@pytest.mark.parametrize("name", ["workers-democracy", "ogas-1962", "market-benchmark"])
@pytest.mark.parametrize("planner", ["proportional", "optimal"])
def test_a_society_put_away_half_way_and_taken_out_again_goes_on_as_if_nothing_happened(
    name: str, planner: str
) -> None:
    scenario = small(name, economy={"planner": planner})
    whole = live(scenario, 60)
    half = live(scenario, 30)
    later = pickle.loads(pickle.dumps(half))
    later.run_for(30)
    assert same_history(whole.history(), later.history())
    assert whole.events == later.events
    assert _states(whole) == _states(later)


def test_a_deep_copy_lives_its_own_identical_life() -> None:
    whole = live(small(), 60)
    half = live(small(), 30)
    twin = copy.deepcopy(half)
    twin.people["trust"] *= 1.0  # touching one leaves the other alone
    twin.run_for(30)
    assert half.month == 30
    half.run_for(30)
    assert same_history(whole.history(), twin.history())
    assert same_history(whole.history(), half.history())


def test_a_deep_copy_that_is_changed_leaves_the_original_alone() -> None:
    half = live(small(), 30)
    before = half.people.values.copy()
    twin = copy.deepcopy(half)
    twin.people["belief_centre"] = 1.0
    twin.replace_rules(openness=0.0)
    twin.run_for(12)
    np.testing.assert_array_equal(half.people.values, before)
    assert half.rules.openness == 0.9
    assert half.month == 30


def test_two_societies_in_one_process_do_not_touch() -> None:
    left, right = Society(small(), rng=1), Society(small("nomenklatura"), rng=1)
    for _ in range(36):
        left.step()
        right.step()
    assert same_history(left.history(), live(small(), 36).history())
    assert same_history(right.history(), live(small("nomenklatura"), 36).history())


def test_run_for_is_as_many_steps() -> None:
    stepped = Society(small(), rng=4)
    for _ in range(24):
        stepped.step()
    assert same_history(stepped.history(), live(small(), 24, rng=4).history())


def test_looking_on_changes_nothing() -> None:
    watched = Society(small(), rng=4)
    for _ in range(24):
        watched.step()
        watched.history()
        assert watched.events is not None
        assert len(watched.agents) > 0
    assert same_history(watched.history(), live(small(), 24, rng=4).history())


def test_a_run_longer_than_planned_goes_on() -> None:
    society = live(small(months=12), 40)
    assert len(measures(society)) == 40
    assert same_history(society.history(), live(small(), 40).history())
