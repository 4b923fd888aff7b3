"""Bring the shards of a sweep, made on several machines, into one folder."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from ...model.declaration import ParameterError
from ..output import prepare_folder
from ..pool import ExperimentError
from . import manifest
from .parts import Contents
from .results import Results, survey
from .store import Store, copy_safely


def merge(folders: Sequence[str | Path], out: str | Path) -> tuple[Results, list[Path]]:
    """Copy the sound parts of several folders of one sweep into one; return its results.

    The second value names parts left behind, because they are damaged or of another sweep. The
    folders stay as they are, and merging again copies only what is new. Raises ExperimentError when
    they hold different sweeps, ParameterError when there are none, and OutputError.
    """
    sources = [Path(folder) for folder in folders]
    if not sources:
        raise ParameterError("there is nothing to merge; name at least one folder")
    target = Path(out)
    begun = [target] if (target / manifest.FILE).exists() else []
    first, *others = [*begun, *(source for source in sources if source not in begun)]
    kept = manifest.read(first)
    for other in others:
        _check_same(other, first)
    design = manifest.design_in(kept, first)
    store = Store(prepare_folder(target), kept["key"])
    prepare_folder(store.parts)
    left = [part for source in sources if source != target for part in _copy(source, store)]
    if not begun:
        copy_safely(first / manifest.FILE, target / manifest.FILE)
    return survey(store, design), left


def _check_same(one: Path, other: Path) -> None:
    """See to it that two folders hold the same sweep. Raises ExperimentError."""
    here, there = manifest.read(one), manifest.read(other)
    if here["key"] != there["key"]:
        told = manifest.difference(there, here["identity"], here["design"].get("factors"))
        raise ExperimentError(f"{one} and {other} hold different sweeps: {told}")


def _copy(source: Path, store: Store) -> list[Path]:
    """Copy what a store lacks; return the parts that are not fit to be copied."""
    there, own = set(store.names()), Store(source, store.sweep)
    left = []
    for name, found in own.sound(own.names()):
        if not isinstance(found, Contents):
            left.append(own.parts / name)
        elif name not in there:
            copy_safely(own.parts / name, store.parts / name)
    return left
