"""Write results to a folder, each file with a note of where it comes from.

`history.parquet` and `history.csv` hold one row a run and month, `runs.csv` one row a run,
`scenario.toml` what was run. A CSV file starts with comment lines (`#`), which pandas skips with
`comment="#"`; the Parquet file carries the same as metadata.
"""

from __future__ import annotations

import contextlib
import os
import platform
from collections.abc import Callable
from dataclasses import dataclass
from importlib.metadata import version
from io import StringIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from ..scenarios import scenario_toml
from .comparison import Comparison
from .identity import model_name
from .runs import Result

if TYPE_CHECKING:
    import pyarrow

LIBRARIES = ("numpy", "numba", "mesa", "pandas", "pyarrow")


class OutputError(OSError):
    """Results cannot be written; the message is one sentence."""

    def __str__(self) -> str:
        return str(self.args[0])


@dataclass(frozen=True)
class Provenance:
    """What is needed to make a result again."""

    scenario: str
    hash: str
    seed: int
    runs: int
    command: str

    def entries(self) -> dict[str, str]:
        """Return the note as keys and texts; no date, so that equal runs write equal files.

        `seed` is the first run's; those of the others stand in runs.csv.
        """
        libraries = " ".join(f"{name} {version(name)}" for name in LIBRARIES)
        return {
            "thermidor": version("thermidor"),
            "model": model_name(),
            "scenario": f"{self.scenario} {self.hash}",
            "seed": str(self.seed),
            "runs": str(self.runs),
            "command": self.command,
            "environment": f"python {platform.python_version()} {libraries}",
        }

    def comment(self) -> str:
        """Return the note as comment lines of a CSV file."""
        notes = self.entries().items()
        return "".join(f"# {key}: {' '.join(text.split())}\n" for key, text in notes)


def prepare_folder(folder: str | Path) -> Path:
    """Make a folder and try it, so that a long experiment does not end in vain.

    Raises OutputError.
    """
    path = Path(folder)
    try:
        path.mkdir(parents=True, exist_ok=True)
        probe = path / f".thermidor-{os.getpid()}"
        probe.touch()
        probe.unlink(missing_ok=True)  # by another thread
    except FileExistsError:
        raise OutputError(f"{path} is a file, not a folder") from None
    except OSError as error:
        raise OutputError(f"cannot write to {path}: {reason(error)}") from None
    return path


def prepare_places(folder: Path | None, *files: Path | None) -> None:
    """Make and try a folder and those of files to be written later. Raises OutputError."""
    wanted = [file for file in files if file]
    taken: set[Path] = set()
    for file in wanted:
        if file.resolve() in taken:
            raise OutputError(f"{file} cannot hold two files at once; choose another name for one")
        taken.add(file.resolve())
    for place in (folder, *(file.parent for file in wanted)):
        if place:
            prepare_folder(place)
    for file in wanted:  # only now, as one may be the very folder just made
        refuse_folder(file)


def refuse_folder(file: Path) -> None:
    """See to it that no folder stands where a file is to be written. Raises OutputError."""
    if file.is_dir():
        raise OutputError(f"{file} is a folder, not a file")


def write_result(result: Result, folder: str | Path, command: str = "") -> list[Path]:
    """Write a result's four files and return their paths, replacing what stood there.

    A file appears whole or not at all. Raises OutputError.
    """
    path = prepare_folder(folder)
    chosen = result.scenario
    note = Provenance(chosen.name, chosen.hash(), result.seeds[0], len(result.seeds), command)
    table = history_table(result.history, note)
    return [
        write_file(path / "scenario.toml", _text(scenario_toml(chosen))),
        write_file(path / "runs.csv", _csv(runs_table(result), note)),
        write_file(path / "history.csv", _csv(result.history, note)),
        write_file(path / "history.parquet", lambda file: write_parquet(table, file)),
    ]


def write_comparison(comparison: Comparison, folder: str | Path, command: str = "") -> list[Path]:
    """Write both results, into folders `a` and `b`, and `differences.csv`. Raises OutputError."""
    path = prepare_folder(folder)
    written = write_result(comparison.a, path / "a", command)
    written += write_result(comparison.b, path / "b", command)
    a, b = comparison.a.scenario, comparison.b.scenario
    seeds = comparison.a.seeds
    names, hashes = f"{a.name}, {b.name}", f"{a.hash()} {b.hash()}"
    both = Provenance(names, hashes, seeds[0], len(seeds), command)
    table = comparison.differences.reset_index()
    return [*written, write_file(path / "differences.csv", _csv(table, both))]


def runs_table(result: Result) -> pd.DataFrame:
    """Return one row a run: seed, verdict, and each measure's mean over the last year."""
    means = result.last_means()
    verdicts = {
        "seed": result.seeds,
        "regime": [v.regime for v in result.verdicts],
        "onset": [v.onset for v in result.verdicts],
        "indicators": [" ".join(v.indicators) for v in result.verdicts],
        "first_eroded": [v.first_eroded or "" for v in result.verdicts],
    }
    return pd.concat([pd.DataFrame(verdicts, index=means.index), means], axis=1).reset_index()


def history_table(history: pd.DataFrame, note: Provenance) -> pyarrow.Table:
    """Return a history as an Arrow table with 32-bit numbers and the note as metadata."""
    import pyarrow

    floats = history.select_dtypes("float64").columns
    small = history.astype(dict.fromkeys(floats, np.float32) | {"month": np.int32})
    table = pyarrow.Table.from_pandas(small, preserve_index=False)
    notes = {f"thermidor.{key}": text for key, text in note.entries().items()}
    return table.replace_schema_metadata({**(table.schema.metadata or {}), **notes})


def write_parquet(table: pyarrow.Table, file: Any) -> None:
    """Write a table compressed by zstd, its numbers split by byte (a third of plain size)."""
    import pyarrow
    from pyarrow import parquet

    numbers = [f.name for f in table.schema if pyarrow.types.is_floating(f.type)]
    whole = [name for name in table.column_names if name not in numbers]
    splitting: dict[str, Any] = {"use_dictionary": whole, "use_byte_stream_split": numbers}
    parquet.write_table(table, file, compression="zstd", **splitting)


def _csv(table: pd.DataFrame, note: Provenance) -> Callable[[Any], Any]:
    buffer = StringIO(newline="")
    table.to_csv(buffer, index=False, lineterminator="\n")
    return _text(note.comment() + buffer.getvalue())


def _text(text: str) -> Callable[[Any], Any]:
    return lambda file: file.write(text.encode())


def write_file(path: Path, fill: Callable[[Any], Any]) -> Path:
    """Write a file beside its place and then put it there, so that no half of it is left."""
    partial = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        with partial.open("wb") as file:
            fill(file)
        partial.replace(path)
    except OSError as error:
        raise OutputError(f"cannot write {path}: {reason(error)}") from None
    finally:
        with contextlib.suppress(OSError):  # it must not hide what went wrong before
            partial.unlink(missing_ok=True)
    return path


def reason(error: OSError) -> str:
    """Return what the system says went wrong, such as 'no space left on device'."""
    said = os.strerror(error.errno) if error.errno else str(error)
    return said[:1].lower() + said[1:]
