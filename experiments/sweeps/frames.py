"""Runs and months as Arrow tables, turned into pandas frames."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute

from .parts import MONTHS

KEYS = ("run", "point", "replicate", "seed")

compute: Any = pyarrow.compute  # makes its functions when imported, where no type checker sees them


def frame_of(table: pa.Table, wide: bool = True) -> pd.DataFrame:
    """Return runs as a pandas frame: missing words as None, measures in 64 bits if `wide`."""
    frame = table.to_pandas()
    for name in frame.columns:
        kind = table.schema.field(name).type
        if (pa.types.is_float32(kind) and wide) or name == "onset":
            frame[name] = frame[name].astype(np.float64)
        elif pa.types.is_string(kind):
            frame[name] = pd.Series(table[name].to_numpy(), dtype=object)
        elif name == "controlled":
            frame[name] = compute.fill_null(table[name], False).to_numpy()
    return frame


def months_of(table: pa.Table, names: Sequence[str], every: int) -> pd.DataFrame:
    """Return the kept months of runs as a frame, one row a run and month."""
    table = table.filter(compute.is_null(table["error"]))
    lengths = compute.list_value_length(table[MONTHS + names[0]]).to_numpy()
    frame = pd.DataFrame({key: np.repeat(table[key].to_numpy(), lengths) for key in KEYS})
    ends = np.cumsum(lengths)
    place = np.arange(len(frame)) - np.repeat(ends - lengths, lengths)
    frame["month"] = (place + 1) * every
    for name in names:
        frame[name] = compute.list_flatten(table[MONTHS + name]).to_numpy()
    return frame


def unique(table: pa.Table) -> pa.Table:
    """Sort by run and keep one row of each, one without an error if there is any."""
    keys = pa.table({"run": table["run"], "error": compute.fill_null(table["error"], "")})
    order = compute.sort_indices(keys, [("run", "ascending"), ("error", "ascending")])
    table = table.take(order)
    numbers = table["run"].to_numpy()
    first = np.concatenate([[True], numbers[1:] != numbers[:-1]])[: len(numbers)]
    return table if first.all() else table.filter(pa.array(first))
