"""Results as one CSV file in the form of BehaviorSpace's table, one row a run or a run and month.

Six lines of preamble, a heading, and `[run number]` (from 1), the factors, `[step]` (the month),
the measures and the verdict; words in quotes, as NetLogo writes them, so that what reads those
tables reads these.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from importlib.metadata import version
from pathlib import Path
from typing import Any, TextIO

import pandas as pd

from ..output import write_file
from .frames import KEYS, frame_of, months_of
from .parts import MONTHS, VERDICT
from .results import Results

FILE = "table.csv"


def write_csv(results: Results, file: Path | None = None) -> Path:
    """Write results as a table, `table.csv` in their folder by default, and return its path.

    Memory does not grow with the number of runs. Raises OutputError.
    """
    target = file or results.folder / FILE

    def fill(stream: Any) -> None:
        from io import TextIOWrapper

        text = TextIOWrapper(stream, encoding="utf-8", newline="")
        _write(results, text)
        text.detach()

    return write_file(target, fill)


def _write(results: Results, text: TextIO) -> None:
    table = csv.writer(text, quoting=csv.QUOTE_ALL, lineterminator="\n")
    table.writerows(_preamble(results))
    heading = True
    for frame in _frames(results):
        frame.to_csv(text, index=False, header=heading, quoting=csv.QUOTE_ALL, lineterminator="\n")
        heading = False
    text.flush()


def _preamble(results: Results) -> list[list[str]]:
    """Return BehaviorSpace's six lines: program, model, experiment, when, size of the world."""
    origin = results.design.origin
    return [
        [f"BehaviorSpace results (thermidor {version('thermidor')})"],
        [f"{origin.name} {origin.hash()}"],
        [f"{results.design.design}, {results.design.points} points"],
        ["undated, so that equal sweeps write equal files"],
        ["workers", "months", "replicates"],
        [str(n) for n in (origin.population.workers, origin.months, results.design.replicates)],
    ]


def _frames(results: Results) -> Iterator[pd.DataFrame]:
    """Yield the rows of the table, some runs at a time."""
    design = results.design
    factors, measures = list(design.factors), list(design.measures)
    if design.every is None:
        for batch in results.batches([*KEYS, *factors, *measures, *VERDICT, "error"]):
            yield _table(frame_of(batch, wide=False).assign(month=design.months), factors, measures)
        return
    columns = [*KEYS, *factors, *VERDICT, "error", *(MONTHS + name for name in measures)]
    for batch in results.batches(columns, size=500):
        months = months_of(batch, measures, design.every)
        ended = frame_of(batch.select(["run", *factors, *VERDICT, "error"]))
        yield _table(ended.merge(months, on="run", how="left"), factors, measures)


def _table(frame: pd.DataFrame, factors: list[str], measures: list[str]) -> pd.DataFrame:
    """Return rows with the columns of a table under their names there."""
    frame = frame.assign(run=frame["run"] + 1)
    names = {"run": "[run number]", "month": "[step]", "seed": "random-seed"}
    columns = ["run", *factors, "seed", "month", *measures, *VERDICT, "error"]
    return frame[columns].rename(columns=names)
