"""The one decorator of compiled code, and five small functions every rule may use."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from hashlib import sha256
from pathlib import Path
from typing import Any, cast

import numpy as np
from numba import njit

LOG2_E = 1.4426950408889634
LN2_HIGH, LN2_LOW = 6.93147180369123816490e-01, 1.90821492927058770002e-10  # their sum is ln 2
WHOLE = 1.5 * 2.0**52  # added to a number, it leaves the number's whole part in the last bits


def rule[F: Callable[..., Any]](function: F) -> F:
    """Compile a pure rule or a loop over columns; cached on disk, exact arithmetic.

    Division by zero gives inf or nan, as in NumPy: a loop that might raise could not take several
    people at a time. What must not be divided by zero is guarded where it is written.
    Numba notices a change only in a function's own file. Rules call one another and index columns
    across files, so a cached rule here is valid for exactly one state of all sources. Where nothing
    may be written to disk it is compiled anew by every process.
    """
    return _compiled(function)


def inner[F: Callable[..., Any]](function: F) -> F:
    """Compile a part of the month, as `rule` does, for compiled code only.

    To let Python hand over tables, rules and behaviour takes longer to compile than most parts.
    """
    return _compiled(function, no_cpython_wrapper=True)


def _compiled[F: Callable[..., Any]](function: F, **options: Any) -> F:
    """Compile a function, and tie what is kept on disk to the state of all sources."""
    options |= {"no_cfunc_wrapper": True}  # nobody calls it from C
    try:
        compiled = njit(cache=True, error_model="numpy", **options)(function)
    except RuntimeError:  # no folder for the cache
        compiled = njit(error_model="numpy", **options)(function)
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
def exponential(x: float) -> float:
    """Return e to the power of x, for x within -700 and 700, right to the last bit but one.

    Unlike `math.exp` it is no call into a library, so that loops can take several people at a time:
    e^x = 2^n e^r with |r| < 0.35 and e^r by its Taylor series.

    >>> exponential(0.0), round(exponential(1.0), 12)
    (1.0, 2.718281828459)
    """
    shifted = x * LOG2_E + WHOLE
    n = shifted - WHOLE
    r = (x - n * LN2_HIGH) - n * LN2_LOW
    series = 1.0 / 6227020800.0
    series = series * r + 1.0 / 479001600.0
    series = series * r + 1.0 / 39916800.0
    series = series * r + 1.0 / 3628800.0
    series = series * r + 1.0 / 362880.0
    series = series * r + 1.0 / 40320.0
    series = series * r + 1.0 / 5040.0
    series = series * r + 1.0 / 720.0
    series = series * r + 1.0 / 120.0
    series = series * r + 1.0 / 24.0
    series = series * r + 1.0 / 6.0
    series = series * r + 0.5
    series = series * r * r + r + 1.0
    bits = np.float64(shifted).view(np.int64) + 1023
    return series * np.int64(bits << 52).view(np.float64)


@rule
def logistic(x: float) -> float:
    """Return the probability whose log odds are x.

    >>> logistic(0.0)
    0.5
    """
    return 1.0 / (1.0 + exponential(-clamp(x, -60.0, 60.0)))


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
