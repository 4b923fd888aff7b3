"""Courts: who is on record is tried whatever superiors and council think, and others see it."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from invariants import live, live_checked, small

from thermidor.agents.offices import BY_COURT, IN_POST
from thermidor.agents.official_rules import recognisable
from thermidor.model.amendment import ITEMS
from thermidor.model.courts import TRIAL_MONTHS, try_cases
from thermidor.model.scenario import Scenario
from thermidor.model.society import Society

# Everybody above keeps silent and no council votes: only a court can dismiss before time.
SHELTERED: dict[str, Any] = {
    "audit_rate": 0.3,
    "council_power": 0.0,
    "recall_threshold": None,
    "term_months": 600,
    "amendable": False,
}
LOYAL_TO_EACH_OTHER = {"fellowship": 2.0, "honour": 0.0, "favour_share": 0.45}


def sheltered(courts: float) -> Scenario:
    rules = {**SHELTERED, "courts": courts}
    return small("nomenklatura", rules=rules, behaviour=LOYAL_TO_EACH_OTHER)


def test_where_superiors_shelter_their_own_a_court_dismisses_all_the_same() -> None:
    def convicted(courts: float) -> int:
        events = live_checked(sheltered(courts), 60).events
        return sum(event["kind"] == "dismissed_by_court" for event in events)

    assert convicted(0.0) == 0
    assert 0 < convicted(0.1) < convicted(1.0)


def test_delegates_are_tried_like_officials() -> None:
    society = Society(sheltered(1.0), rng=1)
    seats = slice(society.offices.posts, None)
    for _ in range(12):
        society.offices["case"][seats] = 2.0
        society.step()
        if (society.offices["removed"][seats] == BY_COURT).any():
            return
    pytest.fail("no delegate was ever dismissed by a court")


@pytest.mark.parametrize("courts", [0.1, 0.8])
def test_of_plain_cases_the_share_that_the_rule_says_is_dismissed_within_a_year(
    courts: float,
) -> None:
    society = Society(small(workers=2000), rng=1)
    tables = society.offices.values, society.offices.codes
    people = society.people.values, society.people.codes
    held = society.offices["holder"] >= 0
    society.offices["case"][:] = 2.0
    society.offices["misuse"][:] = 1.0  # as plain as can be
    society.offices["removed"][:] = IN_POST
    rng = np.random.default_rng(1)
    for _ in range(int(TRIAL_MONTHS)):
        try_cases(*tables, *people, courts, 0.0, rng.random(len(society.offices)))
        society.offices["case"][:] = 0.0  # nobody brings it up again
    dismissed = (society.offices["removed"] == BY_COURT)[held].mean()
    a_month = (1.0 - (1.0 - courts) ** (1.0 / TRIAL_MONTHS)) * recognisable(1.0)
    within_a_year = 1.0 - (1.0 - a_month) ** TRIAL_MONTHS
    assert within_a_year == pytest.approx(courts, abs=0.05)
    assert dismissed == pytest.approx(within_a_year, abs=3.0 * np.sqrt(0.25 / held.sum()))
    assert (society.offices["trial"] == 0.0).all(), "a trial outlives the year"


def test_officials_learn_from_the_fate_of_the_convicted() -> None:
    def detection(courts: float) -> float:
        people = live(sheltered(courts), 60).people
        return float((people["risk"] - people["churn"])[people["office"] >= 0].mean())

    assert detection(1.0) > 2.0 * max(detection(0.0), 0.0)


def test_the_convicted_make_officials_wish_for_fewer_audits() -> None:
    audits = ITEMS.index("audits")
    rules = {
        "sanction": 0.0,
        "restitution": 0.0,
    }  # no fines: what is remembered of audits is convictions
    remembered = [
        live(sheltered(courts).replace(rules=rules), 36).channels[audits] for courts in (0.0, 1.0)
    ]
    assert remembered[0] == 0.0 < remembered[1]


def test_newcomers_are_told_what_befell_others_and_take_less_from_the_start() -> None:
    def taken_by_newcomers(told: float) -> float:
        scenario = sheltered(1.0).replace(behaviour={"told": told})
        society, taken = Society(scenario, rng=1), []
        for _ in range(120):
            society.step()
            offices = society.offices
            new = (offices["holder"] >= 0) & (offices["tenure"] < 6.0) & (offices["room"] > 0.0)
            taken += offices["diversion"][new].tolist() if society.month > 60 else []
        return float(np.mean(taken))

    assert taken_by_newcomers(1.0) < 0.7 * taken_by_newcomers(0.0)
