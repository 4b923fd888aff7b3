"""What was computed beforehand for the page; `gallery.py` says how."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

FILE = Path(__file__).parent / "static" / "known.json"


@cache
def known() -> dict[str, Any]:
    """Return courses (scenario -> runs, a digit a year), regimes, step, and research by rule."""
    return json.loads(FILE.read_text(encoding="utf-8"))
