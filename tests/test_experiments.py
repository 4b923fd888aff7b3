"""Experiments: the same runs however they are carried out, honest intervals."""

import subprocess
import sys

import numpy as np
import pandas as pd
import pytest
from runs import MONTHS, small

import thermidor
from thermidor import ParameterError, Result, run
from thermidor.experiments import intervals
from thermidor.experiments.runs import measures
from thermidor.experiments.seeds import replicate_seeds
from thermidor.model.measures import Measure
from thermidor.model.verdict import REGIMES

# --- seeds ----------------------------------------------------------------------------------------


def test_the_first_run_has_the_seed_that_was_given(five: Result) -> None:
    assert five.seeds[0] == 3


def test_no_two_runs_share_a_seed() -> None:
    assert len(set(replicate_seeds(1, 5000))) == 5000


def test_more_replicates_leave_the_earlier_ones_as_they_were(five: Result) -> None:
    three = run(small(), seed=3, replicates=3)
    assert three.seeds == five.seeds[:3]
    pd.testing.assert_frame_equal(three.history, five.history[five.history["replicate"] < 3])


def test_any_run_can_be_made_again_alone_from_its_seed(five: Result) -> None:
    again = run(small(), seed=five.seeds[4])
    alone = five.history[five.history["replicate"] == 4]
    assert again.history.drop(columns="replicate").to_numpy().tobytes() == (
        alone.drop(columns="replicate").to_numpy().tobytes()
    )


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ({"seed": -1}, "the seed must be zero or more"),
        ({"seed": 2**63}, "below 2"),
        ({"replicates": 0}, "at least one replicate"),
        ({"processes": 0}, "at least one process"),
        ({"months": 0}, "months"),
    ],
)
def test_an_impossible_experiment_is_refused(arguments: dict[str, int], words: str) -> None:
    with pytest.raises(ParameterError, match=words):
        run(small(), **arguments)


def test_a_misspelt_scenario_is_told_the_nearest_name() -> None:
    with pytest.raises(ParameterError, match="did you mean nomenklatura"):
        run("nomenklatur")


# --- one process or several -----------------------------------------------------------------------


@pytest.mark.parametrize("processes", [2, 4])
def test_the_number_of_processes_changes_nothing(five: Result, processes: int) -> None:
    other = run(small(), seed=3, replicates=5, processes=processes)
    assert other.seeds == five.seeds
    assert other.verdicts == five.verdicts
    assert other.history.columns.equals(five.history.columns)
    assert other.history.to_numpy().tobytes() == five.history.to_numpy().tobytes()


def test_a_fault_in_a_scenario_is_told_from_another_process_too() -> None:
    scenario = small(economy={"table": "no-such-table"})
    with pytest.raises(thermidor.TableError, match="no-such-table"):
        run(scenario, replicates=2, processes=2)


def test_a_run_equals_stepping_the_society_by_hand(five: Result) -> None:
    society = thermidor.Society(small(), rng=3)
    society.run_for(MONTHS)
    mine = five.history[five.history["replicate"] == 0].drop(columns=["replicate", "seed"])
    np.testing.assert_array_equal(mine.to_numpy(), society.history().to_numpy())


@pytest.mark.parametrize("processes", [1, 2])
def test_progress_counts_every_month_once(processes: int) -> None:
    told: list[tuple[int, int]] = []
    run(small(), replicates=3, processes=processes, progress=lambda *months: told.append(months))
    assert [all_ for _, all_ in told] == [3 * MONTHS] * len(told)
    assert [done for done, _ in told] == sorted({done for done, _ in told})
    assert told[-1][0] == 3 * MONTHS


# --- what a result says ---------------------------------------------------------------------------


def test_the_history_has_one_row_a_run_and_month(five: Result) -> None:
    keys = five.history[["replicate", "month"]].to_numpy().tolist()
    assert keys == [[r, m] for r in range(5) for m in range(1, MONTHS + 1)]
    assert five.history["seed"].drop_duplicates().tolist() == list(five.seeds)
    assert len(measures(five.history)) == len(Measure)


def test_probabilities_of_all_regimes_sum_to_one_and_lie_in_their_intervals(five: Result) -> None:
    found = five.probabilities()
    assert list(found.index) == list(REGIMES)
    assert found["runs"].sum() == 5
    assert found["share"].sum() == pytest.approx(1.0)
    assert (found["low"] <= found["share"]).all()
    assert (found["share"] <= found["high"]).all()
    assert found["low"].min() >= 0
    assert found["high"].max() <= 1


def test_the_summary_is_the_mean_of_last_years_with_an_interval_over_runs(five: Result) -> None:
    last = five.history[five.history["month"] > MONTHS - 12]
    by_run = last.groupby("replicate")["trust"].mean()
    row = five.summary().loc["trust"]
    half = 2.7764451 * by_run.std() / np.sqrt(5)  # t quantile with four degrees of freedom
    assert row["mean"] == pytest.approx(by_run.mean())
    assert row["high"] - row["mean"] == pytest.approx(half)
    assert row["mean"] - row["low"] == pytest.approx(half)


def test_a_single_run_has_a_mean_but_no_interval(five: Result) -> None:
    row = run(small()).summary().loc["trust"]
    assert np.isfinite(row["mean"])
    assert np.isnan(row["low"])
    assert np.isnan(row["high"])


def test_a_summary_of_no_months_is_refused_and_of_too_many_takes_all(five: Result) -> None:
    with pytest.raises(ParameterError, match="at least one month"):
        five.summary(last=0)
    mean = five.summary(last=10_000).loc["trust", "mean"]
    assert mean == pytest.approx(five.history["trust"].mean())


def test_wilson_intervals_equal_published_values() -> None:
    """Newcombe 1998, table I: 81/263, 15/148, 0/20, 1/29."""
    published = {(81, 263): (0.2553, 0.3662), (15, 148): (0.0624, 0.1605)}
    published |= {(0, 20): (0.0, 0.1611), (1, 29): (0.0061, 0.1718)}
    for (count, total), interval in published.items():
        assert intervals.share_interval(count, total) == pytest.approx(interval, abs=1e-4)


def test_intervals_of_means_cover_the_truth_nineteen_times_in_twenty() -> None:
    draws = np.random.default_rng(1).normal(5.0, 2.0, size=(8, 4000))
    _, low, high = intervals.mean_intervals(draws)
    assert ((low < 5.0) & (high > 5.0)).mean() == pytest.approx(0.95, abs=0.015)


# --- the public face ------------------------------------------------------------------------------


def test_importing_the_package_imports_nothing_heavy() -> None:
    code = (
        "import sys, thermidor; heavy = {'numpy', 'numba', 'pandas', 'mesa', 'pydantic'}; "
        "assert not heavy & set(sys.modules); thermidor.load_scenario('nomenklatura'); "
        "assert not {'numba', 'pandas', 'mesa'} & set(sys.modules)"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


def test_every_public_name_is_there_and_an_unknown_one_is_not() -> None:
    for name in thermidor.__all__:
        assert getattr(thermidor, name) is not None, name
    assert set(thermidor.__all__) == set(dir(thermidor))
    assert thermidor.scenarios.names()[0] == "workers-democracy"
    with pytest.raises(AttributeError, match="glasnost"):
        _ = thermidor.glasnost


def test_submodules_may_be_imported_before_the_names_they_hold() -> None:
    code = (
        "import thermidor.experiments.comparison, thermidor.model.verdict; "
        "from thermidor import compare, run, verdict; "
        "from thermidor.experiments import compare as same; "
        "assert callable(compare) and same is compare and callable(verdict) and callable(run)"
    )
    subprocess.run([sys.executable, "-c", code], check=True)
