"""An end in sight: last mandates and running petitions shorten a holder's horizon."""

import numpy as np
import pytest
from invariants import small, step_checked
from test_model_control import NOBODY_IS_REMOVED, ONLY_FEAR_OF_REMOVAL

from thermidor.agents.explain import explain_office
from thermidor.agents.offices import BY_LOT
from thermidor.agents.official_rules import tolerable_rent
from thermidor.model.society import Society

ONCE = {"rules": {"term_limit": 1, "recall_threshold": None, "term_months": 24}}


@pytest.mark.parametrize("left", [3, 12, 60])
def test_whoever_serves_a_last_mandate_takes_the_rent_of_a_shorter_horizon(left: int) -> None:
    rules = {**NOBODY_IS_REMOVED, "term_limit": 1}
    society = Society(small(rules=rules, behaviour=ONLY_FEAR_OF_REMOVAL), rng=1)
    people, offices = society.people, society.offices
    for _ in range(24):
        people["risk"], people["churn"], people["fine_risk"] = 0.2, 0.0, 0.0
        people["vocation"] = people["bench"] - offices["pay"].mean()
        offices["term_left"] = left + 1  # a month of it passes before officials learn
        society.step()
    at_work = (offices["holder"] >= 0) & (offices["room"] > 0.0)
    rent = tolerable_rent(1.0, 0.0, 0.9 * (1.0 - 1.0 / left), 0.2, 0.0)
    np.testing.assert_allclose(offices["diversion"][at_work], rent, atol=0.01)


def test_whoever_may_stand_again_sees_no_end_before_a_petition_runs() -> None:
    society = Society(small(rules={**ONCE["rules"], "term_limit": 2}), rng=1)
    for _ in range(30):
        step_checked(society)
        offices = society.offices
        held = offices["holder"] >= 0
        again = held & (offices["terms"] < 2)
        assert (offices["end"][again] == 0.0).all()
        assert np.allclose(offices["end"][held & ~again], 1.0 / offices["term_left"][held & ~again])


def test_nobody_drawn_by_lot_can_stay_and_everybody_knows_it() -> None:
    society = Society(small(rules={"sortition": 1.0, "recall_threshold": None}), rng=1)
    society.run_for(30)
    offices = society.offices
    drawn = (offices["elected"] == BY_LOT) & (offices["holder"] >= 0)
    assert drawn.any()
    assert np.allclose(offices["end"][drawn], 1.0 / offices["term_left"][drawn])


def test_while_a_petition_runs_its_prospect_is_spread_over_the_months_of_signing() -> None:
    society = Society(small(behaviour={"petition_months": 4.0, "initiative": 1.0}), rng=1)
    offices = society.offices
    for _ in range(40):
        step_checked(society)
        running = (offices["petition"] > 0.0) & (offices["holder"] >= 0)
        assert np.allclose(offices["end"][running], offices["prospect"][running] / 4.0)
        assert (offices["end"][~running] == 0.0).all()
        if running.any():
            return
    pytest.fail("no petition ran")


def test_without_foresight_no_end_is_seen_and_limits_on_terms_cost_nothing_on_the_eve() -> None:
    society = Society(small(behaviour={"foresight": 0.0}, **ONCE), rng=1)
    society.run_for(30)
    assert (society.offices["end"] == 0.0).all()


def test_newcomers_do_not_inherit_the_end_that_their_predecessors_saw() -> None:
    society = Society(small(rules={"term_limit": 1, "term_months": 6}), rng=1)
    for _ in range(14):
        step_checked(society)
        new = (society.offices["tenure"] == 0.0) & (society.offices["holder"] >= 0)
        assert np.allclose(society.offices["end"][new], 1.0 / 6.0)


@pytest.mark.parametrize(("lang", "words"), [("en", "ending"), ("ru", "лишится")])
def test_a_holder_who_sees_an_end_coming_says_so(lang: str, words: str) -> None:
    society = Society(small(rules={"term_limit": 1, "term_months": 12}), rng=1)
    society.run_for(3)
    offices = society.offices
    for office in (0, offices.posts):  # a director, a delegate
        assert offices["end"][office] > 0.0
        assert words in " ".join(explain_office(society, office, lang).knew)
    unlimited = Society(small(rules={"recall_threshold": None}), rng=1)
    unlimited.run_for(3)
    assert words not in " ".join(explain_office(unlimited, 0, lang).knew)
