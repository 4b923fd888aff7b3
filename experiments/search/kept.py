"""Runs kept line by line, so that a search goes on where it stopped and a like one need not begin.

A run is known by its scenario and its seed, a file by the state of the model and of what is read:
runs of another model are left alone in a file of their own.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from types import TracebackType
from typing import Self, TextIO

from ..identity import model_fingerprint
from . import reading
from .reading import Reading


def fingerprint() -> str:
    """Return twelve digits that change with the model and with what is read from a run."""
    digest = sha256(model_fingerprint().encode())
    digest.update(Path(reading.__file__).read_bytes())
    return digest.hexdigest()[:12]


class Kept:
    """Readings by key, in a file if there is a folder."""

    def __init__(self, folder: Path | None) -> None:
        self._path = folder / f"runs-{fingerprint()}.jsonl" if folder else None
        self._known: dict[str, Reading] = {}
        self._file: TextIO | None = None

    def __enter__(self) -> Self:
        if self._path:
            if self._path.exists():
                self._known = dict(_readings(self._path))
            self._file = self._path.open("a", encoding="utf-8")
            self._file.write("\n")  # ends a line that an interruption left unfinished
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._file:
            self._file.close()

    def __contains__(self, key: str) -> bool:
        return key in self._known

    def __getitem__(self, key: str) -> Reading:
        return self._known[key]

    def add(self, key: str, found: Reading) -> None:
        """Keep a reading."""
        self._known[key] = found
        if self._file:
            self._file.write(json.dumps([key, found.row()]) + "\n")
            self._file.flush()


def _readings(path: Path) -> Iterator[tuple[str, Reading]]:
    """Yield what is kept; lines cut off are passed over, and their runs made again."""
    for line in path.read_text(encoding="utf-8", errors="replace").splitlines():
        try:
            key, row = json.loads(line)
            yield key, Reading.of_row(row)
        except (ValueError, TypeError):
            continue
