"""Goals: what a search weighs against what. Of both values less is better, of a share more."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

import numpy as np

from ...model.declaration import ParameterError, nearest
from ...model.parameters import Rules
from ..intervals import mean_intervals, share_interval
from .conditions import Condition
from .costs import parts
from .levers import Lever, Point, Space
from .reading import Reading

CHEAPEST, COLLAPSE = "cheapest", "collapse"
GOALS = (CHEAPEST, COLLAPSE)


@dataclass(frozen=True)
class Summary:
    """What one point came to in some societies.

    `across` is cost or size of change, `up` the share that holds or the months control lasts, with
    its 95 % interval, for which those who behave alike count as one; in `count` of `total`
    societies the wish came true; `parts` is cost by item.
    """

    across: float
    up: float
    interval: tuple[float, float]
    count: int
    total: int
    parts: Mapping[str, float] = field(default_factory=dict)

    @property
    def share(self) -> float:
        """In what share of societies the wish came true."""
        return self.count / self.total


class Goal(Protocol):
    """What a search is for."""

    @property
    def name(self) -> str:
        """One of GOALS."""
        ...

    @property
    def sign(self) -> float:
        """-1 where more of `up` is better, else 1."""
        ...

    def sum_up(
        self, space: Space, point: Point, readings: Sequence[Reading], kinds: Sequence[int]
    ) -> Summary:
        """Return what a point came to in the societies read; `kinds` says which are alike."""
        ...

    def at_best(self, seen: Summary, total: int) -> float:
        """Return the best `up` still possible in `total` societies after those seen."""
        ...


@dataclass(frozen=True)
class Cheapest:
    """Least cost against the share of societies in which all conditions hold."""

    costs: Mapping[str, float]
    conditions: tuple[Condition, ...]
    bare: Rules
    rules: tuple[Lever, ...]
    name: str = CHEAPEST
    sign: float = -1.0

    def sum_up(
        self, space: Space, point: Point, readings: Sequence[Reading], kinds: Sequence[int]
    ) -> Summary:
        """Return cost and share held."""
        found = space.scenario(point).rules
        held = [all(c.met(reading) for c in self.conditions) for reading in readings]
        spent = parts(self.costs, list(readings), self.moved(found))
        count, total, different = sum(held), len(held), len(set(kinds))
        interval = share_interval(count / total * different, different)
        return Summary(sum(spent.values()), count / total, interval, count, total, spent)

    def moved(self, rules: Rules) -> float:
        """Return how far rules are from the bare ones, in rules moved over their whole range."""
        names = [each.path.partition(".")[2] for each in self.rules]
        return sum(
            each.distance(getattr(self.bare, name), getattr(rules, name))
            for each, name in zip(self.rules, names, strict=True)
        )

    def at_best(self, seen: Summary, total: int) -> float:
        """Return the share if all other societies held."""
        return (seen.count + total - seen.total) / total


@dataclass(frozen=True)
class Collapse:
    """Least change against the months that control lasts; a run that keeps it counts whole."""

    name: str = COLLAPSE
    sign: float = 1.0

    def sum_up(
        self, space: Space, point: Point, readings: Sequence[Reading], kinds: Sequence[int]
    ) -> Summary:
        """Return size of change and mean months under control."""
        kept = np.array([float(reading.kept) for reading in readings])
        alike = [kept[np.equal(kinds, kind)].mean() for kind in dict.fromkeys(kinds)]
        _, low, high = (float(each[0]) for each in mean_intervals(np.array(alike)[:, None]))
        bounds = max(0.0, low), min(float(space.base.months), high)
        lost = sum(not reading.controlled for reading in readings)
        return Summary(space.size(point), float(kept.mean()), bounds, lost, len(readings))

    def at_best(self, seen: Summary, total: int) -> float:
        """Return the mean if all other societies lost control at once."""
        return seen.up * seen.total / total


def check_goal(name: str) -> str:
    """Return a goal's name if there is such a goal. Raises ParameterError.

    >>> check_goal("collapse")
    'collapse'
    """
    if name not in GOALS:
        raise ParameterError(f"{name} is no goal; {nearest(name, GOALS)}")
    return name
