"""Meetings and ballots: one decision, two acts of unequal cost, and what delegates hear."""

from __future__ import annotations

import numpy as np
import pytest
from invariants import live, live_checked, measures, same_history, small

from thermidor.agents.worker_rules import comes, told
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
