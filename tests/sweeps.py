"""Small sweeps for tests, and the bytes of their results."""

import subprocess
import sys
import time
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest

from thermidor.experiments import Design, Results

OPENNESS = "rules.openness"


def small(**changes: Any) -> Design:
    """Return a design of 12 quick runs, or as changed."""
    given: dict[str, Any] = {
        "base": "nomenklatura",
        "factors": {OPENNESS: [0.1, 0.5, 0.9], "rules.wage_cap": ["none", 1.0]},
        "settings": {"population.workers": 60, "population.workers_per_delegate": 20},
        "months": 6,
        "replicates": 2,
        "period": "every 3",
    }
    return Design(**{**given, **changes})


def imported(module: str) -> bool:
    """Say whether this process has imported a module, or inherited it."""
    return module in sys.modules


def design_file(folder: Path, **changes: Any) -> Path:
    """Write the design of `small`, with some top lines changed, and return its path."""
    lines = {"replicates": 2, "months": 6, **changes}
    top = "".join(f"{name} = {value}\n" for name, value in lines.items())
    text = f"""
base = "nomenklatura"
period = "every 3"
{top}
[factors]
rules.openness = [0.1, 0.5, 0.9]
rules.wage_cap = ["none", 1.0]
[settings]
population.workers = 60
population.workers_per_delegate = 20
"""
    (folder / "design.toml").write_text(text)
    return folder / "design.toml"


def as_bytes(results: Results) -> bytes:
    """Return everything a sweep came to as bytes, in order of runs."""
    content = BytesIO()
    results.runs().to_parquet(content)
    if results.design.every is not None:
        results.history().to_parquet(content)
    return content.getvalue()


def started(*words: str | Path, **options: Any) -> subprocess.Popen[str]:
    """Start the command `thermidor` as a process of its own."""
    code = "from thermidor.cli import main; main()"
    return subprocess.Popen(
        [sys.executable, "-c", code, *map(str, words)],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        **options,
    )


def parts(folder: Path) -> list[Path]:
    """Return the parts of a sweep's folder."""
    return sorted((folder / "parts").glob("*.parquet"))


def wait_until(ready: Callable[[], Any], seconds: float = 180.0) -> None:
    """Wait until something has happened, or fail."""
    end = time.monotonic() + seconds
    while not ready():
        if time.monotonic() > end:
            pytest.fail("it did not happen")
        time.sleep(0.02)
