"""The patterns, by theme."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ..pattern import Pattern

THEMES = ("accountability", "pay", "recall", "organisation", "planning", "technique")


def all_patterns() -> tuple[Pattern, ...]:
    """Return every pattern, P1 first."""
    modules = [import_module(f".{theme}", __name__) for theme in THEMES]
    found = [
        value
        for module in modules
        for name, value in vars(module).items()
        if name.startswith("P") and name[1:].isdigit()
    ]
    return tuple(sorted(found, key=lambda pattern: int(pattern.id[1:])))
