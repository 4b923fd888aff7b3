"""One run, read: was control kept and for how long, what was met, and what the rules asked for.

What rules ask for is counted as it happened, from month to month: audits made, votes cast,
petitions begun, offices handed over, pay above a wage. Only what is published and what councils
decide is taken from the rules then in force.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ...agents.offices import BY_VOTE
from ...model.scenario import Scenario
from ...model.society import MEASURES, Society
from ...model.verdict import CONTROLLED, verdict

AMOUNTS = (
    "audits",
    "accounts",
    "votes",
    "petitions",
    "sessions",
    "meetings",
    "handovers",
    "pay",
    "machines",
)  # a year, for a hundred workers; what one of each is stands in texts, search.costs
YEAR, HUNDRED = 12, 100.0


@dataclass(frozen=True)
class Task:
    """One run to be made, known by its key."""

    key: str
    scenario: Scenario
    seed: int


@dataclass(frozen=True)
class Reading:
    """What one run came to.

    `kept` counts months until control was lost for good (all, if it was not), `amounts` follows
    AMOUNTS, `means` are those of the last year and follow MEASURES.
    """

    controlled: bool
    kept: int
    amounts: tuple[float, ...]
    means: tuple[float, ...]

    def row(self) -> list[float]:
        """Return the reading as one row of numbers.

        >>> Reading.of_row(Reading(True, 24, (1.0,) * 9, (0.5,) * len(MEASURES)).row()).kept
        24
        """
        return [int(self.controlled), self.kept, *self.amounts, *self.means]

    @classmethod
    def of_row(cls, row: list[float]) -> Reading:
        """Return the reading that a row stands for. Raises ValueError for any other row."""
        controlled, kept, *numbers = row
        count = len(AMOUNTS)
        if len(numbers) != count + len(MEASURES):
            raise ValueError("this row is no reading")
        return cls(bool(controlled), int(kept), tuple(numbers[:count]), tuple(numbers[count:]))


def live(task: Task) -> tuple[str, Reading]:
    """Live through one run and read it."""
    society = Society(task.scenario, rng=task.seed)
    votes = paid = 0.0
    for _ in range(task.scenario.months):
        society.live(1)
        votes += votes_cast(society)
        paid += paid_above_a_wage(society)
    return task.key, read(society, votes, paid)


def votes_cast(society: Society) -> float:
    """Return how many votes were cast this month, in elections and in ballots on recall."""
    if society.private:
        return 0.0
    offices = society.offices
    begun = (offices["term_left"] == offices["mandate"]) & (offices["holder"] >= 0)
    asked = (begun & (offices["elected"] == BY_VOTE)).astype(float) + offices["ballot"]
    return float((asked * (offices["stop"] - offices["start"]) * offices["turnout"]).sum())


def paid_above_a_wage(society: Society) -> float:
    """Return what office-holders were paid beyond a mean wage this month, in mean wages."""
    offices = society.offices
    above = offices["pay"] / max(society.mean_wage, 1e-12) - 1.0
    return float(np.maximum(above, 0.0)[offices["holder"] >= 0].sum())


def read(society: Society, votes: float, paid: float) -> Reading:
    """Sum up a society that has come to its end."""
    columns = society.columns()
    judged = verdict(columns)
    under = np.flatnonzero([regime in CONTROLLED for regime in judged.regimes])
    means = [float(columns[name][-YEAR:].mean()) for name in MEASURES]
    return Reading(
        judged.controlled,
        int(under[-1]) + 1 if len(under) else 0,
        tuple(_rounded(amount) for amount in _amounts(society, columns, votes, paid)),
        tuple(_rounded(mean) for mean in means),
    )


def _amounts(
    society: Society, columns: dict[str, np.ndarray], votes: float, paid: float
) -> list[float]:
    """Return the amounts of AMOUNTS, a year and a hundred workers."""
    offices, seats = len(society.offices), society.offices.seats
    each = HUNDRED / len(society.people)
    a_year = each * YEAR / society.month
    council = columns["rule_council_power"]
    return [
        float(columns["audits"].sum()) * a_year,
        float(columns["rule_openness"].mean()) * offices * each,
        votes * a_year,
        float(columns["recalls_attempted"].sum()) * a_year,
        float(council.mean()) * seats * YEAR * each,
        float((council * columns["attendance"]).mean()) * YEAR * HUNDRED,
        float(columns["turnover"].sum()) * offices * a_year,
        paid * a_year,
        float(columns["automation"].mean()) * HUNDRED,
    ]


def _rounded(value: float) -> float:
    """Return a number as it is kept on disk, so that kept and fresh readings are equal."""
    return float(f"{value:.6g}")
