"""Levers: what a search may set, each to one of a few round values."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, get_args

from ...model.declaration import ParameterError, nearest
from ...model.parameters import GROUPS
from ...model.scenario import Scenario

Point = tuple[int, ...]  # of every lever, which of its values is meant

SEARCHED = ("rules", "behaviour")
STEPS = 10  # into which a plausible range is divided
DIGITS = 6  # of values, so that 0.1 + 0.2 is 0.3


@dataclass(frozen=True)
class Lever:
    """One setting and the values it may take, in order; `low` and `high` span its range.

    None switches a rule off, and lies one step past its highest value. Of behaviour it means that
    people are left as they are, which `usual` stands for when distances are measured.
    """

    path: str
    values: tuple[Any, ...]
    low: float = 0.0
    high: float = 1.0
    usual: float | None = None

    def distance(self, one: Any, other: Any) -> float:
        """Return how far apart two values are, 1 being the whole range.

        >>> Lever("rules.openness", (0.1, 0.9)).distance(0.1, 0.9)
        0.8
        >>> Lever("rules.recall_reach", ("both", "officials")).distance("both", "officials")
        1.0
        """
        if one == other:
            return 0.0
        if isinstance(one, (bool, str)):
            return 1.0
        return round(abs(self._place(one) - self._place(other)), DIGITS)

    def step_of(self, value: Any) -> int:
        """Return which of the lever's values is the nearest to `value`."""
        return min(range(len(self.values)), key=lambda k: self.distance(self.values[k], value))

    def _place(self, value: float | None) -> float:
        if value is None and self.usual is None:
            return 1.0 + 1.0 / STEPS
        number = self.usual if value is None else value
        return (float(number or 0.0) - self.low) / (self.high - self.low)


def lever(path: str, anchors: Sequence[Any] = ()) -> Lever:
    """Return a setting as a lever: tenths of its plausible range, and the values in `anchors`.

    >>> lever("rules.term_limit").values
    (1, 2, 3, 4, 5, None)
    >>> lever("rules.openness", [0.15]).values[:4]
    (0.0, 0.1, 0.15, 0.2)
    """
    group, _, name = path.partition(".")
    facts, field = GROUPS[group].describe()[name], GROUPS[group].model_fields[name]
    if isinstance(facts["default"], bool):
        return Lever(path, (False, True))
    if isinstance(facts["default"], str):
        return Lever(path, get_args(field.annotation))
    low, high = facts["sweep"]
    steps = [low + (high - low) * k / STEPS for k in range(STEPS + 1)]
    whole = int in (field.annotation, *get_args(field.annotation))
    numbers = [round(v) if whole else round(float(v), DIGITS) for v in steps]
    numbers = sorted({*numbers, *(a for a in anchors if a is not None)})
    if group == "behaviour":
        usual = anchors[0] if anchors else facts["default"]
        return Lever(path, (None, *numbers), low, high, usual)
    return Lever(path, (*numbers, *([None] if facts["optional"] else [])), low, high)


def paths() -> list[str]:
    """Return all settings that may be searched over."""
    return [f"{group}.{name}" for group in SEARCHED for name in GROUPS[group].model_fields]


def chosen(over: Sequence[str], groups: Sequence[str] = SEARCHED) -> list[str]:
    """Return the settings meant: paths, or groups such as `rules` for all theirs; rules if none.

    >>> chosen(["rules.openness"]), len(chosen([]))
    (['rules.openness'], 20)

    Raises ParameterError with the nearest valid name.
    """
    valid = [path for path in paths() if path.partition(".")[0] in groups]
    meant: list[str] = []
    for name in over or ["rules"]:
        inside = [path for path in valid if name in (path, path.partition(".")[0])]
        if not inside:
            whole = [path for path in valid if path.partition(".")[2] == name]
            hint = f"did you mean {whole[0]}?" if whole else nearest(name, [*valid, *groups])
            raise ParameterError(f"{name} is no lever of this search; {hint}")
        meant += inside
    return list(dict.fromkeys(meant))


def all_rules() -> tuple[Lever, ...]:
    """Return every rule as a lever, to measure how far rules are from others."""
    return tuple(lever(path) for path in chosen(["rules"]))


@dataclass(frozen=True)
class Space:
    """Where a search goes: `levers` on a `base`, and the scenario from which change is counted."""

    base: Scenario
    origin: Scenario
    levers: tuple[Lever, ...]

    @cached_property
    def start(self) -> Point:
        """The point nearest to where change is counted from."""
        return self.point_of(self.origin)

    def point_of(self, scenario: Scenario) -> Point:
        """Return the point nearest to a scenario; behaviour is left as it is."""
        return tuple(
            0 if each.path.startswith("behaviour.") else each.step_of(value_of(scenario, each.path))
            for each in self.levers
        )

    def settings(self, point: Point) -> dict[str, Any]:
        """Return path -> value at a point; behaviour that is left as it is does not appear."""
        pairs = zip(self.levers, point, strict=True)
        values = {each.path: each.values[k] for each, k in pairs}
        return {p: v for p, v in values.items() if v is not None or p.startswith("rules.")}

    def scenario(self, point: Point, behaviour: Mapping[str, Any] | None = None) -> Scenario:
        """Return the base with its levers set, among people of a given behaviour."""
        groups: dict[str, dict[str, Any]] = {"rules": {}, "behaviour": dict(behaviour or {})}
        for path, value in self.settings(point).items():
            group, _, name = path.partition(".")
            groups[group][name] = value
        return self.base.replace(**groups)

    def changed(self, point: Point) -> dict[str, Any]:
        """Return path -> value of the levers that are not where change is counted from."""
        moved = {
            each.path: each.values[k]
            for each, k, k0 in zip(self.levers, point, self.start, strict=True)
            if k != k0
        }
        return moved

    def size(self, point: Point) -> float:
        """Return how much is changed, in levers moved over their whole range."""
        triples = zip(self.levers, point, self.start, strict=True)
        return round(sum(e.distance(e.values[k], e.values[k0]) for e, k, k0 in triples), DIGITS)


def build(base: Scenario, origin: Scenario, over: Sequence[str]) -> Space:
    """Return the space over these settings; values of base and origin are among the levers'."""
    anchors = {path: [value_of(base, path), value_of(origin, path)] for path in over}
    return Space(base, origin, tuple(lever(path, anchors[path]) for path in over))


def value_of(scenario: Scenario, path: str) -> Any:
    """Return a setting of a scenario by its path."""
    group, _, name = path.partition(".")
    return getattr(getattr(scenario, group), name)
