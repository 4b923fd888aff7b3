"""What an objection is: a way in which the remedies may fail, as a contrast that can be lost.

Societies that differ only in what is objected to live side by side, with the same people and the
same chance events. Claims say by how much their readings must differ, and in which direction; the
objection wins in a society where all of its claims hold. Claims were set down before any search.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from ....model.scenario import Scenario
from ....model.society import Society
from ....scenarios import load_scenario
from ...pool import TICK
from .readings import MONTHS, final_readings, yearly_readings

Changes = Mapping[str, Any]  # dotted name -> value
Means = Mapping[str, Mapping[str, float]]  # arm -> reading -> value
Reader = Callable[[Society], dict[str, float]]


@dataclass(frozen=True)
class Claim:
    """One thing the objection says: `gap` of the arms' readings is at least `by`."""

    name: str
    gap: Callable[[Means], float]
    by: float


@dataclass(frozen=True)
class Objection:
    """One of the fifteen: its arms, as changes laid over a society drawn at random, and its claims.

    `shown` names the readings worth telling; `read` adds readings taken at the end of a run; `also`
    adds settings to draw. `note` says how the model expresses the objection, and what it cannot.
    """

    number: int
    arms: Mapping[str, Changes]
    claims: tuple[Claim, ...]
    shown: tuple[str, ...]
    note: str
    read: Reader | None = None
    also: tuple[str, ...] = ()


def higher(name: str, reading: str, arm: str, than: str, by: float) -> Claim:
    """Claim that a reading is higher in one arm than in another, by at least `by`."""
    return Claim(name, lambda means: means[arm][reading] - means[than][reading], by)


def lower(name: str, reading: str, arm: str, than: str, by: float) -> Claim:
    """Claim that a reading is lower in one arm than in another, by at least `by`."""
    return Claim(name, lambda means: means[than][reading] - means[arm][reading], by)


def no_higher(name: str, reading: str, arm: str, than: str, margin: float) -> Claim:
    """Claim that a reading in one arm exceeds that in another by no more than `margin`."""
    return Claim(name, lambda means: means[than][reading] - means[arm][reading], -margin)


def no_lower(name: str, reading: str, arm: str, than: str, margin: float) -> Claim:
    """Claim that a reading in one arm falls short of that in another by no more than `margin`."""
    return Claim(name, lambda means: means[arm][reading] - means[than][reading], -margin)


def at_least(name: str, reading: str, arm: str, level: float) -> Claim:
    """Claim that a reading of one arm reaches a level."""
    return Claim(name, lambda means: means[arm][reading], level)


def at_most(name: str, reading: str, arm: str, level: float) -> Claim:
    """Claim that a reading of one arm stays at or below a level."""
    return Claim(name, lambda means: -means[arm][reading], -level)


def rules_of(name: str) -> dict[str, Any]:
    """Return all rules of a scenario by dotted name."""
    return {f"rules.{field}": value for field, value in load_scenario(name).rules}


def society_of(changes: Changes) -> Scenario:
    """Return the scenario with these settings, the model's defaults otherwise."""
    groups: dict[str, dict[str, Any]] = {}
    for path, value in changes.items():
        group, _, field = path.partition(".")
        groups.setdefault(group, {})[field] = value
    return Scenario(months=MONTHS).replace(**groups)


def live(scenario: Scenario, seed: int, read: Reader | None = None) -> dict[str, float]:
    """Live through one society and return its readings."""
    society = Society(scenario, rng=seed)
    years = []
    while society.month < scenario.months:
        society.live(min(TICK, scenario.months - society.month))
        years.append(yearly_readings(society))
    readings = final_readings(society, years)
    return readings | (read(society) if read else {})


# Amendments are off unless an arm lets them be: otherwise arms would not stay what they are.
GUARDED = {"rules.amendable": False}


def live_all(objection: Objection, point: Changes, seed: int) -> Means:
    """Live through every arm at one point, all with one seed."""
    return {
        name: live(society_of({**GUARDED, **point, **changes}), seed, objection.read)
        for name, changes in objection.arms.items()
    }


def gaps(objection: Objection, means: Means) -> list[float]:
    """Return by how much each claim holds beyond what it must; negative where it does not."""
    return [claim.gap(means) - claim.by for claim in objection.claims]
