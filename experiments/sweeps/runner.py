"""Carry out a sweep: hand out what is not done yet, write down what comes in."""

from __future__ import annotations

import os
from collections.abc import Callable, Generator
from contextlib import AbstractContextManager, closing, nullcontext
from functools import partial
from pathlib import Path
from typing import Any

from ...model.declaration import ParameterError
from ..pool import in_processes
from ..runs import Interrupted
from .design import Design
from .design_files import load_design
from .jobs import Chunk, Made, make
from .manifest import check_tables
from .results import Results
from .store import begin
from .work import Shard, Work, check_shard

Progress = Callable[[int, int], Any]  # is told of runs done and runs in all


def sweep(
    design: Design | str | Path,
    out: str | Path,
    processes: int | None = None,
    cluster: Any = None,
    shard: Shard | None = None,
    retry: bool = False,
    progress: Progress | None = None,
) -> Results:
    """Carry out a sweep into a folder, or go on with it, and return its results.

    `processes` are used on this machine, as many as it has cores by default; or give a Dask
    `cluster`: a scheduler's address, a client or a cluster object. Shard (k, n) is the k-th of n
    parts of the sweep, for `merge`. With `retry` runs that failed are made again. Results do not
    depend on any of this, nor on interruptions.

    Raises ParameterError, OutputError, ExperimentError, and Interrupted, which holds the results so
    far, on Ctrl-C.
    """
    planned = design if isinstance(design, Design) else load_design(design)
    check_means(processes, cluster, shard)
    check_tables(planned)
    with _reached(cluster) as client:  # before the folder is begun, which is then for this design
        store, new = begin(out, planned)
        work = Work(planned, store, shard, retry, new)
        try:
            with closing(_carried_out(work, processes, client)) as coming:
                for made in coming:
                    work.keep(made)
                    if progress is not None:
                        progress(work.finished, work.wanted)
        except KeyboardInterrupt:
            raise Interrupted(Results.load(out)) from None
    return Results.load(out)


def check_means(processes: int | None, cluster: Any, shard: Shard | None) -> None:
    """Say at once by what means no sweep can be carried out. Raises ParameterError."""
    if cluster is not None and processes is not None:
        raise ParameterError("a sweep takes place in processes or on a cluster, not both")
    if processes is not None and processes < 1:
        raise ParameterError(f"a sweep needs at least one process, not {processes}")
    check_shard(shard)


def cores() -> int:
    """Return how many cores this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def _reached(cluster: Any) -> AbstractContextManager[Any]:
    """Return a client of the cluster, None if there is no cluster."""
    if cluster is None:
        return nullcontext()
    from .dask_runner import reached

    return reached(cluster)


def _carried_out(work: Work, processes: int | None, client: Any) -> Generator[Made]:
    """Yield chunks as they are made here, in several processes or on a cluster."""
    do: Callable[[Chunk], Made] = partial(make, work.recipe)
    if client is not None:
        from .dask_runner import on_cluster

        yield from on_cluster(client, do, work)
        return
    asked = cores() if processes is None else processes
    work.workers = max(1, min(asked, work.wanted - work.finished))
    if work.workers == 1:
        yield from map(do, work.chunks())
        return
    for several in in_processes(do, work.chunks(), work.workers, lambda chunk: float("inf")):
        yield from several
