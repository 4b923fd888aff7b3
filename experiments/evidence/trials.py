"""Runs that are made and kept in parts, so that an interrupted study goes on where it stopped.

A study wants societies at points. What several of its questions want is run once: runs are known by
what determines them, the scenario's hash and the point.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import pairwise
from pathlib import Path

import numpy as np

from ...model.scenario import Scenario
from ...model.society import Society
from ...model.verdict import (
    CONTROLLED,
    REGIMES,
    WHO_BENEFITS,
    WHO_RULES,
    Thresholds,
    final_regime,
)
from ...scenarios.ensemble import own_behaviour
from .archive import key_of, load, save
from .laboratory import Reading, Readings, Task, carry_out, gather
from .pattern import Arm, Reader
from .points import Point

RUNS_A_PART = 800
YEAR = 12
PACKED = "runs"
FIFTH = 0.2
Progress = Callable[[int, int], object]  # runs done, runs in all


@dataclass(frozen=True)
class Part:
    """Runs kept in one file: every arm at `count` points; `tasks` makes them whenever called."""

    name: str
    arms: tuple[str, ...]
    count: int
    tasks: Callable[[], Iterator[Task]]

    @property
    def size(self) -> int:
        """How many runs there are."""
        return len(self.arms) * self.count


@dataclass(frozen=True)
class Wanted:
    """One society that is to live through the first `count` points, and how it is read."""

    scenario: Scenario
    count: int
    read: Reader


def merged(wishes: Iterable[Wanted]) -> dict[str, Wanted]:
    """Return, by hash, what fulfils all wishes; the first who wants a society says how it is read.

    The longest of the wishes for one society counts.
    """
    all_wanted: dict[str, Wanted] = {}
    for wish in wishes:
        name = wish.scenario.hash()
        known = all_wanted.get(name, wish)
        all_wanted[name] = Wanted(known.scenario, max(known.count, wish.count), known.read)
    return all_wanted


def parts(name: str, wanted: Mapping[str, Wanted], points: Sequence[Point]) -> list[Part]:
    """Divide what is wanted into parts of some hundred runs: blocks of points, all who meet there.

    Raises ValueError when more points are wanted than there are.
    """
    ends = sorted({each.count for each in wanted.values()})
    if ends and ends[-1] > len(points):
        raise ValueError(f"{name} wants {ends[-1]} points of {len(points)}")
    found: list[Part] = []
    for start, end in pairwise([0, *ends]):
        present = {arm: each for arm, each in wanted.items() if each.count >= end}
        for read in dict.fromkeys(each.read for each in present.values()):
            alike = {arm: each for arm, each in present.items() if each.read is read}
            found += _blocks(f"{name}-{read.__name__}", alike, points, start, end)
    return found


def _blocks(
    name: str, wanted: Mapping[str, Wanted], points: Sequence[Point], start: int, end: int
) -> Iterator[Part]:
    step = max(1, RUNS_A_PART // len(wanted))
    for low in range(start, end, step):
        block = range(low, min(low + step, end))
        part = f"{name}-{low:04d}"
        tasks = partial(_tasks, part, wanted, points, block)
        yield Part(part, tuple(wanted), len(block), tasks)


def _tasks(
    name: str, wanted: Mapping[str, Wanted], points: Sequence[Point], block: range
) -> Iterator[Task]:
    for arm, each in wanted.items():
        own = own_behaviour(each.scenario)
        for place in block:
            point = points[place]
            behaviour = point.behaviour.replace(**own) if own else point.behaviour
            scenario = each.scenario.replace(behaviour=behaviour, shocks=point.shocks)
            yield Task(name, arm, place, point.seed, Arm(scenario), each.read, YEAR)


def make(
    wanted: Mapping[str, Sequence[Part]],
    processes: int = 1,
    folder: Path | None = None,
    progress: Progress = lambda done, total: None,
) -> dict[str, Readings]:
    """Make all parts and return, by name of a group, its readings in order of points.

    With a `folder`, finished parts are kept there and not made again. Raises ExperimentError when
    a process is ended from outside.
    """
    everything = [part for group in wanted.values() for part in group]
    kept = {part.name: _kept(part, folder) for part in everything}
    missing = [part for part in everything if kept[part.name] is None]
    total = sum(part.size for part in everything)
    done = total - sum(part.size for part in missing)
    progress(done, total)

    def count() -> None:
        nonlocal done
        done += 1
        progress(done, total)

    for part, readings in _whole(missing, processes, count):
        kept[part.name] = readings
        if folder is not None:
            _keep(part, readings, folder)
    return {
        name: _stacked([found for part in group if (found := kept[part.name]) is not None])
        for name, group in wanted.items()
    }


def _keep(part: Part, readings: Readings, folder: Path) -> None:
    """Write a part as one matrix (arms, points) a reading."""
    names = readings[part.arms[0]]
    packed = {name: np.array([readings[arm][name] for arm in part.arms]) for name in names}
    save(folder, part.name, key_of(part.tasks()), {PACKED: packed})


def _kept(part: Part, folder: Path | None) -> Readings | None:
    if folder is None or not (folder / f"{part.name}.npz").exists():
        return None
    found = load(folder, part.name, key_of(part.tasks()))
    if found is None:
        return None
    return {
        arm: {name: matrix[row] for name, matrix in found[PACKED].items()}
        for row, arm in enumerate(part.arms)
    }


def _whole(
    missing: Sequence[Part], processes: int, count: Callable[[], object]
) -> Iterator[tuple[Part, Readings]]:
    """Yield parts with their readings as they become complete."""
    by_name = {part.name: part for part in missing}
    loose: dict[str, list[Reading]] = {name: [] for name in by_name}
    tasks = (task for part in missing for task in part.tasks())
    for reading in carry_out(tasks, processes, count):
        mine = loose[reading.pattern]
        mine.append(reading)
        part = by_name[reading.pattern]
        if len(mine) == part.size:
            yield part, gather(loose.pop(part.name))


def _stacked(tables: Sequence[Readings]) -> Readings:
    """Put the readings of parts, which are in order of points, one behind the other."""
    loose: dict[str, dict[str, list[np.ndarray]]] = {}
    for table in tables:
        for arm, readings in table.items():
            for name, values in readings.items():
                loose.setdefault(arm, {}).setdefault(name, []).append(values)
    return {
        arm: {name: np.concatenate(blocks) for name, blocks in readings.items()}
        for arm, readings in loose.items()
    }


# --- how a society is read ------------------------------------------------------------------------


def judged(society: Society) -> dict[str, float]:
    """Return where a history ends: its regime, and control judged with and without a head count.

    `accountable` is control where it does not matter how many decide, so that rules without a
    council are not out of the race by definition.
    """
    history = society.history()
    regime = final_regime(history)
    uncounted = final_regime(history, Thresholds(power_concentration=0.0))
    return {
        "regime": float(REGIMES.index(regime)),
        "controlled": float(regime in CONTROLLED),
        "accountable": float(uncounted in CONTROLLED),
    }


def judged_closely(society: Society) -> dict[str, float]:
    """Return the same, and the regime under every threshold moved by a fifth, either way."""
    history = society.history()
    moved = {
        name: float(REGIMES.index(final_regime(history, limits)))
        for name, limits in moved_thresholds().items()
    }
    return judged(society) | moved


def moved_thresholds() -> dict[str, Thresholds]:
    """Return the verdict's thresholds with one moved by a fifth, by name and direction.

    Shares near one are moved by a fifth of their distance to one, as a fifth of 0.93 is no
    threshold at all.

    >>> round(moved_thresholds()["plan_fidelity_down"].plan_fidelity, 3)
    0.916
    """
    moved = {}
    for name in (*WHO_RULES, *WHO_BENEFITS, "automation", "inspected"):
        limit = getattr(Thresholds(), name)
        step = FIFTH * (1.0 - limit if 0.5 < limit < 1.0 else limit)
        for way, sign in (("down", -1.0), ("up", 1.0)):
            moved[f"{name}_{way}"] = Thresholds(**{name: limit + sign * step})
    return moved
