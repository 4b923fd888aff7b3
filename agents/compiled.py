"""The one decorator of compiled code, and four small functions every rule may use."""

from __future__ import annotations

import math
from collections.abc import Callable
from functools import lru_cache
from hashlib import sha256
from pathlib import Path
from typing import Any, cast

from numba import njit


def rule[F: Callable[..., Any]](function: F) -> F:
    """Compile a pure rule or a loop over columns; cached on disk, exact arithmetic.

    Numba notices a change only in a function's own file. Rules call one another and index columns
    across files, so a cached rule here is valid for exactly one state of all sources.
    """
    compiled = njit(cache=True, nogil=True)(function)
    cache_file = getattr(getattr(compiled, "_cache", None), "_cache_file", None)
    if cache_file is not None:
        cache_file._source_stamp = sources()
    return cast(F, compiled)


@lru_cache(maxsize=1)
def sources() -> str:
    """Return a fingerprint of every source file that compiled code may depend on."""
    root = Path(__file__).parent.parent
    digest = sha256()
    for folder in ("agents", "model"):
        for path in sorted((root / folder).glob("*.py")):
            digest.update(path.read_bytes())
    return digest.hexdigest()


@rule
def clamp(x: float, low: float, high: float) -> float:
    """Return x held between low and high.

    >>> clamp(1.5, 0.0, 1.0)
    1.0
    """
    return min(max(x, low), high)


@rule
def logistic(x: float) -> float:
    """Return the probability whose log odds are x.

    >>> logistic(0.0)
    0.5
    """
    return 1.0 / (1.0 + math.exp(-clamp(x, -60.0, 60.0)))


@rule
def even(u: float) -> float:
    """Turn one uniform draw into an even one with mean 0 and sd 1, between -1.73 and 1.73.

    >>> even(0.5)
    0.0
    """
    return 3.4641016151377544 * (u - 0.5)


@rule
def toward(current: float, goal: float, speed: float) -> float:
    """Return `current` moved by the share `speed` of its distance to `goal`.

    >>> toward(0.0, 1.0, 0.25)
    0.25
    """
    return current + speed * (goal - current)
