"""Why somebody did what they did in a month that was shown, told from the society of that month.

Only simulating processes load this module. The run that plays stays where it is: if it has passed
the month asked for, another one is replayed from the seed up to there, and remembered by itself.
"""

from __future__ import annotations

from collections import OrderedDict
from typing import Any

from ..agents.explain import Explanation, explain_office, explain_worker
from ..model.declaration import ParameterError
from ..texts import say
from .frames import RunKey
from .runs import Run, remembered

KEPT_PAST = 4
_PAST: OrderedDict[Any, Run] = OrderedDict()


def explained(key: RunKey, month: int, who: str, row: int, language: str) -> dict[str, Any]:
    """Return the title and the blocks of sentences on a person or an office after `month`.

    `other` is the office that the person holds, or the person who holds the office, or -1. Raises
    ParameterError where there is nobody of that number.
    """
    society = run_at(key, month).society
    office = who == "office"
    mine, other = (society.offices, "holder") if office else (society.people, "office")
    if not 0 <= row < len(mine):
        raise ParameterError(f"There is no {who} {row}: there are {len(mine)}, counted from 0.")
    found = {"other": int(mine[other][row])}
    if month == 0:
        return {**found, "title": "", "blocks": [["", [say("explain.nothing", language)]]]}
    told = (explain_office if office else explain_worker)(society, row, language)
    return {**found, "title": told.title, "blocks": _blocks(told)}


def run_at(key: RunKey, month: int) -> Run:
    """Return a run of this name that stands at `month`, to be looked at and not to be stepped."""
    playing = remembered(key)
    if playing and playing.month == month:
        return playing
    past = _PAST.pop(key.name(), None)
    if past is None or past.month > month:
        past = Run(key)
    past.advance(month)
    _PAST[key.name()] = past
    while len(_PAST) > KEPT_PAST:
        _PAST.popitem(last=False)
    return past


def _blocks(told: Explanation) -> list[list[Any]]:
    """Return (heading, sentences) of what was known, compared and done, without empty ones."""
    parts = zip(told.headings, (told.knew, told.compared, told.did), strict=True)
    return [[heading, list(sentences)] for heading, sentences in parts if sentences]
