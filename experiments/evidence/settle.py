"""The defaults: what sources suggest, with as few fields moved as the patterns ask for.

The middle of an ensemble, field by field, need not fit: what fits are combinations. The defaults
are therefore sought from the sources' side: one field after the other is tried on a few levels of
its plausible range, by the patterns that hang on it, and moved where all patterns together come
nearer. A move must prove itself again and again in societies with other seeds, else luck would move
many.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

import numpy as np

from ...model.parameters import Behaviour
from ..pool import in_order
from .calibration import SECONDS, SEED, Fit, distance, misses
from .emulator import bends, influences, strongest
from .split import CALIBRATION
from .validate import chosen

LEVELS = (0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9)  # of the prior, tried for each field
GAIN = 0.001  # how much nearer all patterns must come on the mean, each time, to move a field
ROUNDS = 2  # times that every field is tried
MOST = 5  # fields tried for each pattern at least
TIMES = 12  # so many more runs of every arm than for a draw
PROOFS = (SEED + 1, SEED + 2, SEED + 3)  # of the societies in which a move must prove itself

Told = Callable[[str, float], object]  # a field, and its value after it was tried


@dataclass(frozen=True)
class Settled:
    """Behaviour as it is shipped, how far it misses the patterns, and how far its sources did.

    `tried` are the fields that were tried, moved or not.
    """

    behaviour: Behaviour
    tried: tuple[str, ...]
    misses: dict[str, float]
    misses_of_sources: dict[str, float]

    @property
    def moved(self) -> dict[str, float]:
        """Fields that left what their source suggests, and where they went."""
        now, before = self.behaviour.model_dump(), sourced().model_dump()
        return {name: now[name] for name in now if now[name] != before[name]}


def sourced() -> Behaviour:
    """Return behaviour as its sources suggest it, before anything is fitted."""
    return Behaviour(**{name: facts["sourced"] for name, facts in Behaviour.describe().items()})


def mattering(fit: Fit) -> dict[str, tuple[str, ...]]:
    """Return by field the patterns that hang on it, surely or more than on others.

    Fields with the fewest come first: what serves one pattern alone is moved for its sake before
    what pulls at many.
    """
    points = np.array([particle.quantiles for particle in fit.draws])
    missed = np.array([list(particle.misses.values()) for particle in fit.draws])
    named = influences(points, missed) | bends(points, missed) | strongest(points, missed, MOST)
    patterns = list(fit.draws[0].misses)
    hang = {
        name: tuple(patterns[k] for k in np.flatnonzero(named[:, place]))
        for place, name in enumerate(fit.given.names)
    }
    return dict(sorted(((n, p) for n, p in hang.items() if p), key=lambda item: len(item[1])))


def settle(
    fit: Fit,
    replicates: int,
    processes: int,
    told: Told = lambda name, value: None,
    ids: Sequence[str] = CALIBRATION,
) -> Settled:
    """Move fields, one after the other, to the level where what hangs on them is nearest.

    `replicates` are those of the draws; here every arm is lived through TIMES as often.
    """
    now, hang, levels = sourced(), mattering(fit), _levels(fit)
    scales = Scales(replicates * TIMES, processes)
    for _ in range(ROUNDS):
        for name, patterns in hang.items():
            tried = [now.replace(**{name: value}) for value in levels[name]]
            stays, *moves = scales.distances([now, *tried], patterns, SEED)
            best = tried[int(np.argmin(moves))]
            proved = (scales.gain(now, best, ids, seed) > GAIN for seed in (SEED, *PROOFS))
            if min(moves) < stays and all(proved):
                now = best
            told(name, getattr(now, name))
    return Settled(now, tuple(hang), *scales.misses([now, sourced()], ids, PROOFS[0]))


class Scales:
    """How far behaviours miss patterns; each is weighed once in the societies of a seed."""

    def __init__(self, replicates: int, processes: int) -> None:
        self.replicates = replicates
        self.processes = processes
        self._known: dict[tuple[Behaviour, str, int], float] = {}

    def misses(
        self, behaviours: Sequence[Behaviour], ids: Sequence[str], seed: int
    ) -> list[dict[str, float]]:
        """Return by pattern how far each behaviour misses, in order."""
        asked = dict.fromkeys((behaviour, name, seed) for behaviour in behaviours for name in ids)
        new = [each for each in asked if each not in self._known]
        work = partial(_weigh, replicates=self.replicates)
        found = in_order(work, new, self.processes, lambda each: SECONDS)
        self._known.update(zip(new, found, strict=True))
        return [{name: self._known[each, name, seed] for name in ids} for each in behaviours]

    def distances(
        self, behaviours: Sequence[Behaviour], ids: Sequence[str], seed: int
    ) -> list[float]:
        """Return the mean over patterns of how far each behaviour misses them, in order."""
        return [distance(found) for found in self.misses(behaviours, ids, seed)]

    def gain(self, now: Behaviour, moved: Behaviour, ids: Sequence[str], seed: int) -> float:
        """Return how much nearer a move brings the patterns, on the mean."""
        stays, moves = self.distances([now, moved], ids, seed)
        return stays - moves


def _weigh(what: tuple[Behaviour, str, int], replicates: int) -> float:
    behaviour, name, seed = what
    return misses(chosen([name]), behaviour, replicates, seed)[name]


def _levels(fit: Fit) -> dict[str, list[float]]:
    """Return the values tried for each field, to two digits."""
    ends = [
        fit.given.behaviour(np.full(len(fit.given.names), quantile)).model_dump()
        for quantile in LEVELS
    ]
    return {name: [float(f"{end[name]:.2g}") for end in ends] for name in fit.given.names}
