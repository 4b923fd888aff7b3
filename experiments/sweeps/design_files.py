"""Read designs from TOML files, with their points, if listed, from a CSV file beside it."""

from __future__ import annotations

import csv
from collections.abc import Mapping, Sequence
from io import StringIO
from pathlib import Path
from typing import Any

from ...model.declaration import ParameterError, nearest
from ...scenarios.text_files import read_text, read_toml
from .design import Design

WORDS = {"true": True, "false": False, "none": None}
TABLE = "economy.table"


def load_design(path: str | Path) -> Design:
    """Return the design a TOML file holds.

    Its keys are the fields of Design; `points` may stand for the factors of a list: a CSV file
    beside it, or a list of tables, one row a point. Raises ParameterError in one sentence.
    """
    file = Path(path).expanduser()
    data = read_toml(file, str(file))
    try:
        if "points" in data:
            data["factors"] = _listed(data, file.parent)
        return design_of(data, file.parent)
    except ParameterError as error:
        raise ParameterError(f"{file.name}: {error}") from None


def design_of(data: Mapping[str, Any], folder: Path) -> Design:
    """Return the design that keys and values say, with files as meant from a folder."""
    given = dict(data)
    known = Design.model_fields
    for key in given:
        if key not in known:
            raise ParameterError(
                f"{key} is no part of a design; {nearest(key, [*known, 'points'])}"
            )
    base = given.get("base")
    if isinstance(base, str) and (base.endswith(".toml") or "/" in base):
        given["base"] = folder / base
    for key in ("factors", "settings"):
        if not isinstance(given.get(key, {}), dict):
            raise ParameterError(f"{key} must be a table: a line [{key}] with its lines below")
        fields = _flat(given.get(key, {}))
        given[key] = (
            fields | {TABLE: _located(fields[TABLE], folder)} if TABLE in fields else fields
        )
    return Design(**given)


def _located(tables: Any, folder: Path) -> Any:
    """Return the names of tables with the paths of files as meant from a folder."""
    if isinstance(tables, list):
        return [_located(table, folder) for table in tables]
    beside = isinstance(tables, str) and (folder / tables).is_file()
    return str(folder / tables) if beside else tables


def _flat(table: Mapping[str, Any]) -> dict[str, Any]:
    """Let `rules.openness` stand with or without quotes, which TOML reads as nested tables.

    >>> _flat({"rules": {"openness": [0.1]}, "rules.wage_cap": {"low": 1.0, "high": 2.0}})
    {'rules.openness': [0.1], 'rules.wage_cap': {'low': 1.0, 'high': 2.0}}
    """
    flat: dict[str, Any] = {}
    for key, entry in table.items():
        if "." not in key and isinstance(entry, dict):
            flat |= {f"{key}.{name}": inner for name, inner in entry.items()}
        else:
            flat[key] = entry
    return flat


def _listed(data: dict[str, Any], folder: Path) -> dict[str, list[Any]]:
    """Return the factors of listed points, column by column."""
    points = data.pop("points")
    if data.get("design") != "list":
        raise ParameterError('points are for design = "list"')
    if data.get("factors"):
        raise ParameterError("a list has points or factors, not both")
    if isinstance(points, str):
        return _columns_of(folder / points)
    if not isinstance(points, Sequence) or not all(isinstance(p, Mapping) for p in points):
        raise ParameterError("points must be the name of a CSV file or a list of tables")
    rows = [_flat(point) for point in points]
    if not rows:
        raise ParameterError("a list needs at least one point")
    for place, row in enumerate(rows):
        if row.keys() != rows[0].keys():
            odd = sorted(row.keys() ^ rows[0].keys())[0]
            raise ParameterError(f"point {place} and point 0 do not both say {odd}")
    return {path: [row[path] for row in rows] for path in rows[0]}


def _columns_of(file: Path) -> dict[str, list[Any]]:
    """Read a CSV file with a heading of dotted paths, one row a point."""
    text = StringIO(read_text(file, str(file)), newline="")
    try:
        rows = list(csv.reader(line for line in text if not line.startswith("#")))
    except csv.Error as error:
        raise ParameterError(f"{str(file)!r} cannot be read: {error}") from None
    rows = [row for row in rows if row]
    if len(rows) < 2:
        raise ParameterError(f"{file.name} needs a heading and at least one row")
    heading = [name.strip() for name in rows[0]]
    for place, row in enumerate(rows[1:]):
        if len(row) != len(heading):
            raise ParameterError(
                f"{file.name}: point {place} has {len(row)} values for {len(heading)} columns"
            )
    if len(set(heading)) < len(heading):
        raise ParameterError(f"{file.name}: two columns have the same name")
    columns = zip(*rows[1:], strict=True)
    return {name: [_cell(t) for t in column] for name, column in zip(heading, columns, strict=True)}


def _cell(text: str) -> Any:
    """Read a cell: the words true, false and none, a number, or else a text.

    >>> [_cell(text) for text in ("0.5", "3", "none", "true", "both")]
    [0.5, 3, None, True, 'both']
    """
    plain = text.strip()
    if plain.lower() in WORDS:
        return WORDS[plain.lower()]
    for kind in (int, float):
        try:
            return kind(plain)
        except ValueError:
            continue
    return plain
