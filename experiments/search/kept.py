"""Runs kept line by line, so that a search goes on where it stopped and a like one need not begin.

A run is known by its scenario and its seed, a file by the state of the model and of what is read:
runs of another model are left alone in a file of their own.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from ..identity import digest_of, model_fingerprint
from ..journal import Journal
from . import reading
from .reading import Reading


def fingerprint() -> str:
    """Return twelve digits that change with the model and with what is read from a run."""
    return digest_of([Path(reading.__file__)], model_fingerprint())[:12]


class Kept(Journal[Reading]):
    """Readings by key, in a file if there is a folder."""

    def __init__(self, folder: Path | None) -> None:
        super().__init__(folder / f"runs-{fingerprint()}.jsonl" if folder else None)

    def entry_in(self, line: Any) -> tuple[str, Reading]:
        """Return the key and the reading that a line holds."""
        key, row = line
        return key, Reading.of_row(row)

    def line_of(self, key: str, value: Reading) -> Any:
        """Return what a line says of a reading."""
        return [key, value.row()]
