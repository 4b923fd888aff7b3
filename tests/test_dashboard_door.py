"""The door of the server: what is open, who comes in, how fast a visitor may talk."""

import asyncio
from collections.abc import Coroutine
from concurrent.futures import ThreadPoolExecutor
from types import SimpleNamespace
from typing import Any

import pytest

from thermidor.dashboard import door, guests
from thermidor.dashboard.door import Door, Outbox, paced
from thermidor.dashboard.guests import TABS, Kernels
from thermidor.dashboard.pace import Bucket
from thermidor.dashboard.serve import DashboardError, announce, serve

KERNEL = "/jupyter/api/kernels/26169a09-2263-4deb-a4ff-511b3078fff2/channels"
SESSION = b"session_id=852b8488-91bb-4cce-816b-daa61c2a0f4c"


def lived[T](story: Coroutine[Any, Any, T]) -> T:
    """Live through a story in a thread of its own: a browser of other tests holds the main one."""
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(asyncio.run, story).result()


class House:
    """Guests of a test: full or not."""

    most = 3

    def __init__(self, full: bool = False) -> None:
        self.full = full

    def knows(self, kernel: str) -> bool:
        return False

    async def admits(self, cookies: str, expected: bool) -> bool:
        return not self.full


def knock(path: str, kind: str = "http", query: bytes = b"", full: bool = False) -> list[Any]:
    """Return what the door sends; what it lets through is answered with {"type": "in"}."""
    sent: list[Any] = []

    async def send(message: Any) -> None:
        sent.append(message)

    async def receive() -> Any:
        return {"type": "websocket.connect"}

    async def app(scope: Any, receive: Any, send: Any) -> None:
        await send({"type": "in"})

    scope = {"type": kind, "path": path, "query_string": query, "headers": []}
    lived(Door(app, House(full))(scope, receive, send))
    return sent


@pytest.mark.parametrize(
    "path",
    [
        "/",
        "/readyz",
        "/static/assets/custom.js",
        "/static/main-vuetify.js",
        "/_solara/cdn/@widgetti/solara-vuetify3-app@5.2.0/dist/main8.css",
        "/jupyter/nbextensions/jupyter-vue/nodeps.js",
        "/jupyter/anywidget.js",
        KERNEL.removesuffix("/channels"),  # before a browser connects anew
    ],
)
def test_what_the_page_asks_for_is_let_through(path: str) -> None:
    assert knock(path) == [{"type": "in"}]


@pytest.mark.parametrize(
    "path",
    [
        "/resourcez",
        "/etc/passwd",
        "/static/../serve.py",
        "/static/..",
        "/static/assets/../../serve.py",
        "/_solara/cdn/..",
        "/_solara/cdn/../../serve.py",
        "/_solara/cdn//etc/passwd",
        "/_solara/api/evict/x",
        "/static/public/x",
        "/static/assets/",
        "/jupyter/nbextensions/jupyter-vue/../x",
        "/jupyter/nbextensions/mine/notes.js",
        "/jupyter/api/kernels/x",
        "/notebooks/01.ipynb",
        "/static/a\\b",
        "/static/a\x00b",
        "/static/a\nb",
    ],
)
def test_everything_else_is_answered_with_a_sentence(path: str) -> None:
    start, body = knock(path)
    assert start["status"] == 404
    assert "nothing at this address" in body["body"].decode()
    assert "ничего нет" in body["body"].decode()


def test_a_full_class_is_told_and_the_page_looks_again() -> None:
    start, body = knock("/", full=True)
    assert start["status"] == 503
    assert "3 visitors are here already" in body["body"].decode()
    assert 'http-equiv="refresh"' in body["body"].decode()
    assert knock("/readyz", full=True) == [{"type": "in"}]


def test_only_a_proper_connection_with_room_is_let_through() -> None:
    assert knock(KERNEL, "websocket", SESSION) == [{"type": "in"}]
    for path, query, full in (
        (KERNEL, SESSION, True),
        (KERNEL, b"session_id=../../x", False),
        (KERNEL, b"", False),
        ("/jupyter/api/kernels/../../x/channels", SESSION, False),
    ):
        assert knock(path, "websocket", query, full)[0]["type"] == "websocket.close"


def test_who_talks_too_fast_waits_and_who_does_not_is_never_held_up() -> None:
    calm, hasty = Bucket(rate=20, burst=200), Bucket(rate=20, burst=200)
    assert max(calm.take(second / 10) for second in range(3000)) == 0
    waits = [hasty.take(100 + second / 1000) for second in range(1000)]
    assert waits[150] == 0
    assert waits[-1] == pytest.approx((1000 - 200) / 20, rel=0.05)


def test_a_hasty_connection_is_not_read_from_meanwhile(monkeypatch: pytest.MonkeyPatch) -> None:
    slept: list[float] = []

    async def sleep(seconds: float) -> None:
        slept.append(seconds)

    async def receive() -> Any:
        return {"type": "websocket.receive", "text": "{}"}

    async def flood() -> None:
        wait = paced(receive)
        for _ in range(int(door.AT_ONCE) + 50):
            await wait()

    monkeypatch.setattr(door.asyncio, "sleep", sleep)
    lived(flood())
    assert 0 < len(slept) <= 50
    assert sum(slept) > 0.5


def test_a_visitor_who_does_not_read_holds_up_nobody_and_is_let_go() -> None:
    sent: list[Any] = []
    reading = asyncio.Event()

    async def slow(message: Any) -> None:
        await reading.wait()
        sent.append(message["type"])

    async def fill() -> None:
        outbox = Outbox(slow)
        message = {"type": "websocket.send", "bytes": bytes(1_000_000)}
        for _ in range(4):
            await asyncio.wait_for(outbox.send(message), 1)
        for _ in range(2):
            with pytest.raises(OSError, match="does not read"):
                await outbox.send(message)
        reading.set()
        await asyncio.sleep(0.01)
        outbox.close()

    lived(fill())
    assert sent == ["websocket.send", "websocket.close"]


def test_messages_arrive_in_order() -> None:
    sent: list[Any] = []

    async def send(message: Any) -> None:
        await asyncio.sleep(0)
        sent.append(message["text"])

    async def talk() -> None:
        outbox = Outbox(send)
        for number in range(50):
            await outbox.send({"type": "websocket.send", "text": str(number)})
        await asyncio.sleep(0.05)
        outbox.close()

    lived(talk())
    assert sent == [str(number) for number in range(50)]


# --- how many come in


def tab(session: str, *states: guests.PageStatus) -> SimpleNamespace:
    one = SimpleNamespace(session_id=session, page_status=dict(enumerate(states)))
    one.close = lambda reason: guests.contexts.pop(f"{session}-{id(one)}")
    return one


@pytest.fixture
def house(monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    contexts: dict[str, Any] = {}
    monkeypatch.setattr(guests, "contexts", contexts)
    return contexts


def fill(house: dict[str, Any], *tabs: SimpleNamespace) -> None:
    house |= {f"{one.session_id}-{id(one)}": one for one in tabs}


def admits(kernels: Kernels, cookies: str = "", expected: bool = False) -> bool:
    return lived(kernels.admits(cookies, expected))


CONNECTED, DISCONNECTED = guests.PageStatus.CONNECTED, guests.PageStatus.DISCONNECTED


def test_no_more_come_in_than_there_is_room_for(house: dict[str, Any]) -> None:
    kernels = Kernels(2)
    assert admits(kernels)
    assert admits(kernels)
    assert not admits(kernels)  # two have opened the page and are about to connect
    assert admits(kernels, expected=True)
    fill(house, tab("anna", CONNECTED))
    assert admits(kernels, expected=True)
    fill(house, tab("boris", CONNECTED))
    assert not admits(kernels)
    assert not admits(kernels, expected=True)


def test_who_is_in_may_reload_but_not_open_tab_after_tab(house: dict[str, Any]) -> None:
    fill(house, tab("anna", CONNECTED))
    kernels = Kernels(1)
    assert not admits(kernels, "solara-session-id=boris")
    assert admits(kernels, "solara-session-id=anna")
    fill(house, *(tab("anna", CONNECTED) for _ in range(TABS - 1)))
    assert not admits(kernels, "solara-session-id=anna")


def test_who_lost_the_connection_gives_the_place_to_who_comes(house: dict[str, Any]) -> None:
    fill(house, tab("anna", CONNECTED), tab("boris", DISCONNECTED), tab("vera", DISCONNECTED))
    assert admits(Kernels(3))
    assert [one.session_id for one in house.values()] == ["anna", "vera"]


# --- starting


def test_a_class_is_told_where_to_find_the_page(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    found = [("192.168.1.20", "wlan0"), ("10.0.0.4", "eth0")]
    monkeypatch.setattr("thermidor.dashboard.addresses.own_addresses", lambda: found)
    announce("0.0.0.0", 8765, 40)
    told = capsys.readouterr().out
    for part in ("http://127.0.0.1:8765/", "http://192.168.1.20:8765/  (wlan0)", "40 visitors"):
        assert part in told
    announce("127.0.0.1", 8765, 40)
    assert "192.168.1.20" not in capsys.readouterr().out
    found.clear()
    announce("0.0.0.0", 8765, 40)
    assert "no network" in capsys.readouterr().out


def test_a_class_of_nobody_is_refused() -> None:
    with pytest.raises(DashboardError, match="room for one visitor"):
        serve(visitors=0)
