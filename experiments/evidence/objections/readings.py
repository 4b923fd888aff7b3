"""What is read of a society that an objection is tried on: measures, and some things besides."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from ....agents.offices import LOSER, OFFICIAL, PLANNER, Office, OfficeCode
from ....agents.people import Person
from ....model.recall import HONEST_BELOW
from ....model.society import Society
from ..pattern import last_means, ratio

MONTHS = 180
WINDOW = 84  # last months over which measures are averaged
YEAR = 12


def yearly_readings(society: Society) -> dict[str, float]:
    """Return what no measure holds, as it stands now: shares 0..1.

    `honest`: of held offices, those whose misuse would count as honest in a recall; `top_take`:
    what planners and delegates take, of final goods; `council_share`: of decisions taken by the
    council in fact; `cynicism`: mean over people.
    """
    offices = society.offices
    held = offices.codes[OfficeCode.HOLDER] >= 0
    honest = offices.values[Office.MISUSE][held] < HONEST_BELOW
    top = offices.codes[OfficeCode.TIER] >= PLANNER
    taken = float(offices.values[Office.TAKE][top].sum())
    return {
        "honest": float(honest.mean()) if len(honest) else 1.0,
        "top_take": taken / max(society.final_goods(), 1e-12),
        "council_share": society.council_share,
        "cynicism": float(society.people.values[Person.CYNICISM].mean()),
    }


def final_readings(society: Society, years: Sequence[dict[str, float]]) -> dict[str, float]:
    """Return the means of all measures over the window, and of the yearly readings in it."""
    kept = years[-WINDOW // YEAR :]
    return {
        **last_means(society, WINDOW),
        **{name: float(np.mean([year[name] for year in kept])) for name in kept[0]},
    }


def attendance(society: Society) -> dict[str, float]:
    """Return by how much attendance at meetings fell from the first two years to the last two."""
    came = society.history()["attendance"].to_numpy()
    return {"decay": float(came[: 2 * YEAR].mean() - came[-2 * YEAR :].mean())}


def recalled(society: Society) -> dict[str, float]:
    """Return how many were recalled, of them the honest and those whom losers or officials hit.

    `honest_share` and `by_rivals` are shares of those removed, NaN where there were none.
    """
    history = society.history()
    removed = float(history["recalls_removed"].sum())
    honest = float(history["recalls_of_honest"].sum())
    rivals = sum(
        event["kind"] == "recalled" and event["initiator"] in (LOSER, OFFICIAL)
        for event in society.events
    )
    return {
        "removed": removed,
        "honest_share": ratio(honest, removed),
        "by_rivals": ratio(float(rivals), removed),
    }


def cap_raised(society: Society, dropped: float = 6.0) -> dict[str, float]:
    """Return by how many mean wages the cap on pay was raised; no cap counts as `dropped`."""
    cap = np.nan_to_num(society.history()["rule_wage_cap"].to_numpy(), nan=dropped)
    return {"cap_raised": float(cap[-1] - cap[0])}
