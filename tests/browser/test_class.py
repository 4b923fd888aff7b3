"""A class at once: what visitors find who lose the connection, and what nobody can reach."""

import asyncio
import os
import re
import signal
import socket
import urllib.error
import urllib.request
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import psutil
import pytest
from browser.conftest import Server
from browser.visitors import Arrive, Visitor
from playwright.sync_api import WebSocketRoute

from thermidor.benchmarks.classroom import Lost, Pupil
from thermidor.dashboard.door import LONGEST

pytestmark = [pytest.mark.browser, pytest.mark.slow]

LEAVE = "solara.debug.dropConnection()"
BACK = "solara.debug.reconnectCount >= {} && document.querySelector('.connection').hidden"


def mark(visitor: Visitor) -> None:
    """Leave something on the page that is gone when it is loaded again."""
    visitor.page.evaluate("window.still_here = true")


def is_same_page(visitor: Visitor) -> bool:
    return visitor.page.evaluate("window.still_here === true")


class Wire:
    """The cable of a visitor, which can be pulled out; lay it before the page is opened."""

    def __init__(self, visitor: Visitor) -> None:
        self.page = visitor.page
        self.cut = False
        self.sides: list[WebSocketRoute] = []
        self.page.route_web_socket(re.compile("/channels"), self.connect)

    def connect(self, browser: WebSocketRoute) -> None:
        if self.cut:
            browser.close()
        else:
            self.sides += [browser, browser.connect_to_server()]

    def pull(self) -> None:
        """Pull the cable out and wait until the page says so."""
        self.cut = True
        while self.sides:
            self.sides.pop().close()
        self.page.wait_for_selector(".connection:not([hidden])")

    def plug(self) -> None:
        self.cut = False


def test_a_lost_connection_is_taken_up_again_where_it_was(arrive: Arrive) -> None:
    visitor = arrive().open("?scenario=nomenklatura")
    visitor.set_range("openness", 0.3)
    visitor.page.wait_for_function("location.search.includes('openness=0.3')")
    mark(visitor)
    visitor.go(30)
    visitor.page.evaluate(f"{LEAVE}; document.querySelector('.play').click()")
    visitor.page.wait_for_function(BACK.format(1))
    visitor.page.wait_for_function("Number(document.querySelector('.month b').textContent) >= 60")
    visitor.go(120)  # more than had arrived before
    assert is_same_page(visitor)
    assert visitor.shown("openness") == "30%"


def test_a_change_made_while_the_connection_was_lost_is_not_lost(arrive: Arrive) -> None:
    visitor = arrive()
    wire = Wire(visitor)
    visitor.open()
    mark(visitor)
    wire.pull()
    visitor.set_range("openness", 0.2)
    wire.plug()
    visitor.page.wait_for_function("location.search.includes('openness=0.2')")
    visitor.page.wait_for_function(BACK.format(1))
    visitor.go(24)
    assert is_same_page(visitor)


def test_who_comes_back_after_being_forgotten_finds_the_same_society(
    arrive_at_small: Arrive,
) -> None:
    visitor = arrive_at_small()
    wire = Wire(visitor)
    visitor.open("?scenario=nomenklatura&seed=5&lang=ru&at=24:wage_cap=1.5")
    mark(visitor)
    visitor.go(36)
    wire.pull()
    visitor.page.wait_for_timeout(5000)
    wire.plug()
    visitor.page.wait_for_function("window.still_here === undefined")
    visitor.page.wait_for_selector(".thermidor .key li")
    visitor.go(36)
    assert visitor.shown("wage_cap").startswith("1,5")
    assert visitor.page.locator("#seed").input_value() == "5"
    assert visitor.page.locator("html").get_attribute("lang") == "ru"


def test_a_full_class_is_told_and_the_page_opens_when_somebody_leaves(
    arrive_at_small: Arrive,
) -> None:
    first, second, third = (arrive_at_small() for _ in range(3))
    first.open()
    second.open("?lang=ru")
    third.page.goto(third.url + "?scenario=nomenklatura")
    assert "2 visitors are here already" in third.page.locator("p[lang=en]").inner_text()
    second.page.reload()  # who is in may load the page again
    second.page.wait_for_selector(".thermidor .key li")
    first.page.close()
    third.page.wait_for_selector(".thermidor .key li")  # by itself
    assert "scenario=nomenklatura" in third.page.url
    assert [error for error in third.errors if not error.startswith("503")] == []
    third.errors.clear()


def test_a_killed_process_costs_a_visitor_nothing_but_a_moment(
    arrive: Arrive, server: Server
) -> None:
    visitor = arrive().open("?seed=77")
    visitor.page.locator(".speed").select_option("24")
    visitor.page.get_by_role("button", name="Play").click()
    visitor.page.wait_for_function("Number(document.querySelector('.month b').textContent) >= 5")
    for process in psutil.Process(server.process.pid).children(recursive=True):
        if "spawn_main" in " ".join(process.cmdline()):
            os.kill(process.pid, signal.SIGKILL)
    visitor.page.wait_for_function(
        "Number(document.querySelector('.month b').textContent) >= 200", timeout=120_000
    )
    assert visitor.page.locator(".regime").inner_text() != ""


# --- what nobody can reach


def status(server: Server, path: str) -> int:
    """Return how the server answers a path that is sent just as it is written."""
    host, port = server.url.removeprefix("http://").strip("/").split(":")
    with socket.create_connection((host, int(port)), 30) as connection:
        request = f"GET {path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n"
        connection.sendall(request.encode())
        return int(connection.makefile("rb").readline().split()[1])


@pytest.mark.parametrize(
    "path",
    [
        "/etc/passwd",
        "/static/..%2fserve.py",
        "/static/%2e%2e/%2e%2e/pyproject.toml",
        "/static/../../../../../../etc/passwd",
        "/static/assets/..%2f..%2fserve.py",
        "/static/public/..%2fserve.py",
        "/_solara/cdn/..%2f..%2fserve.py",
        "/_solara/cdn/%2fetc/passwd",
        "/_solara/cdn/@widgetti/",
        "/jupyter/nbextensions/",
        "/jupyter/nbextensions/jupyter-vue/..%2f..%2f..%2fetc/passwd",
        "/jupyter/nbextensions/..%5c..%5cserve.py",
        "/notebooks/",
        "/tree",
        "/resourcez?verbose",
        "/_solara/api/evict/x",
        "/_thermidor/serve.py",
        "/readyz%00",
    ],
)
def test_no_file_or_path_is_reachable(server: Server, path: str) -> None:
    assert status(server, path) == 404


def test_what_the_page_needs_is_there(server: Server) -> None:
    for path in ("/", "/readyz", "/_thermidor/page.js", "/static/assets/custom.css"):
        assert status(server, path) == 200
    again = urllib.request.Request(f"{server.url}_thermidor/page.js")
    with urllib.request.urlopen(again) as answer:
        again.add_header("If-None-Match", answer.headers["ETag"])
    with pytest.raises(urllib.error.HTTPError, match="304"):
        urllib.request.urlopen(again)


def visit(server: Server, story: Any) -> Any:
    """Let a visitor without a screen live through a story, in a thread of its own."""

    async def tell() -> Any:
        pupil = await Pupil(server.url).arrive()
        try:
            return await story(pupil)
        finally:
            await pupil.leave()

    with ThreadPoolExecutor(1) as thread:
        return thread.submit(asyncio.run, tell()).result()


@pytest.mark.parametrize(
    "content",
    [
        {"kind": "scenario", "name": "../../../../etc/passwd"},
        {"kind": "open", "search": "?scenario=/etc/passwd"},
        {"kind": "months", "generation": 0, "start": "x", "count": []},
        {"kind": "explore.explain", "who": "person", "row": 10**9, "month": 3},
        {"kind": "no such thing"},
    ],
)
def test_a_message_reaches_no_file_and_is_answered_by_a_sentence(
    server: Server, content: dict[str, Any]
) -> None:
    async def story(pupil: Pupil) -> list[str]:
        await pupil.send(**content)
        await pupil.until(lambda: pupil.failures)
        return pupil.failures

    (reason,) = visit(server, story)
    assert "root:" not in reason
    assert "Traceback" not in reason
    assert reason.endswith(".")


def test_a_browser_makes_no_widgets_and_no_other_kernel_answers_it(server: Server) -> None:
    async def story(pupil: Pupil) -> None:
        state = {
            "_model_module": "@jupyter-widgets/controls",
            "_model_module_version": "2.0.0",
            "_model_name": "HTMLModel",
            "_view_module": "@jupyter-widgets/controls",
            "_view_module_version": "2.0.0",
            "_view_name": "HTMLView",
        }
        opened = {"comm_id": "made-outside", "target_name": "jupyter.widget"}
        await pupil.say("comm_open", {**opened, "data": {"state": state}})
        data = {"method": "request_state"}
        await pupil.say("comm_msg", {"comm_id": "made-outside", "data": data})
        await pupil.ask(0, 3)
        assert "made-outside" not in pupil.comms

    visit(server, story)


def test_a_message_that_is_too_large_ends_only_the_own_connection(server: Server) -> None:
    async def story(other: Pupil) -> None:
        pupil = await Pupil(server.url).arrive()
        await pupil.send("note", name="map.x", value="x" * LONGEST)
        with pytest.raises(Lost):
            await pupil.ask(0, 3)
        await other.ask(0, 3)
        await pupil.connect()
        await pupil.refresh()
        await pupil.ask(3, 3)
        await pupil.leave()

    visit(server, story)
