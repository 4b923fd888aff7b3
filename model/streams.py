"""Randomness: one stream per process, the same number of draws each month under all rules."""

from __future__ import annotations

import math
from zlib import crc32

import numpy as np

AHEAD = 4096  # most numbers drawn at once beyond those of one month


class Streams:
    """Named NumPy generators spawned from one seed, each with a preallocated buffer.

    Every process asks for the same number of uniforms each month whatever the rules, so two
    scenarios with one seed share all draws (common random numbers).
    """

    def __init__(self, seed: int) -> None:
        self.seed = seed
        self._generators: dict[str, np.random.Generator] = {}
        self._buffers: dict[str, np.ndarray] = {}
        self._months: dict[str, list[np.ndarray]] = {}  # drawn and not handed out, the next last

    def generator(self, name: str) -> np.random.Generator:
        """Return the generator of one process, made on first use."""
        if name not in self._generators:
            sequence = np.random.SeedSequence(self.seed, spawn_key=(crc32(name.encode()),))
            self._generators[name] = np.random.Generator(np.random.PCG64(sequence))
        return self._generators[name]

    def uniforms(self, name: str, *shape: int) -> np.ndarray:
        """Return a month's fresh uniforms in (0, 1); they last until this process asks again.

        Small arrays are drawn for several months at once, in the order of single draws.
        """
        months = self._months.get(name) or self._draw(name, shape)
        return months.pop()

    def give_back(self, name: str, drawn: np.ndarray) -> None:
        """Let `drawn`, a month's uniforms of a process, be the next it is handed."""
        self._months[name].append(drawn)

    def _draw(self, name: str, shape: tuple[int, ...]) -> list[np.ndarray]:
        """Fill the buffer of a process, and return its months, the first of them last."""
        buffer = self._buffers.get(name)
        if buffer is None:
            ahead = max(1, AHEAD // math.prod(shape))
            buffer = self._buffers[name] = np.empty((ahead, *shape))
        self.generator(name).random(out=buffer)
        months = self._months[name] = list(buffer[::-1])
        return months
