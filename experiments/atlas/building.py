"""Compute the atlas by sweeps, and write it as one file."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from importlib.metadata import version
from pathlib import Path
from typing import Any

import pandas as pd

from ...model.verdict import CONTROLLED, REGIMES
from ...scenarios import load_scenario
from ..identity import model_name
from ..output import write_file
from ..pool import ExperimentError
from ..sweeps.design import Design
from ..sweeps.runner import sweep
from .plan import Place, Plan
from .reading import read

FORMAT = 1
MEASURES = {"needs_met": "needs_met", "taken": "capture"}  # name in the atlas -> measure
Progress = Callable[[int, int], Any]  # is told of runs done and runs in all


def design_of(plan: Plan, place: Place) -> Design:
    """Return the sweep behind a map: the rule up varies slowly, the rule across fast.

    All cells meet the same seeds, so that a difference between two is due to the rules.
    """
    return Design(
        base=place.base,
        factors={f"rules.{rule}": list(plan.values[rule]) for rule in (place.y, place.x)},
        replicates=plan.replicates,
        seed=plan.seed,
        measures=tuple(MEASURES.values()),
    )


def build(
    plan: Plan, folder: Path, processes: int = 1, progress: Progress = lambda done, total: None
) -> dict[str, Any]:
    """Compute all maps, keeping runs in `folder` so that an interrupted build goes on.

    Raises ExperimentError when a run failed, OutputError, Interrupted.
    """
    places = list(plan.places())
    designs = {place: design_of(plan, place) for place in places}
    total, before = sum(design.runs for design in designs.values()), 0
    maps: dict[Place, dict[str, Any]] = {}
    for place, design in designs.items():
        done = before
        results = sweep(
            design,
            folder / place.name,
            processes,
            progress=lambda n, _, done=done: progress(done + n, total),
        )
        before += design.runs
        if results.failed.any():
            raise ExperimentError(f"some societies of the map {place.name} failed; see {folder}")
        maps[place] = charted(place, results.runs(), len(plan.values[place.x]))
    return assembled(plan, maps)


def charted(place: Place, runs: pd.DataFrame, width: int) -> dict[str, Any]:
    """Return a map from the runs of its sweep, cell by cell.

    `regimes` holds a digit a society, its place in the list of regimes; `since` the median month
    since which the last regime has held, over societies not under control, None where there are
    none.
    """
    cells = [cell for _, cell in runs.groupby("point")]
    measures = {
        name: [round(float(cell[column].mean()), 3) for cell in cells]
        for name, column in MEASURES.items()
    }
    return {
        "x": place.x,
        "y": place.y,
        "regimes": ["".join(str(REGIMES.index(one)) for one in cell["regime"]) for cell in cells],
        **measures,
        "since": [_since(cell) for cell in cells],
        "reading": read([list(cell["regime"]) for cell in cells], width, measures),
    }


def _since(cell: pd.DataFrame) -> float | None:
    lost = cell.loc[~cell["regime"].isin(CONTROLLED), "onset"]
    return None if lost.empty else float(lost.median())


def assembled(plan: Plan, maps: Mapping[Place, dict[str, Any]]) -> dict[str, Any]:
    """Put the maps together, with all that is needed to read and to repeat them."""
    design = design_of(plan, next(plan.places()))
    rules = {rule for pair in plan.pairs for rule in pair}
    return {
        "format": FORMAT,
        "thermidor": version("thermidor"),
        "model": model_name(),
        "seeds": [design.seed_of(0, replicate) for replicate in range(plan.replicates)],
        "regimes": list(REGIMES),
        "controlled": list(CONTROLLED),
        "values": {rule: list(plan.values[rule]) for rule in plan.values if rule in rules},
        "bases": [
            {
                "name": base,
                "months": load_scenario(base).months,
                "rules": load_scenario(base).rules.model_dump(include=rules),
                "maps": [found for place, found in maps.items() if place.base == base],
            }
            for base in plan.bases
        ],
    }


def written(atlas: Mapping[str, Any]) -> str:
    """Return the atlas as a text: the same numbers always give the same bytes."""
    return json.dumps(atlas, ensure_ascii=False, separators=(",", ":")) + "\n"


def write(atlas: Mapping[str, Any], path: Path) -> Path:
    """Write the atlas to a file and return its path. Raises OutputError."""
    text = written(atlas).encode()
    return write_file(path, lambda file: file.write(text))
