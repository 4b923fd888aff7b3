"""Months of one society, packed for the browser.

A run is named by (scenario, seed, schedule). The schedule lists the rules changed and when: changes
at month 0 belong to the opening, later ones are made after that month is over. A run is always
replayed from its seed, so two visitors who did the same see the same, and a rule changed in mid-run
leaves the path up to the change untouched.

A frame is what the page shows of one month. Frame 0 is the opening: nothing has happened, every
measure is missing. Wire format: measures float32 (month, measure); offices uint8
(month, plane, office) with the planes of OFFICE_PLANES; people uint8 (month, person), where the two
lowest bits are "takes part" and "holds an office" and the six others are fulfilment from 0 to 1.
"""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pandas as pd

from ..model.scenario import Scenario
from ..model.society import Society
from ..model.verdict import verdict

Schedule = tuple[tuple[int, tuple[tuple[str, Any], ...]], ...]

OFFICE_PLANES = ("diversion", "flags", "signed", "removed")
HELD, CO_OPTED, NEW, SCANDAL, BALLOT, AUDITED, ELECTED, BY_LOT = (1 << bit for bit in range(8))
MOST_DOTS = 2000
KEPT_RUNS = 12


@dataclass(frozen=True)
class RunKey:
    """What determines a run: the scenario, the seed and the schedule of changed rules."""

    scenario: Scenario
    seed: int
    schedule: Schedule = ()

    def name(self) -> tuple[str, int, Schedule]:
        """Return the hashable name that equal runs share."""
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


class Run:
    """One society that is stepped month by month and remembers nothing but itself."""

    def __init__(self, key: RunKey) -> None:
        opening = dict(next((changes for month, changes in key.schedule if month == 0), ()))
        self.society = Society(key.scenario.replace(rules=opening), rng=key.seed)
        self.changes = {month: dict(changes) for month, changes in key.schedule if month > 0}
        self.dots = shown_people(len(self.society.people))
        self.holders = self.society.offices["holder"].copy()

    @property
    def month(self) -> int:
        return int(self.society.month)

    def step(self) -> None:
        """Let one month pass, with the rules that were changed after the last one."""
        if changes := self.changes.get(self.month):
            self.society.replace_rules(**changes)
        self.holders = self.society.offices["holder"].copy()
        self.society.step()

    def advance(self, month: int) -> None:
        """Let time pass up to `month`."""
        while self.month < month:
            self.step()

    def office_bytes(self) -> np.ndarray:
        """Return the month's offices as (plane, office) bytes."""
        offices = self.society.offices
        held = offices["holder"] >= 0
        new = held & (offices["holder"] != self.holders)
        bits = (
            (held, HELD),
            (offices["co_opted"] > 0, CO_OPTED),
            (new, NEW),
            (offices["scandal"] > 0, SCANDAL),
            (offices["ballot"] > 0, BALLOT),
            (offices["audited"] > 0, AUDITED),
            (offices["elected"] == 1, ELECTED),
            (offices["elected"] == 2, BY_LOT),
        )
        flags = sum((mask * bit for mask, bit in bits), np.zeros(len(offices), dtype=np.int64))
        planes = (
            as_byte(offices["diversion"] * held),
            flags,
            as_byte(offices["signed"] * (offices["petition"] > 0)),
            np.maximum(offices["removed"], 0),
        )
        return np.stack(planes).astype(np.uint8)

    def people_bytes(self) -> np.ndarray:
        """Return the month's people as one byte each (see the module's wire format)."""
        people = self.society.people
        met = np.clip(np.rint(people["fulfilment"] * 63), 0, 63).astype(np.int64)
        state = met * 4 + (people["engaged"] > 0) + 2 * (people["office"] >= 0)
        return state[self.dots].astype(np.uint8)


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


def layout_of(run: Run) -> dict[str, Any]:
    """Describe what never moves: who works where and which office stands above which."""
    society = run.society
    offices, people = society.offices, society.people
    names = ("tier", "workplace", "sector", "branch", "superior", "start", "stop")
    return {
        "people": len(people),
        "dots": run.dots.tolist(),
        "sectors": [str(name) for name in society.table.sectors],
        "person": {name: people[name][run.dots].tolist() for name in ("workplace", "sector")},
        "office": {name: offices[name].tolist() for name in names},
    }


def compute(key: RunKey, start: int, count: int) -> Chunk:
    """Compute frames start..start+count-1, continuing a remembered run where there is one."""
    run = _run_for(key, start)
    run.advance(start if start == 0 else start - 1)
    first_event = len(run.society.events)
    offices, people = [], []
    layout = layout_of(run) if start == 0 else {}
    for month in range(start, start + count):
        run.advance(month)
        offices.append(run.office_bytes())
        people.append(run.people_bytes())
    measures, values = _measures(run.society.history(), start, count)
    return Chunk(
        start=start,
        count=count,
        measures=measures,
        values=values.tobytes(),
        offices=np.stack(offices).tobytes(),
        people=np.stack(people).tobytes(),
        events=[plain(event) for event in run.society.events[first_event:]],
        verdicts=_verdicts(run.society.history(), start, count),
        layout=layout,
    )


_RUNS: OrderedDict[tuple[str, int, Schedule], Run] = OrderedDict()


def _run_for(key: RunKey, start: int) -> Run:
    """Return a run of this name that has not passed the month before `start`."""
    name = key.name()
    run = _RUNS.pop(name, None)
    if run is None or run.month > max(0, start - 1):
        run = Run(key)
    _RUNS[name] = run
    while len(_RUNS) > KEPT_RUNS:
        _RUNS.popitem(last=False)
    return run


def _measures(history: pd.DataFrame, start: int, count: int) -> tuple[list[str], np.ndarray]:
    """Return the names and the float32 matrix (month, measure); month 0 is all missing."""
    table = history.drop(columns="month").select_dtypes(include=["number", "bool"])
    values = table.to_numpy(dtype=np.float32)
    opening = np.full((1, values.shape[1]), np.nan, dtype=np.float32)
    frames = np.concatenate([opening, values])[start : start + count]
    return list(table.columns), np.ascontiguousarray(frames, dtype="<f4")


def _verdicts(history: pd.DataFrame, start: int, count: int) -> list[dict[str, Any]]:
    """Return the verdict on what had happened by the end of each month, where it changes."""
    found: list[dict[str, Any]] = []
    for month in range(max(start, 1), start + count):
        judged = verdict(history.iloc[:month])
        entry = {
            "regime": judged.regime,
            "onset": judged.onset,
            "indicators": list(judged.indicators),
            "first_eroded": judged.first_eroded,
            "sentence": dict(judged.sentence),
        }
        if not found or {**found[-1], "month": 0} != {**entry, "month": 0}:
            found.append({"month": month, **plain(entry)})
    return found


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
