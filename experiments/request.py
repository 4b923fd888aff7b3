"""What a user asks for on the command line, turned into a scenario."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from ..model.declaration import ParameterError
from ..model.scenario import Scenario
from ..scenarios import load_scenario
from ..scenarios.ensemble import load_ensemble, member_of

MOST_DIGITS = 9  # no run has months with more

Schedule = tuple[tuple[int, tuple[tuple[str, Any], ...]], ...]


def pairs(option: str, given: Sequence[str]) -> dict[str, str]:
    """Split entries of the form NAME=VALUE; the last of two for one name counts.

    >>> pairs("--set", ["rules.openness = 0.2"])
    {'rules.openness': '0.2'}

    Raises ParameterError.
    """
    split = {}
    for entry in given:
        name, _, value = (part.strip() for part in entry.partition("="))
        if not (name and value):
            raise ParameterError(f"{option} needs a name, = and a value, not {entry!r}")
        split[name] = value
    return split


def amounts(option: str, given: Sequence[str]) -> dict[str, float]:
    """Split entries of the form NAME=NUMBER. Raises ParameterError.

    >>> amounts("--needs", ["trade=5000"])
    {'trade': 5000.0}
    """
    numbers = {}
    for name, value in pairs(option, given).items():
        try:
            numbers[name] = float(value)
        except ValueError:
            raise ParameterError(f"{option} {name}={value}: {value!r} is not a number") from None
    return numbers


def requested(
    name: str, changes: Sequence[str], workers: int | None = None, months: int | None = None
) -> Scenario:
    """Load a scenario and change it, in whatever order the changes agree with one another.

    `changes` have the form GROUP.NAME=VALUE. Raises ParameterError.

    >>> small = ["population.workplace_size=5", "population.workers_per_delegate=10"]
    >>> requested("nomenklatura", small, workers=20).population.workers
    20
    """
    scenario = load_scenario(name)
    waiting: dict[str, object] = dict(pairs("--set", changes))
    shorthands = {"population.workers": workers, "months": months}
    waiting |= {path: value for path, value in shorthands.items() if value is not None}
    fault: ParameterError | None = None
    for _ in range(len(waiting)):
        for path, value in list(waiting.items()):
            try:
                scenario = scenario.set(path, value)
                del waiting[path]
            except ParameterError as error:
                fault = error
    if waiting and fault is not None:
        raise fault
    return scenario


def scheduled(scenario: Scenario, given: Sequence[str]) -> Schedule:
    """Read rules that change on the way, MONTH:NAME=VALUE: in force once MONTH months are over.

    NAME may be `openness` or `rules.openness`; of two for one rule and month the last counts.

    >>> scheduled(Scenario(), ["24:openness=0.5", "24:rules.wage_cap=none"])
    ((24, (('openness', 0.5), ('wage_cap', None))),)

    Raises ParameterError.
    """
    changes: dict[int, dict[str, Any]] = {}
    for entry in given:
        month, _, change = entry.partition(":")
        if not month.strip().isdecimal() or len(month) > MOST_DIGITS or not change:
            raise ParameterError(
                f"--at needs MONTH:NAME=VALUE, such as 24:openness=0.5, not {entry!r}"
            )
        if not 0 < int(month) < scenario.months:
            raise ParameterError(
                f"--at {entry}: a rule may change after month 1 to {scenario.months - 1}"
            )
        for name, value in pairs("--at", [change]).items():
            rule = name.removeprefix("rules.")
            there = scenario.set(f"rules.{rule}", value).rules
            changes.setdefault(int(month), {})[rule] = getattr(there, rule)
    return tuple((month, tuple(rules.items())) for month, rules in sorted(changes.items()))


def behaving_as(scenario: Scenario, member: int | None, ensemble: bool) -> Scenario:
    """Return a scenario that behaves as one member of the ensemble, if one is named.

    Raises ParameterError where there is no such member, or where all of them are asked for as well.
    """
    if member is None:
        return scenario
    count = len(load_ensemble())
    if not 0 <= member < count:
        raise ParameterError(f"--member must be between 0 and {count - 1}, not {member}")
    if ensemble:
        raise ParameterError("--member asks for one member and --ensemble for all; choose one")
    return member_of(scenario, member)
