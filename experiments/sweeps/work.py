"""The books of a sweep under way: what is to be done, what is done, how long it takes."""

from __future__ import annotations

import math
import random
import time
from collections.abc import Iterator

import numpy as np

from ...model.declaration import ParameterError
from ..identity import model_fingerprint
from ..pool import ExperimentError
from .design import Design
from .jobs import Chunk, Made, chunks, recipe_of
from .parts import Contents
from .results import enter, survey
from .store import Store

SHORTEST, LONGEST = 0.1, 5.0  # seconds of work in a chunk
SHARES = 50  # chunks for each worker, if they stay between these bounds
GLANCE = 5.0  # seconds between two looks at what other processes have added

Shard = tuple[int, int]  # the k-th of n


class Work:
    """What one process is to see to, and how far it is.

    `workers` is how many make runs for it at the same time; `pace` how long runs take beside what
    was expected of them.
    """

    def __init__(
        self,
        design: Design,
        store: Store,
        shard: Shard | None = None,
        retry: bool = False,
        new: bool = True,
    ) -> None:
        self.design, self.store, self.new = design, store, new
        found = survey(store, design)
        for name in found.damaged:
            store.set_aside(name)
        self.done, self.failed = found.done, found.failed
        if retry:
            self.done &= ~self.failed
        self.mine = runs_of(design.runs, shard)
        self.seen = set(found.files)
        self.looked = time.monotonic()
        self.pace, self.workers = 1.0, 1
        self.recipe = recipe_of(design, store.sweep)
        self.wanted = int(self.mine.sum())

    @property
    def finished(self) -> int:
        """How many of them are done."""
        return int((self.done & self.mine).sum())

    def chunks(self) -> Iterator[Chunk]:
        """Yield chunks of runs that nobody has done yet."""
        left = self.wanted - self.finished

        def length(expected: float) -> float:
            seconds = expected * self.pace
            share = left * seconds / (SHARES * self.workers)
            return min(max(share, SHORTEST), LONGEST) / seconds

        yield from chunks(self.design, self._pending(), length)

    def keep(self, made: Made) -> None:
        """Write down a chunk that came in."""
        if made.model != model_fingerprint():
            raise ExperimentError(
                "a worker has another version of the model than this program; "
                "install the same one everywhere"
            )
        self.seen.add(self.store.add(made))
        enter(self.done, self.failed, Contents(made.numbers, made.failed))
        self.pace = math.sqrt(self.pace * made.seconds / made.expected)

    def _pending(self) -> Iterator[int]:
        """Yield the runs not done, looking now and then for those that others have done.

        Whoever joins a sweep under way starts somewhere in its middle, so as not to make the same
        runs at the same time; the order changes nothing else.
        """
        todo = np.flatnonzero(self.mine & ~self.done)
        if not self.new and len(todo):
            todo = np.roll(todo, -random.SystemRandom().randrange(len(todo)))
        for number in map(int, todo):  # no list, which would be large for a million
            if time.monotonic() - self.looked > GLANCE:
                self._look()
            if not self.done[number]:
                yield number

    def _look(self) -> None:
        """Take note of parts that other processes have added."""
        new = [name for name in self.store.names() if name not in self.seen]
        for _, found in self.store.sound(new):
            if isinstance(found, Contents):
                enter(self.done, self.failed, found)
        self.seen.update(new)
        self.looked = time.monotonic()


def check_shard(shard: Shard | None) -> None:
    """See to it that there is such a shard. Raises ParameterError."""
    if shard is None:
        return
    place, count = shard
    if count < 1:
        raise ParameterError(
            f"a sweep has at least one shard, not {count}; the nearest valid shard is 1/1"
        )
    if not 1 <= place <= count:
        closest = min(max(place, 1), count)
        raise ParameterError(
            f"a shard is one of 1/{count} to {count}/{count}, not {place}/{count}; "
            f"the nearest valid shard is {closest}/{count}"
        )


def runs_of(runs: int, shard: Shard | None) -> np.ndarray:
    """Return which runs belong to a shard, every n-th. Raises ParameterError.

    >>> runs_of(5, (2, 3)).tolist()
    [False, True, False, False, True]
    """
    check_shard(shard)
    place, count = shard or (1, 1)
    mine = np.zeros(runs, dtype=bool)
    mine[place - 1 :: count] = True
    return mine
