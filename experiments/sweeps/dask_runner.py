"""Carry out chunks on a Dask cluster, whose workers may come, go and be killed."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from concurrent.futures import CancelledError
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from ..pool import ExperimentError
from .jobs import Chunk, Made
from .work import Work

if TYPE_CHECKING:
    from distributed import Client

PATIENCE = 60  # seconds to wait for the scheduler, and for the first worker
COUNTED = 5.0  # seconds between two counts of workers


def on_cluster(client: Client, do: Callable[[Chunk], Made], work: Work) -> Iterator[Made]:
    """Yield what workers make of chunks; a killed worker's chunks are made by others.

    Raises ExperimentError when the cluster is lost, or a chunk kills every worker it meets.
    """
    from distributed import KilledWorker, as_completed
    from distributed.comm.core import CommClosedError

    crowd, coming = _Crowd(client), as_completed(loop=client.loop)
    todo = work.chunks()
    try:
        while True:
            work.workers = crowd.size()
            while coming.count() < 2 * work.workers and (chunk := next(todo, None)):
                coming.add(client.submit(do, chunk, pure=False))
            if not coming.count():
                return
            yield next(coming).result()
    except KilledWorker:
        raise ExperimentError(
            "a chunk of runs has killed several workers; they may have too little memory"
        ) from None
    except (CancelledError, CommClosedError, TimeoutError, ImportError) as error:
        said = " ".join(str(error).split()) or type(error).__name__
        raise ExperimentError(f"the cluster has failed: {said}") from None
    finally:
        client.cancel(list(coming.futures), force=True)


class _Crowd:
    """How many chunks a cluster can work at, counted now and then."""

    def __init__(self, client: Client) -> None:
        self.client, self.counted, self.number = client, -COUNTED, 1

    def size(self) -> int:
        if time.monotonic() - self.counted > COUNTED:
            threads: Any = self.client.nthreads()
            self.number = max(1, sum(threads.values()))
            self.counted = time.monotonic()
        return self.number


@contextmanager
def reached(cluster: Any) -> Iterator[Client]:
    """Return a client of the cluster with at least one worker, closed afterwards if made here.

    `cluster` is a scheduler's address, a client, or any cluster object of Dask's. Raises
    ExperimentError when it cannot be reached.
    """
    from distributed import Client

    try:
        made = not isinstance(cluster, Client)
        client = Client(cluster, timeout=PATIENCE, set_as_default=False) if made else cluster
    except (OSError, ValueError) as error:
        raise ExperimentError(f"no Dask scheduler answers at {cluster}: {error}") from None
    try:
        try:
            client.wait_for_workers(1, timeout=PATIENCE)
        except TimeoutError:
            raise ExperimentError(
                f"no worker has joined the Dask cluster within {PATIENCE} seconds"
            ) from None
        yield client
    finally:
        if made:
            client.close()
