"""Situations of hearsay: what people come to believe of officials whose books nobody reads."""

from __future__ import annotations

from typing import Any

from invariants import live, measures, same_history, small

CLOSED = {
    "openness": 0.0,
    "audit_rate": 0.0,
    "council_power": 0.0,
    "recall_threshold": None,
    "opposition": False,
}
ONLY_HEARSAY = {"hearsay": 0.1, "blame": 0.0, "opinion_noise": 0.0, "honour": 0.0}


def believed(rumour: float, **behaviour: Any) -> tuple[float, float]:
    """Mean misuse by directors after two years of closed books, as it is and as it is believed."""
    people = {**ONLY_HEARSAY, **behaviour, "rumour": rumour}
    society = live(small("nomenklatura", rules=CLOSED, behaviour=people), 24)
    own = society.offices["misuse"][society.people["workplace"]]
    return float(own.mean()), float(society.people["belief_director"].mean())


def test_true_hearsay_finds_out_the_honest_and_rumour_blackens_them() -> None:
    honest = {"greed": 0.0, "greed_spread": 0.0, "suspicion": 0.3}
    truth, told_truly = believed(0.0, **honest)
    _, told_falsely = believed(1.0, **honest)
    assert truth == 0.0
    assert told_truly < 0.1 < told_falsely


def test_true_hearsay_finds_out_the_guilty_and_rumour_clears_them() -> None:
    guilty = {"greed": 0.9, "suspicion": 0.0}
    truth, told_truly = believed(0.0, **guilty)
    _, told_falsely = believed(1.0, **guilty)
    assert told_falsely == 0.0 < 0.5 * truth < told_truly


def test_where_nothing_is_heard_rumour_does_nothing() -> None:
    true, false = (
        measures(live(small(behaviour={"hearsay": 0.0, "rumour": rumour}), 24))
        for rumour in (0.0, 1.0)
    )
    assert same_history(true, false)
