"""Situations around reprisals: who learns the names of those who took part, and who punishes."""

from __future__ import annotations

import pytest
from invariants import small, step_checked

from thermidor.model.society import Society

MACHINES = {"automation": 0.8, "algorithm_open": False, "participants_visible": False}


def _punished(rules: dict, greedy_centre: float = 0.5, **behaviour: float) -> float:
    """The share of pay that the second month's participants lose, where planners mean to take."""
    society = Society(small(rules=rules, behaviour={"reprisal": 0.4, **behaviour}), rng=1)
    step_checked(society)
    posts = society.offices.posts
    society.offices["diversion"][posts - society.planners : posts] = greedy_centre
    step_checked(society)
    lost = society.workplaces["retaliation"]
    assert (lost == lost[0]).all(), "the centre spares some workplaces"
    return float(lost[0])


def test_a_centre_whose_closed_machines_know_names_punishes_though_lists_are_secret() -> None:
    lost = _punished(MACHINES, recognition=1.0, automation_growth=0.0)
    assert lost == pytest.approx(0.4 * 0.8 * 0.5)


@pytest.mark.parametrize(
    ("rules", "centre", "recognition"),
    [
        (MACHINES | {"algorithm_open": True}, 0.5, 1.0),
        (MACHINES | {"automation": 0.0}, 0.5, 1.0),
        (MACHINES, 0.0, 1.0),
        (MACHINES, 0.5, 0.0),
    ],
    ids=["the code is open", "there are no machines", "it has nothing to lose", "they know nobody"],
)
def test_the_centre_punishes_nobody_where(rules: dict, centre: float, recognition: float) -> None:
    society = {"recognition": recognition, "automation_growth": 0.0}
    assert _punished(rules, centre, **society) == 0.0


def test_where_lists_are_open_to_directors_the_harder_of_the_two_punishes() -> None:
    rules = MACHINES | {"participants_visible": True}
    society = Society(small(rules=rules, behaviour={"reprisal": 0.4, "recognition": 1.0}), rng=1)
    step_checked(society)
    posts, sites = society.offices.posts, len(society.workplaces)
    society.offices["diversion"][:sites] = 0.6
    society.offices["diversion"][posts - society.planners : posts] = 0.5
    held = society.offices["holder"][:sites] >= 0
    step_checked(society)
    assert society.workplaces["retaliation"][held] == pytest.approx(0.4 * 0.6)
