"""The verdict on histories written by hand."""

from __future__ import annotations

import re
from dataclasses import fields, replace
from typing import Any

import numpy as np
import pandas as pd
import pytest
from invariants import live, small

import thermidor
from thermidor.model.verdict import REGIMES, WHO_BENEFITS, WHO_RULES, Thresholds, verdict
from thermidor.scenarios import names

# A year-in, year-out workers' democracy: every indicator on the good side.
GOOD = {
    "needs_met": 0.95,
    "capture": 0.01,
    "privilege": 1.2,
    "plan_fidelity": 0.98,
    "irremovability": 0.3,
    "co_optation": 0.1,
    "power_concentration": 0.5,
    "automation": 0.2,
    "inspected": 1.0,
    "restored": 0.0,
}
UNCONTROLLED = {"irremovability": 0.95, "power_concentration": 0.05}
MACHINES = {"automation": 0.9, "inspected": 0.1}
POOR = {"needs_met": 0.5}


def written(months: int = 60, **values: Any) -> pd.DataFrame:
    """A history in which each measure is a constant or a series."""
    columns = {name: np.broadcast_to(v, months).copy() for name, v in {**GOOD, **values}.items()}
    return pd.DataFrame({"month": np.arange(1, months + 1), **columns})


def turning(before: float, after: float, at: int, months: int = 60) -> np.ndarray:
    """A series that changes from one value to another at month `at` (from 1)."""
    return np.where(np.arange(1, months + 1) < at, before, after)


@pytest.mark.parametrize(
    ("values", "regime"),
    [
        ({}, "workers_democracy"),
        (POOR, "struggling_democracy"),
        (UNCONTROLLED, "enlightened_technocracy"),
        ({**UNCONTROLLED, **POOR}, "bureaucratic_degeneration"),
        ({**UNCONTROLLED, "capture": 0.2}, "bureaucratic_degeneration"),
        ({**UNCONTROLLED, "privilege": 8.0}, "bureaucratic_degeneration"),
        ({**UNCONTROLLED, **MACHINES}, "digital_dictatorship"),
        ({**UNCONTROLLED, **MACHINES, **POOR}, "digital_dictatorship"),
        ({**MACHINES}, "workers_democracy"),
        ({"restored": 1.0}, "restoration"),
        ({**UNCONTROLLED, **MACHINES, "restored": 1.0}, "restoration"),
        ({"capture": 0.2}, "contested"),
        ({"plan_fidelity": 0.5, "co_optation": 0.9}, "contested"),
        (
            {"plan_fidelity": 0.5, "co_optation": 0.9, "irremovability": 0.95},
            "enlightened_technocracy",
        ),
        ({"irremovability": 0.95}, "workers_democracy"),
    ],
)
def test_every_regime_is_recognised_by_what_happened(values: dict, regime: str) -> None:
    told = verdict(written(**values))
    assert told.regime == regime
    assert told.onset == 1
    assert set(told.regimes) == {regime}
    assert told.controlled == (regime in ("workers_democracy", "struggling_democracy"))


def test_every_regime_of_the_contract_has_a_history() -> None:
    assert set(REGIMES) == {
        "workers_democracy",
        "struggling_democracy",
        "enlightened_technocracy",
        "bureaucratic_degeneration",
        "digital_dictatorship",
        "restoration",
        "contested",
    }


def test_the_onset_is_the_month_since_which_a_regime_has_held() -> None:
    told = verdict(written(needs_met=turning(0.95, 0.0, at=25)))
    assert told.regime == "struggling_democracy"
    # the yearly mean falls below 0.8 in the second month: 10 x 0.95 + 2 x 0 over 12 = 0.79
    assert told.onset == 26
    assert told.regimes[:25] == ("workers_democracy",) * 25
    assert told.regimes[25:] == ("struggling_democracy",) * 35
    assert told.since == {"needs_met": 26}


def test_a_passing_crisis_leaves_no_onset_of_its_own() -> None:
    needs = np.where((np.arange(60) >= 20) & (np.arange(60) < 26), 0.0, 0.95)
    told = verdict(written(needs_met=needs))
    assert told.regime == "workers_democracy"
    assert "struggling_democracy" in told.regimes
    assert told.onset > 26
    assert told.regimes[told.onset - 2] == "struggling_democracy"
    assert told.indicators == ()


def test_one_bad_month_is_smoothed_away() -> None:
    needs = np.full(60, 0.95)
    needs[30] = 0.0
    assert set(verdict(written(needs_met=needs)).regimes) == {"workers_democracy"}


def test_a_crossed_indicator_must_come_back_by_the_margin() -> None:
    limits = Thresholds(months=1)
    inside = limits.needs_met * (1.0 + limits.margin)
    held = verdict(written(needs_met=turning(0.75, inside - 0.001, at=30)), limits)
    assert held.regime == "struggling_democracy"
    freed = verdict(written(needs_met=turning(0.75, inside + 0.001, at=30)), limits)
    assert freed.regime == "workers_democracy"
    assert freed.onset == 30


def test_an_indicator_just_within_the_margin_has_not_crossed() -> None:
    told = verdict(written(needs_met=Thresholds().needs_met + 0.001))
    assert told.regime == "workers_democracy"


@pytest.mark.parametrize(
    ("name", "bad"),
    [
        ("plan_fidelity", 0.5),
        ("irremovability", 0.99),
        ("co_optation", 0.9),
        ("power_concentration", 0.01),
        ("needs_met", 0.3),
        ("capture", 0.3),
        ("privilege", 9.0),
    ],
)
def test_each_indicator_crosses_on_its_own_side(name: str, bad: float) -> None:
    told = verdict(written(**{name: turning(GOOD[name], bad, at=20)}))
    assert told.indicators == (name,)
    assert 20 <= told.since[name] < 32
    assert told.values[name] == pytest.approx(bad)


def test_indicators_stand_in_the_order_they_crossed() -> None:
    told = verdict(
        written(
            capture=turning(0.01, 0.9, at=40),
            irremovability=turning(0.3, 1.0, at=20),
            power_concentration=turning(0.5, 0.01, at=5),
        )
    )
    assert told.indicators == ("power_concentration", "irremovability", "capture")
    assert list(told.since.values()) == sorted(told.since.values())


def test_the_first_rule_to_give_way_is_named() -> None:
    history = written(rule_openness=turning(0.9, 0.4, at=30), rule_wage_cap=turning(1, 3, at=20))
    assert verdict(history).first_eroded == "wage_cap"


def test_a_rule_that_is_tightened_has_not_given_way() -> None:
    history = written(rule_openness=turning(0.4, 0.9, at=30), rule_wage_cap=turning(3, 1, at=20))
    assert verdict(history).first_eroded is None


def test_a_rule_that_is_dropped_altogether_has_given_way() -> None:
    dropped = verdict(written(rule_recall_threshold=turning(0.3, np.nan, at=30)))
    assert dropped.first_eroded == "recall_threshold"
    never = verdict(written(rule_recall_threshold=np.nan))
    assert never.first_eroded is None
    introduced = verdict(written(rule_recall_threshold=turning(np.nan, 0.3, at=30)))
    assert introduced.first_eroded is None


@pytest.mark.parametrize("missing", ["needs_met", "irremovability", "month", "restored"])
def test_a_history_without_a_measure_is_refused_by_its_name(missing: str) -> None:
    with pytest.raises(ValueError, match=missing):
        verdict(written().drop(columns=missing))


def test_an_empty_history_is_refused() -> None:
    with pytest.raises(ValueError, match="at least one month"):
        verdict(written().iloc[:0])


def test_one_month_is_enough() -> None:
    told = verdict(written(months=1))
    assert told.regime == "workers_democracy"
    assert told.onset == 1
    assert len(told.regimes) == 1


@pytest.mark.parametrize("months", [3, 11, 12, 13])
def test_runs_about_as_long_as_the_window_are_judged(months: int) -> None:
    told = verdict(written(months=months, needs_met=0.5))
    assert told.regime == "struggling_democracy"
    assert told.values["needs_met"] == pytest.approx(0.5)


def test_thresholds_are_stated_and_can_be_changed() -> None:
    history = written(needs_met=0.85, capture=0.03)
    assert verdict(history).regime == "workers_democracy"
    assert verdict(history, Thresholds(needs_met=0.9)).regime == "struggling_democracy"
    assert verdict(history, Thresholds(capture=0.02)).regime == "contested"
    for limit in fields(Thresholds):
        assert replace(Thresholds(), **{limit.name: 1}) is not None


@pytest.mark.parametrize("values", [{}, {**UNCONTROLLED, "capture": 0.2}, {"restored": 1.0}])
def test_the_verdict_is_told_in_both_languages(values: dict) -> None:
    history = written(rule_openness=turning(0.9, 0.4, at=30), **values)
    told = verdict(history)
    assert set(told.sentence) == {"en", "ru"}
    for text in told.sentence.values():
        assert "60" in text
        assert text.endswith(".")
        assert "{" not in text
    assert not re.search("[а-яё]", told.sentence["en"])
    assert re.search("[а-яё]", told.sentence["ru"])


def test_the_sentence_names_indicator_month_and_rule() -> None:
    told = verdict(
        written(needs_met=turning(0.95, 0.0, at=25), rule_openness=turning(0.9, 0.4, at=30))
    )
    assert "26" in told.sentence["en"]
    assert "30" in told.sentence["en"]
    assert "0.4" in told.sentence["en"]
    assert "0,4" in told.sentence["ru"]


def test_the_verdict_looks_only_at_months_that_passed() -> None:
    history = written(needs_met=turning(0.95, 0.0, at=25))
    whole = verdict(history).regimes
    for months in (1, 12, 24, 30):
        assert verdict(history.iloc[:months]).regimes == whole[:months]


def test_a_history_of_any_index_gives_the_same_verdict() -> None:
    history = written(needs_met=turning(0.95, 0.0, at=25))
    shuffled = history.set_index(np.arange(100, 160))
    assert verdict(shuffled).since == verdict(history).since


@pytest.mark.parametrize("name", names())
def test_every_scenario_gets_a_verdict(name: str) -> None:
    told = thermidor.verdict(live(small(name), 60).history())
    assert told.regime in REGIMES
    assert 1 <= told.onset <= 60
    assert set(told.indicators) <= {*WHO_RULES, *WHO_BENEFITS}
