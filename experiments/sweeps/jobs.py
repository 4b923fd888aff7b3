"""The runs of a sweep: numbered, cut into chunks, made, and turned into rows of a table."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from time import perf_counter
from typing import Any

import numpy as np

from ...model.declaration import ParameterError
from ...model.scenario import Scenario
from ..identity import model_fingerprint
from ..pool import Job, Outcome, run_seconds, simulate
from .arrangement import arranged, replaced
from .design import Design
from .factors import Value
from .recording import YEAR

loaded = False  # whether this process has made a chunk: the first one loads, or compiles, the model


@dataclass(frozen=True)
class Recipe:
    """What all runs of a sweep share: sent with every chunk, so it is small."""

    sweep: str  # the key of the sweep its parts belong to
    origin: Scenario
    kinds: Mapping[str, type]  # factor -> type of its values
    measures: tuple[str, ...]
    every: int | None
    replicates: int
    ensemble: bool


@dataclass(frozen=True)
class Run:
    """One run to be made: its number, its seed and the values of its factors."""

    number: int
    seed: int
    values: Mapping[str, Value]


@dataclass(frozen=True)
class Chunk:
    """Runs handed out together, and how many seconds they were expected to take."""

    runs: tuple[Run, ...]
    expected: float


@dataclass(frozen=True)
class Made:
    """A chunk of runs made: a Parquet file in memory, and what it took beside what was expected."""

    numbers: np.ndarray
    failed: np.ndarray
    content: bytes
    seconds: float
    expected: float
    model: str  # the fingerprint of the model that made it


def recipe_of(design: Design, sweep: str) -> Recipe:
    """Return what the runs of a design share."""
    return Recipe(
        sweep,
        design.origin,
        design.kinds,
        design.measures,
        design.every,
        design.replicates,
        design.ensemble,
    )


def make(recipe: Recipe, chunk: Chunk) -> Made:
    """Make the runs of a chunk; one that fails becomes a row that says why.

    The first chunk of a process tells nothing of how long runs take, so it is said to have taken
    what was expected.
    """
    from .parts import encoded

    global loaded
    start = perf_counter()
    rows = [_row(recipe, run) for run in chunk.runs]
    content = encoded(recipe, rows)
    numbers = np.array([run.number for run in chunk.runs], dtype=np.int64)
    failed = np.array([row["error"] is not None for row in rows])
    took = perf_counter() - start
    seconds, loaded = took if loaded else chunk.expected, True
    return Made(numbers, failed, content, seconds, chunk.expected, model_fingerprint())


def run_key(scenario: Scenario, seed: int, recorded: str, model: str) -> str:
    """Return sixteen hexadecimal digits of what determines a run and its record.

    `recorded` says what is kept of it, `model` is the fingerprint of the model's sources.
    """
    text = f"{scenario.hash()} {seed} {recorded} {model}"
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def _row(recipe: Recipe, run: Run) -> dict[str, Any]:
    """Make one run and return its row: column -> value."""
    point, replicate = divmod(run.number, recipe.replicates)
    row: dict[str, Any] = {
        "run": run.number,
        "point": point,
        "replicate": replicate,
        "seed": run.seed,
        "key": None,
        **run.values,
    }
    try:
        scenario = arranged(recipe.origin, run.values, replicate, recipe.ensemble)
        recorded = f"{' '.join(recipe.measures)} {recipe.every}"
        row["key"] = run_key(scenario, run.seed, recorded, model_fingerprint())
        outcome = simulate(Job(run.number, scenario, run.seed))
    except Exception as error:  # whatever it is, the other runs of the sweep go on
        said = " ".join(str(error).split())
        return {**row, "error": f"{type(error).__name__}: {said}"}
    return {**row, **_record(recipe, outcome), "error": None}


def _record(recipe: Recipe, outcome: Outcome) -> dict[str, Any]:
    """Return what is kept of a run: means of the last year, verdict, months if wanted."""
    columns = [outcome.columns.index(name) for name in recipe.measures]
    values = outcome.values[:, columns]
    record: dict[str, Any] = dict(zip(recipe.measures, values[-YEAR:].mean(axis=0), strict=True))
    judged = outcome.verdict
    record |= {
        "regime": judged.regime,
        "controlled": judged.controlled,
        "onset": judged.onset,
        "first_eroded": judged.first_eroded,
    }
    if recipe.every is not None:
        record["months"] = values[recipe.every - 1 :: recipe.every]
    return record


def chunks(
    design: Design, numbers: Iterable[int], length: Callable[[float], float]
) -> Iterator[Chunk]:
    """Cut runs into chunks; `length` says how many runs of so many seconds each make one.

    A point's values are worked out once for all its replicates.
    """
    at, values, seconds, expected = -1, {}, 0.0, 0.0
    runs: list[Run] = []
    for number in numbers:
        point, replicate = divmod(number, design.replicates)
        if point != at:
            at, values = point, design.values(point)
            seconds = _expected(design, values)
        runs.append(Run(number, design.seed_of(point, replicate), values))
        expected += seconds
        if len(runs) >= length(seconds):
            yield Chunk(tuple(runs), expected)
            runs, expected = [], 0.0
    if runs:
        yield Chunk(tuple(runs), expected)


def _expected(design: Design, values: Mapping[str, Value]) -> float:
    """Return how many seconds a run may take; one that cannot be made at all is as good as any."""
    try:
        return run_seconds(replaced(design.origin, values))
    except ParameterError:
        return run_seconds(design.origin)
