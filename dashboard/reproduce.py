"""The society on the page as something to take along: a command line and a scenario's file."""

from __future__ import annotations

import shlex

from ..model.scenario import Scenario
from ..scenarios import scenario_toml
from ..scenarios.loader import TEXTS
from .session import Session, written_value

FOLDER = "results"


def command(session: Session) -> str:
    """Return the command line that computes the society on the page from its seed.

    >>> command(Session())
    'thermidor run workers-democracy --seed 1 --out results'
    """
    opening = session.changes.get(0, {})
    settings = [f"rules.{name}={written_value(value)}" for name, value in sorted(opening.items())]
    words = ["thermidor", "run", session.scenario.name]
    for setting in settings:
        words += ["--set", setting]
    return shlex.join([*words, *_way(session), "--out", FOLDER])


def file_name(session: Session) -> str:
    """Return what to call the files of the society on the page, without an ending.

    >>> file_name(Session())
    'thermidor-workers-democracy-1'
    """
    return f"thermidor-{opening(session).name}-{session.seed}"


def toml(session: Session) -> str:
    """Return the scenario with the rules of the opening, and the command that runs it, as TOML."""
    call = shlex.join(["thermidor", "run", f"{file_name(session)}.toml", *_way(session)])
    return f"# {call}\n\n{scenario_toml(opening(session))}"


def opening(session: Session) -> Scenario:
    """Return the scenario as it opens; with rules changed it is another one, without its story."""
    changes = session.changes.get(0, {})
    scenario = session.scenario
    if not changes:
        return scenario
    untold = Scenario(name=f"{scenario.name}-changed").model_dump(include={"name", *TEXTS})
    return scenario.replace(rules=changes, **untold)


def _way(session: Session) -> list[str]:
    """Return the options for seed and rules that change on the way."""
    words = ["--seed", str(session.seed)]
    for month, changes in session.schedule:
        for name, value in changes:
            words += ["--at", f"{month}:{name}={written_value(value)}"] if month else []
    return words
