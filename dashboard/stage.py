"""The widget that draws everything that moves, and what it sends and is sent.

The browser plays; the server answers requests for months. What moves travels as binary messages,
never as reactive state; only the session's state is a trait. What is the same for all visitors
(scripts, styles, texts) comes as one file, see `shared.py`.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import AbstractContextManager, nullcontext
from functools import cache
from pathlib import Path
from typing import Any

import anywidget
import traitlets

from ..model.declaration import ParameterError
from ..scenarios import load_scenario, names
from ..texts import say, table
from .compute import COMPUTER, Computer, ComputerError
from .frames import Chunk
from .line import Line
from .pace import Pending
from .parts import Part, parts
from .session import VIEWS, Session
from .state import state_of

FOLDER = Path(__file__).parent / "static" / "stage"
LEARN = (
    "page",
    "words",
    "trace",
    "scene",
    "luck",
    "story",
    "rules",
    "attempts",
    "challenge",
    "glossary",
    "checked",
)
SCRIPTS = (
    "words",
    "look",
    "canvas",
    "store",
    "marks",
    "ground",
    "society",
    "timeline",
    "chart",
    "verdict",
    "transport",
    "panel",
    "poster",
    "share",
    "views/view",
    "views/explore_explain",
    "views/map_sheet",
    "views/map_words",
    "views/explore_gallery",
    "regimes",
    "compare/counterpart",
    "compare/side",
    "compare/multiples",
    "compare/differing",
    "compare/pairs",
    *(f"views/learn_{name}" for name in LEARN),
    "ensemble/source",
    "ensemble/curve",
    *(f"views/{name}" for name in VIEWS),
    "connection",
    "main",
)
STYLES = ("shell", "stage", "controls", *(f"views/{name}" for name in VIEWS))
TEXTS = (
    *(f"view_{name}" for name in VIEWS),
    "atlas",
    "dashboard",
    "events",
    "explain",
    "measures",
    "practice",
    "regimes",
    "rules",
    "sectors",
    "share",
    "shell",
    "tiers",
    "ui",
    "verdict",
    "words",
)
MOST_AT_ONCE = 12  # computations for one visitor
PATIENCE = 60.0  # seconds a visitor's next message waits for them
DELIVERY = ThreadPoolExecutor(max_workers=4, thread_name_prefix="delivery")
log = logging.getLogger(__name__)


@cache
def script() -> str:
    """Return the widget's one ES module, put together from its files."""
    return "\n".join((FOLDER / f"{name}.js").read_text(encoding="utf-8") for name in SCRIPTS)


@cache
def style() -> str:
    """Return the widget's style sheet."""
    return "\n".join((FOLDER / f"{name}.css").read_text(encoding="utf-8") for name in STYLES)


@cache
def words_in(language: str) -> dict[str, Any]:
    """Return the texts the widget needs, in one language."""
    texts = table("", language)
    return {name: texts[name] for name in TEXTS}


@cache
def catalogue() -> list[dict[str, Any]]:
    """Return name and texts of every scenario."""
    kinds = ("title", "story", "anchored_on", "not_anchored_on")
    scenarios = [load_scenario(name) for name in names()]
    return [
        {"name": one.name, **{kind: dict(getattr(one, kind)) for kind in kinds}}
        for one in scenarios
    ]


def told(error: Exception, language: str) -> str:
    """Tell in one sentence what went wrong: what the visitor did, or what happened here."""
    if isinstance(error, ComputerError):
        return say(f"door.{error.key}", language)
    sentence = isinstance(error, ValueError) and str(error).endswith(".")
    if sentence or isinstance(error, ParameterError):
        return str(error)
    return say("door.unexpected", language, kind=type(error).__name__)


class Stage(anywidget.AnyWidget):
    """One visitor's page: transport, verdict, society, chart, log and rules."""

    # as text: a path would be watched, and whoever watches keeps every widget there ever was
    _esm = (FOLDER.parent / "shared" / "stub.js").read_text(encoding="utf-8")
    state = traitlets.Dict().tag(sync=True)

    def __init__(
        self,
        session: Session,
        computer: Computer = COMPUTER,
        context: Callable[[], AbstractContextManager[Any]] = nullcontext,
    ) -> None:
        self.session = session
        self.computer = computer
        self.context = context
        self.pending = Pending(MOST_AT_ONCE)
        self.line = Line(super().send)
        self.parts: dict[str, Part] = parts(self)
        super().__init__(state=state_of(session))
        self.on_msg(self._answer)

    def _answer(self, _: Any, message: Any, buffers: list[Any]) -> None:
        """Answer one message of the browser; a wrong one gets a sentence, not a traceback.

        This is the visitor's own thread, so that waiting here holds up nobody else.
        """
        if not self.line.hear(message):
            return
        try:
            if not self.pending.wait(PATIENCE):
                raise ValueError(say("door.too_much", self.session.language))
            self.answer(message)
        except (ValueError, TypeError, KeyError, AttributeError, OverflowError) as error:
            kind = message.get("kind") if isinstance(message, dict) else None
            part = self.part_for(kind)
            if part:
                part.tell("failed", reason=told(error, self.session.language), asked=str(kind))
            else:
                self.refuse(self.session.generation, told(error, self.session.language))

    def send(self, content: Any, buffers: Any = None) -> None:
        """Send a message to the browser, and again if the connection is lost before it arrives."""
        self.line.say(content, buffers or ())

    def part_for(self, kind: object) -> Part | None:
        """Return the part that answers messages like "compare.replicates", if there is one."""
        return self.parts.get(kind.partition(".")[0]) if isinstance(kind, str) else None

    def answer(self, message: dict[str, Any]) -> None:
        """Do what the browser asks for."""
        session = self.session
        match message:
            case {"kind": "months", "generation": generation, "start": start, "count": count}:
                if generation == session.generation:
                    self.send_months(*session.window(start, count))
                return
            case {"kind": "rule", "name": name, "value": value, "month": month}:
                session.change(str(name), value, int(month))
            case {"kind": "scenario", "name": name}:
                session.choose(str(name))
            case {"kind": "seed", "seed": seed}:
                session.reseed(int(seed))
            case {"kind": "member", "member": member}:
                session.behave(member)
            case {"kind": "restore"}:
                session.restore()
            case {"kind": "view", "name": view}:
                session.show(str(view))
            case {"kind": "note", "name": name, "value": value}:
                session.note(str(name), str(value))
            case {"kind": "open", "search": search}:
                session.open(str(search))
            case {"kind": "language", "language": language}:
                session.speak(str(language))
            case {"kind": str(kind)} if part := self.part_for(kind):
                part.answer(kind.partition(".")[2], message)
                return
            case _:
                raise ValueError("The page does not know what was asked for.")
        self.state = state_of(session)

    def send_months(self, start: int, count: int) -> None:
        """Have frames computed elsewhere and deliver them when they are there."""
        generation = self.session.generation

        def current() -> bool:
            return generation == self.session.generation

        def send(chunk: Chunk) -> None:
            header = {"kind": "frames", "generation": generation, **chunk.header()}
            self.send(header, buffers=chunk.buffers())

        future = self.computer.frames(self.session.key, start, count)
        self.later(future, send, lambda reason: self.refuse(generation, reason), current)

    def later(
        self,
        future: Future[Any],
        send: Callable[[Any], None],
        refuse: Callable[[str], None],
        wanted: Callable[[], bool] = lambda: True,
    ) -> None:
        """Send what will have been computed, or why it could not be, if it is still wanted then."""

        def deliver(done: Future[Any]) -> None:
            if self.comm is None or not wanted():
                return
            with self.context():
                try:
                    send(done.result())
                except Exception as error:
                    log.warning("An answer could not be computed or sent.", exc_info=True)
                    refuse(told(error, self.session.language))

        self.pending.begin()
        future.add_done_callback(self.pending.end)
        future.add_done_callback(lambda done: DELIVERY.submit(deliver, done))

    def refuse(self, generation: int, reason: str) -> None:
        """Tell the visitor in one sentence why something did not work."""
        self.send({"kind": "failed", "generation": generation, "reason": reason})
