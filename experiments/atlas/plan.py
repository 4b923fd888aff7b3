"""What the atlas maps: which scenarios, which pairs of rules, which values."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from importlib import resources
from typing import Any


@dataclass(frozen=True)
class Place:
    """One map: a scenario of the catalogue and the two rules that vary, `x` across and `y` up."""

    base: str
    x: str
    y: str

    @property
    def name(self) -> str:
        """A name for files."""
        return f"{self.base}-{self.x}-{self.y}"


@dataclass(frozen=True)
class Plan:
    """All maps: every pair of rules in every base, `replicates` societies in every cell."""

    bases: tuple[str, ...]
    pairs: tuple[tuple[str, str], ...]
    values: Mapping[str, tuple[Any, ...]]  # rule -> its values, None for none
    replicates: int
    seed: int

    def places(self) -> Iterator[Place]:
        """Yield the maps in order."""
        for base in self.bases:
            for x, y in self.pairs:
                yield Place(base, x, y)


def load_plan(replicates: int | None = None) -> Plan:
    """Return the plan shipped with the package, perhaps with another number of societies a cell.

    >>> plan = load_plan()
    >>> len(list(plan.places())) == len(plan.bases) * len(plan.pairs)
    True
    """
    text = (resources.files(__package__) / "plan.toml").read_text(encoding="utf-8")
    given = tomllib.loads(text)
    values = {
        rule: tuple(None if value == "none" else value for value in listed)
        for rule, listed in given["values"].items()
    }
    pairs = tuple((x, y) for x, y in given["pairs"])
    return Plan(
        tuple(given["bases"]), pairs, values, replicates or given["replicates"], given["seed"]
    )
