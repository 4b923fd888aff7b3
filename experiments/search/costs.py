"""What rules cost: working days a year for a hundred workers, by a table of weights."""

from __future__ import annotations

from collections.abc import Mapping
from importlib import resources
from pathlib import Path
from typing import Any

from ...model.declaration import ParameterError, nearest
from ...scenarios.text_files import read_toml
from ...texts import say
from ..wording import number
from .reading import AMOUNTS, Reading

RULES = "rules"
ITEMS = (*AMOUNTS, RULES)  # the last: how far the rules are from the bare ones
MOST = 1e6  # working days; a weight beyond it is a slip


def load_costs(path: Path | None = None) -> dict[str, float]:
    """Return weight by item: those that come with the package, or those of a file.

    >>> load_costs()["audits"]
    10.0

    Raises ParameterError when the file is missing or broken, names something else, or leaves
    something out.
    """
    if path is None:
        shipped = resources.files(__package__).joinpath("costs.toml")
        return _checked(read_toml(shipped, "costs"), "costs")
    return _checked(read_toml(path, path.name), path.name)


def _checked(given: dict[str, Any], file: str) -> dict[str, float]:
    for name, weight in given.items():
        if name not in ITEMS:
            raise ParameterError(f"{file}: {name} is no cost; {nearest(name, ITEMS)}")
        if isinstance(weight, bool) or not isinstance(weight, (int, float)):
            raise ParameterError(f"{file}: {name} must be a number of working days, not {weight!r}")
        if not 0.0 <= weight <= MOST:
            closest = 0 if weight < 0 else f"{MOST:.0f}"
            raise ParameterError(
                f"{file}: {name} = {weight} must be at least 0 and at most {MOST:.0f}; "
                f"the nearest valid value is {closest}"
            )
    missing = [name for name in ITEMS if name not in given]
    if missing:
        raise ParameterError(
            f"{file} leaves out {', '.join(missing)}; --print-costs prints a whole table"
        )
    return {name: float(given[name]) for name in ITEMS}


def parts(costs: Mapping[str, float], readings: list[Reading], moved: float) -> dict[str, float]:
    """Return what each item costs, the mean over runs; `moved` is how far the rules are moved.

    >>> run = Reading(True, 12, (2.0,) + (0.0,) * 8, ())
    >>> parts(load_costs(), [run], 1.5)["audits"], parts(load_costs(), [run], 1.5)["rules"]
    (20.0, 3.0)
    """
    means = [
        sum(column) / len(readings) for column in zip(*(r.amounts for r in readings), strict=True)
    ]
    amounts = dict(zip(ITEMS, [*means, moved], strict=True))
    return {name: costs[name] * amounts[name] for name in ITEMS}


def printed(costs: Mapping[str, float], language: str) -> str:
    """Return the table as the text of a file that `--costs` reads."""
    lines = [f"# {say('search.costs_heading', language)}"]
    for name, weight in costs.items():
        lines.append(f"{name} = {weight:g}  # {say(f'search.costs.{name}.unit', language)}")
    return "\n".join(lines) + "\n"


def days(amount: float, language: str) -> str:
    """Return working days in three digits."""
    return number(amount, language, 3)
