"""How much of the machine one visitor may take, and how many visitors it carries."""

from __future__ import annotations

from dataclasses import dataclass, field
from threading import Condition

MEMORY_OF_ONE = 20_000_000  # bytes a visitor is allowed for, with everything computed for them
FEWEST, MOST = 10, 200  # visitors at once, if nothing else is said


@dataclass
class Bucket:
    """A token bucket: `burst` messages at once, `rate` a second in the long run.

    Times are in seconds, of any clock that only goes forward.
    """

    rate: float
    burst: float
    _level: float = field(init=False)
    _last: float = field(init=False, default=0.0)

    def __post_init__(self) -> None:
        self._level = self.burst

    def take(self, now: float) -> float:
        """Take one token and return how many seconds to wait until it is there.

        >>> bucket = Bucket(rate=2, burst=2)
        >>> [bucket.take(10.0) for _ in range(4)]
        [0.0, 0.0, 0.5, 1.0]
        """
        self._level = min(self.burst, self._level + (now - self._last) * self.rate) - 1
        self._last = now
        return max(0.0, -self._level / self.rate)


class Pending:
    """Counts what is being computed for one visitor, so that nobody takes all of the machine."""

    def __init__(self, most: int) -> None:
        self.most = most
        self.count = 0
        self._changed = Condition()

    def begin(self) -> None:
        """Count one more."""
        with self._changed:
            self.count += 1

    def end(self, _: object = None) -> None:
        """Count one less, and let go on who waits for it."""
        with self._changed:
            self.count -= 1
            self._changed.notify_all()

    def wait(self, seconds: float) -> bool:
        """Wait until there is room for more; return whether there is after so many seconds."""
        with self._changed:
            return self._changed.wait_for(lambda: self.count < self.most, seconds)


def usual_visitors(memory: float) -> int:
    """Return how many visitors a computer carries with half of so many bytes of memory.

    >>> usual_visitors(4e9), usual_visitors(1e8), usual_visitors(1e12)
    (100, 10, 200)
    """
    return int(min(MOST, max(FEWEST, memory / 2 / MEMORY_OF_ONE)))
