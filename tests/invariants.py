"""Helpers of the model's tests: small scenarios, months checked as they pass, differences."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from thermidor.model.invariants import assert_invariants, opening
from thermidor.model.measures import Measure
from thermidor.model.scenario import Scenario
from thermidor.model.society import Society
from thermidor.scenarios import load_scenario

MEASURES = [measure.name.lower() for measure in Measure]


def small(name: str = "workers-democracy", workers: int = 200, **changes: Any) -> Scenario:
    """A scenario of the catalogue with few workers and, by group, whatever else is changed."""
    population = {"workers": workers, **changes.pop("population", {})}
    return load_scenario(name).replace(population=population, **changes)


def live(scenario: Scenario, months: int, rng: int = 1) -> Society:
    """A society after some months, nobody looking."""
    society = Society(scenario, rng=rng)
    society.run_for(months)
    return society


def live_checked(scenario: Scenario, months: int, rng: int = 1) -> Society:
    """A society after some months, with every invariant checked after each."""
    society = Society(scenario, rng=rng)
    assert_invariants(society)
    for _ in range(months):
        step_checked(society)
    return society


def step_checked(society: Society) -> None:
    """One month, then every invariant."""
    before = opening(society)
    society.step()
    assert_invariants(society, before)


def petitions_begun(society: Society, months: int) -> tuple[np.ndarray, np.ndarray]:
    """Months of the mandate served and left when each petition of the next months was begun."""
    offices, begun = society.offices, []
    for _ in range(months):
        served, left = offices["mandate"] - offices["term_left"], offices["term_left"].copy()
        step_checked(society)
        begun.append(np.array([served, left])[:, offices["begun"] == 1])
    served, left = np.hstack(begun)
    return served, left


def measures(society: Society) -> pd.DataFrame:
    """The history without its rule columns."""
    return society.history()[MEASURES]


def same_history(left: pd.DataFrame, right: pd.DataFrame) -> bool:
    """Whether two histories are equal to the last bit, missing values included."""
    return list(left) == list(right) and all(
        np.array_equal(left[name].to_numpy(), right[name].to_numpy(), equal_nan=True)
        for name in left
    )


def moved(left: pd.DataFrame, right: pd.DataFrame) -> bool:
    """Whether any measure of two histories differs."""
    return not np.array_equal(left[MEASURES].to_numpy(), right[MEASURES].to_numpy())
