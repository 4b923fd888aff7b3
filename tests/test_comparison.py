"""Comparisons: true pairs, and sentences that count them as the verdicts do."""

from io import StringIO
from types import SimpleNamespace
from typing import Any

import pandas as pd
import pytest
from rich.console import Console
from runs import small

import thermidor
from thermidor import ParameterError, compare, run
from thermidor.experiments import display, intervals
from thermidor.experiments.seeds import replicate_seeds
from thermidor.experiments.sparklines import MAIN
from thermidor.model.verdict import CONTROLLED
from thermidor.texts import say


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


@pytest.mark.parametrize("language", ["en", "ru"])
def test_the_table_of_differences_fits_a_window_of_80_characters(
    rivals: thermidor.Comparison, language: str
) -> None:
    """The widest numbers that occur are shown in full, and so is every word."""
    wide = rivals.differences.copy()
    wide[["difference", "low", "high"]] = [-0.00018, -0.00044, 0.00082]
    wide[["higher", "lower", "equal"]] = [10, 11, 10]
    stretched: Any = SimpleNamespace(differences=wide, a=rivals.a, b=rivals.b, last=12)
    console = Console(width=80, record=True, file=StringIO())
    console.print(display.contrasts(stretched, language))
    shown = console.export_text()
    assert shown.count("10 / 11 / 10") == len(MAIN)
    assert all(line.count("\N{HORIZONTAL ELLIPSIS}") <= 1 for line in shown.splitlines())
    words = {word for name in MAIN for word in say(f"measures.{name}.label", language).split()}
    assert words <= set(shown.split())
