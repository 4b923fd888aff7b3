"""A search from request to findings: try points, check the best on fresh societies, choose."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from ...model.declaration import ParameterError
from ...model.scenario import Scenario
from ...scenarios import all_scenarios, load_scenario
from .conditions import CONTROL, Condition, conditions
from .costs import ITEMS, load_costs
from .frontier import Trial, answer, frontier
from .goals import CHEAPEST, Cheapest, Collapse, Goal, Summary, check_goal
from .kept import Kept
from .levers import Point, Space, all_rules, build, chosen
from .members import members
from .optimise import optimise
from .trying import Societies, Trying

BARE = "nomenklatura"  # whose rules are the bare ones, that cost least to keep up
BASE, ORIGIN = "base", "origin"  # points to compare with; one and the same in a collapse
CHECKED = 12  # points of the frontier that meet fresh societies


@dataclass(frozen=True)
class Request:
    """What is searched for, where, and how hard."""

    goal: str
    base: Scenario
    over: tuple[str, ...] = ()
    share: float = 0.9
    holds: tuple[str, ...] = ()
    people: str = "ensemble"
    costs: Path | None = None
    trials: int = 240
    members: int = 24
    check: int = 96
    seed: int = 1
    processes: int = 1
    folder: Path | None = None


@dataclass(frozen=True)
class Found:
    """A point, what it came to while searching, and in fresh societies."""

    point: Point
    searched: Summary
    checked: Summary

    def trial(self, goal: Goal, share: float) -> Trial:
        """Return the point as a trial in fresh societies."""
        values = (self.checked.across, goal.sign * self.checked.up)
        return Trial(self.point, values, self.checked.share >= share)


@dataclass(frozen=True)
class Findings:
    """What a search found.

    `checked` are all points tried on fresh societies, `best` those of them that none beats there,
    `answer` the least that comes true often enough, if any; `marks` are the base and the origin;
    `doubled` says which point is the answer where one item weighs twice as much.
    """

    request: Request
    space: Space
    goal: Goal
    trials: list[Trial]
    checked: list[Found]
    best: list[Found]
    answer: Found | None
    marks: Mapping[str, Found]
    doubled: Mapping[str, Found | None]


Progress = Callable[[int, int], object]  # runs done, runs in all


def check(request: Request) -> None:
    """Say at once what cannot be searched. Raises ParameterError."""
    _goal(request)
    _space(request)
    members(request.people, request.base, request.members, request.check, request.seed)


def search(request: Request, progress: Progress = lambda done, total: None) -> Findings:
    """Carry out a search; goes on where an earlier, equal one in the same folder stopped.

    Raises ParameterError for what cannot be searched, ExperimentError when a process is ended from
    outside.
    """
    goal, space = _goal(request), _space(request)
    first, fresh = members(
        request.people, request.base, request.members, request.check, request.seed
    )
    total = request.trials * len(first) + CHECKED * len(fresh)
    with Kept(request.folder) as kept:
        societies = Societies(space, kept, request.processes, _counter(progress, total))
        trying = Trying(space, goal, societies, first, request.share)
        trials = optimise(space.levers, _start(space), trying, request.trials, request.seed)
        marks = {ORIGIN: space.start, BASE: space.point_of(space.base)}
        points = _to_check(trials, [*marks.values()], trying, request.share)
        societies.live(points, first)
        societies.live(points, fresh)
        checked = [Found(p, trying.summary(p), trying.sum_up(p, fresh)) for p in points]
        progress(total, total)
    return _findings(request, space, goal, trials, checked, marks)


def _goal(request: Request) -> Goal:
    """Return the goal asked for."""
    if check_goal(request.goal) == CHEAPEST:
        held: tuple[Condition, ...] = conditions(request.holds)
        return Cheapest(load_costs(request.costs), held, load_scenario(BARE).rules, all_rules())
    if request.holds and [text.strip() for text in request.holds] != [CONTROL]:
        raise ParameterError("--goal collapse asks when control is lost and takes no --holds")
    if request.costs:
        raise ParameterError("--goal collapse weighs the size of change and takes no --costs")
    return Collapse()


def _space(request: Request) -> Space:
    """Return the space to be searched: rules only, where rules are to be recommended."""
    cheapest = request.goal == CHEAPEST
    over = chosen(request.over, ("rules",) if cheapest else ("rules", "behaviour"))
    origin = load_scenario(BARE) if cheapest else request.base
    return build(request.base, origin, over)


def _start(space: Space) -> list[Point]:
    """Return where a search begins: the origin, the base, and the rules of the catalogue."""
    named = [space.origin, space.base, *all_scenarios().values()]
    return list(dict.fromkeys(space.point_of(scenario) for scenario in named))


def _counter(progress: Progress, total: int) -> Callable[[], None]:
    done = 0

    def tell() -> None:
        nonlocal done
        done += 1
        progress(min(done, total), total)

    return tell


def _to_check(
    trials: Sequence[Trial], marks: Iterable[Point], trying: Trying, share: float
) -> list[Point]:
    """Return what is to meet fresh societies: the frontier, thinned; likely answers; the marks."""
    edge = [trial.point for trial in frontier(trials)]
    few = [edge[round(k * (len(edge) - 1) / (CHECKED - 1))] for k in range(CHECKED) if edge]
    points = dict.fromkeys([*few, *marks])
    if (likely := answer(trials)) is not None:
        points[likely.point] = None
        good = [trial.point for trial in trials if trial.whole and trial.enough]
        for item in trying.summary(likely.point).parts:
            points[min(good, key=lambda p: _dearer(trying.summary(p), item))] = None
    return list(points)


def _dearer(summary: Summary, item: str) -> float:
    """Return the cost where one item weighs twice as much."""
    return summary.across + summary.parts[item]


def _findings(
    request: Request,
    space: Space,
    goal: Goal,
    trials: list[Trial],
    checked: list[Found],
    marks: Mapping[str, Point],
) -> Findings:
    """Choose among what was checked."""
    by_point = {found.point: found for found in checked}
    again = [found.trial(goal, request.share) for found in checked]
    chosen_one = answer(again)
    return Findings(
        request,
        space,
        goal,
        trials,
        checked,
        [by_point[trial.point] for trial in frontier(again)],
        by_point[chosen_one.point] if chosen_one else None,
        {name: by_point[point] for name, point in marks.items()},
        _doubled(checked, request.share) if goal.name == CHEAPEST else {},
    )


def _doubled(checked: Sequence[Found], share: float) -> dict[str, Found | None]:
    """Return, by item, the answer among what was checked where that item weighs twice as much."""
    good = [found for found in checked if found.checked.share >= share]
    return {
        item: min(good, key=lambda found: _dearer(found.checked, item), default=None)
        for item in ITEMS
    }
