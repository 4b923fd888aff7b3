"""The manifest of a sweep's folder: its design, the model's version, where it was begun."""

from __future__ import annotations

import hashlib
import json
import platform
from collections.abc import Mapping
from importlib.metadata import version
from pathlib import Path
from typing import Any

from ...model.declaration import ParameterError
from ...model.economy import TableError
from ...model.table_files import load_table
from ..identity import model_fingerprint
from ..output import LIBRARIES
from ..pool import ExperimentError
from .design import Design

FORMAT = 1
FILE = "sweep.json"
TABLE = "economy.table"
PARTS: Mapping[str, type] = {"key": str, "identity": dict, "design": dict}  # what is read of it


def identity(design: Design) -> dict[str, Any]:
    """Return what determines a sweep's results: names and other words of the base left out."""
    told = design.model_dump(mode="json", exclude={"base", "settings"})
    return {
        "format": FORMAT,
        **told,
        "base and settings": design.origin.hash(),
        "tables": _tables(design),
        "members of the ensemble": _members() if design.ensemble else None,
        "model": model_fingerprint(),
    }


def key_of(design: Design) -> str:
    """Return the key of a sweep: 32 hexadecimal digits of what determines its results."""
    text = json.dumps(identity(design), sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()[:32]


def written(design: Design, key: str) -> str:
    """Return the manifest's text."""
    libraries = {name: version(name) for name in (*LIBRARIES, "scipy", "SALib")}
    manifest = {
        "key": key,
        "thermidor": version("thermidor"),
        "environment": {"python": platform.python_version(), "system": platform.platform()}
        | libraries,
        "identity": {k: v for k, v in identity(design).items() if k != "factors"},
        "design": design.model_dump(mode="json"),
    }
    return json.dumps(manifest, indent=1, ensure_ascii=False) + "\n"


def read(folder: Path) -> dict[str, Any]:
    """Return the manifest of a folder. Raises ExperimentError if there is none to be read."""
    try:
        manifest = json.loads((folder / FILE).read_text(encoding="utf-8"))
        found = {name: manifest[name] for name in PARTS}
    except FileNotFoundError:
        raise ExperimentError(f"{folder} holds no sweep: there is no {FILE} in it") from None
    except (ValueError, KeyError, TypeError, RecursionError):
        raise _damaged(folder) from None
    if not all(isinstance(found[name], kind) for name, kind in PARTS.items()):
        raise _damaged(folder)
    return found


def _damaged(folder: Path) -> ExperimentError:
    return ExperimentError(
        f"{folder / FILE} is damaged; move it away and sweep again, finished runs are kept"
    )


def design_in(manifest: Mapping[str, Any], folder: Path) -> Design:
    """Return the design that the manifest of a folder holds. Raises ExperimentError."""
    try:
        return Design(**manifest["design"])
    except ParameterError as error:
        raise ExperimentError(
            f"the sweep's design in {folder / FILE} cannot be read any more: {error}"
        ) from None
    except (TypeError, ValueError, AttributeError, LookupError):  # of a kind no design ever had
        raise _damaged(folder) from None


def check_same(manifest: Mapping[str, Any], design: Design, key: str, folder: Path) -> None:
    """See to it that a folder's sweep is that of a design. Raises ExperimentError."""
    if manifest["key"] == key:
        return
    told = difference(manifest, identity(design), design.model_dump(mode="json")["factors"])
    raise ExperimentError(f"{folder} holds another sweep: {told}; choose another folder")


def difference(there: Mapping[str, Any], here: Mapping[str, Any], factors: Any) -> str:
    """Say in a few words what sets two sweeps apart."""
    if there["identity"].get("model") != here["model"]:
        return "it was made by another version of the model"
    if there["design"].get("factors") != factors:
        return "its factors are not the same"
    for name, value in here.items():
        other = there["identity"].get(name)
        if name != "factors" and other != value:
            plain = not isinstance(value, list | dict) and not name.startswith("base")
            what = name.replace("_", " ")
            return (
                f"{what} is {other} in one and {value} in the other"
                if plain
                else f"its {what} differ"
            )
    return "its design is not the same"


def check_tables(design: Design) -> None:
    """See to it that the tables of a design can be read here. Raises ParameterError."""
    for name in _names(design):
        try:
            load_table(name)
        except TableError as error:
            raise ParameterError(str(error)) from None


def _names(design: Design) -> list[str]:
    """Return the names of all tables that a design's scenarios use."""
    factor = design.factors.get(TABLE)
    return sorted(map(str, factor.values if factor else (design.origin.economy.table,)))


def _tables(design: Design) -> dict[str, str]:
    """Return a checksum of every table of one's own that a design's scenarios use."""
    files = {name: Path(name) for name in _names(design)}
    return {
        name: hashlib.sha256(file.read_bytes()).hexdigest()[:16]
        for name, file in files.items()
        if file.is_file()
    }


def _members() -> str:
    from ...scenarios.ensemble import load_ensemble

    text = json.dumps([member.model_dump() for member in load_ensemble()], sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()[:16]
