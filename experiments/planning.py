"""A plan for one month or year of an economy, from its table and given needs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ..model.declaration import ParameterError, nearest
from ..model.economy import Table

Array = NDArray[np.float64]
PLANNERS = ("proportional", "optimal")


@dataclass(frozen=True, eq=False)
class TablePlan:
    """A plan for a table; arrays are (G,), in the table's value unit unless said otherwise.

    `required` is the output that would serve every final use, `planned` the one capacity allows,
    `fulfilment` (0..1) the share of each good's final use that it covers, `score` (0..1) how well
    needs and claims are met in all.
    """

    table: Table
    needs: Array
    capacity: Array
    required: Array
    planned: Array
    fulfilment: Array
    score: float

    @property
    def labour(self) -> Array:
        """People needed for the planned output, by sector."""
        return self.table.labour * self.planned

    @property
    def short(self) -> list[str]:
        """Sectors whose capacity is below what would be required."""
        beyond = self.required > self.capacity * (1.0 + 1e-9)
        return [name for name, over in zip(self.table.sectors, beyond, strict=True) if over]


def plan_table(
    table: Table,
    needs: Mapping[str, float] | None = None,
    scale: float = 1.0,
    capacity: float = 1.0,
    planner: str = "proportional",
) -> TablePlan:
    """Plan an economy whose household needs are the table's times `scale`, save those in `needs`.

    `needs` maps sectors to amounts in the table's unit; other claims stay as they are. `capacity`
    is what each sector can make, as a multiple of its output in the table. Raises ParameterError.
    """
    if planner not in PLANNERS:
        raise ParameterError(f"{planner} is no planner; {nearest(planner, PLANNERS)}")
    for name, value in (("scale", scale), ("capacity", capacity)):
        if not 0.0 <= value < float("inf"):
            raise ParameterError(f"{name} must be zero or more, not {value}")
    wanted = _needs(table, needs or {}, scale)
    demand = wanted + table.claims
    if (demand < 0.0).any():
        sector = table.sectors[int(demand.argmin())]
        least = -table.claims[table.sectors.index(sector)]
        raise ParameterError(
            f"needs for {sector} must be at least {least:g}, or its claims go unmet"
        )
    room = capacity * table.output
    planned, fulfilment = _plan(table, demand, room, planner)
    score = _score(demand, fulfilment)
    return TablePlan(table, wanted, room, table.leontief @ demand, planned, fulfilment, score)


def _needs(table: Table, given: Mapping[str, float], scale: float) -> Array:
    """Return household needs by sector."""
    wanted = scale * table.household
    for sector, amount in given.items():
        if sector not in table.sectors:
            raise ParameterError(f"{sector} is no sector; {nearest(sector, table.sectors)}")
        if not 0.0 <= amount < float("inf"):
            raise ParameterError(f"needs for {sector} must be zero or more, not {amount}")
        wanted[table.sectors.index(sector)] = amount
    return wanted


def _plan(table: Table, demand: Array, room: Array, planner: str) -> tuple[Array, Array]:
    from ..model.planner import optimal_plan, proportional_plan

    if planner == "optimal":
        return optimal_plan(table.coefficients, demand, room)
    planned, fulfilment = np.empty(table.size), np.empty(table.size)
    # a hair more room: what was feasible in the table shall not fail by rounding
    proportional_plan(table.leontief, demand, room * (1.0 + 1e-9), planned, fulfilment)
    return planned, fulfilment


def _score(demand: Array, fulfilment: Array) -> float:
    from ..model.planner import plan_score

    return float(plan_score(demand, fulfilment))
