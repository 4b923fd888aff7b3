"""What a search has lived through so far, kept line by line, so that nothing computed is lost."""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any

from ...identity import digest_of, model_fingerprint, stands_for
from ...journal import Journal
from .space import Box

HERE = Path(__file__).parent
EQUALS = HERE / "equal_trials.txt"
SHOWING = ("demonstration", "display", "page", "record", "regions")  # modules that try nothing
SEARCH = "search"  # how a region was come upon: one that was counted holds all the same


@cache
def fingerprint() -> str:
    """Return twelve digits that change with the model and with what the objections try.

    Read once: what is edited while a search goes on did not take part in it.
    """
    trying = [path for path in HERE.glob("*.py") if path.stem not in (*SHOWING, SEARCH)]
    own = digest_of(sorted(trying), model_fingerprint())[:12]
    return stands_for(own, EQUALS.read_text(encoding="utf-8"))


@cache
def search_key(what: str) -> str:
    """Return twelve digits that change with these, with how is searched, and with `what`."""
    return digest_of([HERE / f"{SEARCH}.py"], fingerprint() + what)[:12]


def row_key(stage: str, box: Box, place: int) -> str:
    """Return what a society's numbers are kept under: its stage, its box and its place in them.

    >>> row_key("whole", {}, 3)
    'whole 3'
    """
    if not box:
        return f"{stage} {place}"
    told = json.dumps(sorted(box.items())).encode()
    return f"{stage} {sha256(told).hexdigest()[:12]} {place}"


class Record(Journal[list[float]]):
    """Numbers by key, in a file if there is a folder; unlike searches have files of their own."""

    def __init__(self, folder: Path | None, number: int, what: Any) -> None:
        super().__init__(folder / f"{number:02}-{search_key(repr(what))}.jsonl" if folder else None)

    def entry_in(self, line: Any) -> tuple[str, list[float]]:
        """Return the key and the numbers that a line holds."""
        return line["key"], list(line["values"])

    def line_of(self, key: str, value: list[float]) -> Any:
        """Return what a line says of numbers."""
        return {"key": key, "values": value}

    def get(self, key: str, work: Callable[[], list[float]]) -> list[float]:
        """Return the numbers under a key, worked out now if they are not known yet."""
        if key not in self:
            self.add(key, work())
        return self[key]
