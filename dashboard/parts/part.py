"""One view's conversation with the server."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import Future
from typing import Any, ClassVar, Protocol

from ..compute import Computer
from ..session import Session


class Host(Protocol):
    """What a part needs of the visitor's page."""

    session: Session
    computer: Computer

    def send(self, content: Any, buffers: Any = None) -> None: ...

    def later(
        self,
        future: Future[Any],
        send: Callable[[Any], None],
        refuse: Callable[[str], None],
        wanted: Callable[[], bool] = ...,
    ) -> None: ...


class Part:
    """Answers the messages of one view, named "NAME.kind", for one visitor.

    The browser asks and the server answers: nothing is computed that was not asked for, and what
    takes long is asked for piece by piece, so that a closed tab costs nothing.
    """

    name: ClassVar[str]

    def __init__(self, host: Host) -> None:
        self.host = host

    def answer(self, kind: str, message: dict[str, Any]) -> None:
        """Do what the browser asks for; a ValueError is told to the visitor as a sentence."""
        raise NotImplementedError

    def tell(self, kind: str, buffers: Sequence[bytes] = (), **content: Any) -> None:
        """Send "NAME.kind" to the browser."""
        self.host.send({"kind": f"{self.name}.{kind}", **content}, buffers=list(buffers))

    def later(
        self,
        future: Future[Any],
        send: Callable[[Any], None],
        wanted: Callable[[], bool] = lambda: True,
        **asked: Any,
    ) -> None:
        """Call `send` with the result when it is there; a failure is told as "NAME.failed"."""
        self.host.later(
            future, send, lambda reason: self.tell("failed", reason=reason, **asked), wanted
        )
