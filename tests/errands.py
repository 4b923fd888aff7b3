"""Errands for processes under test, which find them by importing this module."""

import os
import signal
import sys
import time
from multiprocessing import connection
from pathlib import Path
from typing import Any

LARGE = 5_000_000  # bytes; no pipe holds so many at once


def be_killed() -> None:
    os.kill(os.getpid(), signal.SIGTERM if sys.platform == "win32" else signal.SIGKILL)


def be_killed_while_answering() -> bytes:
    """Return much, of which this process will write a part before it is killed."""
    write = connection.Connection._send  # pyright: ignore[reportAttributeAccessIssue]

    def write_a_part(pipe: Any, answer: Any) -> None:
        write(pipe, answer[: len(answer) // 2])
        be_killed()

    connection.Connection._send = write_a_part  # pyright: ignore[reportAttributeAccessIssue]
    return bytes(LARGE)


def answer(size: int) -> bytes:
    return bytes(size)


def wait_for(path: Path) -> int:
    """Say by whom it is done, once there is a file."""
    while not path.exists():
        time.sleep(0.01)
    return os.getpid()


def fail(words: str) -> None:
    raise ZeroDivisionError(words)


class Unsendable(Exception):
    def __reduce__(self) -> Any:
        raise TypeError("stays here")


class OfTwoParts(Exception):
    def __init__(self, first: str, second: str) -> None:
        super().__init__(f"Of two parts: {first} and {second}")


def fail_in_two_parts() -> None:
    raise OfTwoParts("here", "there")


def fail_unsendably() -> None:
    raise Unsendable("for reasons of its own")
