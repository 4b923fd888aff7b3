"""Patterns of technique: deeds, readings, and statistics on means made by hand."""

import math

import pytest

from thermidor.experiments.evidence.laboratory import live, tasks
from thermidor.experiments.evidence.patterns.technique import (
    EVE,
    P19,
    P20,
    P21,
    note_elite,
    owners,
)
from thermidor.model.parameters import Behaviour
from thermidor.model.society import Society
from thermidor.scenarios import load_scenario


def elite_noted() -> Society:
    society = Society(P21.arms()["calm"].scenario, rng=1)
    society.run_for(1)
    note_elite(society)
    return society


def test_two_in_a_hundred_people_are_of_the_elite() -> None:
    assert 0.01 < owners(elite_noted())["elite"] < 0.03


def test_nobody_owns_before_control_is_property() -> None:
    assert owners(elite_noted())["tied"] == 0.0


def test_where_the_elite_turns_owner_at_once_all_owners_are_of_it() -> None:
    society = elite_noted()
    society.become_private()
    assert owners(society)["tied"] == 1.0


def test_an_owner_who_came_late_is_no_tie_to_the_elite() -> None:
    society = elite_noted()
    society.become_private()
    held = int((society.offices["holder"][: society.offices.posts] >= 0).sum())
    late = int((society.people["office"] < 0).nonzero()[0][0])
    society.offices["holder"][0] = late
    assert owners(society)["tied"] == pytest.approx(1.0 - 1.0 / held)


def test_the_elite_is_noted_before_the_collapse() -> None:
    collapse = P21.arms()["collapse"]
    assert collapse.acts == ((EVE, note_elite),)
    assert collapse.scenario.shocks.start_month == EVE


def test_ties_are_those_of_societies_that_have_owners() -> None:
    readings = {
        "calm": {"converted": 0.0, "tied": 0.0, "elite": 0.02},
        "collapse": {"converted": 0.5, "tied": 0.3, "elite": 0.02},
    }
    found = P21.statistics(readings)
    assert found["tied"] == pytest.approx(0.6)
    assert found["times"] == pytest.approx(30.0)
    assert math.isnan(P21.statistics({**readings, "collapse": readings["calm"]})["tied"])


def test_owned_machines_are_closed_and_see_who_takes_part() -> None:
    arms = P19.arms()
    bypassing, owned = arms["bypassing"].scenario.rules, arms["owned"].scenario.rules
    assert bypassing.automation == owned.automation
    assert bypassing.algorithm_open
    assert not owned.algorithm_open
    assert owned.participants_visible
    assert not bypassing.participants_visible


def test_leakage_is_read_where_machines_bypass_and_petitions_where_they_are_owned() -> None:
    plain = {
        "capture": 0.10,
        "participation": 0.5,
        "irremovability": 0.4,
        "recalls_attempted": 2.0,
    }
    readings = {
        "by_hand": plain,
        "bypassing": {**plain, "capture": 0.07},
        "owned": {**plain, "recalls_attempted": 1.0, "irremovability": 0.6},
    }
    found = P19.statistics(readings)
    assert found["leakage"] == pytest.approx(-0.3)
    assert found["attempts"] == pytest.approx(-0.5)
    assert found["owner"] == pytest.approx(0.2)


def test_the_programme_of_ogas_is_that_of_its_scenario() -> None:
    planned = load_scenario("ogas-1962").behaviour.automation_growth
    for task in tasks([P20], 1, Behaviour()):
        assert task.what.scenario.behaviour.automation_growth == planned


def test_where_nobody_is_greedy_nobody_vetoes() -> None:
    task = next(task for task in tasks([P20], 1, Behaviour()) if task.arm == "no_rents")
    rules, months = task.what.scenario.rules, task.what.scenario.months
    free = 1.0 - (1.0 - rules.automation) * (1.0 - 0.02) ** months
    assert live(task).values["coverage"] == pytest.approx(free, abs=0.05)
