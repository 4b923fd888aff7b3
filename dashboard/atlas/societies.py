"""Which societies stand in the page without a server."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlencode

from ...experiments.atlas.shipped import atlas
from ...scenarios import names
from ..lessons import packs
from ..session import Session
from ..story import STEPS


def societies() -> dict[str, Session]:
    """Return a visitor for each, by a short name.

    These are the catalogue, the societies of the story and of the lessons, and the corners of each
    scenario's first map; what several of them show is recorded once.
    """
    found: dict[object, Session] = {}
    for session in _wanted():
        found.setdefault(session.key.name(), session)
    return {f"society-{number}": session for number, session in enumerate(found.values())}


def _wanted() -> Iterator[Session]:
    yield from (Session.from_search(f"scenario={name}") for name in names())
    yield from (step.session() for step in STEPS)
    for pack in map(packs.find, packs.names()):
        yield from (pack.session(state) for state in pack.states)
    for base in atlas()["bases"]:
        yield from _corners(base["name"], base["maps"][0])


def _corners(base: str, one: dict[str, Any]) -> Iterator[Session]:
    """Yield the societies at the corners of a map, as the page opens them."""
    across, up = (atlas()["values"][one[axis]] for axis in "xy")
    for row in (0, len(up) - 1):
        for column in (0, len(across) - 1):
            ends = one["regimes"][row * len(across) + column]
            most = Counter(ends).most_common(1)[0][0]
            rules = {one["x"]: across[column], one["y"]: up[row]}
            query = {"scenario": base, "seed": atlas()["seeds"][ends.index(most)]}
            query |= {rule: "none" if value is None else value for rule, value in rules.items()}
            yield Session.from_search(urlencode(query))
