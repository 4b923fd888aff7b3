"""Readings kept on disk, a file a pattern, so that an interrupted suite goes on where it stopped.

A file counts only for exactly the experiment that would be carried out now: same arms, behaviour,
seeds and model. Readings are kept, not judgements, so that statistics may be refined without
running anything again.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from hashlib import sha256
from pathlib import Path
from zipfile import BadZipFile

import numpy as np

from ..identity import model_fingerprint
from ..output import write_file
from .laboratory import Readings, Task

KEY = "key"


def key_of(planned: Iterable[Task]) -> str:
    """Return a fingerprint of all that determines the readings of these tasks."""
    digest = sha256(model_fingerprint().encode())
    for task in planned:
        acts = [(month, getattr(act, "__qualname__", repr(act))) for month, act in task.what.acts]
        read = task.read.__qualname__ if task.read else ""
        facts = [task.pattern, task.arm, task.seed, task.what.scenario.hash(), acts, read]
        digest.update(json.dumps([*facts, task.window, task.looks]).encode())
    return digest.hexdigest()


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
