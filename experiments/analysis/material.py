"""What analyses work on: the runs of a sweep with their factors, and outcomes as numbers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import numpy as np
import pandas as pd

from ...model.declaration import ParameterError, nearest
from ...model.measures import Measure
from ...model.verdict import REGIMES

MEASURES = tuple(measure.name.lower() for measure in Measure)
CONTROLLED = "controlled"
OUTCOMES = (*MEASURES, CONTROLLED, *REGIMES)
SAMPLED = ("lhs", "sobol", "saltelli", "morris")
CONFIDENCE = 0.95
FEW = 12  # levels up to which a factor is treated level by level
SEED = 20171107  # of everything resampled, so that a report made twice is the same


@dataclass(frozen=True, eq=False)
class Material:
    """The runs of a sweep, one row each, and the design they come from.

    `runs` has the columns `point`, `replicate`, `seed`, one a factor, one a measure, `regime`,
    `controlled`, `onset`; `failed` runs ended in an error and are not among them, `missing`
    ones were not made yet. For sampled
    designs `problem` is SALib's and `inputs` its sample (points, factors). `levels` is the number
    of levels of a Morris design; `second_order` says which of Saltelli's two designs it is. With
    `ensemble` a replicate is a draw of behaviour too.
    """

    runs: pd.DataFrame
    factors: tuple[str, ...]
    kind: str
    months: int
    problem: Mapping[str, Any] | None = None
    inputs: np.ndarray | None = None
    failed: int = 0
    missing: int = 0
    levels: int = 4
    second_order: bool = True
    paired: bool = True
    ensemble: bool = False
    name: str = ""
    workers: int = 0
    facts: Mapping[str, str] = field(default_factory=dict)

    @cached_property
    def whole(self) -> pd.DataFrame:
        """The runs of points of which every replicate is there, in order."""
        return whole_points(self.runs)

    @cached_property
    def replicates(self) -> int:
        """How many runs a whole point has."""
        return int(self.runs["replicate"].nunique())

    @cached_property
    def points(self) -> pd.DataFrame:
        """The factors of every whole point, indexed by point."""
        return self.whole.groupby("point")[list(self.factors)].first(skipna=False)

    @cached_property
    def varied(self) -> tuple[str, ...]:
        """The factors that take more than one value among whole points."""
        return tuple(f for f in self.factors if self.points[f].map(level_key).nunique() > 1)

    @cached_property
    def drawn(self) -> np.ndarray:
        """SALib's sample at whole points, or the factors coded where there is none."""
        if self.inputs is None:
            return np.column_stack([coded(self.points[f]) for f in self.factors])
        return self.inputs[self.points.index.to_numpy()]

    def matrix(self, outcome: str) -> np.ndarray:
        """Return an outcome as an array (whole points, replicates)."""
        values = outcome_values(self.whole, outcome)
        return values.reshape(-1, self.replicates)

    @cached_property
    def block(self) -> int:
        """How many points of the design belong together: a row of Saltelli's, a trajectory."""
        factors = len(self.factors)
        if self.kind == "morris":
            return factors + 1
        if self.kind == "saltelli":
            return 2 * factors + 2 if self.second_order else factors + 2
        return 1

    def blocks(self) -> np.ndarray:
        """Return to which block each whole point belongs."""
        return self.points.index.to_numpy() // self.block


def check_outcome(name: str) -> str:
    """Return an outcome's name if there is such a one. Raises ParameterError.

    >>> check_outcome("capture"), check_outcome("contested")
    ('capture', 'contested')
    """
    if name not in OUTCOMES:
        raise ParameterError(f"{name!r} is no outcome; {nearest(name, OUTCOMES)}")
    return name


def is_share_of_runs(outcome: str) -> bool:
    """Say whether an outcome either happens in a run or does not.

    >>> is_share_of_runs("controlled"), is_share_of_runs("capture")
    (True, False)
    """
    return outcome == CONTROLLED or outcome in REGIMES


def outcome_values(runs: pd.DataFrame, outcome: str) -> np.ndarray:
    """Return an outcome of every run: a measure, or 1.0 where something happened and 0.0 else."""
    if outcome in REGIMES:
        return (runs["regime"] == outcome).to_numpy(dtype=float)
    return runs[check_outcome(outcome)].to_numpy(dtype=float)


def whole_points(runs: pd.DataFrame) -> pd.DataFrame:
    """Return the runs of points that have every replicate, by point and replicate."""
    wanted = runs["replicate"].nunique()
    counts = runs.groupby("point")["replicate"].transform("nunique")
    return runs[counts == wanted].sort_values(["point", "replicate"], ignore_index=True)


def levels_of(values: Sequence[Any] | pd.Series) -> list[Any]:
    """Return the different values of a factor in order; none, where nothing limits, comes last.

    >>> levels_of([0.3, None, 0.1, 0.3]), levels_of([True, False]), levels_of(["b", "a"])
    ([0.1, 0.3, None], [False, True], ['b', 'a'])
    """
    plain = [plain_value(value) for value in values]
    some = list(dict.fromkeys(value for value in plain if value is not None))
    if not any(isinstance(value, str) for value in some):
        some.sort()
    return [*some, None] if None in plain else some


def coded(values: pd.Series) -> np.ndarray:
    """Return a factor as numbers: its own, or the place of its level where it has names.

    Only limits can be none (no recall, no cap, no limit of terms), which lies beyond the highest.

    >>> coded(pd.Series([1.0, 4.0, None], dtype=object)).tolist()
    [1.0, 4.0, 5.0]
    """
    levels = levels_of(values)
    some = [level for level in levels if level is not None]
    if any(isinstance(level, str) for level in some):
        codes: dict[Any, float] = {level: float(place) for place, level in enumerate(levels)}
    else:
        codes = {level: float(level) for level in some}
        widest = max(some, default=0.0) - min(some, default=0.0)
        codes[None] = float(max(some, default=0.0)) + (float(widest) / 3 or 1.0)
    return np.array([codes[plain_value(value)] for value in values], dtype=float)


def is_ordered(values: pd.Series) -> bool:
    """Say whether more and less make sense for a factor, or it has three names and more."""
    names = [level for level in levels_of(values) if isinstance(level, str)]
    return not names or len(levels_of(values)) <= 2


def full_factorial(material: Material) -> bool:
    """Say whether every combination of the factors' levels was run, each once."""
    factors = material.varied
    if not factors:
        return False
    size = int(np.prod([len(levels_of(material.points[f])) for f in factors]))
    seen = {tuple(map(level_key, row)) for row in material.points[list(factors)].to_numpy(object)}
    return size == len(seen) == len(material.points)


def plain_value(value: Any) -> Any:
    """Return a value as Python's own, what is missing as None.

    >>> plain_value(float("nan")), plain_value(np.float64(0.5))
    (None, 0.5)
    """
    if value is None or (isinstance(value, float | np.floating) and np.isnan(value)):
        return None
    return value.item() if isinstance(value, np.generic) else value


def level_key(value: Any) -> Any:
    """Return what tells a level from another, even one that is none.

    >>> level_key(None), level_key(0.5)
    ('none', 0.5)
    """
    plain = plain_value(value)
    return "none" if plain is None else plain
