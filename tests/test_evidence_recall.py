"""Patterns of recall: deeds, readings, and statistics on means made by hand."""

import numpy as np
import pytest
from invariants import petitions_begun

from thermidor.agents.offices import DIRECTOR, HEAD, PLANNER
from thermidor.experiments.evidence.laboratory import behaving, live, tasks
from thermidor.experiments.evidence.pattern import Arm, Means
from thermidor.experiments.evidence.patterns.recall import (
    P8,
    P9,
    P10,
    P13,
    change_hands,
    cost_of_signing,
    output_after,
    spread,
    turnout,
)
from thermidor.model.parameters import Behaviour
from thermidor.model.society import Society


def lived(arm: Arm, months: int, **behaviour: float) -> Society:
    """Return the arm's society after some months, its deeds left out."""
    whole = behaving(arm, Behaviour(**behaviour), {})
    society = Society(whole.scenario, rng=1)
    society.run_for(months)
    return society


def funnels(usual: tuple[float, ...], gains: tuple[float, ...]) -> Means:
    """Return readings of all arms of P8: attempts, ballots, removals, of the honest, a month."""
    names = ("recalls_attempted", "recalls_balloted", "recalls_removed", "recalls_of_honest")
    rows = {"usual": usual, "gains": gains}
    return {
        arm: {"offices": 12.0, **dict(zip(names, rows.get(arm, (0.0,) * 4), strict=True))}
        for arm in P8.arms()
    }


def test_the_funnel_is_read_off_attempts_of_both_real_designs() -> None:
    found = P8.statistics(funnels((2.0, 0.5, 0.25, 0.0), (6.0, 1.5, 0.75, 0.1)))
    assert found["attempts"] == pytest.approx(4.0)  # an office and year
    assert found["balloted"] == pytest.approx(0.25)
    assert found["removed"] == pytest.approx(0.5)
    assert found["honest"] == pytest.approx(0.1)


def test_hard_and_easy_designs_are_counted_a_mandate() -> None:
    readings = funnels((1.0, 1.0, 1.0, 0.0), (1.0, 1.0, 1.0, 0.0))
    readings["easy"]["recalls_balloted"] = 0.25  # type: ignore[index]
    readings["hard"]["recalls_removed"] = 0.05  # type: ignore[index]
    found = P8.statistics(readings)
    assert found["easy"] == pytest.approx(1.0)
    assert found["hard"] == pytest.approx(0.2)


def test_a_society_without_attempts_has_no_shares_to_judge() -> None:
    found = P8.statistics(funnels((0.0,) * 4, (0.0,) * 4))
    assert np.isnan([found["balloted"], found["removed"]]).all()


def test_arms_of_the_funnel_differ_in_the_law_of_recall_only() -> None:
    rules = [arm.scenario.rules for arm in P8.arms().values()]
    law = {"recall_threshold": None, "runner_up_succeeds": False, "recall_pause_months": 0}
    assert len({r.replace(**law).model_dump_json() for r in rules}) == 1


@pytest.mark.parametrize(("arm", "barred"), [("usual", True), ("gains", True), ("easy", False)])
def test_at_a_quarter_of_signatures_no_petition_begins_in_a_mandates_first_or_last_year(
    arm: str, barred: bool
) -> None:
    society = Society(behaving(P8.arms()[arm], Behaviour(initiative=1.0), {}).scenario, rng=1)
    served, left = petitions_begun(society, 30)
    early = (served < 12) | (left <= 12)
    assert len(early) > 0
    assert any(early) is not barred


def test_a_forced_change_replaces_the_top_and_a_quarter_of_directors() -> None:
    society = lived(P9.arms()["changed"], 24)
    posts = slice(society.offices.posts)
    before = society.offices["holder"].copy()
    tier = society.offices["tier"][posts]
    change_hands(society)
    society.run_for(1)
    left = (society.offices["holder"] != before)[posts]
    assert left[(tier == HEAD) | (tier == PLANNER)].all()
    directors = left[tier == DIRECTOR]
    assert 0.25 <= directors.mean() <= 0.4
    assert (society.offices["terms"][posts][left] <= 1.0).all()


def test_nobody_else_leaves_in_the_month_of_a_forced_change() -> None:
    calm, forced = (lived(P9.arms()["changed"], 24) for _ in range(2))
    change_hands(forced)
    marked = forced.offices["terms"] > 1e6
    for society in (calm, forced):
        society.run_for(1)
    others = ~marked
    assert (calm.offices["removed"][others] > 0).sum() == (
        forced.offices["removed"][others] > 0
    ).sum()


def test_the_spread_leaves_differences_between_sectors_and_sizes_out() -> None:
    sector = np.array([0, 0, 1, 1])
    assert spread(np.array([2.0, 4.0, 30.0, 30.0]), np.array([1.0, 2.0, 1.0, 1.0]), sector) == 0.0
    uneven = spread(np.array([1.0, 3.0, 10.0, 30.0]), np.ones(4), sector)
    assert uneven == pytest.approx(0.5)


def test_a_planted_loss_of_output_comes_out_in_sd_and_fades() -> None:
    calm = {"first": 1.0, "second": 1.0, "fourth": 1.0, "spread": 0.1}
    shaken = {"first": 0.99, "second": 0.995, "fourth": 0.998, "spread": 0.5}
    found = P9.statistics({"left_alone": calm, "changed": shaken})
    assert found["effect"] == pytest.approx(-0.1)
    assert found["lasts"] == pytest.approx(-0.05)
    assert found["left"] == pytest.approx(0.2)


def test_output_after_is_read_in_whole_years() -> None:
    society = lived(P9.arms()["left_alone"], 120)
    months = society.history()["output"].to_numpy()
    read = output_after(society)
    assert read["first"] == pytest.approx(months[72:84].mean())
    assert read["fourth"] == pytest.approx(months[108:120].mean())


def test_turnout_leaves_offices_without_an_election_out() -> None:
    society = lived(P10.arms()["often"], 3)
    society.offices["turnout"][:] = 0.0
    society.offices["turnout"][:2] = (0.2, 0.6)
    assert turnout(society)["turnout"] == pytest.approx(0.4)


def test_who_takes_part_loses_pay_only_where_names_are_visible() -> None:
    secret, visible = (
        cost_of_signing(lived(P13.arms()[name], 60, reprisal=0.5)) for name in ("secret", "visible")
    )
    assert secret["cost"] == pytest.approx(0.0, abs=1e-9)
    assert visible["cost"] < -0.02


def test_fewer_signatures_are_told_as_a_share() -> None:
    found = P13.statistics(
        {
            "secret": {"cost": 0.0, "signs": 0.4, "participation": 0.5},
            "visible": {"cost": -0.05, "signs": 0.3, "participation": 0.45},
        }
    )
    assert found["cost"] == pytest.approx(-0.05)
    assert found["signs"] == pytest.approx(-0.25)
    assert found["participation"] == pytest.approx(-0.1)


@pytest.mark.parametrize("pattern", [P8, P9, P10, P13], ids=lambda pattern: pattern.id)
def test_every_check_of_recall_has_its_statistic(pattern) -> None:  # type: ignore[no-untyped-def]
    found = live(next(tasks([pattern], 1, Behaviour()))).values
    readings = dict.fromkeys(pattern.arms(), found)
    assert {check.statistic for check in pattern.checks} <= set(pattern.statistics(readings))
