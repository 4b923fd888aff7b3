"""Experiments: the same runs however they are carried out, honest intervals, true pairs."""

import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

import thermidor
from thermidor import ParameterError, Result, Scenario, compare, load_scenario, run
from thermidor.experiments import Interrupted, intervals, pool
from thermidor.experiments.process_pool import Lost
from thermidor.experiments.runs import measures
from thermidor.experiments.seeds import replicate_seeds
from thermidor.model.measures import Measure
from thermidor.model.verdict import CONTROLLED, REGIMES

MONTHS, PEOPLE = 18, {"workers": 100, "workplace_size": 10, "workers_per_delegate": 20}


def small(name: str = "workers-democracy", **changes: object) -> Scenario:
    return load_scenario(name).replace(population=PEOPLE, months=MONTHS, **changes)


@pytest.fixture(scope="module")
def five() -> Result:
    """Five runs in this process."""
    return run(small(), seed=3, replicates=5)


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


def interrupt_after(months: int) -> Callable[[int, int], None]:
    def progress(done: int, total: int) -> None:
        if done >= months:
            raise KeyboardInterrupt

    return progress


def test_what_was_done_before_ctrl_c_is_kept(five: Result) -> None:
    with pytest.raises(Interrupted) as stop:
        run(small(), seed=3, replicates=5, progress=interrupt_after(2 * MONTHS + 1))
    kept = stop.value.result
    assert kept.seeds == five.seeds[:2]
    pd.testing.assert_frame_equal(kept.history, five.history[five.history["replicate"] < 2])


def test_ctrl_c_before_the_first_run_is_complete_keeps_nothing() -> None:
    with pytest.raises(Interrupted) as stop:
        run(small(), replicates=5, progress=interrupt_after(1))
    assert stop.value.result is None


def test_only_whole_pairs_are_kept_after_ctrl_c() -> None:
    with pytest.raises(Interrupted) as stop:
        compare(
            small(), small("nomenklatura"), replicates=4, progress=interrupt_after(3 * MONTHS + 1)
        )
    kept = stop.value.result
    assert kept.a.seeds == kept.b.seeds == tuple(replicate_seeds(1, 1))


def test_a_process_killed_from_outside_is_told_in_one_sentence(
    tmp_path: Path,
) -> None:
    script = tmp_path / "killed.py"
    script.write_text(
        "import multiprocessing, os, signal, threading, time\n"
        "from thermidor import ExperimentError, load_scenario, run\n"
        "def kill():\n"
        "    while not (children := multiprocessing.active_children()):\n"
        "        time.sleep(0.05)\n"
        "    os.kill(children[0].pid, signal.SIGKILL)\n"
        "if __name__ == '__main__':\n"
        "    threading.Thread(target=kill).start()\n"
        "    try:\n"
        "        run(load_scenario('nomenklatura'), replicates=500, processes=2)\n"
        "    except ExperimentError as error:\n"
        "        print('TOLD', error)\n"
    )
    done = subprocess.run([sys.executable, script], capture_output=True, text=True, timeout=300)
    assert "TOLD a process that was simulating has ended" in done.stdout


def ending_after(count: int) -> Callable[..., Iterator[pool.Outcome]]:
    """Stand in for `outcomes` whose processes end from outside after so many runs."""

    def ending(jobs: list[pool.Job], *_: object) -> Iterator[pool.Outcome]:
        yield from pool.outcomes(jobs[:count])
        raise thermidor.ExperimentError("a process that was simulating has ended")

    return ending


def test_what_was_done_before_a_process_was_killed_is_kept(
    five: Result, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("thermidor.experiments.runs.outcomes", ending_after(2))
    with pytest.raises(thermidor.ExperimentError, match="has ended") as stop:
        run(small(), seed=3, replicates=5)
    kept = stop.value.result
    assert kept.seeds == five.seeds[:2]
    pd.testing.assert_frame_equal(kept.history, five.history[five.history["replicate"] < 2])
    monkeypatch.setattr("thermidor.experiments.runs.outcomes", ending_after(0))
    with pytest.raises(thermidor.ExperimentError) as stop:
        run(small(), replicates=5)
    assert stop.value.result is None


def test_only_whole_pairs_are_kept_when_a_process_was_killed(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("thermidor.experiments.comparison.outcomes", ending_after(3))
    with pytest.raises(thermidor.ExperimentError) as stop:
        compare(small(), small("nomenklatura"), replicates=4)
    kept = stop.value.result
    assert kept.a.seeds == kept.b.seeds == tuple(replicate_seeds(1, 1))


class Prompt:
    """Stands in for the processes: does a task at once; after so many, one of them is killed."""

    broken_after = 100

    def __init__(self, *_: object) -> None:
        self.left = self.broken_after

    def submit(self, work: Callable[..., Any], *given: Any) -> Future[Any]:
        future: Future[Any] = Future()
        self.left -= 1
        if self.left < 0:
            future.set_exception(Lost())
            return future
        try:
            future.set_result(work(*given))
        except ArithmeticError as error:
            future.set_exception(error)
        return future

    def end(self) -> None: ...


def keep(chunks: Iterator[list[float]], made: list[float]) -> None:
    for chunk in chunks:
        made += chunk


def test_what_is_done_is_handed_on_before_a_fault_is_raised(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(pool, "ProcessPool", Prompt)
    monkeypatch.setattr(pool, "is_compiled", lambda: True)
    made: list[float] = []
    with pytest.raises(ZeroDivisionError):
        keep(pool.in_processes(lambda n: 1 / n, iter([1, 0, 2, 4]), 2, lambda n: 60.0), made)
    assert sorted(made) == [0.25, 0.5, 1.0]


def test_what_is_done_is_handed_on_when_a_process_was_killed(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(pool, "ProcessPool", Prompt)
    monkeypatch.setattr(pool, "is_compiled", lambda: True)
    monkeypatch.setattr(Prompt, "broken_after", 3)
    made: list[float] = []
    with pytest.raises(thermidor.ExperimentError, match="has ended"):
        keep(pool.in_processes(abs, iter([-1, -2, -3, -4]), 2, lambda n: 60.0), made)
    assert sorted(made) == [1, 2, 3]


def test_what_was_done_before_a_process_was_killed_is_told_and_written(tmp_path: Path) -> None:
    code = (
        "import multiprocessing, os, signal\n"
        "from thermidor.cli import main\n"
        "from thermidor.experiments import runs\n"
        "made = runs.outcomes\n"
        "def outcomes(*given):\n"
        "    for number, outcome in enumerate(made(*given)):\n"
        "        yield outcome\n"
        "        if number == 0:\n"
        "            os.kill(multiprocessing.active_children()[0].pid, signal.SIGKILL)\n"
        "runs.outcomes = outcomes\n"
        "main()\n"
    )
    words = ["run", "nomenklatura", "--replicates", "5000", "--processes", "2"]
    done = subprocess.run(
        [sys.executable, "-c", code, *words, "--out", str(tmp_path)],
        capture_output=True,
        text=True,
        timeout=300,
    )
    assert done.returncode == 2
    assert done.stderr.splitlines()[-1].startswith("Error: a process that was simulating has ended")
    assert "Traceback" not in done.stderr
    assert "Nomenklatura: 240 months" in done.stdout
    written = pd.read_csv(tmp_path / "runs.csv", comment="#")
    assert 0 < len(written) < 5000
    assert f"after {len(written)} of 5000 runs" in done.stderr


@pytest.mark.parametrize("processes", [1, 2])
def test_ctrl_c_in_a_terminal_ends_all_processes_quietly(processes: int) -> None:
    """The signal goes to the whole group, as from a terminal.

    A shell that runs the tests in its background has told them to ignore it; a terminal has not.
    """
    code = (
        "import signal\n"
        "signal.signal(signal.SIGINT, signal.default_int_handler)\n"
        "from thermidor.cli import main\n"
        "from thermidor.experiments import runs\n"
        "made = runs.outcomes\n"
        "def outcomes(*given):\n"
        "    for outcome in made(*given):\n"
        "        yield outcome\n"
        "        print('STARTED', flush=True)\n"
        "runs.outcomes = outcomes\n"
        "main()\n"
    )
    options = ["run", "nomenklatura", "--replicates", "5000", "--processes", str(processes)]
    started = subprocess.Popen(
        [sys.executable, "-c", code, *options],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    assert started.stdout
    assert started.stdout.readline() == "STARTED\n"
    os.killpg(started.pid, signal.SIGINT)
    output, faults = started.communicate(timeout=120)
    assert started.returncode == 130
    assert "Traceback" not in output + faults
    assert "Interrupted after" in faults
    assert "Nomenklatura: 240 months" in output


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


# --- comparing ------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def rivals() -> thermidor.Comparison:
    return compare(small(), small("nomenklatura"), replicates=4)


def test_pairs_have_the_same_seeds(rivals: thermidor.Comparison) -> None:
    assert rivals.a.seeds == rivals.b.seeds == tuple(replicate_seeds(1, 4))


def test_each_side_of_a_comparison_is_what_run_gives(rivals: thermidor.Comparison) -> None:
    alone = run(small("nomenklatura"), replicates=4)
    pd.testing.assert_frame_equal(rivals.b.history, alone.history)
    assert rivals.b.verdicts == alone.verdicts


def test_differences_are_those_of_pairs(rivals: thermidor.Comparison) -> None:
    gaps = rivals.b.last_means() - rivals.a.last_means()
    table = rivals.differences
    assert table["difference"].to_numpy() == pytest.approx(gaps.mean().to_numpy())
    assert table["difference"].to_numpy() == pytest.approx((table["b"] - table["a"]).to_numpy())
    assert (table[["higher", "lower", "equal"]].sum(axis=1) == 4).all()
    assert table.loc["needs_met", "higher"] == (gaps["needs_met"] > 0).sum()


def test_pairing_narrows_the_interval_where_only_a_small_thing_differs() -> None:
    """Common random numbers: the same chance events are in both."""
    pairs = compare(small(), small().set("rules.sanction", 7), replicates=6).differences
    alone = run(small(), replicates=6).summary()
    width = (pairs["high"] - pairs["low"]) / (alone["high"] - alone["low"])
    assert width["needs_met"] < 0.7
    assert width["effort"] < 0.7


def test_the_same_scenario_twice_does_not_differ_in_anything() -> None:
    twice = compare(small(), small(), replicates=2, processes=2)
    assert (twice.differences["equal"] == 2).all()
    assert twice.differing == {}
    assert twice.chance == 1.0
    assert "do not differ" in twice.sentence()


def test_the_sentence_counts_pairs_as_the_verdicts_do(rivals: thermidor.Comparison) -> None:
    held = [[v.regime in CONTROLLED for v in side.verdicts] for side in (rivals.a, rivals.b)]
    only_a = sum(a and not b for a, b in zip(*held, strict=True))
    only_b = sum(b and not a for a, b in zip(*held, strict=True))
    assert rivals.control["only_a"] == only_a
    assert rivals.sentence().endswith(
        f"Under Workers' democracy, control from below held in {sum(held[0])} of 4 paired runs, "
        f"under Nomenklatura in {sum(held[1])} of 4; Workers' democracy did better in {only_a} "
        f"{'pair' if only_a == 1 else 'pairs'}, Nomenklatura in {only_b}, "
        f"no difference in {4 - only_a - only_b}."
    )


def test_a_single_difference_is_named_in_both_languages() -> None:
    pair = compare(small(), small().set("rules.recall_threshold", "none"), replicates=1)
    assert pair.differing == {"rules.recall_threshold": (0.3, None)}
    assert pair.sentence("en").startswith(
        "A and B differ in one thing only, “Signatures for a recall”: 30% against no recall."
    )
    assert "«Подписей для отзыва»" in pair.sentence("ru")


def test_rules_changed_on_the_way_are_changed_in_their_own_society_and_told() -> None:
    on_the_way = ((6, (("openness", 0.1), ("wage_cap", None))),)
    settled = small().replace(rules={"amendable": False})  # else those in power may change them too
    pair = compare(settled, settled, replicates=2, changes=((), on_the_way))
    assert pair.sentence().startswith("A and B open alike; on the way")
    first, second = pair.a.history, pair.b.history
    late = first["month"] > 6
    assert first[~late].equals(second[~late])
    assert (second.loc[late, "rule_openness"] == 0.1).all()
    assert (first.loc[late, "rule_openness"] != 0.1).all()


def test_many_differences_are_counted(rivals: thermidor.Comparison) -> None:
    assert f"differ in {len(rivals.differing)} settings, among them" in rivals.sentence()


def test_runs_of_different_length_are_not_compared_unless_a_length_is_given() -> None:
    with pytest.raises(ParameterError, match="18 and 6 months"):
        compare(small(), small().set("months", 6), replicates=1)
    pair = compare(small(), small().set("months", 6), replicates=1, months=3)
    assert pair.a.history["month"].max() == pair.b.history["month"].max() == 3


def test_the_chance_of_a_split_is_that_of_a_fair_coin() -> None:
    assert intervals.chance_of_split(5, 0) == pytest.approx(2 / 32)
    assert intervals.chance_of_split(3, 3) == 1.0


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


def test_a_cold_cache_is_noticed(tmp_path: Path) -> None:
    code = "from thermidor.experiments.pool import is_compiled; print(is_compiled())"
    cold = {**os.environ, "NUMBA_CACHE_DIR": str(tmp_path)}
    off = {**os.environ, "NUMBA_DISABLE_JIT": "1", "NUMBA_CACHE_DIR": str(tmp_path)}
    for environment, answer in ((cold, "False"), (off, "True")):
        done = subprocess.run(
            [sys.executable, "-c", code],
            env=environment,
            capture_output=True,
            text=True,
            check=True,
        )
        assert done.stdout.strip() == answer


@pytest.mark.skipif(not hasattr(pool.measure, "_cache"), reason="nothing is compiled")
def test_the_model_is_compiled_where_its_sources_are_those_of_the_cache_however_old(
    five: Result, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = pool.measure._cache._cache_file
    index = tmp_path / "measure.nbi"
    index.write_bytes(Path(file._index_path).read_bytes())
    os.utime(index, (0, 0))  # as if every source had been touched since
    monkeypatch.setattr(file, "_index_path", str(index))
    assert pool.is_compiled()
    with monkeypatch.context() as other:
        other.setattr(file, "_source_stamp", "other sources")
        assert not pool.is_compiled()
    for damaged in (b"", b"no index", index.read_bytes()[:-20]):
        index.write_bytes(damaged)
        assert not pool.is_compiled()
    index.unlink()
    assert not pool.is_compiled()


def test_chunks_are_long_enough_to_be_worth_handing_out() -> None:
    jobs = iter([pool.Job(i, Scenario(months=12), i) for i in range(100)])
    assert len(pool._next_chunk(jobs, pool._seconds)) > 10
    large = Scenario().replace(population={"workers": 100_000})
    two = iter([pool.Job(0, large, 0), pool.Job(1, large, 1)])
    assert len(pool._next_chunk(two, pool._seconds)) == 1


PARTNERS = '''
import sys
import time
from pathlib import Path

from thermidor.experiments import pool


def meet(task):
    """Say that a task has begun, and wait until its partner has."""
    name, partner = task
    Path(name).touch()
    for _ in range(600):
        if Path(partner).exists():
            return True
        time.sleep(0.1)
    return False


if __name__ == "__main__":
    pool.is_compiled = lambda: False
    tasks = iter([("a", "b"), ("b", "a")])
    print(sum(pool.in_processes(meet, tasks, 2, lambda task: 60.0), []))
'''


@pytest.mark.slow
def test_before_the_model_is_compiled_no_long_task_keeps_the_others_waiting(
    tmp_path: Path,
) -> None:
    script = tmp_path / "partners.py"
    script.write_text(PARTNERS)
    done = subprocess.run(
        [sys.executable, str(script)], cwd=tmp_path, capture_output=True, text=True, check=True
    )
    assert done.stdout.split("\n")[0] == "[True, True]"
