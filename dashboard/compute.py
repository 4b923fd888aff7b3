"""Where societies are computed: single-worker processes, one shared and bounded cache.

Equal runs always go to the same process, which remembers the society and continues it. Equal
requests share one future, so that a class that opens the same scenario computes it once.
"""

from __future__ import annotations

import atexit
import multiprocessing
import os
from collections import OrderedDict
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from threading import Lock, Thread
from zlib import crc32

from .frames import Chunk, RunKey

KEPT_CHUNKS = 600


def compute(key: RunKey, start: int, count: int) -> Chunk:
    """Compute frames in a simulating process, which alone loads the model."""
    from . import runs

    return runs.compute(key, start, count)


class Computer:
    """Answers requests for frames from a few processes and a cache of futures."""

    def __init__(self, processes: int | None = None, kept: int = KEPT_CHUNKS) -> None:
        self.processes = processes or max(1, min(4, os.cpu_count() or 1))
        self.kept = kept
        self._workers: list[ProcessPoolExecutor] = []
        self._cache: OrderedDict[object, Future[Chunk]] = OrderedDict()
        self._lock = Lock()
        self._ready = self.processes

    def frames(self, key: RunKey, start: int, count: int) -> Future[Chunk]:
        """Return the future of frames start..start+count-1 of a run."""
        name = (key.name(), start, count)
        with self._lock:
            known = self._cache.pop(name, None)
            if known is None or (known.done() and known.exception() is not None):
                known = self._submit(key, start, count)
            self._cache[name] = known
            while len(self._cache) > self.kept:
                self._cache.popitem(last=False)
        return known

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
            workers, self._workers = self._workers, []
            self._cache.clear()
        for worker in workers:
            _end(worker)

    def _start(self) -> None:
        while len(self._workers) < self.processes:
            self._workers.append(_worker())

    def _submit(self, key: RunKey, start: int, count: int) -> Future[Chunk]:
        """Hand the work to the run's own process, and to a new one if that has died."""
        self._start()
        place = crc32(repr(key.name()).encode()) % self._ready
        try:
            return self._workers[place].submit(compute, key, start, count)
        except BrokenProcessPool:
            self._workers[place] = _worker()
            return self._workers[place].submit(compute, key, start, count)


def _worker() -> ProcessPoolExecutor:
    context = multiprocessing.get_context("spawn")
    return ProcessPoolExecutor(max_workers=1, mp_context=context, initializer=end_with_parent)


def _end(worker: ProcessPoolExecutor) -> None:
    """End a worker at once, whatever it is computing (Python 3.14 has `kill_workers` for it)."""
    processes = list((getattr(worker, "_processes", None) or {}).values())
    worker.shutdown(wait=False, cancel_futures=True)
    for process in processes:
        process.kill()


def end_with_parent() -> None:
    """Let a simulating process end when the server does, however that ended."""

    def wait() -> None:
        if parent := multiprocessing.parent_process():
            parent.join()
            os._exit(0)

    Thread(target=wait, daemon=True, name="end-with-parent").start()


COMPUTER = Computer()
atexit.register(COMPUTER.shut_down)
