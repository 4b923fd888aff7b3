"""The door of the server: what can be reached, how many come in, how fast one of them may talk.

Solara serves more than this page needs (every extension of notebooks that is installed, its own
state). The door lets through what the page asks for and answers everything else with a sentence.
A visitor is one tab: one websocket, and one kernel of Solara behind it.
"""

from __future__ import annotations

import asyncio
import re
import time
from collections import deque
from collections.abc import Awaitable, Callable, MutableMapping
from html import escape
from typing import Any, Protocol

from ..texts import languages, say
from .pace import Bucket

type Scope = MutableMapping[str, Any]
type Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
type Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]
type App = Callable[[Scope, Receive, Send], Awaitable[None]]

WORD = r"[\w.@-]+"
ID = r"[0-9a-f-]{36}"
OPEN = re.compile(
    rf"/|/readyz|/_thermidor/{WORD}|/_solara/api/close/{ID}|/jupyter/api/kernels/{ID}"
    rf"|/static/(?:assets/)?{WORD}|/_solara/cdn(?:/{WORD})+"
    rf"|/jupyter/nbextensions/(?:anywidget|jupyter-vue|jupyter-vuetify)/{WORD}",
    re.ASCII,
)
# A module of the page, by the name it is asked for until the browser has read where it lies, and
# where it lies. Both are fetched side by side: on a slow line the map may come last.
NICKNAMES = {"/jupyter/anywidget.js": "/jupyter/nbextensions/anywidget/index.js"}
KERNEL = re.compile(rf"/jupyter/api/kernels/({ID})/channels", re.ASCII)
SESSION = re.compile(rf"session_id={ID}", re.ASCII)
LONGEST = 64 * 1024  # bytes of one message; the page's own are below one kilobyte
MESSAGES, AT_ONCE = 20.0, 200.0  # messages a second in the long run, and in a burst
MOST_WAITING = 4_000_000  # bytes a visitor may leave unread before the connection is given up
FAREWELL = {"type": "websocket.close", "code": 1008, "reason": "Too much was left unread."}
COME_AGAIN = 15  # seconds until the page of a full house looks again


class Guests(Protocol):
    """Who is in: the visitors of the server."""

    most: int

    def knows(self, kernel: str) -> bool:
        """Say whether this visitor is in, perhaps without a connection at the moment."""
        ...

    async def admits(self, cookies: str, expected: bool) -> bool:
        """Say whether one more may come in; those who opened the page are expected for a while."""
        ...


class Door:
    """Stands before the server's app and lets in what belongs to the page."""

    def __init__(self, app: App, guests: Guests) -> None:
        self.app = app
        self.guests = guests

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let one connection through, or answer it here."""
        if scope["type"] == "http":
            await self._request(scope, receive, send)
        elif scope["type"] == "websocket":
            await self._connection(scope, receive, send)
        else:
            await self.app(scope, receive, send)

    async def _request(self, scope: Scope, receive: Receive, send: Send) -> None:
        path: str = NICKNAMES.get(scope["path"]) or scope["path"]
        if not OPEN.fullmatch(path) or ".." in path:
            await answer(send, 404, "nothing_here")
            return
        if path == "/" and not await self.guests.admits(cookies_of(scope), expected=False):
            await answer(send, 503, "full", most=self.guests.most)
            return
        await self.app({**scope, "path": path}, receive, send)

    async def _connection(self, scope: Scope, receive: Receive, send: Send) -> None:
        kernel = KERNEL.fullmatch(scope["path"])
        if kernel is None or not SESSION.fullmatch(scope["query_string"].decode("latin-1")):
            await send({"type": "websocket.close", "code": 1008})
            return
        known = self.guests.knows(kernel[1])
        if not known and not await self.guests.admits(cookies_of(scope), expected=True):
            await send({"type": "websocket.close", "code": 1013})
            return
        outbox = Outbox(send)
        try:
            await self.app(scope, paced(receive), outbox.send)
        finally:
            outbox.close()


def paced(receive: Receive) -> Receive:
    """Let a visitor who talks too fast wait; meanwhile nothing more is read from the connection."""
    bucket = Bucket(MESSAGES, AT_ONCE)

    async def wait() -> MutableMapping[str, Any]:
        message = await receive()
        if delay := bucket.take(time.monotonic()):
            await asyncio.sleep(delay)
        return message

    return wait


class Outbox:
    """What is on the way to one visitor, so that nobody waits for one who does not read."""

    def __init__(self, send: Send) -> None:
        self._send = send
        self._waiting: deque[MutableMapping[str, Any]] = deque()
        self._bytes = 0
        self._lost = False
        self._task: asyncio.Task[None] | None = None

    async def send(self, message: MutableMapping[str, Any]) -> None:
        """Put a message into the queue; what opens or closes the connection goes at once.

        Raises OSError, as a lost connection does, when the visitor leaves too much unread.
        """
        if message["type"] != "websocket.send":
            await self._send(message)
            return
        self._bytes += size_of(message)
        if self._bytes > MOST_WAITING and not self._lost:
            self._lost = True
            self._waiting.clear()
            self._waiting.append(FAREWELL)
        if self._lost:
            raise OSError("The visitor does not read.")
        self._waiting.append(message)
        if self._task is None or self._task.done():  # begins here, and mostly ends here, too
            loop = asyncio.get_running_loop()
            self._task = asyncio.Task(self._deliver(), loop=loop, eager_start=True)

    async def _deliver(self) -> None:
        try:
            while self._waiting:
                message = self._waiting.popleft()
                await self._send(message)
                self._bytes -= size_of(message)
        except (OSError, RuntimeError):  # the connection is gone
            self._lost = True

    def close(self) -> None:
        """Forget what was not delivered."""
        self._waiting.clear()
        if self._task:
            self._task.cancel()


def size_of(message: MutableMapping[str, Any]) -> int:
    """Return the bytes, or the signs, that a message carries."""
    return len(message.get("bytes") or message.get("text") or "")


def cookies_of(scope: Scope) -> str:
    """Return the cookies of a request as the browser wrote them."""
    found = (value for name, value in scope["headers"] if name == b"cookie")
    return next(found, b"").decode("latin-1")


async def answer(send: Send, status: int, key: str, **values: Any) -> None:
    """Answer with a small page: one sentence in every language."""
    sentences = ((code, say(f"door.{key}", code, **values)) for code in languages())
    lines = "".join(f'<p lang="{code}">{escape(line)}</p>' for code, line in sentences)
    again = f'<meta http-equiv="refresh" content="{COME_AGAIN}">' if status == 503 else ""
    page = (
        '<!doctype html><html><head><meta charset="utf-8"><title>Thermidor</title>'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"{again}</head>"
        '<body style="font: 1.1rem/1.5 serif; max-width: 34em; margin: 15vh auto; padding: 0 1em">'
        f"<h1>Thermidor</h1>{lines}</body></html>"
    ).encode()
    headers = [(b"content-type", b"text/html; charset=utf-8"), (b"cache-control", b"no-store")]
    if status == 503:
        headers.append((b"retry-after", str(COME_AGAIN).encode()))
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": page})
