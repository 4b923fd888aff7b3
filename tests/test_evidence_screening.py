"""Screening: planted movers are found, planted dummies are not, and a small real walk ends well."""

from pathlib import Path

import numpy as np
import pytest

from thermidor.experiments.evidence.display_screening import page, societies, surely_small
from thermidor.experiments.evidence.screening import (
    DUMMIES,
    LEVELS,
    Effect,
    Screened,
    dummies,
    fields,
    judge_effects,
    placed,
    reseeded,
    screen,
    trajectories,
)
from thermidor.model.parameters import Behaviour, Rules
from thermidor.model.scenario import Scenario

NAMES = ("strong", "steady", "noisy", "unused", *dummies())


def planted(count: int = 120) -> tuple[np.ndarray, dict[str, np.ndarray]]:
    """Return walks and an output: two movers, one that only stirs up chance, one that is unused."""
    walks = trajectories(NAMES, count, 1)
    flat = walks.reshape(-1, len(NAMES))
    chance = np.array(
        [
            np.random.default_rng([k // len(walks[0]), *_steps(row)]).normal()
            for k, row in enumerate(flat)
        ]
    )
    return walks, {"output": 5.0 * flat[:, 0] + 0.8 * flat[:, 1] + chance}


def _steps(row: np.ndarray) -> list[int]:
    """Return what chance hangs on: the parameter that stirs it, and the dummies."""
    return [round(float(level) * (LEVELS - 1)) for level in (row[2], *row[4:])]


def test_movers_are_found_and_what_only_stirs_chance_is_not() -> None:
    found = {each.name: each for each in judge_effects(NAMES, *planted())}
    assert found["strong"].moves == ("output",)
    assert found["steady"].moves == ("output",)  # smaller than chance, but always the same way
    assert found["steady"].strength < 1.0
    assert found["noisy"].moves == ()
    assert not found["noisy"].dead


def test_what_moves_little_is_surely_small_only_where_chance_cannot_hide_more() -> None:
    def moving(size: float, error: float, beyond: bool = False) -> Screened:
        effect = Effect(size, error, size, error, 1.0, 0.1, beyond)
        return Screened("field", {"needs_met": effect, "capture": effect})

    assert surely_small(moving(0.001, 0.002))
    assert not surely_small(moving(0.001, 0.006))  # more than the margin of what is taken
    assert not surely_small(moving(0.001, 0.002, beyond=True))


def test_what_is_never_used_is_dead() -> None:
    found = {each.name: each for each in judge_effects(NAMES, *planted(20))}
    assert found["unused"].dead
    assert found["unused"].moves == ()


def test_dummies_are_not_judged_and_the_strongest_comes_first() -> None:
    found = judge_effects(NAMES, *planted(20))
    assert found[0].name == "strong"
    assert not any(each.name.startswith("dummy") for each in found)


def test_of_many_inert_parameters_hardly_any_is_taken_for_a_mover() -> None:
    names = (*(f"inert{k}" for k in range(60)), *dummies())
    walks = trajectories(names, 60, 2)
    chance = np.random.default_rng(3).normal(size=walks.shape[0] * walks.shape[1])
    found = judge_effects(names, walks, {"output": chance})
    assert sum(bool(each.moves) for each in found) <= 3


@pytest.mark.parametrize("path", fields())
def test_every_level_of_every_field_is_a_valid_value(path: str) -> None:
    group, name = path.split(".")
    kind = Rules if group == "rules" else Behaviour
    values = [placed(path, level) for level in np.linspace(0.0, 1.0, LEVELS)]
    for value in values:
        assert getattr(kind(**{name: value}), name) == value
    assert len(set(values)) >= 2


def test_a_rule_that_can_be_switched_off_is_off_at_the_end_and_reaches_its_range_before() -> None:
    values = [placed("rules.wage_cap", k / 3) for k in range(4)]
    assert values == [1.0, 3.5, 6.0, None]


def test_a_dummy_changes_the_seed_and_nothing_else_does() -> None:
    still, moved = np.zeros(DUMMIES), np.zeros(DUMMIES)
    moved[3] = 2 / 3
    assert reseeded(7, still) == reseeded(7, still.copy())
    assert reseeded(7, still) != reseeded(7, moved)


@pytest.mark.slow
def test_a_small_walk_through_the_model_is_kept_and_told(tmp_path: Path) -> None:
    base = Scenario(population={"workers": 100}, months=24)  # type: ignore[arg-type]
    found = screen(2, 1, 1, tmp_path, base=base)
    calls: list[int] = []
    again = screen(2, 1, 1, tmp_path, lambda done, total: calls.append(done), base=base)
    assert calls == [societies(2)]
    assert [each.name for each in found] == [each.name for each in again]
    assert {each.name for each in found} == set(fields())
    text = page(found, 2, 1, "thermidor screen --quick")
    assert "`thermidor screen --quick`" in text
    assert "`behaviour.greed`" in text
