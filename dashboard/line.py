"""The line to one visitor: what was said just before a connection was lost is said again.

Both sides number what they say and tell how much they have heard; what comes out of turn is not
heard. When the browser is back it says so, and each side repeats what the other has not heard.
Without it a page would wait for an answer that was lost with the connection.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Sequence
from threading import Lock
from typing import Any

MOST_KEPT = 4_000_000  # bytes beside the messages that are kept for a visitor who is away

type Speak = Callable[[dict[str, Any], Sequence[bytes]], None]


class Line:
    """Numbers what is said and heard; `speak` sends one message to the browser."""

    def __init__(self, speak: Speak) -> None:
        self._speak = speak
        self._said = 0
        self._heard = 0
        self._kept: deque[tuple[dict[str, Any], Sequence[bytes]]] = deque()
        self._lock = Lock()  # several threads deliver

    def say(self, content: dict[str, Any], buffers: Sequence[bytes] = ()) -> None:
        """Send a message, and keep it until the browser has heard it."""
        with self._lock:
            self._said += 1
            message = ({**content, "number": self._said}, buffers)
            self._kept.append(message)
            while sum(map(_size, self._kept)) > MOST_KEPT:
                self._kept.popleft()
            self._speak(*message)

    def hear(self, message: object) -> bool:
        """Take note of a message of the browser; say whether it is to be answered."""
        if not isinstance(message, dict):
            return True
        heard, number = message.get("heard"), message.get("number")
        if isinstance(heard, int):
            self._forget(heard)
        if message.get("kind") == "resume":
            self._repeat(number)
            return False
        if not isinstance(number, int):
            return True
        if number != self._heard + 1:
            return False
        self._heard = number
        return True

    def _forget(self, heard: int) -> None:
        with self._lock:
            while self._kept and self._kept[0][0]["number"] <= heard:
                self._kept.popleft()

    def _repeat(self, first: object) -> None:
        """Say again what was not heard; the browser has kept its messages from `first` on."""
        if isinstance(first, int):
            self._heard = max(self._heard, first - 1)
        with self._lock:
            oldest = self._kept[0][0]["number"] if self._kept else self._said + 1
            self._speak({"kind": "resumed", "heard": self._heard, "first": oldest}, ())
            for message in self._kept:
                self._speak(*message)


def _size(message: tuple[dict[str, Any], Sequence[bytes]]) -> int:
    return sum(map(len, message[1]))
