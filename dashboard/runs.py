"""Runs: societies stepped month by month in a simulating process, and packed into chunks.

This module loads the compiled model; the server itself never imports it.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

import numpy as np

from ..model.society import Society
from ..model.verdict import BELOW, Thresholds, verdict
from .events import shocks, told
from .frames import (
    AUDITED,
    BALLOT,
    BY_LOT,
    CO_OPTED,
    ELECTED,
    HELD,
    NEW,
    SCANDAL,
    TAKE_UNITS,
    Chunk,
    RunKey,
    Schedule,
    as_byte,
    plain,
    shown_people,
)

KEPT_RUNS = 100  # of half a megabyte each: all that a class may be watching


class Run:
    """One society that is stepped month by month and remembers nothing but itself."""

    def __init__(self, key: RunKey) -> None:
        self.scenario = key.opening()
        self.society = Society(self.scenario, rng=key.seed)
        self.changes = {month: dict(changes) for month, changes in key.schedule if month > 0}
        self.dots = shown_people(len(self.society.people))
        self.holders = self.society.offices["holder"].copy()
        self.favours: list[dict[str, Any]] = []

    @property
    def month(self) -> int:
        return int(self.society.month)

    def step(self) -> None:
        """Let one month pass, with the rules that were changed after the last one."""
        if changes := self.changes.get(self.month):
            self.society.replace_rules(**changes)
        offices = self.society.offices
        self.holders = offices["holder"].copy()
        living_on_favours = offices["co_opted"] > 0
        self.society.step()
        fresh = (offices["co_opted"] > 0) & ~living_on_favours
        self.favours += [
            {"month": self.month - 1, "kind": "co_opted", "office": seat}
            for seat in np.flatnonzero(fresh).tolist()
        ]

    def advance(self, month: int) -> None:
        """Let time pass up to `month`."""
        while self.month < month:
            self.step()

    def events(self, first: int, last: int) -> list[dict[str, Any]]:
        """Return what the log tells of months first..last."""
        own = {(month, name) for month, changes in self.changes.items() for name in changes}
        happened = [*self.society.events, *self.favours]
        lines = told(happened, self.scenario.rules, own, first, last)
        return sorted(lines + shocks(self.scenario, first, last), key=lambda line: line["month"])

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
            np.where(offices["co_opted"] > 0, offices["patron"] + 1, offices["shielded"] > 0),
            np.rint(offices["take"] * held * TAKE_UNITS),
        )
        return np.minimum(np.stack(planes), 255).astype(np.uint8)

    def people_bytes(self) -> np.ndarray:
        """Return the month's people as one byte each (see the module's wire format)."""
        people = self.society.people
        met = np.clip(np.rint(people["fulfilment"] * 63), 0, 63).astype(np.int64)
        state = met * 4 + (people["engaged"] > 0) + 2 * (people["office"] >= 0)
        return state[self.dots].astype(np.uint8)


def layout_of(run: Run) -> dict[str, Any]:
    """Describe what never moves: who works where and which office stands above which."""
    society = run.society
    offices, people = society.offices, society.people
    names = ("tier", "workplace", "sector", "branch", "superior", "start", "stop")
    return {
        "people": len(people),
        "dots": run.dots.tolist(),
        "thresholds": asdict(Thresholds()),
        "below": list(BELOW),
        "sectors": [str(name) for name in society.sector_names],
        "person": {name: people[name][run.dots].tolist() for name in ("workplace", "sector")},
        "office": {name: offices[name].tolist() for name in names},
    }


def compute(key: RunKey, start: int, count: int) -> Chunk:
    """Compute frames start..start+count-1, continuing a remembered run where there is one."""
    run = _run_for(key, start)
    run.advance(start if start == 0 else start - 1)
    offices, people = [], []
    layout = plain(layout_of(run)) if start == 0 else {}
    for month in range(start, start + count):
        run.advance(month)
        offices.append(run.office_bytes())
        people.append(run.people_bytes())
    columns = run.society.columns()
    measures, values = _measures(columns, start, count)
    return Chunk(
        start=start,
        count=count,
        measures=measures,
        values=values.tobytes(),
        offices=np.stack(offices).tobytes(),
        people=np.stack(people).tobytes(),
        events=[plain(event) for event in run.events(start, start + count - 1)],
        verdicts=_verdicts(columns, run.scenario.months, start, count),
        layout=layout,
    )


_RUNS: OrderedDict[tuple[str, int, Schedule], Run] = OrderedDict()


def remembered(key: RunKey) -> Run | None:
    """Return the run of this name that is being played, wherever it stands."""
    return _RUNS.get(key.name())


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


def _measures(
    columns: Mapping[str, np.ndarray], start: int, count: int
) -> tuple[list[str], np.ndarray]:
    """Return the names and the float32 matrix (month, measure); month 0 is all missing."""
    names = [name for name in columns if name != "month"]
    frames = np.full((count, len(names)), np.nan, dtype="<f4")
    known = max(0, 1 - start)  # of these frames, the opening has no measures
    for place, name in enumerate(names):
        frames[known:, place] = columns[name][start + known - 1 : start + count - 1]
    return names, frames


def _verdicts(
    columns: Mapping[str, np.ndarray], months: int, start: int, count: int
) -> list[dict[str, Any]]:
    """Return the verdict on what had happened by the end of each month, where it changes.

    There is none in the first year, because a verdict looks at a whole one; a society of fewer
    months is judged at its end.
    """
    found: list[dict[str, Any]] = []
    for month in range(max(start, min(Thresholds().months, months)), start + count):
        judged = verdict({name: column[:month] for name, column in columns.items()})
        entry = {
            "regime": judged.regime,
            "onset": judged.onset,
            "indicators": list(judged.indicators),
            "first_eroded": judged.first_eroded,
        }
        if not found or {**found[-1], "month": 0} != {**entry, "month": 0}:
            found.append({"month": month, **plain(entry)})
    return found
