"""Scenarios put together from dotted paths and values, all at once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from ...model.declaration import ParameterError
from ...model.parameters import GROUPS
from ...model.scenario import Scenario
from .factors import Value
from .remedies import PREFIX, brought


def arranged(
    origin: Scenario, values: Mapping[str, Value], replicate: int, ensemble: bool
) -> Scenario:
    """Return a scenario with factors set, behaving as a member of the ensemble if asked to."""
    if ensemble:
        from ...scenarios.ensemble import member_of

        origin = member_of(origin, replicate)
    return replaced(origin, values)


def replaced(scenario: Scenario, values: Mapping[str, Value]) -> Scenario:
    """Set dotted fields together, so that the order of entries does not matter."""
    changes: dict[str, dict[str, Value]] = {}
    for path, value in _rules(values.items()):
        group, _, name = path.partition(".")
        if group not in GROUPS or not name:
            scenario.set(path, value)  # says what it might have been meant for
            raise ParameterError(f"{path} cannot be set here")
        changes.setdefault(group, {})[name] = None if value == "none" else value
    return scenario.replace(**changes) if changes else scenario


def _rules(entries: Iterable[tuple[str, Value]]) -> Iterable[tuple[str, Value]]:
    """Put the rules that remedies bring in their place."""
    for path, value in entries:
        if not path.startswith(PREFIX):
            yield path, value
        elif value:
            yield from ((f"rules.{n}", v) for n, v in brought(path.removeprefix(PREFIX)).items())
