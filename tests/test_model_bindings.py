"""Compiled rules are called with what their parameters are named for, whatever changes."""

import copy

import numpy as np
import pytest
from invariants import live, same_history, small

from thermidor.agents.compiled import rule
from thermidor.model.bindings import bind, meanings
from thermidor.model.society import Society


def test_a_rule_gets_the_tables_and_parameters_it_names_and_then_what_varies() -> None:
    society = Society(small(), rng=1)

    def asks(people, office_codes, patience, openness, posts, varying):
        return people, office_codes, patience, openness, posts, varying

    got = society.call(asks, "this month")
    assert got[0] is society.people.values
    assert got[1] is society.offices.codes
    assert got[2:] == (
        society.behaviour.patience,
        society.rules.openness,
        society.offices.posts,
        "this month",
    )


def test_a_rule_changed_in_mid_run_is_handed_over_from_then_on() -> None:
    society = Society(small(), rng=1)

    def asks(openness):
        return openness

    before = society.call(asks)
    society.replace_rules(openness=0.123)
    assert (before, society.call(asks)) == (society.scenario.rules.openness, 0.123)


def test_an_amendment_hands_over_anew_only_what_it_has_changed(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def asks(openness, patience):
        return openness

    def does_not_ask(patience, sanction):
        return patience

    society = Society(small(), rng=1)
    society.call(asks), society.call(does_not_ask)
    bound = []
    monkeypatch.setattr(
        "thermidor.model.society.bind",
        lambda rule, *others: bound.append(rule.__name__) or bind(rule, *others),
    )
    society.replace_rules(openness=0.123)
    assert society.call(asks) == 0.123
    assert society.call(does_not_ask) == society.behaviour.patience
    assert bound == ["asks"]


def test_a_name_that_no_society_has_is_refused_by_name() -> None:
    with pytest.raises(TypeError, match="'opennes'"):
        bind(lambda opennes: opennes, meanings(Society(small(), rng=1)), ())


def test_the_first_coverage_is_never_taken_for_the_coverage_of_the_month() -> None:
    assert "automation" not in meanings(Society(small(), rng=1))


@rule
def half(people: np.ndarray, share: float) -> float:
    """Return half of a share."""
    return 0.5 * share


@rule
def half_of_anything(people: np.ndarray, share) -> float:
    """Return half of a share whose kind is not said."""
    return 0.5 * share


@pytest.mark.parametrize("asked", [half, half_of_anything])
def test_a_number_is_never_cut_to_the_kind_that_came_first(asked) -> None:
    society = Society(small(), rng=1)
    assert [society.call(asked, share) for share in (1, 0.5, np.float64(3.0))] == [0.5, 0.25, 1.5]
    with pytest.raises(TypeError):
        society.call(half, None)


def test_a_copy_works_on_its_own_arrays() -> None:
    society = live(small(), 6)
    twin = copy.deepcopy(society)
    before = society.people.values.copy()
    twin.live(6)
    np.testing.assert_array_equal(society.people.values, before)
    society.live(6)
    assert same_history(society.history(), twin.history())


def test_living_past_the_calendar_is_living_the_same_history() -> None:
    past, through = Society(small(), rng=3), Society(small(), rng=3)
    past.live(30)
    through.run_for(30)
    assert same_history(past.history(), through.history())
