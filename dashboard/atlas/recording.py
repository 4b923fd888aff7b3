"""Record societies: every month of a run as the page gets it from a server, packed small.

A recording is a gzip stream of: the length of the header (uint32), the header (JSON, see
`frames.Chunk.header`), then measures, offices and people as in `frames`, but with months last, so
that what hardly changes stands together. This module loads the compiled model.
"""

from __future__ import annotations

import gzip
import json
from collections.abc import Callable, Iterable
from typing import Any

import numpy as np

from ...scenarios import load_scenario
from ..frames import Chunk, RunKey
from ..runs import compute

SEED = 1
Progress = Callable[[int, int], Any]  # is told of societies done and societies in all


def record(
    scenarios: Iterable[str], progress: Progress = lambda done, total: None
) -> dict[str, bytes]:
    """Return a recording of each scenario of the catalogue, from its first month to its last."""
    wanted = list(scenarios)
    recordings = {}
    for done, name in enumerate(wanted, start=1):
        scenario = load_scenario(name)
        recordings[name] = packed(compute(RunKey(scenario, SEED), 0, scenario.months + 1))
        progress(done, len(wanted))
    return recordings


def packed(chunk: Chunk) -> bytes:
    """Pack a whole run; equal runs give equal bytes."""
    header = json.dumps(chunk.header(), ensure_ascii=False, separators=(",", ":")).encode()
    parts = [len(header).to_bytes(4, "little"), header]
    for buffer, kind in ((chunk.values, "<f4"), (chunk.offices, "u1"), (chunk.people, "u1")):
        months = np.frombuffer(buffer, dtype=kind).reshape(chunk.count, -1)
        parts.append(np.ascontiguousarray(months.T).tobytes())
    return gzip.compress(b"".join(parts), mtime=0)
