"""A session as the browser is told of it."""

from __future__ import annotations

from typing import Any

from ..texts import languages, table
from .rules import controls
from .session import VIEWS, Session


def state_of(session: Session) -> dict[str, Any]:
    """Describe a session to the browser."""
    rules = session.scenario.rules
    return {
        "scenario": session.scenario.name,
        "months": session.scenario.months,
        "seed": session.seed,
        "member": session.member,
        "language": session.language,
        "languages": [[code, table("language", code)["name"]] for code in languages()],
        "rules": rules.model_dump(),
        "controls": controls(rules),
        "schedule": [[month, dict(changes)] for month, changes in session.schedule],
        "generation": session.generation,
        "kept_until": session.kept_until,
        "search": session.search(),
        "complaint": session.complaint,
        "view": session.view,
        "views": list(VIEWS),
        "notes": dict(session.notes),
    }
