"""What the views' parts on a server would answer, asked beforehand and kept.

Only questions whose answers do not depend on what a reader does: those that need something
computed for a society of the reader's own stay with the server.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import Future
from typing import Any

from ...texts import languages
from ..compute import call
from ..lessons import packs
from ..parts import parts
from ..session import Session
from ..story import RUNS, STEPS

type Answers = dict[str, dict[str, Any]]  # question -> message to the browser


def answers() -> dict[str, Answers]:
    """Return the answers in every language; under "any" those without words."""
    found = {"any": _asked(Desk("en"), _wordless())}
    return found | {code: _asked(Desk(code), _worded()) for code in languages()}


def question(message: dict[str, Any]) -> str:
    """Write a question as the page's player does.

    >>> question({"kind": "learn.told", "step": "books", "run": 3})
    'learn.told run=3 step=books'
    """
    rest = sorted(f"{name}={value}" for name, value in message.items() if name != "kind")
    return " ".join([message["kind"], *rest])


def _wordless() -> Iterator[dict[str, Any]]:
    yield {"kind": "map.atlas"}
    yield {"kind": "learn.story"}
    for step in STEPS:
        yield from ({"kind": "learn.told", "step": step.name, "run": run} for run in range(RUNS))


def _worded() -> Iterator[dict[str, Any]]:
    yield {"kind": "explore.known"}
    yield {"kind": "learn.grounds"}
    yield {"kind": "teach.list"}
    yield from ({"kind": "teach.pack", "name": name} for name in packs.names())


class Desk:
    """A host for the views' parts that computes at once and keeps what they send."""

    def __init__(self, language: str) -> None:
        self.session = Session(language=language)
        self.computer: Any = self  # computes tasks itself
        self.sent: list[dict[str, Any]] = []
        self.parts = parts(self)

    def send(self, content: Any, buffers: Any = None) -> None:
        """Keep a message to the browser."""
        self.sent.append(content)

    def task(self, name: object, function: str, *arguments: Any) -> Future[Any]:
        """Compute a task here and now."""
        done: Future[Any] = Future()
        done.set_result(call(function, *arguments))
        return done

    def later(
        self,
        future: Future[Any],
        send: Callable[[Any], None],
        refuse: Callable[[str], None],
        wanted: Callable[[], bool] = lambda: True,
    ) -> None:
        """Send what has been computed."""
        send(future.result())


def _asked(desk: Desk, questions: Iterator[dict[str, Any]]) -> Answers:
    found = {}
    for message in questions:
        view, kind = message["kind"].split(".")
        desk.parts[view].answer(kind, message)
        found[question(message)] = desk.sent.pop()
    return found
