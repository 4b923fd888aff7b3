"""Randomness: one stream per process, the same number of draws each month under all rules."""

from __future__ import annotations

from zlib import crc32

import numpy as np


class Streams:
    """Named NumPy generators spawned from one seed, each with a preallocated buffer.

    Every process asks for the same number of uniforms each month whatever the rules, so two
    scenarios with one seed share all draws (common random numbers).
    """

    def __init__(self, seed: int) -> None:
        self.seed = seed
        self._generators: dict[str, np.random.Generator] = {}
        self._buffers: dict[str, np.ndarray] = {}

    def generator(self, name: str) -> np.random.Generator:
        """Return the generator of one process, made on first use."""
        if name not in self._generators:
            sequence = np.random.SeedSequence(self.seed, spawn_key=(crc32(name.encode()),))
            self._generators[name] = np.random.Generator(np.random.PCG64(sequence))
        return self._generators[name]

    def uniforms(self, name: str, *shape: int) -> np.ndarray:
        """Return fresh uniforms in (0, 1); they last until this process asks again."""
        buffer = self._buffers.get(name)
        if buffer is None or buffer.shape != shape:
            buffer = self._buffers[name] = np.empty(shape)
        self.generator(name).random(out=buffer)
        return buffer
