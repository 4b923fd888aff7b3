"""The design of a sweep: which scenarios are run, how often, with which seeds, what is recorded."""

from __future__ import annotations

import math
from collections.abc import Mapping
from functools import cached_property
from typing import Any, Literal, Self, get_args

import numpy as np
from pydantic import Field

from ...model.declaration import ParameterError, Parameters, nearest
from ...model.scenario import Scenario
from ...scenarios import load_scenario
from ..seeds import replicate_seeds
from . import sampling
from .arrangement import arranged, replaced
from .factors import Factor, Value, checked, kind_of, read_factors, read_settings
from .recording import LAST_YEAR, MEASURES, months_between, read_measures, read_period
from .remedies import PREFIX, REMEDIES, START

LARGEST = 100_000_000  # runs
CHECKED = 2000  # points whose scenarios are made before anything is run

Kind = Literal["grid", "list", "lhs", "sobol", "saltelli", "morris", "remedies"]


class Design(Parameters, frozen=True):
    """A designed experiment of points times replicates.

    `base` is a scenario, its name or the path of its file; `settings` changes it for all points.
    `factors` maps a dotted path to a list of values or a range. `samples` is for sampled designs:
    points for lhs and sobol, rows of the base sample for saltelli, trajectories for morris. With
    `paired_seeds` all points share the replicates' seeds, else every run has its own. With
    `ensemble` replicate r behaves as member r of the behaviour ensemble, round and round.

    >>> design = Design(base="nomenklatura", factors={"rules.openness": [0.1, 0.9]}, replicates=5)
    >>> design.points, design.runs, design.scenario(1).rules.openness
    (2, 10, 0.9)

    Raises ParameterError, in one sentence, for whatever cannot be run.
    """

    base: Scenario
    design: Kind = "grid"
    replicates: int = Field(10, ge=1)
    months: int = Field(ge=1, le=100_000)
    seed: int = Field(1, ge=0, le=2**63 - 1)
    factors: Mapping[str, Factor] = Field(default_factory=dict)
    settings: Mapping[str, Value] = Field(default_factory=dict)
    samples: int | None = Field(None, ge=1)
    second_order: bool = True
    levels: int = Field(4, ge=2, le=100)
    measures: tuple[str, ...] = MEASURES
    period: str = LAST_YEAR
    paired_seeds: bool = True
    ensemble: bool = False

    def __init__(self, **given: Any) -> None:
        kind = given.get("design", "grid")
        if kind not in (kinds := get_args(Kind)):
            raise ParameterError(f"{kind} is no kind of design; {nearest(str(kind), kinds)}")
        base = _scenario(given.get("base", START if kind == "remedies" else None))
        factors = read_factors(given.get("factors", {}))
        if kind == "remedies":
            factors = _switches(factors)
        read = {
            "base": base,
            "factors": {path: checked(path, factor, base) for path, factor in factors.items()},
            "months": base.months if given.get("months") is None else given["months"],
            "measures": read_measures(given.get("measures", "all")),
            "settings": read_settings(given.get("settings", {})),
            "period": read_period(given.get("period", LAST_YEAR)),
        }
        super().__init__(**{**given, **read})
        self._check_kind()
        self._check_period()
        self._check_points()

    def replace(self, **changes: Any) -> Self:
        """Return a design with some fields changed, checked again."""
        fields = type(self).model_fields
        return type(self)(**{**{name: getattr(self, name) for name in fields}, **changes})

    # --- checks ---------------------------------------------------------------------------------

    def _check_kind(self) -> None:
        """See to it that factors and samples suit the kind of design."""
        if not self.factors:
            raise ParameterError("a design needs at least one factor in [factors]")
        if self.is_sampled:
            if self.samples is None:
                raise ParameterError(f"a design of kind {self.design} needs samples, a number")
            sampling.size(self.design, self.samples, len(self.factors), self.second_order)
            if self.levels % 2:
                raise ParameterError(f"levels = {self.levels} must be even; try {self.levels + 1}")
            return
        if self.samples is not None:
            raise ParameterError(f"a design of kind {self.design} takes no samples")
        for path, factor in self.factors.items():
            if not factor.values:
                raise ParameterError(
                    f"{path} has a range, which a design of kind {self.design} cannot use; "
                    "list its values, or choose lhs, sobol, saltelli or morris"
                )
        if self.design == "list":
            self._check_list()
        else:
            self._check_grid()

    def _check_list(self) -> None:
        lengths = {path: len(factor.values) for path, factor in self.factors.items()}
        if len(set(lengths.values())) > 1:
            told = ", ".join(f"{path} {length}" for path, length in lengths.items())
            raise ParameterError(f"the factors of a list need equally many values, not {told}")

    def _check_grid(self) -> None:
        for path, factor in self.factors.items():
            for place, value in enumerate(factor.values):
                if value in factor.values[:place]:
                    said = f"{value:g}" if isinstance(value, float) else value
                    raise ParameterError(f"{path} lists {said} twice, which makes points twice")

    def _check_period(self) -> None:
        """See to it that the period keeps at least one month."""
        if self.every is not None and self.every > self.months:
            raise ParameterError(
                f"{self.period} keeps none of {self.months} months; "
                f"the nearest valid value is every {self.months}"
            )

    def _check_points(self) -> None:
        """Make the scenarios of all points, or of so many spread evenly."""
        origin = self.origin
        if self.runs > LARGEST:
            raise ParameterError(f"{self.runs:,} runs are too many; the most is {LARGEST:,}")
        for path in self.settings:
            if path in self.factors:
                raise ParameterError(f"{path} is both a setting and a factor")
        for point in np.unique(np.linspace(0, self.points - 1, CHECKED, dtype=np.int64)).tolist():
            try:
                replaced(origin, self.values(point))
            except ParameterError as error:
                raise ParameterError(f"point {point}: {error}") from None

    # --- points ---------------------------------------------------------------------------------

    @property
    def is_sampled(self) -> bool:
        """Whether points are drawn from ranges."""
        return self.design in sampling.SAMPLED

    @cached_property
    def points(self) -> int:
        """How many points there are."""
        sizes = [len(factor.values) for factor in self.factors.values()]
        if self.is_sampled:
            count = len(self.factors)
            return sampling.size(self.design, self.samples or 0, count, self.second_order)
        return sizes[0] if self.design == "list" else math.prod(sizes)

    @property
    def runs(self) -> int:
        """How many runs there are; run number = point * replicates + replicate."""
        return self.points * self.replicates

    @property
    def every(self) -> int | None:
        """Every how many months are kept, None if none but the last year's mean."""
        return months_between(self.period)

    @cached_property
    def origin(self) -> Scenario:
        """The base scenario with the settings and months of this design."""
        return replaced(self.base, self.settings).replace(months=self.months)

    @property
    def draws(self) -> np.ndarray:
        """The points of a sampled design between 0 and 1, an array (points, factors)."""
        return sampling.draw(
            self.design,
            self.samples or 0,
            len(self.factors),
            self.seed,
            self.second_order,
            self.levels,
        )

    @cached_property
    def kinds(self) -> dict[str, type]:
        """The type of every factor's values, none apart."""
        return {path: kind_of(path) for path in self.factors}

    def values(self, point: int) -> dict[str, Value]:
        """Return the value of every factor at a point."""
        factors = self.factors.items()
        if self.is_sampled:
            row = self.draws[point].tolist()
            return {
                path: factor.value(draw, self.kinds[path] is int)
                for (path, factor), draw in zip(factors, row, strict=True)
            }
        if self.design == "list":
            return {path: factor.values[point] for path, factor in factors}
        chosen: dict[str, Value] = {}
        for path, factor in reversed(list(factors)):  # the last factor varies fastest
            point, place = divmod(point, len(factor.values))
            chosen[path] = factor.values[place]
        return {path: chosen[path] for path in self.factors}

    def scenario(self, point: int, replicate: int = 0) -> Scenario:
        """Return the scenario of a point; the replicate matters with an ensemble only."""
        return arranged(self.origin, self.values(point), replicate, self.ensemble)

    @cached_property
    def _paired(self) -> list[int]:
        return replicate_seeds(self.seed, self.replicates)

    def seed_of(self, point: int, replicate: int) -> int:
        """Return the seed of a run."""
        if self.paired_seeds:
            return self._paired[replicate]
        words = np.random.SeedSequence(self.seed, spawn_key=(point, replicate))
        return int(words.generate_state(1, np.uint64)[0] >> 1)

    def problem(self) -> dict[str, Any]:
        """Return what SALib calls the problem: names, bounds and their number.

        A factor chosen from a list, or one that may be none, counts as the draw that chooses.
        Raises ParameterError when the design is not sampled.
        """
        if not self.is_sampled:
            raise ParameterError(f"a design of kind {self.design} draws no samples for SALib")
        bounds = [factor.bounds for factor in self.factors.values()]
        return {"names": list(self.factors), "bounds": bounds, "num_vars": len(bounds)}

    def inputs(self) -> np.ndarray:
        """Return the points (points, factors) of a sampled design within the problem's bounds."""
        low, high = np.array(self.problem()["bounds"]).T
        return low + self.draws * (high - low)


def _scenario(given: Any) -> Scenario:
    """Return the scenario a design starts from, given itself, by name, by path or as a table."""
    if given is None:
        raise ParameterError('a design needs a base scenario, e.g. base = "nomenklatura"')
    if isinstance(given, Mapping):
        return Scenario(**given)
    if isinstance(given, Scenario):
        return given
    return load_scenario(given)


def _switches(given: Mapping[str, Factor]) -> dict[str, Factor]:
    """Return the factors of a design of remedies, all of them switches."""
    switches = {PREFIX + name: Factor(values=(False, True)) for name in REMEDIES}
    if given and given != switches:
        raise ParameterError(
            "a design of remedies brings its own factors; a grid may vary remedies too, "
            'e.g. "remedies.recall" = [false, true]'
        )
    return switches
