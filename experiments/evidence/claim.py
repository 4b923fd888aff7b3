"""The claim itself: which societies are run, at which points, to see where the package wins.

One study, one command. Everything that is compared meets at the same points of behaviour and shocks
and with the same seeds.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

import numpy as np

from ...model.parameters import Shocks
from ...model.scenario import Scenario
from ...scenarios import all_scenarios
from ..seeds import replicate_seeds
from .laboratory import Readings, Task
from .pattern import Arm
from .points import PRIORS, Point, draw_points
from .systems import COURTS, MAIN, OTHERS, PACKAGE, START, Game, systems
from .trials import YEAR, Part, Progress, Wanted, judged, judged_closely, make, merged, parts

LARGER = "larger"  # the space of uniform behaviour once more, in a larger society, for longer
WAR = Shocks(severity=0.4, start_month=60, months=36)  # where shocks are a factor
FACTORS = ("rules", "behaviour", "shocks", "chance")


@dataclass(frozen=True)
class Size:
    """How many points, sets of rules and seeds each part of the study has."""

    alone: int  # uniform points at which the package is run
    systems: int  # ... all systems
    game: int  # ... all combinations of remedies
    variants: int  # ... those of the other games
    systems_else: int  # points of every other prior, likewise
    game_else: int
    larger: int  # points of the larger society
    sets: int  # combinations drawn for the variances, beside three systems
    behaviours: int
    seeds: int
    replicates: int  # runs of every scenario of the catalogue
    workers: int = 600
    months: int = 180
    larger_workers: int = 2400
    larger_months: int = 360

    def extent(self, space: str) -> tuple[int, int]:
        """Return workers and months of the societies of a space."""
        if space == LARGER:
            return self.larger_workers, self.larger_months
        return self.workers, self.months

    @property
    def first_look(self) -> bool:
        """Whether there are too few points for anything to be quoted."""
        return self.alone <= QUICK.alone

    def share(self, part: float) -> Size:
        """Return a smaller study: a share of the points and sets of rules, two of each at least.

        >>> FULL.share(0.4).systems, FULL.share(0.4).replicates
        (160, 20)
        """
        counts = ("alone", "systems", "game", "variants", "systems_else", "game_else", "larger")
        counts += ("sets", "behaviours")
        return replace(self, **{name: max(2, round(part * getattr(self, name))) for name in counts})


FULL = Size(1000, 400, 100, 40, 100, 32, 30, 12, 30, 3, 20)
QUICK = Size(60, 40, 8, 2, 12, 4, 2, 4, 6, 2, 2)


@dataclass(frozen=True)
class Space:
    """What was run under one prior: at each point, the readings of every society, by hash.

    A society that was wanted at fewer points has fewer readings, those of the first points.
    """

    name: str
    points: tuple[Point, ...] = field(repr=False)
    readings: Readings = field(repr=False)
    workers: int
    months: int

    def table(self, scenario: Scenario) -> Mapping[str, np.ndarray]:
        """Return the readings (points,) of a society, by name."""
        return self.readings[sized(scenario, self.workers, self.months).hash()]

    def values(self, game: Game, reading: str) -> np.ndarray:
        """Return one reading of all combinations of a game (points, sets)."""
        columns = [self.table(scenario)[reading] for scenario in game.arms().values()]
        count = min(len(column) for column in columns)
        return np.array([column[:count] for column in columns]).T


@dataclass(frozen=True)
class Study:
    """Everything that was run; `grid` holds, by reading, (rules, behaviours, shocks, seeds)."""

    seed: int
    size: Size
    spaces: Mapping[str, Space]
    grid: Mapping[str, np.ndarray] = field(repr=False)
    grid_systems: int  # how many of the grid's rules are whole systems, not drawn combinations
    catalogue: Readings = field(repr=False)
    runs: int
    missing: tuple[str, ...]  # priors that could not be drawn from


def sized(scenario: Scenario, workers: int, months: int) -> Scenario:
    """Return a society of the study's size."""
    return scenario.replace(population={"workers": workers}, months=months)


def study(
    size: Size = FULL,
    seed: int = 1,
    processes: int = 1,
    folder: Path | None = None,
    progress: Progress = lambda done, total: None,
) -> Study:
    """Carry out the whole study, or what of it is not yet kept in `folder`; errors as of `make`."""
    spaces, missing = _spaces(size, seed)
    rules, points = grid(size, seed)
    wanted = {name: _wanted(name, size) for name in spaces}
    everywhere = {name: parts(name, wanted[name], spaces[name]) for name in spaces}
    meeting = merged(Wanted(scenario, len(points), judged) for scenario in rules)
    everywhere["grid"] = parts("grid", meeting, points)
    everywhere["catalogue"] = list(_catalogue(size.replicates, seed))
    held = make(everywhere, processes, folder, progress)
    return Study(
        seed=seed,
        size=size,
        spaces={
            name: Space(name, points, held[name], *size.extent(name))
            for name, points in spaces.items()
        },
        grid=_as_grid(held["grid"], [each.hash() for each in rules], size),
        grid_systems=len(rules) - size.sets,
        catalogue=held["catalogue"],
        runs=sum(part.size for group in everywhere.values() for part in group),
        missing=missing,
    )


def _spaces(size: Size, seed: int) -> tuple[dict[str, tuple[Point, ...]], tuple[str, ...]]:
    """Return the points of every space, and the priors of which there are none."""
    spaces, missing = {}, []
    for name, draw in PRIORS.items():
        try:  # the same quantiles, shocks and seeds under every prior
            drawn = draw_points(draw, size.alone, seed)
        except FileNotFoundError:
            missing.append(name)
            continue
        spaces[name] = drawn if name == "uniform" else drawn[: size.systems_else]
    spaces[LARGER] = spaces["uniform"][: size.larger]
    return spaces, tuple(missing)


def _wanted(name: str, size: Size) -> Mapping[str, Wanted]:
    """Return which societies meet in a space, and at how many of its points."""
    workers, months = size.extent(name)

    def wish(scenario: Scenario, count: int, closely: bool = False) -> Wanted:
        read = judged_closely if closely else judged
        return Wanted(sized(scenario, workers, months), count, read)

    if name == LARGER:
        return merged(wish(each, size.larger) for each in systems().values())
    first = name == "uniform"
    meeting, playing = (size.systems, size.game) if first else (size.systems_else, size.game_else)
    whole = systems()
    wishes = [wish(each, meeting, closely=first) for each in whole.values()]
    wishes += [wish(each, playing) for each in MAIN.arms().values()]
    if first:
        wishes.append(wish(whole[PACKAGE], size.alone, closely=True))
        wishes += [wish(e, size.variants) for game in OTHERS for e in game.arms().values()]
    return merged(wishes)


def grid(size: Size, seed: int) -> tuple[list[Scenario], tuple[Point, ...]]:
    """Return rules and points of a full crossing: behaviours, no shock or a war, the same seeds.

    The rules are three whole systems, then combinations of remedies drawn by lot.
    """
    whole = [systems()[name] for name in (PACKAGE, START, COURTS)]
    between = list(MAIN.arms().values())[1:-1]
    drawn = np.random.default_rng(seed).choice(len(between), size.sets, replace=False)
    people = draw_points(PRIORS["uniform"], size.behaviours, seed + 1)
    points = tuple(
        Point(each.behaviour, shock, chance)
        for each in people
        for shock in (Shocks(), WAR)
        for chance in replicate_seeds(seed, size.seeds)
    )
    chosen = [*whole, *(between[k] for k in drawn)]
    return [sized(each, size.workers, size.months) for each in chosen], points


def _as_grid(readings: Readings, rules: Sequence[str], size: Size) -> dict[str, np.ndarray]:
    shape = (len(rules), size.behaviours, 2, size.seeds)
    names = readings[rules[0]]
    return {
        name: np.array([readings[each][name] for each in rules]).reshape(shape) for name in names
    }


def _catalogue(replicates: int, seed: int) -> Iterator[Part]:
    """Yield the scenarios of the catalogue as they stand, at their own behaviour and length."""
    for name, scenario in all_scenarios().items():
        yield Part(
            f"catalogue-{name}", (name,), replicates, _Repeated(name, scenario, replicates, seed)
        )


@dataclass(frozen=True)
class _Repeated:
    """The replicates of one scenario, as tasks."""

    name: str
    scenario: Scenario
    replicates: int
    seed: int

    def __call__(self) -> Iterator[Task]:
        part, arm = f"catalogue-{self.name}", Arm(self.scenario)
        window = min(YEAR, self.scenario.months)
        for place, each in enumerate(replicate_seeds(self.seed, self.replicates)):
            yield Task(part, self.name, place, each, arm, judged_closely, window)
