"""What players of a game add, and the smallest set that holds: games with known answers."""

from itertools import permutations

import numpy as np
import pytest

from thermidor.experiments.evidence.coverage import coverage
from thermidor.experiments.evidence.shapley import (
    alone_weights,
    interaction_weights,
    intervals,
    last_weights,
    shapley_weights,
)

GLOVES = np.array([0.0, 0.0, 0.0, 0.0, 0.0, 1.0, 1.0, 1.0])  # two left gloves, the third is a right


def test_the_one_right_glove_is_worth_more_than_each_of_two_left_ones() -> None:
    assert shapley_weights(3) @ GLOVES == pytest.approx([1 / 6, 1 / 6, 4 / 6])


def test_weighted_voting_gives_the_council_of_four_its_textbook_powers() -> None:
    votes = np.array([4, 3, 2, 1])
    sets = np.arange(16)
    held = ((sets[:, None] >> np.arange(4)) & 1) @ votes
    powers = shapley_weights(4) @ (held >= 6)
    assert powers == pytest.approx([5 / 12, 3 / 12, 3 / 12, 1 / 12])


def test_shapley_values_are_the_average_over_all_orders_of_joining() -> None:
    rng = np.random.default_rng(3)
    values = rng.normal(size=32)
    gains = np.zeros(5)
    orders = list(permutations(range(5)))
    for order in orders:
        joined = 0
        for player in order:
            gains[player] += values[joined | 1 << player] - values[joined]
            joined |= 1 << player
    assert shapley_weights(5) @ values == pytest.approx(gains / len(orders))


def test_whoever_adds_nothing_gets_nothing_and_all_gains_are_shared_out() -> None:
    rng = np.random.default_rng(4)
    half = rng.normal(size=8)
    values = np.concatenate([half, half])  # the fourth player changes nothing
    found = shapley_weights(4) @ values
    assert found[3] == pytest.approx(0.0)
    assert found.sum() == pytest.approx(values[-1] - values[0])


def test_first_and_last_contributions_are_read_off_the_sets() -> None:
    assert (alone_weights(3) @ GLOVES).tolist() == [0.0, 0.0, 0.0]
    assert (last_weights(3) @ GLOVES).tolist() == [0.0, 0.0, 1.0]


def test_gloves_that_make_a_pair_need_each_other_and_equal_gloves_replace_each_other() -> None:
    pairs, weights = interaction_weights(3)
    found = dict(zip(pairs, weights @ GLOVES, strict=True))
    assert found[(0, 2)] == found[(1, 2)] > 0.0
    assert found[(0, 1)] < 0.0


def test_players_that_only_add_up_do_not_interact() -> None:
    sets = (np.arange(16)[:, None] >> np.arange(4)) & 1
    _, weights = interaction_weights(4)
    assert weights @ (sets @ np.array([1.0, 2.0, -3.0, 0.5])) == pytest.approx(np.zeros(6))


def test_intervals_hold_the_planted_mean_about_as_often_as_they_say() -> None:
    rng = np.random.default_rng(5)
    _, low, high = intervals(rng.normal(1.0, 1.0, (60, 400)))
    assert 0.90 < ((low < 1.0) & (high > 1.0)).mean() < 0.98


def test_intervals_shrink_with_more_points() -> None:
    rng = np.random.default_rng(5)
    few, many = intervals(rng.normal(size=(50, 1))), intervals(rng.normal(size=(5000, 1)))
    assert many[2, 0] - many[1, 0] < 0.2 * (few[2, 0] - few[1, 0])


def planted(*winning: int) -> np.ndarray:
    """Return 100 points at which a set holds if it contains one of the winning sets."""
    held = np.zeros((100, 8), dtype=bool)
    for number in range(8):
        held[:, number] = any(number & core == core for core in winning)
    return held


def test_the_planted_pair_is_found_as_the_smallest_set() -> None:
    found = coverage(planted(0b101), ("a", "b", "c"))
    assert [holding.players for holding in found.smallest] == [("a", "c")]
    assert found.smallest[0].share == 1.0
    assert [holding.share for holding in found.by_size] == [0.0, 0.0, 1.0, 1.0]


def test_a_set_that_holds_nearly_often_enough_is_not_called_holding() -> None:
    held = planted(0b011)
    held[:11, 0b011] = False
    held[:11, 0b111] = False
    found = coverage(held, ("a", "b", "c"))
    assert found.smallest == ()
    assert found.best.players == ("a", "b")
    assert found.best.share == pytest.approx(0.89)


def test_the_best_of_many_sets_without_merit_does_worse_where_it_was_not_chosen() -> None:
    held = np.random.default_rng(6).random((40, 128)) < 0.5
    found = coverage(held, tuple("abcdefg"))
    assert found.best.share > 0.6
    assert found.best_unseen < found.best.share - 0.05
