"""Small charts of block characters, for a terminal."""

from __future__ import annotations

import numpy as np

BLOCKS = "▁▂▃▄▅▆▇█"


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
