"""The folder of a sweep: a manifest, and parts that appear whole or not at all.

Nothing in it is ever changed, only added: any number of processes may write to one folder. A part
whose checksum fails, or that belongs to another sweep, is set aside and its runs are made again.
"""

from __future__ import annotations

import os
import shutil
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from uuid import uuid4

from ..output import OutputError, prepare_folder, reason
from . import manifest
from .design import Design
from .jobs import Made
from .parts import Contents, PartError, contents, name_of

STALE = 3600.0  # seconds after which a file that was never finished is nobody's


class StoreError(OutputError):
    """A sweep's folder cannot be written to or read; the message is one sentence."""


@dataclass(frozen=True)
class Store:
    """A sweep's folder; `sweep` is the key its parts are marked with."""

    folder: Path
    sweep: str

    @property
    def parts(self) -> Path:
        """Where the parts are."""
        return self.folder / "parts"

    def names(self) -> list[str]:
        """Return the names of the parts, in order of their first runs."""
        try:
            return sorted(e.name for e in os.scandir(self.parts) if e.name.endswith(".parquet"))
        except FileNotFoundError:
            return []

    def add(self, made: Made) -> str:
        """Write a chunk of runs to disk for good and return the part's name. Raises StoreError."""
        name = name_of(made)
        write_safely(self.parts / name, made.content)
        return name

    def contents(self, name: str) -> Contents:
        """Return which runs a part holds. Raises PartError, and FileNotFoundError if it is gone."""
        return contents(name, (self.parts / name).read_bytes(), self.sweep)

    def sound(self, names: list[str]) -> Iterator[tuple[str, Contents | PartError]]:
        """Yield parts with which runs they hold, or with what is wrong with them."""
        for name in names:
            try:
                yield name, self.contents(name)
            except PartError as error:
                yield name, error
            except FileNotFoundError:
                continue  # another process has just set it aside

    def set_aside(self, name: str) -> None:
        """Move a part out of the way, without losing it."""
        aside = self.folder / "set-aside"
        aside.mkdir(exist_ok=True)
        try:
            (self.parts / name).replace(aside / name)
        except FileNotFoundError:
            return

    def tidy(self) -> None:
        """Delete what killed processes left unfinished long ago."""
        for file in self.parts.glob(".*.partial"):
            try:
                if time.time() - file.stat().st_mtime > STALE:
                    file.unlink()
            except FileNotFoundError:
                continue


def begin(folder: str | Path, design: Design) -> tuple[Store, bool]:
    """Return the store of a design's sweep in a folder, and whether it is new.

    Raises OutputError when it cannot be written to, ExperimentError when it holds another sweep.
    """
    path = prepare_folder(folder)
    key = manifest.key_of(design)
    store = Store(path, key)
    prepare_folder(store.parts)
    new = not (path / manifest.FILE).exists()
    if new:
        write_safely(path / manifest.FILE, manifest.written(design, key).encode())
    manifest.check_same(manifest.read(path), design, key, path)
    store.tidy()
    return store, new


def write_safely(file: Path, content: bytes) -> None:
    """Write a file that is there whole or not at all, even if the machine stops. Raises StoreError.

    A file of the same name is replaced.
    """
    partial = file.with_name(f".{file.name}.{uuid4().hex}.partial")
    try:
        with partial.open("wb") as stream:
            stream.write(content)
            stream.flush()
            os.fsync(stream.fileno())
        partial.replace(file)
        _sync_folder(file.parent)
    except OSError as error:
        raise StoreError(_told(file.parent, error)) from None
    finally:
        partial.unlink(missing_ok=True)


def copy_safely(source: Path, target: Path) -> None:
    """Copy a file so that it is there whole or not at all. Raises StoreError."""
    partial = target.with_name(f".{target.name}.{uuid4().hex}.partial")
    try:
        shutil.copyfile(source, partial)
        partial.replace(target)
    except OSError as error:
        raise StoreError(_told(target.parent, error)) from None
    finally:
        partial.unlink(missing_ok=True)


def _sync_folder(folder: Path) -> None:
    """Let the name of a new file survive a loss of power, where the system can do so."""
    if os.name != "posix":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _told(folder: Path, error: OSError) -> str:
    return (
        f"cannot write to {folder}: {reason(error)}; finished runs are kept there, "
        "and the same command goes on from them"
    )
