"""How processes that simulate are started: from a server that has loaded the model once for all.

Light to import, so that a command can start the server before it imports anything itself.
"""

from __future__ import annotations

import contextlib
import multiprocessing
import signal
from collections.abc import Iterator
from typing import Any

LOADED = f"{__package__}.loaded"  # what the server imports: the model, ready to run


def start_server() -> None:
    """Let the server load the model while this process does something else, where there is one."""
    if "forkserver" in multiprocessing.get_all_start_methods():
        from multiprocessing import forkserver

        context()
        with unheard_interrupt():
            forkserver.ensure_running()


def context() -> Any:
    """Return how to start processes: from a server that has loaded the model, if possible."""
    if "forkserver" not in multiprocessing.get_all_start_methods():
        return multiprocessing.get_context("spawn")
    chosen = multiprocessing.get_context("forkserver")
    chosen.set_forkserver_preload([LOADED])
    return chosen


@contextlib.contextmanager
def unheard_interrupt() -> Iterator[None]:
    """Let processes started here inherit deafness to Ctrl-C, which is for this one to answer."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    from multiprocessing import resource_tracker

    resource_tracker.ensure_running()  # starting it, as the first process does, unblocks the signal
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
