"""The atlas as shipped. Nothing of the model is loaded to read it."""

from __future__ import annotations

import json
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Any

FILE = "maps.json"


@cache
def atlas() -> dict[str, Any]:
    """Return the atlas that is shipped with the package; see `building.assembled`."""
    return json.loads((resources.files(__package__) / FILE).read_text(encoding="utf-8"))


def place() -> Path:
    """Return where the shipped atlas stands, for the command that computes it anew."""
    return Path(__file__).parent / FILE
