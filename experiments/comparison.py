"""Compare two scenarios run by run: the same seeds, hence the same chance events."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from ..model.declaration import ParameterError
from ..model.scenario import Scenario
from ..texts import say
from . import wording
from .intervals import chance_of_split, mean_intervals
from .pool import Changes, ExperimentError, Job, Outcome, Progress, outcomes
from .runs import (
    Interrupted,
    Result,
    behaving,
    counter,
    kept_seeds,
    resolve,
    result_of,
    workers_for,
)

NAMED = 3  # differences that a sentence can bear


@dataclass(frozen=True, eq=False)
class Comparison:
    """Two results with the same seeds, pair by pair.

    `changes` holds what rules each of the two changes on the way, as in `run`.
    """

    a: Result
    b: Result
    last: int = field(default=12, repr=False)
    changes: tuple[Changes, Changes] = field(default=((), ()), repr=False)

    @cached_property
    def differing(self) -> dict[str, tuple[Any, Any]]:
        """What sets the scenarios apart: dotted path -> value in a, value in b."""
        return wording.differences(self.a.scenario, self.b.scenario)

    @cached_property
    def differences(self) -> pd.DataFrame:
        """By measure, b against a over the last months of each pair.

        Columns: `a`, `b` (means over runs), `difference` (b minus a, mean over pairs), `low` and
        `high` (95 % interval by Student's t over pairs), `higher`, `lower`, `equal` (numbers of
        pairs in which b is higher, lower, the same).
        """
        first, second = self.a.last_means(self.last), self.b.last_means(self.last)
        gaps = (second - first).to_numpy()
        mean, low, high = mean_intervals(gaps)
        columns = {
            "a": first.mean().to_numpy(),
            "b": second.mean().to_numpy(),
            "difference": mean,
            "low": low,
            "high": high,
            "higher": (gaps > 0.0).sum(axis=0),
            "lower": (gaps < 0.0).sum(axis=0),
            "equal": (gaps == 0.0).sum(axis=0),
        }
        return pd.DataFrame(columns, index=pd.Index(first.columns, name="measure"))

    @cached_property
    def control(self) -> dict[str, int]:
        """In how many pairs control from below held: in a, in b, only in one, in both or none.

        It held where the verdict is control from below, needs met or in want.
        """
        first = np.array([v.controlled for v in self.a.verdicts])
        second = np.array([v.controlled for v in self.b.verdicts])
        return {
            "pairs": len(first),
            "a": int(first.sum()),
            "b": int(second.sum()),
            "only_a": int((first & ~second).sum()),
            "only_b": int((second & ~first).sum()),
            "same": int((first == second).sum()),
        }

    @property
    def chance(self) -> float:
        """The chance of so uneven a split of pairs if neither scenario were better at control."""
        return chance_of_split(self.control["only_a"], self.control["only_b"])

    def labels(self, language: str = "en") -> tuple[str, str]:
        """Return what to call the two: their titles, or A and B where these are the same."""
        first, second = (wording.title(r.scenario, language) for r in (self.a, self.b))
        return (first, second) if first != second else ("A", "B")

    def sentence(self, language: str = "en") -> str:
        """Say in words what differs and in how many pairs control from below held."""
        return f"{self.what_differs(language)} {self.how_control_fared(language)}"

    def how_control_fared(self, language: str = "en") -> str:
        """Say in how many pairs control from below held."""
        a, b = self.labels(language)
        return say("compare.sentence", language, first=a, second=b, **self.control)

    def what_differs(self, language: str = "en") -> str:
        """Say which settings differ; name them if they are few."""
        a, b = self.labels(language)
        if self.changes[0] == self.changes[1]:
            return self._what_differs_at_first(language)
        if not self.differing:
            return say("compare.way", language, first=a, second=b)
        return f"{self._what_differs_at_first(language)} {say('compare.way_too', language)}"

    def _what_differs_at_first(self, language: str) -> str:
        a, b = self.labels(language)
        if not self.differing:
            return say("compare.nothing", language, first=a, second=b)
        if len(self.differing) == 1:
            path, pair = next(iter(self.differing.items()))
            values = [wording.value_words(path, value, language) for value in pair]
            rule = wording.label(path, language)
            words = {"rule": rule, "value_a": values[0], "value_b": values[1]}
            return say("compare.one", language, first=a, second=b, **words)
        named = ", ".join(wording.label(path, language) for path in list(self.differing)[:NAMED])
        count = len(self.differing)
        key = "compare.several" if count <= NAMED else "compare.many"
        return say(key, language, first=a, second=b, count=count, list=named)


def compare(
    a: Scenario | str | Path,
    b: Scenario | str | Path,
    seed: int = 1,
    replicates: int = 20,
    processes: int = 1,
    months: int | None = None,
    progress: Progress | None = None,
    last: int = 12,
    ensemble: bool = False,
    changes: tuple[Changes, Changes] = ((), ()),
) -> Comparison:
    """Run two scenarios with the same seeds, so that chance events are the same within a pair.

    `last` is the number of months at the end over which measures are averaged; the rest is as in
    `run` (with `ensemble`, both of a pair behave as the same member; `changes` holds those of `a`
    and those of `b`). Raises what `run` raises, and ParameterError when the two differ in length.
    """
    pair = (resolve(a, months), resolve(b, months))
    if pair[0].months != pair[1].months:
        raise ParameterError(
            f"the two run for {pair[0].months} and {pair[1].months} months, which cannot be "
            "compared; say for how many months both shall run"
        )
    seeds = kept_seeds(seed, replicates, 2 * pair[0].months)
    jobs = [
        Job(2 * index + side, behaving(scenario, index, ensemble), each, changes[side])
        for index, each in enumerate(seeds)
        for side, scenario in enumerate(pair)
    ]
    done: list[Outcome] = []
    try:
        for outcome in outcomes(jobs, workers_for(processes, jobs), counter(jobs, progress)):
            done.append(outcome)
    except KeyboardInterrupt:
        raise Interrupted(_comparison(pair, done, last, changes)) from None
    except ExperimentError as fault:
        fault.result = _comparison(pair, done, last, changes)
        raise
    comparison = _comparison(pair, done, last, changes)
    assert comparison is not None
    return comparison


def _comparison(
    pair: tuple[Scenario, Scenario],
    done: list[Outcome],
    last: int,
    changes: tuple[Changes, Changes],
) -> Comparison | None:
    """Put outcomes together into whole pairs; None if there is none."""
    made = {outcome.index for outcome in done}
    whole = [outcome for outcome in done if outcome.index ^ 1 in made]
    if not whole:
        return None
    sides = [[o.moved(o.index // 2) for o in whole if o.index % 2 == side] for side in (0, 1)]
    return Comparison(result_of(pair[0], sides[0]), result_of(pair[1], sides[1]), last, changes)
