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
import traceback
from collections.abc import Callable
from concurrent.futures import Future
from multiprocessing import connection
from queue import Empty, SimpleQueue
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
        self.count = count
        self.processes: set[Any] = set()
        self._context = context
        self._niceness = niceness
        self._tasks: SimpleQueue[tuple[Future[Any], Any] | None] = SimpleQueue()
        self._threads = 0  # each waits for one process, as long as that lives
        self._lock = threading.Lock()
        self._ended = False

    def submit[Done](self, work: Callable[..., Done], *given: Any) -> Future[Done]:
        """Return the future of `work(*given)` in one of the processes.

        It holds what `work` raises, and Lost if the process ends meanwhile. `work`, what it is
        given and what it returns must be picklable. Raises Lost after `end`.
        """
        future: Future[Done] = Future()
        with self._lock:
            if self._ended:
                raise Lost("the processes were ended")
            self._tasks.put((future, (work, given)))
            if self._threads < self.count:
                self._threads += 1
                threading.Thread(
                    target=_attend, args=(self._tasks, Seat(self)), daemon=True
                ).start()
        return future

    def end(self) -> None:
        """End the processes at once, whatever they are doing; what waits its turn is cancelled."""
        with self._lock:
            self._ended = True
            processes = list(self.processes)
        for process in processes:
            process.kill()
        try:
            while task := self._tasks.get_nowait():
                cancelled(task[0])
        except Empty:
            pass
        for _ in range(self._threads):
            self._tasks.put(None)

    def start(self) -> tuple[Any, connection.Connection]:
        """Start a process and return it with the pipe to it. Raises Lost if that fails."""
        pipe, theirs = self._context.Pipe()
        process = self._context.Process(target=_serve, args=(theirs, self._niceness), daemon=True)
        try:
            with unheard_interrupt():
                process.start()  # outside the lock: it may have to wait until the model is loaded
        except (EOFError, OSError):
            pipe.close()
            raise Lost("a process could not be started") from None
        finally:
            theirs.close()  # so that the pipe ends with the process
        with self._lock:
            self.processes.add(process)
            if self._ended:
                process.kill()
        return process, pipe

    def part(self, process: Any) -> None:
        """Forget a process that has ended."""
        with self._lock:
            self.processes.discard(process)
        process.join()


def cancelled(future: Future[Any]) -> None:
    """Cancel a future that nobody will work on, and let whoever waits for it know."""
    if future.cancel():
        future.set_running_or_notify_cancel()


class Seat:
    """A thread's place in the pool: the process that it has started, and the pipe to it."""

    def __init__(self, pool: ProcessPool) -> None:
        self._pool = pool
        self._process: Any = None
        self._pipe: Any = None

    def ask(self, call: Any) -> Any:
        """Let the process do the work, and return what it answers."""
        message = pickle.dumps(call)
        if self._process is not None and not self._process.is_alive():
            self._part()  # killed while it had nothing to do
        if self._process is None:
            self._process, self._pipe = self._pool.start()
        try:
            self._pipe.send_bytes(message)
            answer = self._pipe.recv_bytes()
        except (EOFError, OSError):
            self._part()
            raise Lost("a process ended before it answered") from None
        done, value = pickle.loads(answer)
        if not done:
            raise value
        return value

    def _part(self) -> None:
        process, self._process = self._process, None
        self._pipe.close()
        self._pool.part(process)


def _attend(tasks: SimpleQueue[tuple[Future[Any], Any] | None], seat: Seat) -> None:
    """In a thread: have tasks done, one after the other, until there are no more."""
    while task := tasks.get():
        future, call = task
        if future.set_running_or_notify_cancel():
            try:
                future.set_result(seat.ask(call))
            except BaseException as error:
                future.set_exception(error)
        del task, future, call  # whoever waits may be the last to need them


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
    """Return an error pickled, with where it was raised; in words if it cannot travel itself."""
    where = "".join(traceback.format_exception(error))
    for told in (error, RuntimeError(f"{type(error).__name__}: {error}")):
        told.add_note(f"Raised in another process:\n{where}")
        try:
            refusal = pickle.dumps((False, told))
            pickle.loads(refusal)
            return refusal
        except Exception:
            continue
    raise AssertionError("words can always travel")
