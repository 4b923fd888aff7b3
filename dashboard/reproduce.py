"""The society on the page as something to take along: a command line and a scenario's file."""

from __future__ import annotations

import shlex

from ..model.scenario import Scenario
from ..scenarios import load_scenario, scenario_toml
from ..scenarios.loader import TEXTS
from .session import Session, written_value

FOLDER = "results"


def command(session: Session) -> str:
    """Return the command line that computes the society on the page from its seed.

    >>> command(Session())
    'thermidor run workers-democracy --seed 1 --out results'
    """
    words = ["thermidor", "run", session.scenario.name, *_set(session), *_way(session)]
    return shlex.join([*words, *_member(session), "--out", FOLDER])


def many(session: Session, replicates: int, ensemble: bool) -> str:
    """Return the command line that makes so many runs of it, by chance or with the ensemble.

    >>> many(Session(), 100, ensemble=True)
    'thermidor run workers-democracy --seed 1 --replicates 100 --ensemble'
    """
    words = ["thermidor", "run", session.scenario.name, *_set(session), *_way(session)]
    behaviour = ["--ensemble"] if ensemble else _member(session)
    return shlex.join([*words, "--replicates", str(replicates), *behaviour])


def pairs(left: Session, right: Session, count: int) -> str:
    """Return the command line that makes so many pairs of two societies of one seed and length.

    >>> pairs(Session(), Session(), 20)
    'thermidor compare workers-democracy workers-democracy --seed 1 --replicates 20'
    """
    names = [left.scenario.name, right.scenario.name]
    settings = [*_set(left, "--set-a"), *_set(right, "--set-b")]
    way = [*_at(left, "--at-a"), *_at(right, "--at-b")]
    own = {load_scenario(name).months for name in names}
    months = [] if own == {left.scenario.months} else ["--months", str(left.scenario.months)]
    chance = ["--seed", str(left.seed), "--replicates", str(count)]
    words = ["thermidor", "compare", *names, *settings, *way, *months, *chance]
    return shlex.join([*words, *_member(left)])


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
    scenario = session.key.scenario
    if not changes and session.member is None:
        return scenario
    untold = Scenario(name=f"{scenario.name}-changed").model_dump(include={"name", *TEXTS})
    return scenario.replace(rules=changes, **untold)


def _set(session: Session, option: str = "--set") -> list[str]:
    """Return the options for rules that are changed at the opening."""
    opening = sorted(session.changes.get(0, {}).items())
    pairs = [f"rules.{name}={written_value(value)}" for name, value in opening]
    return [word for pair in pairs for word in (option, pair)]


def _way(session: Session) -> list[str]:
    """Return the options for seed and rules that change on the way."""
    return ["--seed", str(session.seed), *_at(session, "--at")]


def _at(session: Session, option: str) -> list[str]:
    """Return the options for rules that change on the way."""
    entries = [
        f"{month}:{name}={written_value(value)}"
        for month, changes in session.schedule
        for name, value in changes
        if month
    ]
    return [word for entry in entries for word in (option, entry)]


def _member(session: Session) -> list[str]:
    """Return the option for a society that behaves as a member of the ensemble."""
    return [] if session.member is None else ["--member", str(session.member)]
