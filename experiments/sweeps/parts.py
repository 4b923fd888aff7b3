"""Parts: Parquet files of some runs each, named by a checksum and marked with their sweep.

One row a run: `run`, `point`, `replicate`, `seed`, `key`, the factors, every recorded measure (its
mean over the last year), the verdict, `error`, and a list `months.NAME` a measure if months are
kept. Measures are 32-bit numbers, split by byte and compressed by zstd.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import Any

import numpy as np
import pyarrow as pa
from pyarrow import parquet

from .jobs import Made, Recipe

MONTHS = "months."  # before a measure's name: its months, as a list
SWEEP = b"thermidor.sweep"  # where a part says which sweep it belongs to
VERDICT = ("regime", "controlled", "onset", "first_eroded")
ARROW = {bool: pa.bool_(), int: pa.int64(), float: pa.float64(), str: pa.string()}


class PartError(ValueError):
    """A part is damaged or belongs to another sweep."""


@dataclass(frozen=True)
class Contents:
    """Which runs a part holds, and which of them failed."""

    numbers: np.ndarray
    failed: np.ndarray


def schema_of(recipe: Recipe) -> pa.Schema:
    """Return the columns of a sweep's parts."""
    number = pa.float32()
    fields = [
        ("run", pa.int64()),
        ("point", pa.int64()),
        ("replicate", pa.int64()),
        ("seed", pa.int64()),
        ("key", pa.string()),
        *((path, ARROW[kind]) for path, kind in recipe.kinds.items()),
        *((name, number) for name in recipe.measures),
        ("regime", pa.string()),
        ("controlled", pa.bool_()),
        ("onset", pa.int32()),
        ("first_eroded", pa.string()),
        ("error", pa.string()),
    ]
    if recipe.every is not None:
        fields += [(MONTHS + name, pa.list_(number)) for name in recipe.measures]
    return pa.schema(fields, metadata={SWEEP: recipe.sweep.encode()})


def encoded(recipe: Recipe, rows: Sequence[Mapping[str, Any]]) -> bytes:
    """Return rows as a Parquet file; equal rows give equal bytes."""
    schema = schema_of(recipe)
    months = _months(recipe, rows)
    columns = [
        months[field.name]
        if field.name in months
        else pa.array([row.get(field.name) for row in rows], field.type)
        for field in schema
    ]
    split = [
        f"{field.name}.list.element" if pa.types.is_list(field.type) else field.name
        for field in schema
        if pa.types.is_float32(field.type) or pa.types.is_list(field.type)
    ]
    options: dict[str, Any] = {
        "use_byte_stream_split": split,
        "use_dictionary": [
            f.name for f in schema if f.name not in split and not pa.types.is_list(f.type)
        ],
    }
    file = BytesIO()
    parquet.write_table(pa.table(columns, schema=schema), file, compression="zstd", **options)
    return file.getvalue()


def _months(recipe: Recipe, rows: Sequence[Mapping[str, Any]]) -> dict[str, pa.Array]:
    """Return the months of every measure as lists, none for a run that failed."""
    if recipe.every is None:
        return {}
    kept = [row.get("months") for row in rows]
    lengths = [0 if months is None else len(months) for months in kept]
    offsets = pa.array(np.concatenate([[0], np.cumsum(lengths)]), pa.int32())
    blank = pa.array([months is None for months in kept])
    empty = np.empty((0, len(recipe.measures)))
    values = np.concatenate([empty, *(m for m in kept if m is not None)]).astype(np.float32)
    return {
        MONTHS + name: pa.ListArray.from_arrays(offsets, pa.array(values[:, k]), mask=blank)
        for k, name in enumerate(recipe.measures)
    }


def name_of(made: Made) -> str:
    """Return the file name of a part: its first run, its size and its checksum."""
    return f"{made.numbers[0]:010d}-{len(made.numbers)}-{_checksum(made.content)}.parquet"


def contents(name: str, content: bytes, sweep: str) -> Contents:
    """Return which runs a part holds. Raises PartError for one that is damaged or foreign."""
    if name.removesuffix(".parquet").rpartition("-")[2] != _checksum(content):
        raise PartError("damaged")
    try:
        file = parquet.ParquetFile(BytesIO(content))
        table = file.read(columns=["run", "error"])
    except (pa.ArrowException, OSError):
        raise PartError("damaged") from None
    if (file.schema_arrow.metadata or {}).get(SWEEP) != sweep.encode():
        raise PartError("foreign")
    failed = table["error"].is_valid().to_numpy()
    return Contents(table["run"].to_numpy(), failed)


def errors_in(content: bytes) -> tuple[str, ...]:
    """Return what the failed runs of a part ended with."""
    errors = parquet.read_table(BytesIO(content), columns=["error"])["error"]
    return tuple(errors.drop_null().to_pylist())


def _checksum(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()[:32]
