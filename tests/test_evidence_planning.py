"""Patterns of planning: their readings and their statistics on means made by hand."""

import numpy as np
import pytest

from thermidor.agents.offices import DIRECTOR, Office, OfficeCode
from thermidor.experiments.evidence.patterns.planning import (
    P15,
    P17,
    P18,
    RATCHETS,
    SLACK,
    SPELL,
    alike_within,
    closed_form,
    ministry,
    padding_by_branch,
)
from thermidor.model.society import Society


def directed() -> tuple[Society, np.ndarray, np.ndarray]:
    """Return a society whose every director is in post, its directors and their branches."""
    society = Society(ministry(1), rng=1)
    directors = np.flatnonzero(society.offices.codes[OfficeCode.TIER] == DIRECTOR)
    assert (society.offices.codes[OfficeCode.HOLDER, directors] >= 0).all()
    return society, directors, society.offices.codes[OfficeCode.BRANCH, directors]


def test_directors_who_pad_by_branches_are_wholly_alike() -> None:
    society, directors, branches = directed()
    society.offices.values[Office.PADDING, directors] = 0.01 * branches
    read = padding_by_branch(society)
    assert read["within"] == pytest.approx(0.0)
    assert alike_within(**read) == pytest.approx(1.0)


def test_directors_who_pad_by_chance_are_not_alike() -> None:
    society, directors, _ = directed()
    rng = np.random.default_rng(5)
    means = {"between": 0.0, "within": 0.0, "size": 0.0}
    for _ in range(200):
        society.offices.values[Office.PADDING, directors] = rng.random(len(directors))
        read = padding_by_branch(society)
        means = {name: means[name] + read[name] / 200 for name in means}
    assert alike_within(**means) == pytest.approx(0.0, abs=0.03)


def test_posts_without_a_director_pad_nothing() -> None:
    society, directors, _ = directed()
    society.offices.values[Office.PADDING, directors] = 0.02
    society.offices.values[Office.PADDING, directors[0]] = 9.0
    society.offices.codes[OfficeCode.HOLDER, directors[0]] = -1
    read = padding_by_branch(society)
    assert read["between"] == pytest.approx(0.0)
    assert read["within"] == pytest.approx(0.0)


def test_what_is_passed_on_is_measured_in_what_is_saved() -> None:
    readings = {
        "rare": {"capture": 0.10, "needs_met": 0.80},
        "frequent": {"capture": 0.06, "needs_met": 0.816},
    }
    found = P15.statistics(readings)
    assert found["capture"] == pytest.approx(-0.4)
    assert found["passed_on"] == pytest.approx(0.5)


def test_a_bonus_worth_a_fifth_more_than_weitzman_says_is_noticed() -> None:
    bare = {f"bare_{x}": {"hidden_capacity": SLACK - closed_form(x)} for x in RATCHETS}
    bare[f"bare_{RATCHETS[1]}"]["hidden_capacity"] = SLACK - 1.2 * closed_form(RATCHETS[1])
    full = {"hidden_capacity": 0.1, "output": 1.0}
    found = P17.statistics({**bare, "full_0.0": full, "full_0.3": full})
    assert found["off"] == pytest.approx(0.2)
    assert found["hidden"] == found["output"] == 0.0


def test_people_alike_conceal_without_reaching_a_bound() -> None:
    concealed = [SLACK - closed_form(x) for x in RATCHETS]
    assert min(concealed) > 0.0
    assert max(concealed) < 0.9


def test_the_bare_society_has_people_alike() -> None:
    arm = P17.arms()[f"bare_{RATCHETS[0]}"]
    society = Society(arm.scenario.replace(behaviour=dict(arm.behaviour)), rng=1)
    assert np.ptp(society.people["greed"]) == 0.0
    assert society.automation == 0.0


def test_two_evils_that_leave_each_other_alone_amplify_nothing() -> None:
    def shops(shortage: float) -> dict[str, float]:
        return {"shortage": shortage, "second_economy": 0.1}

    arms = {"calm": 0.2, "hit": 0.3, "calm_closed": 0.1, "hit_closed": 0.2}
    found = P18.statistics({arm: shops(shortage) for arm, shortage in arms.items()})
    assert found["amplified"] == pytest.approx(0.0)
    assert found["worse"] == pytest.approx(0.1)


def test_the_months_that_are_read_are_those_of_the_spell() -> None:
    months = P18.arms()["hit"].scenario.months
    assert SPELL["start_month"] == months - P18.window
    assert SPELL["start_month"] + SPELL["months"] == months
