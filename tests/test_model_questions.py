"""Situations around questions: officials who are read by people who ask, and who are not."""

from __future__ import annotations

import numpy as np
import pytest
from invariants import small, step_checked

from thermidor.agents.offices import DIRECTOR
from thermidor.model.society import Society


def _asked(society: Society) -> tuple[np.ndarray, np.ndarray]:
    """What directors expect of readers, and what they mean to take next month."""
    step_checked(society)
    directors = society.offices["tier"] == DIRECTOR
    return society.offices["asked"][directors], society.offices["diversion"][directors]


def _all_read_and_come(society: Society) -> None:
    society.people["attention"] = 1.0
    society.people["efficacy"] = 1.0
    society.people["fatigue"] = 0.0


KEEN = {"duty": 5.0, "attention": 1.0, "attention_decay": 0.0, "fear": 0.0, "adjustment": 1.0}


def test_officials_take_less_where_their_books_are_read_by_people_who_take_part() -> None:
    society = Society(small(rules={"openness": 1.0}, behaviour=KEEN | {"inquiry": 0.5}), rng=1)
    unasked = Society(small(rules={"openness": 1.0}, behaviour=KEEN | {"inquiry": 0.0}), rng=1)
    for each in (society, unasked):
        _all_read_and_come(each)
    (asked, careful), (nothing, careless) = _asked(society), _asked(unasked)
    assert (asked > 0.1).all()
    assert not nothing.any()
    assert (careful <= careless).all()
    assert careful.mean() < 0.6 * careless.mean()


@pytest.mark.parametrize(
    "lacking",
    [
        {"rules": {"openness": 0.0}, "behaviour": KEEN},
        {"rules": {"openness": 1.0}, "behaviour": KEEN | {"notice": 0.0}},
        {"rules": {"openness": 1.0}, "behaviour": KEEN | {"duty": -5.0, "stake": 0.0}},
    ],
    ids=["nothing to read", "nobody reads", "nobody takes part"],
)
def test_nobody_is_asked_where(lacking: dict) -> None:
    society = Society(small(**lacking), rng=1)
    _all_read_and_come(society)
    asked, _ = _asked(society)
    assert asked.max() < 0.01


def test_questions_stop_deterring_once_people_look_away() -> None:
    society = Society(small(rules={"openness": 1.0}, behaviour=KEEN | {"inquiry": 0.5}), rng=1)
    _all_read_and_come(society)
    read, restrained = _asked(society)
    society.people["attention"] = 0.0
    unread, free = _asked(society)
    assert (unread < read).all()
    assert free.mean() > restrained.mean()
