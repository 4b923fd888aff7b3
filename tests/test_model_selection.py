"""Situations around selection: who wants to serve, and who comes forward."""

from __future__ import annotations

import numpy as np
import pytest
from invariants import small

from thermidor.model.society import Society


def _founded(**behaviour: float) -> Society:
    return Society(small(workers=2000, behaviour=behaviour), rng=1)


@pytest.mark.parametrize("correlation", [-0.5, 0.5])
def test_the_able_may_be_more_called_or_less(correlation: float) -> None:
    society, apart = _founded(vocation_skill=correlation), _founded()
    skill, vocation = society.people["skill"], society.people["vocation"]
    ranks = [np.argsort(np.argsort(column)) for column in (skill, vocation)]
    assert np.corrcoef(*ranks)[0, 1] == pytest.approx(correlation, abs=0.06)
    np.testing.assert_array_equal(skill, apart.people["skill"])
    assert vocation.mean() == pytest.approx(apart.people["vocation"].mean(), rel=0.1)


def test_skill_and_vocation_have_nothing_to_do_with_each_other_by_default() -> None:
    people = _founded().people
    assert abs(np.corrcoef(people["skill"], people["vocation"])[0, 1]) < 0.06


def _in_office(**scenario: dict) -> dict[str, float]:
    """Mean traits of those who hold posts after four years, less those of everybody."""
    gaps: dict[str, list[float]] = {"greed": [], "vocation": []}
    for seed in range(4):
        society = Society(small(workers=1000, **scenario), rng=seed)
        society.live(48)
        holders = society.offices["holder"]
        held = holders[holders >= 0]
        for trait, gap in gaps.items():
            gap.append(society.people[trait][held].mean() - society.people[trait].mean())
    return {trait: float(np.mean(gap)) for trait, gap in gaps.items()}


def test_where_there_is_much_to_take_the_greedy_come_forward() -> None:
    rules = {"openness": 0.0, "audit_rate": 0.0, "recall_threshold": None, "term_months": 12}
    keen = _in_office(rules=rules, behaviour={"room_director": 0.2, "self_selection": 1.0})
    anybody = _in_office(rules=rules, behaviour={"room_director": 0.2, "self_selection": 0.0})
    assert keen["greed"] > anybody["greed"] + 0.05


def test_where_there_is_nothing_to_take_the_called_come_forward() -> None:
    poor = {"room_director": 0.0, "room_head": 0.0, "room_centre": 0.0, "room_exceptions": 0.0}
    rules = {"term_months": 12}
    keen = _in_office(rules=rules, behaviour={**poor, "self_selection": 1.0})
    anybody = _in_office(rules=rules, behaviour={**poor, "self_selection": 0.0})
    assert keen["vocation"] > anybody["vocation"] + 0.05
    assert keen["greed"] < 0.05


def test_the_lot_asks_people_whatever_an_office_is_worth_to_them() -> None:
    histories = []
    for share in (0.0, 1.0):
        society = Society(
            small(rules={"sortition": 1.0, "term_months": 6}, behaviour={"self_selection": share}),
            rng=1,
        )
        society.live(1)
        histories.append(society.offices["holder"][society.offices.posts :].copy())
    same = histories[0] == histories[1]  # but for those who meanwhile got a post
    assert same.mean() > 0.8
