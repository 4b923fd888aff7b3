"""Digests of histories, for a comparison of two versions of the model.

A script of its own, so that an earlier version can run it: societies come in by standard input, a
line of JSON each (seed, months, changes by group). Out goes a line that names the version by its
sources, then a digest a society.
"""

# pyright: reportMissingImports=false
# The package is named in full, and is whichever version Python finds first.

from __future__ import annotations

import json
import sys
from hashlib import sha256
from typing import Any

from thermidor.agents.compiled import sources
from thermidor.model.scenario import Scenario
from thermidor.model.society import Society


def digest(seed: int, months: int, changes: dict[str, dict[str, Any]]) -> str:
    """Return a digest of all months, measures and events of one society."""
    society = Society(Scenario(months=months).replace(**changes), rng=seed)
    society.run_for(months)
    made = sha256(json.dumps(society.events, default=str, sort_keys=True).encode())
    for name, column in sorted(society.columns().items()):
        made.update(name.encode() + column.tobytes())
    return made.hexdigest()


if __name__ == "__main__":
    print(sources(), flush=True)
    for line in sys.stdin:
        print(digest(*json.loads(line)), flush=True)
