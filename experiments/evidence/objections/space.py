"""Where objections are tried: societies drawn at random, within a box if one is given."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, get_args

import numpy as np
from scipy.stats import qmc

from ....model.parameters import GROUPS
from .objection import Objection

SETTLED = ("rules.term_limit", "rules.amendable")  # not drawn: none, and as an objection's arms say

Limit = tuple[Any, ...]  # of a number: lowest and highest; of a choice: the options left
Box = Mapping[str, Limit]


@dataclass(frozen=True)
class Factor:
    """One setting to draw: a number between two, a whole number if `whole`, or one of `options`."""

    name: str
    low: float = 0.0
    high: float = 1.0
    whole: bool = False
    options: tuple[Any, ...] = ()

    def value(self, quantile: float, limit: Limit | None = None) -> Any:
        """Return the value at a quantile (0..1) of what is allowed.

        >>> Factor("rules.term_months", 6, 96, whole=True).value(0.5, (10, 20))
        15
        """
        if self.options:
            left = self.options if limit is None else limit
            return left[min(int(quantile * len(left)), len(left) - 1)]
        low, high = (self.low, self.high) if limit is None else limit
        number = low + quantile * (high - low)
        return round(number) if self.whole else float(number)

    def quantile(self, value: Any, limit: Limit | None = None) -> float:
        """Return at which quantile of what is allowed a value lies; of choices, their middles."""
        if self.options:
            left = self.options if limit is None else limit
            return (left.index(value) + 0.5) / len(left)
        low, high = (self.low, self.high) if limit is None else limit
        return (value - low) / (high - low) if high > low else 0.5

    def allows(self, limit: Limit) -> bool:
        """Say whether a limit leaves only what may be drawn."""
        if self.options:
            return set(limit) <= set(self.options)
        if len(limit) != 2 or any(isinstance(end, bool | str) for end in limit):
            return False  # a choice of some earlier version
        return self.low <= limit[0] <= limit[1] <= self.high

    def width(self, limit: Limit) -> float:
        """Return what share of the factor's range a limit leaves, 0..1."""
        if self.options:
            return len(limit) / len(self.options)
        return (limit[1] - limit[0]) / (self.high - self.low)


def factor(path: str) -> Factor:
    """Return one setting with its plausible range."""
    group, _, name = path.partition(".")
    facts = GROUPS[group].describe()[name]
    kind = GROUPS[group].model_fields[name].annotation
    if isinstance(facts["default"], bool):
        return Factor(path, options=(False, True))
    if isinstance(facts["default"], str):
        return Factor(path, options=get_args(kind))
    low, high = facts["sweep"]
    return Factor(path, float(low), float(high), whole=int in (kind, *get_args(kind)))


def factors(objection: Objection) -> tuple[Factor, ...]:
    """Return what is drawn for an objection: behaviour, slack, and rules that its arms leave open.

    A cap and a threshold of recall are drawn as numbers: their highest values bind nobody.
    """
    rules = [f"rules.{name}" for name in GROUPS["rules"].model_fields]
    behaviour = [f"behaviour.{name}" for name in GROUPS["behaviour"].model_fields]
    fixed = set.intersection(*(set(changes) for changes in objection.arms.values()))
    names = [*rules, *behaviour, "economy.slack", *objection.also]
    return tuple(factor(name) for name in names if name not in {*SETTLED, *fixed})


def draw(
    among: Sequence[Factor], box: Box, count: int, seed: Sequence[int]
) -> list[dict[str, Any]]:
    """Draw settings within a box, `count` times, by a Latin hypercube."""
    cube = qmc.LatinHypercube(d=len(among), rng=np.random.default_rng(list(seed)))
    return [
        {f.name: f.value(q, box.get(f.name)) for f, q in zip(among, row, strict=True)}
        for row in cube.random(count).tolist()
    ]


def contains(box: Box, point: Mapping[str, Any]) -> bool:
    """Say whether a point lies in a box.

    >>> contains({"rules.openness": (0.5, 1.0)}, {"rules.openness": 0.4})
    False
    """
    for name, limit in box.items():
        if isinstance(point[name], (bool, str)):
            inside = point[name] in limit
        else:
            inside = limit[0] <= point[name] <= limit[1]
        if not inside:
            return False
    return True


def fits(among: Iterable[Factor], box: Box) -> bool:
    """Say whether all limits of a box lie within the ranges and options of what is drawn.

    >>> fits([Factor("rules.openness")], {"rules.openness": (0.5, 1.0)})
    True
    """
    drawn = {f.name: f for f in among}
    return all(name in drawn and drawn[name].allows(limit) for name, limit in box.items())


def volume(among: Iterable[Factor], box: Box) -> float:
    """Return what share of the whole space a box holds."""
    return float(np.prod([f.width(box[f.name]) for f in among if f.name in box]))
