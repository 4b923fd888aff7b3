"""Conditions: what must be so at the end of a run for its rules to have held."""

from __future__ import annotations

import operator
import re
from collections.abc import Sequence
from dataclasses import dataclass

from ...model.declaration import ParameterError, nearest
from ...model.society import MEASURES
from .reading import Reading

CONTROL = "controlled"
SIGNS = {">=": operator.ge, "<=": operator.le, ">": operator.gt, "<": operator.lt}
FORM = re.compile(r"\s*(\w+)\s*(>=|<=|>|<)\s*([-+]?[\d.]+(?:e[-+]?\d+)?)\s*")


@dataclass(frozen=True)
class Condition:
    """A measure's mean over the last year beyond a limit; or control kept, if there is no sign."""

    measure: str
    sign: str = ""
    limit: float = 0.0

    def met(self, reading: Reading) -> bool:
        """Say whether a run meets the condition."""
        if not self.sign:
            return reading.controlled
        value = reading.means[MEASURES.index(self.measure)]
        return SIGNS[self.sign](value, self.limit)

    def __str__(self) -> str:
        return f"{self.measure}{self.sign}{self.limit:g}" if self.sign else self.measure


def conditions(given: Sequence[str]) -> tuple[Condition, ...]:
    """Read conditions such as `controlled` or `capture<0.03`; control alone if none is given.

    >>> [str(each) for each in conditions(["needs_met > 0.9", "controlled"])]
    ['needs_met>0.9', 'controlled']

    Raises ParameterError with the nearest valid name.
    """
    return tuple(_read(text) for text in given) or (Condition(CONTROL),)


def _read(text: str) -> Condition:
    if text.strip() == CONTROL:
        return Condition(CONTROL)
    found = FORM.fullmatch(text)
    name = found[1] if found else re.split(r"\W", text.strip())[0]
    if name not in MEASURES:
        raise ParameterError(f"{name} cannot be held to; {nearest(name, [CONTROL, *MEASURES])}")
    if not found:
        raise ParameterError(
            f"--holds {text} needs a measure, one of {' '.join(SIGNS)} and a number, "
            f"e.g. {name}>0.9"
        )
    try:
        return Condition(name, found[2], float(found[3]))
    except ValueError:
        raise ParameterError(f"--holds {text}: {found[3]} is not a number") from None
