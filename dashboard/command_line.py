"""What to type to get on the command line what the page shows."""

from __future__ import annotations

import shlex

from ..model.parameters import Rules
from ..scenarios import load_scenario
from .session import Session, written_value


def compare_line(left: Session, right: Session, pairs: int) -> str:
    """Return the command that makes the same pairs, or nothing where there is no such command.

    >>> compare_line(Session(), Session(), 20)
    'thermidor compare workers-democracy workers-democracy --seed 1 --replicates 20'
    """
    if _only_here(left) or _only_here(right):
        return ""
    names = [left.scenario.name, right.scenario.name]
    settings = [*_settings(left, "--set-a"), *_settings(right, "--set-b")]
    own = {load_scenario(name).months for name in names}
    months = [] if own == {left.scenario.months} else ["--months", str(left.scenario.months)]
    chance = ["--seed", str(left.seed), "--replicates", str(pairs)]
    return shlex.join(["thermidor", "compare", *names, *settings, *months, *chance])


def run_line(session: Session, replicates: int, ensemble: bool) -> str:
    """Return the command that makes the same runs, or nothing where there is no such command.

    >>> run_line(Session(), 100, ensemble=True)
    'thermidor run workers-democracy --seed 1 --replicates 100 --ensemble'
    """
    if _only_here(session):
        return ""
    chance = ["--seed", str(session.seed), "--replicates", str(replicates)]
    words = ["thermidor", "run", session.scenario.name, *_settings(session, "--set"), *chance]
    return shlex.join([*words, "--ensemble"] if ensemble else words)


def _settings(session: Session, option: str) -> list[str]:
    own, rules = session.scenario.rules, session.rules_at(0)
    changed = [name for name in Rules.model_fields if getattr(own, name) != getattr(rules, name)]
    pairs = [f"rules.{name}={written_value(getattr(rules, name))}" for name in changed]
    return [word for pair in pairs for word in (option, pair)]


def _only_here(session: Session) -> bool:
    """Say whether the society is one that the command line does not know how to ask for.

    That is so where rules change after the opening, and for a single member of the ensemble.
    """
    return session.member is not None or any(month > 0 for month in session.changes)
