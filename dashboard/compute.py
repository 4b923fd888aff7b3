"""Where societies are computed: single-worker processes, one shared and bounded cache.

Equal runs always go to the same process, which remembers the society and continues it. Equal
requests share one future, so that a class that opens the same scenario computes it once.
"""

from __future__ import annotations

import atexit
import importlib
import multiprocessing
import os
from collections import OrderedDict
from collections.abc import Callable, Hashable
from concurrent.futures import Future
from functools import partial
from threading import RLock
from typing import Any
from zlib import crc32

from ..experiments.process_pool import Lost, ProcessPool, cancelled
from .frames import Chunk, RunKey

KEPT_CHUNKS = 600
KEPT_TASKS = 2000
TRIES = 3  # a process may be killed, by a person or for want of memory
NICENESS = 10  # what runs in the background gives way to what a visitor watches


type Futures = OrderedDict[Hashable, Future[Any]]


class ComputerError(RuntimeError):
    """A computation that did not come about; `key` names the text that tells why."""

    def __init__(self, key: str) -> None:
        super().__init__(key)
        self.key = key


def compute(key: RunKey, start: int, count: int) -> Chunk:
    """Compute frames in a simulating process, which alone loads the model."""
    from . import runs

    return runs.compute(key, start, count)


def call(function: str, *arguments: Any) -> Any:
    """Call "module:function" of this package in a simulating process, which alone loads it."""
    module, _, name = function.partition(":")
    return getattr(importlib.import_module(f"thermidor.{module}"), name)(*arguments)


class Computer:
    """Answers requests from a few processes and a cache of futures.

    What a visitor watches goes to the processes of the runs, what grows in the background to
    others that give way to them.
    """

    def __init__(self, processes: int | None = None, kept: int = KEPT_CHUNKS) -> None:
        self.processes = processes or max(1, min(4, os.cpu_count() or 1))
        self.kept = kept
        self._workers: list[ProcessPool] = []
        self._background: ProcessPool | None = None
        self._cache: Futures = OrderedDict()
        self._tasks: Futures = OrderedDict()
        self._lock = RLock()
        self._ready = self.processes
        self._life = 0  # counts how often all was ended

    def frames(self, key: RunKey, start: int, count: int) -> Future[Chunk]:
        """Return the future of frames start..start+count-1 of a run."""
        name = (key.name(), start, count)
        submit = partial(self._submit, key, compute, key, start, count)
        return self._shared(self._cache, self.kept, name, submit)

    def of_run(self, key: RunKey, function: str, *arguments: Hashable) -> Future[Any]:
        """Return the future of `function(key, *arguments)` in the process that remembers the run.

        `function` is "module:function" within the package, as in "dashboard.runs:compute".
        """
        name = (function, key.name(), *arguments)
        submit = partial(self._submit, key, call, function, key, *arguments)
        return self._shared(self._cache, self.kept, name, submit)

    def task(self, name: Hashable, function: str, *arguments: Any) -> Future[Any]:
        """Return the future of `function(*arguments)` in the background, shared under `name`.

        A task should take a tenth of a second or so and its result be small: what is longer is
        asked for piece by piece, so that every visitor gets on.
        """
        submit = partial(self._in_background, function, *arguments)
        return self._shared(self._tasks, KEPT_TASKS, (function, name), submit)

    def _shared(
        self, cache: Futures, most: int, name: Hashable, submit: Callable[[], Future[Any]]
    ) -> Future[Any]:
        """Return the future known under this name, or a new one if there is none or it failed."""
        with self._lock:
            known = cache.pop(name, None)
            if known is None or failed(known):
                known = self._lasting(submit)
            cache[name] = known
            while len(cache) > most:
                cache.popitem(last=False)
        return known

    def _lasting(self, submit: Callable[[], Future[Any]]) -> Future[Any]:
        """Return the future of what `submit` begins, which is begun anew if its process dies."""
        answer: Future[Any] = Future()
        life = self._life

        def begin(left: int) -> None:
            with self._lock:
                if life != self._life:  # everything was ended meanwhile
                    cancelled(answer)
                    return
                begun = submit()
            begun.add_done_callback(lambda done: end(done, left - 1))

        def end(done: Future[Any], left: int) -> None:
            if done.cancelled():
                cancelled(answer)
            elif not isinstance(done.exception(), Lost):
                copy(done, answer)
            elif left:
                begin(left)
            else:
                answer.set_exception(ComputerError("worker_lost"))

        begin(TRIES)
        return answer

    def warm_up(self, key: RunKey) -> Future[Chunk]:
        """Let one process load the model, compiling it if need be, and then the others.

        Compiled code is kept on disk, so that it is made once; until the others have it, all work
        goes to the first.
        """
        with self._lock:
            self._start()
            self._ready = 1
            first, *others = self._workers
            loaded = first.submit(compute, key, 0, 3)

        def follow(_: Future[Chunk]) -> None:
            with self._lock:
                if self._workers and self._workers[0] is first:
                    rest = [worker.submit(compute, key, 0, 3) for worker in others]
                    (rest[-1] if rest else loaded).add_done_callback(self._all_ready)

        loaded.add_done_callback(follow)
        return loaded

    def _all_ready(self, _: Future[Chunk]) -> None:
        self._ready = self.processes

    def shut_down(self) -> None:
        """End the processes; the computer may be used again and starts new ones."""
        with self._lock:
            self._life += 1
            workers, self._workers = self._workers, []
            if self._background:
                workers.append(self._background)
            self._background = None
            self._cache.clear()
            self._tasks.clear()
        for worker in workers:
            worker.end()

    def _start(self) -> None:
        while len(self._workers) < self.processes:
            self._workers.append(_pool(1))

    def _submit(self, key: RunKey, function: Callable[..., Any], *arguments: Any) -> Future[Any]:
        """Hand the work to the run's own process."""
        self._start()
        place = crc32(repr(key.name()).encode()) % self._ready
        return self._workers[place].submit(function, *arguments)

    def _in_background(self, function: str, *arguments: Any) -> Future[Any]:
        half = max(1, self.processes // 2)
        self._background = self._background or _pool(half, NICENESS)
        return self._background.submit(call, function, *arguments)


def failed(future: Future[Any]) -> bool:
    """Say whether a future has ended without a result."""
    return future.done() and (future.cancelled() or future.exception() is not None)


def copy(done: Future[Any], answer: Future[Any]) -> None:
    """Give one future the outcome of another."""
    if error := done.exception():
        answer.set_exception(error)
    else:
        answer.set_result(done.result())


def _pool(processes: int, niceness: int = 0) -> ProcessPool:
    return ProcessPool(processes, multiprocessing.get_context("spawn"), niceness)


COMPUTER = Computer()
atexit.register(COMPUTER.shut_down)
