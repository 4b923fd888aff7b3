"""What came of the societies of the view Learn, computed in a simulating process.

Like `runs`, this module loads the compiled model; the server itself never imports it.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Any

import pandas as pd

from ..agents.explain import explain_office
from ..agents.offices import TIERS
from ..experiments.seeds import replicate_seeds
from ..model.society import Society
from ..model.verdict import CONTROLLED, verdict
from ..texts import languages
from .frames import RunKey, plain
from .story import RUNS, SEED, challenge_key, step

MEASURES = (
    "needs_met",
    "capture",
    "privilege",
    "irremovability",
    "co_optation",
    "participation",
    "distortion",
    "hidden_capacity",
    "indicator_gap",
)
YEAR = 12


def told(name: str, run: int) -> dict[str, Any]:
    """Return what came of a step's society in one of its runs, beside the other, and the answer.

    Both have the same seed, hence the same chance events.
    """
    asked = step(name)
    here = lived(name, run)
    there = lived(asked.beside, run) if asked.beside else None
    return {"run": run, "answer": asked.bet.answer(here, there), "here": here, "there": there}


@lru_cache(maxsize=1000)
def lived(name: str, run: int) -> dict[str, Any]:
    """Return what came of one run of a step's society; runs are counted from 0."""
    asked = step(name)
    seed = replicate_seeds(SEED, RUNS)[run]
    society = lived_through(asked.key(seed), asked.months)
    found = outcome(society)
    if asked.office:
        office = society.offices["tier"].tolist().index(TIERS.index(asked.office))
        found["values"]["office"] = float(society.offices["diversion"][office])
        found["official"] = {
            language: _month_of(society, office, language) for language in languages()
        }
    return plain({"seed": seed, **found})


def attempt(text: str, number: int) -> dict[str, Any]:
    """Return what came of a reader's constitution in one of the futures."""
    key = challenge_key(text, number)
    society = lived_through(key, key.scenario.months)
    return plain({"future": number, **outcome(society)})


def lived_through(key: RunKey, months: int) -> Society:
    """Return the society of a key after so many months, with the rules changed at its opening."""
    society = Society(key.opening(), rng=key.seed)
    society.run_for(months)
    return society


def outcome(society: Society) -> dict[str, Any]:
    """Sum up a history.

    `held` counts the months under control, `lost` is the month since which there has been none
    (None if there is control at the end), `values` are last year's means, `years` every year's,
    `spells` the regimes in turn, each with its first month.
    """
    history = society.history()
    judged = verdict(history)
    controlled = [regime in CONTROLLED for regime in judged.regimes]
    last = max((month for month, held in enumerate(controlled, 1) if held), default=0)
    years = _yearly(history)
    return {
        "months": len(history),
        "regime": judged.regime,
        "onset": judged.onset,
        "indicators": list(judged.indicators),
        "first_eroded": judged.first_eroded,
        "spells": spells(judged.regimes),
        "held": sum(controlled),
        "lost": None if judged.controlled else last + 1,
        "values": {name: float(years[name].iloc[-1]) for name in MEASURES},
        "years": {name: years[name].round(4).tolist() for name in MEASURES},
    }


def spells(regimes: Sequence[str]) -> list[tuple[str, int]]:
    """Return every regime with the month since which it held, in the order of time.

    >>> spells(["contested", "contested", "restoration"])
    [('contested', 1), ('restoration', 3)]
    """
    before = [None, *regimes[:-1]]
    changes = enumerate(zip(before, regimes, strict=True), 1)
    return [(regime, month) for month, (last, regime) in changes if regime != last]


def _yearly(history: pd.DataFrame) -> pd.DataFrame:
    """Return the means of whole years, counted from the end."""
    age = (history["month"].iloc[-1] - history["month"]) // YEAR
    return history[list(MEASURES)].groupby(age).mean().iloc[::-1]


def _month_of(society: Society, office: int, language: str) -> dict[str, Any]:
    """Return what an official knew and compared before the bet, and did after it."""
    told = explain_office(society, office, language)
    return {"title": told.title, "knew": told.knew, "compared": told.compared, "did": told.did}
