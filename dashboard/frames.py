"""Months of one society, packed for the browser.

A run is named by (scenario, seed, schedule). The schedule lists the rules changed and when: changes
at month 0 belong to the opening, later ones are made after that month is over. A run is always
replayed from its seed, so two visitors who did the same see the same, and a rule changed in mid-run
leaves the path up to the change untouched.

A frame is what the page shows of one month. Frame 0 is the opening: nothing has happened, every
measure is missing. Wire format: measures float32 (month, measure); offices uint8
(month, plane, office) with the planes of OFFICE_PLANES; people uint8 (month, person), where the two
lowest bits are "takes part" and "holds an office" and the six others are fulfilment from 0 to 1.
The plane "favours" is 0 or, for a delegate, 1 + the office whose favours it lives on, for a post 1
while its superior keeps silent for a share; "take" counts quarters of a basket; both end at 255.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import numpy as np

from ..model.scenario import Scenario

Schedule = tuple[tuple[int, tuple[tuple[str, Any], ...]], ...]

OFFICE_PLANES = ("diversion", "flags", "signed", "removed", "favours", "take")
TAKE_UNITS = 4  # steps of "take" in a basket
HELD, CO_OPTED, NEW, SCANDAL, BALLOT, AUDITED, ELECTED, BY_LOT = (1 << bit for bit in range(8))
MOST_DOTS = 2000
MOST_FRAMES = 60  # in one answer


@dataclass(frozen=True)
class RunKey:
    """What determines a run: the scenario, the seed and the schedule of changed rules."""

    scenario: Scenario
    seed: int
    schedule: Schedule = ()

    def opening(self) -> Scenario:
        """Return the scenario with the rules that were changed at the opening."""
        return self.scenario.replace(rules=dict(dict(self.schedule).get(0, ())))

    def name(self) -> tuple[str, int, Schedule]:
        """Return the hashable name that equal runs share."""
        return self._name

    @cached_property
    def _name(self) -> tuple[str, int, Schedule]:
        return self.scenario.hash(), self.seed, self.schedule


@dataclass
class Chunk:
    """Frames start..start+count-1 of one run, ready to send."""

    start: int
    count: int
    measures: list[str]
    values: bytes
    offices: bytes
    people: bytes
    events: list[dict[str, Any]]
    verdicts: list[dict[str, Any]]
    layout: dict[str, Any] = field(default_factory=dict)

    def header(self) -> dict[str, Any]:
        """Return the part that travels as JSON; the three buffers travel beside it."""
        names = ("start", "count", "measures", "events", "verdicts", "layout")
        return {name: getattr(self, name) for name in names}

    def buffers(self) -> list[bytes]:
        """Return the part that travels as bytes, in the order in which the browser unpacks it."""
        return [self.values, self.offices, self.people]


def window(start: int, count: int, months: int) -> tuple[int, int]:
    """Return the frames that may be asked for: inside the run and not too many at once.

    >>> window(230, 40, months=240), window(-1, 500, months=240)
    ((230, 11), (0, 60))
    """
    start = min(max(int(start), 0), months)
    return start, min(max(int(count), 1), MOST_FRAMES, months + 1 - start)


def as_byte(share: np.ndarray) -> np.ndarray:
    """Round shares 0..1 to 0..255.

    >>> as_byte(np.array([0.0, 0.5, 1.0, 1.7])).tolist()
    [0, 128, 255, 255]
    """
    return np.clip(np.floor(share * 255 + 0.5), 0, 255).astype(np.uint8)


def shown_people(people: int, most: int = MOST_DOTS) -> np.ndarray:
    """Return the rows of the people drawn as dots: all, or evenly spread ones.

    >>> len(shown_people(300)), len(shown_people(1_000_000))
    (300, 2000)
    """
    if people <= most:
        return np.arange(people)
    return np.linspace(0, people - 1, most).astype(np.int64)


def plain(value: Any) -> Any:
    """Turn NumPy numbers inside a value into what JSON knows."""
    if isinstance(value, dict):
        return {str(key): plain(inner) for key, inner in value.items()}
    if isinstance(value, (list, tuple)):
        return [plain(inner) for inner in value]
    if isinstance(value, np.generic):
        return plain(value.item())
    if isinstance(value, float) and not np.isfinite(value):
        return None
    return value
