"""The main indices, their scales, and small charts of block characters for a terminal."""

from __future__ import annotations

import numpy as np

BLOCKS = "▁▂▃▄▅▆▇█"
MAIN = (
    "needs_met",
    "capture",
    "privilege",
    "plan_fidelity",
    "irremovability",
    "co_optation",
    "power_concentration",
    "participation",
    "trust",
)  # what a verdict looks at, and what workers do and think
UNBOUNDED = ("privilege", "output", "effort")  # ratios, not shares
SMALL = 0.35  # a share that never exceeds this gets a scale of its own


def sparkline(values: np.ndarray, low: float, high: float, width: int = 40) -> str:
    """Return a line of blocks, each the mean of a stretch of values, from `low` to `high`.

    >>> sparkline(np.array([0.0, 0.5, 1.0]), 0.0, 1.0)
    '▁▅█'
    >>> sparkline(np.array([3.0, 3.0]), 3.0, 3.0)
    '▁▁'
    """
    parts = np.array_split(values, min(width, len(values)))
    means = np.array([part.mean() for part in parts])
    span = high - low if high > low else 1.0
    steps = np.clip((means - low) / span, 0.0, 1.0) * (len(BLOCKS) - 1)
    return "".join(BLOCKS[int(step)] for step in np.rint(steps))


def top(measure: str, highest: float) -> float:
    """Return where a measure's axis ends: shares on 0..1 unless they stay small.

    >>> top("trust", 0.6), top("capture", 0.01), top("privilege", 4.2)
    (1.0, 0.05, 4.2)
    """
    if measure in UNBOUNDED:
        return highest
    return 1.0 if highest > SMALL else max(highest, 0.05)
