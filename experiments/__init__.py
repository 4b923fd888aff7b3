"""Experiments: runs over replicates, comparisons of paired runs, sweeps, what is written and drawn.

The names below are imported when first used: what only words or tables need starts fast.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .comparison import Comparison, compare
    from .output import OutputError, write_comparison, write_result
    from .pool import ExperimentError
    from .runs import Interrupted, Result, run
    from .sweeps.design import Design
    from .sweeps.design_files import load_design
    from .sweeps.results import Results
    from .sweeps.runner import sweep

__all__ = [
    "Comparison",
    "Design",
    "ExperimentError",
    "Interrupted",
    "OutputError",
    "Result",
    "Results",
    "compare",
    "load_design",
    "run",
    "sweep",
    "write_comparison",
    "write_result",
]

_HOMES = {
    "comparison": ("Comparison", "compare"),
    "output": ("OutputError", "write_comparison", "write_result"),
    "pool": ("ExperimentError",),
    "runs": ("Interrupted", "Result", "run"),
    "sweeps.design": ("Design",),
    "sweeps.design_files": ("load_design",),
    "sweeps.results": ("Results",),
    "sweeps.runner": ("sweep",),
}
_HOME = {name: home for home, names in _HOMES.items() for name in names}


def __getattr__(name: str) -> Any:
    """Import a public name from where it lives."""
    if name not in _HOME:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f".{_HOME[name]}", __name__), name)
