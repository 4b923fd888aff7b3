"""Analyses of sweeps on functions whose answers are known."""

import re
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from frames import grid, material
from SALib.sample import morris as morris_sample
from SALib.sample import sobol as sobol_sample

from thermidor.experiments.analysis.chance import chance_interval, split_variance
from thermidor.experiments.analysis.contrasts import factor_contrasts, point_contrasts
from thermidor.experiments.analysis.effects import level_means, variance_shares
from thermidor.experiments.analysis.event_times import event_curve, months_to
from thermidor.experiments.analysis.feature_scores import feature_scores
from thermidor.experiments.analysis.finding import Question, Unfit
from thermidor.experiments.analysis.material import Material, full_factorial
from thermidor.experiments.analysis.morris import elementary_effects
from thermidor.experiments.analysis.phase import cut, phase_table
from thermidor.experiments.analysis.prcc import partial_rank_correlations
from thermidor.experiments.analysis.sobol import pair_indices, sobol_indices
from thermidor.experiments.analysis.sufficiency import (
    mean_half_width,
    replicates_for_mean,
    replicates_for_share,
    share_half_width,
)
from thermidor.experiments.analysis.tell_sensitivity import pairs
from thermidor.model.declaration import ParameterError

ISHIGAMI = {"num_vars": 3, "names": ["x1", "x2", "x3"], "bounds": [[-np.pi, np.pi]] * 3}
LINEAR = {"num_vars": 3, "names": ["x1", "x2", "x3"], "bounds": [[0.0, 1.0]] * 3}
LEVELS = {
    "rules.openness": [0.1, 0.5, 0.9],
    "rules.wage_cap": [1.0, None],
    "behaviour.greed": [0.2, 0.8],
}


def ishigami(point: pd.Series, *_: object) -> float:
    x1, x2, x3 = point
    return float(np.sin(x1) + 7 * np.sin(x2) ** 2 + 0.1 * x3**4 * np.sin(x1))


def indices_within(table: pd.DataFrame, column: str, known: dict[str, float]) -> None:
    by_factor = table.set_index("factor")
    for factor, value in known.items():
        low, high = by_factor.loc[factor, [f"{column}_low", f"{column}_high"]]
        assert low <= value <= high, (factor, column)
        assert high - low < 0.35, "an interval so wide says nothing"


@pytest.fixture(scope="module")
def saltelli() -> Material:
    points = pd.DataFrame(sobol_sample.sample(ISHIGAMI, 256, seed=7), columns=ISHIGAMI["names"])
    return material(points, ishigami, "saltelli", problem=ISHIGAMI)


def test_sobol_indices_of_ishigamis_function_lie_within_their_intervals(saltelli: Material) -> None:
    table = sobol_indices(saltelli, "capture")
    indices_within(table, "first", {"x1": 0.3139, "x2": 0.4424, "x3": 0.0})
    indices_within(table, "total", {"x1": 0.5576, "x2": 0.4424, "x3": 0.2437})
    assert list(table["factor"]) == ["x1", "x2", "x3"]


def test_the_pair_that_interacts_in_ishigamis_function_is_found(saltelli: Material) -> None:
    found = pair_indices(saltelli, "capture")
    assert found["source"][0] == "x1 × x3"
    assert found["low"][0] <= 0.2437 <= found["high"][0]
    assert (found["low"][1:] < 0.0).all(), "the other pairs do nothing"


def test_the_pair_that_interacts_is_told_unless_the_sample_was_not_made_for_pairs(
    saltelli: Material,
) -> None:
    told = pairs(saltelli, Question("capture")).sentences[0]
    assert re.search(r"“x1 × x3” carries \d+% \(\d+% … \d+%\) of the variance", told)
    with pytest.raises(Unfit, match="second_order"):
        pairs(replace(saltelli, second_order=False), Question("capture"))


def test_a_row_of_the_sample_with_a_missing_point_is_left_out(saltelli: Material) -> None:
    holed = saltelli.runs[saltelli.runs["point"] != 11]
    there = Material(holed, saltelli.factors, "saltelli", 60, problem=ISHIGAMI)
    table, whole = sobol_indices(there, "capture"), sobol_indices(saltelli, "capture")
    assert np.abs(table["total"] - whole["total"]).max() < 0.1
    indices_within(table, "total", {"x1": 0.5576, "x2": 0.4424, "x3": 0.2437})


def test_morris_finds_slopes_and_tells_a_straight_factor_from_a_bent_one() -> None:
    points = pd.DataFrame(morris_sample.sample(LINEAR, 40, seed=3), columns=LINEAR["names"])
    bent = material(points, lambda p, *_: 4 * p["x1"] - 2 * p["x2"] ** 2, "morris", problem=LINEAR)
    table = elementary_effects(bent, "capture").set_index("factor")
    assert table.loc["x1", "mu"] == pytest.approx(4.0)
    assert table.loc["x1", "sigma"] == pytest.approx(0.0, abs=1e-9)
    assert table.loc["x2", "mu"] == pytest.approx(-2.0, abs=0.3)
    assert table.loc["x2", "sigma_low"] > 0.3
    assert table.loc["x3", "mu_star"] == pytest.approx(0.0, abs=1e-9)


def additive(point: pd.Series, stream: np.random.Generator, luck: float) -> float:
    cap = 0.5 if point["rules.wage_cap"] is None else 0.0
    return 2 * point["rules.openness"] + cap + 0.1 * luck + 0.05 * float(stream.normal())


def test_an_additive_model_has_no_interactions() -> None:
    table = variance_shares(material(grid(LEVELS), additive, replicates=10), "capture")
    shares = table.set_index("source")["share"]
    assert shares.sum() == pytest.approx(1.0)
    # variances: openness 4 * 8/75, cap 1/16, luck of seeds about 0.01, of runs 0.0025
    assert shares["rules.openness"] == pytest.approx(0.427 / 0.502, abs=0.02)
    assert shares["rules.wage_cap"] == pytest.approx(0.0625 / 0.502, abs=0.02)
    assert (shares[shares.index.str.contains("×")].abs() < 0.002).all()
    assert abs(shares["higher"]) < 0.002


def test_a_factor_that_matters_only_beside_another_is_an_interaction() -> None:
    def crossed(point: pd.Series, stream: np.random.Generator, luck: float) -> float:
        sign = 1 if point["rules.wage_cap"] is None else -1
        return sign * (point["behaviour.greed"] - 0.5) + 0.01 * float(stream.normal())

    table = variance_shares(material(grid(LEVELS), crossed, replicates=5), "capture")
    assert table["source"][0] == "rules.wage_cap × behaviour.greed"
    assert table["share"][0] > 0.95
    assert table["low"][0] > 0.9


def test_pure_chance_is_all_chance_and_no_factor_is_blamed() -> None:
    lucky = material(grid(LEVELS), lambda p, stream, luck: stream.normal(), replicates=12)
    values = lucky.matrix("capture")
    assert split_variance(values).chance > 0.9
    assert chance_interval(values)[1] > 0.99
    effects = variance_shares(lucky, "capture").iloc[:-2]
    assert (effects["low"] < 0.0).all()


def test_luck_common_to_all_points_is_told_from_luck_of_the_point() -> None:
    def fate(point: pd.Series, stream: np.random.Generator, luck: float) -> float:
        return 3 * luck + 0.5 * float(stream.normal())

    variance = split_variance(material(grid(LEVELS), fate, replicates=40).matrix("capture"))
    assert variance.seeds == pytest.approx(9.0, rel=0.4)
    assert variance.mixed == pytest.approx(0.25, rel=0.2)
    assert variance.points == pytest.approx(0.0, abs=0.02)


def test_the_interval_for_chance_holds_the_truth_about_as_often_as_it_says() -> None:
    generator, truth, hits = np.random.default_rng(5), 2 / 3, 0
    for _ in range(200):
        points, seeds = generator.normal(size=(40, 1)), generator.normal(size=(1, 8))
        points *= 1 / points.std()
        values = points + seeds + generator.normal(size=(40, 8))
        low, high = chance_interval(values)
        hits += low <= truth <= high
    assert 0.85 <= hits / 200 <= 1.0


def test_with_one_replicate_chance_is_not_made_up() -> None:
    single = material(grid(LEVELS), additive, replicates=1)
    table = variance_shares(single, "capture")
    assert not table["source"].isin(["luck", "luck_by_point"]).any()
    assert table["low"].isna().all()
    assert np.isnan(split_variance(single.matrix("capture")).chance)


def test_means_by_level_hold_the_planted_difference() -> None:
    means = level_means(material(grid(LEVELS), additive, replicates=10), "capture")
    cap = means[means["factor"] == "rules.wage_cap"]
    assert list(cap["level"]) == [1.0, None]
    assert cap["mean"].iloc[1] - cap["mean"].iloc[0] == pytest.approx(0.5, abs=0.03)
    assert (cap["runs"] == 60).all()


def test_contrasts_cancel_the_luck_that_runs_share() -> None:
    table = factor_contrasts(material(grid(LEVELS), additive, replicates=10), "capture")
    cap = table[table["factor"] == "rules.wage_cap"].iloc[0]
    assert cap["low"] < 0.5 < cap["high"]
    assert cap["high"] - cap["low"] < 0.1, "without pairs common luck would make it 0.2"
    assert (cap["higher"], cap["lower"], cap["equal"]) == (10, 0, 0)
    assert cap["chance"] == pytest.approx(2 / 2**10)


def test_points_of_a_list_are_set_against_the_first() -> None:
    points = grid({"rules.openness": [0.1, 0.2, 0.3]})
    table = point_contrasts(
        material(points, lambda p, s, luck: p.iloc[0] + luck, "list", 6), "capture"
    )
    assert list(table["level"]) == [1, 2]
    assert table["difference"].to_list() == pytest.approx([0.1, 0.2])
    assert (table["higher"] == 6).all()


def test_partial_rank_correlation_has_the_sign_of_a_monotone_function() -> None:
    points = pd.DataFrame(np.random.default_rng(2).random((200, 3)), columns=LINEAR["names"])
    answer = material(
        points, lambda p, *_: np.exp(3 * p["x1"]) - 5 * p["x2"], "lhs", problem=LINEAR
    )
    table = partial_rank_correlations(answer, "capture").set_index("factor")
    assert table.loc["x1", "low"] > 0.8
    assert table.loc["x2", "high"] < -0.6
    assert table.loc["x3", "low"] < 0.0 < table.loc["x3", "high"]


def test_partial_rank_correlation_leaves_out_what_has_no_order() -> None:
    generator = np.random.default_rng(2)
    points = pd.DataFrame({"rules.openness": generator.random(60)})
    points["rules.recall_reach"] = generator.choice(["both", "officials", "delegates"], 60)
    table = partial_rank_correlations(material(points, lambda p, *_: p.iloc[0], "lhs"), "capture")
    assert list(table["factor"]) == ["rules.openness"]


def test_feature_scores_put_the_factor_that_matters_first_and_say_how_well_they_foretell() -> None:
    points = pd.DataFrame(np.random.default_rng(4).random((150, 3)), columns=LINEAR["names"])
    clear = feature_scores(material(points, lambda p, *_: (p["x2"] - 0.5) ** 2, "lhs"), "capture")
    assert clear.table["factor"][0] == "x2"
    assert clear.table["score"].sum() == pytest.approx(1.0)
    assert clear.foretold > 0.8
    noise = feature_scores(material(points, lambda p, s, luck: s.normal(), "lhs"), "capture")
    assert noise.foretold < 0.1


def test_kaplan_and_meiers_curve_is_that_of_a_worked_example() -> None:
    """Times 6, 6, 6, 6+, 7, 9+, 10, 10+ (the first of Freireich's leukaemia trial)."""
    times = np.array([6, 6, 6, 6, 7, 9, 10, 10.0])
    happened = np.array([1, 1, 1, 0, 1, 0, 1, 0], dtype=bool)
    curve = event_curve(times, happened)
    left = dict(zip(curve.months, 1 - curve.share, strict=True))
    assert left[6] == pytest.approx(5 / 8)
    assert left[7] == pytest.approx(5 / 8 * 3 / 4)
    assert left[10] == pytest.approx(5 / 8 * 3 / 4 * 1 / 2)
    # Greenwood's variance at 6: (5/8)^2 * 3 / (8 * 5), on the scale of log(-log)
    sigma = np.sqrt(3 / 40) / abs(np.log(5 / 8))
    low, high = (1 - (5 / 8) ** np.exp(s * 1.959964 * sigma) for s in (-1, 1))
    place = list(curve.months).index(6)
    assert (curve.low[place], curve.high[place]) == pytest.approx((low, high), abs=1e-6)
    assert (curve.runs, curve.events, curve.median) == (8, 5, 7.0)


def test_a_run_that_ends_otherwise_is_counted_to_its_end() -> None:
    some = material(grid(LEVELS), lambda p, *_: float(p["rules.openness"] < 0.3), replicates=2)
    times, happened = months_to(some, "bureaucratic_degeneration")
    assert set(times[happened]) == {12.0}
    assert set(times[~happened]) == {60.0}
    assert event_curve(times, happened).share[-1] == pytest.approx(1 / 3)


def test_nothing_that_ever_happens_gives_a_flat_curve_with_numbers() -> None:
    curve = event_curve(np.full(5, 60.0), np.zeros(5, dtype=bool))
    assert curve.share[-1] == 0.0
    assert (curve.low == 0.0).all()
    assert curve.high[-1] == pytest.approx(0.434, abs=0.001), "Wilson's bound for none in five"
    assert np.isnan(curve.median)


def test_replicates_needed_are_enough_and_one_less_is_not() -> None:
    for width in (0.5, 0.1):
        enough = replicates_for_mean(1.0, width)
        assert mean_half_width(1.0, enough) <= width < mean_half_width(1.0, enough - 1)
    enough = replicates_for_share(0.3, 0.1)
    assert share_half_width(0.3, enough) <= 0.1 < share_half_width(0.3, enough - 1)


def test_a_phase_diagram_of_a_grid_has_a_cell_a_pair_of_levels() -> None:
    some = material(grid(LEVELS), additive, replicates=4)
    table = phase_table(some, "capture", cut(some, "rules.openness"), cut(some, "rules.wage_cap"))
    assert len(table) == 6
    assert (table["runs"] == 8).all()
    top = table[(table["x"] == 2) & (table["y"] == 1)].iloc[0]
    assert top["low"] < 2 * 0.9 + 0.5 < top["high"]


def test_a_phase_diagram_over_a_factor_that_does_not_vary_names_the_nearest() -> None:
    some = material(grid(LEVELS), additive)
    with pytest.raises(ParameterError, match=r"did you mean rules\.openness\?"):
        cut(some, "rules.opennes")


def test_a_grid_with_a_hole_is_no_longer_full() -> None:
    some = material(grid(LEVELS), additive)
    holed = Material(some.runs[some.runs["point"] != 3], some.factors, "grid", 60)
    assert full_factorial(some)
    assert not full_factorial(holed)
