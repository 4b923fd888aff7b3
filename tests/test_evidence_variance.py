"""Where variance comes from and what predicts failure: tables with planted answers."""

import numpy as np
import pytest

from thermidor.experiments.evidence.failure import box, predictors
from thermidor.experiments.evidence.variance import components, shares, shares_with_errors

FACTORS = ("rules", "behaviour", "chance")


def table(rules: float, behaviour: float, both: float, chance: float, seed: int = 0) -> np.ndarray:
    """Return values (6 rules, 200 behaviours, 3 seeds) with planted standard deviations."""
    rng = np.random.default_rng(seed)
    levels = np.array([-1.0, 1.0, -1.0, 1.0, -1.0, 1.0])[:, None, None]
    mix = rng.normal(0.0, 1.0, (6, 200, 1))
    mix -= mix.mean(axis=0)
    return (
        rules * levels
        + behaviour * rng.normal(0.0, 1.0, (1, 200, 1))
        + both * mix * np.sqrt(6 / 5)
        + chance * rng.normal(0.0, 1.0, (6, 200, 3))
    )


def test_planted_variances_are_found() -> None:
    found = shares(components(table(1.0, 2.0, 1.0, 2.0), FACTORS, ("rules",)))
    planted = {"rules": 0.1, "behaviour": 0.4, "mixes": 0.1, "chance": 0.4}
    assert found == pytest.approx(planted, abs=0.05)


def test_pure_chance_is_not_booked_as_an_effect_of_rules_or_behaviour() -> None:
    parts = components(table(0.0, 0.0, 0.0, 1.0), FACTORS, ("rules",))
    assert abs(parts[frozenset({"rules"})]) < 0.01
    assert abs(parts[frozenset({"behaviour"})]) < 0.03
    assert shares(parts)["chance"] > 0.9


def test_naive_shares_would_have_booked_it_so_the_correction_matters() -> None:
    values = table(0.0, 0.0, 0.0, 1.0)
    naive = values.mean(axis=(0, 2)).var() / values.var()
    assert naive > 0.04


def test_parts_add_up_to_the_variance_of_the_table() -> None:
    values = table(1.0, 1.0, 1.0, 1.0)
    total = sum(components(values, FACTORS, ("rules",)).values())
    assert total == pytest.approx(values.var(), rel=0.05)


def test_a_constant_table_has_no_parts() -> None:
    found = shares(components(np.ones((2, 3, 2)), FACTORS))
    assert set(found.values()) == {0.0}


def test_a_factor_with_one_level_is_refused() -> None:
    with pytest.raises(ValueError, match="single level"):
        components(np.ones((2, 1, 2)), FACTORS)


def test_errors_are_larger_with_fewer_behaviours() -> None:
    values = table(1.0, 1.0, 1.0, 1.0)
    few = shares_with_errors(values[:, :10], FACTORS, ("rules",), "behaviour")
    many = shares_with_errors(values, FACTORS, ("rules",), "behaviour")
    assert few["behaviour"][1] > 2.0 * many["behaviour"][1] > 0.0


NAMES = [f"f{k}" for k in range(60)]


def corner(count: int = 800) -> tuple[np.ndarray, np.ndarray]:
    """Return features and failures, frequent where f3 is high and f7 low."""
    rng = np.random.default_rng(1)
    values = rng.random((count, len(NAMES)))
    chance = np.where((values[:, 3] > 0.6) & (values[:, 7] < 0.5), 0.9, 0.05)
    return values, rng.random(count) < chance


def test_the_features_that_make_it_fail_are_found_with_their_signs() -> None:
    found = [each for each in predictors(NAMES, *corner()) if each.beyond_chance]
    assert [each.name for each in found] == ["f3", "f7"]
    assert found[0].correlation > 0.0 > found[1].correlation


def test_where_failures_are_pure_chance_no_feature_is_named() -> None:
    rng = np.random.default_rng(2)
    found = predictors(NAMES, rng.random((400, len(NAMES))), rng.random(400) < 0.3)
    assert not any(each.beyond_chance for each in found)


def test_nothing_predicts_what_never_or_always_fails() -> None:
    values, _ = corner(20)
    assert predictors(NAMES, values, np.zeros(20, dtype=bool)) == []
    assert predictors(NAMES, values, np.ones(20, dtype=bool)) == []


@pytest.mark.slow
def test_the_planted_corner_is_found_and_counted_on_points_not_used_to_find_it() -> None:
    found = box(NAMES, *corner())
    assert found is not None
    assert set(found.limits) == {"f3", "f7"}
    assert found.limits["f3"][0] == pytest.approx(0.6, abs=0.1)
    assert found.limits["f7"][1] == pytest.approx(0.5, abs=0.1)
    assert found.inside[1] > 0.7
    assert found.outside[2] < 0.15
