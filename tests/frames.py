"""Runs made by hand, as a sweep would hand them over: functions whose analysis is known."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from itertools import product
from typing import Any

import numpy as np
import pandas as pd

from thermidor.experiments.analysis.material import Material

Answer = Callable[[pd.Series, np.random.Generator, float], float]


def runs_of(
    points: pd.DataFrame,
    answer: Answer,
    replicates: int = 1,
    seed: int = 1,
) -> pd.DataFrame:
    """Answer every point so many times; `answer` gets the point, a stream, the seed's own luck."""
    luck = np.random.default_rng(seed).normal(size=replicates)
    rows = []
    for number, (_, point) in enumerate(points.iterrows()):
        for replicate in range(replicates):
            stream = np.random.default_rng((seed, number, replicate))
            value = answer(point, stream, float(luck[replicate]))
            where = {"point": number, "replicate": replicate, "seed": 1000 + replicate}
            rows.append({**where, **point.to_dict(), "capture": value})
    frame = pd.DataFrame(rows)
    for name in points.columns:
        frame[name] = [
            point[name] for point in points.to_dict("records") for _ in range(replicates)
        ]
    frame["controlled"] = frame["capture"] < 0.05
    frame["regime"] = np.where(
        frame["controlled"], "workers_democracy", "bureaucratic_degeneration"
    )
    frame["onset"] = 12.0
    return frame


def grid(factors: Mapping[str, Sequence[Any]]) -> pd.DataFrame:
    """Return every combination of levels."""
    rows = list(product(*factors.values()))
    return pd.DataFrame(
        {name: pd.Series([row[k] for row in rows], dtype=object) for k, name in enumerate(factors)}
    )


def material(
    points: pd.DataFrame,
    answer: Answer,
    kind: str = "grid",
    replicates: int = 1,
    problem: Mapping[str, Any] | None = None,
    seed: int = 1,
) -> Material:
    """Return the material of a sweep of these points."""
    runs = runs_of(points, answer, replicates, seed)
    inputs = points.to_numpy(dtype=float) if problem else None
    return Material(runs, tuple(points.columns), kind, 60, problem=problem, inputs=inputs)
