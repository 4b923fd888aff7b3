"""What a map shows, read off its numbers; the page says these things in words.

A cell is the list of regimes its societies ended in. Cells lie row by row, `width` to a row; a
column is a value of the rule across, a row one of the rule up.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any

from ...model.verdict import CONTROLLED

SPLIT = "split"  # no regime is more frequent than every other
HALF = 0.5


def prevailing(regimes: Sequence[str]) -> str:
    """Return the most frequent regime, or "split" where two are equally frequent.

    >>> prevailing(["contested", "restoration", "contested"]), prevailing(["a", "b"])
    ('contested', 'split')
    """
    first, *others = Counter(regimes).most_common(2)
    return SPLIT if others and others[0][1] == first[1] else first[0]


def control(regimes: Sequence[str]) -> float:
    """Return the share of societies whose office-holders are under control."""
    return sum(regime in CONTROLLED for regime in regimes) / len(regimes)


def read(cells: Sequence[Sequence[str]], width: int, measures: dict[str, list[float]]) -> Any:
    """Return what a map shows: how often each regime prevails, and how the two rules matter.

    `along` holds, for either rule, the mean of control and of every measure at its first and last
    value over all values of the other; `lost` and `held` say at which end of either rule no cell,
    or every cell, has most societies under control (see `edge`).
    """
    controlled = [control(cell) for cell in cells]
    shown = {"control": controlled, **measures}
    held = [share > HALF for share in controlled]
    lines = {"x": _columns, "y": _rows}
    return {
        "prevailing": dict(Counter(prevailing(cell) for cell in cells).most_common()),
        "held_cells": sum(held),
        "along": {
            axis: {name: _ends(cut(values, width)) for name, values in shown.items()}
            for axis, cut in lines.items()
        },
        "lost": {
            axis: edge([not any(line) for line in cut(held, width)]) for axis, cut in lines.items()
        },
        "held": {
            axis: edge([all(line) for line in cut(held, width)]) for axis, cut in lines.items()
        },
    }


def edge(flags: Sequence[bool]) -> list[Any] | None:
    """Return the longer unbroken stretch of true at an end: which end, and where it stops.

    None where there is none, or where all are true, which needs no words about an end.

    >>> edge([True, True, False]), edge([False, False, True]), edge([True]), edge([False])
    (['low', 1], ['high', 2], None, None)
    """
    if all(flags) or not (flags[0] or flags[-1]):
        return None
    low = list(flags).index(False)
    high = list(reversed(flags)).index(False)
    return ["low", low - 1] if low >= high else ["high", len(flags) - high]


def _columns[T](cells: Sequence[T], width: int) -> list[list[T]]:
    return [list(cells[column::width]) for column in range(width)]


def _rows[T](cells: Sequence[T], width: int) -> list[list[T]]:
    return [list(cells[start : start + width]) for start in range(0, len(cells), width)]


def _ends(lines: Sequence[Sequence[float]]) -> list[float]:
    return [round(sum(line) / len(line), 3) for line in (lines[0], lines[-1])]
