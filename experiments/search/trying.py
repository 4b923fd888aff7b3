"""Try points in societies, all that are not known yet, and give up early on those without hope."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from ..pool import in_processes, run_seconds
from .frontier import Trial
from .goals import Goal, Summary
from .kept import Kept
from .levers import Point, Space
from .members import Member
from .reading import Reading, Task, live

FIRST = 3  # of so many members, one is met before going on is decided


class Societies:
    """Where points are tried: every point among the same members, every run made once."""

    def __init__(
        self, space: Space, kept: Kept, processes: int, tell: Callable[[], object] = lambda: None
    ) -> None:
        self._space, self._kept, self._processes, self._tell = space, kept, processes, tell
        self._keys: dict[tuple[Point, int], str] = {}

    def live(self, points: Iterable[Point], members: Sequence[Member]) -> None:
        """Live through what is not known yet of these points among these members.

        Raises ExperimentError when a process is ended from outside.
        """
        tasks: dict[str, Task] = {}
        for point in points:
            for member in members:
                if (point, member.seed) not in self._keys:
                    task = self._task(point, member)
                    self._keys[point, member.seed] = task.key
                    if task.key not in self._kept:
                        tasks[task.key] = task
        for key, found in self._carry_out(list(tasks.values())):
            self._kept.add(key, found)
            self._tell()

    def readings(self, point: Point, members: Sequence[Member]) -> list[Reading]:
        """Return what is known of a point among members who met it."""
        return [self._kept[self._keys[point, member.seed]] for member in members]

    def _task(self, point: Point, member: Member) -> Task:
        scenario = self._space.scenario(point, member.behaviour)
        return Task(f"{scenario.hash()}-{member.seed}", scenario, member.seed)

    def _carry_out(self, tasks: list[Task]) -> Iterable[tuple[str, Reading]]:
        if self._processes == 1 or len(tasks) < 2:
            yield from map(live, tasks)
            return
        count = min(self._processes, len(tasks))
        for chunk in in_processes(live, iter(tasks), count, lambda t: run_seconds(t.scenario)):
            yield from chunk


@dataclass(frozen=True)
class Trying:
    """Turns points into trials: among some members first, and among all where there is hope.

    There is none where a point known in full does better than this one still can.
    """

    space: Space
    goal: Goal
    societies: Societies
    members: Sequence[Member]
    share: float

    def __call__(self, points: list[Point], before: list[Trial]) -> list[Trial]:
        """Return a trial for each point."""
        known = {trial.point: trial for trial in before}
        new = [point for point in dict.fromkeys(points) if point not in known]
        first = self.members[: max(1, len(self.members) // FIRST)]
        self.societies.live(new, first)
        early = {point: self.sum_up(point, first) for point in new}
        hopeful = [p for p in new if not self._hopeless(early[p], before)]
        self.societies.live(hopeful, self.members)
        for point in new:
            known[point] = self._trial(point, early[point], point in hopeful)
        return [known[point] for point in points]

    def summary(self, point: Point) -> Summary:
        """Return what a point tried in full came to."""
        return self.sum_up(point, self.members)

    def _trial(self, point: Point, early: Summary, whole: bool) -> Trial:
        found = self.summary(point) if whole else early
        values = (found.across, self.goal.sign * found.up)
        return Trial(point, values, found.share >= self.share, whole, early.across)

    def sum_up(self, point: Point, members: Sequence[Member]) -> Summary:
        """Return what a point came to among members who met it."""
        kinds = [member.kind for member in members]
        return self.goal.sum_up(self.space, point, self.societies.readings(point, members), kinds)

    def _hopeless(self, early: Summary, before: list[Trial]) -> bool:
        """Say whether some point is cheaper among the same members, and better than can be here."""
        best = self.goal.sign * self.goal.at_best(early, len(self.members))
        return any(t.whole and t.early <= early.across and t.values[1] <= best for t in before)
