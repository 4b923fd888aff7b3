"""Limiting cases whose outcome is known without running the model."""

from pathlib import Path

import numpy as np
import pytest
from invariants import live, live_checked, small, step_checked

from thermidor.model.declaration import ParameterError
from thermidor.model.parameters import Population
from thermidor.model.society import Society
from thermidor.scenarios import names

NOBODY_GREEDY = {"greed": 0.0, "greed_spread": 0.0}
NOTHING_TO_LEARN = {
    **NOBODY_GREEDY,
    "need_drift": 0.0,
    "local_drift": 0.0,
    "report_noise": 0.0,
    "skill_spread": 0.0,
    "parochialism": 0.0,
    "waste": 0.0,
    "errors": 0.0,
}
ONE_GOOD = """\
row,bread,household_consumption,gross_capital_formation
bread,40,50,10
output_at_basic_prices,100,,
employment_thousand,30,,
"""


@pytest.mark.parametrize("name", [n for n in names() if n != "market-benchmark"])
def test_where_nobody_is_greedy_nothing_is_captured_padded_hidden_or_bought(name: str) -> None:
    history = live_checked(small(name, behaviour=NOBODY_GREEDY), 120).history()
    assert not history["restored"].any()
    for measure in ("capture", "capture_amount", "distortion", "hidden_capacity", "co_optation"):
        assert (history[measure] == 0.0).all(), measure


def test_where_nobody_is_greedy_reports_still_carry_noise() -> None:
    society = Society(small("nomenklatura", behaviour=NOBODY_GREEDY), rng=1)
    society.run_for(6)
    known = society.sectors["known_capacity"]
    true = np.bincount(society.workplaces["sector"], society.workplaces["capacity"], len(known))
    error = known / true - 1.0
    assert np.abs(error).max() > 0.0
    assert np.abs(error).max() < 3 * society.behaviour.report_noise


WATCHED = {
    "rules": {
        "audit_rate": 1.0,
        "council_power": 1.0,
        "openness": 1.0,
        "sanction": 36.0,
        "recall_threshold": 0.0,
        "recall_reach": "both",
        "amendable": False,
    },
    "behaviour": {"audit_power": 1.0, "inspection": 1.0, "favour_share": 0.0, "fellowship": 0.0},
}
UNWATCHED = {
    "rules": {
        "audit_rate": 0.0,
        "council_power": 0.0,
        "openness": 0.0,
        "recall_threshold": None,
        "amendable": False,
    }
}


@pytest.mark.parametrize("name", ["workers-democracy", "audited-meritocracy"])
@pytest.mark.parametrize("workers", [200, 1000])
def test_where_misuse_is_surely_found_fined_and_removed_little_is_captured(
    name: str, workers: int
) -> None:
    """Not nothing: even sure removal leaves the rent (1 - d) R to the impatient (barro1973)."""
    watched = live_checked(small(name, workers, **WATCHED), 120).history()["capture"][60:].mean()
    unwatched = live(small(name, workers, **UNWATCHED), 120).history()["capture"][60:].mean()
    assert watched < 0.01
    assert watched < unwatched / 6.0


def test_without_dispersion_noise_drift_and_greed_the_plan_is_the_leontief_solution() -> None:
    society = Society(small(behaviour=NOTHING_TO_LEARN, economy={"slack": 0.5}), rng=1)
    for _ in range(36):
        step_checked(society)
        goods = society.sectors
        exact = society.leontief @ (goods["promised"] + goods["claim"])
        np.testing.assert_allclose(goods["target"], exact, rtol=1e-12)
        np.testing.assert_allclose(goods["output"], exact, rtol=1e-12)
    assert society.history()["needs_met"].iloc[-1] == pytest.approx(1.0)


def test_without_dispersion_the_exact_planner_finds_the_same_plan() -> None:
    easy = small(behaviour=NOTHING_TO_LEARN, economy={"slack": 0.5, "planner": "optimal"})
    society = Society(easy, rng=1)
    society.run_for(13)
    goods = society.sectors
    exact = society.leontief @ (goods["promised"] + goods["claim"])
    np.testing.assert_allclose(goods["target"], exact, rtol=1e-6)


def test_an_economy_of_one_good_works(tmp_path: Path) -> None:
    table = tmp_path / "bread.csv"
    table.write_text(ONE_GOOD, encoding="utf-8")
    society = live_checked(small(economy={"table": str(table)}), 60)
    assert len(society.sectors) == 1
    assert 0.5 < society.history()["needs_met"].iloc[-1] <= 1.0


@pytest.mark.parametrize(
    ("sizes", "nearest"),
    [
        ({"workers": 100, "workers_per_delegate": 150}, "100"),  # no delegate
        ({"workers": 25, "workplace_size": 25}, "50"),  # one director
        ({"workers": 9}, "10"),
    ],
)
def test_a_population_without_council_or_officials_is_refused(sizes: dict, nearest: str) -> None:
    with pytest.raises(ParameterError) as told:
        Population(**sizes)
    assert f"nearest valid value is {nearest}" in str(told.value)
    assert "\n" not in str(told.value)


def test_more_sectors_than_people_can_staff_are_refused() -> None:
    crowded = small(workers=60, economy={"table": "generated:60:1"})
    with pytest.raises(ParameterError, match="too few for 60 sectors"):
        Society(crowded, rng=1)


@pytest.mark.parametrize(
    "sizes",
    [
        {"workers": 50, "workplace_size": 2, "workers_per_delegate": 2},
        {"workers": 50, "workplace_size": 2, "workers_per_head": 5, "workers_per_planner": 5},
        {"workers": 60, "workplace_size": 30, "workers_per_delegate": 60},
    ],
)
def test_odd_sizes_work_or_are_refused(sizes: dict) -> None:
    try:
        society = Society(small(population=sizes, workers=sizes["workers"]), rng=1)
    except ParameterError:
        return
    for _ in range(36):
        step_checked(society)
