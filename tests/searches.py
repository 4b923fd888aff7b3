"""Small searches for tests, and societies made up, of which is known what holds in them."""

from typing import Any

import numpy as np
import pytest

from thermidor import Scenario, load_scenario
from thermidor.experiments.search import trying
from thermidor.experiments.search.reading import AMOUNTS, Reading, Task
from thermidor.experiments.search.study import Findings, Request
from thermidor.model.society import MEASURES

DEMOCRACY, BARE = load_scenario("workers-democracy"), load_scenario("nomenklatura")
SMALL = {
    "workers": 60,
    "workplace_size": 10,
    "workers_per_delegate": 10,
    "workers_per_head": 30,
    "workers_per_planner": 30,
}


def asked(**changes: Any) -> Request:
    few = Scenario(population=SMALL, months=24)
    known = {"people": "uniform", "trials": 30, "members": 6, "check": 10}
    return Request(**{"goal": "cheapest", "base": few, **known, **changes})


class MadeUp:
    """Stands for the model: control holds with open books and councils, more or less, by luck."""

    def __init__(self, breaks_after: float = float("inf")) -> None:
        self.made: list[str] = []
        self.breaks_after = breaks_after

    def __call__(self, task: Task) -> tuple[str, Reading]:
        if len(self.made) >= self.breaks_after:
            raise KeyboardInterrupt
        self.made.append(task.key)
        rules, luck = task.scenario.rules, np.random.default_rng(task.seed).random()
        holds = min(rules.openness / 0.7, 1.0) * min(rules.council_power / 0.5, 1.0) > 0.9 * luck
        amounts = [0.0] * len(AMOUNTS)
        amounts[AMOUNTS.index("audits")] = 10.0 * rules.audit_rate + luck
        kept = 24 if holds else int(12 * rules.openness)
        return task.key, Reading(holds, kept, tuple(amounts), (0.5,) * len(MEASURES))


def made_up(monkeypatch: pytest.MonkeyPatch, **options: Any) -> MadeUp:
    model = MadeUp(**options)
    monkeypatch.setattr(trying, "live", model)
    return model


def told(findings: Findings) -> Any:
    return findings.trials, findings.checked, findings.best, findings.answer, findings.doubled
