"""The fifteen objections to the essay: each must win somewhere, and the docs say where."""

from __future__ import annotations

from collections.abc import Sequence

from ....model.declaration import ParameterError
from . import rivals
from .councils import EXPERTS, IRON_LAW, SOFT_BUDGETS
from .knowledge import KNOWLEDGE, WELFARE
from .machines import CATEGORIES
from .objection import Objection
from .openness import BACKFIRE, INERT
from .pay import BYPASS, PRICE_OF_OFFICE
from .removal import HORIZON, WEAPON

NUMBERS = tuple(range(1, 16))


def all_objections() -> dict[int, Objection]:
    """Return the objections by number, in order."""
    every = (
        KNOWLEDGE,
        PRICE_OF_OFFICE,
        BYPASS,
        WEAPON,
        HORIZON,
        INERT,
        BACKFIRE,
        EXPERTS,
        IRON_LAW,
        SOFT_BUDGETS,
        CATEGORIES,
        rivals.courts(),
        WELFARE,
        rivals.shocks(),
        rivals.thumb(),
    )
    return {each.number: each for each in every}


def objection(number: int) -> Objection:
    """Return one objection by its number, 1 to 15."""
    return all_objections()[number]


def numbered(words: Sequence[str]) -> list[int]:
    """Return the numbers meant, all if none is named; raises ParameterError where there is none.

    >>> numbered(["5", "7"])
    [5, 7]
    """
    for word in words:
        if word not in map(str, NUMBERS):
            listed = ", ".join(map(str, NUMBERS))
            raise ParameterError(f"there is no objection {word!r}; valid numbers are {listed}")
    return [int(word) for word in words] or list(NUMBERS)
