"""What a sweep records of a run: which measures, and of which months."""

from __future__ import annotations

import re
from typing import Any

from ...model.declaration import ParameterError, nearest
from ...model.measures import Measure

MEASURES = tuple(measure.name.lower() for measure in Measure)
LAST_YEAR, ALL = "last year mean", "all"
YEAR = 12  # months


def read_measures(given: Any) -> tuple[str, ...]:
    """Return names of measures for a name, several, or the word all. Raises ParameterError.

    >>> read_measures(["capture"]), len(read_measures("all")) == len(MEASURES)
    (('capture',), True)
    """
    if not isinstance(given, str | list | tuple):
        raise ParameterError(f'measures must be a list of names or "all", not {given!r}')
    names = (given,) if isinstance(given, str) else tuple(given)
    if names == (ALL,):
        return MEASURES
    if not names:
        raise ParameterError('a sweep needs at least one measure, or measures = "all"')
    for name in names:
        if name not in MEASURES:
            raise ParameterError(f"{name!r} is no measure; {nearest(str(name), MEASURES)}")
    return tuple(dict.fromkeys(names))


def read_period(given: Any) -> str:
    """Return a period if it is one. Raises ParameterError."""
    if given in (LAST_YEAR, ALL) or re.fullmatch(r"every [1-9]\d{0,5}", str(given)):
        return given
    raise ParameterError(f'{given!r} is no period; it is "{LAST_YEAR}", "{ALL}", or "every N"')


def months_between(period: str) -> int | None:
    """Return every how many months are kept, None if only the last year's mean is.

    >>> months_between("every 12"), months_between("all"), months_between("last year mean")
    (12, 1, None)
    """
    if period == LAST_YEAR:
        return None
    return 1 if period == ALL else int(period.removeprefix("every "))
