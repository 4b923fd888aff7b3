"""Changes of names and order that must not change anything but names and order."""

from __future__ import annotations

import copy

import numpy as np
import pytest
from invariants import MEASURES, live, measures, small

from thermidor.agents.offices import OfficeCode
from thermidor.agents.people import PersonCode
from thermidor.model.planner import optimal_plan, plan_score, proportional_plan
from thermidor.model.schedule import SCHEDULE
from thermidor.model.society import Society
from thermidor.model.table_files import load_table
from thermidor.model.table_generator import generate_table

PER_PERSON = ("information", "participation")  # streams with a draw a person
PEOPLE_OF_OFFICES = (OfficeCode.HOLDER, OfficeCode.RUNNER_UP, OfficeCode.LAST_HOLDER)
TIES = (PersonCode.STRANGER, PersonCode.SECOND_STRANGER)
# Vacancies ask people by their row, so they are left out; all else must not care who stands where.
WITHOUT_VACANCIES = tuple(process for process in SCHEDULE if process.__name__ != "vacancies")


def _shuffle_within_workplaces(society: Society, seed: int) -> np.ndarray:
    """Return who stands at each row after changing places within workplace and district."""
    rng = np.random.default_rng(seed)
    order = np.arange(len(society.people))
    cell = society.people["workplace"] * 10_000 + society.people["district"]
    for group in np.unique(cell):
        rows = np.flatnonzero(cell == group)
        order[rows] = rng.permutation(rows)
    return order


def _renumber(codes: np.ndarray, row_of: np.ndarray) -> np.ndarray:
    """Point codes (rows of people, -1 none) to the new rows."""
    return np.where(codes >= 0, row_of[codes], -1)


def _permuted(society: Society, order: np.ndarray) -> Society:
    """The same society with its people in another order."""
    twin = copy.deepcopy(society)
    row_of = np.argsort(order)
    twin.people.values[:] = society.people.values[:, order]
    twin.people.codes[:] = society.people.codes[:, order]
    for tie in TIES:
        twin.people.codes[tie] = _renumber(twin.people.codes[tie], row_of)
    for code in PEOPLE_OF_OFFICES:
        twin.offices.codes[code] = _renumber(twin.offices.codes[code], row_of)
    twin.past_holder[:] = _renumber(society.past_holder, row_of)
    for name in PER_PERSON:  # people take their draws along
        drawn = twin.drawn(name)
        drawn[:] = drawn[order]
    return twin


@pytest.mark.parametrize("process", WITHOUT_VACANCIES, ids=lambda process: process.__name__)
@pytest.mark.parametrize("name", ["workers-democracy", "soviet-1918"])
def test_no_process_cares_who_stands_where_in_a_workplace(process, name: str) -> None:
    society = live(small(name), 25, rng=9)
    order = _shuffle_within_workplaces(society, 1)
    assert (order != np.arange(len(order))).any()
    twin = _permuted(society, order)
    process(society)
    process(twin)
    _same_but_for_order(society, twin, order)


@pytest.mark.parametrize("name", ["workers-democracy", "soviet-1918", "nomenklatura"])
def test_a_whole_month_cares_as_little(name: str) -> None:
    society = live(small(name), 25, rng=9)
    order = _shuffle_within_workplaces(society, 2)
    twin = _permuted(society, order)
    for process in WITHOUT_VACANCIES:
        process(society)
        process(twin)
    _same_but_for_order(society, twin, order)
    np.testing.assert_allclose(twin.next_row(), society.next_row(), rtol=1e-9, atol=1e-12)


def _same_but_for_order(society: Society, twin: Society, order: np.ndarray) -> None:
    close = {"rtol": 1e-9, "atol": 1e-12}  # sums are taken in another order
    np.testing.assert_allclose(twin.people.values, society.people.values[:, order], **close)
    np.testing.assert_allclose(twin.offices.values, society.offices.values, **close)
    np.testing.assert_allclose(twin.sectors.values, society.sectors.values, **close)
    np.testing.assert_allclose(twin.workplaces.values, society.workplaces.values, **close)
    holder = _renumber(society.offices.codes[OfficeCode.HOLDER], np.argsort(order))
    np.testing.assert_array_equal(twin.offices.codes[OfficeCode.HOLDER], holder)


@pytest.mark.parametrize("table", ["germany-1995", "generated:20:1", "generated:60:2"])
@pytest.mark.parametrize("tightness", [0.7, 0.95, 1.2])
def test_relabelling_sectors_relabels_the_plan(table: str, tightness: float) -> None:
    economy = load_table(table).scaled(1000)
    rng = np.random.default_rng(3)
    order = rng.permutation(economy.size)
    demand = economy.final_demand * rng.uniform(0.8, 1.2, economy.size)
    capacity = economy.output * rng.uniform(tightness - 0.2, tightness + 0.2, economy.size)
    targets, met = _plan(economy.leontief, demand, capacity)
    shuffled = np.ascontiguousarray(economy.leontief[np.ix_(order, order)])
    other_targets, other_met = _plan(shuffled, demand[order], capacity[order])
    # an iteration that stops when nothing moves may stop a pass apart
    np.testing.assert_allclose(other_targets, targets[order], rtol=1e-3)
    np.testing.assert_allclose(other_met, met[order], rtol=1e-3, atol=1e-6)


def _plan(leontief: np.ndarray, demand: np.ndarray, capacity: np.ndarray) -> tuple:
    targets, met = np.empty_like(demand), np.empty_like(demand)
    proportional_plan(leontief, demand, capacity, targets, met)
    return targets, met


def test_relabelling_sectors_leaves_the_best_score_alone() -> None:
    economy = generate_table(25, seed=4)
    rng = np.random.default_rng(3)
    order = rng.permutation(economy.size)
    demand, capacity = economy.final_demand, economy.output * rng.uniform(0.6, 1.1, economy.size)
    _, met = optimal_plan(economy.coefficients, demand, capacity)
    shuffled = np.ascontiguousarray(economy.coefficients[np.ix_(order, order)])
    _, other = optimal_plan(shuffled, demand[order], capacity[order])
    assert plan_score(demand[order], other) == pytest.approx(plan_score(demand, met), abs=1e-7)


SHARES_KEPT = {
    "workplace_size": 20,
    "workers_per_head": 100,
    "workers_per_delegate": 50,
    "workers_per_planner": 200,
}
COUNTS = ("capture_amount", "audits", "recalls_attempted", "recalls_balloted", "recalls_removed")
SCALE_FREE = [m for m in MEASURES if m not in (*COUNTS, "recalls_of_honest")]


@pytest.mark.parametrize("name", ["workers-democracy", "nomenklatura"])
def test_twice_as_many_people_in_the_same_proportions_live_alike(name: str) -> None:
    seeds = range(1, 13)
    means = {}
    for workers in (1000, 2000):
        scenario = small(name, workers, population=SHARES_KEPT, behaviour={"scale_cost": 0.0})
        runs = [measures(live(scenario, 120, rng=seed))[60:].mean() for seed in seeds]
        means[workers] = np.array([run[SCALE_FREE].to_numpy() for run in runs])
    gap = means[2000].mean(axis=0) - means[1000].mean(axis=0)
    error = np.sqrt(sum(m.var(axis=0, ddof=1) / len(seeds) for m in means.values()))
    far = np.abs(gap) > 4.0 * error + 0.01
    assert not far.any(), [
        (measure, gap[k], error[k]) for k, measure in enumerate(SCALE_FREE) if far[k]
    ]


FIXED = {"amendable": False}  # one amendment more in one of them would double nothing


def test_counts_double_with_the_people() -> None:
    audits = [
        measures(live(small(workers=n, population=SHARES_KEPT, rules=FIXED), 120))["audits"].mean()
        for n in (1000, 2000)
    ]
    assert audits[1] / audits[0] == pytest.approx(2.0, rel=0.15)
