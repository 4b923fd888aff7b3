"""Digests of histories, for a comparison of two versions of the model.

A script of its own, so that an earlier version can run it: societies come in by standard input, a
line of JSON each (seed, months, changes by group). Out goes a line that names the version by its
sources and digests what it declares, then a digest a society.
"""

# pyright: reportMissingImports=false
# The package is named in full, and is whichever version Python finds first.

from __future__ import annotations

import json
import sys
from hashlib import sha256
from typing import Any

from thermidor.agents.compiled import sources
from thermidor.model.parameters import GROUPS
from thermidor.model.scenario import Scenario
from thermidor.model.society import Society
from thermidor.model.verdict import Thresholds, verdict

WORDS = ("unit", "source")  # what is said of a parameter and changes no result


def declared() -> str:
    """Return a digest of defaults, ranges and thresholds: studies draw from them and judge by them.

    Societies that are handed all their settings do not show a change of these.
    """
    ranges = {
        f"{group}.{name}": {fact: value for fact, value in told.items() if fact not in WORDS}
        for group, kind in GROUPS.items()
        for name, told in kind.describe().items()
    }
    facts = [ranges, Scenario().model_dump(), repr(Thresholds())]
    return sha256(json.dumps(facts, default=str, sort_keys=True).encode()).hexdigest()


def digest(seed: int, months: int, changes: dict[str, dict[str, Any]]) -> str:
    """Return a digest of one society's months, events and verdict, and of its state at the end."""
    society = Society(Scenario(months=months).replace(**changes), rng=seed)
    society.run_for(months)
    columns = society.columns()
    judged = verdict(columns)
    facts = [society.events, judged.regimes, dict(judged.values), dict(judged.since)]
    made = sha256(json.dumps(facts, default=str, sort_keys=True).encode())
    for name, column in sorted(columns.items()):
        made.update(name.encode() + column.tobytes())
    for table in (society.people, society.offices, society.workplaces, society.sectors):
        for name in table.names():
            made.update(name.encode() + table[name].tobytes())
    return made.hexdigest()


if __name__ == "__main__":
    print(sources(), declared(), flush=True)
    for line in sys.stdin:
        print(digest(*json.loads(line)), flush=True)
