"""The material of analyses, read from a sweep's folder."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from ...model.declaration import ParameterError, nearest
from ...texts import say
from ..pool import ExperimentError
from ..sweeps.manifest import FILE
from ..sweeps.results import Results
from .material import CONTROLLED, OUTCOMES, Material, check_outcome, is_share_of_runs


def load_material(folder: str | Path, language: str = "en") -> Material:
    """Return the finished runs of a sweep; those that ended in an error are counted, not kept.

    Raises ExperimentError when the folder holds no sweep or no finished run.
    """
    results = Results.load(folder)
    runs = results.runs()
    kept = runs[runs["error"].isna()].reset_index(drop=True)
    if kept.empty:
        raise ExperimentError(say("analysis.empty", language, folder=folder))
    design = results.design
    return Material(
        kept,
        tuple(design.factors),
        design.design,
        design.months,
        problem=design.problem() if design.is_sampled else None,
        inputs=design.inputs() if design.is_sampled else None,
        failed=len(runs) - len(kept),
        missing=results.missing,
        second_order=design.second_order,
        levels=design.levels,
        paired=design.paired_seeds,
        ensemble=design.ensemble,
        name=design.base.name,
        workers=design.origin.population.workers,
        facts=_facts(results),
    )


def check_measures(material: Material, names: list[str], language: str) -> list[str]:
    """Return outcomes that were recorded. Raises ParameterError."""
    there = [name for name in OUTCOMES if is_share_of_runs(name) or name in material.runs]
    for name in names:
        if check_outcome(name) not in there:
            told = {"name": name, "nearest": nearest(name, there)}
            raise ParameterError(say("analysis.not_recorded", language, **told))
    return list(dict.fromkeys(names))


def usual_outcomes(material: Material) -> list[str]:
    """Return what is analysed if nothing is asked for: what was recorded of the main measures."""
    usual = [name for name in ("capture", "needs_met") if name in material.runs]
    return [*usual, CONTROLLED]


def _facts(results: Results) -> dict[str, str]:
    """Return what is needed to make the sweep again, from its manifest."""
    manifest: dict[str, Any] = json.loads((results.folder / FILE).read_text(encoding="utf-8"))
    design = manifest["design"]
    environment = manifest.get("environment", {})
    return {
        "sweep": str(manifest["key"]),
        "thermidor": str(manifest.get("thermidor", "")),
        "base": f"{results.design.base.name} {results.design.base.hash()}",
        "design": f"{design['design']}, seed {design['seed']}",
        "model": str(manifest["identity"].get("model", "")),
        "environment": " ".join(f"{k} {v}" for k, v in environment.items()),
    }
