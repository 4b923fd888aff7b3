"""Patterns of pay: their arms, their readings, their statistics on means made by hand."""

import math

import pytest

from thermidor.agents.offices import DIRECTOR
from thermidor.experiments.evidence.laboratory import behaving, live, tasks
from thermidor.experiments.evidence.pattern import Arm, Means
from thermidor.experiments.evidence.patterns.pay import (
    BEYOND,
    P5,
    P6,
    P7,
    cap_and_kind,
    eradicating_pay,
    taken_by_directors,
    who_holds,
)
from thermidor.model.parameters import Behaviour
from thermidor.model.society import Society


def lived(arm: Arm, months: int, **behaviour: float) -> Society:
    """Return the arm's society after some months."""
    whole = behaving(arm, Behaviour(**behaviour), {})
    society = Society(whole.scenario, rng=1)
    society.run_for(months)
    return society


def audited(taken: dict[str, float]) -> Means:
    """Return readings of all arms of P5, half of what passes taken where nothing else is said."""
    return {arm: {"taken": taken.get(arm, 0.5)} for arm in P5.arms()}


def test_in_every_arm_of_p5_all_holders_are_paid_what_the_arm_says() -> None:
    for name, arm in P5.arms().items():
        society = lived(arm, 1)
        pays = society.offices["pay"] / society.mean_wage
        assert pays == pytest.approx(float(name.rsplit("_", 1)[1]))


def test_accounts_stay_hand_kept_in_every_experiment_on_pay() -> None:
    for pattern in (P5, P6, P7):
        for arm in pattern.arms().values():
            society = lived(arm, 30)
            assert society.automation == society.scenario.rules.automation


def test_pay_that_deters_only_at_middle_audit_is_recognised() -> None:
    middle = {f"middle_{w}": 0.5 / w**2 for w in (2, 3, 5, 7)}
    found = P5.statistics(audited({**middle, "high_1": 0.1, "high_2": 0.1}))
    assert found["elasticity"] == pytest.approx(-2.0)
    assert found["low"] == found["high"] == 0.0
    assert found["middle_against_low"] < 0.0
    assert found["middle_against_high"] < 0.0
    assert 3.0 < found["needed"] < 5.0


def test_pay_that_deters_most_where_audits_are_frequent_is_no_hump() -> None:
    found = P5.statistics(audited({"middle_2": 0.45, "high_2": 0.2}))
    assert found["middle_against_high"] > 0.0


def test_pay_that_never_eradicates_is_beyond_all_arms() -> None:
    assert eradicating_pay((1, 2, 7), (1.0, 0.9, 0.2)) == BEYOND


def test_a_take_of_nothing_has_no_elasticity() -> None:
    assert math.isnan(P5.statistics(audited({"middle_2": 0.0}))["elasticity"])


def test_where_nothing_is_taken_there_is_nothing_to_eradicate() -> None:
    assert math.isnan(eradicating_pay((1.0, 2.0, 3.0), (0.0, 0.0, 0.0)))


def test_only_directors_are_read_neither_planners_nor_delegates() -> None:
    society = lived(P5.arms()["middle_2"], 12)
    directors = society.offices["tier"] == DIRECTOR
    before = taken_by_directors(society)["taken"]
    society.offices["take"][~directors] = 1e6
    assert taken_by_directors(society)["taken"] == before
    society.offices["take"][directors] = 0.5 * society.offices["room"][directors]
    assert taken_by_directors(society)["taken"] == pytest.approx(0.5)


def test_before_the_crackdown_nobody_is_audited_or_put_on_record() -> None:
    society = lived(P5.arms()["low_1"], 60)
    assert society.history()["audits"].sum() == 0.0
    assert not society.offices["trial"].any()


def test_at_the_height_of_the_crackdown_all_are_audited_every_month() -> None:
    society = lived(P5.arms()["high_1"], 24)
    assert society.history()["audits"].mean() > 0.95 * len(society.offices)


def test_who_holds_reads_the_skill_of_those_in_posts() -> None:
    society = lived(P6.arms()["money_1"], 1)
    holders = society.offices["holder"][: society.offices.posts]
    society.people["skill"][:] = 0.0
    society.people["skill"][holders[holders >= 0]] = 2.0
    assert who_holds(society)["skill"] == 2.0


def test_opposite_signs_of_selection_are_told_apart() -> None:
    readings = {arm: {"skill": 1.0, "terms": 1.0} for arm in P6.arms()}
    readings["money_2"] = {"skill": 1.1, "terms": 1.0}
    readings["calling_2"] = {"skill": 0.9, "terms": 1.5}
    found = P6.statistics(readings)
    assert found["drawn_by_money"] > 0.0 > found["drawn_by_calling"]
    assert found["stay"] == 0.5


def test_a_cap_that_doubles_is_a_rise_of_two_and_no_cap_counts_as_what_is_paid() -> None:
    arm = P7.arms()["mondragon"]
    society = lived(arm, 2)
    assert cap_and_kind(society)["ceiling"] == society.scenario.rules.wage_cap
    society.replace_rules(wage_cap=6.0)
    assert cap_and_kind(society)["ceiling"] == 6.0
    society.replace_rules(wage_cap=None)
    read = cap_and_kind(society)
    assert read["ceiling"] == read["paid"] <= 6.0


def test_the_share_of_months_with_equal_pay_ends_when_the_cap_is_raised() -> None:
    society = lived(P7.arms()["poor"], 4)
    society.replace_rules(wage_cap=2.0)
    society.run_for(4)
    assert cap_and_kind(society)["equal"] == 0.5


def test_goods_in_kind_are_counted_a_post_in_mean_wages() -> None:
    society = lived(P7.arms()["capped"], 2)
    society.people["in_kind"][:] = 3.0 * society.mean_wage
    assert cap_and_kind(society)["in_kind"] == pytest.approx(3.0)


def test_a_planted_erosion_of_caps_meets_what_was_published() -> None:
    kind = {"ceiling": 3.0, "paid": 3.0, "equal": 1.0, "in_kind": 1.0}
    readings = {arm: dict(kind) for arm in P7.arms()}
    readings["mondragon"]["ceiling"] = 7.5
    readings["acquiescent"]["ceiling"] = 9.0
    readings["poor"]["equal"] = 0.4
    readings["capped"]["in_kind"] = 1.2
    found = P7.statistics(readings)
    assert found["rise"] == 2.5
    assert found["resisted"] == -6.0
    assert found["poor_first"] == pytest.approx(-0.6)
    assert found["bypassed"] == pytest.approx(0.2)


@pytest.mark.parametrize("pattern", [P5, P6, P7], ids=lambda pattern: pattern.id)
def test_every_check_of_pay_has_its_statistic(pattern) -> None:  # type: ignore[no-untyped-def]
    short = [t for t in tasks([pattern], 1, Behaviour()) if t.what.scenario.months <= 240]
    found = live(short[0]).values
    assert found
    readings = dict.fromkeys(pattern.arms(), found)
    assert {check.statistic for check in pattern.checks} <= set(pattern.statistics(readings))
