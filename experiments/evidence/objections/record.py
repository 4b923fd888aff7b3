"""What a search has lived through so far, kept line by line, so that nothing computed is lost."""

from __future__ import annotations

import json
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path
from types import TracebackType
from typing import Any, Self, TextIO

from ...identity import model_fingerprint

HERE = Path(__file__).parent
SHOWING = ("demonstration", "display", "page", "record", "regions")  # modules that try nothing
SEARCH = "search"  # how a region was come upon: one that was counted holds all the same


def fingerprint() -> str:
    """Return twelve digits that change with the model and with what the objections say."""
    digest = sha256(model_fingerprint().encode())
    for path in sorted(HERE.glob("*.py")):
        if path.stem not in (*SHOWING, SEARCH):
            digest.update(path.read_bytes())
    return digest.hexdigest()[:12]


def search_key(what: Any) -> str:
    """Return twelve digits that change with these, with how is searched, and with `what`."""
    how = (HERE / f"{SEARCH}.py").read_bytes()
    return sha256(fingerprint().encode() + how + repr(what).encode()).hexdigest()[:12]


class Record:
    """Numbers by key, in a file if there is a folder; of an unlike search nothing is taken over."""

    def __init__(self, folder: Path | None, number: int, what: Any) -> None:
        self._path = folder / f"{number:02}.jsonl" if folder else None
        self._head = {"search": search_key(what)}
        self._known: dict[str, list[float]] = {}
        self._file: TextIO | None = None

    def __enter__(self) -> Self:
        if self._path:
            lines = self._path.read_text().splitlines() if self._path.exists() else []
            entries = [entry for line in lines if (entry := _parsed(line))]
            equal = bool(entries) and entries[0] == self._head
            if equal:
                self._known = {entry["key"]: entry["values"] for entry in entries[1:]}
            self._file = self._path.open("a" if equal else "w")
            self._file.write("" if equal else json.dumps(self._head))
            self._file.write("\n")  # also ends a line that an interruption left unfinished
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._file:
            self._file.close()

    def get(self, key: str, work: Callable[[], list[float]]) -> list[float]:
        """Return the numbers under a key, worked out now if they are not known yet."""
        if key not in self._known:
            self._known[key] = work()
            if self._file:
                self._file.write(json.dumps({"key": key, "values": self._known[key]}) + "\n")
                self._file.flush()
        return self._known[key]


def _parsed(line: str) -> dict[str, Any] | None:
    """Return a line's entry, None for one that is empty or was cut off."""
    try:
        return json.loads(line)
    except ValueError:
        return None
