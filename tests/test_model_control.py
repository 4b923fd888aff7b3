"""Oracles from theory: retrospective control (Barro, Ferejohn) and the ratchet (Weitzman)."""

import numpy as np
import pytest
from invariants import live_checked, small

from thermidor.agents.official_rules import effective_bonus, tolerable_rent
from thermidor.model.society import Society

# temptation 1, surplus 0, patience 0.9: the lowest rent by the chance of being thrown out
LOWEST_RENT = {0.02: 0.85, 0.1: 0.53, 0.2: 0.36, 0.5: 0.18, 1.0: 0.10}

ONLY_FEAR_OF_REMOVAL = {
    "greed": 1.0,
    "greed_spread": 0.0,
    "skill_spread": 0.0,
    "patience": 0.9,
    "conformity": 0.0,
    "adjustment": 1.0,
    "favour_share": 0.0,
    "supervision": 0.0,
    "inspection": 0.0,
}
NOBODY_IS_REMOVED = {
    "recall_threshold": None,
    "audit_rate": 0.0,
    "sanction": 0.0,
    "council_power": 0.0,
    "elected_posts": 0.0,
    "term_months": 600,
    "wage_cap": 1.0,
    "amendable": False,
}


@pytest.mark.parametrize(("detection", "rent"), LOWEST_RENT.items())
def test_the_lowest_rent_is_that_of_barro_and_ferejohn(detection: float, rent: float) -> None:
    assert tolerable_rent(1.0, 0.0, 0.9, detection, 0.0) == pytest.approx(rent, abs=0.005)


@pytest.mark.parametrize(("detection", "rent"), LOWEST_RENT.items())
def test_officials_who_know_their_risk_settle_at_the_lowest_rent(
    detection: float, rent: float
) -> None:
    stripped = small(rules=NOBODY_IS_REMOVED, behaviour=ONLY_FEAR_OF_REMOVAL)
    society = Society(stripped, rng=1)
    people, offices = society.people, society.offices
    offices["term_left"] = 600  # no mandate ends meanwhile
    for _ in range(24):
        people["risk"] = detection
        people["churn"] = 0.0
        people["fine_risk"] = 0.0
        # the worth of an office beyond the bench is made zero: S = w - u + psi = 0
        people["vocation"] = people["bench"] - offices["pay"].mean()
        society.step()
    assert (offices["elected"][: offices.posts] == 0).all()
    at_work = (offices["holder"] >= 0) & (offices["room"] > 0.0)
    assert at_work.sum() >= 10
    np.testing.assert_allclose(offices["diversion"][at_work], rent, atol=0.01)


def test_the_better_the_office_the_less_is_taken_when_removal_is_certain_enough() -> None:
    taken = []
    for surplus in (0.0, 0.5, 2.0):
        society = Society(small(rules=NOBODY_IS_REMOVED, behaviour=ONLY_FEAR_OF_REMOVAL), rng=1)
        people, offices = society.people, society.offices
        offices["term_left"] = 600
        for _ in range(12):
            people["risk"], people["churn"] = 0.1, 0.0
            people["vocation"] = people["bench"] - offices["pay"].mean() + surplus
            society.step()
        taken.append(offices["diversion"][: offices.posts].mean())
    assert taken[0] > taken[1] > taken[2]


def _bonus_stream(extra: float, bonus: float, ratchet: float, interest: float) -> float:
    """Discounted bonus of a director who makes `extra` more once, while its target follows it."""
    target, worth = 10.0, 0.0
    for month in range(4000):
        output = 10.0 + (extra if month == 0 else 0.0)
        worth += bonus * (output - target) / (1.0 + interest) ** month
        target += ratchet * (output - target)
    return worth


@pytest.mark.parametrize("ratchet", [0.0, 0.05, 0.3, 1.0])
@pytest.mark.parametrize("interest", [0.01, 1 / 0.98 - 1, 0.1])
def test_a_target_that_follows_performance_eats_the_bonus_as_weitzman_says(
    ratchet: float, interest: float
) -> None:
    bonus, step = 0.3, 1e-3
    gained = _bonus_stream(step, bonus, ratchet, interest)
    gained -= _bonus_stream(0.0, bonus, ratchet, interest)
    weitzman = bonus / (1.0 + ratchet / interest)
    assert gained / step == pytest.approx(weitzman, rel=0.1)
    assert effective_bonus(bonus, ratchet, interest) == pytest.approx(weitzman, rel=1e-12)


def test_the_harder_the_ratchet_the_more_capacity_is_hidden() -> None:
    hidden = []
    alike = {"safety_slack": 0.6, "greed_spread": 0.0}  # whoever holds a post conceals as much
    for ratchet in (0.0, 0.02, 0.1, 0.5, 1.0):
        scenario = small("nomenklatura", behaviour={"ratchet": ratchet, **alike})
        history = live_checked(scenario, 36).history()
        hidden.append(history["hidden_capacity"][12:].mean())
    assert hidden == sorted(hidden)
    assert hidden[-1] > 1.5 * hidden[0]


def test_nobody_hides_capacity_where_revealing_it_pays_more_than_slack() -> None:
    scenario = small("nomenklatura", behaviour={"ratchet": 0.0, "bonus": 1.0, "strain": 1.0})
    assert live_checked(scenario, 24).history()["hidden_capacity"].max() == 0.0


def _padding(**of: float) -> float:
    """Mean padding of directors whose risk is a tenth a month, `surplus` beyond bench a month."""
    surplus = of.pop("surplus", 1.0)
    behaviour = {**ONLY_FEAR_OF_REMOVAL, **of}
    society = Society(small(rules=NOBODY_IS_REMOVED, behaviour=behaviour), rng=1)
    people, offices = society.people, society.offices
    offices["term_left"] = 600
    for _ in range(6):
        people["risk"], people["churn"] = 0.1, 0.0
        people["vocation"] = people["bench"] - offices["pay"].mean() + surplus
        society.step()
    return float(offices["padding"][(offices["tier"] == 0) & (offices["holder"] >= 0)].mean())


def test_the_more_an_office_is_worth_in_all_the_less_its_director_pads() -> None:
    assert _padding(surplus=0.0) > _padding(surplus=1.0) > _padding(surplus=5.0)
    assert _padding(patience=0.8) > _padding(patience=0.9) > _padding(patience=0.99)


def test_a_director_pads_by_the_bonus_in_baskets_against_all_the_office_is_worth() -> None:
    nothing_within_reach = {"room_director": 0.0, "room_head": 0.0, "room_centre": 0.0}
    pads = _padding(bonus=0.5, padding_limit=0.1, automation_growth=0.0, **nothing_within_reach)
    place = 1.0 / (1.0 - 0.9)  # one basket a month for as long as its holder looks ahead
    assert pads == pytest.approx(0.1 * 0.5 / (0.5 + 0.1 * place), rel=0.1)
