"""Values kept line by line in a file, so that whatever computes them goes on where it stopped."""

from __future__ import annotations

import contextlib
import json
from abc import ABC, abstractmethod
from collections.abc import Iterator
from pathlib import Path
from types import TracebackType
from typing import Any, Self, TextIO

from .output import OutputError, reason


class Journal[Value](ABC):
    """Values by key, in a file if there is a path: a line of JSON each, written at once.

    Lines that were cut off or are none of ours are passed over, and their values made again.
    """

    def __init__(self, path: Path | None) -> None:
        self._path = path
        self._known: dict[str, Value] = {}
        self._file: TextIO | None = None

    @abstractmethod
    def entry_in(self, line: Any) -> tuple[str, Value]:
        """Return the key and the value that a line holds.

        Raises ValueError, KeyError or TypeError for a line that holds none.
        """

    @abstractmethod
    def line_of(self, key: str, value: Value) -> Any:
        """Return what a line says, for JSON."""

    def __enter__(self) -> Self:
        if self._path:
            if self._path.exists():
                self._known = dict(self._entries(self._path))
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
            with contextlib.suppress(OSError):  # what cannot be written has been told of
                self._file.close()

    def __contains__(self, key: str) -> bool:
        return key in self._known

    def __getitem__(self, key: str) -> Value:
        return self._known[key]

    def add(self, key: str, value: Value) -> None:
        """Keep a value."""
        self._known[key] = value
        if self._file:
            try:
                self._file.write(json.dumps(self.line_of(key, value)) + "\n")
                self._file.flush()
            except OSError as error:
                said = f"cannot write {self._path}: {reason(error)}; what it holds is kept"
                raise OutputError(said) from None

    def _entries(self, path: Path) -> Iterator[tuple[str, Value]]:
        for line in path.read_text(encoding="utf-8", errors="replace").splitlines():
            try:
                yield self.entry_in(json.loads(line))
            except (ValueError, KeyError, TypeError):
                continue
