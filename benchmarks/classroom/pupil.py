"""One pupil: a connection that opens the page, finds its society and asks for months."""

from __future__ import annotations

import asyncio
import time
import urllib.request
from collections import deque
from typing import Any, Self
from uuid import uuid4

from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import WebSocketException

from .wire import Message, packed, unpacked

PATIENCE = 30.0  # seconds a pupil waits for an answer before the session counts as lost


class Lost(Exception):
    """The session is lost; the message says how."""


def cookie_of(url: str, query: str = "") -> str:
    """Open the page over HTTP and return the cookie it sets."""
    with urllib.request.urlopen(url + query, timeout=PATIENCE) as answer:
        answer.read()
        return answer.headers["Set-Cookie"].partition(";")[0]


class Pupil:
    """A visitor without a screen: the same messages as a browser's, and when they were answered.

    The months that arrive are counted and forgotten; `state` is the state of the page.
    """

    def __init__(self, url: str, query: str = "") -> None:
        self.url = url
        self.query = query
        self.kernel = str(uuid4())
        self.session = str(uuid4())
        self.cookie = ""
        self.stage = ""
        self.state: Message = {}
        self.months = 0
        self.received = 0
        self.said = 0
        self.heard = 0
        self.failures: list[str] = []
        self.comms: set[str] = set()
        self.answers: deque[Message] = deque(maxlen=20)
        self._news = asyncio.Condition()
        self._socket: ClientConnection | None = None
        self._reader: asyncio.Task[None] | None = None
        self._ended = ""

    async def arrive(self) -> Self:
        """Open the page and run the app, as the browser's script does."""
        self.cookie = await asyncio.to_thread(cookie_of, self.url, self.query)
        await self.connect()
        control = uuid4().hex
        await self.say("kernel_info_request", {})
        await self.say(
            "comm_open", {"comm_id": control, "target_name": "solara.control", "data": {}}
        )
        arguments = {"path": f"/{self.query}", "appName": None, "dark": False, "themes": {}}
        data = {"method": "run", "args": arguments}
        await self.say("comm_msg", {"comm_id": control, "data": data})
        await self.until(lambda: self.stage != "")
        return self

    async def connect(self) -> None:
        """Open the websocket, of a new kernel or again of the one that is known."""
        address = self.url.replace("http", "ws", 1)
        address += f"jupyter/api/kernels/{self.kernel}/channels?session_id={self.session}"
        headers = {"Cookie": self.cookie}
        self._ended = ""
        self._socket = await connect(
            address, additional_headers=headers, max_size=None, proxy=None, open_timeout=PATIENCE
        )
        self._reader = asyncio.create_task(self._listen(self._socket))

    async def drop(self) -> None:
        """Lose the connection, as a tablet does that is closed."""
        assert self._socket
        assert self._reader
        self._reader.cancel()
        self._socket.transport.abort()
        self._socket = None

    async def leave(self) -> None:
        """Close the tab: the browser tells the server with its last breath."""
        path = f"_solara/api/close/{self.kernel}?session_id={self.session}"
        headers = {"Cookie": self.cookie}
        request = urllib.request.Request(self.url + path, b"", headers, method="POST")
        await asyncio.to_thread(lambda: urllib.request.urlopen(request, timeout=PATIENCE).close())
        if self._reader:
            self._reader.cancel()
        if self._socket:
            await self._socket.close()

    async def say(self, kind: str, content: Message) -> None:
        """Send a message of the kernel's protocol."""
        if self._socket is None or self._ended:
            raise Lost(self._ended or "the connection was never opened")
        try:
            await self._socket.send(packed(kind, content, self.session))
        except WebSocketException as error:
            raise Lost(f"the connection ended: {error}") from None

    async def send(self, kind: str, **content: Any) -> None:
        """Send what the page's own script would send to its society."""
        self.said += 1
        message = {"kind": kind, **content, "number": self.said, "heard": self.heard}
        await self.talk({"method": "custom", "content": message})

    async def talk(self, data: Message) -> None:
        """Send a message to the widget that is the page."""
        await self.say("comm_msg", {"comm_id": self.stage, "data": data})

    async def ask(self, start: int, count: int) -> None:
        """Ask for months, and wait until they have come."""
        before = self.received
        await self.send("months", generation=self.state["generation"], start=start, count=count)
        await self.until(lambda: self.received > before)

    async def change(self, kind: str, **content: Any) -> None:
        """Change the society, and wait until the page knows."""
        before = self.state["generation"]
        await self.send(kind, **content)
        await self.until(lambda: self.state["generation"] != before)

    async def refresh(self) -> None:
        """Come back as a browser does: ask for the state and for what was lost on the way."""
        self.state = {}
        await self.talk({"method": "request_state"})
        content = {"kind": "resume", "heard": self.heard, "number": self.said + 1}
        await self.talk({"method": "custom", "content": content})
        await self.until(lambda: bool(self.state))

    async def until(self, done: Any, patience: float = PATIENCE) -> float:
        """Wait until something is so; return the time. Raises Lost when it does not come."""
        try:
            async with asyncio.timeout(patience), self._news:
                await self._news.wait_for(lambda: done() or bool(self._ended))
        except TimeoutError:
            raise Lost(f"no answer in {patience:g} seconds; {list(self.answers)[-1:]}") from None
        if self._ended and not done():
            raise Lost(self._ended)
        return time.perf_counter()

    async def _listen(self, socket: ClientConnection) -> None:
        try:
            async for data in socket:
                message, _ = unpacked(data)
                self._hear(message["header"]["msg_type"], message["content"])
                async with self._news:
                    self._news.notify_all()
        except WebSocketException as error:
            self._ended = f"the connection ended: {error}"
        else:
            self._ended = f"the connection was closed: {socket.close_reason or socket.close_code}"
        async with self._news:
            self._news.notify_all()

    def _hear(self, kind: str, content: Message) -> None:
        data = content.get("data", {})
        if kind == "comm_msg":
            self.comms.add(content["comm_id"])
        state = data.get("state", {})
        if kind == "comm_open" and state.get("_model_name") == "AnyModel":
            self.stage = content["comm_id"]
        if content.get("comm_id") != self.stage:
            return
        if "state" in state:
            self.state = state["state"]
        if data.get("method") == "custom":
            self._take(data["content"])

    def _take(self, message: Message) -> None:
        self.heard = message.get("number", self.heard)
        if message["kind"] == "frames":
            self.received += 1
            self.months += message["count"]
        elif message["kind"].endswith("failed"):
            self.failures.append(message["reason"])
        else:
            self.answers.append(message)
