"""What an analysis hands to a report: sentences, a table and a figure, or why there are none."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pandas as pd

from ...texts import say
from .material import Material

if TYPE_CHECKING:
    from matplotlib.figure import Figure


@dataclass(frozen=True)
class Question:
    """What is asked of a sweep: about which outcome, in which language, over which factors."""

    outcome: str
    language: str = "en"
    x: str | None = None
    y: str | None = None


@dataclass(frozen=True, eq=False)
class Finding:
    """What one analysis of one outcome found.

    The first of `sentences` is the figure's title. `options` are what the command that makes the
    figure needs besides the figure's name and the outcome. `how` says how to read it.
    """

    name: str
    outcome: str
    sentences: tuple[str, ...]
    table: pd.DataFrame
    how: str
    draw: Callable[[], Figure] | None = None
    options: tuple[str, ...] = ()

    @property
    def file(self) -> str:
        """The name of its files, without their ending."""
        return f"{self.name}-{self.outcome}"


class Unfit(Exception):
    """An analysis does not apply; `reason` is a key among texts, `words` what it takes."""

    def __init__(self, reason: str, **words: object) -> None:
        super().__init__(reason)
        self.reason, self.words = reason, words

    def told(self, language: str) -> str:
        """Return the reason in words."""
        return say(f"analysis.why.{self.reason}", language, **self.words)


def needs(condition: object, reason: str, **words: object) -> None:
    """Raise Unfit with a reason unless a condition holds."""
    if not condition:
        raise Unfit(reason, **words)


def needs_variety(material: Material, outcome: str) -> None:
    """Raise Unfit where no factor varies or the outcome does not."""
    needs(material.varied, "no_factor")
    values = material.matrix(outcome)
    needs(values.size and values.max() - values.min() > 1e-9, "constant")


def how(name: str, language: str) -> str:
    """Return how to read the figure of an analysis."""
    return say(f"analysis.{name}.how", language)
