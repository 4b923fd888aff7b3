"""Read class packs and check that they are whole."""

from __future__ import annotations

import json
import tomllib
from dataclasses import dataclass, field
from functools import cache
from importlib import resources
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any

from ...model.declaration import ParameterError, nearest
from ..session import Session

KEY = "key.json"
KINDS = {
    "regime": (),
    "value": ("measure", "month"),
    "crossed": (),
    "eroded": (),
    "count": ("event",),
    "chances": (),
    "pairs": ("measure",),
}  # kinds of questions, and what each needs to know besides its states


@dataclass(frozen=True)
class Task:
    """One question to a pack's states; with `bet` it is asked before anything is seen.

    `older` marks questions for pupils of sixteen or so and for students.
    """

    name: str
    kind: str
    states: tuple[str, ...]
    measure: str = ""
    month: int = 0
    event: str = ""
    bet: bool = False
    older: bool = False


@dataclass(frozen=True)
class Pack:
    """A lesson of fifty minutes about a few states of the page.

    `states` maps a name to the query of a URL that opens the state, `minutes` a phase to its
    length; `measures` and `months` say which table pupils fill in; the states of `chances` are
    looked at with the seeds 1 to `seeds`. `objection` is the number of the objection to the essay
    that the lesson gives a hearing.
    """

    name: str
    age: int
    objection: int
    states: dict[str, str]
    minutes: dict[str, int]
    measures: tuple[str, ...]
    months: tuple[int, ...]
    chances: tuple[str, ...]
    seeds: int
    tasks: tuple[Task, ...] = field(repr=False)

    def session(self, state: str) -> Session:
        """Return a visitor who has just opened one of the states."""
        return opened(self.states[state])


def opened(search: str) -> Session:
    """Return the session a query opens; raises ParameterError where it cannot be read."""
    session = Session.from_search(search)
    if session.complaint:
        raise ParameterError(session.complaint)
    return session


@cache
def names() -> tuple[str, ...]:
    """Return the names of all packs, the ones for the youngest first.

    >>> "nomenklatura" in names()
    True
    """
    found = [load(entry.name) for entry in _shelf().iterdir() if entry.is_dir()]
    return tuple(pack.name for pack in sorted(found, key=lambda pack: (pack.age, pack.name)))


def find(name: str) -> Pack:
    """Return the pack of this name; raises ParameterError with the nearest name there is."""
    if name not in names():
        raise ParameterError(f"there is no class pack {name}; {nearest(name, names())}")
    return load(name)


@cache
def load(name: str) -> Pack:
    """Read a pack from its folder."""
    data = _read(name, "lesson.toml")
    tasks = tuple(_task(key, entry) for key, entry in data.pop("tasks").items())
    lists = {key: tuple(data.pop(key)) for key in ("measures", "months", "chances")}
    return Pack(name=name, tasks=tasks, **lists, **data)


@cache
def words(name: str, language: str) -> dict[str, Any]:
    """Return a pack's texts in one language, line breaks undone."""
    return _joined(_read(name, f"{language}.toml"))


def key(name: str) -> dict[str, Any]:
    """Return the shipped answer key of a pack."""
    return json.loads((_shelf() / name / KEY).read_text(encoding="utf-8"))


def write_key(pack: Pack, computed: dict[str, Any]) -> Path:
    """Write a pack's answer key to its folder and return the file's path."""
    path = Path(str(_shelf() / pack.name / KEY))
    path.write_text(json.dumps(computed, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    return path


def _shelf() -> Traversable:
    return resources.files("thermidor.scenarios") / "lessons"


def _read(name: str, file: str) -> dict[str, Any]:
    return tomllib.loads((_shelf() / name / file).read_text(encoding="utf-8"))


def _task(name: str, entry: dict[str, Any]) -> Task:
    missing = [what for what in KINDS[entry["kind"]] if what not in entry]
    if missing:
        raise ParameterError(f"the question {name} needs {', '.join(missing)}")
    return Task(name=name, **{**entry, "states": tuple(entry["states"])})


def _joined(entry: Any) -> Any:
    if isinstance(entry, dict):
        return {key: _joined(inner) for key, inner in entry.items()}
    if isinstance(entry, list):
        return [_joined(inner) for inner in entry]
    return " ".join(entry.split())
