"""The behaviour ensemble: sets of behaviour that fit what is known, instead of one best guess.

`thermidor calibrate` writes it (experiments/evidence/calibration.py); it comes with the package.
"""

from __future__ import annotations

import csv
from functools import lru_cache
from importlib.resources import files
from typing import Any

from ..model.parameters import Behaviour
from ..model.scenario import Scenario

FILE = "ensemble.csv"


@lru_cache(maxsize=1)
def load_ensemble() -> tuple[Behaviour, ...]:
    """Return the members of the ensemble, each as likely as the others."""
    text = files(__package__).joinpath(FILE).read_text(encoding="utf-8")
    rows = csv.DictReader(line for line in text.splitlines() if not line.startswith("#"))
    return tuple(Behaviour(**{name: float(value) for name, value in r.items()}) for r in rows)


def member_of(scenario: Scenario, replicate: int) -> Scenario:
    """Return a scenario with the behaviour of member `replicate` (from 0, round and round).

    What the scenario itself says about behaviour stays as it says.
    """
    members = load_ensemble()
    member = members[replicate % len(members)]
    return scenario.replace(behaviour=member.replace(**own_behaviour(scenario)))


def own_behaviour(scenario: Scenario) -> dict[str, Any]:
    """Return what of a scenario's behaviour differs from the defaults."""
    usual = Behaviour()
    return {
        name: value
        for name, value in scenario.behaviour.model_dump().items()
        if value != getattr(usual, name)
    }
