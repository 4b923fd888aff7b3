"""Which societies stand in the page without a server."""

from __future__ import annotations

from collections.abc import Iterator

from ...scenarios import names
from ..lessons import packs
from ..session import Session
from ..story import STEPS


def societies() -> dict[str, Session]:
    """Return a visitor for each, by a short name: the catalogue, the story's, the lessons'.

    A society that several of them show is recorded once.
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
