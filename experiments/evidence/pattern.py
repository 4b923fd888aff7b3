"""What a pattern is: something known of real administrations, with an experiment that looks for it.

An experiment has arms. Arms differ in what is varied and share everything else, chance events
included: replicate k has the same seed in every arm. Each run is boiled down to readings, numbers
by name; a statistic is a function of the arms' mean readings; a check says within which range
it is to lie. Nothing here knows how the model works.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

import numpy as np

from ...model.measures import Measure
from ...model.scenario import Scenario
from ...model.society import Society

Means = Mapping[str, Mapping[str, float]]  # arm -> reading -> mean over replicates
Act = tuple[int, Callable[[Society], None]]  # after so many months, do this to the society
Reader = Callable[[Society], dict[str, float]]

MEASURES = tuple(measure.name.lower() for measure in Measure)


@dataclass(frozen=True)
class Arm:
    """One society of an experiment, lived through once a replicate.

    `behaviour` is laid over whatever behaviour the suite is run with: it is part of what the
    experiment varies or holds. `acts` are deeds from outside, by functions of a module.
    """

    scenario: Scenario
    behaviour: Mapping[str, float] = field(default_factory=dict)
    acts: tuple[Act, ...] = ()


@dataclass(frozen=True)
class Check:
    """A statistic and the range it must lie in (None: open at that end).

    With `surely`, all of its 95 % interval must lie there: for signs, where being near is nothing.
    """

    statistic: str
    says: str
    low: float | None = None
    high: float | None = None
    surely: bool = False

    def __post_init__(self) -> None:
        if self.low is None and self.high is None:
            raise ValueError(f"the check of {self.statistic} excludes nothing")


@dataclass(frozen=True)
class Pattern:
    """One pattern of the evidence and its experiment.

    `arms` makes the arms, `statistics` turns their mean readings into numbers that `checks` judge.
    `varied`, `held`, `published` and `note` are for readers; `note` says what a success or failure
    means, and what is in the model by construction. `read` adds readings, means over the last
    `looks` months, to the means of all measures over the last `window` months. In fitting, where
    chance would hide what parameters do, arms are lived through `repeats` times as often.
    """

    id: str
    sources: tuple[str, ...]
    varied: str
    held: str
    published: str
    arms: Callable[[], dict[str, Arm]]
    statistics: Callable[[Means], dict[str, float]]
    checks: tuple[Check, ...]
    note: str
    read: Reader | None = None
    window: int = 24
    looks: int = 1
    repeats: int = 1


def last_means(society: Society, window: int, until: int | None = None) -> dict[str, float]:
    """Return the mean of every measure over the `window` months up to month `until` (default: now).

    Raises ValueError when the society has not lived through those months.
    """
    last = society.month if until is None else until
    if not window <= last <= society.month:
        raise ValueError(f"months {last - window + 1} to {last} are not all lived through")
    months = society.history().iloc[last - window : last]
    return {name: float(months[name].to_numpy().mean()) for name in MEASURES}


def ratio(part: float, whole: float) -> float:
    """Return part / whole, NaN where the whole is nothing.

    >>> ratio(1.0, 4.0)
    0.25
    """
    return part / whole if whole else float("nan")


def relative(after: float, before: float) -> float:
    """Return by what share `after` differs from `before`; NaN where there was nothing before.

    >>> relative(0.8, 1.0).__round__(2)
    -0.2
    """
    return ratio(after - before, before)


def yearly(probability: float) -> float:
    """Return the monthly probability that gives `probability` (0..1, below one) in a year.

    >>> round(yearly(0.5), 4)
    0.0561
    """
    return float(1.0 - np.power(1.0 - probability, 1.0 / 12.0))
