"""Searching among rules: what is planted is found, and what a search answers with is the best."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from searches import BARE, DEMOCRACY

from thermidor.experiments.search.frontier import Trial, answer, frontier, undominated
from thermidor.experiments.search.levers import Point, Space, build, chosen, lever
from thermidor.experiments.search.optimise import BATCH, optimise

PLANTED = {"rules.recall_threshold": 0.3, "rules.openness": 0.7, "rules.council_power": 0.5}

# --- an objective whose answer is known -----------------------------------------------------------


def planted(space: Space) -> Callable[[list[Point], list[Trial]], list[Trial]]:
    """Return an evaluation in which exactly the planted rules hold, and change is what costs."""

    def evaluate(points: list[Point], before: list[Trial]) -> list[Trial]:
        return [trial(point) for point in points]

    def trial(point: Point) -> Trial:
        rules = space.scenario(point).rules
        recall = rules.recall_threshold
        held = [
            recall is not None and recall <= PLANTED["rules.recall_threshold"],
            rules.openness >= PLANTED["rules.openness"],
            rules.council_power >= PLANTED["rules.council_power"],
        ]
        share = sum(held) / len(held)
        return Trial(point, (space.size(point), -share), share >= 0.9)

    return evaluate


@pytest.fixture
def space() -> Space:
    return build(DEMOCRACY, BARE, chosen([]))


def test_the_planted_rules_are_found_and_nothing_needless_is_changed(space: Space) -> None:
    found = answer(optimise(space.levers, [space.start], planted(space), 25 * BATCH, seed=1))
    assert found is not None
    moved = space.changed(found.point)
    assert moved.keys() == PLANTED.keys()
    rules = {path.partition(".")[2]: value for path, value in PLANTED.items()}
    least = space.size(space.point_of(BARE.replace(rules=rules)))
    assert found.values[0] <= least + 0.1


def test_one_seed_makes_one_search_and_another_seed_another(space: Space) -> None:
    runs = [optimise(space.levers, [space.start], planted(space), 60, seed) for seed in (1, 1, 2)]
    assert runs[0] == runs[1]
    assert runs[0] != runs[2]


def test_a_longer_search_begins_as_a_shorter_one_does(space: Space) -> None:
    short = optimise(space.levers, [space.start], planted(space), 40, seed=3)
    longer = optimise(space.levers, [space.start], planted(space), 80, seed=3)
    assert longer[:40] == short
    assert len(longer) == 80


def test_the_start_is_tried_first(space: Space) -> None:
    start = [space.start, space.point_of(DEMOCRACY)]
    found = optimise(space.levers, start, planted(space), 5, seed=1)
    assert [trial.point for trial in found[:2]] == start


# --- the frontier ---------------------------------------------------------------------------------

VALUES = st.tuples(st.integers(0, 6).map(float), st.integers(0, 6).map(float))
TRIALS = st.lists(st.tuples(VALUES, st.booleans(), st.booleans()), min_size=1, max_size=25)


@settings(deadline=None)
@given(TRIALS)
def test_nothing_on_the_frontier_is_beaten_and_nothing_off_it_is_unbeaten(rows: Any) -> None:
    trials = [Trial((k,), v, enough, whole) for k, (v, enough, whole) in enumerate(rows)]
    edge = [trial.values for trial in frontier(trials)]
    for trial in trials:
        beaten = any(v != trial.values and v[0] <= trial.values[0] and v[1] <= trial.values[1]
                     for v in edge)  # fmt: skip
        if trial.whole:
            assert beaten or trial.values in edge
    for values in edge:
        assert not any(
            other != values and other[0] <= values[0] and other[1] <= values[1] for other in edge
        )
    assert len(set(edge)) == len(edge)
    assert undominated(np.array(edge)).all() if edge else True


@settings(deadline=None)
@given(TRIALS)
def test_the_answer_comes_true_often_enough_at_the_least_cost(rows: Any) -> None:
    trials = [Trial((k,), v, enough, whole) for k, (v, enough, whole) in enumerate(rows)]
    good = [trial.values[0] for trial in trials if trial.enough and trial.whole]
    found = answer(trials)
    assert (found is None) == (not good)
    if found is not None:
        assert found.enough
        assert found.whole
        assert found.values[0] == min(good)


# --- levers ---------------------------------------------------------------------------------------


def test_the_values_of_base_and_origin_are_among_those_a_lever_may_take(space: Space) -> None:
    for scenario in (DEMOCRACY, BARE):
        point = space.point_of(scenario)
        assert space.scenario(point).rules == scenario.rules


def test_none_lies_one_step_beyond_the_loosest_value() -> None:
    cap = lever("rules.wage_cap")
    assert cap.values[-1] is None
    assert cap.distance(None, 6.0) == 0.1
    assert cap.distance(1.0, None) == 1.1


def test_behaviour_not_moved_stays_that_of_each_member() -> None:
    space = build(DEMOCRACY, DEMOCRACY, chosen(["behaviour.greed"]))
    greed = space.levers[0]
    as_is, greedy = (0,), (greed.step_of(0.9),)
    assert space.scenario(as_is, {"greed": 0.33}).behaviour.greed == 0.33
    assert space.scenario(greedy, {"greed": 0.33}).behaviour.greed == 0.9
    assert space.size(as_is) == 0.0
    assert space.size(greedy) == pytest.approx(0.5)
    assert space.start == as_is


def test_levers_not_searched_stay_as_the_base_has_them() -> None:
    space = build(DEMOCRACY, BARE, chosen(["rules.openness"]))
    rules = space.scenario(space.start).rules
    assert rules == DEMOCRACY.rules.replace(openness=BARE.rules.openness)
