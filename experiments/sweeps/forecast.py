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
from .work import LONGEST, SHARES, SHORTEST

TRIED = 4  # runs
LONG = 2.0  # seconds; a run expected to take longer is tried for two years only
SHORT = 24  # months


@dataclass(frozen=True)
class Forecast:
    """Roughly how many seconds a sweep takes on so many workers, and bytes on disk."""

    points: int
    runs: int
    seconds: float
    size: float
    tried: int
    errors: tuple[str, ...]


def forecast(design: Design, workers: int) -> Forecast:
    """Make a few runs of a design, spread over its points, and reckon from them.

    Raises ParameterError when a table is nowhere to be found.
    """
    check_tables(design)
    months = design.months
    if run_seconds(design.origin) > LONG:
        months = min(months, max(SHORT, design.every or 0))
    tried = design if months == design.months else design.replace(months=months)
    recipe = recipe_of(tried, "")
    numbers = np.unique(np.linspace(0, tried.runs - 1, TRIED, dtype=np.int64)).tolist()
    runs = tuple(_run(tried, number) for number in numbers)
    make(recipe, Chunk(runs[:1], 1.0))  # the first one compiles the model, or loads it
    start = perf_counter()
    made = make(recipe, Chunk(runs, 1.0))
    each = (perf_counter() - start) / len(runs) * design.months / months
    part = len(make(recipe, Chunk(runs[:1], 1.0)).content)
    more = (len(made.content) - part) / max(1, len(runs) - 1)
    chunk = min(max(design.runs * each / (SHARES * workers), SHORTEST), LONGEST)
    parts = max(1.0, design.runs * each / max(chunk, each))
    kept = 1.0 if design.every is None else design.months / months
    size = parts * part + design.runs * max(more, 0.0) * kept
    seconds = design.runs * each / min(workers, design.runs)
    return Forecast(design.points, design.runs, seconds, size, len(runs), errors_in(made.content))


def _run(design: Design, number: int) -> Run:
    point, replicate = divmod(number, design.replicates)
    return Run(number, design.seed_of(point, replicate), design.values(point))
