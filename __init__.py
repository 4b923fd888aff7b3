"""Thermidor: a laboratory of planned economies and of those who run them.

Everything named here is imported when it is first used, so that `import thermidor` costs nothing.

>>> import thermidor
>>> thermidor.load_scenario("nomenklatura").rules.openness
0.1
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from . import experiments, scenarios, texts
    from .agents.views import Delegate, Official, Worker
    from .experiments.comparison import Comparison, compare
    from .experiments.pool import ExperimentError
    from .experiments.runs import Result, run
    from .model.declaration import ParameterError
    from .model.economy import TableError
    from .model.parameters import Behaviour, Economy, Population, Rules, Shocks
    from .model.scenario import Scenario
    from .model.society import Society
    from .model.table_files import load_table
    from .model.verdict import Verdict, verdict
    from .scenarios.loader import load_scenario

__version__ = "0.1.0"

__all__ = [
    "Behaviour",
    "Comparison",
    "Delegate",
    "Economy",
    "ExperimentError",
    "Official",
    "ParameterError",
    "Population",
    "Result",
    "Rules",
    "Scenario",
    "Shocks",
    "Society",
    "TableError",
    "Verdict",
    "Worker",
    "__version__",
    "compare",
    "experiments",
    "load_scenario",
    "load_table",
    "run",
    "scenarios",
    "texts",
    "verdict",
]

_HOMES = {
    "agents.views": ("Delegate", "Official", "Worker"),
    "experiments.comparison": ("Comparison", "compare"),
    "experiments.pool": ("ExperimentError",),
    "experiments.runs": ("Result", "run"),
    "model.declaration": ("ParameterError",),
    "model.economy": ("TableError",),
    "model.parameters": (
        "Behaviour",
        "Economy",
        "Population",
        "Rules",
        "Shocks",
    ),
    "model.scenario": ("Scenario",),
    "model.society": ("Society",),
    "model.table_files": ("load_table",),
    "model.verdict": ("Verdict", "verdict"),
    "scenarios.loader": ("load_scenario",),
}
_HOME = {name: home for home, names in _HOMES.items() for name in names}


def __getattr__(name: str) -> Any:
    """Import a public name from where it lives, or a folder of the package."""
    if name in _HOME:
        return getattr(import_module(f".{_HOME[name]}", __name__), name)
    if name in ("agents", "experiments", "model", "scenarios", "texts"):
        return import_module(f".{name}", __name__)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    """Return the public names."""
    return sorted(__all__)
