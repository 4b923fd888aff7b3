"""The pattern of last mandates: its reading, and its statistics on means made by hand."""

import pytest

from thermidor.agents.offices import Office
from thermidor.experiments.evidence.patterns.terms import P23, taken_by_term
from thermidor.model.society import Society


def test_what_is_taken_is_told_apart_by_whether_the_holder_may_stand_again() -> None:
    society = Society(P23.arms()["usual"].scenario, rng=1)
    society.run_for(1)
    offices = society.offices
    offices["terms"] = 1.0
    offices["terms"][:3] = 2.0
    found = taken_by_term(society)
    posts = offices.posts
    take = offices.values[Office.TAKE, :posts]
    assert found["taken_last"] == pytest.approx(take[:3].sum())
    assert found["taken_first"] == pytest.approx(take[3:].sum())
    assert found["room_last"] + found["room_first"] == pytest.approx(offices["room"][:posts].sum())


def _readings(first: float, last: float) -> dict[str, float]:
    return {"taken_first": first, "room_first": 10.0, "taken_last": last, "room_last": 5.0}


def test_the_effect_compares_shares_of_what_is_within_reach() -> None:
    found = P23.statistics(
        {
            "usual": _readings(3.0, 2.0),  # 0.3 instead of 0.4
            "open": _readings(2.0, 1.0),
            "strict": _readings(1.0, 1.0),  # half
        }
    )
    assert found["effect"] == pytest.approx(-0.25)
    assert found["less_if_open"] == pytest.approx(-0.25)
    assert found["less_if_strict"] == pytest.approx(0.25)
