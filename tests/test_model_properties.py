"""What must be true of the pure rules for any numbers, and of small societies under any rules."""

from __future__ import annotations

import typing
from typing import Any

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from invariants import live_checked, small

from thermidor.agents import official_rules as official
from thermidor.agents import worker_rules as worker
from thermidor.agents.compiled import clamp, even, logistic, toward
from thermidor.model.distribution import post_pay
from thermidor.model.founding import apportion
from thermidor.model.measures import GINI_BINS, gini, median
from thermidor.model.parameters import GROUPS
from thermidor.model.plan import interval

# nine digits: what differs by less than that is nobody's business
share = st.floats(0.0, 1.0).map(lambda x: round(x, 9))
amount = st.floats(0.0, 100.0).map(lambda x: round(x, 9))
patience = st.floats(0.5, 0.999)
STEP = 1e-9

settings.register_profile("model", deadline=None)  # the first example may compile
settings.load_profile("model")


# --- officials ----------------------------------------------------------------------------------


@given(amount, amount, patience, share, share)
def test_the_lowest_rent_falls_as_removal_grows_likelier(temptation, surplus, d, q, other) -> None:
    low, high = sorted((q, other))
    often = official.tolerable_rent(temptation, surplus, d, high, 0.0)
    assert often <= official.tolerable_rent(temptation, surplus, d, low, 0.0) + STEP


@given(amount, amount, amount, patience, share)
def test_the_lowest_rent_falls_as_the_office_is_worth_more(temptation, s, other, d, q) -> None:
    low, high = sorted((s, other))
    rich = official.tolerable_rent(temptation, high, d, q, 0.0)
    assert rich <= official.tolerable_rent(temptation, low, d, q, 0.0) + STEP


@given(amount, amount, amount, patience, share, amount)
def test_the_lowest_rent_rises_with_what_is_within_reach(r, other, s, d, q, fine) -> None:
    low, high = sorted((r, other))
    more = official.tolerable_rent(high, s, d, q, fine)
    assert more >= official.tolerable_rent(low, s, d, q, fine) - STEP


@given(amount, amount, patience, share, amount, amount)
def test_the_lowest_rent_falls_as_fines_rise(temptation, surplus, d, q, fine, other) -> None:
    low, high = sorted((fine, other))
    dear = official.tolerable_rent(temptation, surplus, d, q, high)
    assert dear <= official.tolerable_rent(temptation, surplus, d, q, low) + STEP


@given(amount, amount, patience, share)
def test_the_lowest_rent_makes_staying_as_good_as_grabbing(temptation, surplus, d, q) -> None:
    rent = official.tolerable_rent(temptation, surplus, d, q, 0.0)
    assert 0.0 <= rent <= temptation + STEP
    assume(rent > 0.0)
    staying = (surplus + rent) / (1.0 - d)
    grabbing = surplus + temptation + d * (1.0 - q) * staying
    assert staying == pytest.approx(grabbing, rel=1e-6)


@given(share, amount, amount, patience, share, amount, share, share)
def test_diversion_is_a_share_and_never_exceeds_greed(
    greed, room, surplus, d, q, fine, peers, conformity
) -> None:
    taken = official.intended_diversion(greed, room, surplus, d, q, fine, peers, conformity)
    assert 0.0 <= taken <= greed + STEP


@given(share, share)
def test_detection_is_a_share_and_nothing_when_all_are_removed_alike(risk, churn) -> None:
    assert 0.0 <= official.detection_learnt(risk, churn) <= 1.0
    assert official.detection_learnt(churn, churn) == 0.0


@given(share, share, amount, st.floats(0.01, 20.0))
def test_more_is_hidden_the_more_there_is_to_lose(q, other, stake, cost) -> None:
    low, high = sorted((q, other))
    assert 0.0 <= official.hiding(low, stake, cost) <= official.hiding(high, stake, cost) <= 1.0


@given(share, share, share, st.floats(1e-4, 1.0))
def test_the_bonus_that_counts_falls_with_the_ratchet(bonus, ratchet, other, interest) -> None:
    low, high = sorted((ratchet, other))
    hard = official.effective_bonus(bonus, high, interest)
    assert 0.0 <= hard <= official.effective_bonus(bonus, low, interest) <= bonus + STEP


@given(share, share, st.floats(0.1, 10.0), share, share)
def test_capacity_hidden_grows_with_self_interest(bonus, slack, strain, greed, other) -> None:
    low, high = sorted((greed, other))
    little = official.concealed_capacity(bonus, slack, strain, low)
    assert 0.0 <= little <= official.concealed_capacity(bonus, slack, strain, high) <= 0.9
    assert official.concealed_capacity(bonus, slack, strain, 0.0) == 0.0


@given(share, share, share, amount, share)
def test_padding_stays_within_its_limit_and_needs_greed(limit, bonus, q, loss, greed) -> None:
    assert 0.0 <= official.padding(limit, bonus, q, loss, greed) <= limit + STEP
    assert official.padding(limit, bonus, q, loss, 0.0) == 0.0


@given(amount, share, amount, amount, share, amount, amount)
def test_silence_is_bought_more_easily_by_more(favour, greed, feeling, s, risk, loss, more) -> None:
    if official.condones(favour, greed, feeling, s, risk, loss):
        assert official.condones(favour + more, greed, feeling, s, risk, loss)
        assert official.condones(favour, greed, feeling + more, s, risk, loss)


@given(amount, share, amount, amount, share, amount, amount)
def test_silence_is_bought_less_easily_from_who_has_more_to_lose(
    favour, greed, feeling, honour, risk, loss, more
) -> None:
    if not official.condones(favour, greed, feeling, honour, risk, loss):
        assert not official.condones(favour, greed, feeling, honour + more, risk, loss)
        assert not official.condones(favour, greed, feeling, honour, risk, loss + more)
        assert not official.condones(favour, greed, feeling, honour, min(1.0, risk + more), loss)


@given(share, share, st.floats(0.0, 10.0), share, share)
def test_loyalty_counts_only_for_a_superior_with_something_to_hide(
    ability, loyalty, weight, other, hidden
) -> None:
    assert official.appointment_score(ability, loyalty, 0.0, weight) == ability
    low, high = sorted((loyalty, other))
    servile = official.appointment_score(ability, high, hidden, weight)
    assert servile >= official.appointment_score(ability, low, hidden, weight)


@given(share, share, share, st.floats(2.0, 240.0))
def test_a_learnt_hazard_stays_a_share_and_moves_toward_what_happens(
    rate, event, exposure, memory
) -> None:
    learnt = official.learnt_rate(rate, event, exposure, memory)
    assert 0.0 <= learnt <= 1.0
    assert official.learnt_rate(rate, 0.0, 0.0, memory) == rate  # nothing seen, nothing learnt


# --- workers ------------------------------------------------------------------------------------


@given(share, share)
def test_cause_to_act_is_a_share_and_either_misuse_or_want_is_enough(belief, fulfilment) -> None:
    assert 0.0 <= worker.grievance(belief, fulfilment) <= 1.0
    assert worker.grievance(1.0, fulfilment) == 1.0
    assert worker.grievance(belief, 0.0) == 1.0


@given(share, share, share, share, share, share)
def test_what_is_read_brings_belief_nearer_the_truth(
    belief, truth, readable, attention, notice, hearsay
) -> None:
    after = worker.believes(belief, truth, readable, attention, notice, hearsay, truth)
    assert abs(after - truth) <= abs(belief - truth) + STEP


@given(share, share, share, share, share)
def test_open_books_are_believed_faster_than_closed_ones(
    truth, attention, notice, hearsay, readable
) -> None:
    closed = worker.believes(0.0, truth, 0.0, attention, notice, hearsay, truth)
    opened = worker.believes(0.0, truth, readable, attention, notice, hearsay, truth)
    assert opened >= closed - STEP


@given(share, share, share)
def test_rumour_clears_the_guilty_and_blackens_the_honest(truth, suspicion, rumour) -> None:
    said = worker.rumoured(truth, suspicion, rumour)
    assert min(truth, suspicion) - STEP <= said <= max(truth, suspicion) + STEP
    assert worker.rumoured(truth, suspicion, 0.0) == truth


@given(st.floats(0.0, 0.5), share, share)
def test_effort_is_positive_and_without_a_premium_legitimacy_does_nothing(
    premium, legitimacy, private
) -> None:
    assert 0.0 <= worker.effort(premium, legitimacy, private) <= 1.5
    assert worker.effort(0.0, legitimacy, private) == worker.effort(0.0, 0.0, private)


@given(st.floats(0.0, 0.9), share, share, st.floats(0.01, 5.0))
def test_shortage_drives_private_work_up_to_its_limit(limit, fulfilment, other, half) -> None:
    poor, rich = sorted((fulfilment, other))
    assert worker.private_work_goal(limit, poor, half) >= worker.private_work_goal(
        limit, rich, half
    )
    assert 0.0 <= worker.private_work_goal(limit, poor, half) <= limit
    assert worker.private_work_goal(limit, 1.0, half) == 0.0


@given(share, share, share, share)
def test_the_better_a_challenger_can_be_met_or_read_the_more_know_it(
    met, other, readers, obscurity
) -> None:
    fewer, more = sorted((met, other))
    strange = worker.known_share(fewer, readers, obscurity)
    familiar = worker.known_share(more, readers, obscurity)
    assert 0.0 <= strange <= familiar + STEP <= 1.0 + 2.0 * STEP
    assert worker.known_share(met, readers, 0.0) == 1.0
    assert worker.known_share(1.0, readers, obscurity) == 1.0


@given(share, share, share)
def test_attention_stays_a_share(base, efficacy, grievance) -> None:
    assert 0.0 <= worker.attention_goal(base, efficacy, grievance) <= 1.0


@given(share, share, share, share)
def test_who_wants_somebody_removed_still_does_when_believing_worse(
    belief, allegation, tolerance, more
) -> None:
    if worker.wants_removal(belief, allegation, tolerance):
        assert worker.wants_removal(belief + more, allegation, tolerance)


# --- small tools --------------------------------------------------------------------------------


@given(st.floats(-1e6, 1e6), share, share)
def test_small_functions_keep_their_ranges(x, goal, speed) -> None:
    assert 0.0 <= clamp(x, 0.0, 1.0) <= 1.0
    assert 0.0 <= logistic(x) <= 1.0
    assert min(goal, 0.5) - STEP <= toward(0.5, goal, speed) <= max(goal, 0.5) + STEP
    assert abs(even(goal)) <= 1.7321


@given(st.integers(0, 3), st.floats(1.0, 10.0), st.floats(1.0, 100.0))
def test_pay_rises_with_rank_and_never_passes_the_cap(tier, ladder, cap) -> None:
    pay = post_pay(tier, ladder, cap)
    assert 1.0 <= pay <= cap
    assert post_pay(0, ladder, cap) <= post_pay(1, ladder, cap) <= post_pay(2, ladder, cap)
    assert post_pay(tier, ladder, 1.0) == 1.0


@given(share, share)
def test_plans_come_more_often_with_automation(coverage, other) -> None:
    low, high = sorted((coverage, other))
    assert 1 <= interval(high) <= interval(low) <= 12


@given(
    st.integers(0, 5),
    st.lists(st.floats(1e-3, 1e6), min_size=1, max_size=30),
    st.integers(0, 10**5),
)
def test_apportioning_hands_out_everything_and_the_least_to_everyone(least, weights, spare) -> None:
    total = least * len(weights) + spare
    parts = apportion(total, np.array(weights), least)
    assert parts.sum() == total
    assert (parts >= least).all()


@given(st.lists(st.floats(0.1, 10.0), min_size=2, max_size=12))
def test_apportioning_much_is_proportional(weights) -> None:
    parts = apportion(10**6, np.array(weights), 0)
    exact = np.array(weights) / np.sum(weights) * 10**6
    assert np.abs(parts - exact).max() <= 1.0


def exact_gini(values: np.ndarray) -> float:
    ordered = np.sort(values)
    rank = np.arange(1, len(ordered) + 1)
    return float(2.0 * (rank * ordered).sum() / (len(ordered) * ordered.sum())) - (
        1.0 + 1.0 / len(ordered)
    )


@given(st.integers(1, 2**31), st.integers(50, 2000), st.floats(0.05, 1.0))
@settings(max_examples=60)
def test_the_gini_by_bins_is_that_of_sorting_for_incomes(seed, size, spread) -> None:
    values = np.exp(spread * np.random.default_rng(seed).standard_normal(size))
    assert gini(values, values.mean(), np.empty(GINI_BINS), np.empty(GINI_BINS)) == pytest.approx(
        exact_gini(values), abs=0.001
    )


@given(st.lists(st.floats(0.0, 7.9), min_size=2, max_size=200))
def test_the_gini_by_bins_is_near_that_of_sorting_for_any_numbers(numbers) -> None:
    values = np.array(numbers)
    assume(values.sum() > 1e-6)
    assume(values.max() < 8.0 * values.mean())
    found = gini(values, values.mean(), np.empty(GINI_BINS), np.empty(GINI_BINS))
    assert 0.0 <= found <= 1.0
    # everybody in one bin of 1/32 mean: the most that sorting into bins can overlook
    assert found == pytest.approx(exact_gini(values), abs=1.0 / 64.0)


@given(st.lists(st.floats(0.0, 1.0), min_size=1, max_size=60))
def test_the_median_is_that_of_numpy(numbers) -> None:
    assert median(np.array(numbers)) == pytest.approx(float(np.median(numbers)))


# --- societies under any rules ------------------------------------------------------------------


def _value(kind: Any, name: str, rng: np.random.Generator) -> Any:
    """Anything a field allows, not only what is plausible; every fourth value is an extreme."""
    annotation, facts = kind.model_fields[name].annotation, kind.describe()[name]
    if annotation is bool:
        return bool(rng.random() < 0.5)
    if typing.get_origin(annotation) is typing.Literal:
        return str(rng.choice(typing.get_args(annotation)))
    if facts["optional"] and rng.random() < 0.25:
        return None
    low, high = facts["low"], min(facts["high"], 100)
    if rng.random() < 0.25:
        return low if rng.random() < 0.5 else high
    number = rng.uniform(low, high)
    return round(number) if annotation in (int, int | None) else number


def any_changes(seed: int) -> dict[str, dict[str, Any]]:
    """Half of all fields of four groups, each set to anything it allows."""
    rng = np.random.default_rng(seed)
    return {
        group: {
            name: _value(GROUPS[group], name, rng)
            for name in GROUPS[group].model_fields
            if name not in ("table", "market") and rng.random() < 0.5
        }
        for group in ("rules", "behaviour", "economy", "shocks")
    }


@pytest.mark.parametrize("seed", range(60))
def test_accounts_hold_under_any_rules_behaviour_and_shocks(seed: int) -> None:
    live_checked(small(workers=150, **any_changes(seed)), 30, rng=seed)


@given(st.integers(0, 2**31), st.booleans())
@settings(max_examples=10, deadline=None)
def test_accounts_hold_under_whatever_else_may_be_tried(seed: int, market: bool) -> None:
    scenario = small(workers=150, **any_changes(seed)).replace(economy={"market": market})
    live_checked(scenario, 24, rng=seed)
