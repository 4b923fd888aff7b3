"""Record societies: every month of a run as the page gets it from a server, packed small.

A recording is a gzip stream of: the length of the header (uint32), the header (JSON, see
`frames.Chunk.header`), then measures, offices and people as in `frames`, but with months last, so
that what hardly changes stands together. This module loads the compiled model.
"""

from __future__ import annotations

import gzip
import json
from collections.abc import Callable, Mapping
from typing import Any

import numpy as np

from ..frames import Chunk
from ..runs import compute
from ..session import Session

Progress = Callable[[int, int], Any]  # is told of societies done and societies in all


def record(
    societies: Mapping[str, Session], progress: Progress = lambda done, total: None
) -> dict[str, bytes]:
    """Return a recording of each society, from its first month to its last."""
    recordings = {}
    for done, (name, session) in enumerate(societies.items(), start=1):
        recordings[name] = packed(compute(session.key, 0, session.scenario.months + 1))
        progress(done, len(societies))
    return recordings


def packed(chunk: Chunk) -> bytes:
    """Pack a whole run; equal runs give equal bytes."""
    header = json.dumps(chunk.header(), ensure_ascii=False, separators=(",", ":")).encode()
    parts = [len(header).to_bytes(4, "little"), header]
    for buffer, kind in ((chunk.values, "<f4"), (chunk.offices, "u1"), (chunk.people, "u1")):
        months = np.frombuffer(buffer, dtype=kind).reshape(chunk.count, -1)
        parts.append(np.ascontiguousarray(months.T).tobytes())
    return gzip.compress(b"".join(parts), mtime=0)
