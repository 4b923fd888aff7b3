"""Carry out experiments: every replicate of every arm of every pattern."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from ...model.parameters import Behaviour
from ...model.society import Society
from ...scenarios.ensemble import own_behaviour
from ..pool import TICK, in_processes, run_seconds
from ..seeds import replicate_seeds
from .pattern import Arm, Pattern, Reader, last_means

Readings = dict[str, dict[str, np.ndarray]]  # arm -> reading -> (replicates,)


@dataclass(frozen=True)
class Task:
    """One replicate of one arm."""

    pattern: str
    arm: str
    replicate: int
    seed: int
    what: Arm
    read: Reader | None
    window: int
    looks: int = 1


@dataclass(frozen=True)
class Reading:
    """What one replicate of one arm came to."""

    pattern: str
    arm: str
    replicate: int
    values: dict[str, float]


def live(task: Task) -> Reading:
    """Live through one replicate, with its deeds from outside, and read it."""
    society = Society(task.what.scenario, rng=task.seed)
    months = task.what.scenario.months
    seen: list[dict[str, float]] = []

    def look(society: Society) -> None:
        if task.read is not None:
            seen.append(task.read(society))

    looks = [(month, look) for month in range(months - task.looks + 1, months + 1)]
    for month, act in sorted([*task.what.acts, *looks], key=lambda act: act[0]):
        while society.month < month:
            society.live(min(TICK, month - society.month))
        act(society)
    values = last_means(society, task.window, months)
    if seen:
        values |= {name: float(np.mean([each[name] for each in seen])) for name in seen[0]}
    return Reading(task.pattern, task.arm, task.replicate, values)


def behaving(arm: Arm, behaviour: Behaviour, switched: Mapping[str, float]) -> Arm:
    """Return the arm in a population of `behaviour`, with mechanisms `switched` off last.

    What a named scenario says of its people goes before `behaviour`, what the arm says before both.
    """
    own = own_behaviour(arm.scenario)
    changed = behaviour.replace(**{**own, **arm.behaviour, **switched})
    return Arm(arm.scenario.replace(behaviour=changed), arm.behaviour, arm.acts)


def tasks(
    patterns: Iterable[Pattern],
    replicates: int,
    behaviour: Behaviour | Sequence[Behaviour],
    switched: Mapping[str, float] | None = None,
    seed: int = 1,
) -> Iterator[Task]:
    """Yield every replicate of every arm, pattern by pattern.

    Of several behaviours replicate k has the k-th (round and round), the same in every arm.
    """
    seeds = replicate_seeds(seed, replicates)
    members = [behaviour] if isinstance(behaviour, Behaviour) else behaviour
    for pattern in patterns:
        for name, arm in pattern.arms().items():
            made = [behaving(arm, member, switched or {}) for member in members[:replicates]]
            for replicate, each in enumerate(seeds):
                what, read = made[replicate % len(made)], pattern.read
                window, looks = pattern.window, pattern.looks
                yield Task(pattern.id, name, replicate, each, what, read, window, looks)


def carry_out(
    planned: Iterable[Task], processes: int, progress: Callable[[], object] = lambda: None
) -> Iterator[Reading]:
    """Yield readings as they come in; `progress` is called after each.

    Raises ExperimentError when a process is ended from outside.
    """
    if processes == 1:
        chunks: Iterable[list[Reading]] = ([live(task)] for task in planned)
    else:
        chunks = in_processes(live, iter(planned), processes, _seconds)
    for chunk in chunks:
        for reading in chunk:
            progress()
            yield reading


def gather(readings: Sequence[Reading]) -> Readings:
    """Put the readings of one pattern into arrays by arm and name, in order of replicates."""
    table: Readings = {}
    for arm in dict.fromkeys(reading.arm for reading in readings):
        rows = sorted((r for r in readings if r.arm == arm), key=lambda r: r.replicate)
        names = rows[0].values
        table[arm] = {name: np.array([row.values[name] for row in rows]) for name in names}
    return table


def _seconds(task: Task) -> float:
    return run_seconds(task.what.scenario)
