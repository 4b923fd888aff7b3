"""Readings kept on disk, a file a pattern, so that an interrupted suite goes on where it stopped.

A file counts only for exactly the experiment that would be carried out now: same arms, behaviour,
seeds, model and code that acts and reads. Readings are kept, not judgements, so that statistics may
be refined without running anything again.
"""

from __future__ import annotations

import inspect
import json
from collections.abc import Callable, Iterable
from functools import cache, partial
from hashlib import sha256
from pathlib import Path
from typing import Any
from zipfile import BadZipFile

import numpy as np

from ..identity import digest_of, model_fingerprint
from ..output import write_file
from . import laboratory
from .laboratory import Readings, Task

KEY = "key"
PACKAGE = __name__.rpartition(".")[0]


def key_of(planned: Iterable[Task]) -> str:
    """Return a fingerprint of all that determines the readings of these tasks."""
    digest = sha256(digest_of([Path(laboratory.__file__)], model_fingerprint()).encode())
    for task in planned:
        acts = [(month, code_of(act)) for month, act in task.what.acts]
        read = code_of(task.read) if task.read else ""
        facts = [task.pattern, task.arm, task.seed, task.what.scenario.hash(), acts, read]
        digest.update(json.dumps([*facts, task.window, task.looks]).encode())
    return digest.hexdigest()


@cache
def code_of(what: Callable[..., Any]) -> str:
    """Return the source of what is called, with that of all functions of this package it calls.

    A partial call or an object that can be called counts with what it holds.
    """
    if isinstance(what, partial):
        function, given = what.func, repr([what.args, what.keywords])
    elif inspect.isfunction(inspect.unwrap(what)):
        function, given = what, ""
    else:
        function, given = type(what).__call__, repr(what)
    waiting = [inspect.unwrap(function)]
    found: dict[str, str] = {}
    while waiting:
        one = waiting.pop()
        name = f"{one.__module__}.{one.__qualname__}"
        if name not in found:
            found[name] = inspect.getsource(one)
            named = (one.__globals__.get(each) for each in one.__code__.co_names)
            functions = (inspect.unwrap(each) for each in named if callable(each))
            waiting += [each for each in functions if _is_own(each)]
    return "\n".join([*found.values(), given])


def _is_own(what: Any) -> bool:
    return inspect.isfunction(what) and what.__module__.startswith(PACKAGE)


def load(folder: Path, pattern: str, key: str) -> Readings | None:
    """Return kept readings; None where there are none of this very experiment, or broken ones."""
    path = folder / f"{pattern}.npz"
    if not path.exists():
        return None
    try:
        with np.load(path, allow_pickle=False) as kept:
            if str(kept[KEY]) != key:
                return None
            table: Readings = {}
            for name in kept.files:
                if name != KEY:
                    arm, reading = name.split("/", 1)
                    table.setdefault(arm, {})[reading] = kept[name]
            return table
    except (OSError, ValueError, KeyError, EOFError, BadZipFile):
        return None


def save(folder: Path, pattern: str, key: str, readings: Readings) -> None:
    """Keep readings; a file is whole or not there at all."""
    arrays = {
        f"{arm}/{name}": values for arm, table in readings.items() for name, values in table.items()
    }
    folder.mkdir(parents=True, exist_ok=True)
    packed = {KEY: np.array(key), **arrays}
    write_file(
        folder / f"{pattern}.npz",
        lambda file: np.savez_compressed(file, **packed),  # type: ignore[arg-type]
    )
