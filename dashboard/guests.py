"""Who is in: the kernels that Solara keeps, one for every open tab."""

from __future__ import annotations

import time
from collections import deque

import anyio.to_thread
from solara.server.kernel_context import PageStatus, VirtualKernelContext, contexts

TABS = 8  # of one browser
EXPECTED = 10.0  # seconds until one who opened the page should have connected


class Kernels:
    """Counts the visitors and lets no more in than `most`.

    One who lost the connection stays in until Solara culls the kernel, or until somebody else
    needs the place; the address of the page restores what was on it.
    """

    def __init__(self, most: int) -> None:
        self.most = most
        self._coming: deque[float] = deque()

    def knows(self, kernel: str) -> bool:
        """Say whether this visitor is in, perhaps without a connection at the moment."""
        return kernel in contexts

    async def admits(self, cookies: str, expected: bool) -> bool:
        """Say whether one more may come in; those who opened the page are expected for a while.

        `expected` says that the page was opened already, and that now its connection comes. A
        browser with an open tab may reload it whatever the number.
        """
        now = time.monotonic()
        while self._coming and self._coming[0] < now - EXPECTED:
            self._coming.popleft()
        if expected and self._coming:
            self._coming.popleft()
        present = list(contexts.values())
        tabs = sum(one.session_id in cookies for one in present)
        free = self.most - len(present) - (0 if expected else len(self._coming))
        if 0 < tabs < TABS or free > 0 or await self._make_room(present):
            if not expected:
                self._coming.append(now)
            return True
        return False

    async def _make_room(self, present: list[VirtualKernelContext]) -> bool:
        """Let the one go who came first among those who have lost their connection."""
        for one in present:
            states = set(one.page_status.values())
            if states and PageStatus.CONNECTED not in states:
                await anyio.to_thread.run_sync(one.close, "cull")
                return True
        return False
