"""Meetings and ballots: one decision, two acts of unequal cost, and what delegates hear."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import pytest
from invariants import live, live_checked, measures, same_history, small, step_checked

from thermidor.agents.worker_rules import after_meeting, comes, told
from thermidor.model.opinion import RESTING_EFFICACY
from thermidor.model.society import Society


def test_where_meetings_cost_no_more_than_ballots_everybody_who_votes_meets() -> None:
    history = live(small(behaviour={"meeting_cost": 0.0}), 24).history()
    assert history["attendance"].equals(history["participation"])
    assert history["attendance"].max() > 0.0


def test_whoever_meets_also_votes_and_fewer_meet() -> None:
    society = live_checked(small(), 24)
    assert not (society.people["meets"] > society.people["engaged"]).any()
    history = society.history()
    assert history["attendance"].mean() < history["participation"].mean()


def test_the_odds_of_meeting_are_those_of_voting_less_the_cost() -> None:
    draws = (np.arange(100_000) + 0.5) / 100_000
    met = np.mean([comes(draw, 0.5, np.exp(1.1)) for draw in draws])
    assert np.log(met / (1.0 - met)) == pytest.approx(-1.1, abs=1e-3)


def test_dear_meetings_do_not_by_themselves_keep_anybody_from_the_ballot() -> None:
    nobody_asked = {"legitimacy_premium": 0.0, "local_knowledge": 0.0, "resistance": 1.0}
    nobody_asked["meeting_lesson"] = 0.0
    arms = [
        live(small(behaviour={**nobody_asked, "meeting_cost": cost}), 24) for cost in (0.0, 4.0)
    ]
    cheap, dear = (arm.history()["participation"] for arm in arms)
    assert cheap.equals(dear)


def test_a_hundred_people_in_a_hall_know_their_district_however_large() -> None:
    assert told(100.0, 1e6, 20.0) == pytest.approx(100 / 120, abs=1e-3)
    assert told(100.0, 1e6, 20.0) > told(5.0, 50.0, 20.0)
    assert told(50.0, 50.0, 20.0) == 1.0
    assert told(0.0, 50.0, 20.0) == 0.0


def test_where_the_whole_district_is_needed_delegates_learn_by_the_share_who_come() -> None:
    society = Society(small(workers=200, behaviour={"voices_needed": 50.0}), rng=1)
    society.run_for(12)
    seats = slice(society.offices.posts, None)
    starts, stops = society.offices["start"][seats], society.offices["stop"][seats]
    assert set(stops - starts) == {50}
    assert society.informed == pytest.approx(society.people["meets"].mean())


def test_what_is_heard_at_meetings_matters_only_where_delegates_use_it() -> None:
    deaf = {"local_knowledge": 0.0}
    few, many = (
        live(small(behaviour={**deaf, "voices_needed": needed}), 24) for needed in (1.0, 1000.0)
    )
    assert same_history(measures(few), measures(many))
    few, many = (live(small(behaviour={"voices_needed": n}), 24) for n in (1.0, 1000.0))
    assert not same_history(measures(few), measures(many))


# --- what meetings teach --------------------------------------------------------------------------

SETTLED = {"amendable": False}
YEARS = 8


def believed(bought: bool = False, **changes: Any) -> pd.Series:
    """Efficacy month by month: an honest council, or one that lives on favours after two years."""
    changes["rules"] = {**SETTLED, **changes.get("rules", {})}
    society = Society(small(**changes), rng=1)
    for month in range(12 * YEARS):
        if bought and month >= 24:
            seats = slice(society.offices.posts, None)
            society.offices["co_opted"][seats], society.offices["patron"][seats] = 1.0, 0
        step_checked(society)
    return society.history()["efficacy"]


def test_a_council_that_decides_what_people_came_for_teaches_them_that_coming_helps() -> None:
    learns, does_not = (believed(behaviour={"meeting_lesson": x}) for x in (0.5, 0.0))
    assert learns[24:].mean() > does_not[24:].mean() + 0.05


def test_who_comes_to_a_council_that_has_been_bought_learns_that_it_is_no_use() -> None:
    honest, bought = believed(), believed(bought=True)
    assert honest[:24].equals(bought[:24])
    assert bought[-12:].mean() < bought[12:24].mean()
    assert bought[-12:].mean() < honest[-12:].mean() - 0.1


def test_in_lean_years_the_council_decides_what_never_comes() -> None:
    lean = {"severity": 0.4, "start_month": 24, "months": 12 * YEARS}
    gained = []
    for shocks in ({"severity": 0.0}, lean):
        on, off = (believed(shocks=shocks, behaviour={"meeting_lesson": x}) for x in (0.5, 0.0))
        gained.append((on - off)[-24:].mean())
    assert gained[1] < gained[0] - 0.03


def test_where_nothing_is_brought_before_a_council_meetings_teach_nothing() -> None:
    by_ministry = {**SETTLED, "council_power": 0.0}
    on, off = (
        live(small(rules=by_ministry, behaviour={"meeting_lesson": x}), 36) for x in (1.0, 0.0)
    )
    assert same_history(measures(on), measures(off))


def test_without_ballots_and_lessons_of_meetings_nobody_learns_anything() -> None:
    assert after_meeting(0.37, 0.8, 0.1, 0.0) == 0.37
    no_ballots = {**SETTLED, "recall_threshold": None}
    on, off = (
        live(small(rules=no_ballots, behaviour={"meeting_lesson": x}), 12).people["efficacy"]
        for x in (0.5, 0.0)
    )
    assert off == pytest.approx(RESTING_EFFICACY)
    assert on.max() > RESTING_EFFICACY


def test_an_honest_eighth_of_the_plan_teaches_the_same_only_more_slowly() -> None:
    whole, eighth = 0.3, 0.3
    for _ in range(2000):
        whole = after_meeting(whole, 0.8, 0.8 * 0.7, 0.1)
        eighth = after_meeting(eighth, 0.1, 0.1 * 0.7, 0.1)
    assert [whole, eighth] == pytest.approx([0.7, 0.7])
    assert after_meeting(0.3, 0.1, 0.07, 0.1) < after_meeting(0.3, 0.8, 0.56, 0.1)
