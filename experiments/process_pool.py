"""Processes that do what they are handed, each over a pipe of its own.

The standard library's pool reads the answers of all its processes from one queue. A process that is
killed while it writes leaves half an answer there, with the other writers still alive, and whoever
waits waits for ever. A pipe of one process ends with it.
"""

from __future__ import annotations

import multiprocessing
import os
import pickle
import signal
import threading
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from multiprocessing import connection
from typing import Any

from .processes import unheard_interrupt


class Lost(RuntimeError):
    """A process ended before it answered: it was killed, or could not even begin."""


class ProcessPool:
    """At most so many processes; one that was killed is replaced when there is more to do.

    `context` says how processes are started (see `multiprocessing`), `niceness` by how much they
    give way to others. They leave Ctrl-C to this process and do not outlive it.
    """

    def __init__(self, count: int, context: Any, niceness: int = 0) -> None:
        self.processes: set[Any] = set()
        self._context = context
        self._niceness = niceness
        self._threads = ThreadPoolExecutor(count)  # each waits for the process it has started
        self._own = threading.local()
        self._lock = threading.Lock()
        self._ended = False

    def submit[Done](self, work: Callable[..., Done], *given: Any) -> Future[Done]:
        """Return the future of `work(*given)` in one of the processes.

        It holds what `work` raises, and Lost if the process ends meanwhile. `work`, what it is
        given and what it returns must be picklable.
        """
        return self._threads.submit(self._ask, work, *given)

    def end(self) -> None:
        """End the processes at once, whatever they are doing; what waits its turn is cancelled."""
        with self._lock:
            self._ended = True
            for process in self.processes:
                process.kill()
        self._threads.shutdown(wait=False, cancel_futures=True)

    def _ask(self, work: Callable[..., Any], *given: Any) -> Any:
        """In a thread: let the thread's process do the work, and return what it answers."""
        message = pickle.dumps((work, given))
        if not self._has_process():
            self._begin()
        pipe = self._own.pipe
        try:
            pipe.send_bytes(message)
            answer = pipe.recv_bytes()
        except (EOFError, OSError):
            self._part()
            raise Lost("a process ended before it answered") from None
        done, value = pickle.loads(answer)
        if not done:
            raise value
        return value

    def _has_process(self) -> bool:
        process = getattr(self._own, "process", None)
        if process is not None and not process.is_alive():
            self._part()  # killed while it had nothing to do
            return False
        return process is not None

    def _begin(self) -> None:
        pipe, theirs = self._context.Pipe()
        process = self._context.Process(target=_serve, args=(theirs, self._niceness), daemon=True)
        with self._lock:
            if self._ended:
                raise Lost("the processes were ended")
            with unheard_interrupt():
                process.start()
            self.processes.add(process)
        theirs.close()  # so that the pipe ends with the process
        self._own.process, self._own.pipe = process, pipe

    def _part(self) -> None:
        """Forget the thread's process, which has ended."""
        process, self._own.process = self._own.process, None
        self._own.pipe.close()
        with self._lock:
            self.processes.discard(process)
        process.join()


def _serve(pipe: connection.Connection, niceness: int) -> None:
    """In a process: do what comes through the pipe until it ends."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if niceness and hasattr(os, "nice"):
        os.nice(niceness)
    if parent := multiprocessing.parent_process():
        threading.Thread(target=_end_with, args=(parent.sentinel,), daemon=True).start()
    while True:
        try:
            message = pipe.recv_bytes()
        except (EOFError, OSError):
            return
        pipe.send_bytes(_answer(message))


def _end_with(sentinel: int) -> None:
    """End this process when its parent has ended, were it killed; nothing else would tell it."""
    connection.wait([sentinel])
    os._exit(1)


def _answer(message: bytes) -> bytes:
    """Do the work and return, pickled, whether it was done, and its result or what it raised."""
    try:
        work, given = pickle.loads(message)
        return pickle.dumps((True, work(*given)))
    except Exception as error:
        return _refusal(error)


def _refusal(error: Exception) -> bytes:
    try:
        return pickle.dumps((False, error))
    except Exception:  # an error that cannot travel is told in words
        return pickle.dumps((False, RuntimeError(f"{type(error).__name__}: {error}")))
