"""Screening: which rules and which behaviour move anything at all (Morris 1991).

All fields of Rules and Behaviour are walked through their ranges one step at a time, along many
trajectories; each has its own outside shock and chance events. Beside them walk dummies, which
change nothing but the seed: what they move is the floor that chance sets. Whatever moves no output
more than a dummy, and in no steady direction, is a candidate to be fixed or removed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any, get_args

import numpy as np
from scipy.stats import t as student

from ...model.parameters import Behaviour, Rules
from ...model.scenario import Scenario
from .claim import FULL as CLAIM
from .claim import sized
from .laboratory import Task
from .pattern import Arm
from .points import PRIORS, Point, draw_points
from .trials import YEAR, Part, Progress, judged, make

FULL, QUICK = 120, 12  # trajectories
LEVELS = 4
DUMMIES = 8
BASE = sized(Scenario(), CLAIM.workers, CLAIM.months)
OUTPUTS = (
    "needs_met",
    "capture",
    "privilege",
    "plan_fidelity",
    "irremovability",
    "co_optation",
    "power_concentration",
    "participation",
    "trust",
    "second_economy",
    "shortage",
    "distortion",
    "turnover",
    "automation",
    "controlled",
)
RUNS_A_PART = 6  # trajectories
SURE = 0.05  # chance that any inert parameter is taken for a mover by its direction


@dataclass(frozen=True)
class Effect:
    """What one parameter does to one output, in units of the output per whole range.

    `size` is the mean absolute effect of a step (mu*), `error` half its 95 % interval, `mean` the
    signed mean (mu), `doubt` half that one's interval and `t` the mean over its standard error;
    `floor` is the largest size of any dummy. `beyond` says whether size surely exceeds the floor,
    or the direction is surely steady.
    """

    size: float
    error: float
    mean: float
    doubt: float
    t: float
    floor: float
    beyond: bool

    @property
    def ratio(self) -> float:
        """How many times the floor the size is."""
        return self.size / self.floor if self.floor > 0.0 else float(self.size > 0.0)


@dataclass(frozen=True)
class Screened:
    """One parameter and its effect on every output."""

    name: str
    effects: Mapping[str, Effect]

    @property
    def moves(self) -> tuple[str, ...]:
        """The outputs it moves beyond chance, the most moved first."""
        moved = [output for output, effect in self.effects.items() if effect.beyond]
        return tuple(sorted(moved, key=lambda output: -self.effects[output].ratio))

    @property
    def dead(self) -> bool:
        """Whether not a single step along any trajectory changed anything."""
        return all(effect.size == 0.0 for effect in self.effects.values())

    @property
    def strength(self) -> float:
        """The largest ratio of size to floor over outputs."""
        return max(effect.ratio for effect in self.effects.values())


def fields() -> tuple[str, ...]:
    """Return every field of Rules and Behaviour by its dotted path."""
    return (
        *(f"rules.{name}" for name in Rules.model_fields),
        *(f"behaviour.{name}" for name in Behaviour.model_fields),
    )


def placed(path: str, level: float) -> Any:
    """Return the value of a field at a level (0..1) of its range.

    Choices are divided evenly; what can be switched off is off at the top of its range.

    >>> placed("rules.openness", 1.0), placed("rules.opposition", 0.2), placed("rules.wage_cap", 1)
    (1.0, False, None)
    """
    group, name = path.split(".")
    kind = Rules if group == "rules" else Behaviour
    facts = kind.describe()[name]
    choices = get_args(kind.model_fields[name].annotation)
    if isinstance(facts["default"], bool):
        return level >= 0.5
    if choices and isinstance(choices[0], str):
        return choices[min(int(level * len(choices)), len(choices) - 1)]
    if facts["optional"]:
        if level >= 1.0:
            return None
        level = min(1.0, level * (LEVELS - 1) / (LEVELS - 2))  # what is left reaches to the end
    low, high = facts["sweep"]
    value = low + level * (high - low)
    return round(value) if int in (kind.model_fields[name].annotation, *choices) else value


def problem(names: Sequence[str]) -> dict[str, Any]:
    """Return SALib's description of a unit cube with a side a name."""
    return {"num_vars": len(names), "names": list(names), "bounds": [[0.0, 1.0]] * len(names)}


def trajectories(names: Sequence[str], count: int, seed: int) -> np.ndarray:
    """Return levels (count, steps, names) along trajectories, one name changing a step."""
    from SALib.sample import morris

    walked = morris.sample(problem(names), count, num_levels=LEVELS, seed=seed % 2**32)
    return walked.reshape(count, len(names) + 1, len(names))


def screen(
    count: int = FULL,
    seed: int = 1,
    processes: int = 1,
    folder: Path | None = None,
    progress: Progress = lambda done, total: None,
    base: Scenario | None = None,
) -> list[Screened]:
    """Walk `count` trajectories and return every field, the strongest mover first.

    `base` says how many people live how long (default: as in the claim). Errors as of `make`.
    """
    names = (*fields(), *dummies())
    points = draw_points(PRIORS["uniform"], count, seed)  # for shocks and seeds only
    walks = trajectories(names, count, seed)
    wanted = {"walks": list(_parts(walks, points, base or BASE))}
    made = make(wanted, processes, folder, progress)["walks"]
    steps = [made[f"step{k:03d}"] for k in range(walks.shape[1])]
    results = {o: np.array([step[o] for step in steps]).T.ravel() for o in OUTPUTS}
    return judge_effects(names, walks, results, seed)


def dummies() -> tuple[str, ...]:
    """Return the names of the dummies."""
    return tuple(f"dummy.{k}" for k in range(DUMMIES))


def _parts(walks: np.ndarray, points: Sequence[Point], base: Scenario) -> Iterator[Part]:
    """Divide trajectories into parts of a few; a step is an arm, a trajectory a replicate."""
    arms = tuple(f"step{k:03d}" for k in range(walks.shape[1]))
    for low in range(0, len(walks), RUNS_A_PART):
        block = range(low, min(low + RUNS_A_PART, len(walks)))
        name = f"walks-{low:04d}"
        tasks: Callable[[], Iterator[Task]] = partial(_tasks, name, walks, points, block, base)
        yield Part(name, arms, len(block), tasks)


def _tasks(
    name: str, walks: np.ndarray, points: Sequence[Point], block: range, base: Scenario
) -> Iterator[Task]:
    paths = fields()
    for place in block:
        for step, levels in enumerate(walks[place]):
            values = {path: placed(path, level) for path, level in zip(paths, levels, strict=False)}
            scenario = base.replace(
                rules=_group(values, "rules"),
                behaviour=_group(values, "behaviour"),
                shocks=points[place].shocks,
            )
            seed = reseeded(points[place].seed, levels[len(paths) :])
            yield Task(name, f"step{step:03d}", place, seed, Arm(scenario), judged, YEAR)


def _group(values: Mapping[str, Any], group: str) -> dict[str, Any]:
    return {path.split(".")[1]: v for path, v in values.items() if path.startswith(f"{group}.")}


def reseeded(seed: int, levels: np.ndarray) -> int:
    """Return the seed where the dummies stand at these levels: another for every combination."""
    steps = [round(float(level) * (LEVELS - 1)) for level in levels]
    return int(np.random.SeedSequence([seed, *steps]).generate_state(1)[0])


def steadiness(questions: int, count: int) -> tuple[float, float]:
    """Return how many standard errors of a mean over `count` trajectories make it sure.

    Once for a single question, once where the surest of so many questions is looked at.
    """
    one, all_ = (student.isf(SURE / (2 * n), count - 1) for n in (1, questions))
    return float(one), float(all_)


def judge_effects(
    names: Sequence[str], walks: np.ndarray, results: Mapping[str, np.ndarray], seed: int = 0
) -> list[Screened]:
    """Return all but dummies, the strongest mover first.

    `walks` are levels (trajectories, steps, names), `results` the outputs (trajectories x steps,).
    A direction is steady where it would be so by chance in one study of twenty at most, all
    parameters and outputs taken together.
    """
    from SALib.analyze import morris

    flat = walks.reshape(-1, walks.shape[2])
    real = [k for k, name in enumerate(names) if not name.startswith("dummy.")]
    usual, limit = steadiness(len(real) * len(results), len(walks))
    table: dict[str, dict[str, Effect]] = {names[k]: {} for k in real}
    for output, values in results.items():
        found = morris.analyze(
            problem(names), flat, np.nan_to_num(values), num_levels=LEVELS, seed=seed % 2**32
        )
        sizes, errors, means, spreads = (
            np.array(found[part], dtype=float)
            for part in ("mu_star", "mu_star_conf", "mu", "sigma")
        )
        floor = float(np.delete(sizes, real).max(initial=0.0))
        for k in real:
            deviation = spreads[k] / np.sqrt(len(walks))
            t = float(means[k] / deviation) if deviation > 0.0 else 0.0
            beyond = bool(sizes[k] - errors[k] > floor or abs(t) > limit)
            size, error, mean = float(sizes[k]), float(errors[k]), float(means[k])
            doubt = usual * float(deviation)
            table[names[k]][output] = Effect(size, error, mean, doubt, t, floor, beyond)
    screened = [Screened(name, effects) for name, effects in table.items()]
    return sorted(screened, key=lambda each: -each.strength)
