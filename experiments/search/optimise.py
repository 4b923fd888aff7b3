"""Look for the frontier: NSGA-II, helped by steps from the best points found so far.

Half of each batch is bred (Deb and others 2002, by optuna); half are neighbours of the answer or of
another point of the frontier, with one lever put back to where change is counted from or moved a
step. A search is determined by its seed and by what evaluation returns: it is carried on by doing
it again with evaluations remembered.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from .frontier import Trial, answer, frontier
from .levers import Lever, Point

if TYPE_CHECKING:
    from optuna import Study

BATCH = 24
NEIGHBOURS = BATCH // 2
EFFORT = 20  # attempts at a neighbour not seen yet

Evaluate = Callable[[list[Point], list[Trial]], list[Trial]]  # points and all trials before them


def optimise(
    levers: Sequence[Lever],
    start: Sequence[Point],
    evaluate: Evaluate,
    trials: int,
    seed: int,
) -> list[Trial]:
    """Return so many trials, the first of them at `start`; its first point is the origin.

    A longer search begins as a shorter one does.
    """
    import optuna

    study = _study(seed)
    sizes = {lever.path: len(lever.values) for lever in levers}
    ranges: Any = {p: optuna.distributions.IntDistribution(0, n - 1) for p, n in sizes.items()}
    waiting = list(dict.fromkeys(start))
    found: list[Trial] = []
    while len(found) < trials:
        if found:
            rng = np.random.default_rng([seed, len(found)])
            waiting += neighbours(found, start[0], list(sizes.values()), rng)
        for point in waiting[:BATCH]:
            study.enqueue_trial(dict(zip(sizes, point, strict=True)))
        waiting = waiting[BATCH:]
        asked = [study.ask(ranges) for _ in range(min(BATCH, trials - len(found)))]
        points = [tuple(int(trial.params[path]) for path in sizes) for trial in asked]
        for trial, result in zip(asked, tried := evaluate(points, found), strict=True):
            study.tell(trial, result.values)
        found += tried
    return found


def neighbours(
    found: Sequence[Trial], origin: Point, sizes: Sequence[int], rng: np.random.Generator
) -> list[Point]:
    """Return points not tried yet, each one lever away from a point of the frontier."""
    edge = frontier(found)
    best = answer(found) or (edge[-1] if edge else None)
    if best is None:
        return []
    seen = {trial.point for trial in found}
    fresh: dict[Point, None] = {}
    for _ in range(EFFORT * NEIGHBOURS):
        centre = best if rng.random() < 0.5 else edge[rng.integers(len(edge))]
        point = _moved(centre.point, origin, sizes, rng)
        if point not in seen:
            fresh[point] = None
        if len(fresh) == NEIGHBOURS:
            break
    return list(fresh)


def _moved(point: Point, origin: Point, sizes: Sequence[int], rng: np.random.Generator) -> Point:
    """Return a point with one lever put back, or moved a step."""
    away = [k for k, (here, home) in enumerate(zip(point, origin, strict=True)) if here != home]
    back = bool(away) and rng.random() < 0.5
    k = int(rng.choice(away) if back else rng.integers(len(point)))
    step = origin[k] if back else point[k] + int(rng.choice([-1, 1]))
    return (*point[:k], min(max(step, 0), sizes[k] - 1), *point[k + 1 :])


def _study(seed: int) -> Study:
    import optuna

    optuna.logging.set_verbosity(optuna.logging.WARNING)
    breeder = optuna.samplers.NSGAIISampler(population_size=BATCH, seed=seed)
    return optuna.create_study(directions=["minimize", "minimize"], sampler=breeder)
