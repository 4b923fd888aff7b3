"""Scenario discovery finds the corner in which something was planted, and says what it found."""

import re
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from frames import grid, material

from thermidor.experiments.analysis import tell_outcomes
from thermidor.experiments.analysis.finding import Question
from thermidor.experiments.analysis.material import Material
from thermidor.experiments.analysis.scenario_discovery import Box, Limit, discover, inside

DEGENERATION = "bureaucratic_degeneration"
OPENNESS, RECALL, REACH = "rules.openness", "rules.recall_threshold", "rules.recall_reach"


def drawn(count: int = 200) -> pd.DataFrame:
    """Return points of which two fifths know no recall."""
    generator = np.random.default_rng(1)
    points = pd.DataFrame(
        {OPENNESS: generator.random(count), "rules.council_power": generator.random(count)}
    )
    recall = generator.random(count).astype(object)
    recall[generator.random(count) < 0.4] = None
    points[RECALL] = recall
    points[REACH] = generator.choice(["delegates", "officials", "both"], count)
    return points


def corner(point: pd.Series, stream: np.random.Generator, luck: float) -> float:
    """Degenerate (capture above 0.05) mostly where openness < 0.35 and there is no recall."""
    planted = point[OPENNESS] < 0.35 and pd.isna(point[RECALL])
    return float(stream.random() < (0.95 if planted else 0.03))


@pytest.fixture(scope="module")
def sampled() -> Material:
    return material(drawn(), corner, "lhs", replicates=4)


@pytest.fixture(scope="module")
def box(sampled: Material) -> Box:
    return discover(sampled, DEGENERATION).boxes[0]


def test_the_planted_limits_are_found_and_no_others(box: Box) -> None:
    limits = {limit.factor: limit for limit in box.limits}
    assert set(limits) == {OPENNESS, RECALL}
    assert limits[OPENNESS].low is None
    assert limits[OPENNESS].high == pytest.approx(0.35, abs=0.04)
    assert limits[RECALL].levels == (None,)


def test_coverage_and_density_are_those_counted_by_hand(sampled: Material, box: Box) -> None:
    runs, edge = sampled.runs, next(x.high for x in box.limits if x.factor == OPENNESS)
    within = (runs[OPENNESS] <= edge) & runs[RECALL].isna()
    degenerate = runs["regime"] == DEGENERATION
    assert box.runs == within.sum()
    assert box.density == pytest.approx(degenerate[within].mean())
    assert box.coverage == pytest.approx((within & degenerate).sum() / degenerate.sum())
    assert box.low < 0.95 < box.high
    assert box.unseen > 0.75
    assert set(box.returning.values()) == {1.0}


def test_a_sentence_says_one_density_in_both_forms(
    sampled: Material, monkeypatch: pytest.MonkeyPatch
) -> None:
    """0.975 is 98 % to whole per cent but 0.97 to two digits, being a little less in binary."""
    found = discover(sampled, DEGENERATION)
    one = replace(found, boxes=(replace(found.boxes[0], density=0.975),))
    monkeypatch.setattr(tell_outcomes, "discover", lambda *_: one)
    told = tell_outcomes.boxes(sampled, Question(DEGENERATION)).sentences[0]
    numbers = re.search(r"in (\d+)% of runs .* density ([\d.]+)\.", told)
    assert numbers
    assert float(numbers[2]) == int(numbers[1]) / 100


def test_where_nothing_is_planted_no_box_survives_on_unseen_runs() -> None:
    def blind(point: pd.Series, stream: np.random.Generator, luck: float) -> float:
        return float(stream.random() < 0.3)

    assert discover(material(drawn(), blind, "lhs", replicates=2), DEGENERATION).boxes == ()


def test_a_grid_is_peeled_level_by_level() -> None:
    levels = {
        OPENNESS: [0.1, 0.3, 0.5, 0.7, 0.9],
        RECALL: [0.1, 0.3, None],
        REACH: ["both", "officials"],
    }
    found = discover(material(grid(levels), corner, replicates=6), DEGENERATION).boxes[0]
    limits = {limit.factor: limit.levels for limit in found.limits}
    assert limits == {OPENNESS: (0.1, 0.3), RECALL: (None,)}


def test_what_never_or_always_happens_has_no_box() -> None:
    never = material(drawn(60), lambda *_: 0.0, "lhs")
    assert discover(never, DEGENERATION).boxes == ()
    assert discover(never, "controlled").boxes == ()


def test_limits_hold_what_they_say() -> None:
    runs = pd.DataFrame({RECALL: pd.Series([0.1, 0.4, None], dtype=object)})
    for limit, held in (
        (Limit(RECALL, high=0.3), [True, False, False]),
        (Limit(RECALL, low=0.3), [False, True, True]),
        (Limit(RECALL, set=True), [True, True, False]),
        (Limit(RECALL, levels=(None,)), [False, False, True]),
    ):
        assert inside((limit,), runs).tolist() == held
