"""Experiments: runs over replicates, comparisons of paired runs, what is written and drawn.

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

__all__ = [
    "Comparison",
    "ExperimentError",
    "Interrupted",
    "OutputError",
    "Result",
    "compare",
    "run",
    "write_comparison",
    "write_result",
]

_HOMES = {
    "comparison": ("Comparison", "compare"),
    "output": ("OutputError", "write_comparison", "write_result"),
    "pool": ("ExperimentError",),
    "runs": ("Interrupted", "Result", "run"),
}
_HOME = {name: home for home, names in _HOMES.items() for name in names}


def __getattr__(name: str) -> Any:
    """Import a public name from where it lives."""
    if name not in _HOME:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f".{_HOME[name]}", __name__), name)
