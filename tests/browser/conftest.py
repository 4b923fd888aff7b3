"""A dashboard that is served and a browser that looks at it."""

import os
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

import pytest
from browser.visitors import Arrive, Visitor
from playwright.sync_api import Browser, expect, sync_playwright

from thermidor.benchmarks.classroom import chromium
from thermidor.benchmarks.classroom.served import free_port

SERVE = """
import sys
LOOPBACK = ("127.0.0.1", "::1", "localhost")
def watch(event, arguments):
    if event == "socket.connect" and isinstance(arguments[1], tuple):
        if arguments[1][0] not in LOOPBACK:
            print("LEFT THE MACHINE", arguments[1], file=sys.stderr, flush=True)
sys.addaudithook(watch)
if __name__ == "__main__":
    from thermidor.dashboard import serve
    port, visitors, timeout = sys.argv[1:]
    serve.ENVIRONMENT["SOLARA_KERNEL_CULL_TIMEOUT"] = timeout
    serve.serve(port=int(port), open_browser=False, visitors=int(visitors))
"""


PATIENCE = 60_000  # milliseconds in which what is expected of a page must come; as Visitor's


class Server(NamedTuple):
    """A dashboard that is served: its address, the file of its messages, its process."""

    url: str
    messages: Path
    process: subprocess.Popen


def wait_until_served(url: str, process: subprocess.Popen, seconds: float = 60) -> None:
    ends = time.monotonic() + seconds
    while time.monotonic() < ends:
        assert process.poll() is None, "the server ended by itself"
        try:
            with urllib.request.urlopen(f"{url}readyz", timeout=5):
                return
        except (urllib.error.URLError, OSError):
            time.sleep(0.1)
    raise AssertionError("the server did not answer in time")


@contextmanager
def served(folder: Path, visitors: int = 40, timeout: str = "5m") -> Iterator[Server]:
    """Serve the dashboard to so many visitors; who is away for `timeout` is forgotten."""
    program, messages = folder / "served.py", folder / "messages.txt"
    program.write_text(SERVE, encoding="utf-8")
    port = free_port()
    url = f"http://127.0.0.1:{port}/"
    with messages.open("w") as stream:
        process = subprocess.Popen(
            [sys.executable, str(program), str(port), str(visitors), timeout],
            stdout=stream,
            stderr=stream,
            cwd=folder,
        )
        try:
            wait_until_served(url, process)
            yield Server(url, messages, process)
        finally:
            process.terminate()
            try:
                process.wait(timeout=15)  # with all that it started
            finally:
                process.kill()


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """Serve the dashboard."""
    with served(tmp_path_factory.mktemp("dashboard")) as server:
        yield server


@pytest.fixture(scope="module")
def small_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """Serve the dashboard to two visitors, who are forgotten after three seconds of absence."""
    with served(tmp_path_factory.mktemp("small"), visitors=2, timeout="3s") as server:
        yield server


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Start the system's Chromium."""
    if chromium.path() is None:
        if os.environ.get("CI") == "true":
            pytest.fail("There is no chromium, and CI must run the browser tests.")
        pytest.skip("There is no chromium on this machine.")
    expect.set_options(timeout=PATIENCE)
    with sync_playwright() as playwright:
        browser = chromium.launch(playwright)
        yield browser
        browser.close()


@pytest.fixture
def arrive(browser: Browser, server: Server) -> Iterator[Arrive]:
    """Let visitors arrive, each with an own browser context."""
    with arrivals(browser, server.url) as enter:
        yield enter


@pytest.fixture
def arrive_at_small(browser: Browser, small_server: Server) -> Iterator[Arrive]:
    """Let visitors arrive at the small server."""
    with arrivals(browser, small_server.url) as enter:
        yield enter


@contextmanager
def arrivals(browser: Browser, url: str) -> Iterator[Arrive]:
    """Let visitors arrive at an address, and see at the end that nothing went wrong for them."""
    visitors: list[Visitor] = []

    def enter(width: int = 1280, height: int = 800, **settings: object) -> Visitor:
        context = browser.new_context(viewport={"width": width, "height": height}, **settings)
        visitors.append(Visitor(context, url))
        return visitors[-1]

    yield enter
    for visitor in visitors:
        visitor.context.close()
        assert visitor.errors == []
