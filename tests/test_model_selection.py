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
