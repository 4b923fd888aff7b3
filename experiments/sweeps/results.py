"""The results of a sweep, read from its folder as far as they are asked for."""

from __future__ import annotations

import warnings
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow as pa
from pyarrow import dataset

from ...model.declaration import ParameterError, nearest
from . import manifest
from .design import Design
from .frames import KEYS, frame_of, months_of, unique
from .jobs import recipe_of
from .parts import MONTHS, VERDICT, Contents, schema_of
from .store import Store


class DamageWarning(UserWarning):
    """Parts of a sweep's folder are left out; how many, and of which folder."""

    def __init__(self, count: int, folder: Path) -> None:
        super().__init__(
            f"{count} damaged parts of {folder} are left out; sweep again to make their runs anew"
        )
        self.count, self.folder = count, folder


@dataclass(frozen=True)
class Results:
    """What a sweep came to so far.

    `done` says for every run whether it is there, `failed` whether it ended in an error; `damaged`
    are parts left out because their checksums fail or they belong elsewhere.
    """

    folder: Path
    design: Design
    done: np.ndarray = field(repr=False)
    failed: np.ndarray = field(repr=False)
    files: tuple[str, ...] = field(repr=False)
    damaged: tuple[str, ...] = ()

    @classmethod
    def load(cls, folder: str | Path) -> Results:
        """Return the results in a folder; damaged parts are left out with a warning.

        Raises ExperimentError when the folder holds no sweep.
        """
        path = Path(folder)
        kept = manifest.read(path)
        results = survey(Store(path, kept["key"]), manifest.design_in(kept, path))
        if results.damaged:
            warnings.warn(DamageWarning(len(results.damaged), path), stacklevel=2)
        return results

    @property
    def missing(self) -> int:
        """How many runs of the design are not there."""
        return self.design.runs - int(self.done.sum())

    def runs(self, columns: Sequence[str] | None = None) -> pd.DataFrame:
        """Return one row a run, by point and replicate.

        Columns: `run`, `point`, `replicate`, `seed`, every factor by its path (a number that is
        none is NaN), every recorded measure (mean of the last year), `regime`, `controlled`,
        `onset` (a month, NaN if the run failed), `first_eroded`, `error` (None or why it failed);
        or only some of these besides the first four.
        """
        return frame_of(self._table(self._chosen(columns)))

    def history(
        self, measures: Sequence[str] | None = None, runs: Iterable[int] | None = None
    ) -> pd.DataFrame:
        """Return one row a month: `run`, `point`, `replicate`, `seed`, `month`, measures.

        Only some measures and some runs if so asked. Raises ParameterError without months.
        """
        if self.design.every is None:
            raise ParameterError(
                'this sweep kept no months; sweep with period = "all" or "every 12" to have them'
            )
        names = _known(measures, self.design.measures)
        table = self._table([*KEYS, "error", *(MONTHS + name for name in names)], runs)
        return months_of(table, names, self.design.every)

    def batches(self, columns: Sequence[str], size: int = 5000) -> Iterator[pa.Table]:
        """Yield all runs in order, so many at a time, as Arrow tables without doubles."""
        for first in range(0, self.design.runs, size):
            if self.done[first : first + size].any():
                within = (dataset.field("run") >= first) & (dataset.field("run") < first + size)
                yield unique(self._dataset().to_table(list(columns), filter=within))

    def _chosen(self, columns: Sequence[str] | None) -> list[str]:
        """Return the names of columns asked for, the first four among them."""
        factors = tuple(self.design.factors)
        every = (*factors, *self.design.measures, *VERDICT, "error")
        chosen = _known(
            [c for c in columns if c not in KEYS] if columns is not None else None, every
        )
        return [*KEYS, *chosen]

    def _table(self, columns: list[str], runs: Iterable[int] | None = None) -> pa.Table:
        """Return columns of runs, sorted by run, without doubles."""
        wanted = None if runs is None else dataset.field("run").isin(list(runs))
        needed = list(dict.fromkeys([*columns, "run", "error"]))
        table = self._dataset().to_table(needed, filter=wanted)
        return unique(table).select(columns)

    def _dataset(self) -> dataset.Dataset:
        files = [str(self.folder / "parts" / name) for name in self.files]
        schema = schema_of(recipe_of(self.design, ""))
        return dataset.dataset(files, schema=schema, format="parquet")


def survey(store: Store, design: Design) -> Results:
    """Look through all parts of a store and return what they hold."""
    done, failed = np.zeros(design.runs, dtype=bool), np.zeros(design.runs, dtype=bool)
    files, damaged = [], []
    for name, found in store.sound(store.names()):
        if isinstance(found, Contents):
            files.append(name)
            enter(done, failed, found)
        else:
            damaged.append(name)
    return Results(store.folder, design, done, failed, tuple(files), tuple(damaged))


def enter(done: np.ndarray, failed: np.ndarray, found: Contents) -> None:
    """Note which runs a part holds; one that failed there but not elsewhere has not failed."""
    new = ~done[found.numbers]
    failed[found.numbers] = np.where(new, True, failed[found.numbers]) & found.failed
    done[found.numbers] = True


def _known(chosen: Sequence[str] | None, there: Sequence[str]) -> list[str]:
    """Return names that are there, all of them for None. Raises ParameterError."""
    for name in chosen or ():
        if name not in there:
            raise ParameterError(f"{name} was not recorded; {nearest(name, there)}")
    return list(there if chosen is None else dict.fromkeys(chosen))
