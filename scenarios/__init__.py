"""The named scenarios, and the loader that reads them and a user's own files."""

from .loader import all_scenarios, load_scenario, names, scenario_toml

__all__ = ["all_scenarios", "load_scenario", "names", "scenario_toml"]
