"""Months are lived one process at a time, one month at a time or many at once: one history."""

from __future__ import annotations

import copy
from typing import Any

import numpy as np
import pytest
from invariants import live, same_history, small

from thermidor.model.schedule import SCHEDULE
from thermidor.model.society import Society
from thermidor.model.world import Law, State, law_of, nature_of, world_of

CRISIS = {
    "shocks": {"severity": 0.6, "start_month": 6, "months": 60},
    "behaviour": {"crisis": 0.9, "greed": 0.9, "ownership": 0.5, "resistance": 1.0},
}
KINDS: dict[str, tuple[str, dict[str, Any]]] = {
    "councils": ("workers-democracy", {}),
    "a ministry that amends its rules": ("nomenklatura", {}),
    "an optimal planner": ("nomenklatura", {"economy": {"planner": "optimal"}}),
    "an optimal planner with machines": (
        "workers-democracy",
        {"economy": {"planner": "optimal"}, "rules": {"automation": 0.8}},
    ),
    "property in the end": ("nomenklatura", CRISIS),
    "a market": ("market-benchmark", {}),
}


class ByProcesses(Society):
    """A society that goes through its months process by process, as one with additions would."""

    def step(self) -> None:
        for process in SCHEDULE:
            process(self)
        self.month += 1


def _society(kind: str, of: type[Society] = Society) -> Society:
    name, changes = KINDS[kind]
    return of(small(name, **changes), rng=2)


@pytest.mark.parametrize("kind", KINDS)
def test_process_by_process_month_by_month_and_all_at_once_it_is_one_history(kind: str) -> None:
    one_by_one, stepwise, at_once = _society(kind, ByProcesses), _society(kind), _society(kind)
    one_by_one.live(50)
    for _ in range(50):
        stepwise.step()
    at_once.live(50)
    assert same_history(one_by_one.history(), at_once.history())
    assert same_history(stepwise.history(), at_once.history())
    assert one_by_one.events == stepwise.events == at_once.events


def test_the_society_that_was_to_end_in_property_does() -> None:
    society = _society("property in the end")
    society.live(50)
    (converted,) = [e["month"] for e in society.events if e["kind"] == "restoration"]
    restored = society.history()["restored"].to_numpy()
    assert not restored[:converted].any()
    assert restored[converted:].all()


@pytest.mark.parametrize("stretches", [(1, 11, 38), (5, 7, 12, 26), (13, 13, 24)])
def test_where_a_life_is_interrupted_changes_nothing(stretches: tuple[int, ...]) -> None:
    whole, pieces = Society(small(), rng=3), Society(small(), rng=3)
    whole.live(50)
    for months in stretches:
        pieces.live(months)
    assert same_history(whole.history(), pieces.history())
    assert whole.events == pieces.events


def test_living_past_the_calendar_is_living_the_same_history() -> None:
    past, through = Society(small(), rng=3), Society(small(), rng=3)
    past.live(30)
    through.run_for(30)
    assert same_history(past.history(), through.history())


def test_more_people_than_a_years_draws_have_room_for_live_the_same_history() -> None:
    def many() -> Society:
        return Society(small("nomenklatura", 6000), rng=4)

    at_once, stepwise = many(), many()
    assert at_once._months_drawn < 6
    at_once.live(14)
    for _ in range(14):
        stepwise.step()
    assert same_history(at_once.history(), stepwise.history())


def test_a_rule_changed_in_mid_run_is_in_force_from_then_on() -> None:
    changed = live(small(rules={"amendable": False}), 6)
    changed.replace_rules(audit_rate=1.0)
    changed.live(1)
    assert changed.history()["audits"].iloc[-1] == len(changed.offices)


def test_behaviour_changed_in_mid_run_counts_from_then_on() -> None:
    society = live(small(), 6)
    society.behaviour = society.behaviour.replace(duty=5.0, stake=0.0, fear=0.0, meeting_cost=0.0)
    society.live(1)
    assert society.people["engaged"].mean() > 0.9


def test_how_far_needs_drift_apart_follows_behaviour_changed_in_mid_run() -> None:
    society = live(small(), 6)
    still = {"need_drift": 0.0, "local_drift": 0.0, "need_persistence": 0.5}
    before = society.now[State.NEED_VARIANCE]
    society.behaviour = society.behaviour.replace(**still)
    society.live(1)
    assert society.now[State.NEED_VARIANCE] == pytest.approx(0.25 * before)


def test_what_is_absent_from_the_rules_binds_nobody() -> None:
    rules = small().rules.replace(
        wage_cap=None, recall_threshold=None, term_limit=None, recall_reach="delegates"
    )
    law = law_of(rules)
    assert law.wage_cap > 1e6
    assert law.recall_threshold > 1.0
    assert law.term_limit > 1e5
    assert (law.posts_in_reach, law.seats_in_reach) == (False, True)
    assert set(Law._fields) - {"posts_in_reach", "seats_in_reach"} < set(type(rules).model_fields)


def test_a_month_works_on_the_tables_of_its_society_and_on_its_behaviour() -> None:
    society = Society(small(), rng=1)
    world = world_of(society)
    assert world.people is society.people.values
    assert world.office_codes is society.offices.codes
    assert world.need_level is society.need_level
    assert nature_of(society.behaviour)._asdict() == society.behaviour.model_dump()


def test_a_copy_works_on_its_own_arrays() -> None:
    society = live(small(), 6)
    twin = copy.deepcopy(society)
    before = society.people.values.copy()
    twin.live(6)
    np.testing.assert_array_equal(society.people.values, before)
    society.live(6)
    assert same_history(society.history(), twin.history())


def test_draws_looked_at_are_those_of_this_month_and_writing_them_changes_it() -> None:
    told, plain = live(small(), 7), live(small(), 7)
    assert (told.drawn("audits") == told.drawn("audits")).all()
    told.drawn("audits")[0] = 0.0
    told.live(1)
    plain.live(1)
    assert told.history()["audits"].iloc[-1] == len(told.offices)
    assert plain.history()["audits"].iloc[-1] < len(plain.offices)
