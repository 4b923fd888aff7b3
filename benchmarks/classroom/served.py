"""The dashboard of a load test: started, watched from outside, and stopped."""

from __future__ import annotations

import socket
import subprocess
import sys
import time
import urllib.request
from types import TracebackType
from typing import Self

import psutil

START = "from thermidor.cli import main; main()"


def free_port() -> int:
    """Return a port that nobody uses."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Served:
    """A dashboard in processes of its own: the server, and what it started to simulate."""

    def __init__(self, *options: str) -> None:
        port = free_port()
        self.url = f"http://127.0.0.1:{port}/"
        command = (sys.executable, "-c", START, "dashboard", "--no-browser")
        self.process = subprocess.Popen([*command, "--port", str(port), *options])

    def __enter__(self) -> Self:
        ends = time.monotonic() + 60
        while time.monotonic() < ends and self.process.poll() is None:
            try:
                with urllib.request.urlopen(f"{self.url}readyz", timeout=5):
                    return self
            except OSError:
                time.sleep(0.1)
        raise RuntimeError("The dashboard did not start.")

    def __exit__(self, *_: type[BaseException] | BaseException | TracebackType | None) -> None:
        self.process.terminate()
        self.process.wait(timeout=20)

    def processes(self) -> list[psutil.Process]:
        """Return the server and everything it started."""
        server = psutil.Process(self.process.pid)
        return [server, *server.children(recursive=True)]

    def cpu(self) -> tuple[float, float]:
        """Return the CPU seconds used so far: by the server, by what it started."""
        server, *others = (sum(one.cpu_times()[:2]) for one in self.processes())
        return server, sum(others)

    def memory(self) -> tuple[float, float]:
        """Return the resident memory now, in MB: of the server, of what it started."""
        server, *others = (one.memory_info().rss / 1e6 for one in self.processes())
        return server, sum(others)
