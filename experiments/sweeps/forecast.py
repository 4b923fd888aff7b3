"""What a sweep would take: tried on a few of its runs."""

from __future__ import annotations

from dataclasses import dataclass
from time import perf_counter

import numpy as np

from ..pool import run_seconds
from .design import Design
from .jobs import Chunk, Run, make, recipe_of
from .manifest import check_tables
from .parts import errors_in
from .work import LONGEST, SHARES, SHORTEST, Shard, runs_of

TRIED = 4  # runs
LONG = 2.0  # seconds; a run expected to take longer is tried for two years only
SHORT = 24  # months


@dataclass(frozen=True)
class Forecast:
    """Roughly how many seconds a sweep takes on so many workers, and bytes on disk.

    `points` are those of the design; all else is about the runs of the shard, if one is forecast.
    """

    points: int
    runs: int
    seconds: float
    size: float
    tried: int
    errors: tuple[str, ...]


def forecast(design: Design, workers: int, shard: Shard | None = None) -> Forecast:
    """Make a few runs of a design, or of a shard of it, spread over its points; reckon from them.

    Raises ParameterError when there is no such shard or a table is nowhere to be found.
    """
    mine = np.flatnonzero(runs_of(design.runs, shard))
    check_tables(design)
    if not len(mine):  # more shards than runs
        return Forecast(design.points, 0, 0.0, 0.0, 0, ())
    months = design.months
    if run_seconds(design.origin) > LONG:
        months = min(months, max(SHORT, design.every or 0))
    tried = design if months == design.months else design.replace(months=months)
    recipe = recipe_of(tried, "")
    places = np.unique(np.linspace(0, len(mine) - 1, TRIED, dtype=np.int64))
    numbers = mine[places].tolist()
    runs = tuple(_run(tried, number) for number in numbers)
    make(recipe, Chunk(runs[:1], 1.0))  # the first one compiles the model, or loads it
    start = perf_counter()
    made = make(recipe, Chunk(runs, 1.0))
    each = (perf_counter() - start) / len(runs) * design.months / months
    part = len(make(recipe, Chunk(runs[:1], 1.0)).content)
    more = (len(made.content) - part) / max(1, len(runs) - 1)
    count = len(mine)
    chunk = min(max(count * each / (SHARES * workers), SHORTEST), LONGEST)
    parts = max(1.0, count * each / max(chunk, each))
    kept = 1.0 if design.every is None else design.months / months
    size = parts * part + count * max(more, 0.0) * kept
    seconds = count * each / min(workers, count)
    return Forecast(design.points, count, seconds, size, len(runs), errors_in(made.content))


def _run(design: Design, number: int) -> Run:
    point, replicate = divmod(number, design.replicates)
    return Run(number, design.seed_of(point, replicate), design.values(point))
