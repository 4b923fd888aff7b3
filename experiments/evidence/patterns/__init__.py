"""The patterns, by theme."""

from __future__ import annotations

from ..pattern import Pattern
from .accountability import P1, P2, P3, P4
from .organisation import P11, P12, P14, P22
from .pay import P5, P6, P7
from .planning import P15, P16, P17, P18
from .recall import P8, P9, P10, P13
from .technique import P19, P20, P21
from .terms import P23


def all_patterns() -> tuple[Pattern, ...]:
    """Return every pattern, P1 first."""
    return (
        *(P1, P2, P3, P4, P5, P6, P7, P8, P9, P10, P11),
        *(P12, P13, P14, P15, P16, P17, P18, P19, P20, P21, P22, P23),
    )
