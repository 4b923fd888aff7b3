"""What a search has lived through so far, kept line by line, so that nothing computed is lost."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from functools import cache
from hashlib import sha256
from pathlib import Path
from types import TracebackType
from typing import Any, Self, TextIO

from ...identity import model_fingerprint
from .space import Box

HERE = Path(__file__).parent
SHOWING = ("demonstration", "display", "page", "record", "regions")  # modules that try nothing
SEARCH = "search"  # how a region was come upon: one that was counted holds all the same


@cache
def fingerprint() -> str:
    """Return twelve digits that change with the model and with what the objections say.

    Read once: what is edited while a search goes on did not take part in it.
    """
    digest = sha256(model_fingerprint().encode())
    for path in sorted(HERE.glob("*.py")):
        if path.stem not in (*SHOWING, SEARCH):
            digest.update(path.read_bytes())
    return digest.hexdigest()[:12]


@cache
def search_key(what: str) -> str:
    """Return twelve digits that change with these, with how is searched, and with `what`."""
    how = (HERE / f"{SEARCH}.py").read_bytes()
    return sha256(fingerprint().encode() + how + what.encode()).hexdigest()[:12]


def row_key(stage: str, box: Box, place: int) -> str:
    """Return what a society's numbers are kept under: its stage, its box and its place in them.

    >>> row_key("whole", {}, 3)
    'whole 3'
    """
    if not box:
        return f"{stage} {place}"
    told = json.dumps(sorted(box.items())).encode()
    return f"{stage} {sha256(told).hexdigest()[:12]} {place}"


class Record:
    """Numbers by key, in a file if there is a folder; unlike searches have files of their own."""

    def __init__(self, folder: Path | None, number: int, what: Any) -> None:
        self._path = folder / f"{number:02}-{search_key(repr(what))}.jsonl" if folder else None
        self._known: dict[str, list[float]] = {}
        self._file: TextIO | None = None

    def __enter__(self) -> Self:
        if self._path:
            if self._path.exists():
                lines = self._path.read_text(encoding="utf-8", errors="replace").splitlines()
                self._known = {key: values for line in lines for key, values in _parsed(line)}
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

    def get(self, key: str, work: Callable[[], list[float]]) -> list[float]:
        """Return the numbers under a key, worked out now if they are not known yet."""
        if key not in self._known:
            self._known[key] = work()
            if self._file:
                self._file.write(json.dumps({"key": key, "values": self._known[key]}) + "\n")
                self._file.flush()
        return self._known[key]


def _parsed(line: str) -> Iterator[tuple[str, list[float]]]:
    """Yield a line's entry; nothing for one that is empty, was cut off or is none of ours."""
    try:
        entry = json.loads(line)
        yield entry["key"], list(entry["values"])
    except (ValueError, KeyError, TypeError):
        return
